"""A person takes drafts into a book; names that two documents share are asked about first."""

import pytest

from whoseword.intake import (
    Draft,
    NamesToSettle,
    Signing,
    UnknownName,
    decode_draft,
    encode_draft,
    keep_document,
    sign,
)
from whoseword.intake.drafts import draft_name
from whoseword.intake.signing import entity_names, is_agency_name
from whoseword.words import (
    Basis,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    kind_of,
    make_fact,
)

FIRST, SECOND = (
    keep_document(name.encode(), f"{name}.txt") for name in ("first story", "second story")
)
FILES = {FIRST.sha256: FIRST.name, SECOND.sha256: SECOND.name}


def statement(document, kind="armed", speaker="landlord", signed=None, **slots) -> Statement:
    return Statement(
        incident="pier-lane-2031",
        book="desk/incident",
        speaker=Speaker(speaker, SpeakerKind.WITNESS),
        stance=Stance.AFFIRMS,
        fact=make_fact(kind, slots),
        source=Source(document=document.sha256, start=0, end=5, quote=document.text[:5]),
        signed_by=signed,
        reviewed=signed is not None,
    )


def draft(document, kind="armed", **more) -> Draft:
    made = statement(document, kind, **more)
    return Draft(
        draft=draft_name(made), statement=made, sentence=(0, 11), cue=None, speaker_span=None
    )


def signing(**more) -> Signing:
    return Signing(
        signer="R. Analyst",
        agency="county-oversight",
        incident="pier-lane-2031",
        book="county-oversight/incident",
        documents=FILES,
        **more,
    )


def test_a_named_draft_is_reviewed_and_signed_and_stands_in_the_book():
    (signed,) = sign([draft(FIRST, who="woman", weapon="knife")], [], signing())
    assert signed.signed_by == "R. Analyst"
    assert signed.reviewed is True
    assert signed.book == "county-oversight/incident"
    assert signed.fact.who == "woman"


def test_what_is_signed_in_bulk_says_that_nobody_reviewed_it():
    (signed,) = sign([draft(FIRST, who="woman")], [], signing(all=True))
    assert signed.reviewed is False


def test_a_name_from_another_document_is_asked_about_with_the_words_to_add():
    standing = [statement(FIRST, who="woman", signed="A")]
    with pytest.raises(NamesToSettle) as asked:
        sign([draft(SECOND, who="woman"), draft(SECOND, who="man")], standing, signing())
    assert [one.name for one in asked.value.names] == ["woman"]
    told = str(asked.value)
    assert "first story.txt" in told
    assert "--join woman=woman" in told
    assert "--rename woman=woman-2" in told


def test_a_fresh_name_is_offered_that_nobody_has():
    standing = [statement(FIRST, who=name, signed="A") for name in ("woman", "woman-2")]
    with pytest.raises(NamesToSettle, match="--rename woman=woman-3"):
        sign([draft(SECOND, who="woman")], standing, signing())


def test_names_within_one_document_need_no_asking():
    standing = [statement(FIRST, who="woman", signed="A")]
    assert len(sign([draft(FIRST, who="woman", weapon="knife")], standing, signing())) == 1


def test_a_name_that_two_drafted_documents_share_is_asked_about_too():
    both = [draft(FIRST, who="woman"), draft(SECOND, who="woman")]
    with pytest.raises(NamesToSettle, match="--join woman=woman"):
        sign(both, [], signing())
    assert len(sign(both, [], signing(joins={"woman": "woman"}))) == 2


def test_a_join_of_a_name_with_itself_keeps_it_and_adds_nothing():
    standing = [statement(FIRST, who="woman", signed="A")]
    signed = sign([draft(SECOND, who="woman")], standing, signing(joins={"woman": "woman"}))
    assert [one.fact.who for one in signed] == ["woman"]


def test_a_join_of_two_names_is_the_signers_own_conclusion():
    standing = [statement(FIRST, who="suspect", signed="A")]
    signed = sign([draft(SECOND, who="man")], standing, signing(joins={"man": "suspect"}))
    joined = signed[-1]
    assert kind_of(joined.fact) == "same"
    assert (joined.fact.who, joined.fact.whom) == ("man", "suspect")
    assert joined.speaker == Speaker("R. Analyst", SpeakerKind.OFFICIAL, "county-oversight")
    assert joined.basis is Basis.CONCLUDED
    assert joined.source.entered_by == "R. Analyst"
    assert joined.reviewed is True


def test_a_rename_reaches_slots_matters_speakers_and_relays():
    drafts = [
        draft(SECOND, "attacked", whom="woman", by="man", speaker="woman"),
        draft(SECOND, "found", by="fenn-county-coroner", matter="died(who=woman)"),
        draft(SECOND, "dispatched", unit="c3", members=("woman", "medic")),
    ]
    attacked, found, sent = sign(drafts, [], signing(renames={"woman": "woman-2"}))
    assert (attacked.fact.whom, attacked.fact.by) == ("woman-2", "man")
    assert attacked.speaker.name == "woman-2"
    assert found.fact.matter == "died(who=woman-2)"
    assert sent.fact.members == ("woman-2", "medic")


def test_a_rename_onto_a_name_that_stands_elsewhere_joins_nobody_silently():
    standing = [statement(FIRST, who="woman-2", signed="A")]
    with pytest.raises(NamesToSettle, match="woman-2"):
        sign([draft(SECOND, who="woman")], standing, signing(renames={"woman": "woman-2"}))


@pytest.mark.parametrize("option", ["joins", "renames"])
def test_a_name_that_no_draft_has_is_an_error(option):
    with pytest.raises(UnknownName, match="nobody-here"):
        sign([draft(FIRST, who="woman")], [], signing(**{option: {"nobody-here": "woman"}}))


def test_what_is_asked_about_are_people_and_things_and_not_words_or_named_agencies():
    def names(kind, **slots):
        return entity_names(make_fact(kind, slots))

    assert names("attacked", whom="woman", by="man") == {"woman", "man"}
    assert names("arrested", who="anyone", place="scene") == frozenset()
    assert names("other", text="the man was calm") == frozenset()
    assert names("met", agency="fenn-county-prosecutor", whom="family") == {"family"}
    assert names("found", by="fenn-county-coroner", matter="died(who=child)") == {"child"}
    assert is_agency_name("marsh-haven-police")
    assert not is_agency_name("police")
    assert not is_agency_name("police-department")
    assert not is_agency_name("child-welfare-services")


def test_a_draft_reads_back_from_its_line_of_json():
    one = draft(FIRST, who="woman", weapon="knife")
    assert decode_draft(encode_draft(one)) == one
