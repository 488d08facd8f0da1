"""Statements from JSON Lines: every line read, every fault told with its file and line.

A line is never held whole beyond its limit, so a file of one endless line costs no memory.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from whoseword.words import Statement, WordFault, decode_statement
from whoseword.words.decoding import MAX_LINE

FAULTS_TOLD = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Place(NamedTuple):
    """Where a statement was written."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Read(NamedTuple):
    """What was read: the statements with their places, and the faults."""

    statements: list[Statement]
    places: list[Place]
    faults: list[tuple[Place, WordFault]]


def read_statements(files: Sequence[tuple[str, BinaryIO]]) -> Read:
    """Every statement in the files, in order; the first faults where some are malformed."""
    read = Read([], [], [])
    for name, stream in files:
        for number, line in lines_of(stream):
            place = Place(name, number)
            try:
                statement = decode_statement(line)
            except WordFault as fault:
                read.faults.append((place, fault))
                if len(read.faults) >= FAULTS_TOLD:
                    return read
                continue
            read.statements.append(statement)
            read.places.append(place)
    return read


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, counted from 1, each cut past its limit."""
    number = 0
    while line := stream.readline(MAX_LINE + 2):
        number += 1
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        whole = line
        while whole and not whole.endswith(b"\n"):
            whole = stream.readline(MAX_LINE)
        content = line.strip(b" \t\r\n") if len(line) <= MAX_LINE + 1 else line
        if content:
            yield number, content
