"""Two sets of rules side by side: the same statements, and where the advice parts."""

from msgspec.structs import replace

from at_the_gate import CLOSED, INCIDENT, TERMS, at, cleared, clock, crew, knife
from whoseword.response import Drawn, SideBySide, advise, side_by_side
from whoseword.words import Statement

CAREFUL = TERMS._replace(
    rules="1f" * 32,
    advice=tuple(
        replace(one, clocks_off_s=300) if one.id == "HE-03" else one for one in TERMS.advice
    ),
)
TOLD = (knife("13:59"), *crew("14:00"), cleared("14:03"), knife("14:15"))


def both(*told: Statement, hidden: tuple[Statement, ...] = ()) -> SideBySide:
    return side_by_side(
        Drawn(told, (*told, *hidden)), incident=INCIDENT, at=clock("23:59"), terms=(TERMS, CAREFUL)
    )


def test_each_moment_has_what_each_set_would_have_advised() -> None:
    view = both(*TOLD)
    assert view.rules == (TERMS.rules, CAREFUL.rules)
    for moment in view.moments:
        at_it = clock(moment.at[11:19])
        for rows, terms in zip(moment.advice, (TERMS, CAREFUL), strict=True):
            assert (
                rows == advise(Drawn(TOLD, TOLD), incident=INCIDENT, at=at_it, terms=terms).advice
            )


def test_they_part_where_a_clearance_outran_the_clocks() -> None:
    view = both(*TOLD)
    assert [(one.at[11:16], one.differs) for one in view.moments] == [
        ("13:59", ()),
        ("14:00", ()),
        ("14:03", ("clinician",)),
        ("14:15", ("clinician",)),
    ]
    [_, _, _, last] = view.moments
    assert [[row.unused_clearance_s for row in rows] for rows in last.advice] == [[720, 0], [0, 0]]


def test_a_hidden_weapon_adds_a_moment_without_any_statement() -> None:
    told = (*crew("14:00"), cleared("14:03"))
    view = both(
        *told, hidden=(knife("14:15", book=CLOSED), at("14:20", "aged", who="woman", book=CLOSED))
    )
    assert [(one.at[11:16], len(one.statements)) for one in view.moments] == [
        ("14:00", 2),
        ("14:03", 1),
        ("14:15", 0),
    ]
    assert view.moments[-1].differs == ()


def test_the_same_rules_twice_part_nowhere() -> None:
    view = side_by_side(
        Drawn(TOLD, TOLD), incident=INCIDENT, at=clock("23:59"), terms=(TERMS, TERMS)
    )
    assert not any(one.differs for one in view.moments)
    assert view.cited[0] == view.cited[1]
