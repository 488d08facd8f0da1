"""What a home sends of an incident: what came by feeds, what its own books say, and its advice.

Fields of the standard know no hedge and no speaker, so into them goes only what is affirmed plainly
and disputed by nobody who is opened; everything else that peers need at the scene goes into notes
with its speaker, its relays and its hedge (``noted``). No field is filled by a guess: a call of a
type without a common code is ``TROUBLE`` with its type in words beside it; a unit whose type nobody
told stays a note. The program signs as an agent of its own, since "automatons that are actively
involved in an incident must be assigned an agent id" (STA-021.1b).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, NamedTuple

from whoseword.intake.eido.cards import age_of, person_named, program_card
from whoseword.intake.eido.checking import (
    Checked,
    check_eido,
    check_strictly,
    components_of,
)
from whoseword.intake.eido.faults import FeedFault
from whoseword.intake.eido.marks import component_id, mark_of, moment_as_sent
from whoseword.intake.eido.noted import is_told_in_notes, note_of
from whoseword.intake.eido.places import write_place
from whoseword.intake.eido.registries import UNKNOWN_TYPE, is_code
from whoseword.intake.eido.shapes import TIMES, VERSION
from whoseword.intake.eido.writing import (
    SINGLE,
    Piece,
    Raw,
    Written,
    pieces_of,
    whole,
    words_in,
    written_again,
)
from whoseword.response import Advice, Advised
from whoseword.words import AFFIRMING, Hedge, Stance, Statement, matter_of
from whoseword.words.kinds import kind_of, values_of
from whoseword.words.names import slug
from whoseword.words.scene import Aged, Called, Classified, Located, Named
from whoseword.words.times import edtf_span, moment_from, parse_moment

_UNSOUND: Final = (FeedFault, KeyError, TypeError, AttributeError, AssertionError, ValueError)
"""What a spoilt mark can bring about on its way into an object."""
_INVOLVED, _CALLER = "InvolvedPerson", "Caller"


class Sender(NamedTuple):
    """Who sends: the agency's slug, its domain as peers know it, and the moment.

    ``zone`` is the one in which a moment is read that came without an offset, and goes out with it.
    """

    agency: str
    domain: str
    at: datetime
    zone: tzinfo = UTC

    @property
    def agent(self) -> str:
        """The id by which the program signs."""
        return f"whoseword@{self.domain}"


def object_of(
    statements: Sequence[Statement], advice: Advice | None, incident: str, sender: Sender
) -> Checked:
    """The object of an incident, from the statements that a reader opens and the advice to them.

    It is checked as strictly as our own are. A component of which somebody spoilt the mark is left
    out, and what its statements say goes out in notes as our own does: one bad mark stops no incident.
    Raises ``FeedFault`` where the object does not hold all the same: then this program is at fault.
    """
    statements = sorted(statements, key=lambda one: (str(one.recorded), one.book, str(one.id)))
    replaced = {one.replaces for one in statements}
    own = [one for one in statements if mark_of(one) is None and str(one.id) not in replaced]
    pieces = pieces_of(statements)
    try:
        return _object(pieces, own, advice, (incident, sender))
    except _UNSOUND:
        sound = _sound(pieces, (incident, sender))
        spoilt = [one.statement for one in pieces if one not in sound]
        return _object(sound, [*own, *spoilt], advice, (incident, sender))


def _sound(pieces: Sequence[Piece], to: tuple[str, Sender]) -> list[Piece]:
    """The parts of those components that make a whole object, by themselves and with the others."""
    by_component: dict[tuple[str, str], list[Piece]] = {}
    for one in pieces:
        by_component.setdefault((one.mark.kind, one.mark.id), []).append(one)
    alone = [its for its in by_component.values() if _holds(its, to)]
    found = [one for its in alone for one in its]
    if _holds(found, to):
        return found
    # Some hold alone, where nothing else of the object shows what is spoilt in them.
    together: list[Piece] = []
    for its in alone:
        together = [*together, *its] if _holds([*together, *its], to) else together
    return together


def _holds(pieces: Sequence[Piece], to: tuple[str, Sender]) -> bool:
    try:
        _object(pieces, (), None, to)
    except _UNSOUND:
        return False
    return True


def _object(
    pieces: Sequence[Piece],
    own: Sequence[Statement],
    advice: Advice | None,
    to: tuple[str, Sender],
) -> Checked:
    incident, sender = to
    written = written_again(pieces)
    sending = _Sending(written, incident, sender)
    sending.tell(own)
    if advice is not None:
        for row in advice.advice:
            sending.advise(row)
    sending.close()
    raw = whole(written)
    for _, component in components_of(raw):
        for name in TIMES & component.keys():
            component[name] = _with_offset(component[name], sender.zone)
    checked = check_eido(raw)
    check_strictly(checked)
    return checked


class _Sending:
    """One object on its way out."""

    def __init__(self, written: Written, incident: str, sender: Sender) -> None:
        self._written = written
        self._sender = sender
        self._incident = incident
        self._notes: list[Raw] = []
        self._calls: list[str] = []

    def tell(self, own: Sequence[Statement]) -> None:
        """Put the home's own statements into fields where they fit, else into notes."""
        fitting = [one for one in own if _fits(one, own)]
        callers: dict[str, list[str]] = {}
        for one in fitting:
            if isinstance(one.fact, Called):
                self._call(one, one.fact, callers)
        self._persons(fitting, callers)
        self._incident_of(fitting)
        self._places(fitting)
        kinds = (Called, Named, Aged, Classified, Located)
        for one in own:
            if is_told_in_notes(one) or (isinstance(one.fact, kinds) and one not in fitting):
                self._note(str(one.id), note_of(one), _recorded(one, self._sender))

    def advise(self, row: Advised) -> None:
        """Put the advice on a responder into a note, signed by the program."""
        if row.advice == "not_applicable":
            return
        words = "HOLD" if row.advice == "hold" else "MAY ENGAGE"
        cleared = f", cleared by {row.cleared_by}" if row.cleared_by else ""
        rules = ", ".join(dict.fromkeys(reason.rule for reason in row.because))
        text = (
            f"Advice of a program, which clears nobody: {words}: {row.who}, since {row.since}"
            f"{cleared}; by {rules}"
        )
        at = row.since
        if row.unread:
            text += f"; notes that came since, not seen by whoever cleared: {len(row.unread)}"
            at = max((at, *(one.recorded for one in row.unread)), key=parse_moment)
        self._note(f"advice {row.who} {row.advice} {row.since}", text, at)

    def close(self) -> None:
        """Add what every object must have: the incident, callers, agencies, agents, the top."""
        self._call_without_caller()
        incidents = self._written.components.setdefault(SINGLE, {})
        if not incidents and (self._notes or self._calls or self._has("locationComponent")):
            self._put(SINGLE, "incident", {"incidentTypeCommonRegistryText": UNKNOWN_TYPE})
        for one in incidents.values():
            self._refer(one, "notesReference", sorted(note["$id"] for note in self._notes))
        top = self._written.top
        top.setdefault("$id", component_id("incidentid", self._incident, self._sender.domain))
        top["eidoVersion"] = top.get("eidoVersion", VERSION)
        top["issuingElementIdentification"] = self._sender.domain
        top |= self._prologue(moment_as_sent(self._sender.at))
        self._close_agents()

    def _has(self, kind: str) -> bool:
        return bool(self._written.components.get(kind))

    def _prologue(self, at: str) -> Raw:
        return {
            "lastUpdateTimeStamp": at,
            "updatedByAgencyReference": {"$ref": self._sender.domain},
            "updatedByAgentReference": {"$ref": self._sender.agent},
        }

    def _put(self, kind: str, seed: str, told: Raw, at: str | None = None) -> Raw:
        id_kind = "callid" if kind == "callComponent" else "eidodatacomponent"
        id_ = component_id(id_kind, f"{self._incident}\n{kind}\n{seed}", self._sender.domain)
        begins = self._prologue(at or moment_as_sent(self._sender.at))
        component = {"$id": id_} | begins | told
        self._written.put(kind, component)
        return component

    @staticmethod
    def _refer(component: Raw, field: str, ids: Iterable[str]) -> None:
        told = component.get(field, [])
        known = {one["$ref"] for one in told}
        added = [{"$ref": id_} for id_ in ids if id_ not in known]
        if told or added:
            component[field] = [*told, *added]

    def _note(self, seed: str, text: str, at: str) -> None:
        told = {"notesActionComments": text, "agentReference": {"$ref": self._sender.agent}}
        self._notes.append(self._put("notesComponent", seed, told, at))

    def _call(self, one: Statement, fact: Called, callers: dict[str, list[str]]) -> None:
        at = _recorded(one, self._sender)
        told = {
            "standardPrimaryCallType": "emergency",
            "direction": "incoming",
            "callStartTimestamp": _moment_of(fact.happened) or at,
            "callStateRegistryText": "callBegin",
        }
        call = self._put("callComponent", fact.call or "call", told, at)
        self._calls.append(call["$id"])
        for who in words_in(fact.caller):
            callers.setdefault(who, []).append(call["$id"])

    def _persons(self, fitting: Sequence[Statement], callers: dict[str, list[str]]) -> None:
        known: dict[str, Raw] = {who: {} for who in callers}
        for one in fitting:
            fact = one.fact
            if isinstance(fact, Named) and fact.who and fact.name:
                known.setdefault(fact.who, {}).update(person_named(str(fact.name)))
            elif isinstance(fact, Aged) and fact.who and fact.age:
                known.setdefault(fact.who, {}).update(age_of(str(fact.age)))
        for who, told in known.items():
            roles = [_CALLER] if who in callers else [_INVOLVED]
            person: Raw = {
                "personIncidentRoleRegistryText": roles,
                "ncPersonComponent": {"description": [{"value": who}]} | told,
            }
            if who in callers:
                person["callIdentifier"] = callers[who]
            id_ = self._put("personComponent", who, person)["$id"]
            for call in callers.get(who, ()):
                its = self._written.components["callComponent"][call]
                self._refer(its, "personReference", [id_])

    def _incident_of(self, fitting: Sequence[Statement]) -> None:
        told = [one for one in fitting if isinstance(one.fact, Classified)]
        if self._has(SINGLE) or not told:
            return
        fact = told[-1].fact
        assert isinstance(fact, Classified)
        words = ", ".join(words_in(fact.type))
        known = is_code("incidentTypeCommonRegistryText", words)
        incident = {"incidentTypeCommonRegistryText": words if known else UNKNOWN_TYPE}
        if words and not known:
            incident["incidentTypeInternalText"] = words
        if fact.priority is not None:
            incident["incidentPriorityInternalText"] = ", ".join(words_in(fact.priority))
        self._put(SINGLE, "incident", incident, _recorded(told[-1], self._sender))

    def _places(self, fitting: Sequence[Statement]) -> None:
        at_hand = self._written.components.get("locationComponent", {}).values()
        kinds = {one["locationTypeDescriptionRegistryText"] for one in at_hand}
        for one in fitting:
            fact = one.fact
            if not isinstance(fact, Located) or fact.place is None:
                continue
            is_call = slug(fact.what or "").split("-")[0] == "call"
            kind = "CurrentIncident" if is_call and "CurrentIncident" not in kinds else "Other"
            told: dict[str, Any] = {
                "locationTypeDescriptionRegistryText": kind,
                "locationByValue": write_place(", ".join(words_in(fact.place))),
            }
            if kind == "Other":
                told["locationDescriptionText"] = fact.what or "not told what is there"
            kinds.add(kind)
            place = self._put(
                "locationComponent", fact.what or "", told, _recorded(one, self._sender)
            )
            for incident in self._written.components.get(SINGLE, {}).values():
                self._refer(incident, "locationReference", [place["$id"]])

    def _call_without_caller(self) -> None:
        """Every call has a caller, whoever it was; the object says no more of them."""
        persons = self._written.components.get("personComponent", {})
        callers = {
            id_
            for one in persons.values()
            if _CALLER in one["personIncidentRoleRegistryText"]
            for id_ in (one["$id"], *one.get("callIdentifier", ()))
        }
        for call in list(self._written.components.get("callComponent", {}).values()):
            refs = {ref["$ref"] for ref in call.get("personReference", ())}
            if call["$id"] in callers or callers & refs:
                continue
            told = {"personIncidentRoleRegistryText": [_CALLER], "callIdentifier": [call["$id"]]}
            id_ = self._put("personComponent", f"caller {call['$id']}", told)["$id"]
            self._refer(call, "personReference", [id_])

    def _close_agents(self) -> None:
        """Add the sender, and bare components for agents and agencies whose own are not opened."""
        parts, sender = self._written.components, self._sender
        agents = parts.setdefault("agentComponent", {})
        agencies = parts.setdefault("agencyComponent", {})
        at = moment_as_sent(sender.at)
        for component in [one for its in parts.values() for one in its.values()]:
            component.setdefault("updatedByAgentReference", {"$ref": sender.agent})
            for nested in component.get("dispositionComponent", ()):
                nested.setdefault("updatedByAgentReference", {"$ref": sender.agent})
        named = {sender.agent: sender.domain}
        for one in _every(parts):
            agency = one["updatedByAgencyReference"]["$ref"]
            named.setdefault(one["updatedByAgentReference"]["$ref"], agency)
        for agent, agency in sorted(named.items()):
            if agent not in agents:
                agents[agent] = self._agent(agent, agency, at)
        wanted = {sender.domain}
        for one in _every(parts):
            wanted |= {one["updatedByAgencyReference"]["$ref"]}
            if "agencyReference" in one:
                wanted |= {one["agencyReference"]["$ref"]}
        for agency in sorted(wanted - set(agencies)):
            agencies[agency] = {"$id": agency} | self._prologue(at) | {
                "agencyRoleDescriptionRegistryText": [],
                "agencyType": [],
            }  # fmt: skip

    def _agent(self, id_: str, agency: str, at: str) -> Raw:
        told: Raw = {"$id": id_} | self._prologue(at) | {
            "agentRoleRegistryText": [],
            "agencyReference": {"$ref": agency},
        }  # fmt: skip
        if id_ == self._sender.agent:
            told["agentJcard"] = program_card(f"Whose Word of {self._sender.agency}")
        return told


def _every(parts: dict[str, dict[str, Raw]]) -> list[Raw]:
    found = [one for its in parts.values() for one in its.values()]
    return found + [one for its in found for one in its.get("dispositionComponent", ())]


def _fits(one: Statement, own: Sequence[Statement]) -> bool:
    """Whether a field can carry a statement: plain, affirmed, and contradicted by nobody."""
    if one.hedge is not Hedge.PLAIN or one.stance not in AFFIRMING:
        return False
    matter, values = matter_of(one.fact), values_of(one.fact)
    for other in own:
        if kind_of(other.fact) != kind_of(one.fact) or matter_of(other.fact) != matter:
            continue
        differs = other.stance in AFFIRMING and values_of(other.fact) != values
        if other.stance is Stance.DENIES or differs:
            return False
    return True


def _with_offset(told: str, zone: tzinfo) -> str:
    """A moment of RFC 3339, which has an offset always: one that came without gets the home's."""
    if told[-1:] in "Zz" or "+" in told[10:] or "-" in told[10:]:
        return told
    offset = datetime.fromisoformat(told[:19].upper()).replace(tzinfo=zone).isoformat()[19:]
    return f"{told}{offset}"


def _recorded(one: Statement, sender: Sender) -> str:
    return moment_as_sent(one.recorded or sender.at)


def _moment_of(happened: object) -> str | None:
    """A moment told to the minute or better, as an object writes it; None for anything vaguer."""
    if not isinstance(happened, str) or "T" not in happened:
        return None
    span = edtf_span(happened)
    return moment_as_sent(moment_from(span.earliest)) if span and span.earliest else None
