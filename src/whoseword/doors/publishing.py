"""Releases at the desk: what may go out is shown first, and goes out under a person's name.

``publish`` draws on what an information officer of the home's owner opens (contract, section 3) and
writes new statements of the owner's public book. What rules hold back is told to whoever publishes,
and to nobody else. The record is read from public books alone.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.account import account
from whoseword.books import Asked, BatchRefused, Receipt
from whoseword.books import Told as Opened
from whoseword.books.bodies import statement_in
from whoseword.books.proving import root_at
from whoseword.doors.advising import received_in
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.proofs import row_of
from whoseword.record.lines import Line, Waiting, lines_of
from whoseword.record.reading import Proof, Record, record_of
from whoseword.record.release_rules import Circumstances, Held, Judged, judge, read_release_rules
from whoseword.record.releases import (
    DISPUTE,
    Possible,
    Publisher,
    Release,
    lines_in,
    lines_to_publish,
    release_of,
    releases_in,
)
from whoseword.words import (
    Basis,
    BookClass,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    matter_of,
)
from whoseword.words.aftermath import Notified, Other
from whoseword.words.names import slug
from whoseword.words.times import microseconds

OFFICER: Final = "information_officer"
_PUBLIC: Final = BookClass.PUBLIC.value
_DRAWN_ON: Final = frozenset(
    one.value for one in (BookClass.PUBLIC, BookClass.RESPONSE, BookClass.INCIDENT)
)
"""What an information officer opens (contract, section 3), whoever else they are."""


class Prospect(NamedTuple):
    """What a release would be: the lines that it says anew, and what is held back and why."""

    fresh: tuple[Line, ...]
    possible: Possible
    held: tuple[Held, ...]
    waiting: tuple[Waiting, ...]
    two_people: tuple[Held, ...]
    before: tuple[Statement, ...]


class Published(NamedTuple):
    """What was published: the release, the receipts, and the record as the public reads it now.

    ``coming`` is what it was made of, with all that was held back, for whoever published it.
    """

    release: Release
    receipts: list[Receipt]
    record: Record
    coming: Prospect


def book_of(desk: Desk) -> str:
    """The public book of the home's owner, in which releases stand."""
    return f"{desk.owner.agency}/{_PUBLIC}/record"


def prospect(desk: Desk, incident: str, picked: Collection[str]) -> Prospect:
    """What would go out if these matters were picked; every line that may, if none is.

    Raises ``DeskError`` where a picked matter has no line, or a rule holds it back.
    """
    reader = Reader(OFFICER, desk.owner.agency, "disclosure")
    moment, told = desk.read("publish", incident, reader)
    # Whoever is the home's owner too opens the agency's other books; none of them is for the public.
    # What was given to this reader alone, here or by another home, was not given to be handed on.
    books, came = set(desk.books(reader)), received_in(desk, incident)
    drawn = [
        one
        for one in told.statements
        if one.handling in _DRAWN_ON and one.book in books and (one.book, one.id) not in came
    ]
    view = account(drawn, incident=incident, as_of=moment, reader=reader, zone=desk.zone)
    lines, waiting = lines_of(view)
    rules = read_release_rules(desk.rules.rules.files, moment.astimezone(desk.zone).date())
    judged = judge(lines, rules, Circumstances(drawn, incident, moment))
    _check_picks(picked, judged, waiting)
    chosen = picked or {one.matter for one in judged.lines}
    possible = Possible(judged.lines, frozenset(chosen), {one.matter for one in waiting})
    before = _public(told, book_of(desk))
    fresh = lines_to_publish(possible, before, _publisher(desk, incident, ("",)))
    asking = {one.matter for one in fresh}
    return Prospect(
        fresh=tuple(fresh),
        possible=possible,
        held=judged.held,
        waiting=tuple(waiting),
        two_people=tuple(one for one in judged.two_people if one.line.matter in asking),
        before=before,
    )


def _check_picks(picked: Collection[str], judged: Judged, waiting: Sequence[Waiting]) -> None:
    known = {one.matter for one in judged.lines}
    held = {one.line.matter: one.rule for one in judged.held}
    unread = {one.matter for one in waiting}
    for matter in picked:
        if matter in known:
            continue
        if matter in held:
            rule = held[matter]
            raise DeskError(f"{matter} is not published: {rule.tells} ({rule.id}, {rule.citation})")
        if matter in unread:
            raise DeskError(
                f"{matter} is not published: a word on it was reviewed by nobody; look at its drafts "
                "one by one and sign them by name, then publish again"
            )
        raise DeskError(
            f"{matter} is no matter that can be told here; `whoseword publish --dry-run` lists them"
        )


def publish(desk: Desk, incident: str, names: Sequence[str], picked: Collection[str]) -> Published:
    """Publish the next release. Raises ``DeskError`` where it may not go out as it is asked for."""
    coming = prospect(desk, incident, picked)
    people = tuple({slug(name): name for name in names}.values())
    if coming.two_people and len(people) < 2:
        first = coming.two_people[0]
        raise DeskError(
            f"{first.line.matter}: {first.rule.tells} ({first.rule.id}, {first.rule.citation})"
        )
    publisher = _publisher(desk, incident, people)
    now_at = microseconds(desk.clock())
    release = release_of(coming.possible, coming.before, publisher, desk.entropy, now_at)
    earlier = releases_in(coming.before, incident, desk.owner.agency)
    beside = earlier[-1].head.disputes if earlier else ()
    says_more = coming.fresh or release.head.corrections or release.head.disputes != beside
    if earlier and not says_more:
        raise DeskError(
            f"nothing is new since release {earlier[-1].head.version} of {incident}; it stands as it is"
        )
    if not release.head.lines and not release.head.corrections:
        raise DeskError(f"nothing of {incident} can be published; --dry-run tells why")
    try:
        receipts = desk.ledger.append(list(release.statements))
    except BatchRefused as refused:
        told = "; ".join(str(fault) for _, fault in refused.faults)
        raise DeskError(
            f"the release was not published ({told}); where somebody else has published meanwhile, "
            "look at the record and publish again"
        ) from None
    reader = Reader("public", "public", "public")
    return Published(release, receipts, record(desk, incident, reader, None), coming)


