"""Judging lines by the rules on releases, and reading those rules from their files.

A rule that fits is told with its id and citation to whoever publishes, and to nobody else: that
something was held back is itself a secret until a person says so (law 3). Counsel's word on a line is
a ``waived`` statement of a named person, and ends a rule that sends lines to counsel, never one that
refuses.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, assert_never

import msgspec

from whoseword.access import Reader, RulesFault
from whoseword.access.rules import OPEN_END, in_force
from whoseword.account import account
from whoseword.account.known import known_at
from whoseword.duties.scene import Scene, live, live_plain, scene_of, words_of
from whoseword.record.lines import Line, lines_of
from whoseword.record.release_rule import About, Does, ReleaseRule
from whoseword.words import (
    AFFIRMING,
    FACTS,
    SpeakerKind,
    Standing,
    Statement,
    WordFault,
    parse_matter,
    statement_from,
)
from whoseword.words.aftermath import Other, Replied, Requested, Waived
from whoseword.words.names import slug
from whoseword.words.times import parse_moment

PUBLISH: Final = "publish"
_KIN: Final = (
    "family",
    "kin",
    "relative",
    "relatives",
    "next-of-kin",
    "parents",
    "mother",
    "father",
)
_HARM: Final = ("died", "cause_of_death", "injured", "threatened", "attacked")
_PERSONS: Final = frozenset({"who", "whom", "by", "toward", "caller", "about", "members"})
"""The slots in which a person may be called by name."""
_LIKE_A_NAME: Final = re.compile(r"(?<![\w-])[A-Z][a-zà-öø-ÿ'’]+(?![\w])")
_NO_NAMES: Final = frozenset(
    [
        "Officer",
        "Officers",
        "Sergeant",
        "Deputy",
        "Trooper",
        "Captain",
        "Lieutenant",
        "Corporal",
        "Detective",
        "Chief",
        "Sheriff",
        "Unit",
        "Car",
        "Squad",
        "Engine",
        "Medic",
        "Ambulance",
        "Team",
        "Patrol",
        "Division",
        "Department",
        "Police",
        "Fire",
        "County",
        "City",
        "State",
        "Office",
        "Center",
        "Hospital",
        "Court",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
_WHEN: Final = "2031-03-06T15:00:00Z"
_READER: Final = Reader("information_officer", "harrow-police", "disclosure")


class Held(NamedTuple):
    """A line that a rule holds back, and the rule."""

    line: Line
    rule: ReleaseRule


class Judged(NamedTuple):
    """Lines that may go out, those that may not, and the rules that ask for a second name."""

    lines: tuple[Line, ...]
    held: tuple[Held, ...]
    two_people: tuple[Held, ...]


class _Releases(msgspec.Struct, frozen=True):
    release: tuple[ReleaseRule, ...] = ()


class Circumstances:
    """What the rules ask of an incident: who was harmed, who is a child, who was told, what is named."""

    def __init__(self, statements: Iterable[Statement], incident: str, as_of: datetime) -> None:
        self._known = known_at(statements, incident, as_of)
        self._by_id = {one.id: one.statement for one in self._known}

    @cached_property
    def scene(self) -> Scene:
        """Who is who."""
        return scene_of(self._known)

    @cached_property
    def harmed(self) -> frozenset[str]:
        """Who died, was hurt, attacked or threatened, as far as anybody says."""
        found = {matter.keys[0] for matter, _ in live(self.scene.takes, *_HARM)}
        return frozenset(who for who in found if who is not None)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that somebody told of a person."""
        return frozenset(
            name
            for _, take in live(self.scene.takes, "named")
            for name in words_of(take.value.get("name"), self.scene.names)
        )

    def kin_told(self, who: str) -> bool:
        """Whether somebody affirms plainly that the kin of a person were told."""
        for matter, _ in live_plain(self.scene.takes, "notified"):
            told = slug(matter.keys[0] or "")
            if any(told == kin for kin in _KIN) and len(self.harmed) == 1:
                return True
            if slug(who) in told and any(kin in told.split("-") for kin in _KIN):
                return True
        return False

    def waived(self, rule: str, matter: str) -> bool:
        """Whether a named person let a line pass a rule that sends it to counsel."""
        for one in self._known:
            fact, statement = one.statement.fact, one.statement
            if (
                isinstance(fact, Waived)
                and one.replaced_by is None
                and statement.stance in AFFIRMING
                and statement.speaker.kind is SpeakerKind.OFFICIAL
                and (fact.rule, fact.for_) == (rule, matter)
            ):
                return True
        return False

    def is_named(self, line: Line) -> bool:
        """Whether somebody in a line is called by what looks like a name, and not by their role.

        Looked at are the slots that hold persons, and the words of what fits no kind. Whoever is a
        party of the incident, or speaks as an agency, is no private person.
        """
        known = [self._by_id[id_] for id_ in line.statements if id_ in self._by_id]
        bodies = self.scene.parties | {
            slug(one.speaker.name)
            for one in self._by_id.values()
            if one.speaker.kind in (SpeakerKind.AGENCY, SpeakerKind.RECORD)
        }
        return any(
            looks_named(words)
            for one in known
            for words in _persons_in(one)
            if slug(words) not in bodies
        )

    def compelled(self, line: Line) -> bool:
        """Whether a statement behind a line was compelled."""
        told = (self._by_id[id_] for id_ in line.statements if id_ in self._by_id)
        return any(one.occasion is not None and one.occasion.compelled for one in told)


