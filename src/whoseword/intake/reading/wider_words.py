"""Verbs, adjectives and nouns that attribute in a wider sense, by what follows them.

General English, gathered as the reporting verbs of ``lexicon`` were, and tried on the training part
of an annotated corpus of news: what was wrong there more often than right was left out.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLAUSE: Final = _words(
    "say show find tell conclude add hope ask suggest question argue write learn note worry claim"
    " report recognize complain wonder insist state explain demonstrate imply declare reveal indicate"
    " discuss signal announce convince demand read speculate predict order tweet continue lament"
    " express point charge propose recommend allege calculate share post hint define address interject"
    " pledge counter respond realize fear deny acknowledge admit confirm estimate"
    " describe stress emphasize warn agree"
)
"""With a clause: "argued that …"."""
TO_DO: Final = _words(
    "call refuse hope threaten decline promise vote vow aim prefer offer plead opt ask plan"
    " agree intend"
)
"""With what is to be done: "vowed to …"."""
SOMEBODY_TO_DO: Final = _words("urge encourage order warn challenge press ask tell")
"""With whom and what they are to do: "urged them to …"."""
THING: Final = _words(
    "endorse cite express criticize discuss praise question denounce mock dismiss tweet"
    " tout condemn note slam echo repeat declare prefer decry applaud emphasize reference voice"
    " reiterate assail lament stress outline bemoan recommend credit withdraw concede articulate"
    " unveil recite reaffirm rebut contemplate hail deride chant trumpet indicate cheer mandate state"
    " submit oppose reject blast attack defend describe suggest predict"
)
"""With a thing: "criticized the plan"."""
THING_AFTER: Final = {
    "accuse": ("of",), "admit": ("to",), "agree": ("to", "with"), "apologize": ("for",),
    "attack": ("for",), "balk": ("at",), "blame": ("for",), "blast": ("for",), "boast": ("of", "about"),
    "brag": ("about",), "call": ("for",), "campaign": ("against",), "cast": ("as",),
    "characterize": ("as",), "cite": ("as",), "compare": ("to",), "complain": ("about", "of"),
    "congratulate": ("for",), "criticize": ("for", "as"), "defend": ("against", "as"),
    "describe": ("as",), "dismiss": ("as",), "frame": ("as",), "hint": ("at",), "hope": ("for",),
    "joke": ("about",), "learn": ("of",), "liken": ("to",), "mock": ("for",), "name": ("as",),
    "paint": ("as",), "pitch": ("as",), "point": ("to", "as"), "praise": ("for",), "press": ("for",),
    "push": ("for", "against"), "quote": ("as",), "rail": ("against",), "refer": ("to", "as"),
    "rip": ("for",), "side": ("with",), "slam": ("for",), "speak": ("about", "of", "out"),
    "talk": ("about", "of"), "touch": ("on",), "tout": ("as",), "vouch": ("for",),
    "warn": ("of", "about"), "worry": ("about",),
}  # fmt: skip
"""With a preposition: "called for a review", "accused him of fraud"."""
STATE: Final = _words(
    "hopeful aware concerned glad optimistic convinced adamant worried confident sure certain proud"
    " critical skeptical eager afraid angry sorry surprised"
)
"""To be so: "was convinced that …", "is critical of …"."""
NOUN: Final = _words(
    "suggestion statement assertion concern hope confidence doubt insistence promise vow claim belief"
    " view warning announcement allegation fear accusation prediction argument opinion complaint"
    " conclusion call"
)
"""Somebody's noun: "his insistence that …", "the mayor's call for …"."""
