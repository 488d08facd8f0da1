"""Names of agencies and people, told apart by their words alone."""

import re
from functools import lru_cache

_APOSTROPHE = re.compile(r"['’]")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=4_096)
def slug(words: str) -> str:
    """A name as a slug: "Children's Division" is ``childrens-division``."""
    return _APART.sub("-", _APOSTROPHE.sub("", words.casefold())).strip("-")
