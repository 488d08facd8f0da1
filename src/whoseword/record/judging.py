"""How one claim of a draft stands to the ledger: never surer than who said it, and how (law 1).

A claim in the draft's own voice needs a finding, or two voices that affirm it plainly and at first
hand, or, where the draft is an agency's own paper, that agency's own plain word which nobody
disputes. A claim that the draft puts into somebody's mouth needs that somebody's word, as sure as
the draft has it and not taken back since. That nobody knows is a claim too: it needs somebody who
could not say, and nobody with authority who could.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from whoseword.record.evidence import (
    OnMatter,
    Source,
    at_one_time,
    clashes,
    covers,
    denial_hits,
    matters_meant,
)
from whoseword.record.names import how_many, is_voice
from whoseword.record.shapes import Claim, Finding, Ledger, Verdict
from whoseword.words import (
    FIRST_HAND,
    IMPLIES,
    NON_ANSWERS,
    Basis,
    Happened,
    Hedge,
    Matter,
    Speaker,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
    kind_of,
    matter_of,
    parse_matter,
)

GRAVEST: Final = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""Verdicts by how grave they are."""
_LIKELIEST: Final = {
    verdict: rank
    for rank, verdict in enumerate(
        (Verdict.BORNE_OUT, Verdict.SURER, Verdict.CONTRADICTED, Verdict.NOT_IN_LEDGER)
    )
}
_BELIEFS = frozenset({Stance.BELIEVES, Stance.EXPECTS})
_OPEN = frozenset(one.value for one in NON_ANSWERS)
_HELD = frozenset(one.value for one in _BELIEFS)
_ROUTINE = frozenset({"called", "classified", "dispatched", "arrived", "staged", "located"})
_UNABLE = frozenset({Stance.CANNOT_SAY.value, Stance.DOES_NOT_KNOW.value})
_SURE = frozenset({Standing.FOUND.value, Standing.AGREED.value})


def judge_claim(claim: Claim, ledger: Ledger) -> Finding:
    """How a claim stands to what the ledger holds on the matters that it can be about.

    Of several, the one that bears it best, since the draft may mean any of them; what it says of
    anyone has to hold on each.
    """
    meant = matters_meant(claim.statement, ledger)
    found = [_on_one(claim, one, ledger) for one in meant]
    if not found:
        return _on_none(claim.statement, ledger)
    if matter_of(claim.statement.fact).is_general:
        spoken = [one for one in found if one.verdict is not Verdict.NOT_IN_LEDGER]
        return min(spoken or found, key=lambda one: GRAVEST[one.verdict])
    best = min(found, key=lambda one: _LIKELIEST[one.verdict])
    told = how_many(
        matter_of(claim.statement.fact).keys[0] or "", claim.statement.source.quote or ""
    )
    borne = [one for one in found if one.verdict is Verdict.BORNE_OUT]
    if best.verdict is Verdict.BORNE_OUT and len(borne) < told:
        return best._replace(verdict=Verdict.SURER, why="the sources tell it of fewer")
    return best


def _on_none(statement: Statement, ledger: Ledger) -> Finding:
    """Nothing stands on it; what stands on what it implies may be all that was said."""
    matter = matter_of(statement.fact)
    implied = IMPLIES.get(matter.kind)
    if implied is not None and statement.stance is Stance.AFFIRMS:
        for view in ledger.account.matters:
            other = parse_matter(view.matter)
            if other is not None and other.kind == implied and _same_keys(matter, other):
                names = [name for one in view.positions for name in one.statements]
                why = "the sources say less"
                return Finding(Verdict.SURER, why, view.matter, view.standing, names)
    return Finding(Verdict.NOT_IN_LEDGER, "nobody in the ledger speaks of it", matter.label)


def _same_keys(one: Matter, other: Matter) -> bool:
    return all(
        mine is None or mine == theirs for mine, theirs in zip(one.keys, other.keys, strict=False)
    )


def _on_one(claim: Claim, on: OnMatter, ledger: Ledger) -> Finding:
    statement = claim.statement
    if claim.own:
        return _own(statement, on, ledger)
    return _attributed(statement, on, ledger)


