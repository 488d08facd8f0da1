"""Exports of a dispatch system, as CSV: each row in somebody's mouth, by its own clock and ours.

No two dispatch systems export alike, so which column is what stands in a map, a small file that the
agency writes once (``maps``). What the map does not state is not guessed: a time that can be read in
two ways stays the words that stand there, an abbreviation that the agency does not explain stays one,
and a status word that it has not placed among the common codes is told as written. A program that
reads such a file clears nobody: a unit that is "clear" of a call is no clearance (law 6).
"""

from whoseword.intake.cad.maps import CadMap, MapFault, read_map
from whoseword.intake.cad.rows import Refused, Row, Rows
from whoseword.intake.cad.standing import corrected, numbers_of
from whoseword.intake.cad.telling import Context, Saying, Told, incident_of, tell

__all__ = [
    "CadMap",
    "Context",
    "MapFault",
    "Refused",
    "Row",
    "Rows",
    "Saying",
    "Told",
    "corrected",
    "incident_of",
    "numbers_of",
    "read_map",
    "tell",
]
