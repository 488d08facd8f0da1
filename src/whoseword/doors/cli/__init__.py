"""The command line: ``whoseword [--home DIR] [--now TIME] COMMAND``."""

from whoseword.doors.cli.program import Opener, build

__all__ = ["Opener", "build"]
