"""Who may correct whom, what a class takes, and what a quotation must be."""

import hashlib
from collections.abc import Sequence

import msgspec
import pytest

from bookkeeping import said
from house import LAW
from telling import CHIEF, SERGEANT, TENANT, uuid7
from whoseword.access import parse_reader
from whoseword.books.admission import Held, faults_of, marked, same_content
from whoseword.words import Statement, WordFault

TEXT = "She had a knife, the chief said."
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def home(
    *earlier: Statement, owner_role: str = "oversight", texts: dict[str, str] | None = None
) -> Held:
    def same_class(custodian: str, handling: str, id_: str) -> Sequence[Statement]:
        return [
            one
            for one in earlier
            if (one.custodian, one.handling, one.id) == (custodian, handling, id_)
        ]

    owner = f"{owner_role}@county"
    return Held(owner, refused, same_class, (texts or {}).get)


def refused(statement: Statement, owner: str | None) -> WordFault | None:
    return LAW.refused(statement, parse_reader(owner or "oversight@home"))


def quoting(quote: str, start: int) -> Statement:
    end = start + len(quote)
    return said(source={"document": DIGEST, "start": start, "end": end, "quote": quote})


class TestCorrections:
    def test_the_same_speaker_corrects_in_any_book_of_the_class(self) -> None:
        first = said(id=uuid7(1), by=TENANT, book="county/incident/interviews")
        correction = said("gun", by=TENANT, replaces=uuid7(1), book="county/incident")
        assert faults_of(correction, home(first)) == []

    def test_any_later_official_speaks_for_the_party(self) -> None:
        first = said(id=uuid7(1), by=CHIEF)
        agency = {"name": "Harrow police", "kind": "agency", "party": CHIEF["party"]}
        for speaker in (SERGEANT, agency):
            correction = said("gun", by=speaker, replaces=uuid7(1))
            assert faults_of(correction, home(first)) == []

    @pytest.mark.parametrize(
        "speaker",
        [
            TENANT | {"name": "tenant below"},
            TENANT | {"kind": "involved"},
            TENANT | {"party": "harrow-police"},
            CHIEF,
        ],
    )
    def test_nobody_else_corrects_a_witness(self, speaker: dict[str, str]) -> None:
        first = said(id=uuid7(1), by=TENANT)
        (fault,) = faults_of(said("gun", by=speaker, replaces=uuid7(1)), home(first))
        assert (fault.field, fault.problem) == ("replaces", "names a statement of another speaker")

    def test_an_official_of_another_party_does_not_correct(self) -> None:
        first = said(id=uuid7(1), by=CHIEF)
        other = CHIEF | {"party": "ames-county-sheriff"}
        assert faults_of(said(by=other, replaces=uuid7(1)), home(first))

    def test_an_official_without_a_party_corrects_only_their_own_word(self) -> None:
        first = said(id=uuid7(1), by={"name": "mayor", "kind": "official"})
        assert faults_of(said(by=SERGEANT | {"party": None}, replaces=uuid7(1)), home(first))

    def test_another_incident_is_not_corrected(self) -> None:
        first = said(id=uuid7(1), incident="mill-road")
        (fault,) = faults_of(said(replaces=uuid7(1)), home(first))
        assert fault.problem == "names a statement of another incident"

    def test_another_class_is_as_if_it_were_not_there(self) -> None:
        hidden = said(id=uuid7(1), book="county/personnel")
        elsewhere = said(id=uuid7(1), book="water/incident")
        correction = said(replaces=uuid7(1))
        told = [
            [str(fault) for fault in faults_of(correction, held)]
            for held in (home(), home(hidden), home(elsewhere))
        ]
        assert told[0] == told[1] == told[2]
        assert len(told[0]) == 1


class TestClasses:
    def test_a_compelled_statement_stays_in_personnel(self) -> None:
        occasion = {"kind": "interview", "compelled": True}
        assert faults_of(said(occasion=occasion, book="county/personnel"), home()) == []
        with pytest.raises(WordFault, match="personnel book"):
            said(occasion=occasion)

    def test_a_prosecutor_takes_nothing_of_personnel(self) -> None:
        prosecutor = home(owner_role="prosecutor")
        (fault,) = faults_of(said(book="county/personnel"), prosecutor)
        assert fault.field == "book"
        assert faults_of(said(), prosecutor) == []


class TestQuotations:
    def test_a_quote_must_stand_in_the_kept_text(self) -> None:
        held = home(texts={DIGEST: TEXT})
        assert faults_of(quoting("a knife", 8), held) == []
        (fault,) = faults_of(quoting("a knife", 7), held)
        assert fault.field == "source.quote"
        assert "' a knif'" in fault.remedy

    def test_a_span_past_the_end_is_told_as_such(self) -> None:
        (fault,) = faults_of(quoting("a knife", 900), home(texts={DIGEST: TEXT}))
        assert "has 32 characters" in fault.remedy

    def test_a_document_that_is_not_held_is_marked(self) -> None:
        statement = quoting("anything", 0)
        assert marked(statement, home()).source.unchecked
        assert not marked(marked(statement, home()), home(texts={DIGEST: TEXT})).source.unchecked
        assert marked(said(), home()).source.unchecked is False

    def test_the_mark_is_no_part_of_what_was_said(self) -> None:
        statement = quoting("anything", 0)
        assert same_content(statement, marked(statement, home()))
        assert not same_content(statement, quoting("anything", 1))


@pytest.mark.parametrize("book", ["nonsense", "county/secret", "County/public", "a/public/b/c", ""])
def test_what_a_program_put_together_needs_a_book_that_can_be_opened(book: str) -> None:
    held = Held("oversight@county", refused, lambda *_: [], lambda _: None)
    whole = msgspec.structs.replace(said(), book=book)
    assert [fault.field for fault in faults_of(whole, held)] == ["book"]
