"""An answer's bytes, read strictly: the JSON that a model returned, or what is wrong with it.

Two layers: the completion that every OpenAI-compatible server wraps its answer in, and the JSON in
it, which is read with the limits of the interchange form (`words.decoding`): no key twice, no
half of a surrogate pair, not too deep, not too long.
"""

from typing import Any, Final

import msgspec

from whoseword.words import WhoseWordError, WordFault, parse_json


class AnswerFault(WhoseWordError):
    """An answer cannot be used at all: what is wrong with it, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


_SCHEMA: Final = "ask a server and a model that honour response_format json_schema"
_ADDRESS: Final = "check that it is the address of an OpenAI-compatible API, e.g. https://HOST/v1"


def answer_in(body: bytes) -> dict[str, Any]:
    """The JSON that a completion carries. Raises ``AnswerFault``."""
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except msgspec.ValidationError:
        raise AnswerFault("JSON that is no chat completion", _ADDRESS) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise AnswerFault("something that is not JSON", _ADDRESS) from None
    if not completion.choices:
        raise AnswerFault("no choice at all", _SCHEMA)
    choice = completion.choices[0]
    if choice.message.refusal:
        raise AnswerFault("that it will not read it", "leave it out, or ask another model")
    if choice.finish_reason == "length":
        raise AnswerFault("more than it may, and broke off", "let the model answer at more length")
    try:
        value = parse_json((choice.message.content or "").encode(errors="surrogatepass"))
    except WordFault:
        raise AnswerFault("not in the form that was asked for", _SCHEMA) from None
    if not isinstance(value.get("statements"), list):
        raise AnswerFault("not in the form that was asked for", _SCHEMA)
    return value
