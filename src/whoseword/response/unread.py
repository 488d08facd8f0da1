"""Words that came after a clearance and that nobody has read since.

What a feed's note tells is a draft until a person says it (law 6), so it is no weapon statement and
ends no clearance. But whoever acts on a clearance must know that words came in which its giver had not
seen: they stand beside it, as they were written. They change no advice. All of them are listed, those
in which no word for a weapon was found as well: a list of words misses what it does not hold, and
silence is never "no".

What the feed has written over since is among them too: nobody has read that either.

They are gone from here when a later clearance has seen them, and the clearance itself is when a person
says what they tell of a weapon.
"""

from collections.abc import Iterator, Sequence

from whoseword.response.clearances import Given, earlier
from whoseword.response.drawing import key_of, recorded
from whoseword.response.looking import Looking
from whoseword.response.shapes import Unread
from whoseword.response.weapons import Weapon, had, sights_of
from whoseword.words.times import moment_text


def unread_since(standing: Sequence[Given], looking: Looking) -> tuple[Unread, ...]:
    """What the givers of the clearances that stand had not seen, by when it was recorded."""
    return tuple(_unread(standing, looking))


def _unread(standing: Sequence[Given], looking: Looking) -> Iterator[Unread]:
    scene = looking.scene
    if not scene.notes:
        return
    sights = [
        (sights_of(one.known, scene, earlier(one.said, looking.clocks_off))[0], one.known.statement)
        for one in standing
    ]
    for one in scene.known:
        told = one.statement
        note = scene.notes.get((told.book, told.id))
        # What a feed wrote over is no less unread: "a knife" that became "units advised".
        if note is None:
            continue
        # Seen is what a weapon statement in its place would have been.
        seen = Weapon(key_of(told), told, one.id, recorded(told))
        if not any(had(sight, seen, clearance) for sight, clearance in sights):
            yield Unread(
                statement=one.id,
                by=told.speaker.name,
                said=told.said,
                recorded=moment_text(recorded(told)),
                words=note.words,
                may_tell_of_weapon=note.may_tell_of_weapon,
            )
