"""What a closed book does change, each in its smallest example, and nothing else of it.

Law 3 gives way where another law or the contract is stronger (docs/decisions/0010): a seal and a
quarantine reach the words wherever they stand, ``recorded`` never decreases in a home, and a
correction is looked for in its whole class. ``test_noninterference`` leaves these out. Beside them
stand examples of leaks that were closed.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import statement, whoseword
from telling import uuid7

INCIDENT = "harrow-lane"
TEXT = "The chief said that the woman had a knife. Nobody was arrested."
OPEN, CLOSED = "county/public", "county-911/health"


class Home:
    """A home whose owner, oversight of the county, opens ``OPEN`` and not ``CLOSED``."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self("init", "--owner", "oversight@county", at=0)

    def __call__(self, *command: str, at: int, given: str = "") -> str:
        """What a command prints, at a minute of the hour, wherever the home lies."""
        ran = whoseword(
            self.folder / "home", *command, now=f"2031-03-06T12:{at:02d}:00Z", given=given
        )
        return ran.output.replace(str(self.folder), "")

    def say(self, id_: int, at: int, **parts: Any) -> str:
        """Say a statement of that number; what was answered, without the hash."""
        line = json.dumps(statement(id=uuid7(id_), **parts))
        return self("say", "-", at=at, given=line).partition('"hash"')[0]

    def read(self) -> Callable[[int, int], dict[str, Any]]:
        """Read a document; gives the source of what is quoted between two places of it."""
        document = self.folder / "release.txt"
        document.write_text(TEXT, "utf-8")
        self("read", str(document), "--incident", INCIDENT, at=0)
        digest = sha256(TEXT.encode()).hexdigest()
        return lambda start, end: {
            "document": digest, "start": start, "end": end, "quote": TEXT[start:end],
        }  # fmt: skip


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Home, Home]:
    """One in which something closed is said, and one in which it is not."""
    return Home(tmp_path / "a"), Home(tmp_path / "b")


def test_the_log_of_reads_tells_nothing_of_closed_books(homes: tuple[Home, Home]) -> None:
    told = []
    for home in homes:
        home.say(1, 1, book=OPEN)
        if home is homes[0]:
            home.say(2, 2, book=CLOSED)
        home("account", INCIDENT, "--reader", "clinician@county-911", at=3)
        whom = ("--statement", uuid7(1), "--book", OPEN)
        told.append([home("reads", "--json", *more, at=4) for more in ((), whom)])
    assert told[0] == told[1]


def test_an_open_review_tells_nothing_of_closed_books(homes: tuple[Home, Home]) -> None:
    told = []
    for home in homes:
        home.say(1, 1, book=OPEN)
        if home is homes[0]:
            home.say(2, 2, book=CLOSED)
        home(
            "break-glass", INCIDENT, "--reader", "clinician@county-911", "--reason", "a child",
            "--as", "Sam Roe", at=3,
        )  # fmt: skip
        told.append([line.partition("  ")[2] for line in home("reviews", at=4).splitlines()])
    assert told[0] == told[1]


def test_a_quarantine_in_a_closed_book_blanks_its_words_on_the_owners_page_and_no_others(
    homes: tuple[Home, Home],
) -> None:
    pages = []
    for home in homes:
        source = home.read()
        home.say(1, 1, book=OPEN, source=source(0, 9))
        if home is homes[0]:
            home.say(2, 2, book=CLOSED, source=source(43, 63))
            home(
                "quarantine", uuid7(2), "--book", CLOSED, "--as", "A. Lee", "--as", "B. Roe",
                "--reason", "misfiled", at=3,
            )  # fmt: skip
        page = home.folder / "page.html"
        home("account", INCIDENT, "--html", str(page), at=4)
        pages.append(page.read_text("utf-8"))
    words = TEXT[43:63]
    assert pages[0] != pages[1]
    assert pages[0] == pages[1].replace(words, "\u2588" * len(words))


def test_a_seal_in_a_closed_book_destroys_pages_of_its_incident(homes: tuple[Home, Home]) -> None:
    left = []
    for home in homes:
        home.say(1, 1, book=OPEN)
        if home is homes[0]:
            home.say(2, 2, book=CLOSED)
        page = home.folder / "page.html"
        home("account", INCIDENT, "--html", str(page), "--reader", "public@anywhere", at=3)
        if home is homes[0]:
            home("seal", uuid7(2), "--book", CLOSED, "--order", "No. 44", "--as", "clerk", at=4)
        left.append(page.exists())
    assert left == [False, True]


def test_a_clock_that_was_set_back_shows_the_latest_moment_of_the_home(
    homes: tuple[Home, Home],
) -> None:
    told = []
    for home in homes:
        if home is homes[0]:
            home.say(2, 30, book=CLOSED)
        answered = home.say(1, 5, book=OPEN)
        seen = json.loads(home("account", INCIDENT, "--json", at=50))["statements"]
        told.append((answered.splitlines()[-1], seen[uuid7(1)]["recorded"]))
    assert [recorded for _, recorded in told] == ["2031-03-06T12:30:00Z", "2031-03-06T12:05:00Z"]
    assert told[0][0] == told[1][0]


def test_a_correction_is_taken_where_what_it_names_stands_in_a_closed_topic(
    homes: tuple[Home, Home],
) -> None:
    opened, closed = "harrow-police/criminal_justice", "harrow-police/criminal_justice/juvenile"
    # Officers of other agencies open the one and not the other (rules/missouri/juvenile.cedar).
    told = []
    for home in homes:
        if home is homes[0]:
            home.say(2, 1, book=closed)
        told.append(home.say(1, 2, book=opened, replaces=uuid7(2)))
    assert told[0].startswith('{"book":')
    assert "names no earlier statement in a book of this custodian and class" in told[1]


def test_what_was_disclosed_is_open_whatever_closed_books_hold(homes: tuple[Home, Home]) -> None:
    told = []
    for home in homes:
        home.say(1, 1, book="county-911/incident")
        act = {"kind": "disclosed", "item": uuid7(1), "to": "officer@harrow-police"}
        home.say(
            3, 2, book="county-911/inquiry", stance="does",
            speaker={"name": "county-911", "kind": "agency", "party": "county-911"},
            fact=act | {"purpose": "response", "until": "2040-01-01T00:00:00Z", "by": "A. Lee"},
        )  # fmt: skip
        if home is homes[0]:
            home.say(1, 3, book=CLOSED)
        told.append(home("account", INCIDENT, "--reader", "officer@harrow-police", at=4))
    assert "knife" in told[1]
    assert told[0] == told[1]
