"""What is denied, left open, only planned or only conditional is never drafted as so.

This is the worst mistake that a reader can make here, so it is tried in every way of writing that
was found to go wrong once.
"""

from typing import Any

import pytest

from whoseword.intake import keep_document
from whoseword.intake.reading import read_document
from whoseword.words import AFFIRMING, kind_of

LOG = (
    "FENN COUNTY 911 - EVENT LOG\n\n0901 UNIT 4 ON SCENE.\n0902 UNIT 4 ADV QUIET.\n"
    "0903 UNIT 4 CLEAR.\n{entry}\n"
)


def told(text: str, name: str = "story.txt") -> list[Any]:
    """The statements drafted from `text`."""
    document = keep_document(text.encode(), name)
    drafts = read_document(document, "pier-lane-2031", "desk/incident").drafts
    return [one.statement for one in drafts]


def claimed(text: str, name: str = "story.txt") -> set[str]:
    """The kinds of fact that some draft affirms or does, but for what is kept in its own words."""
    return {
        kind_of(one.fact)
        for one in told(text, name)
        if one.stance in AFFIRMING and kind_of(one.fact) != "other"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        # A denial reaches over everything that is coordinated with its verb.
        "The captain said guards had not hit, cut or handcuffed the prisoner.",
        "Guards did not handcuff the woman or arrest her brother, the captain said.",
        "The driver was not armed, hurt or arrested, the captain said.",
        "No guard hit, kicked or handcuffed the prisoner, the captain said.",
        "The guard never fired her weapon or aimed it at anybody, her union said.",
        "The tenant was neither armed nor drunk, his brother said.",
        "The tenant did not threaten the clerk or stab him, a lawyer said.",
        # It may stand before the clause.
        "At no time did the tenant threaten the guards, a lawyer said.",
        "In no way was the prisoner handcuffed, the captain said.",
        "Not one guard fired, the captain said.",
        # What is still to be found has not been found.
        "The coroner will rule whether the tenant died of stab wounds.",
        "The coroner has not decided whether the tenant was shot by guards.",
        "The review did not find that the guards had shot the tenant.",
        # What ought to be, would have been, or almost was.
        "Guards must be placed on leave after a shooting, the rules say.",
        "Guards should have arrested the tenant, Ms. Ivers said.",
        "The captain said guards would have arrested the driver had he not fled.",
        "The clerk said the tenant almost stabbed him.",
        # Conditions and plans.
        "If guards arrest a suspect the captain will say so.",
        "The family will ask the court to release the video.",
        "The office did not request a clinician.",
        "You can send the clinician in once he is handcuffed, the captain said.",
        # What somebody stops short of, or does not rule out.
        "The captain stopped short of saying that a guard fired at the boy.",
        "The captain would not rule out that the guard fired first.",
        "The city neither admits nor denies that the tenant was injured.",
        "Guards have not ruled out that the tenant was shot by his cousin.",
        "Inspectors never determined that the tenant was armed.",
        "Inspectors could not conclude that the tenant was armed.",
        "The mayor did not ask the state police to investigate.",
        "No guard fired or was hurt, the captain said.",
        "The guard kept the tenant from stabbing the clerk, the captain said.",
        "The guard shouted instead of arresting the tenant, Ms. Ivers said.",
        '"It is not like he had a gun," Ms. Ivers said.',
        "The lawyer said the captain's version, in which the tenant stabbed a guard, was invented.",
        "The captain said that reports that the tenant was handcuffed were wrong.",
        "Captain Orr refrained from saying that the tenant was armed.",
        "Captain Orr no longer says the tenant was armed.",
        "Suppose the tenant was armed, the lawyer said.",
        "Not every witness said the tenant was armed.",
        "Few witnesses said the tenant had a gun.",
        "Only one of three guards fired, the captain said.",
        '"Was he armed? No," Captain Orr said.',
    ],
)
def test_prose_is_never_made_surer(sentence: str) -> None:
    assert claimed(sentence) == set()


