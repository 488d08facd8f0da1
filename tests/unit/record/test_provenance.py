"""The evidence graph, read back by a program that this project did not write (``prov``)."""

import io
import random

import prov.model as pm
import pytest

from telling import CHIEF, TENANT, told, uuid7
from whoseword.books import Removed
from whoseword.record.provenance import provenance
from whoseword.words import Statement

BOOK = "county/incident"


def read(*statements: Statement, removed: tuple[Removed, ...] = ()) -> pm.ProvDocument:
    """The graph as `prov` reads it."""
    return pm.ProvDocument.deserialize(io.BytesIO(provenance(statements, removed)), format="json")


def relations(document: pm.ProvDocument, kind: type) -> list[dict[str, str]]:
    """The relations of a kind, each with its attributes as text."""
    return [
        {str(name): str(value) for name, value in one.attributes}
        for one in document.get_records(kind)
    ]


def entity(one: Statement) -> str:
    return f"statement:{one.book}/{one.id}"


def label(document: pm.ProvDocument, id_: str) -> str:
    [record] = document.get_record(id_)
    return str(record.label)


HEARSAY = told(
    "died", by=TENANT, who="child", basis="was_told",
    via=[{"name": "building manager", "kind": "witness"}, {"name": "Harrow Courier", "kind": "narrator"}],
    on="a woman told her that the child was dead",
)  # fmt: skip


def test_each_word_is_its_speaker_s_and_came_through_each_relay_in_order() -> None:
    graph = read(HEARSAY)
    [given] = relations(graph, pm.ProvAttribution)
    assert given["prov:entity"] == entity(HEARSAY)
    assert label(graph, given["prov:agent"]) == TENANT["name"]
    relays = sorted(
        (one["ww:place"], label(graph, one["prov:influencer"]))
        for one in relations(graph, pm.ProvInfluence)
    )
    assert relays == [("1", "building manager"), ("2", "Harrow Courier")]


def test_a_quotation_names_its_paper_and_its_span() -> None:
    [drawn] = relations(read(HEARSAY), pm.ProvDerivation)
    assert drawn["prov:usedEntity"] == f"document:{HEARSAY.source.document}"
    assert drawn["prov:type"] == "prov:Quotation"
    assert (drawn["ww:start"], drawn["ww:end"]) == ("0", str(HEARSAY.source.end))


@pytest.mark.parametrize(
    ("parts", "key", "value"),
    [
        ({"stance": "cannot_say"}, "ww:stance", "cannot_say"),
        ({"hedge": "possible"}, "ww:hedge", "possible"),
        ({"reviewed": False}, "ww:reviewed", "False"),
        ({"basis": "was_told"}, "ww:basis", "was_told"),
    ],
)
def test_a_graph_that_is_cut_to_one_word_is_no_surer_than_it_is(
    parts: dict[str, object], key: str, value: str
) -> None:
    one = told("armed", who="woman", weapon="knife", **parts)
    [record] = read(one).get_record(entity(one))
    assert {str(name): str(its) for name, its in record.attributes}[key] == value


def test_who_speaks_for_a_party_acts_on_its_behalf_and_a_machine_is_no_person() -> None:
    chief = told("armed", by=CHIEF, who="woman")
    machine = told("called", by={"name": "CAD", "kind": "automaton"}, call="c")
    unnamed = told("armed", by={"name": "a neighbor", "kind": "unnamed"}, who="woman")
    graph = read(chief, machine, unnamed)
    [acting] = relations(graph, pm.ProvDelegation)
    assert label(graph, acting["prov:responsible"]) == "harrow-police"
    types = {str(one.label): {str(t) for t in one.get_asserted_types()} for one in graph.get_records(pm.ProvAgent)}  # fmt: skip
    assert types["police chief"] == {"prov:Person"}
    assert types["CAD"] == {"prov:SoftwareAgent"}
    assert types["a neighbor"] == set()
    assert types["harrow-police"] == {"prov:Organization"}


def test_a_correction_revises_what_it_names_only_where_that_is_opened_too() -> None:
    first = told("armed", who="woman", weapon="knife")
    second = told("armed", who="woman", weapon="scissors", replaces=str(first.id))
    elsewhere = told("armed", who="woman", id=first.id, book="harrow/personnel")
    [revised] = relations(read(first, second), pm.ProvDerivation)
    assert (revised["prov:generatedEntity"], revised["prov:usedEntity"]) == (
        entity(second),
        entity(first),
    )
    assert relations(read(second), pm.ProvDerivation) == []
    assert relations(read(second, elsewhere), pm.ProvDerivation) == []
    assert str(first.id) not in provenance([second]).decode()


def test_whoever_entered_it_is_told_beside_whoever_said_it() -> None:
    one = told("armed", who="woman", signed_by="Ann Lee")
    graph = read(one)
    [done] = relations(graph, pm.ProvAssociation)
    assert label(graph, done["prov:agent"]) == "Ann Lee"
    [made] = relations(graph, pm.ProvGeneration)
    assert made["prov:entity"] == entity(one)
    assert one.recorded is not None
    assert made["prov:time"].startswith(one.recorded.strftime("%Y-%m-%d %H:%M"))


def test_a_sealed_word_is_bare_and_told_to_be_gone() -> None:
    gone = Removed(
        uuid7(7), BOOK, "harrow-lane", "2031-03-06T15:00:00Z", "sealed", ("Clerk Moss",),
        "order 31-14", uuid7(8),
    )  # fmt: skip
    graph = read(removed=(gone,))
    [ended] = relations(graph, pm.ProvInvalidation)
    [record] = graph.get_record(ended["prov:entity"])
    assert {str(name) for name, _ in record.attributes} == {"prov:type", "ww:book", "ww:state"}


def test_names_that_run_together_stay_apart() -> None:
    one = told("armed", by={"name": "a", "kind": "official", "party": "b1:c"}, who="woman")
    other = told("armed", by={"name": "ab1", "kind": "official", "party": "c"}, who="woman")
    speakers = {one["prov:agent"] for one in relations(read(one, other), pm.ProvAttribution)}
    assert len(speakers) == 2


def test_the_same_words_are_the_same_bytes_in_whatever_order_they_are_read() -> None:
    statements = [told("armed", who="woman"), HEARSAY, told("died", by=CHIEF, who="child")]
    shuffled = statements.copy()
    random.Random(7).shuffle(shuffled)
    assert provenance(statements) == provenance(shuffled)
