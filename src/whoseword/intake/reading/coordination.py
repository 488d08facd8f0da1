"""What is joined to a clause: whose word it is, where the parser gives it to the nearest speaker.

"He said he would stay and added that …", "one in three said that …, while another said …": the parser
hangs the second telling within the first, as if the first speaker told of it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from whoseword.intake.reading.clauses import concedes, differs_in_form
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.cues import cue_of
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.grammar import is_quoted, subject_of
from whoseword.intake.reading.lexicon import REPORTING, TELLING
from whoseword.intake.reading.non_answers import non_answer
from whoseword.intake.reading.speakers import can_speak
from whoseword.words import Basis, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk


def read_coordinated(
    walk: "Walk",
    one: "Token",
    verb: "Token",
    frame: Frame,
    subject: "Token | None",
    *,
    only: bool,
) -> bool:
    """Read a coordinated clause; "whether A or B" is one question and stays together."""
    if frame.is_non_answer and any(cc.lower_ == "or" for cc in verb.children):
        return False
    if frame.stance is Stance.BELIEVES and differs_in_form(one, verb):
        # "recalled thinking he was safe and offered …": told, and not thought.
        walk.clause(one, replace(frame, stance=Stance.AFFIRMS, basis=Basis.UNSTATED))
        return True
    left_open = non_answer(one, one.lemma_.lower()) if subject_of(one) is None else None
    if left_open is not None and not frame.own:
        # "Clarified that he was hit, but did not confirm …": it is not he who did not.
        cue = replace(left_open, new_speaker=False)
        return walk.attribute(one, cue, frame, None)
    if _goes_on_telling(one, verb, frame):
        cue = cue_of(one) or Cue((one,), ())
        return walk.attribute(one, cue, replace(frame, cue=None), None)
    return walk.clause(one, frame, subject, specific=only)


def _goes_on_telling(one: "Token", verb: "Token", frame: Frame) -> bool:
    """ "Said they should go and added that …": who said so adds, and not they."""
    tells = one.lemma_.lower() in REPORTING | TELLING and cue_of(one) is not None
    open_frame = not frame.own and frame.stance is Stance.AFFIRMS and not frame.denies
    return tells and open_frame and differs_in_form(one, verb) and not is_quoted(one)


def read_beside(walk: "Walk", clause: "Token", frame: Frame) -> bool:
    """Read a telling that "while" sets against another and not within it; whether it is one."""
    subject = subject_of(clause)
    beside = concedes(clause)
    affirmed = not frame.own and frame.stance is Stance.AFFIRMS and not frame.denies
    if not (beside and affirmed) or subject is None or is_quoted(clause):
        return False
    tells = clause.lemma_.lower() in REPORTING | TELLING and can_speak(subject)
    if not tells or cue_of(clause) is None:
        return False
    return walk.clause(clause, walk.own)
