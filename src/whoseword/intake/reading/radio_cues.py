"""Who says what within a few words of a log: "RP UNK IF ARMED", "PT DENIES PAIN", "SHE TOLD HIM".

Words in order, not clauses: the words before a verb of saying name who says it, those after it are
what is said. A denial, a refusal and "did not see" come before "says", so that what is left open is
never read as said.
"""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from whoseword.intake.reading.entities import PRONOUNS
from whoseword.intake.reading.lexicon import PERSONS

if TYPE_CHECKING:
    from spacy.tokens import Token

SAYING: Final = frozenset(
    {"advised", "advises", "advise", "advising", "says", "said", "say", "saying", "states", "stated",
     "stating", "reports", "reported", "reporting", "confirms", "confirmed", "insists", "insisted",
     "claims", "claimed", "adds", "added", "relays", "relayed", "answers", "answered", "replies",
     "replied", "admits", "admitted", "yelled", "yelling", "tells"}
)  # fmt: skip
ASKING: Final = frozenset(
    {"requested", "requests", "request", "requesting", "asked", "asks", "asking"}
)
_BELIEVING: Final = frozenset(
    {"believes", "believed", "thinks", "thought", "suspects", "assumes", "figures"}
)
_ORDERING: Final = frozenset({"auth", "authorized", "authorizes", "ordered", "orders"})
_SEEING: Final = frozenset({"saw", "sees", "see", "seen", "observed", "observes", "witnessed"})
_HEARING: Final = frozenset({"heard", "hears", "hear"})
_KNOWING: Final = frozenset({"know", "recall", "remember"})
_SPEAKING: Final = frozenset(
    {"say", "give", "tell", "answer", "provide", "identify", "state", "confirm", "advise", "describe"}
)  # fmt: skip
_FINDING_OUT: Final = _SPEAKING | {"verify", "determine", "tell"}
_NOT: Final = frozenset(
    {"didn't", "doesn't", "don't", "hasn't", "haven't", "didnt", "doesnt", "dont", "hasnt", "nor"}
)
_HELPING: Final = frozenset({"did", "does", "do", "has", "have", "had"})
_CANNOT: Final = frozenset({"can't", "cannot", "cant", "couldn't", "couldnt"})
_WILL_NOT: Final = frozenset({"won't", "wont", "wouldn't", "wouldnt"})
_REFUSING: Final = frozenset(
    {"refuses", "refused", "refusing", "declines", "declined", "declining"}
)
_ABOUT_ONESELF: Final = frozenset(
    {"name", "names", "info", "information", "id", "statement", "details"}
)
_RECORDS: Final = frozenset(
    {"log", "logs", "cam", "camera", "video", "records", "record", "file", "history", "system",
     "footage", "note", "notes", "flag", "tracker", "gps"}
)  # fmt: skip
_STOPS: Final = frozenset({",", ";", ".", "/", "-"})
_LONGEST_SOURCE: Final = 6
_NAMES_NOBODY: Final = _HELPING | _CANNOT | _WILL_NOT | {
    "is", "was", "are", "were", "will", "not", "no", "to", "and", "now", "can", "just", "also",
    "again", "still", "last", "later", "first", "would", "could", "n't",
}  # fmt: skip


_NO_ONES: Final = frozenset({"no", "nobody", "none", "nothing", "neither"})


class How(Enum):
    """In what way something is said."""

    SAYS = "says"
    ASKS = "asks"
    ORDERS = "orders"
    BELIEVES = "believes"
    DOUBTS = "doubts"
    SEES = "sees"
    HEARS = "hears"
    SHOWS = "shows"
    WAS_TOLD = "was told"
    HEARD_FROM = "heard from"
    TELLS = "tells"
    DENIES = "denies"
    DECLINES = "declines"
    DOES_NOT_KNOW = "does not know"
    CANNOT_SAY = "cannot say"


class Turn(NamedTuple):
    """Who says something, in which words, what, and whom those words name beside the speaker."""

    subject: "Sequence[Token]"
    cue: "Sequence[Token]"
    body: "Sequence[Token]"
    how: How
    beside: "Sequence[Token]" = ()


def turn_in(segment: "Sequence[Token]") -> Turn | None:
    """The first verb of saying after whoever it makes speak; None where none is found.

    `subject` is empty where the words begin with the verb.
    """
    depth = named = 0
    for at, word in enumerate(segment):
        if word.text in "()":
            depth += 1 if word.text == "(" else -1
            continue
        if depth:
            continue
        if at and segment[0].lower_ in _NO_ONES:
            # "NO KNIFE SEEN NOW", "NOBODY SAW HIM": nobody speaks there.
            return None
        found = _verb(segment, at)
        if found is not None:
            how, length = found
            if how in (How.ASKS, How.SAYS) and not _says_what(segment, at + length, how):
                return None
            if how in (How.SEES, How.HEARS) and at + length == len(segment):
                return None
            return _turn(segment, at, length, how)
        named += word.lower_ not in _NAMES_NOBODY
        if named > _LONGEST_SOURCE:
            return None
    return None


def _verb(segment: "Sequence[Token]", at: int) -> tuple[How, int] | None:
    """In what way the words from `at` on say something, and how many of them say so."""
    before = segment[at - 1].lower_ if at else ""
    word, then, last = (_told(segment, at + ahead) for ahead in range(3))
    if segment[at].text == ":" and before in PERSONS:
        return How.SAYS, 1
    if before in ("before", "without", "not") or (before in ("was", "were") and word == "asked"):
        return None
    if before in _CALLERS and word in ("no", "negative") and then == "on":
        # "CALLER NEG ON WPNS": the caller says that there are none.
        return How.DENIES, 2
    for rule in (_not_known, _refused, _passed_on):
        found = rule(word, then, last)
        if found is not None:
            return found
    if not at and word in ("see", "hear", "say", "request", "seen", "asked"):
        return (How.ASKS, 1) if word == "request" else None
    if word in ("shows", "showed", "showing", "indicates") and _is_a_record(segment[:at]):
        return How.SHOWS, 1
    return _plain(word, then)


