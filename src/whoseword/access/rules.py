"""Rules as files: law and policy that a lawyer can read, each with where it stands written.

A rule is a Cedar policy (cedarpolicy.com; Cutler et al., OOPSLA 2024) in a file for its source of
law. Its annotations tell id, citation, year of the text, how far the text was read (``text``,
``paraphrase``, or ``unverified``), who may tell whom, for which purpose, on which conditions, for
how long, and from when to when it is in force. Files are held to one schema, so that a role or a
class that does not exist is found before anybody relies on the rule.

A rule whose text nobody has read opens nothing: an unverified permission stands in the files to be
read by counsel, and is never applied. An unverified prohibition is.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import msgspec

from whoseword.words import FACTS, WhoseWordError

SCHEMA = "rules.cedarschema"
OPTIONAL = "optional"
"""The folder of rules that hold only where a home has adopted their file."""
OPEN_END = ".."
_RULES = (".cedar", ".toml")
_SUFFIXES = (*_RULES, ".md", ".cedarschema")
_ANNOTATIONS = (
    *("citation", "text_year", "confidence", "who", "to_whom", "purpose", "conditions"),
    *("duration", "in_force_from", "in_force_to"),
)


class RulesFault(WhoseWordError):
    """The files of rules cannot be used as they are; the message lists every fault."""


class Confidence(Enum):
    """How far the text of a rule was read."""

    TEXT = "text"
    PARAPHRASE = "paraphrase"
    UNVERIFIED = "unverified"


class Effect(Enum):
    """What a rule does where it applies; a prohibition is stronger than every permission."""

    PERMIT = "permit"
    FORBID = "forbid"


def in_force(first: str, last: str, day: date) -> bool:
    """Whether a day lies between two, both included, where either may be open."""
    text = day.isoformat()
    return (first == OPEN_END or first <= text) and (last == OPEN_END or text <= last)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule, as its annotations tell it; ``policy`` is Cedar's JSON of it.

    ``in_force_from`` and ``in_force_to`` are inclusive days (ISO 8601), or ``..`` where the end is
    open or not known.
    """

    id: str
    effect: Effect
    file: str
    citation: str
    text_year: str
    confidence: Confidence
    who: str
    to_whom: str
    purpose: str
    conditions: str
    duration: str
    in_force_from: str
    in_force_to: str
    policy: dict[str, Any]

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return in_force(self.in_force_from, self.in_force_to, day)

    def is_on(self, action: str) -> bool:
        """Whether the rule can say anything of an action."""
        scope = self.policy["action"]
        if scope["op"] == "All":
            return True
        named = scope.get("entities") or [scope["entity"]]
        return action in [one["id"] for one in named]

    @property
    def applies(self) -> bool:
        """Whether anything is decided by it: a permission that nobody has read opens nothing."""
        return self.effect is Effect.FORBID or self.confidence is not Confidence.UNVERIFIED


class Retention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many whole years statements of some kinds are shown as prior contacts."""

    id: str
    kinds: tuple[str, ...]
    years: Annotated[int, msgspec.Meta(ge=1)]
    citation: str
    text_year: str
    confidence: Confidence
    who: str
    to_whom: str
    purpose: str
    conditions: str
    duration: str
    in_force_from: str
    in_force_to: str


class _Retentions(msgspec.Struct, frozen=True):
    retention: tuple[Retention, ...] = ()


class RuleSet(msgspec.Struct, frozen=True, dict=True):
    """The rules of a folder. ``files`` holds the text of each file by its name in the folder."""

    rules: tuple[Rule, ...]
    files: dict[str, str]
    retention: tuple[Retention, ...] = ()

    def keeps(self, day: date) -> dict[str, int]:
        """For how many whole years each kind of prior contact is shown, by the rules of a day.

        Of several the shortest holds; a kind that no rule names is shown without end.
        """
        years: dict[str, int] = {}
        for rule in self.retention:
            if in_force(rule.in_force_from, rule.in_force_to, day):
                for kind in rule.kinds:
                    years[kind] = min(rule.years, years.get(kind, rule.years))
        return years

    @cached_property
    def sha256(self) -> str:
        """The hash of the whole set, in hexadecimal; every view names it (law 4)."""
        return sha256(self.content).hexdigest()

    @cached_property
    def content(self) -> bytes:
        """The files as one JSON object, keys sorted: what the hash is of."""
        return json.dumps(self.files, sort_keys=True, ensure_ascii=False).encode()

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Each rule by its id."""
        return {rule.id: rule for rule in self.rules}


