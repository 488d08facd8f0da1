"""A draft against the ledger: each sentence no surer than who said it, and how (law 1)."""

from datetime import UTC

import pytest

from telling import CHIEF, EXAMINER, LATER, PAPER, PROSECUTOR, TENANT, account_of, saw, told
from whoseword.account.joins import joined_names
from whoseword.account.known import known_at
from whoseword.doors.checking import sentences_of
from whoseword.intake import keep_document
from whoseword.record import Checked, Ledger, check
from whoseword.words import Statement

MANAGER = {"name": "apartment manager", "kind": "witness"}
OFFICER = {"name": "officer-1", "kind": "responder", "party": "harrow-police"}
LETTERHEAD = "HARROW POLICE DEPARTMENT\nNEWS RELEASE\n\n"
OUTLET = "Ames Daily\n\n"


def checked(draft: str, *statements: Statement) -> Checked:
    document = keep_document(draft.encode(), "draft.txt")
    view = account_of(*statements)
    names = joined_names(known_at(view.statements.values(), view.incident, LATER))
    sentences = sentences_of(document, view.incident)
    return check(sentences, document.sha256, Ledger(view, names, UTC))


def verdict(sentence: str, *statements: Statement, paper: str = OUTLET) -> str:
    view = checked(f"{paper}{sentence}\n", *statements)
    (one,) = view.sentences
    return one.verdict


KNIFE = {"who": "woman", "weapon": "knife"}


def test_one_officials_word_is_not_a_papers_to_say_as_its_own() -> None:
    said = told("armed", **KNIFE)
    assert verdict("The woman was armed with a knife.", said) == "surer_than_sources"
    assert verdict("The police chief said the woman was armed with a knife.", said) == "borne_out"
    release = verdict("The woman was armed with a knife.", said, paper=LETTERHEAD)
    assert release == "borne_out"


def test_what_two_saw_may_be_said_plainly() -> None:
    both = saw("armed", **KNIFE), saw("armed", by=OFFICER, **KNIFE)
    assert verdict("The woman was armed with a knife.", *both) == "borne_out"
    assert verdict("The woman was armed with a gun.", *both) == "surer_than_sources"


def test_a_department_may_not_say_as_its_own_what_others_dispute() -> None:
    sides = told("armed", **KNIFE), saw("armed", stance="denies", who="woman")
    one = verdict("The woman was armed with a knife.", *sides, paper=LETTERHEAD)
    assert one == "surer_than_sources"


def test_a_doubt_may_not_be_dropped() -> None:
    possible = told("armed", hedge="possible", **KNIFE)
    said = "The police chief said the woman was armed with a knife."
    assert verdict(said, possible) == "surer_than_sources"
    kept = "The police chief said the woman may have been armed with a knife."
    assert verdict(kept, possible) == "borne_out"


def test_a_belief_is_no_knowledge() -> None:
    belief = told("armed", stance="believes", by=MANAGER, **KNIFE)
    said = "The apartment manager said the woman was armed with a knife."
    assert verdict(said, belief) == "surer_than_sources"


def test_who_passes_a_word_on_is_not_its_speaker() -> None:
    hearsay = told("armed", by={"name": "crying woman", "kind": "unnamed"}, via=[MANAGER], **KNIFE)
    said = "The apartment manager said the woman was armed with a knife."
    assert verdict(said, hearsay) == "surer_than_sources"


def test_a_word_is_its_speakers_and_nobody_elses() -> None:
    said = "The prosecutor said the woman was armed with a knife."
    assert verdict(said, told("armed", **KNIFE)) == "surer_than_sources"
    other_police = "The Ames police chief said the woman was armed with a knife."
    assert verdict(other_police, told("armed", **KNIFE)) == "surer_than_sources"


def test_what_was_taken_back_is_not_said_again() -> None:
    first = told("armed", **KNIFE)
    back = told("armed", stance="cannot_say", who="woman", replaces=first.id)
    view = checked(f"{OUTLET}The woman was armed with a knife.\n", first, back)
    (one,) = view.sentences
    assert one.verdict == "contradicted"
    assert one.statements == (first.id, back.id)
    said = "The police chief said the woman was armed with a knife."
    assert verdict(said, first, back) == "contradicted"


def test_what_was_found_is_known_by_now() -> None:
    asked = told("cause_of_death", stance="cannot_say", who="child")
    found = told(
        "found", by=EXAMINER, stance="does",
        slots={"by": "medical-examiner", "matter": "cause_of_death(who=child)",
               "finding": "gunshot"},
    )  # fmt: skip
    cause = told(
        "cause_of_death", by=EXAMINER, basis="concluded", slots={"who": "child", "by": "officer-1"}
    )
    sentence = "It is not known who killed the child."
    assert verdict(sentence, asked) == "borne_out"
    assert verdict(sentence, asked, found, cause) == "contradicted"
    assert verdict("The woman killed the child.", asked) == "surer_than_sources"
    assert verdict("The woman killed the child.", asked, found, cause) == "contradicted"