class _Sides:
    """The sources of a matter as they stand to one claim of what is so, or is not so."""

    def __init__(self, statement: Statement, on: OnMatter, ledger: Ledger) -> None:
        kind, zone = kind_of(statement.fact), ledger.zone
        denying = statement.stance is Stance.DENIES
        self.bearing: list[Source] = []
        self.against: list[Source] = []
        self.withdrawn: list[Source] = []
        self.less: list[Source] = []
        self.open = [one for one in on.sources if one.position.stance in _OPEN and one.stands]
        for one in on.sources:
            believes = one.position.stance in _HELD
            same = one.denies if denying else one.affirms or believes
            if not at_one_time(on.happened, one.position.happened, zone):
                self.less += [one] if same and one.stands else []
                continue
            other = one.affirms if denying else one.denies
            if same and not denying and clashes(kind, on.value, one.value):
                other, same = one.affirms, False
            elif same and not (_tells_when(on, one) and _tells_as_much(on, one, denying)):
                self.less += [one] if one.stands else []
                same = False
            elif other and not (_hit(on, one) if denying else denial_hits(one.value, on.value)):
                other = one.affirms and not denying
            if same:
                (self.bearing if one.stands else self.withdrawn).append(one)
            elif other and one.stands:
                self.against.append(one)


def _tells_when(on: OnMatter, one: Source) -> bool:
    """Whether a source that a claim of "when they arrived" rests on says so of then."""
    return not (isinstance(on.happened, Happened) and on.happened.anchor) or (
        on.happened == one.position.happened
    )


def _tells_as_much(on: OnMatter, one: Source, denying: bool) -> bool:
    """Whether it states what the claim states; a denial, whether it denies as much, or more."""
    if not denying:
        return covers(on.value, one.value)
    return not one.value or (bool(on.value) and covers(one.value, on.value))


def _hit(on: OnMatter, one: Source) -> bool:
    """Whether what the ledger affirms is what the draft denies."""
    return denial_hits(on.value, one.value)


def _own(statement: Statement, on: OnMatter, ledger: Ledger) -> Finding:
    if statement.stance in NON_ANSWERS:
        return _nobody_knows(on)
    sides = _Sides(statement, on, ledger)
    sure = on.view.standing in _SURE
    soft = statement.hedge is not Hedge.PLAIN or statement.stance in _BELIEFS
    if not sides.bearing:
        return _borne_by_none(sides, on)
    if sides.against and not sure and not soft:
        return _told(Verdict.SURER, "others say otherwise", on, sides.bearing, sides.against)
    if soft:
        return _told(Verdict.BORNE_OUT, "said no surer than it is", on, sides.bearing)
    if _rests_on_enough(statement, sides.bearing, on, ledger):
        return _told(Verdict.BORNE_OUT, "it stands", on, sides.bearing)
    return _told(Verdict.SURER, _weakness(sides.bearing), on, sides.bearing)


def _rests_on_enough(
    statement: Statement, bearing: Sequence[Source], on: OnMatter, ledger: Ledger
) -> bool:
    """Whether the draft may say it as its own: found, agreed, or its own side's plain word."""
    told = [one for one in bearing if one.heard and one.is_plain and one.affirms | one.denies]
    first_hand = [one for one in told if _at_first_hand(one.statement)]
    if first_hand and on.view.standing == Standing.AGREED.value:
        return True
    if any(_makes_it_so(one.statement) for one in first_hand):
        return True
    voices = {one.statement.speaker.party or one.statement.speaker.name for one in first_hand}
    if len(voices) > 1 or any(_finds(one, on, ledger) for one in told):
        return True
    speaker = statement.speaker
    if speaker.kind not in (SpeakerKind.AGENCY, SpeakerKind.OFFICIAL):
        return False
    return any(is_voice(speaker, one.statement.speaker) and not one.statement.via for one in told)


def _makes_it_so(statement: Statement) -> bool:
    """Whether it is an act done in words, or what dispatch records of its own units."""
    return statement.stance is Stance.DOES or (
        kind_of(statement.fact) in _ROUTINE and statement.basis is Basis.RECORD
    )


def _at_first_hand(statement: Statement) -> bool:
    return not statement.via and (statement.stance is Stance.DOES or statement.basis in FIRST_HAND)


def _finds(source: Source, on: OnMatter, ledger: Ledger) -> bool:
    """Whether it is the word of whoever made the finding on the matter."""
    if on.view.standing != Standing.FOUND.value:
        return False
    finders = {ledger.account.statements[name].speaker.party for name in on.view.because.statements}
    return source.statement.speaker.party in finders - {None}


def _weakness(bearing: Sequence[Source]) -> str:
    """Why the sources do not bear it in the draft's own voice."""
    who = _names(one.statement.speaker.name for one in bearing)
    if not any(one.affirms or one.denies for one in bearing):
        return f"only believed, by {who}"
    if not any(one.is_plain for one in bearing):
        return f"only said to be possible, or reported, by {who}"
    if all(one.statement.via for one in bearing):
        return f"only passed on: the word is that of {who}"
    if not any(one.heard for one in bearing):
        return "only a document's own voice says so"
    return f"on the word of {who}; the draft does not say so"


