"""What every format is brought to: one text, where its pages start, and what its format tells."""

import msgspec

from whoseword.intake.form import Form


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a document, where its pages start in it, and what its format tells of it."""

    text: str
    media_type: str
    pages: tuple[int, ...] = ()
    form: Form = Form()