def _plain(word: str, then: str) -> tuple[How, int] | None:
    if word == "can" and then in _SEEING | _HEARING:
        return (How.SEES if then in _SEEING else How.HEARS), 2
    if word in ("complains", "complaining"):
        return (How.SAYS, 2) if then == "of" else None
    return next(((how, 1) for how, verbs in _VERBS if word in verbs), None)


def _not_known(word: str, then: str, last: str) -> tuple[How, int] | None:
    length = 2 if word in _HELPING and then in ("not", "n't", "never") else 1 if word in _NOT else 0
    if length:
        verb = last if length == 2 else then
        if verb in _KNOWING | _SEEING | _HEARING:
            return How.DOES_NOT_KNOW, length + 1
        if verb in ("believe", "think"):
            return How.DOUBTS, length + 1
        if verb in _SPEAKING:
            return How.CANNOT_SAY, length + 1
        return None
    length = 1 if word in _CANNOT else 2 if (word, then) in _UNABLE else 0
    verb = last if length == 2 else then
    if length and verb in _SEEING | _HEARING | _KNOWING:
        return How.DOES_NOT_KNOW, length + 1
    if length and verb in _FINDING_OUT:
        return How.CANNOT_SAY, length + 1
    if word in ("unknown", "unsure") and then in ("if", "whether", "who", "where", "what", "how"):
        return How.DOES_NOT_KNOW, 1
    if (word, then) in (("not", "sure"), ("no", "idea"), ("no", "further")):
        return How.DOES_NOT_KNOW, 2
    return None


_UNABLE: Final = frozenset(
    {("can", "not"), ("could", "not"), ("unable", "to"), ("ca", "n't"), ("ca", "not")}
)


def _refused(word: str, then: str, last: str) -> tuple[How, int] | None:
    length = (
        1 if word in _WILL_NOT else 2 if (word, then) in (("will", "not"), ("would", "not")) else 0
    )
    verb = last if length == 2 else then
    if length:
        return (How.DECLINES, length + 1) if verb in _SPEAKING else None
    if word in _REFUSING:
        if then == "to" and last in _SPEAKING:
            return How.DECLINES, 3
        return (How.DECLINES, 1) if then in _ABOUT_ONESELF else None
    return None


def _passed_on(word: str, then: str, last: str) -> tuple[How, int] | None:
    if word in ("was", "were", "been") and then == "told":
        return (How.WAS_TOLD, 2) if last != "by" else None
    if word in _HEARING and then == "from":
        return How.HEARD_FROM, 2
    if word == "told" and (
        then in PRONOUNS or then in PERSONS or then in ("a", "the", "her", "his")
    ):
        return How.TELLS, 1
    return None


_CALLERS: Final = frozenset({"caller", "complainant", "informant"})
_VERBS: Final = (
    (How.DENIES, frozenset({"denies", "denied", "denying"})),
    (How.SAYS, SAYING),
    (How.ASKS, ASKING),
    (How.BELIEVES, _BELIEVING),
    (How.ORDERS, _ORDERING),
    (How.SEES, _SEEING),
    (How.HEARS, _HEARING),
)


def _turn(segment: "Sequence[Token]", at: int, length: int, how: How) -> Turn | None:
    subject = _subject(segment[:at])
    if how is How.SEES and not subject and at:
        return None
    cue, body = segment[at : at + length], segment[at + length :]
    if how in (How.TELLS, How.HEARD_FROM):
        cut = _named(body)
        return Turn(subject, cue, body[cut:], how, body[:cut])
    if how is How.ASKS and body and body[0].lower_ in ("if", "for", "that"):
        return Turn(subject, cue, body[1:] if body[0].lower_ == "for" else body, how)
    return Turn(subject, cue, body, how)


def _named(body: "Sequence[Token]") -> int:
    """How many of the first words name somebody: "HIM", "THE CALLER", "NEIGHBOR"."""
    at = 0
    while at < len(body) and body[at].lower_ in ("a", "the", "her", "his", "their"):
        at += 1
        if body[at - 1].lower_ == "her" and (at == len(body) or body[at].lower_ not in PERSONS):
            return at
    return min(at + 1, len(body))


def _subject(words: "Sequence[Token]") -> "Sequence[Token]":
    """The words that name somebody, without "has not" and what else belongs to the verb."""
    kept = list(words)
    while kept and kept[-1].lower_ in _NAMES_NOBODY:
        kept.pop()
    while kept and kept[0].lower_ in ("and", "but", "then", "now"):
        kept.pop(0)
    return kept


def _says_what(segment: "Sequence[Token]", at: int, how: How) -> bool:
    """Whether it is who stands before that says so; "REQUESTED BY" and "ADVISED OF" turn it round."""
    then = _told(segment, at)
    return then not in ("of", "by", "from") and (then != "" or how is How.SAYS)


def _is_a_record(words: "Sequence[Token]") -> bool:
    return bool(words) and words[-1].lower_ in _RECORDS


def _told(segment: "Sequence[Token]", at: int) -> str:
    return segment[at].lower_.replace("’", "'") if at < len(segment) else ""
