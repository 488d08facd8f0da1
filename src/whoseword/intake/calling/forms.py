"""The form as it is kept until it is said: every answer in the order in which it was given.

Nothing is overwritten: answered again, a question has two entries, and the later one counts.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from whoseword.intake.calling.questions import QUESTIONS
from whoseword.words import SpeakerKind, WhoseWordError

CALLERS: Final = (
    SpeakerKind.UNNAMED,
    SpeakerKind.WITNESS,
    SpeakerKind.INVOLVED,
    SpeakerKind.RELATIVE,
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it was typed: to which question, when (RFC 3339), by whom; empty if not asked.

    Once it was ``said`` the ids of its statements stand in the place of its words, which from then on
    lie in the books alone, where a seal reaches them.
    """

    question: str
    words: str
    at: str
    by: str
    said: bool = False
    ids: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A call: in which book of which incident, who called, who takes it, and the answers so far.

    ``key`` is random, in hexadecimal: by it the ids of the statements are made. ``call`` and
    ``caller`` are the names under which the incident knows them; ``begun`` is RFC 3339. ``opened``
    is that the call itself was said, ``saying`` that it may have been broken off while it was said.
    Once it was said, who called stands in the book alone, and not in what is kept.
    """

    key: str
    incident: str
    book: str
    agency: str
    call: str
    caller: str
    caller_kind: SpeakerKind
    taker: str
    begun: str
    entries: tuple[Entry, ...] = ()
    opened: bool = False
    saying: bool = False

    def latest(self, question: str) -> int | None:
        """The number of the entry that counts for a question; None where it has none yet."""
        numbers = [n for n, one in enumerate(self.entries) if one.question == question]
        return numbers[-1] if numbers else None

    def with_entry(self, entry: Entry) -> "Form":
        """The form with one more answer."""
        return msgspec.structs.replace(self, entries=(*self.entries, entry))

    def all_said(self, ids: Mapping[int, Sequence[str]]) -> "Form":
        """The form, all of it marked as said; ``ids`` are those of the statements of its entries."""
        entries = tuple(
            one
            if one.said
            else msgspec.structs.replace(one, said=True, words="", ids=tuple(ids.get(n, ())))
            for n, one in enumerate(self.entries)
        )
        return msgspec.structs.replace(self, entries=entries, opened=True, saying=False)

    @property
    def place(self) -> int:
        """The first question that was not come to yet; how many there are, if all were."""
        come_to = {one.question for one in self.entries}
        open_ = (n for n, one in enumerate(QUESTIONS) if one.name not in come_to)
        return next(open_, len(QUESTIONS))

    @property
    def is_unsaid(self) -> bool:
        """Whether an answer waits to be said."""
        return any(not one.said for one in self.entries)


def encode_form(form: Form) -> bytes:
    """The form as it is kept."""
    return msgspec.json.format(msgspec.json.encode(form), indent=1)


def decode_form(content: bytes, where: str) -> Form:
    """A kept form. Raises ``WhoseWordError`` where it cannot be read."""
    try:
        return msgspec.json.decode(content, type=Form)
    except msgspec.MsgspecError as error:
        raise WhoseWordError(
            f"{where} holds no form of a call ({error}); look into it, move it away and begin anew"
        ) from None
