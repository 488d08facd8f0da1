"""What an answer says: yes, no, not known, not told, no answer, or words; and how surely.

Words that could be a "no" ("no weapons seen") are not taken for a "yes" with words, nor the other way
round: whoever wrote them is asked to begin with which it is. A slip here would hold nobody back.
"""

import re
from typing import Final, NamedTuple

from whoseword.intake.calling.questions import QUESTIONS, Question, Takes
from whoseword.words import Hedge, Stance

LONGEST: Final = 4_000
_NOT_ASKED: Final = frozenset({"", "-", "not asked"})
_STANCES: Final = {
    "yes": Stance.AFFIRMS, "y": Stance.AFFIRMS,
    "no": Stance.DENIES, "n": Stance.DENIES, "none": Stance.DENIES, "nobody": Stance.DENIES,
    "nothing": Stance.DENIES, "no one": Stance.DENIES, "0": Stance.DENIES,
    "?": Stance.DOES_NOT_KNOW, "unknown": Stance.DOES_NOT_KNOW, "unk": Stance.DOES_NOT_KNOW,
    "idk": Stance.DOES_NOT_KNOW, "dunno": Stance.DOES_NOT_KNOW, "dont know": Stance.DOES_NOT_KNOW,
    "doesnt know": Stance.DOES_NOT_KNOW, "not sure": Stance.DOES_NOT_KNOW,
    "nope": Stance.DENIES, "nah": Stance.DENIES, "negative": Stance.DENIES,
    "does not know": Stance.DOES_NOT_KNOW, "doesn't know": Stance.DOES_NOT_KNOW,
    "don't know": Stance.DOES_NOT_KNOW, "not known": Stance.DOES_NOT_KNOW,
    "declines": Stance.DECLINES, "refuses": Stance.DECLINES, "won't say": Stance.DECLINES,
    "will not say": Stance.DECLINES,
    "no answer": Stance.NO_REPLY, "silence": Stance.NO_REPLY, "no reply": Stance.NO_REPLY,
}  # fmt: skip
_LEADING: Final = re.compile(
    r"(?P<word>yes|no|\?|unknown|declines|refuses|no answer)\s*[,:;.–—]\s*(?P<rest>.*)",
    re.I | re.S,
)
_HEDGING: Final = re.compile(
    r"(?P<how>maybe|possibly|possible|perhaps)\b[\s,:]*(?P<rest>.*)", re.I | re.S
)
_BELIEVING: Final = re.compile(
    r"(?P<how>thinks|believes|i think)\b(?: so| that)?[\s,:]*(?P<rest>.*)", re.I | re.S
)
_OPEN: Final = re.compile(
    r"\b(?:no|not|none|never|nobody|nothing|nor|neither|without|cannot|cant|dont|doesnt|didnt|hasnt|isnt|wont"
    r"|nope|nah|idk|den(?:y|ies|ied)|un(?:known|k|sure|likely)|doubts?|refuses?|unarmed|uninjured|unhurt"
    r"|if|whether|but)\b|n['’]t\b|\?",
    re.I,
)
_UNSURE: Final = re.compile(
    r"\b(?:may|might|could|maybe|perhaps|possibl[ey]|prob(?:abl[ey])?|likely|apparently|suspect(?:s|ed)?|seem(?:s|ed)?"
    r"|appear(?:s|ed)?|think(?:s)?|thought|believe(?:s|d)?|guess(?:es)?|look(?:s|ed|ing)? like|sound(?:s|ed)? like"
    r"|something|or)\b",
    re.I,
)
_DOUBTED: Final = re.compile(
    r"\b(?:maybe|perhaps|possibl[ey]|prob(?:abl[ey])?|(?:most|very) likely|apparently|i (?:think|guess|believe))\b",
    re.I,
)
_HEARSAY: Final = re.compile(
    r"\b(?:said|says|told|tells|heard|hears|alleged(?:ly)?|reported(?:ly)?|supposed(?:ly)?|rumou?r(?:ed|s)?)\b",
    re.I,
)
_OTHER_TIMES: Final = re.compile(
    r"\b(?:will|going to|gonna|used to|once|before|earlier|last (?:week|month|year|night)|yesterday|ago|had|owns?|owned)\b",
    re.I,
)
_COUNTING: Final = re.compile(
    r"\b(?:another|at least|at most|about|some|several|others?|more)\b", re.I
)
_COMMANDS: Final = frozenset(
    {"help", "say", "back", "review", "leave", "quit", "exit", *(one.name for one in QUESTIONS)}
)
_WEAPON: Final = re.compile(
    r"\b(?:kni(?:fe|ves)|guns?|pistols?|rifles?|shotguns?|handguns?|revolvers?|firearms?|weapons?|bats?|hammers?"
    r"|machetes?|axe?s?|swords?|blades?|tasers?|crowbars?|screwdrivers?|scissors|sticks?|pipes?|rocks?|bottles?"
    r"|bricks?|chains?|hatchets?|cleavers?|razors?|wrench(?:es)?|cutters?|spears?|crossbows?|bombs?|grenades?"
    r"|explosives?|acid|mace|pepper spray|tools?|clubs?|poles?|boards?|glass|forks?)\b",
    re.I,
)
_HARM: Final = re.compile(
    r"\b(?:bleed\w*|blood\w*|hurt\w*|injur\w*|cuts?|stab\w*|shot|wound\w*|burn\w*|broken?|fractur\w*|unconscious"
    r"|pain|breath\w*|chok\w*|fell|fall\w*|hit|struck|bruis\w*|overdos\w*|seizures?|faint\w*|passed out|dead|dying"
    r"|swollen|concussion|limp\w*|head|face|arms?|legs?|hands?|chest|stomach|back|neck|eye\w*)\b",
    re.I,
)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Unclear(Exception):
    """An answer that is asked for again; the text says why, and how to write it."""


