"""What is wrong with an object of a feed, told with the place of the fault."""

from whoseword.words import WhoseWordError


class FeedFault(WhoseWordError):
    """An object that a feed sent cannot be taken as it is.

    ``path`` is where in the object (JSONPath, ``$.callComponent[0].direction``), ``problem`` what
    is wrong there, ``remedy`` what to do. Nothing of the object is taken.
    """

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy
