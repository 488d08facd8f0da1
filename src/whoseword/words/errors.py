"""The errors of Whose Word, drawn once.

Every message says what happened, where, and what to do next; nothing is half written.

::

    WhoseWordError              anything that a user is told about
    └── WordFault               a statement, or a part of one, cannot stand as written
                                (field, problem, remedy)

Other packages add their own branches beside ``WordFault`` (``books.errors``, ``intake``).
"""


class WhoseWordError(Exception):
    """Something that a user must be told; the text of the exception is the message."""


class WordFault(WhoseWordError):
    """A statement cannot stand as written.

    ``field`` is the path inside the statement (``speaker.kind``; ``line`` for the line as a
    whole), ``problem`` what is wrong with it, ``remedy`` what to do. Printed after
    ``FILE:LINE:`` as ``FIELD: problem; remedy``.
    """

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{field}: {problem}; {remedy}")
        self.field = field
        self.problem = problem
        self.remedy = remedy
