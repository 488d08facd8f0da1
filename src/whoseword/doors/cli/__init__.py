"""The command line: ``whoseword [--home DIR] [--now TIME] COMMAND``."""

from whoseword.doors.cli.program import build

__all__ = ["build"]
