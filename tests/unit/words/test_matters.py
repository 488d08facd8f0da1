"""A matter's label reads back to the matter, whatever its slots hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.words import FACTS, Matter, make_fact, matter_of, parse_matter
from whoseword.words.kinds import key_slots
from whoseword.words.matters import rename

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
MARKS = st.text(st.sampled_from("aZé9-_. (=),?\"'\\\n{}²½"), min_size=1, max_size=8)


def matter_with(values):
    return st.sampled_from(sorted(FACTS)).flatmap(
        lambda kind: st.tuples(*[values for _ in key_slots(kind)]).map(
            lambda keys: Matter(kind, keys)
        )
    )


SLOTS = st.one_of(st.none(), TEXT, MARKS, st.sampled_from(["woman", "officer-1", "anyone", "a b"]))
MATTERS = st.recursive(
    matter_with(SLOTS),
    lambda inner: matter_with(st.one_of(SLOTS, inner.map(lambda one: one.label))),
    max_leaves=12,
)


@given(MATTERS)
def test_a_label_reads_back_to_its_matter(matter):
    assert parse_matter(matter.label) == matter


@given(MATTERS, MATTERS)
def test_two_matters_have_two_labels(one, other):
    assert (one.label == other.label) == (one == other)


@given(MARKS | TEXT)
def test_any_text_is_a_matters_label_or_no_matter(text):
    matter = parse_matter(text)
    assert matter is None or parse_matter(matter.label) == matter


def test_matters_nest_as_deep_as_they_read_back():
    matter = Matter("armed", ("woman",))
    for _ in range(20):
        matter = Matter("died", (matter.label,))
        assert parse_matter(matter.label) == matter


@pytest.mark.parametrize(
    ("kind", "slots", "label"),
    [
        ("armed", {"who": "woman"}, "armed(who=woman)"),
        ("armed", {}, "armed(who=?)"),
        ("armed", {"who": "?"}, 'armed(who="?")'),
        ("armed", {"who": "Officer No. 4_b"}, "armed(who=Officer No. 4_b)"),
        ("armed", {"who": "O'Neil"}, 'armed(who="O\'Neil")'),
        ("armed", {"who": "Zoë"}, "armed(who=Zoë)"),
        ("related", {"who": "a", "whom": "b"}, "related(who=a, whom=b)"),
        ("contact", {"place": "12 Elm St, 3"}, 'contact(agency=?, place="12 Elm St, 3")'),
        ("cleared", {"who": "medic", "for": "engage"}, "cleared(who=medic, for=engage)"),
        (
            "found",
            {"by": "coroner", "matter": "cause_of_death(who=child)"},
            "found(by=coroner, matter=cause_of_death(who=child))",
        ),
        (
            "found",
            {"by": "court", "matter": "related(who=a, whom=b)"},
            'found(by=court, matter="related(who=a, whom=b)")',
        ),
        ("other", {"text": 'he said "go"'}, 'other(text="he said \\"go\\"")'),
    ],
)
def test_a_label_is_the_kind_and_the_key_slots_in_order(kind, slots, label):
    assert matter_of(make_fact(kind, slots)).label == label


@pytest.mark.parametrize(
    "text",
    [
        "", "armed", "armed()", "armed(who=)", "armed(who=woman", "armed(who=woman))",
        "armed(whom=woman)", "flew(who=woman)", "armed(who=woman) ", "related(who=a)",
        "related(whom=b, who=a)", "related(who=a,whom=b)", "armed(who=a, weapon=knife)",
        'armed(who="woman)', "armed(who=1)x", "ARMED(who=woman)",
    ],
)  # fmt: skip
def test_what_is_no_label_is_no_matter(text):
    assert parse_matter(text) is None


def test_value_slots_make_no_difference_to_the_matter():
    with_knife = make_fact("armed", {"who": "woman", "weapon": "knife"}, "2031-03-06")
    assert matter_of(with_knife) == matter_of(make_fact("armed", {"who": "woman"}))


def test_names_are_joined_inside_nested_matters_but_not_inside_a_join():
    names = {"boy": "child"}
    found = Matter("found", ("coroner", "cause_of_death(who=boy)"))
    assert rename(found, names).keys == ("coroner", "cause_of_death(who=child)")
    same = Matter("same", ("boy", "child"))
    assert rename(same, names) == same
    on_same = Matter("found", ("court", same.label))
    assert rename(on_same, names) == on_same
