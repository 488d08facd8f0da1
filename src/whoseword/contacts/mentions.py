"""Whom a statement is about: by a name in it, or by what its incident calls somebody.

Inside an incident people go by local names ("woman"); ``named(who, name)`` tells whose name that
is. The name slot, like ``contact.about``, may hold "NAME, DOB".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from whoseword.contacts.contested import Denials, Told
from whoseword.contacts.opened import Incident, is_plain, live_of, words_of
from whoseword.contacts.persons import Mention, as_one, read_person

_DOER = {"threatened": "by", "attacked": "by"}

Names = Mapping[str, tuple[Mention, ...]]


def names_in(incident: Incident, denials: Denials) -> Names:
    """The names that an incident's people are told to have."""
    told: dict[str, list[Mention]] = defaultdict(list)
    for matter, take in live_of(incident, "named"):
        who = matter.keys[0]
        if who is not None:
            sure = is_plain(take) and not denials.of(Told(incident, matter, take))
            for word in words_of(take.value.get("name"), {}):
                told[who].append(Mention(read_person(word), sure))
    return {who: as_one(mentions) for who, mentions in told.items()}


def mentions_in(told: Told, names: Names) -> tuple[Mention, ...]:
    """Whom a contact was about; of a hazard, who did it and not to whom it was done."""
    value, matter = told.take.value, told.matter
    words: Iterable[str | None]
    if matter.kind == "contact":
        words = words_of(value.get("about"), told.incident.names)
    elif matter.kind in _DOER:
        words = words_of(value.get(_DOER[matter.kind]), told.incident.names)
    else:
        words = matter.keys if matter.kind == "armed" else ()
    return tuple(
        mention
        for word in words
        if word is not None
        for mention in names.get(word) or (Mention(read_person(word), True),)
    )
