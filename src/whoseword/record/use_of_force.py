"""The elements of the FBI's National Use-of-Force Data Collection, as far as statements tell them.

The collection (28 CFR 0.85; OMB 1110-0071) asks of three events: a death, a serious bodily injury
(18 USC 2246(4)), or a firearm discharged at or toward a person; and of every month without one a zero
report. Missouri asks the same of its agencies (RSMo 590.1265) and wants no officer's identity in it,
so officers and subjects stand by number here and bear no name.

An element is filled only by what is affirmed plainly and disputed by nobody. What is disputed, not
known or was never told says so, and these are three things (law 5). What the collection asks and no
kind of fact carries is listed as not told, so that whoever files it sees what is theirs to find out.
Whether an injury is serious, and whether there was nothing to report in a month, a person decides
and signs: no record is never "none".
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.account import Account, MatterView
from whoseword.account.known import known_at
from whoseword.account.positions import Take
from whoseword.account.shapes import Position
from whoseword.duties.scene import Scene, live, live_plain, scene_of, words_of
from whoseword.words import Hedge, Matter, Standing, Statement

_sorted_json: Final = msgspec.json.Encoder(order="sorted")
_PLACE: Final = re.compile(r"located\(what=\"?(?:call|incident)\b")
_BY_NUMBER: Final = re.compile(r"officer[\s-]?\w{0,2}", re.IGNORECASE)


class Known(Enum):
    """How an element stands."""

    TOLD = "told"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"
    NOT_KNOWN = "not_known"
    NOT_TOLD = "not_told"


_UNTOLD: Final = {
    Standing.SUPERSEDED.value: Known.WITHDRAWN.value,
    Standing.DISPUTED.value: Known.DISPUTED.value,
    Standing.DENIED.value: Known.DENIED.value,
    Standing.BELIEVED.value: Known.NOT_KNOWN.value,
    Standing.EXPECTED.value: Known.NOT_KNOWN.value,
    Standing.NOT_KNOWN.value: Known.NOT_KNOWN.value,
    Standing.NO_REPLY.value: Known.NOT_KNOWN.value,
}
"""How an element stands whose matter nobody affirms undisputed."""
WITHHELD: Final = "withheld: it names an officer"


class Element(msgspec.Struct, frozen=True):
    """One element: how it stands, its value where it is told, and the statements that say so.

    Its matter is not in it: that names whom it is about.
    """

    state: str = Known.NOT_TOLD.value
    value: Any = None
    standing: str | None = None
    statements: tuple[str, ...] = ()


class Event(Enum):
    """What makes an incident one of the collection's."""

    DEATH = "death"
    INJURY = "injury, of which a person says whether it is serious (18 USC 2246(4))"
    DISCHARGE = "firearm discharged at or toward a person"
    UNDIRECTED = "firearm discharged, and nobody says toward whom"


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency can file of an incident; ``zero`` only where nothing told makes it one."""

    incident: str
    as_of: str
    collection: str = "FBI National Use-of-Force Data Collection"
    events: tuple[str, ...]
    elements: dict[str, Element]
    subjects: tuple[dict[str, Element], ...]
    officers: tuple[dict[str, Element], ...]
    undecided: tuple[str, ...]
    zero: dict[str, Any] | None


_ASKED: Final = {
    "incident": (
        "date_and_time", "officers_who_used_force", "officers_of_reporting_agency", "location",
        "location_type", "officers_approached", "ambush", "supervisor_present_or_consulted",
        "reason_for_initial_contact", "most_serious_offenses", "local_case_number",
        "other_agencies_case_numbers",
    ),
    "subject": (
        "age", "sex", "race", "ethnicity", "height", "weight", "injury_or_death", "type_of_force",
        "resisted", "threat_perceived", "type_of_resistance", "apparent_impairment",
        "armed_or_believed_armed",
    ),
    "officer": (
        "age", "sex", "race", "ethnicity", "height", "weight", "years_of_service", "full_time",
        "on_duty", "readily_identifiable", "discharged_firearm", "injured", "type_of_injury",
    ),
}  # fmt: skip
"""What the collection asks, in its order (ucr.fbi.gov/use-of-force-data)."""


def use_of_force(view: Account, statements: Iterable[Statement], as_of: datetime) -> Return:
    """The return on an incident, from a reader's account and the statements that it was made of."""
    known = known_at(statements, view.incident, as_of)
    scene = scene_of(known)
    telling = _Telling({one.matter: one for one in view.matters}, scene)
    officers = sorted(scene.fired)
    subjects = telling.subjects(officers)
    events = tuple(event.value for event in telling.events(officers, subjects))
    return Return(
        incident=view.incident,
        as_of=view.as_of,
        events=events,
        elements=_whole("incident", telling.incident(officers)),
        subjects=tuple(_whole("subject", telling.subject(one, officers)) for one in subjects),
        officers=tuple(_whole("officer", telling.officer(one)) for one in officers),
        undecided=telling.undecided(subjects),
        zero=None if events else _zero(view.as_of),
    )


def return_json(view: Return) -> bytes:
    """The return as JSON, keys sorted."""
    return msgspec.json.format(_sorted_json.encode(view), indent=2) + b"\n"


def _whole(of: str, told: Mapping[str, Element]) -> dict[str, Element]:
    """Every element that is asked, those that nobody told among them."""
    return {name: told.get(name, Element()) for name in _ASKED[of]}


def _zero(as_of: str) -> dict[str, Any]:
    return {
        "month": as_of[:7],
        "reads": "Nothing that this reader opens tells of a death, a serious injury or a firearm "
        "discharged toward a person by the agency's force. That is no word that there was none: a "
        "zero report is the agency's own, for the whole month and all its incidents.",
        "signed_by": None,
    }


class _Telling(NamedTuple):
    """The account's matters by their label, and who is who."""

    matters: Mapping[str, MatterView]
    scene: Scene

    def subjects(self, officers: Collection[str]) -> list[str]:
        """Toward whom an officer fired, or whom one killed or hurt, as far as that is told plainly."""
        found: dict[str, None] = {}
        for matter, take in live_plain(self.scene.takes, "discharged_weapon"):
            if matter.keys[0] in officers:
                found |= dict.fromkeys(self._words(take, "toward"))
        for matter, take in live_plain(self.scene.takes, "cause_of_death", "injured"):
            if matter.keys[0] and set(self._words(take, "by")) & set(officers):
                found[matter.keys[0]] = None
        return sorted(set(found) - set(officers))

    def undecided(self, subjects: Collection[str]) -> tuple[str, ...]:
        """What a person has to settle before the return is whole, without a name."""
        dead = {
            matter.keys[0]
            for matter, _ in live_plain(self.scene.takes, "died")
            if matter.keys[0] not in subjects and matter.keys[0] not in self.scene.officers
        }
        found = []
        if dead:
            found.append(
                f"{len(dead)} dead of whom nobody says plainly that an officer's force killed them"
            )
        if self.scene.undecided:
            found.append(f"{len(self.scene.undecided)} who fired, and nobody says for whom")
        if self.scene.nameless_fire:
            found.append("somebody fired whom nobody named; the officers may be more")
        return tuple(found)

    def events(self, officers: Sequence[str], subjects: Sequence[str]) -> Iterator[Event]:
        for event, kind in ((Event.DEATH, "died"), (Event.INJURY, "injured")):
            if any(
                self._element(Matter(kind, (who,))).state == Known.TOLD.value for who in subjects
            ):
                yield event
        toward = any(
            self._words(take, "toward")
            for matter, take in live_plain(self.scene.takes, "discharged_weapon")
            if matter.keys[0] in officers
        )
        if self.scene.force:
            yield Event.DISCHARGE if toward else Event.UNDIRECTED

    def incident(self, officers: Sequence[str]) -> dict[str, Element]:
        shots = [Matter("discharged_weapon", (who,)) for who in officers]
        told: dict[str, Element] = {}
        if officers:
            told["date_and_time"] = self._when(shots)
            count = len(officers)
            told["officers_who_used_force"] = Element(
                Known.TOLD.value,
                f"at least {count}" if self.scene.nameless_fire else count,
                statements=self._ids(shots),
            )
        places = [one for one in self.matters.values() if _PLACE.match(one.matter)]
        if len(places) == 1:
            told["location"] = self._of_view(places[0], "place")
        elif places:
            ids = sorted({id_ for one in places for id_ in _ids_of(one)})
            told["location"] = Element(Known.NOT_KNOWN.value, statements=tuple(ids))
        return told

    def subject(self, who: str, officers: Sequence[str]) -> dict[str, Element]:
        died = self._element(Matter("died", (who,)))
        hurt = self._element(Matter("injured", (who,)), "means")
        armed = self._element(Matter("armed", (who,)), "weapon")
        told = {
            "age": self._element(Matter("aged", (who,)), "age"),
            "injury_or_death": msgspec.structs.replace(died, value="death")
            if died.state == Known.TOLD.value
            else hurt,
            "armed_or_believed_armed": armed,
            "apparent_impairment": self._element(Matter("in_crisis", (who,)), "sign"),
        }
        shot = [
            Matter("discharged_weapon", (matter.keys[0],))
            for matter, take in live_plain(self.scene.takes, "discharged_weapon")
            if matter.keys[0] in officers and who in self._words(take, "toward")
        ]
        if shot:
            told["type_of_force"] = Element(Known.TOLD.value, "firearm", statements=self._ids(shot))
        threats = [
            (matter, take)
            for matter, take in live_plain(self.scene.takes, "threatened", "attacked")
            if who in self._words(take, "by")
        ]
        if threats:
            told["threat_perceived"] = self._element(threats[0][0], "means")
        return told

    def officer(self, who: str) -> dict[str, Element]:
        return {
            "age": self._element(Matter("aged", (who,)), "age"),
            "discharged_firearm": self._element(Matter("discharged_weapon", (who,))),
            "injured": self._element(Matter("injured", (who,))),
            "type_of_injury": self._element(Matter("injured", (who,)), "means"),
        }

    def _words(self, take: Take, slot: str) -> tuple[str, ...]:
        return words_of(take.value.get(slot), self.scene.names)

    def _ids(self, matters: Iterable[Matter]) -> tuple[str, ...]:
        ids = {id_ for matter in matters for id_ in self._element(matter).statements}
        return tuple(sorted(ids))

    def _when(self, shots: Sequence[Matter]) -> Element:
        """When the shots were fired, where one time holds all that was told of them."""
        views = [self.matters[one.label] for one in shots if one.label in self.matters]
        told = [
            (one.happened, one.statements)
            for view in views
            for one in view.positions
            if view.standing not in _UNTOLD and _fills(one) and isinstance(one.happened, str)
        ]
        ids = tuple(sorted({id_ for _, its in told for id_ in its}))
        if not told:
            return Element(statements=self._ids(shots))
        finest = max((when for when, _ in told), key=lambda when: (len(when), when))
        if all(finest.startswith(when) for when, _ in told):
            return Element(Known.TOLD.value, finest, statements=ids)
        return Element(Known.DISPUTED.value, statements=ids)

    def _element(self, matter: Matter, slot: str | None = None) -> Element:
        view = self.matters.get(matter.label)
        return Element() if view is None else self._of_view(view, slot)

    def _of_view(self, view: MatterView, slot: str | None) -> Element:
        """An element of a matter: a value only where it is affirmed plainly and disputed by nobody."""
        if view.standing in _UNTOLD:
            return Element(_UNTOLD[view.standing], None, view.standing, _ids_of(view))
        plain = [one for one in view.positions if _fills(one)]
        values = [word for one in plain if slot for word in _words(one.value.get(slot))]
        told = tuple(dict.fromkeys(values))
        if not plain or (slot is not None and not told):
            return Element(Known.NOT_TOLD.value, None, view.standing, _ids_of(view))
        ids = tuple(sorted({id_ for one in plain for id_ in one.statements}))
        value: Any = True if slot is None else told[0] if len(told) == 1 else list(told)
        if any(self._names_officer(word) for word in told):
            value = WITHHELD
        return Element(Known.TOLD.value, value, view.standing, ids)

    def _names_officer(self, words: str) -> bool:
        """Whether words name an officer, by the name in the books or by one that somebody told."""
        named = {
            name
            for matter, take in live(self.scene.takes, "named")
            if matter.keys[0] in self.scene.officers
            for name in self._words(take, "name")
        }
        names = {one for one in self.scene.officers if not _BY_NUMBER.fullmatch(one)} | named
        folded = words.casefold()
        return any(name.casefold() in folded for name in names if name.strip())


def _ids_of(view: MatterView) -> tuple[str, ...]:
    return tuple(sorted({id_ for one in view.positions for id_ in one.statements}))


def _fills(position: Position) -> bool:
    affirms = position.stance in ("affirms", "does")
    return affirms and position.hedge == Hedge.PLAIN.value and position.replaced_by is None


def _words(value: str | bool | list[str] | None) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(value)
    return () if value is None else (str(value),)
