"""Why words of a document state nothing: the closed list that every sentence is accounted by."""

from enum import Enum


class Silence(Enum):
    """Why a sentence states nothing."""

    HEADING = "letterhead or heading"
    LABEL = "label"
    GREETING = "greeting or closing"
    QUESTION = "question"
    CONDOLENCE = "condolence or apology"
    SIGNATURE = "signature"
    NO_STATEMENT = "no statement found"
    SEALED = "sealed, or in quarantine"
    SURROUNDINGS = "menu, notice or link around the text of a page"
    QUOTED_AGAIN = "quoted again; it is read where it was first written"