def read_rules(folder: Path, adopted: tuple[str, ...] = ()) -> RuleSet:
    """The rules of a folder, and of its optional files those that were adopted.

    Raises ``RulesFault`` with everything that is wrong in any file.
    """
    files = _files(folder, adopted)
    faults = list(faults_of(files))
    if faults:
        raise RulesFault("\n".join(f"{folder}/{fault}" for fault in faults))
    rules = [rule for name in sorted(files) for rule in _rules_in(name, files[name])]
    kept = [one for name in sorted(files) if _is_retention(name) for one in _retention(files[name])]
    return RuleSet(tuple(rules), files, tuple(kept))


def faults_in(folder: Path) -> list[str]:
    """Everything that is wrong in the files of a folder, optional ones too."""
    return list(faults_of(_files(folder, tuple(optional_files(folder)))))


def optional_files(folder: Path) -> list[str]:
    """The names of the files of rules that a home may adopt."""
    return sorted({path.stem for kind in _RULES for path in (folder / OPTIONAL).glob(f"*{kind}")})


def _files(folder: Path, adopted: tuple[str, ...]) -> dict[str, str]:
    if not (folder / SCHEMA).is_file():
        raise RulesFault(f"{folder} holds no {SCHEMA}; name a folder of rules")
    stray = [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or (path.is_file() and path.suffix not in _SUFFIXES)
    ]
    if stray:
        raise RulesFault(
            f"{folder} holds {', '.join(stray)}, which would be passed over; keep only "
            f"{', '.join(_SUFFIXES)} there, and no links"
        )
    missing = [name for name in adopted if name not in optional_files(folder)]
    if missing:
        known = ", ".join(optional_files(folder)) or "none"
        raise RulesFault(f"{folder} has no optional rules {', '.join(missing)}; it has: {known}")
    paths = [folder / SCHEMA]
    for path in sorted(one for kind in _RULES for one in folder.rglob(f"*{kind}")):
        optional = path.relative_to(folder).parts[0] == OPTIONAL
        if not optional or path.stem in adopted:
            paths.append(path)
    try:
        return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as error:
        raise RulesFault(f"a file of rules cannot be read ({error}); check {folder}") from error


def faults_of(files: Mapping[str, str]) -> Iterator[str]:
    """Everything that is wrong with files of rules: ``FILE: RULE: what; what to do``."""
    from cedarpy import Schema, validate_policies

    try:
        schema = Schema.from_str(files[SCHEMA])
    except ValueError as error:
        yield f"{SCHEMA}: is no Cedar schema ({error}); correct it"
        return
    seen: dict[str, str] = {}
    for name in filter(_is_retention, sorted(files)):
        yield from (f"{name}: {fault}" for fault in _retention_faults(files[name]))
    for name in filter(_is_cedar, sorted(files)):
        try:
            policies = _policies(files[name])
        except ValueError as error:
            yield f"{name}: is no Cedar ({error}); correct it"
            continue
        if not policies:
            yield f"{name}: holds no rule; write one, or remove the file"
        for policy in policies:
            own = _annotation(policy, "id")
            where = f"{name}: {own or 'a rule without id'}"
            if own in seen:
                yield f"{where}: stands in {seen[own]} too; give it an id of its own"
            seen[own] = name
            yield from (f"{where}: {fault}" for fault in _annotation_faults(policy))
            if policy["action"]["op"] == "All":
                yield f"{where}: names no action; say what it permits or forbids"
        found = validate_policies(files[name], schema)
        named = found.id_annotations_by_policy_id
        for flaw in found.errors:
            rule = named.get(flaw.policy_id, flaw.policy_id)
            yield f"{name}: {rule}: {_short(flaw.error)}; the words that may stand are in {SCHEMA}"


