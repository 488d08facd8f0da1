"""How the standard writes who, where and when: ids, domains, agents, addresses, times.

Ids of calls, incidents and events are ``urn:emergency:uid:KIND:UNIQUE:DOMAIN`` with 10 to 36
characters that are unique (STA-010.3, 2.1). What is read may have any 10; what this program makes has
ten *different* ones, for a test suite in use counts those.
"""

import re
from datetime import datetime, timedelta
from typing import Final

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN: Final = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})+\Z")
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_UNIQUE: Final = re.compile(r"[A-Za-z0-9._~-]{10,36}")
_WORD = r"[A-Za-z0-9\-.!%*_+`'~()<>:\\\"/\[\]?{}]+"
_CALL_ID_SIP: Final = re.compile(rf"{_WORD}(?:@{_WORD})?\Z")
_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)\Z", re.ASCII
)
_EARLIEST, _LATEST = timedelta(hours=-12), timedelta(hours=14)
"""No place on earth is further from UTC."""


def is_domain(text: str) -> bool:
    """Whether a text is a domain of two labels or more, as elements and agencies have them."""
    return bool(_DOMAIN.match(text))


def is_agent(text: str) -> bool:
    """Whether a text is an agent's id, such as ``tester@psap.dunmore.example``."""
    local, at, domain = text.partition("@")
    return bool(at and _LOCAL.fullmatch(local)) and is_domain(domain)


def is_id(kind: str, text: str) -> bool:
    """Whether a text is an id of a kind: ``callid``, ``incidentid`` or ``logid``."""
    unique, _, domain = text.removeprefix(f"urn:emergency:uid:{kind}:").partition(":")
    begins = text.startswith(f"urn:emergency:uid:{kind}:")
    return begins and bool(_UNIQUE.fullmatch(unique)) and is_domain(domain)


def is_call_id_sip(text: str) -> bool:
    """Whether a text is a Call-ID of SIP (RFC 3261, 25.1)."""
    return bool(_CALL_ID_SIP.match(text))


def is_address(text: str) -> bool:
    """Whether a text is an address or a domain with a port, such as ``192.0.2.7:5061``."""
    from ipaddress import ip_address

    host, colon, port = text.rpartition(":")
    if not colon or not re.fullmatch(r"\d{1,5}", port, re.ASCII) or int(port) > 65535:
        return False
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        return ip_address(bare).version == (6 if bare != host else 4)
    except ValueError:
        # All digits is an address that is written wrongly, and no domain.
        return is_domain(host) and not re.fullmatch(r"[\d.]+", host, re.ASCII)


def moment_of(text: str) -> datetime | None:
    """The moment of a time with its offset (RFC 3339); None where it is none.

    A second of 60 is none here: no clock of Python's has it.
    """
    if not _TIME.match(text):
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.upper()))
    except ValueError:
        return None
    offset = found.utcoffset()
    if offset is None or not _EARLIEST <= offset <= _LATEST:
        return None
    return found