@pytest.mark.parametrize(
    "entry",
    [
        "0911 CLINICIAN CLEARED TO ENTER IF POLICE PRESENT",
        "0912 SEND CLINICIAN WHEN KNIFE SECURED",
        "0913 KNIFE NOT SECURED",
        "0914 CALLER STATES NOBODY STABBED",
        "0915 NEIGHBOR STATES HE DIDNT STAB ANYONE",
        "0916 NO KNIFE SEEN NOW",
        "0917 CALLER HUNG UP BEFORE SAYING IF HE IS ARMED",
        "0918 CORONER WILL BE NOTIFIED",
        "0919 CHIEF TO BE NOTIFIED",
        "0920 CLINICIAN NOT ADVISED OF WEAPON",
        "0921 NO WPNS SEEN PER CALLER",
        "0922 CALLER CANT SEE IF HE HAS KNIFE",
        "0923 WEAPONS? UNKNOWN",
        "0924 INJURIES? NONE",
        "0925 TENANT REFUSES NAME",
        "0926 UNIT 4 ADV NEITHER MALE NOR FEMALE HURT",
        "0927 SGT ORR ADV CLINICIAN NOT CLEARED TO ENTER",
        "0928 SGT ORR ADV CLINICIAN WILL BE CLEARED TO ENTER",
        "0929 SGT ORR ADV CLINICIAN CAN BE CLEARED TO ENTER AFTER SWEEP",
        "0930 SGT ORR ADV CLINICIAN CLEARED TO ENTER ONCE KNIFE SECURED",
        "0931 IS CLINICIAN CLEARED TO ENTER?",
        "0932 NO CLINICIAN REQ",
        "0933 UNIT 9 NOT DISPATCHED",
        "0934 CORONER NOT NOTIFIED",
        "0935 MALE NOT SUICIDAL",
        "0936 MALE THREATENED NO ONE",
        "0937 ASSAULT UNFOUNDED",
        "0938 CALLER LAST SAW HIM WITH NO GUN",
        "0939 SGT ORR THINKS CLINICIAN CLEARED TO ENTER",
        "0940 SGT ORR HEARD CLINICIAN CLEARED TO ENTER",
        "0941 SGT ORR ADV CLINICIAN WAS CLEARED TO ENTER IN ERROR",
        "0942 SGT ORR ADV CLINICIAN CLEARED TO ENTER AT 2130",
        "0943 SGT ORR ADV CLINICIAN ALMOST CLEARED TO ENTER",
        "0944 UNIT 4 ADV CLINICIAN CLEARED TO ENTER GARAGE ONLY",
        "0945 CALLER STATES CLINICIAN CLEARED TO ENTER",
        "0946 CLINICIAN CLEARED TO ENTER PER UNKNOWN",
        "0947 CLINICIAN ADV SHE IS CLEARED TO ENTER",
    ],
)
def test_a_log_is_never_made_surer(entry: str) -> None:
    assert claimed(LOG.format(entry=entry), "log.txt") - {"arrived"} == set()


def test_that_nobody_was_told_of_a_weapon_says_nothing_of_weapons() -> None:
    text = LOG.format(entry="0920 CLINICIAN NOT ADVISED OF WEAPON")
    assert "armed" not in {kind_of(one.fact) for one in told(text, "log.txt")}


def test_two_things_of_which_one_may_be_so_are_possible() -> None:
    text = LOG.format(entry="0930 MALE MAY BE HOLDING PHONE VS GUN")
    [armed] = [one for one in told(text, "log.txt") if kind_of(one.fact) == "armed"]
    assert armed.hedge.value == "possible"


def test_whom_an_official_means_by_he_is_left_to_a_person() -> None:
    text = "Captain Orr said the tenant was cut. He was not armed, Orr said."
    [armed] = [one for one in told(text) if kind_of(one.fact) == "armed"]
    assert armed.fact.who is None
    assert "orr" in armed.extra["x_candidates"]


def test_who_finds_somebody_dead_had_not_died() -> None:
    text = "Guard Lowe said that when he arrived, he was already dead."
    [died] = [one for one in told(text) if kind_of(one.fact) == "died"]
    assert died.fact.who is None


def test_one_office_is_not_another() -> None:
    text = "The governor's office had no comment. The coroner's office said the man was shot."
    silent, said = told(text)
    assert (silent.speaker.name, said.speaker.name) == ("governor's office", "coroner's office")


def test_a_reports_author_says_i_of_themselves() -> None:
    text = (
        "HAVEN POLICE DEPARTMENT\nINCIDENT REPORT\nREPORTING OFFICER: K. LOWE\n\n"
        "I spoke with the female. She stated that her husband had not struck her.\n"
    )
    denial = told(text, "report.txt")[-1]
    assert (denial.speaker.name, denial.stance.value) == ("female", "denies")


def test_a_clearance_is_one_only_in_so_many_words() -> None:
    plain = "0940 SGT ORR ADV CLINICIAN CLEARED TO ENTER"
    assert "cleared" in claimed(LOG.format(entry=plain), "log.txt")
    for more in (
        " IF POLICE THERE",
        " ONCE SAFE",
        " PENDING SWEEP",
        " UPON ARRIVAL OF MEDICS",
        "?",
    ):
        assert "cleared" not in claimed(LOG.format(entry=plain + more), "log.txt"), more


@pytest.mark.parametrize(
    "sentence",
    [
        "None but the driver was arrested, the captain said.",
        "No one besides the driver was hurt, the captain said.",
        "No one was seriously hurt, the captain said.",
        "The driver did not die at the scene, the coroner said.",
    ],
)
def test_what_is_denied_in_part_is_not_denied_of_all(sentence: str) -> None:
    assert {kind_of(one.fact) for one in told(sentence)} == {"other"}


