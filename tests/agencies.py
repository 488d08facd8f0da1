"""Homes of several agencies that share no file, and what one sends to another."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import Result

from at_the_desk import statement, whoseword

NOON = "2031-03-06T12:00:00Z"
LATER = "2031-03-07T12:00:00Z"
UNTIL = "2031-06-01"
DOOR = "12 Elm Street, Apt 3"


class Agency(NamedTuple):
    """One agency's home."""

    name: str
    home: Path

    def run(self, *arguments: object, now: str = NOON, given: str = "") -> Result:
        """What a command does here."""
        return whoseword(self.home, *map(str, arguments), now=now, given=given)

    def do(self, *arguments: object, now: str = NOON, given: str = "") -> str:
        """What a command prints here; it must succeed."""
        done = self.run(*arguments, now=now, given=given)
        assert done.exit_code == 0, done.output
        return done.stdout

    def refused(self, *arguments: object, now: str = NOON) -> str:
        """Why a command is refused here."""
        done = self.run(*arguments, now=now)
        assert done.exit_code == 1, done.output
        return done.stderr

    def says(self, *, now: str = NOON, **parts: Any) -> str:
        """Say one statement; its id."""
        line = statement(**({"incident": "elm", "source": {"entered_by": "clerk"}} | parts))
        receipt: dict[str, str] = json.loads(self.do("say", "-", given=json.dumps(line), now=now))
        return receipt["id"]

    def account(self, *options: object, now: str = LATER) -> dict[str, Any]:
        """The account of the incident here."""
        found: dict[str, Any] = json.loads(self.do("account", "elm", "--json", *options, now=now))
        return found

    def open_ids(self, reader: str, *, now: str = LATER) -> set[str]:
        """The ids of the statements that a reader is shown."""
        return set(self.account("--reader", reader, now=now)["statements"])


def agency(folder: Path, name: str, owner_role: str) -> Agency:
    """An agency with a home of its own."""
    made = Agency(name, folder / name)
    made.do("init", "--owner", f"{owner_role}@{name}")
    return made


def introduce(one: Agency, other: Agency) -> None:
    """Let two agencies take each other's cards."""
    for giver, taker in ((one, other), (other, one)):
        card = giver.home / "card"
        giver.do("card", "--out", card)
        taker.do("partner", card, "--as", f"clerk of {taker.name}")


def visit(division: Agency, **parts: Any) -> str:
    """The Division's word that nobody answered; its id."""
    own = {
        "book": "childrens-division/child_welfare/visits",
        "speaker": {"name": "Children's Division", "kind": "agency", "party": "childrens-division"},
        "fact": {
            "kind": "contact",
            "agency": "childrens-division",
            "place": DOOR,
            "outcome": "no_answer",
        },
    }
    return division.says(**(own | parts))


def disclosed(
    giver: Agency, item: str, to: str, file: Path | None = None, *options: object
) -> dict[str, Any]:
    """Disclose a statement to a reader, as a bundle where a file is named."""
    out = ("--out", file) if file else ()
    asked = ("--to", to, "--until", UNTIL, "--as", "Ann Lee", "--json")
    found: dict[str, Any] = json.loads(giver.do("disclose", item, *asked, *out, *options))
    return found
