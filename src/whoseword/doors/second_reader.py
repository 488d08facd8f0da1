"""A second reader at an OpenAI-compatible endpoint, for documents that a person sends there.

Off unless `WHOSEWORD_READER_URL` names an endpoint and `read` is told to ask it: by that the text
of the documents leaves this machine. Nothing leaves it in the clear; a redirect is not followed;
the key comes from the environment, goes to that host alone and is written nowhere. The first
reader's drafts are kept before anything is sent, and stay whatever comes back.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from whoseword import books
from whoseword.books.protocol import View
from whoseword.doors.desk import Desk
from whoseword.doors.in_sight import text_in_sight
from whoseword.doors.taking_in import of_second_reader, out_of_sight_in
from whoseword.intake import KeptDocument, Reading, SentenceReading, decode_draft, encode_draft
from whoseword.intake.form import Form
from whoseword.intake.second import (
    READER,
    SecondReading,
    Stretch,
    encode_unlocated,
    is_unlocated,
    located,
    request_of,
    stretches_of,
    unlocated_name,
)
from whoseword.intake.second.locating import Ground
from whoseword.words import WhoseWordError

URL: Final = "WHOSEWORD_READER_URL"
MODEL: Final = "WHOSEWORD_READER_MODEL"
KEY: Final = "WHOSEWORD_READER_KEY"
PATIENCE: Final = 120.0
"""Seconds for one answer."""
_LARGEST_ANSWER: Final = 8 * 1024 * 1024
_PAUSES: Final = (1.0, 4.0, 16.0)
"""Seconds before each further try, where the server is busy."""
_LONGEST_PAUSE: Final = 60.0
_BUSY: Final = frozenset({408, 409, 429, 500, 502, 503, 504})


class SecondReaderFailed(WhoseWordError):
    """The second reader did not answer, or not in the form that was asked for."""


class Endpoint(NamedTuple):
    """Where the second reader is asked; `repr` does not tell the key."""

    secure: bool
    host: str
    port: int
    path: str
    model: str
    key: str = ""

    def __repr__(self) -> str:
        """The endpoint without its key."""
        return f"Endpoint({self.address}, {self.model})"

    @property
    def address(self) -> str:
        """Where it is, for people."""
        return f"{'https' if self.secure else 'http'}://{self.host}:{self.port}{self.path}"


def endpoint_of(environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that the environment names. Raises SecondReaderFailed."""
    url = environment.get(URL, "").strip()
    if not url:
        raise SecondReaderFailed(
            f"{URL} is not set, so there is no second reader; set it to the address of an "
            "OpenAI-compatible endpoint, e.g. http://127.0.0.1:8080/v1"
        )
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise SecondReaderFailed(
            f"{URL} is no address of an endpoint; write https://HOST/v1, without name or password"
        )
    secure = parts.scheme == "https"
    if not secure and not _is_here(parts.hostname):
        raise SecondReaderFailed(
            f"{URL} is not encrypted and leads away from this machine; write https://"
        )
    path = f"{parts.path.rstrip('/')}/chat/completions"
    model = environment.get(MODEL, "").strip() or "default"
    key = environment.get(KEY, "").strip()
    return Endpoint(secure, parts.hostname, port or (443 if secure else 80), path, model, key)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Read(NamedTuple):
    """What the second reader added to one document."""

    name: str
    drafts: int
    cautioned: int
    unlocated: int


def read_again(
    desk: Desk,
    incident: str,
    digests: Iterable[str],
    endpoint: Endpoint,
    pause: Callable[[float], None] = time.sleep,
) -> Iterable[Read]:
    """Ask the second reader of each document, and keep its drafts beside those that wait.

    Raises SecondReaderFailed at the first document of which it fails; what was kept stays.
    """
    for digest in digests:
        with desk.ledger.store.view() as view:
            ground = _ground(view, desk, incident, digest)
        if ground is None:
            continue
        spans = [one.span for one in ground.first.sentences]
        answers: list[tuple[Stretch, object]] = []
        for stretch in stretches_of(ground.document.text, spans):
            body = request_of(stretch, endpoint.model)
            answers.append((stretch, _asked(endpoint, body, ground.document.name, pause)))
        found = located(ground, answers, endpoint.model)
        _keep(desk, incident, digest, found)
        yield Read(
            ground.document.name, len(found.drafts), len(found.cautioned), len(found.unlocated)
        )


