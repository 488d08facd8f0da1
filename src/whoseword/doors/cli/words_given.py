"""What stands on the command line: moments, readers, expectations. A wrong one exits with 2."""

from datetime import datetime
from typing import Any

import click

from whoseword.words import WordFault
from whoseword.words.rules import check_book
from whoseword.words.statement import SLUG
from whoseword.words.times import parse_zone


class ZoneName(click.ParamType[str]):
    """An IANA zone, such as America/Chicago."""

    name = "ZONE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The zone's name, if there is one."""
        try:
            parse_zone(value)
        except WordFault as fault:
            self.fail(f"{fault.problem}; {fault.remedy}", param, ctx)
        return str(value)


class BookName(click.ParamType[str]):
    """A book: custodian/class or custodian/class/topic."""

    name = "BOOK"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The book's name, if it is one."""
        try:
            check_book(value)
        except WordFault as fault:
            self.fail(f"{fault.problem}; {fault.remedy}", param, ctx)
        return str(value)


class Slug(click.ParamType[str]):
    """An incident's name: a slug such as elm-street-2024."""

    name = "INCIDENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The slug, if it is one."""
        import re

        if not re.fullmatch(SLUG, value):
            self.fail(f"{value!r} is no slug; write it like elm-street-2024", param, ctx)
        return str(value)


class Words(click.ParamType[str]):
    """A name in words: not empty."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it says anything."""
        if not value.strip():
            self.fail("is empty; write a name", param, ctx)
        return str(value)


class DomainName(click.ParamType[str]):
    """A domain, such as psap.dunmore.example."""

    name = "DOMAIN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The domain in lower case, if it is written as one."""
        import re

        if len(value) > 253 or not re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", value):
            self.fail(f"{value!r} is no domain; write it like psap.dunmore.example", param, ctx)
        return str(value).lower()


class ExpectedRoot(click.ParamType[tuple[str, int, str]]):
    """An earlier size and root of a book: BOOK:SIZE:ROOT."""

    name = "BOOK:SIZE:ROOT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int, str]:
        """The book, its size and its root in hexadecimal."""
        if isinstance(value, tuple):
            return value
        book, size, root = (*value.split(":"), "", "")[:3]
        if value.count(":") != 2 or not size.isdecimal() or len(root) != 64:
            self.fail(f"{value!r} is not BOOK:SIZE:ROOT, as verify --json prints them", param, ctx)
        return book, int(size), root.lower()


def asked(fault: WordFault, option: str) -> click.BadParameter:
    """A fault of a word on the command line, as the program tells it."""
    return click.BadParameter(f"{fault.problem}; {fault.remedy}", param_hint=option)


def plain_time(moment: datetime) -> str:
    """A moment for people."""
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")