def test_that_something_happened_late_is_no_denial_that_it_did() -> None:
    [late] = told("The guard did not fire until the tenant raised the axe, the captain said.")
    assert kind_of(late.fact) == "other"


def test_not_the_one_but_the_other() -> None:
    cleft = told("It was the wife, not the son, who stabbed the clerk, the captain said.")
    [attacked] = [one.fact for one in cleft if kind_of(one.fact) == "attacked"]
    assert attacked.by == "wife"
    [arrested] = told("Guards arrested not the man but the woman.")
    assert arrested.fact.who == "woman"


def test_who_speaks_in_quotation_marks_is_never_she() -> None:
    [armed] = told('"I am told she was armed," Mayor Rowe said.')
    assert armed.fact.who is None


def test_a_quoted_question_claims_nothing_and_is_its_speakers_act() -> None:
    [asked] = told('"Who fired?" the mother asked.')
    assert (asked.speaker.name, asked.stance.value, kind_of(asked.fact)) == (
        "mother",
        "does",
        "requested",
    )
    assert asked.source.quote == "Who fired?"


def test_what_a_reporter_passes_on_is_kept_as_hearsay() -> None:
    text = (
        "Q. The owner says the cooling was off for one night.\nA. I cannot speak to that.\n"
        "Q. Was it reported?\nA. It was not.\nQ. By whom?\nA. Nobody.\n"
    )
    first = told(text, "transcript.txt")[0]
    assert first.speaker.name == "owner"
    assert [relay.name for relay in first.via] == ["Q"]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Guard Lowe did not know that the tenant was unarmed.", "does_not_know"),
        ("I have not been told that she had a knife, the mayor said.", "does_not_know"),
        ('"Not that I am aware of," the mayor said.', "does_not_know"),
        ("Nobody knows if the tenant was armed, the mayor said.", "does_not_know"),
        ('"We are not aware that anybody was hurt," the mayor said.', "does_not_know"),
        ('"I do not remember firing," Guard Lowe said.', "does_not_know"),
        ('"I am not going to get into whether he was armed," the mayor said.', "declines"),
    ],
)
def test_what_is_left_open_is_no_denial(sentence: str, stance: str) -> None:
    assert {one.stance.value for one in told(sentence)} == {stance}


def test_what_is_told_with_a_part_taken_back_is_not_denied() -> None:
    [hurt] = told("The captain said that both women were injured, neither seriously.")
    assert (kind_of(hurt.fact), hurt.stance.value) == ("injured", "affirms")
    [shot] = told("The clerk was not shot by guards but by her husband, the captain said.")
    assert shot.stance.value == "affirms"


def test_who_put_a_weapon_down_is_not_told_to_have_had_none() -> None:
    text = "The man dropped the knife before the guard fired, a neighbor said."
    assert "armed" not in {kind_of(one.fact) for one in told(text)}


def test_nobody_answered_is_what_the_agency_met_and_nobodys_silence() -> None:
    letter = (
        "Dear Ms. Ivers:\n\nOn February 27 a worker knocked and no one answered.\n\n"
        "Sincerely,\n\nPaul Dunn\nDirector\n"
    )
    met = told(letter, "letter.txt")[-1]
    assert (kind_of(met.fact), met.fact.outcome, met.stance.value) == (
        "contact",
        "no_answer",
        "affirms",
    )


def test_an_office_and_a_name_between_commas_are_who_says_it() -> None:
    [said] = told("Guards came in without knocking, the family's attorney, Lena Ivers, said.")
    assert (said.speaker.name, said.source.quote) == (
        "Lena Ivers",
        "Guards came in without knocking",
    )


FORM = "FENN COUNTY 911\nCALL SUMMARY\n\n{field}\n\nThe caller said she heard glass break.\n"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("Weapons: Unknown", ("armed", "does_not_know", "Fenn County 911")),
        ("Weapons seen: none seen", ("armed", "does_not_know", "Fenn County 911")),
        ("Injuries: None reported", ("injured", "denies", "Fenn County 911")),
        ("Anyone hurt: Caller says no", ("injured", "denies", "caller")),
        ("Caller name: Declined", ("named", "declines", "caller")),
        ("Weapons: knife", ("armed", "affirms", "Fenn County 911")),
        ("Weapons: not asked", None),
        ("Weapons:", None),
    ],
)
def test_a_field_of_a_form_is_what_was_answered_and_not_asked_is_nothing(
    field: str, found: tuple[str, str, str] | None
) -> None:
    drafts = [
        (kind_of(one.fact), one.stance.value, one.speaker.name)
        for one in told(FORM.format(field=field), "call.txt")
        if (one.source.quote or "").startswith(field.partition(":")[0])
    ]
    assert drafts == ([found] if found else [])
