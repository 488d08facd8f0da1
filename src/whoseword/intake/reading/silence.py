"""Sentences that state nothing, each with its reason (conventions, "Unit")."""

import re
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Silence
from whoseword.intake.reading.entities import PRONOUNS
from whoseword.intake.reading.genre import Genre
from whoseword.intake.reading.grammar import SUBJECTS, child
from whoseword.intake.reading.lexicon import MONTHS, REPORTING, TELLING
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.signatures import CLOSING
from whoseword.intake.reading.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Doc

_GREETING: Final = re.compile(
    r"(?i)^(?:good (?:morning|afternoon|evening|day)|hello|hi|welcome|thank(?:s| you)|dear|to whom"
    r"|goodbye)\b(?!.{60,})"
)
_HEARD: Final = re.compile(
    r"(?i)^(?:okay|ok|all right|alright|sure|right|go ahead|go on|mm-?hmm|uh-?huh|take your time"
    r"|(?:yeah|yes|okay),? (?:that['’]s|it['’]s) (?:fine|okay|all right))[,.! ]*$"
)
_PROMPT: Final = re.compile(
    r"(?i)^(?:so |and |okay,? |then )*(?:please )?(?:tell (?:me|us)|walk (?:me|us) through"
    r"|describe|explain|take (?:me|us)|start (?:from|with)|go back to|talk (?:me|us) through)\b"
)
_CONDOLENCE: Final = re.compile(
    r"(?i)\b(?:our|my) (?:\w+ )?(?:thoughts|hearts?|prayers|sympath|condolences|deepest)"
    r"|\bcondolences\b|\b(?:thoughts|hearts|prayers) (?:are|go|go out)\b"
    r"|^(?:we|i) (?:are|am) (?:\w+ )?sorry\b|\b(?:we|i) (?:\w+ )?apologi[sz]e\b"
)
_LABEL: Final = re.compile(r"^(?:[A-Z][\w#/’'-]*|No\.?)(?: [\w#/’'-]+){0,3}:(?:\s|$)")
_DATE_LINE: Final = re.compile(
    rf"(?i)^(?:[a-z]+day,? )?(?:{'|'.join(MONTHS)}) \d{{1,2}}(?:, \d{{4}})?"
    r"(?:,? (?:at )?\d{1,2}(?::\d\d)? ?[ap]\.?m\.?)?$"
)
_NUMBER_LINE: Final = re.compile(
    r"(?i)^(?:call|case|incident|report|file|event|run)(?: \w+)?\.? ?[#:]*[ ]?[\d-]+(?:\s{2,}\S.*)?$"
    r"|^(?:posted|updated|last updated|received|printed|sent)\b[^.!?]{0,40}\d[^.!?]{0,12}(?:[ap]\.?m\.?)?$"
)
_CLOCK_END: Final = re.compile(r"(?i)\d [ap]\.m\.$")
_NOTICE: Final = re.compile(
    r"^(?:©|\(c\)|copyright\b|tips:|contact:|###|-30-|for immediate release)", re.I
)


def why_silent(parsed: Parsed, text: str, genre: Genre, *, after_closing: bool) -> Silence | None:
    """Why the sentence states nothing, told from its form; None where it may state something."""
    words = text.strip()
    if after_closing or CLOSING.match(words):
        return Silence.SIGNATURE if after_closing else Silence.GREETING
    if _NOTICE.match(words):
        return Silence.LABEL
    if parsed.sentence.label is not None and _PROMPT.match(words):
        return Silence.QUESTION
    if _GREETING.match(words) or _HEARD.match(words):
        return Silence.GREETING
    if _CONDOLENCE.search(words):
        return Silence.CONDOLENCE
    if _is_question(parsed, words):
        return Silence.QUESTION
    if genre is Genre.LOG and parsed.sentence.stamp is not None:
        return None
    return _no_words(parsed, words)


def _no_words(parsed: Parsed, words: str) -> Silence | None:
    """Headings, labels and dates: lines that are no sentence."""
    if _NUMBER_LINE.match(words):
        return Silence.LABEL
    if _DATE_LINE.match(words):
        return Silence.HEADING
    if _LABEL.match(words) and not _has_subject_after_colon(parsed.doc):
        return Silence.LABEL
    if not _has_finite_verb(parsed.doc):
        return (
            Silence.LABEL
            if _LABEL.match(words)
            else Silence.HEADING
            if _is_heading(words)
            else None
        )
    if words.upper() == words and words[-1] not in ".!" and not _has_past_tense(parsed.doc):
        return Silence.HEADING
    return None


def _is_question(parsed: Parsed, words: str) -> bool:
    bare = words.rstrip("\"”’')")
    if not bare.endswith("?"):
        return False
    if words[-1] in '"”’':
        return not any(one.lemma_.lower() in REPORTING for one in parsed.doc[:3])
    return True


def _has_subject_after_colon(doc: "Doc") -> bool:
    colon = next((one.i for one in doc if one.text.endswith(":")), 0)
    return any(one.dep_ in SUBJECTS and one.i > colon for one in doc)


def _is_heading(words: str) -> bool:
    return len(words) < 160 and (words[-1] not in ".!" or bool(_CLOCK_END.search(words)))


def _has_finite_verb(doc: "Doc") -> bool:
    return any(one.tag_ in ("VBD", "VBP", "VBZ", "MD", "VBN", "VB") for one in doc)


def _has_past_tense(doc: "Doc") -> bool:
    return any(one.tag_ in ("VBD", "VBZ", "MD") for one in doc)


def asks_in_a_turn(text: str, parsed: Parsed) -> bool:
    """Whether a transcript's line is a reporter's: what a question supposes is nobody's word."""
    label = parsed.sentence.label
    if label is None:
        return False
    name = text[label[0] : label[1]].upper()
    asks = name == "Q" or name.startswith(("REPORTER", "QUESTION", "INTERVIEWER", "MODERATOR"))
    return asks and not _passes_on(parsed)


def _passes_on(parsed: Parsed) -> bool:
    """ "Q. The owner says it was off": whoever asks tells what another said."""
    root = next((one for one in parsed.doc if one.head == one), None)
    if root is None or parsed.doc[-1].text == "?" or root.lemma_.lower() not in REPORTING | TELLING:
        return False
    subject = child(root, "nsubj")
    tells = child(root, "ccomp") is not None and subject is not None and can_speak(subject)
    return tells and subject is not None and subject.lower_ not in PRONOUNS