def _is_cedar(name: str) -> bool:
    return name.endswith(".cedar")


def _is_retention(name: str) -> bool:
    return name.endswith(".toml")


def _retention(text: str) -> tuple[Retention, ...]:
    return msgspec.toml.decode(text, type=_Retentions).retention


def _retention_faults(text: str) -> Iterator[str]:
    try:
        found = _retention(text)
    except msgspec.MsgspecError as error:
        yield f"is no list of [[retention]] ({error}); correct it"
        return
    for rule in found:
        told = {"id": rule.id} | {name: getattr(rule, name) for name in _ANNOTATIONS}
        for name, value in told.items():
            if isinstance(value, str) and not value.strip():
                yield f"{rule.id or 'a rule without id'}: has no {name}; every rule tells it"
        for name in ("in_force_from", "in_force_to"):
            if told[name] != OPEN_END and not _is_day(str(told[name])):
                yield f"{rule.id}: {name} is no day; write 2024-08-28, or .. where it is open"
        unknown = [kind for kind in rule.kinds if kind not in FACTS]
        if unknown:
            yield f"{rule.id}: {', '.join(unknown)} is no kind of fact; the glossary lists them"


def _annotation_faults(policy: Mapping[str, Any]) -> Iterator[str]:
    if not _annotation(policy, "id"):
        yield "has no @id; give it one"
    for name in _ANNOTATIONS:
        if not _annotation(policy, name):
            yield f"has no @{name}; every rule tells it (.. where a date is open)"
    known = [one.value for one in Confidence]
    if _annotation(policy, "confidence") not in ("", *known):
        yield f"@confidence is none of {', '.join(known)}"
    for name in ("in_force_from", "in_force_to"):
        given = _annotation(policy, name)
        if given not in ("", OPEN_END) and not _is_day(given):
            yield f"@{name} {given!r} is no day; write 2024-08-28, or .. where it is open"
    first, last = _annotation(policy, "in_force_from"), _annotation(policy, "in_force_to")
    if _is_day(first) and _is_day(last) and last < first:
        yield f"is in force from {first} to {last}, which is never; correct the days"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _short(error: str) -> str:
    """Cedar's complaint without the place in the text that it repeats."""
    return error.split(", for policy", 1)[0].strip()


@lru_cache(maxsize=256)
def _policies(text: str) -> list[dict[str, Any]]:
    """The policies of a file as Cedar's JSON, in order. Raises ``ValueError``."""
    from cedarpy import policies_to_json_str

    whole = json.loads(policies_to_json_str(text))
    if whole["templates"]:
        raise ValueError("a rule with ?principal or ?resource decides nothing until it is linked")
    found: dict[str, dict[str, Any]] = whole["staticPolicies"]
    return [found[name] for name in sorted(found, key=lambda one: int(one.removeprefix("policy")))]


def _annotation(policy: Mapping[str, Any], name: str) -> str:
    value = policy.get("annotations", {}).get(name)
    return value.strip() if isinstance(value, str) else ""


def _rules_in(name: str, text: str) -> Iterator[Rule]:
    if not _is_cedar(name):
        return
    for policy in _policies(text):
        told = {key: _annotation(policy, key) for key in _ANNOTATIONS}
        confidence = Confidence(told.pop("confidence"))
        yield Rule(
            id=_annotation(policy, "id"),
            effect=Effect(policy["effect"]),
            file=name,
            confidence=confidence,
            policy=policy,
            **told,
        )
