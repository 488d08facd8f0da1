"""The rules that the program comes with, as tests ask them: on one day, in one line."""

from datetime import date

from whoseword.access import Law, Reader, Rulebook, read_rules
from whoseword.access.rules import optional_files
from whoseword.wiring import rules_folder

RULES = read_rules(rules_folder())
WITH_OPTIONAL = read_rules(rules_folder(), tuple(optional_files(rules_folder())))
BOOK_OF_RULES = Rulebook(RULES)
LAW: Law = BOOK_OF_RULES.on(date(2031, 3, 6))


def may_open(reader: Reader, book: str, owner: Reader) -> bool:
    """Whether a reader opens a book in the home of that owner."""
    return LAW.opens(reader, book, owner).allowed


def may_keep(owner: Reader, book: str) -> bool:
    """Whether a home of that owner may hold the book."""
    return LAW.keeps(owner, book).allowed
