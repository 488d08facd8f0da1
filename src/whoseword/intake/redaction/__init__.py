"""Files without the words that are withheld: rebuilt from what is left, never painted over.

A black rectangle over words hides them from nobody who copies the page. So nothing of the original file
goes into the new one: a PDF is made anew of pictures of its pages, in which the places are black, and of
the words that a machine reads from those very pictures; a Word document of its visible words. Whatever
else lay in the file (metadata, comments, earlier versions, attachments, hidden layers, thumbnails) has no
way in. What is made is searched for the words before anybody gets it.
"""

from whoseword.intake.redaction.documents import redacted_document
from whoseword.intake.redaction.pages import Page, redacted_pages
from whoseword.intake.redaction.searched import places_of_words
from whoseword.intake.redaction.wanted import NotRedacted, Wanted, wanted

__all__ = [
    "NotRedacted",
    "Page",
    "Wanted",
    "places_of_words",
    "redacted_document",
    "redacted_pages",
    "wanted",
]
