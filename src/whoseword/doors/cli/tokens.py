"""A token that a command needs: from a file or the environment, never from the command line.

What stands on a command line every user of the machine can read, and shells keep it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from whoseword.words import WhoseWordError


class TokenOf(NamedTuple):
    """Where a token stands: in the file, if one is named, else in the variable."""

    variable: str
    file: Path | None


def token_of(where: TokenOf, environment: Mapping[str, str]) -> str:
    """The token, empty where none is given; it is told nowhere, neither whole nor in part.

    Raises ``WhoseWordError``.
    """
    if where.file is None:
        named, token = f"the variable {where.variable}", environment.get(where.variable, "").strip()
    else:
        named = str(where.file)
        try:
            token = where.file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise WhoseWordError(f"{named} cannot be read; give a file with the token") from None
        if not token:
            raise WhoseWordError(f"{named} is empty; write the token into it")
    if not all("!" <= letter <= "~" for letter in token):
        raise WhoseWordError(f"{named} holds no token; write it in one line, in plain letters")
    return token
