"""What another home sent can hold somebody, and lets no weapon be passed over (law 6)."""

import pytest

from at_the_gate import CALLS, INCIDENT, RADIO, TERMS, at, cleared, clock, crew, knife
from whoseword.response import Drawn, advise
from whoseword.words import Statement

PARTNER = "county-crisis/response/calls"
THEIRS = {"name": "Coordinator Hale", "kind": "official", "party": "county-crisis"}


def verdict(*statements: Statement, received: tuple[Statement, ...]) -> str:
    """The advice on the clinician, with some statements as another home sent them."""
    told = (*statements, *received)
    keys = frozenset((one.book, one.id) for one in received)
    view = advise(
        Drawn(told, told, received=keys), incident=INCIDENT, at=clock("23:59"), terms=TERMS
    )
    [row] = [one for one in view.advice if one.who == "clinician"]
    return row.advice


@pytest.mark.parametrize(
    "sent",
    [
        at("14:02", "same", by=THEIRS, book=PARTNER, who="man", whom="officer-1"),
        at("14:02", "dispatched", by=THEIRS, book=PARTNER, unit="C3", members=["man"]),
        at("14:02", "related", by=THEIRS, book=PARTNER, who="man", whom="C3", relation="officer"),
    ],
)
def test_a_partner_s_word_makes_nobody_a_member_whose_knife_is_passed_over(sent: Statement) -> None:
    told = (*crew(), cleared("14:05"), knife("14:09", "man"))
    assert verdict(*told, sent, received=()) == "may_engage", "said here it would"
    assert verdict(*told, received=(sent,)) == "hold"


def test_a_partner_s_word_of_a_weapon_holds() -> None:
    gun = knife("14:09", "man", by=THEIRS, book=PARTNER)
    assert verdict(*crew(), cleared("14:05"), received=(gun,)) == "hold"


def test_a_partner_s_word_of_a_clinician_in_the_unit_holds_them() -> None:
    sent = at("14:02", "related", by=THEIRS, book=PARTNER, who="clinician", whom="C3", relation="clinician")  # fmt: skip
    alone = at("14:01", "dispatched", unit="C3", members=["officer-1", "clinician"], stance="does")
    assert verdict(alone, received=(sent,)) == "hold"
    assert {CALLS, RADIO}.isdisjoint({sent.book})