class Answer(NamedTuple):
    """How the caller stands to a question, how surely, and in which words; empty where in none.

    `said_yes` is true where a plain yes stood before the words.
    """

    stance: Stance
    hedge: Hedge
    words: str
    said_yes: bool = False

    @property
    def is_plain_yes(self) -> bool:
        """Whether it says that it is so and nothing else."""
        return self.stance is Stance.AFFIRMS and not self.words


def answer_in(text: str, question: Question) -> Answer | None:
    """What an answer says; None where the question was not asked. Raises ``Unclear``."""
    if len(text) > LONGEST:
        raise Unclear(f"it is longer than {LONGEST:,} characters; write what matters")
    if _CONTROL.search(text.strip()):
        raise Unclear("it holds characters that cannot be shown; write it again")
    said = " ".join(text.split())
    if said.casefold().rstrip(".") in _NOT_ASKED:
        return None
    if said != "?" and not any(map(str.isalnum, said)):
        raise Unclear("it holds no words; write what the caller says, or ? if they do not know")
    if said.casefold() in _COMMANDS:
        raise Unclear(f"{said} is no answer; a command has a slash before it: /help lists them")
    return _answer(said, question, Answer(Stance.AFFIRMS, Hedge.PLAIN, ""))


def _answer(said: str, question: Question, so_far: Answer) -> Answer:
    word = said.casefold().rstrip(".").replace("’", "'")
    if word in _STANCES:
        return _held_to(so_far._replace(stance=_with(so_far, _STANCES[word])), question, said)
    if leading := _LEADING.fullmatch(said):
        stance = _STANCES[leading["word"].casefold()]
        found = so_far._replace(stance=_with(so_far, stance), words=leading["rest"], said_yes=True)
        if question.takes is not Takes.YES_NO_OR_WORDS:
            return _held_to(_as_sure_as(found), question, said)
        if stance is not Stance.AFFIRMS:
            # "no, he has a gun" must not become a denial with a gun beside it.
            raise Unclear(f"{leading['word']} stands alone here; put the rest under what")
        return _told(leading["rest"], question, found)
    hedges = question.takes is not Takes.WORDS or said[:1].islower() or question.name == "where"
    if hedges and (hedged := _HEDGING.fullmatch(said)):
        if so_far.hedge is Hedge.POSSIBLE:
            raise Unclear("one maybe says it; write it once, and then the caller's words")
        return _rest(hedged["rest"], question, so_far._replace(hedge=Hedge.POSSIBLE))
    if hedges and question.name != "what" and (believed := _BELIEVING.fullmatch(said)):
        if so_far.stance is Stance.BELIEVES:
            raise Unclear("one thinks says it; write it once, and then the caller's words")
        return _rest(believed["rest"], question, so_far._replace(stance=Stance.BELIEVES))
    if question.takes is Takes.YES_NO:
        raise Unclear("answer yes, no or ?; words go after a colon: no: he is in the next room")
    if question.name == "where":
        return _place(said, so_far)
    if question.takes is Takes.WORDS:
        return so_far._replace(words=said)
    return _told(said, question, so_far._replace(words=said))


