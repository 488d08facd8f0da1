"""The one error of this package's doorstep: a document that cannot be read, and what to do."""

from whoseword.words.errors import WhoseWordError


class UnreadableDocument(WhoseWordError):
    """`NAME: what is wrong; what to do`, for a file that no text could be kept of."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}; {remedy}")
        self.name = name
        self.problem = problem
        self.remedy = remedy