def _borne_by_none(sides: _Sides, on: OnMatter) -> Finding:
    if sides.withdrawn:
        names = sorted({one.position.replaced_by or "" for one in sides.withdrawn} - {""})
        why = "taken back or corrected since"
        return _told(Verdict.CONTRADICTED, why, on, sides.withdrawn, more=names)
    if sides.against:
        return _told(Verdict.CONTRADICTED, "the sources say otherwise", on, sides.against)
    if sides.less:
        return _told(Verdict.SURER, "no source tells as much", on, sides.less)
    if sides.open:
        return _told(Verdict.SURER, "whoever was asked could not say", on, sides.open)
    return Finding(
        Verdict.NOT_IN_LEDGER, "nobody in the ledger says so", on.view.matter, on.view.standing
    )


def _nobody_knows(on: OnMatter) -> Finding:
    open_ = [one for one in on.sources if one.position.stance in _OPEN and one.stands]
    if on.view.standing in _SURE:
        telling = [one for one in on.sources if one.affirms and one.stands]
        return _told(Verdict.CONTRADICTED, "by now it is known", on, telling)
    seen = [
        one
        for one in on.sources
        if one.affirms and one.stands and one.heard and _at_first_hand(one.statement)
    ]
    if seen:
        return _told(Verdict.CONTRADICTED, "somebody says so at first hand", on, seen)
    if open_:
        return _told(Verdict.BORNE_OUT, "whoever was asked could not say", on, open_)
    telling = [one for one in on.sources if (one.affirms or one.denies) and one.stands]
    return _told(Verdict.CONTRADICTED, "somebody says so", on, telling)


def _attributed(statement: Statement, on: OnMatter, ledger: Ledger) -> Finding:
    """A claim that the draft says is somebody's word."""
    speaker = statement.speaker
    theirs = [one for one in on.sources if is_voice(speaker, one.statement.speaker)]
    if not theirs:
        return _not_theirs(statement, on, ledger)
    narrowed = on._replace(sources=tuple(theirs))
    if statement.stance in NON_ANSWERS:
        said = [one for one in theirs if one.stands and _left_it_so(statement, one)]
        if said:
            return _told(Verdict.BORNE_OUT, "so they said", on, said)
        return _told(Verdict.CONTRADICTED, "they did say", on, theirs)
    sides = _Sides(statement, narrowed, ledger)
    if not sides.bearing:
        return _borne_by_none(sides, on)
    soft = statement.hedge is not Hedge.PLAIN or statement.stance in _BELIEFS
    plain = [one for one in sides.bearing if one.is_plain and (one.affirms or one.denies)]
    direct = [one for one in plain if not one.statement.via or statement.via]
    if soft or direct:
        return _told(Verdict.BORNE_OUT, "so they said", on, direct or sides.bearing)
    return _told(Verdict.SURER, _weakness(sides.bearing), on, sides.bearing)


def _left_it_so(statement: Statement, source: Source) -> bool:
    """Whether a source left it open as the draft says: silence is no refusal, and neither is a no.

    What a recording does not show it may be told to deny.
    """
    if source.denies:
        return statement.speaker.kind is SpeakerKind.RECORD
    mine = {statement.stance.value}
    if mine <= _UNABLE:
        mine = set(_UNABLE)
    return source.position.stance in mine


def _not_theirs(statement: Statement, on: OnMatter, ledger: Ledger) -> Finding:
    """Nobody whom the draft can mean said anything of it; others may have."""
    name = statement.speaker.name
    passed = [one for one in on.sources if _relays(one.statement, statement.speaker)]
    if passed:
        return _told(Verdict.SURER, f"{name} only passes on another's word", on, passed)
    if statement.stance in NON_ANSWERS:
        return Finding(
            Verdict.NOT_IN_LEDGER, f"{name} is not told to have been asked", on.view.matter,
            on.view.standing,
        )  # fmt: skip
    sides = _Sides(statement, on, ledger)
    if sides.bearing:
        who = _names(one.statement.speaker.name for one in sides.bearing)
        return _told(Verdict.SURER, f"not told by {name}, but by {who}", on, sides.bearing)
    return _borne_by_none(sides, on)


def _relays(statement: Statement, speaker: Speaker) -> bool:
    return any(
        is_voice(speaker, Speaker(name=relay.name, kind=relay.kind)) for relay in statement.via
    )


def _names(names: Iterable[str]) -> str:
    told = sorted(set(names))
    return ", ".join(told[:3]) + (" and others" if len(told) > 3 else "")


def _told(
    verdict: Verdict,
    why: str,
    on: OnMatter,
    *sources: Collection[Source],
    more: Collection[str] = (),
) -> Finding:
    names = [one.id for several in sources for one in several]
    return Finding(verdict, why, on.view.matter, on.view.standing, [*names, *more])
