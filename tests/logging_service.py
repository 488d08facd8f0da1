"""A logging service that runs: the program itself on a port of its own, and whoever asks it.

Its book is of Dunmore's call center, which believes its partner Harrow for Harrow's domains, and
elements that one authority certified.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import httpx

from agencies import Agency, agency, introduce
from log_events import (
    AGENT,
    DOMAIN,
    ELEMENT,
    INCIDENT,
    NOW,
    Json,
    certificate,
    certified_body,
)

BOOK = "dunmore-911/response/logger"
CLOSED = "childrens-division/child_welfare"
CLOCK = NOW.isoformat()
HERE = "incident-" + sha256(INCIDENT.encode()).hexdigest()[:8]
"""What the events' incident is called in a home."""
TOKENS = {"all": "a" * 64, "reads": "b" * 64, "sends": "c" * 64, "public": "d" * 64}

SETTINGS = f"""
domain = "{DOMAIN}"
book = "{BOOK}"
[[signer]]
partner = "harrow-911"
domains = ["harrow.example"]
[[signer]]
certificates = "pca.pem"
[[token]]
name = "all"
sha256 = "{sha256(TOKENS["all"].encode()).hexdigest()}"
sends = true
reader = "dispatcher@dunmore-911"
[[token]]
name = "reads"
sha256 = "{sha256(TOKENS["reads"].encode()).hexdigest()}"
reader = "dispatcher@dunmore-911"
[[token]]
name = "sends"
sha256 = "{sha256(TOKENS["sends"].encode()).hexdigest()}"
sends = true
agencies = ["other.example"]
[[token]]
name = "public"
sha256 = "{sha256(TOKENS["public"].encode()).hexdigest()}"
reader = "public@anyone"
"""

ROOT = certificate("PCA", authority=True)
BCF = certificate(ELEMENT, ROOT, also=AGENT)


class Running(NamedTuple):
    """A service that runs, and the homes of the agency that runs it and of its partner."""

    at: str
    home: Agency
    partner: Agency
    folder: Path

    def get(self, path: str, by: str = "all") -> httpx.Response:
        return httpx.get(f"{self.at}{path}", headers=bearer(by), timeout=30)

    def post(self, body: bytes | Json, by: str = "all") -> httpx.Response:
        content = body if isinstance(body, bytes) else certified_body(body, BCF)
        return httpx.post(f"{self.at}/LogEvents", content=content, headers=bearer(by), timeout=30)

    def ids(self) -> set[str]:
        return set(self.get("/LogEventIds").json()["logEventIds"])


def bearer(by: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS[by]}"} if by else {}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def started(home: Agency, settings: Path) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    asked = ("--home", home.home, "--now", CLOCK, "logger", settings, "--port", port)
    running = subprocess.Popen(
        [sys.executable, "-m", "whoseword", *map(str, asked)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    for _ in range(600):
        assert running.poll() is None, "the service ended at once"
        try:
            httpx.get(f"http://127.0.0.1:{port}/Versions", timeout=5).raise_for_status()
            return running, f"http://127.0.0.1:{port}"
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the service does not answer")


@contextmanager
def running_service(folder: Path) -> Iterator[Running]:
    """A service over a home in a folder, until the block ends; it must then end well."""
    home = agency(folder, "dunmore-911", "supervisor")
    partner = agency(folder, "harrow-911", "supervisor")
    introduce(home, partner)
    (folder / "pca.pem").write_bytes(ROOT.pem)
    settings = folder / "logger.toml"
    settings.write_text(SETTINGS)
    running, at = started(home, settings)
    try:
        yield Running(at, home, partner, folder)
    finally:
        running.terminate()
        assert running.wait(timeout=30) == 0
