"""EIDO, the Emergency Incident Data Object of NG9-1-1 (NENA-STA-021.1b): read, checked, written.

``read_eido`` checks an object; ``arriving`` gives the statements that it adds to what a book holds;
``object_of`` writes an incident's object from the statements that a reader opens.
"""

from whoseword.intake.eido.arriving import (
    arriving,
    births_in,
    incident_of,
    message_of,
)
from whoseword.intake.eido.checking import Checked, check_eido, check_strictly, read_eido
from whoseword.intake.eido.faults import FeedFault
from whoseword.intake.eido.marks import MARK, Destination, Known, Mark, mark_of
from whoseword.intake.eido.sending import Sender, object_of

__all__ = [
    "MARK",
    "Checked",
    "Destination",
    "FeedFault",
    "Known",
    "Mark",
    "Sender",
    "arriving",
    "births_in",
    "check_eido",
    "check_strictly",
    "incident_of",
    "mark_of",
    "message_of",
    "object_of",
    "read_eido",
]
