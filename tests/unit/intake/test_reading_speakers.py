"""Whose word it is and in which stance, where only a careful reading tells it."""

import pytest

from whoseword.intake import keep_document
from whoseword.intake.reading import read_document
from whoseword.words import Statement


def read(text: str, name: str = "paper.txt") -> list[Statement]:
    document = keep_document(text.encode(), name)
    return [one.statement for one in read_document(document, "pier", "desk/incident").drafts]


def told(text: str, name: str = "paper.txt") -> list[tuple[str, str]]:
    return [(one.speaker.name, one.source.quote or "") for one in read(text, name)]


OPEN = [
    ("The client denied suicidal thoughts.", "suicidal thoughts", "denies"),
    ("Her department had received no earlier warning.",
     "Her department had received no earlier warning", "denies"),
    ("Ada Brook said the messages were not returned.", "the messages were not returned", "no_reply"),
    ("Ada Brook said he is thought to have left.", "to have left", "believes"),
    ("Ada Brook would not rule on the cause.", "the cause", "declines"),
    ("Ada Brook said she had not watched the video.", "had not watched the video", "does_not_know"),
    ("The claim has not been verified.", "The claim", "cannot_say"),
    ("In my view the door was open.", "In my view the door was open", "believes"),
    ("Residents are asked to lock their doors.", "to lock their doors", "does"),
    ("Ada Brook said he'd left.", "he'd left", "affirms"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "stance"), OPEN)
def test_what_is_open_denied_or_believed_is_never_told_as_so(
    text: str, quote: str, stance: str
) -> None:
    found = {one.source.quote: one.stance.value for one in read(text)}
    assert found.get(quote, found) == stance


def test_nobody_answering_the_door_is_no_answer_and_no_denial() -> None:
    (one,) = read("Nobody answered the door.")
    assert one.fact.__struct_config__.tag == "contact"
    assert one.stance.value == "affirms"


def test_a_pronoun_goes_on_with_who_was_the_subject_and_lists_who_else_could_be_meant() -> None:
    said = read("Nora Quist met Ida Marsh at the pier. She said the gate was open.")
    (one,) = [it for it in said if it.source.quote == "the gate was open"]
    assert one.speaker.name == "Nora Quist"
    assert one.extra["x_speaker_candidates"] == ["marsh", "quist"]


def test_nobody_is_named_where_a_pronoun_has_nobody_before_it() -> None:
    assert told("She said the gate was open.") == [("unnamed speaker", "the gate was open")]


def test_what_the_own_side_cannot_tell_is_its_speakers_word_and_no_hearsay() -> None:
    text = "Sheriff Ada Brook said investigators could not confirm whether the man is related to the boy."
    (one,) = read(text)
    assert (one.speaker.name, one.via, one.stance.value) == ("Ada Brook", (), "cannot_say")


def test_i_was_told_by_somebody_is_that_ones_word_passed_on() -> None:
    (one,) = read("Ada Brook said she was told by Sgt. Ian Moss that the door was open.")
    assert one.speaker.name == "Ian Moss"
    assert one.source.quote == "the door was open"


def test_an_open_end_after_what_was_told_of_another_stays_with_who_speaks() -> None:
    said = read("Ada Brook clarified that the man was hit, but did not confirm whether he fell.")
    (left,) = [one for one in said if one.stance.value == "cannot_say"]
    assert left.speaker.name == "Ada Brook"


def test_two_people_of_one_sort_are_called_by_the_documents_own_words() -> None:
    text = "A woman left. A woman who lives upstairs said she saw smoke."
    assert ("woman who lives upstairs", "smoke") in told(text)


ISSUED = [
    ("FOR IMMEDIATE RELEASE\nMarch 4, 2031\n\nORLE - Crews from Pine Hollow Fire Rescue were called.",
     "Pine Hollow Fire Rescue"),
    ("City of Marlow\nOffice of the Fire Marshal\n\nStatement on the fire\n\nWe have looked at it.",
     "City of Marlow Office of the Fire Marshal"),
    ("News from the Kettle County Jail\n\nAn inmate left on Friday.", "Kettle County Jail"),
    ("Marlow PD - Official Statement\n\nOur officers came at noon.", "Marlow PD"),
    ("MISSING PERSON\n\nThe Kettle County Sheriff's Office is seeking the public's help.",
     "Kettle County Sheriff's Office"),
    ("Agency: Kettle 911\nCall Detail Report\n\nThe line was cut at noon.", "Kettle 911"),
    ("MARLOW POLICE DEPARTMENT\nSUPPLEMENTAL REPORT\nOfficer: R. Teague\n\nI came at noon.", "R. Teague"),
    ("Orle Ledger\n\nThe door was open.", "Orle Ledger"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "issuer"), ISSUED)
def test_a_paper_is_the_word_of_whose_name_it_bears_however_that_is_written(
    text: str, issuer: str
) -> None:
    assert {one.speaker.name for one in read(text)} == {issuer}


TURNS = [
    "Sheriff Amaya - The gate was open.\n\nQ - Who saw it?\n\nSheriff Amaya - A clerk left.\n",
    "SHERIFF AMAYA. The gate was open.\n\nQ. Who saw it?\nA. A clerk left.\nQ. Is that all?\n",
    "Present: Sheriff Amaya (SA)\n\nSA  The gate was open.\nGS  Who saw it?\nSA  A clerk left.\n",
    (
        "SA = Sheriff Amaya   IN = clerk\n\n[0:12] SA: The gate was open.\n[0:15] IN: Who?\n"
        "[0:18] SA: A clerk left.\n"
    ),
]


@pytest.mark.parametrize("text", TURNS)
def test_a_turn_is_of_who_takes_it_however_a_typist_marks_it(text: str) -> None:
    assert told(text, "briefing.txt") == [
        ("Sheriff Amaya", "The gate was open"),
        ("Sheriff Amaya", "A clerk left"),
    ]


def test_a_caller_who_did_not_see_a_knife_denies_none() -> None:
    log = (
        "[21:14:03] OP7: CALLER SAYS MALE IN STREET\n[21:15:20] OP7: CALLER DID NOT SEE KNIFE\n"
        "[21:20:11] U12: ON SCENE\n"
    )
    (knife,) = [one for one in read(log, "cad.txt") if "KNIFE" in (one.source.quote or "")]
    assert (knife.speaker.name, knife.stance.value) == ("caller", "does_not_know")


LEFT_OPEN = [
    ("(5:52:18) CALLER CAN'T SEE INTO 2B", "does_not_know"),
    ("[09:43] (OPER 7) RP UNK IF HE IS ON MEDS", "does_not_know"),
    ("01:18:02 TEXT: PT CAN'T MOVE LEGS", "denies"),
    ("14:09:48 2A17 NOTHING IN HIS HANDS", "denies"),
]


@pytest.mark.parametrize(("entry", "stance"), LEFT_OPEN)
def test_an_entry_that_leaves_something_open_affirms_nothing(entry: str, stance: str) -> None:
    log = f"KETTLE COUNTY 911\n{entry}\n14:10:00 2A17 ON SCENE\n14:11:00 2A18 ON SCENE\n14:12:00 2A19 CLEAR\n"
    said = [one for one in read(log, "cad.txt") if (one.source.quote or "") in entry]
    assert {one.stance.value for one in said} == {stance}
