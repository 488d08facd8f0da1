"""Words that came by a feed and nobody has read, in lines that cannot be overlooked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.lines import clean
from whoseword.doors.unread import LookAt
from whoseword.response import Unread

SHOWN: Final = 5
"""How many notes without a word for a weapon are shown: the latest, on a telephone at a door."""


def look_lines(look: LookAt) -> Iterator[str]:
    """What an import tells of words that may tell of a weapon."""
    for one, words in look.statements:
        told = f"{clean(words.text)} ({clean(one.speaker.name)}; {one.id})"
        yield f"LOOK: may tell of a weapon, and nobody has read it: {told}"
    if look.statements:
        yield "Until somebody says so (`whoseword say`), a clearance that was given stands."
    if look.not_asked:
        calls = counted(len(look.not_asked), "incident")
        yield f"Whether anybody may engage was not looked up for {calls}: `whoseword advise` tells."
    for row in look.rows:
        yield (
            f"LOOK: {clean(row.who)} MAY ENGAGE in {row.incident} on the word of "
            f"{clean(row.cleared_by or '?')}, who had not seen it. Read it now, and say what it tells."
        )


def unread_lines(unread: Sequence[Unread], ids: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """What stands beside a clearance, and whether it must be looked at first.

    ``ids`` are those of the statements, as they are shown.
    """
    if unread:
        notes = f"{counted(len(unread), 'note')} by a feed"
        yield f"LOOK: whoever cleared had not seen {notes}, and nobody has read them since:", True
    first = [one for one in unread if one.may_tell_of_weapon]
    others = [one for one in unread if not one.may_tell_of_weapon]
    for one in (*first, *others[-SHOWN:]):
        must = "MAY TELL OF A WEAPON: " if one.may_tell_of_weapon else ""
        told = f"{must}“{clean(one.words)}” ({clean(one.by)}) [{ids[one.statement]}]"
        yield told, one.may_tell_of_weapon
    if len(others) > SHOWN:
        yield (
            f"and {len(others) - SHOWN} earlier ones, in which no such word was found; --json tells them",
            False,
        )