def judge(lines: Sequence[Line], rules: Sequence[ReleaseRule], about: Circumstances) -> Judged:
    """What of these lines may go out; each that may not stands once, with its strongest rule."""
    free, held, two = [], [], []
    for line in lines:
        fitting = [one for one in rules if fits(one, line, about)]
        stops = [one for one in fitting if one.does is not Does.TWO_PEOPLE]
        if stops:
            first = min(stops, key=lambda one: (list(Does).index(one.does), one.id))
            held.append(Held(line, first))
            continue
        free.append(line)
        two += [Held(line, one) for one in fitting]
    return Judged(tuple(free), tuple(held), tuple(two))


def fits(rule: ReleaseRule, line: Line, about: Circumstances) -> bool:
    """Whether a rule fits a line."""
    matter = parse_matter(line.matter)
    keys = tuple(one for one in (matter.keys if matter else ()) if one)
    if rule.kinds and line.kind not in rule.kinds:
        return False
    if not _is_about(rule.about, keys, about):
        return False
    if rule.words and not _stands(rule.words, line.text):
        return False
    if rule.names and not _stands(about.names, line.text):
        return False
    if rule.looks_named and not about.is_named(line):
        return False
    if rule.agencies and not any(slug(key).endswith(rule.agencies) for key in keys):
        return False
    if rule.compelled and not about.compelled(line):
        return False
    if rule.until_found and line.standing == Standing.FOUND.value:
        return False
    if rule.until_kin_told and keys and about.kin_told(keys[0]):
        return False
    return not (rule.does is Does.COUNSEL and about.waived(rule.id, line.matter))


def _is_about(whom: About, keys: Sequence[str], about: Circumstances) -> bool:
    match whom:
        case About.ANYONE:
            return True
        case About.MINOR:
            return bool(about.scene.minors & set(keys))
        case About.HARMED:
            return bool(about.harmed & set(keys))
        case About.UNHARMED:
            return not about.harmed & set(keys)
        case About.OFFICER:
            return bool(about.scene.officers & set(keys))
        case _:
            assert_never(whom)


def _stands(words: Iterable[str], text: str) -> bool:
    """Whether one of these stands in a text as whole words."""
    return any(
        re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE) for one in words if one
    )


def looks_named(words: str) -> bool:
    """Whether words hold a word that is written like a name: a capital letter and small ones.

    Ranks and what units are called are no names; "Officer 1" names nobody, "Sergeant Orr" does.
    """
    return any(one not in _NO_NAMES for one in _LIKE_A_NAME.findall(words))


def _persons_in(one: Statement) -> Iterator[str]:
    """The words of a statement that may be what a person is called."""
    if isinstance(one.fact, Other):
        # The first word has its capital from the sentence.
        yield " ".join((one.fact.text or "").split()[1:])
        return
    topics = {"about"} if isinstance(one.fact, Requested | Replied) else set()
    for slot in (_PERSONS - topics) & set(one.fact.__struct_fields__):
        value = getattr(one.fact, slot)
        yield from (str(word) for word in ((value,) if isinstance(value, str) else value or ()))


