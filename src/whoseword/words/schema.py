"""The JSON Schema of a statement's shape, for those who write statements with other tools.

JSON Schema 2020-12. It tells the shape only: that a span is as long as its quote, or that a
correction is the same speaker's, ``say`` checks.
"""

from typing import Any

import msgspec

from whoseword.words.decoding import LEDGER_MARKS
from whoseword.words.statement import Statement

_SOURCES = (("document", "start", "end", "quote"), ("feed", "message"), ("entered_by",))


def statement_schema() -> dict[str, Any]:
    """The schema, with the discriminator of the kinds of fact and the role of each slot.

    ``x-slot`` says of a slot whether it is a ``key``, or holds ``one`` value or ``many``.
    """
    schema = msgspec.json.schema(Statement)
    shapes = schema["$defs"]
    statement = shapes["Statement"]
    del statement["properties"]["extra"]
    statement["patternProperties"] = {"^x_": {}}
    for mark in LEDGER_MARKS[1:]:
        statement["properties"][mark]["readOnly"] = True
    shapes["Source"]["oneOf"] = [{"required": list(form)} for form in _SOURCES]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
