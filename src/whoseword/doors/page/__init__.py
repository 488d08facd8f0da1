"""The account as one HTML file that anybody can open, keep, print and check."""

from whoseword.doors.page.checked import check_page
from whoseword.doors.page.paper import NoPaper, pdf_of
from whoseword.doors.page.rendering import account_page
from whoseword.doors.page.sheet import (
    DocumentText,
    matter_address,
    statement_address,
    text_of,
    words_address,
)

__all__ = [
    "DocumentText",
    "NoPaper",
    "account_page",
    "check_page",
    "matter_address",
    "pdf_of",
    "statement_address",
    "text_of",
    "words_address",
]