def _ground(view: View, desk: Desk, incident: str, digest: str) -> Ground | None:
    """The document as it stands in sight, with what the first reader found in it."""
    # The language model is loaded by what these import, and only reading needs it.
    from whoseword.intake.reading.genre import own_voice
    from whoseword.intake.reading.layout import lay_out

    kept = view.document(digest)
    if kept is None:
        return None
    hidden = tuple(out_of_sight_in(view, digest))
    text = text_in_sight(view, digest) if hidden else kept.text
    document = KeptDocument(
        sha256=digest, name=kept.name, media_type=kept.media_type, bytes=b"", text=text or "",
        pages=kept.pages, form=Form(),
    )  # fmt: skip
    layout = lay_out(document.text)
    drafts = tuple(
        decode_draft(row.json)
        for row in view.drafts_on(digest)
        if row.incident == incident and not is_unlocated(row.draft)
    )
    first = Reading(
        document=digest,
        drafts=tuple(one for one in drafts if READER not in one.statement.extra),
        sentences=tuple(SentenceReading(span=(one.start, one.end)) for one in layout.sentences),
    )
    own = own_voice(document.text, layout, document.name).speaker
    return Ground(document, first, hidden, own, incident, f"{desk.owner.agency}/incident")


def _keep(desk: Desk, incident: str, digest: str, found: SecondReading) -> None:
    """Keep new drafts, cautions and what was not found, in the place of an earlier second reading."""
    with desk.ledger.store.writer() as writer:
        hidden = out_of_sight_in(writer, digest)
        before = [one for one in writer.drafts_on(digest) if one.incident == incident]
        waiting = {one.draft for one in before}
        writer.drop_drafts([one.draft for one in before if of_second_reader(one)])
        drafts = [*found.drafts, *(one for one in found.cautioned if one.draft in waiting)]
        rows = [_row(one.draft, incident, digest, encode_draft(one)) for one in drafts]
        if not hidden:
            # What a model made of words that went meanwhile is not kept at all.
            rows += [
                _row(unlocated_name(one), incident, digest, encode_unlocated(one))
                for one in found.unlocated
            ]
        writer.keep_drafts(rows)


def _row(name: str, incident: str, digest: str, line: bytes) -> books.Draft:
    return books.Draft(draft=name, incident=incident, document=digest, json=line)


# --- the line ------------------------------------------------------------------------------------


def _asked(endpoint: Endpoint, body: bytes, name: str, pause: Callable[[float], None]) -> object:
    """The JSON value that the model answers with; a busy server is asked again, and then no more."""
    for wait in (*_PAUSES, None):
        status, told, after = _sent(endpoint, body)
        if status == 200:
            return _answer(told, endpoint, name)
        if status not in _BUSY or wait is None:
            raise SecondReaderFailed(_refusal(status, endpoint, name))
        pause(min(after if after is not None else wait, _LONGEST_PAUSE))
    raise AssertionError  # pragma: no cover


def _sent(endpoint: Endpoint, body: bytes) -> tuple[int, bytes, float | None]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    made = HTTPSConnection if endpoint.secure else HTTPConnection
    connection = made(endpoint.host, endpoint.port, timeout=PATIENCE)
    try:
        connection.request("POST", endpoint.path, body, headers)
        answer = connection.getresponse()
        told = answer.read(_LARGEST_ANSWER + 1)
        return answer.status, told, _seconds(answer.getheader("Retry-After"))
    except (OSError, HTTPException) as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise SecondReaderFailed(
            f"the second reader at {endpoint.address} did not answer ({problem}); check {URL}, "
            "and that the server there runs. The first reader's drafts are kept"
        ) from error
    finally:
        connection.close()


def _seconds(told: str | None) -> float | None:
    return float(told) if told is not None and told.strip().isdigit() else None


def _refusal(status: int, endpoint: Endpoint, name: str) -> str:
    kept = "the first reader's drafts are kept"
    if status in (401, 403):
        return f"the second reader at {endpoint.address} refused the key; check {KEY}; {kept}"
    if 300 <= status < 400:
        return (
            f"the second reader at {endpoint.address} sends on to another address ({status}), "
            f"which is not followed; set {URL} to where it really is; {kept}"
        )
    return (
        f"the second reader at {endpoint.address} answered {status} of {name}; check {URL} and "
        f"{MODEL}, or try later; {kept}"
    )


def _answer(told: bytes, endpoint: Endpoint, name: str) -> object:
    problem = "more than 8 MiB"
    if len(told) <= _LARGEST_ANSWER:
        try:
            content = json.loads(told)["choices"][0]["message"]["content"]
            return json.loads(content)
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            problem = "not in the form that was asked for"
    raise SecondReaderFailed(
        f"the second reader at {endpoint.address} answered {problem} of {name}; ask a model that "
        "honours response_format json_schema. The first reader's drafts are kept"
    )
