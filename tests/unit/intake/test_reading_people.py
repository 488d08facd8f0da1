"""Who is meant: nobody is made one who is told apart, and nobody is guessed at."""

import pytest

from whoseword.intake import Draft, Silence, keep_document
from whoseword.intake.reading import read_document
from whoseword.words import Stance, kind_of


def drafts(text: str, name: str = "story.txt") -> list[Draft]:
    document = keep_document(text.encode(), name)
    return list(read_document(document, "pier-lane-2031", "desk/incident").drafts)


def facts(text: str, kind: str) -> list:
    return [one.statement.fact for one in drafts(text) if kind_of(one.statement.fact) == kind]


def test_an_indefinite_noun_is_somebody_new():
    text = (
        "A woman was armed with a knife. The landlord saw a woman crying on the stairs. "
        "The woman told the landlord that she had been attacked."
    )
    (armed,) = facts(text, "armed")
    (attacked,) = facts(text, "attacked")
    assert armed.who == "woman"
    assert attacked.whom == "woman-2"


def test_a_definite_noun_is_the_one_there_is():
    text = "An officer fired. Hours passed. The officer was placed on administrative leave."
    (fired,), (leave,) = facts(text, "discharged_weapon"), facts(text, "placed_on_leave")
    assert fired.who == leave.who == "officer"


def test_a_baby_is_not_the_child_unless_the_text_says_so():
    text = "A child died. The landlord saw an officer carry the baby out of the flat."
    (died,), (moved,) = facts(text, "died"), facts(text, "moved")
    assert died.who == "child"
    assert moved.who == "baby"


def test_one_told_apart_by_a_relative_clause_is_known_by_the_deed_only():
    text = (
        "An officer arrested the man. Later an officer fired. "
        "The officer who fired was placed on administrative leave."
    )
    (fired,), (leave,) = facts(text, "discharged_weapon"), facts(text, "placed_on_leave")
    assert fired.who == leave.who == "officer-2"


def test_one_told_apart_by_an_unknown_deed_is_not_the_one_known():
    text = "The woman died. The woman who sat on the steps was the grandmother of the child."
    (died,), (related,) = facts(text, "died"), facts(text, "related")
    assert died.who == "woman"
    assert related.who != "woman"


def test_the_mother_of_one_is_not_the_mother_of_another():
    text = "The boy's mother was arrested. The woman's mother was injured."
    (arrested,), (injured,) = facts(text, "arrested"), facts(text, "injured")
    assert arrested.who != injured.who


def test_a_pronoun_that_could_be_two_is_nobody_and_lists_both():
    text = "The sergeant met the medic and the driver on Pier Lane. An officer attacked him."
    (draft,) = [one for one in drafts(text) if kind_of(one.statement.fact) == "attacked"]
    assert draft.statement.fact.whom is None
    assert len(draft.statement.extra["x_candidates"]) >= 2


def test_they_of_a_coordinated_group_is_not_one_of_it():
    text = (
        "The officer who fired, along with two other officers, was placed on administrative leave. "
        "The chief said that their actions conformed to their training."
    )
    (draft,) = [one for one in drafts(text) if kind_of(one.statement.fact) == "conformed"]
    assert draft.statement.fact.who is None
    assert set(draft.statement.extra["x_candidates"]) == {"officer", "other-officers"}


def test_a_list_over_a_key_slot_is_one_statement_a_member():
    found = [
        one.statement
        for one in drafts("A woman and a child died on Tuesday.")
        if kind_of(one.statement.fact) == "died"
    ]
    assert [one.fact.who for one in found] == ["woman", "child"]
    assert found[0].source == found[1].source


def test_anyone_asked_about_is_the_one_just_told_of():
    text = (
        "Neighbors said they saw a man led away in handcuffs, but the sheriff could not confirm "
        "whether anyone was taken away in handcuffs."
    )
    found = [one.statement for one in drafts(text) if kind_of(one.statement.fact) == "handcuffed"]
    assert {one.fact.who for one in found} == {"man"}
    assert {one.stance for one in found} == {Stance.AFFIRMS, Stance.CANNOT_SAY}


def test_numbered_officers_keep_their_numbers():
    text = "Officer 2 carried the infant to the medics. Officer 1 fired three rounds."
    (moved,), (fired,) = facts(text, "moved"), facts(text, "discharged_weapon")
    assert moved.by == "officer-2"
    assert (fired.who, fired.rounds) == ("officer-1", "3")


def test_the_narrators_cause_of_death_names_the_doer_and_each_of_the_dead():
    text = (
        "During the dispute an officer discharged his pistol, leading to the deaths of both the "
        "woman and the boy."
    )
    causes = [one for one in drafts(text) if kind_of(one.statement.fact) == "cause_of_death"]
    assert {(one.statement.fact.who, one.statement.fact.by) for one in causes} == {
        ("woman", "officer"),
        ("boy", "officer"),
    }
    assert len({one.statement.source.quote for one in causes}) == 1
    assert len(facts(text, "discharged_weapon")) == 1


@pytest.mark.parametrize(
    ("text", "kind", "slots"),
    [
        ("The crew arrived at the scene.", "arrived", {"unit": "crew", "place": "scene"}),
        ("The woman stabbed an officer.", "attacked", {"whom": "officer", "by": "woman"}),
        ("The man threatened the clerk.", "threatened", {"whom": "clerk", "by": "man"}),
        (
            "Police had been called to the house three times before.",
            "prior_calls",
            {"place": "house", "count": "3"},
        ),
        (
            "This was not the first time police had been summoned to the flat.",
            "prior_calls",
            {"place": "flat", "count": None},
        ),
        (
            "The Orle Police Department is leading the investigation.",
            "investigates",
            {"agency": "orle-police"},
        ),
        (
            "The Orle Police Department interviewed the officer.",
            "interviewed",
            {"who": "officer", "by": "orle-police"},
        ),
        ("The man was taken into custody.", "detained", {"who": "man"}),
        ("The boy is nine years old.", "aged", {"who": "boy", "age": "nine years"}),
        ("The woman was the mother of the boy.", "related", {"relation": "parent_of"}),
        (
            "The video is withheld under section 9 of the records act.",
            "withheld",
            {"item": "video", "authority": "section 9 of the records act"},
        ),
        ("The dispatcher sent word. The clinician was staged at the corner.", "staged", {}),
        ("Efforts were made to defuse the situation.", "deescalated", {"who": None}),
        ("The officers tried to calm the man.", "deescalated", {"who": "officers"}),
        ("The clinician did not engage the woman.", "engaged", {"whom": "woman"}),
    ],
)
def test_kinds_of_fact_have_the_slots_that_the_words_give(text, kind, slots):
    (fact,) = facts(text, kind)
    assert {slot: getattr(fact, slot) for slot in slots} == slots


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A neighbor said she saw a man in handcuffs.", "handcuffed"),
        ("A neighbor saw a man with a rifle.", "armed"),
    ],
)
def test_somebody_seen_in_a_state_needs_no_verb(text, kind):
    (draft,) = [one for one in drafts(text) if kind_of(one.statement.fact) == kind]
    assert draft.statement.fact.who == "man"
    assert draft.statement.basis.value == "saw"


def test_a_headline_tells_ahead_of_the_one_whom_the_text_brings_up():
    text = "Deputy held back at the mill\n\nThe sheriff said that a deputy fired.\n"
    (fired,) = facts(text, "discharged_weapon")
    assert fired.who == "deputy"


def test_what_fits_no_kind_is_other_in_its_own_words():
    (draft,) = drafts("The street was closed for two hours.")
    assert kind_of(draft.statement.fact) == "other"
    assert draft.statement.fact.text == "The street was closed for two hours"


def test_a_denied_other_holds_the_positive_words():
    (draft,) = drafts("The street was not closed.")
    assert draft.statement.stance is Stance.DENIES
    assert draft.statement.fact.text == "The street was closed"


def test_a_log_in_capitals_is_read_by_its_abbreviations():
    text = (
        "FENN COUNTY 911 - EVENT LOG\n\n1400 CALLER REPTS POSS ASSAULT AT APT 4.\n"
        "1415 OFC 1 ADV FEMALE HAS KNIFE.\n1421 OFC 2 ADV SHOTS FIRED.\n"
        "1426 SGT RUIZ ADV CLINICIAN CLEARED TO APPROACH.\n"
    )
    found = {kind_of(one.statement.fact): one.statement for one in drafts(text, "log.txt")}
    assert found["attacked"].hedge.value == "possible"
    assert found["armed"].speaker.name == "Officer 1"
    assert (found["armed"].fact.who, found["armed"].fact.weapon) == ("woman", "knife")
    assert found["armed"].source.quote == "FEMALE HAS KNIFE"
    assert found["armed"].said == "1415"
    assert found["cleared"].stance is Stance.DOES
    assert found["cleared"].speaker.name == "Sergeant Ruiz"


def test_every_sentence_has_its_drafts_or_its_reason():
    text = (
        "ORLE POLICE DEPARTMENT\nPRESS RELEASE\nTuesday, May 6, 2031, 4 p.m.\n"
        "Good morning.\nA man was arrested.\nWho saw him?\n"
        "Our thoughts are with the family.\nContact: press@police.orle.example\n"
    )
    document = keep_document(text.encode(), "release.txt")
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    assert [one.why for one in reading.sentences] == [
        Silence.HEADING,
        Silence.HEADING,
        Silence.HEADING,
        Silence.GREETING,
        None,
        Silence.QUESTION,
        Silence.CONDOLENCE,
        Silence.LABEL,
    ]
