"""What a logging service is told before it starts: a file of settings (TOML 1.0).

It names the domain and the book, who may ask and send (tokens, of which the file holds the hash
alone), and whose signature is believed, for which domains. Nothing is believed by default: a partner
of this home is one with whom it exchanges statements, and not therefore one who logs for others.
What is wrong is told as FILE: FIELD, with what to do, before anything is served.
"""

import hmac
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, Never

import msgspec

from whoseword.access import Reader, parse_reader
from whoseword.books.notes import Verifier
from whoseword.doors.desk import Desk
from whoseword.doors.partners import partner
from whoseword.intake.logevents import Known, Trust, anchors_in, is_domain, key_id
from whoseword.words import WhoseWordError, WordFault
from whoseword.words.rules import check_book

TOKEN_BYTES: Final = 32


class SettingsFault(WhoseWordError):
    """A file of settings cannot be used as it is: where, what is wrong, what to do."""


class Token(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who holds a token, and what it is good for: to send, for which agencies; to read, as whom."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    sends: bool = False
    agencies: tuple[str, ...] = ()
    reader: str | None = None
    purpose: str | None = None


class Signing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose signature is believed: a partner's, for these domains; or certificates' in a file."""

    partner: str | None = None
    domains: tuple[str, ...] = ()
    certificates: str | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a service is told. ``unsigned`` is whether events that nobody signed are taken."""

    domain: str
    book: str
    unsigned: Literal["refuse", "take"] = "refuse"
    token: tuple[Token, ...] = ()
    signer: tuple[Signing, ...] = ()


class Holder(NamedTuple):
    """Who asks, by a token."""

    name: str
    sends: bool
    agencies: tuple[str, ...]
    reader: Reader | None


def read_settings(file: Path) -> Settings:
    """The settings in a file. Raises ``SettingsFault``."""
    try:
        told = tomllib.loads(file.read_bytes().decode())
        settings = msgspec.convert(told, Settings)
    except OSError as error:
        raise SettingsFault(f"{file} cannot be read ({error.strerror}); check it") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsFault(f"{file} is no TOML ({error}); mend it there") from None
    except msgspec.ValidationError as error:
        what, _, path = str(error).replace("`", "").partition(" - at $.")
        _refuse(file, path or "the file", what, "see `whoseword logger --help`")
    _check(settings, file)
    return settings


def _check(settings: Settings, file: Path) -> None:
    if not is_domain(settings.domain):
        _refuse(file, "domain", "is no domain", "write it like logger.dunmore.example")
    try:
        check_book(settings.book)
    except WordFault as fault:
        _refuse(file, "book", fault.problem, fault.remedy)
    for at, one in enumerate(settings.token):
        if one.reader is None and not one.sends:
            _refuse(file, f"token[{at}]", "lets nobody do anything", "give reader, or sends = true")
        try:
            parse_reader(one.reader or "public@home", one.purpose)
        except WordFault as fault:
            _refuse(file, f"token[{at}].{fault.field}", fault.problem, fault.remedy)
    hashes = [one.sha256 for one in settings.token]
    if len(set(hashes)) != len(hashes):
        _refuse(file, "token", "stands there twice", "give each holder a token of its own")
    for at, signer in enumerate(settings.signer):
        _check_signer(signer, f"signer[{at}]", file)


def _check_signer(signer: Signing, where: str, file: Path) -> None:
    if (signer.partner is None) == (signer.certificates is None):
        _refuse(file, where, "is no one", "name either partner or certificates")
    if signer.partner is not None and not signer.domains:
        _refuse(file, f"{where}.domains", "is missing", "say for which domains it signs")
    if signer.certificates is not None and signer.domains:
        remedy = "leave it out: a certificate names its own"
        _refuse(file, f"{where}.domains", "means nothing here", remedy)
    for domain in signer.domains:
        if not is_domain(domain):
            _refuse(file, f"{where}.domains", f"{domain!r} is no domain", "mend it")


def trust_of(desk: Desk, settings: Settings, file: Path) -> Trust:
    """Whose signatures are believed. Raises ``WhoseWordError``."""
    keys: dict[str, Known] = {}
    anchors: list[bytes] = []
    for at, one in enumerate(settings.signer):
        for verifier in _verifiers(desk, one.partner):
            domains = tuple(domain.lower() for domain in one.domains)
            earlier = keys.get(key_id(verifier))
            keys[key_id(verifier)] = Known(verifier, (earlier.domains if earlier else ()) + domains)
        if one.certificates is not None:
            try:
                anchors += anchors_in((file.parent / one.certificates).read_bytes())
            except OSError as error:
                _refuse(file, f"signer[{at}].certificates", str(error.strerror), "check the file")
            except ValueError:
                _refuse(
                    file, f"signer[{at}].certificates", "holds no certificates",
                    "give a PEM file",
                )  # fmt: skip
    return Trust(keys, tuple(anchors), settings.unsigned == "take")


def _verifiers(desk: Desk, agency: str | None) -> Iterator[Verifier]:
    """The keys of a partner, or of this home itself."""
    if agency is None:
        return
    if agency == desk.owner.agency:
        desk.signer()
        yield from desk.keys().verifiers()
    else:
        yield from partner(desk, agency).known()


def holder_of(settings: Settings, token: str) -> Holder | None:
    """Who holds a token; None where nobody does."""
    given = sha256(token.encode()).hexdigest()
    found = None
    for one in settings.token:
        if hmac.compare_digest(one.sha256, given):
            found = one
    if found is None:
        return None
    reader = parse_reader(found.reader, found.purpose) if found.reader is not None else None
    return Holder(found.name, found.sends, found.agencies, reader)


def new_token(entropy: Any) -> tuple[str, str]:
    """A token that nobody has yet, and its hash for the file."""
    token = entropy(TOKEN_BYTES).hex()
    return token, sha256(token.encode()).hexdigest()


def _refuse(file: Path, field: str, problem: str, remedy: str) -> Never:
    raise SettingsFault(f"{file}: {field}: {problem}; {remedy}")
