"""How far long work is, on standard error: one line that is drawn over; a pipe is spared."""

import sys
from collections.abc import Callable

import click


def told_progress(words: str) -> Callable[[int, int], None]:
    """What tells how many of how many parts are done, under these words."""

    def told(done: int, parts: int) -> None:
        """Draw the line anew; the last one ends it."""
        if sys.stderr.isatty():
            click.echo(f"\r{words}: {100 * done // parts} % ", nl=done == parts, err=True)

    return told
