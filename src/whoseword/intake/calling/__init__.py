"""A call for help, taken down by a person in the order in which a call-taker asks.

For an agency without a dispatch system that exports. Every answer is the caller's word, relayed by
the call-taker: "no", "does not know", "will not say" and "did not answer" are four statements, and a
question that nobody asked is none (law 5). An answer of which it is not plain which of these it is,
is asked for again and never decided here.
"""

from whoseword.intake.calling.answers import Answer, Unclear, answer_in
from whoseword.intake.calling.forms import Entry, Form, decode_form, encode_form
from whoseword.intake.calling.questions import QUESTIONS, Question, question_of
from whoseword.intake.calling.saying import by_entry, call_id, statements_of

__all__ = [
    "QUESTIONS",
    "Answer",
    "Entry",
    "Form",
    "Question",
    "Unclear",
    "answer_in",
    "by_entry",
    "call_id",
    "decode_form",
    "encode_form",
    "question_of",
    "statements_of",
]