def read_release_rules(files: Mapping[str, str], day: date) -> tuple[ReleaseRule, ...]:
    """The rules on releases that are in force on a day, by id. Raises ``RulesFault``.

    ``files`` are texts by name; a file may hold other tables beside ``[[release]]``.
    """
    every = every_release_rule(files)
    return tuple(one for one in every if in_force(one.in_force_from, one.in_force_to, day))


def every_release_rule(files: Mapping[str, str]) -> tuple[ReleaseRule, ...]:
    """Every rule on releases, by id. Raises ``RulesFault`` with all that is wrong with their shape."""
    found: dict[str, ReleaseRule] = {}
    faults: list[str] = []
    for name in sorted(files):
        if not name.endswith(".toml"):
            continue
        try:
            rules = _rules_in(files[name])
        except msgspec.MsgspecError as error:
            faults.append(f"{name}: is no list of [[release]] ({error}); correct it")
            continue
        for rule in rules:
            faults += [f"{name}: {fault}" for fault in _faults_in(rule)]
            if rule.id in found:
                faults.append(f"{name}: {rule.id}: stands twice; give it an id of its own")
            found[rule.id] = rule
    if faults:
        raise RulesFault("\n".join(faults))
    return tuple(found[id_] for id_ in sorted(found))


def faults_of(text: str) -> list[str]:
    """Everything that is wrong with the rules on releases in a file; their examples are run."""
    try:
        rules = _rules_in(text)
    except msgspec.MsgspecError as error:
        return [f"is no list of [[release]] ({error}); correct it"]
    faults = [fault for rule in rules for fault in _faults_in(rule)]
    return faults or [fault for rule in rules for fault in _faults_of_examples(rule)]


def _rules_in(text: str) -> tuple[ReleaseRule, ...]:
    return msgspec.toml.decode(text, type=_Releases).release


def _faults_in(rule: ReleaseRule) -> Iterator[str]:
    unknown = sorted(kind for kind in rule.kinds if kind not in FACTS)
    if unknown:
        yield f"{rule.id}: {', '.join(unknown)} is no kind of fact; the glossary lists them"
    for name in ("in_force_from", "in_force_to"):
        day = getattr(rule, name)
        if day != OPEN_END and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            yield f"{rule.id}: {name} is no day; write 2024-08-28, or .. where it is open"
    asks = (rule.kinds, rule.words, rule.agencies, rule.names, rule.looks_named, rule.compelled)
    if not any(asks) and rule.about is About.ANYONE:
        yield f"{rule.id}: fits every line; say which kinds, words, agencies or persons it is about"


def _faults_of_examples(rule: ReleaseRule) -> Iterator[str]:
    for example in rule.example:
        where = f"{rule.id}: {example.title}"
        try:
            told = [_example(number, one) for number, one in enumerate(example.told, start=1)]
        except (WordFault, KeyError, TypeError) as error:
            yield f"{where}: cannot be read ({error!s}); correct it"
            continue
        at = parse_moment(_WHEN)
        view = account(told, incident="example", as_of=at, reader=_READER)
        lines = [one for one in lines_of(view)[0] if one.matter == example.line]
        if not lines:
            yield f"{where}: no line is of {example.line}; name one of the matters that are told"
            continue
        judged = judge(lines, [rule], Circumstances(told, "example", at))
        came = judged.held[0].rule.does.value if judged.held else PUBLISH
        came = Does.TWO_PEOPLE.value if judged.two_people else came
        if came != example.expect:
            yield f"{where}: came out as {came}, and not as {example.expect}"


def _example(number: int, given: Mapping[str, Any]) -> Statement:
    value = {
        "id": f"01950000-0000-7000-8000-{number:012x}",
        "book": "harrow-police/incident",
        "speaker": {"name": "police chief", "kind": "official", "party": "harrow-police"},
        "stance": "affirms",
        "source": {"entered_by": "clerk"},
        "recorded": "2031-03-06T14:00:00Z",
        **given,
        "incident": "example",
    }
    return statement_from(value)
