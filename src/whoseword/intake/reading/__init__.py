"""A first reading by rules: who said what, with what stance, hedge and basis, in which words."""

from whoseword.intake.reading.whole import read_document

__all__ = ["read_document"]
