"""When a responder is told to have engaged: plainly, by somebody who affirms it and has not gone back."""

from collections.abc import Mapping
from datetime import datetime

from whoseword.response.drawing import Scene, recorded, time_in
from whoseword.words import AFFIRMING, Hedge
from whoseword.words.scene import Engaged


def engagements_of(who: str, scene: Scene, names: Mapping[str, str]) -> list[datetime]:
    """When they engaged, each at the time at which it happened where told, else when recorded."""
    found: list[datetime] = []
    for one in scene.known:
        fact = one.statement.fact
        if not isinstance(fact, Engaged) or fact.who is None or one.replaced_by is not None:
            continue
        plainly = one.statement.hedge is Hedge.PLAIN and one.statement.stance in AFFIRMING
        if plainly and names.get(fact.who, fact.who) == who:
            happened = fact.happened if isinstance(fact.happened, str) else None
            found.append(time_in(happened, scene.zone) or recorded(one.statement))
    return found
