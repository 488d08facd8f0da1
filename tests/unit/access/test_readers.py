"""Who opens what: the contract's table, row by row, and what it says beside the table."""

import re

import pytest

from house import may_keep, may_open
from whoseword.access import DEFAULT_OWNER, PURPOSES, parse_reader
from whoseword.words import BookClass, WordFault

CLASSES = [handling.value for handling in BookClass]
TABLE = """
public               public        public
dispatcher           response      public response criminal_justice
officer              response      public response criminal_justice
clinician            response      public response health*
supervisor           response      public response incident criminal_justice
investigator         inquiry       public response incident inquiry criminal_justice
prosecutor           inquiry       public response incident inquiry criminal_justice
oversight            inquiry       public response incident inquiry
oversight            review        public response incident inquiry personnel
information_officer  disclosure    public response incident
child_welfare        child_safety  public response child_welfare*
records              disclosure    public response incident inquiry
auditor              audit         public
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
ELSEWHERE = parse_reader("oversight@home")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_reader_opens_the_classes_of_the_row_and_no_other(row):
    role, purpose, *opens = row
    reader = parse_reader(f"{role}@county", purpose)
    others = {name for name in CLASSES if may_open(reader, f"state/{name}/topic", ELSEWHERE)}
    own = {name for name in CLASSES if may_open(reader, f"county/{name}", ELSEWHERE)}
    assert others == {name for name in opens if not name.endswith("*")}
    assert own == {name.rstrip("*") for name in opens}


def test_the_table_has_every_role_and_purpose():
    told = [(role, purpose) for role, purposes in PURPOSES.items() for purpose in purposes]
    assert sorted(told) == sorted((row[0], row[1]) for row in ROWS)


@pytest.mark.parametrize("role", PURPOSES)
def test_left_out_the_purpose_is_the_first_of_the_row(role):
    first = next(row[1] for row in ROWS if row[0] == role)
    assert parse_reader(f"{role}@county").purpose == first


@pytest.mark.parametrize("role", [role for role in PURPOSES if role != "prosecutor"])
def test_the_owner_opens_every_book_of_the_own_agency(role):
    owner = parse_reader(f"{role}@county")
    assert all(may_open(owner, f"county/{name}", owner) for name in CLASSES)
    assert not may_open(owner, "state/health", owner)


def test_another_of_the_agency_is_not_the_owner():
    owner = parse_reader("oversight@county")
    assert may_open(owner, "county/personnel", owner)
    for other in ("supervisor@county", "oversight@state"):
        assert not may_open(parse_reader(other), "county/personnel", owner)


def test_no_prosecutor_opens_personnel_whoever_keeps_it():
    prosecutor = parse_reader("prosecutor@county")
    for owner in (prosecutor, parse_reader("oversight@county")):
        assert not may_open(prosecutor, "county/personnel", owner)
        assert not may_open(prosecutor, "harrow-police/personnel", owner)
    assert may_open(prosecutor, "county/health", prosecutor)


def test_a_prosecutors_home_refuses_personnel_to_every_reader():
    prosecutor = parse_reader("prosecutor@county")
    assert not may_keep(prosecutor, "harrow-police/personnel")
    assert not may_open(parse_reader("oversight@state", "review"), "police/personnel", prosecutor)
    assert may_keep(parse_reader("oversight@county"), "harrow-police/personnel")


def test_a_home_whose_owner_was_never_said_is_an_oversight_offices():
    assert DEFAULT_OWNER == "oversight@home"
    assert parse_reader(DEFAULT_OWNER).name == "oversight@home"


@pytest.mark.parametrize(
    ("reader", "purpose", "field", "tells"),
    [
        ("mayor@county", None, "reader", "'mayor' is no role; use one of public, dispatcher"),
        ("oversight", None, "reader", "write ROLE@AGENCY"),
        ("oversight@", None, "reader", "write ROLE@AGENCY"),
        ("@county", None, "reader", "write ROLE@AGENCY"),
        ("Oversight@county", None, "reader", "write ROLE@AGENCY"),
        ("oversight@county\n", None, "reader", "write ROLE@AGENCY"),
        ("oversight@County Office", None, "reader", "write ROLE@AGENCY"),
        ("oversight@county", "response", "purpose", "use inquiry or review"),
        ("oversight@county", "", "purpose", "use inquiry or review"),
        ("public@anywhere", "disclosure", "purpose", "use public"),
    ],
)
def test_an_unknown_reader_is_told_what_to_write(reader, purpose, field, tells):
    with pytest.raises(WordFault, match=re.escape(tells)) as fault:
        parse_reader(reader, purpose)
    assert fault.value.field == field