def test_the_time_of_a_claim_is_part_of_it() -> None:
    after = saw("armed", happened={"after": "arrival"}, **KNIFE)
    other = saw("armed", by=OFFICER, happened={"after": "arrival"}, **KNIFE)
    when = "The woman was armed with a knife when officers arrived."
    assert verdict("The woman was armed with a knife.", after, other) == "borne_out"
    assert verdict(when, after, other) != "borne_out"


def test_handcuffs_are_no_arrest() -> None:
    cuffed = saw("handcuffed", who="man"), saw("handcuffed", by=OFFICER, who="man")
    assert verdict("The man was handcuffed.", *cuffed) == "borne_out"
    assert verdict("The man was arrested.", *cuffed) != "borne_out"
    nobody = told("arrested", stance="denies", who="anyone")
    assert verdict("The man was arrested.", *cuffed, nobody) == "contradicted"


def test_more_detail_than_any_source_is_more_than_is_known() -> None:
    fired = (
        told("discharged_weapon", by=OFFICER, basis="took_part", who="officer-1"),
        saw("discharged_weapon", who="officer-1"),
    )
    assert verdict("Officer 1 fired his weapon.", *fired) == "borne_out"
    assert verdict("Officer 1 fired three rounds.", *fired) == "surer_than_sources"


def test_a_documents_own_voice_bears_nothing() -> None:
    narrated = told("armed", by=PAPER, **KNIFE)
    assert verdict("The woman was armed with a knife.", narrated) == "surer_than_sources"


def test_what_nobody_speaks_of_is_not_in_the_ledger() -> None:
    assert verdict("The mayor resigned.", told("died", who="child")) == "not_in_ledger"


def test_an_order_is_so_by_being_given() -> None:
    order = told("placed_on_leave", stance="does", basis="record", who="officer-1",
                 leave="administrative")  # fmt: skip
    assert verdict("Officer 1 was placed on administrative leave.", order) == "borne_out"


def test_silence_is_no_denial() -> None:
    silent = told("visited", stance="no_reply", by={"name": "Children's Division", "kind": "agency"},
                  agency="childrens-division")  # fmt: skip
    denied = "The Children's Division denied that it had visited."
    assert verdict(denied, silent) != "borne_out"


def test_headings_greetings_and_questions_claim_nothing() -> None:
    draft = "HARROW POLICE DEPARTMENT\nNEWS RELEASE\n\nWho fired? Thank you.\n"
    assert checked(draft, told("died", who="child")).sentences == ()


def test_words_that_no_rule_reads_are_looked_at_all_the_same() -> None:
    """A claim in a phrase is no less a claim: the knife stands in no verb's clause here."""
    said = told("armed", **KNIFE)
    one = verdict("With a knife in her hand, the woman stood there.", said)
    assert one == "surer_than_sources"


@pytest.mark.parametrize("by", [CHIEF, TENANT, PROSECUTOR, EXAMINER])
def test_sources_stand_in_the_order_in_which_they_were_recorded(by: dict[str, str]) -> None:
    statements = [told("armed", by=by, **KNIFE), told("armed", **KNIFE)]
    (one,) = checked(f"{OUTLET}The woman was armed with a knife.\n", *statements).sentences
    assert list(one.statements) == [each.id for each in statements]


def test_a_number_or_a_relative_tells_another_person() -> None:
    fired = (
        told("discharged_weapon", by=OFFICER, basis="took_part", who="officer-1"),
        saw("discharged_weapon", who="officer-1"),
    )
    assert verdict("Officer 1 fired his weapon.", *fired) == "borne_out"
    assert verdict("Officer 2 fired his weapon.", *fired) != "borne_out"
    assert verdict("All three officers fired their weapons.", *fired) != "borne_out"
    died = saw("died", who="woman"), saw("died", by=OFFICER, who="woman")
    assert verdict("The woman died.", *died) == "borne_out"
    assert verdict("The grandmother died.", *died) != "borne_out"
    assert verdict("A second woman died.", *died) != "borne_out"


def test_a_name_that_is_denied_or_doubted_names_nobody() -> None:
    arrested = saw("arrested", who="man"), saw("arrested", by=OFFICER, who="man")
    sentence = "John Smith was arrested."
    named = {"who": "man", "slots": {"name": "John Smith"}}
    assert verdict(sentence, *arrested, told("named", **named)) == "borne_out"
    for doubtful in (
        told("named", stance="denies", **named),
        told("named", hedge="possible", **named),
    ):
        assert verdict(sentence, *arrested, doubtful) != "borne_out"


def test_not_denying_is_no_word_and_silence_is_no_refusal() -> None:
    denied = told("arrested", stance="denies", who="man")
    for sentence in (
        "The police chief did not deny that the man was arrested.",
        "The police chief declined to say whether the man was arrested.",
    ):
        assert verdict(sentence, denied) != "borne_out"
    silent = told("arrested", stance="no_reply", who="man")
    sentence = "The police chief said he did not know whether the man was arrested."
    assert verdict(sentence, silent) != "borne_out"
    seen = saw("arrested", who="man")
    declined = told("arrested", stance="declines", who="man")
    sentence = "It is not known whether the man was arrested."
    assert verdict(sentence, seen, declined) == "contradicted"
