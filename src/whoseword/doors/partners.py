"""Partners: the other agencies with which this home exchanges, and the keys by which they are known.

A home introduces itself with a card: a note that names its agency, its verifier key and its age
recipient, signed with that key. Whoever takes a card answers for having compared its fingerprint
with the other side by a way that they trust (CJIS Security Policy 5.9.4: exchange under an
agreement); a card that names other keys than those known is refused unless somebody says so.
"""

from hashlib import sha256

import msgspec
from pyrage import IdentityError, RecipientError, x25519

from whoseword.books.errors import BookError
from whoseword.books.notes import (
    Verifier,
    open_note,
    parse_verifier,
    sign_note,
    verifier_of,
    verifier_text,
)
from whoseword.books.protocol import View
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.settings import keep, kept_in
from whoseword.words.times import moment_text

PARTNERS = "partners"
"""The setting in which a home keeps its partners."""
_HEAD = "whoseword card 1"
_NAMES = ("agency", "verifier", "recipient")


class Partner(msgspec.Struct, frozen=True):
    """An agency and its keys; ``taken_by`` is who answers for them, ``taken`` when (RFC 3339).

    ``verifiers`` holds the key in use, then those that it had before.
    """

    agency: str
    verifiers: tuple[str, ...]
    recipient: str
    taken_by: str
    taken: str

    def known(self) -> tuple[Verifier, ...]:
        """The keys by which its word is checked."""
        return tuple(parse_verifier(one) for one in self.verifiers)


def identity(desk: Desk) -> x25519.Identity:
    """The key that opens what is encrypted to this home."""
    text = desk.folder.identity(lambda: str(x25519.Identity.generate()))
    try:
        return x25519.Identity.from_str(text)
    except IdentityError as error:
        raise DeskError(
            f"exchange.key in {desk.folder.path} is no age identity ({error}); put the file back "
            "from a copy, or remove it, and send partners a new card"
        ) from error


def card(desk: Desk) -> str:
    """What this home hands to another to be known by."""
    signer = desk.signer()
    told = {
        "agency": desk.owner.agency,
        "verifier": verifier_text(verifier_of(signer)),
        "recipient": str(identity(desk).to_public()),
    }
    lines = [_HEAD, *(f"{name}: {told[name]}" for name in _NAMES)]
    return sign_note("".join(f"{line}\n" for line in lines), signer)


def fingerprint(note: str) -> str:
    """What two people compare: the hash of a card's text, in four groups of four digits."""
    digest = sha256(note.partition("\n\n")[0].encode()).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def partners(view: View) -> dict[str, Partner]:
    """The partners of a home, by agency."""
    return {one.agency: one for one in kept_in(view, PARTNERS, Partner)}


def partner(desk: Desk, agency: str) -> Partner:
    """One partner. Raises ``DeskError``."""
    with desk.ledger.store.view() as view:
        known = partners(view)
    if agency not in known:
        raise DeskError(
            f"{agency} is no partner of this home; take its card first: it prints one with "
            "`whoseword card`, and `whoseword partner FILE --as NAME` takes it"
        )
    return known[agency]


def take_card(desk: Desk, note: str, name: str, replace: bool, rotated: bool = False) -> Partner:
    """Take another home's card, on somebody's word. Raises ``DeskError``.

    ``replace`` takes other keys for a known agency and trusts the earlier ones no longer;
    ``rotated`` keeps trusting them for what was signed before.
    """
    agency, verifier, recipient = _read(note)
    if agency == desk.owner.agency:
        raise DeskError(f"the card is of {agency}, whose home this is; give another's")
    with desk.ledger.store.writer() as writer:
        known = partners(writer)
        before = known.get(agency)
        same = before is not None and (before.verifiers[0], before.recipient) == (
            verifier,
            recipient,
        )
        if before is not None and not same and not (replace or rotated):
            raise DeskError(
                f"{agency} is known by other keys, taken by {before.taken_by} at {before.taken}; "
                "compare the fingerprint with them, and say --rotated if they changed keys, or --replace if the earlier ones were lost or stolen"
            )
        kept = before.verifiers if before is not None and (same or rotated) else ()
        earlier = [one for one in kept if one != verifier]
        taken = Partner(agency, (verifier, *earlier), recipient, name, moment_text(desk.clock()))
        known[agency] = taken
        keep(writer, PARTNERS, sorted(known.values(), key=lambda one: one.agency))
    return taken


def _read(note: str) -> tuple[str, str, str]:
    """Agency, verifier key and recipient of a card that its own key signed."""
    told = dict(line.partition(": ")[::2] for line in note.partition("\n\n")[0].splitlines()[1:])
    if not note.startswith(f"{_HEAD}\n") or any(name not in told for name in _NAMES):
        raise DeskError("the file is no card of a home, as `whoseword card` prints it")
    try:
        open_note(note, [parse_verifier(told["verifier"])])
        x25519.Recipient.from_str(told["recipient"])
    except BookError as error:
        raise DeskError(
            f"the card is not as its home signed it ({error}); ask for it anew"
        ) from None
    except RecipientError as error:
        raise DeskError(f"the card names no age recipient ({error}); ask for it anew") from None
    return told["agency"], told["verifier"], told["recipient"]
