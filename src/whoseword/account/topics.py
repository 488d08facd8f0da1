"""What a request, a reply or a finding is about, as the label of a matter.

Slots hold a matter as text; it is compared as the matter that it is, under joined names.
"""

from collections import defaultdict
from collections.abc import Mapping

from whoseword.account.positions import Take, Takes
from whoseword.words import Matter, parse_matter
from whoseword.words.fact import SlotValue
from whoseword.words.matters import rename


def topic(text: str, names: Mapping[str, str]) -> str:
    """A matter's label under joined names; other words, or a joined name, as they are."""
    matter = parse_matter(text)
    return rename(matter, names).label if matter else names.get(text, text)


def topics_of(value: Mapping[str, SlotValue], names: Mapping[str, str]) -> tuple[str, ...]:
    """What the slot ``about`` names, sorted; empty where it was not stated."""
    about = value.get("about")
    words = about if isinstance(about, tuple) else (about,)
    return tuple(sorted({topic(word, names) for word in words if isinstance(word, str)}))


def found_on(matter: Matter, names: Mapping[str, str]) -> Matter | None:
    """The matter that a ``found`` is a finding on, or None."""
    target = parse_matter(matter.keys[1] or "") if matter.kind == "found" else None
    return rename(target, names) if target else None


def findings_on(takes: Takes, names: Mapping[str, str]) -> dict[str, list[Take]]:
    """Every word on a finding, by the label of the matter that it is on."""
    found: dict[str, list[Take]] = defaultdict(list)
    for matter, its in takes.items():
        if matter.kind == "found" and (target := found_on(matter, names)):
            found[target.label].extend(its)
    return found