def _publisher(desk: Desk, incident: str, names: tuple[str, ...]) -> Publisher:
    return Publisher(desk.owner.agency, names, incident, book_of(desk))


def _public(told: Opened, book: str) -> tuple[Statement, ...]:
    return tuple(one for one in told.statements if one.book == book)


def record(
    desk: Desk,
    incident: str,
    reader: Reader,
    as_of: datetime | None,
    version: int | None = None,
) -> Record:
    """What the public may read, as of a moment; of one version where it is named.

    Raises ``DeskError`` where there is no such version.
    """
    _, told = desk.read("record", incident, reader, as_of)
    public = [one for one in told.statements if one.handling == _PUBLIC]
    removed = [one for one in told.removed if one.book.split("/")[1] == _PUBLIC]
    found = record_of(public, removed, incident, desk.owner.agency, version)
    if version is not None and found.version != version:
        raise DeskError(
            f"{incident} has no release {version} by then; leave --version out for the latest"
        )
    return msgspec.structs.replace(found, proof=_proof(desk, found, public))


def _proof(desk: Desk, found: Record, public: Sequence[Statement]) -> Proof | None:
    """The book up to the release's head: that much stood when it was published, and stands for good."""
    if found.version == 0:
        return None
    book = book_of(desk)
    head = next(
        one.statement
        for one in releases_in(public, found.incident, desk.owner.agency)
        if one.head.version == found.version
    )
    size = row_of(desk, book, str(head.id)).entry.seq + 1
    return Proof(book=book, size=size, root=root_at(desk.ledger.store, book, size).hex())


class Told(NamedTuple):
    """That somebody was told of the next release before it goes out: the receipt, and its lines."""

    receipt: Receipt
    lines: tuple[Line, ...]


def tell_first(desk: Desk, incident: str, to: str, name: str, picked: Collection[str]) -> Told:
    """Note that a family or their counsel is told what the next release will say, before anybody is.

    The note is a statement in the agency's own incident book; its receipt is theirs to keep.
    """
    coming = prospect(desk, incident, picked)
    statement = Statement(
        incident=incident,
        book=f"{desk.owner.agency}/incident/notices",
        speaker=Speaker(name, SpeakerKind.OFFICIAL, desk.owner.agency),
        stance=Stance.AFFIRMS,
        basis=Basis.TOOK_PART,
        fact=Notified(agency=to, by=desk.owner.agency),
        source=Source(entered_by=name),
        signed_by=name,
    )
    [receipt] = desk.ledger.append([statement])
    return Told(receipt, coming.fresh)


def dispute(desk: Desk, incident: str, line: str, by: Speaker, text: str, name: str) -> Receipt:
    """Put somebody's dispute beside a published line; it shows from the next release on.

    Their words are their own statement in the public book, entered by ``name``. Raises ``DeskError``
    where no such line is in the latest release.
    """
    book = book_of(desk)
    public = desk.ledger.statements([book], incident=incident)
    releases = releases_in(public, incident, desk.owner.agency)
    if not releases or line not in releases[-1].head.lines:
        raise DeskError(
            f"{line} is no line of the latest release of {incident}; `whoseword record --json` tells "
            "the statement of each"
        )
    statement = Statement(
        incident=incident,
        book=book,
        speaker=by,
        stance=Stance.AFFIRMS,
        fact=Other(text=text),
        source=Source(entered_by=name),
        signed_by=name,
        extra={DISPUTE: line},
    )
    [receipt] = desk.ledger.append([statement])
    return receipt


def lines_on(desk: Desk, book: str, id_: str) -> list[str]:
    """The published lines on the matter of a statement, by id: a seal of it does not reach them.

    A line is the publisher's own word, and no order on another statement names it. Whoever carries
    the order out has to be told of it.
    """
    with desk.ledger.store.view() as view:
        row = view.row(book, id_)
    if row is None or row.body is None:
        return []
    one = statement_in(row)
    label = matter_of(one.fact).label
    public = desk.ledger.statements([book_of(desk)], incident=one.incident)
    lines = lines_in(public, one.incident, desk.owner.agency)
    return sorted(
        key for key, (line, _) in lines.items() if getattr(line.fact, "item", None) == label
    )


def take_down(
    desk: Desk, incident: str, line: str, names: Sequence[str], reason: str
) -> list[Receipt]:
    """Blank a line in every release at once, and every other line on its matter that was published.

    It goes into quarantine, which two people decide; chain and proofs hold, and the record says that
    a line was taken down. Raises ``DeskError`` where no such line was published.
    """
    book = book_of(desk)
    told = desk.ledger.told([book], incident=incident)
    lines = lines_in(told.statements, incident, desk.owner.agency)
    if line not in lines:
        raise DeskError(
            f"{line} is no line that was published of {incident}, or it was taken down already; "
            "`whoseword record --json` tells the statement of each line"
        )
    about = lines[line][0].fact
    ids = [id_ for id_, (one, _) in lines.items() if one.fact == about]
    return [desk.ledger.quarantine(Asked(book, id_, tuple(names), reason)) for id_ in sorted(ids)]