def _told(said: str, question: Question, answer: Answer) -> Answer:
    """Words that are to be a yes: nothing in them may say no, or tell of another time."""
    if _OPEN.search(said):
        raise Unclear("it could be a yes or a no; answer yes, no or ? alone, or say what there is")
    if question.name in ("weapons", "injuries"):
        if said.count(": ") > 1:
            raise Unclear(
                "one person at a time; say this one with /say, then go /back and write the next"
            )
        if _OTHER_TIMES.search(said):
            raise Unclear("it tells of another time; answer for now, and put the rest under what")
        tells = _WEAPON if question.name == "weapons" else _HARM
        if not answer.said_yes and not tells.search(said):
            raise Unclear(f"it does not say which; write yes: {said}, or yes, no or ? alone")
    if question.name == "who" and _COUNTING.search(said):
        raise Unclear("name each of them, with commas between: a man, two women")
    return _as_sure_as(answer)


def _place(said: str, answer: Answer) -> Answer:
    """Where it is, in the caller's words; nothing in them may say no, or tell of two places."""
    if re.search(r"\b(?:not|no|isn['’]?t)\b", re.sub(r"\bno\.? ?\d", "", said, flags=re.I), re.I):
        raise Unclear("tell where it is, and not where it is not; or ?")
    if re.search(r"\bor\b", said, re.I) and not re.search(r",\s*or\b", said, re.I):
        raise Unclear("one place at a time; write the likelier one with maybe before it")
    if _DOUBTED.search(said):
        raise Unclear("where the caller is not sure, write maybe, and then the place alone")
    return answer._replace(words=said)


def _as_sure_as(answer: Answer) -> Answer:
    """The answer, no surer than its words: "it could be a knife" is possible."""
    if _UNSURE.search(answer.words):
        return answer._replace(hedge=Hedge.POSSIBLE)
    heard = answer.hedge is Hedge.PLAIN and _HEARSAY.search(answer.words) is not None
    return answer._replace(hedge=Hedge.REPORTED) if heard else answer


def _rest(said: str, question: Question, so_far: Answer) -> Answer:
    return _answer(said, question, so_far) if said else _held_to(so_far, question, said)


def _with(so_far: Answer, stance: Stance) -> Stance:
    """A belief that it is so stays a belief; a belief that it is not is asked for in plain words."""
    if so_far.stance is not Stance.BELIEVES:
        return stance
    if stance is Stance.AFFIRMS:
        return Stance.BELIEVES
    raise Unclear(
        "what somebody thinks is not so: write maybe no, or ? and the words after a colon"
    )


def _held_to(answer: Answer, question: Question, said: str) -> Answer:
    """The answer, if it is one to this question."""
    takes_words = question.takes is Takes.WORDS
    if takes_words and answer.stance in (Stance.AFFIRMS, Stance.BELIEVES) and not answer.words:
        raise Unclear(f"{said or 'that'} does not tell; write the caller's words, or ?")
    if takes_words and answer.stance is Stance.DENIES:
        if answer.words:
            return answer._replace(stance=Stance.AFFIRMS, words=said)
        raise Unclear(f"{said} does not tell; write the caller's words, or ?")
    return answer
