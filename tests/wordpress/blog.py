"""A WordPress of our own on loopback: database, files and server in a folder that is thrown away, gone with the test."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOST = "committee.example"
STARTS_IN = 60  # seconds, for each of database, installation and web server
SETTINGS = {"permalink_structure": "/%year%/%monthnum%/%postname%/", "rss_use_excerpt": 0}
PROGRAMS = ("php", "mariadbd")
PLACES = (ROOT / "build/wordpress/usr/share/wordpress", Path("/usr/share/wordpress"))


class Blog(NamedTuple):
    """A running blog: the port it listens on, its address by name, its folder, WordPress's version and themes."""

    port: int
    home: str
    folder: Path
    version: str
    themes: tuple[str, ...]

    @property
    def server_address(self) -> tuple[str, int]:
        """As servers of Python's have it."""
        return "127.0.0.1", self.port

    def change(self, **wanted: Any) -> None:
        """Change options, posts, theme or plug-in, or export; see setup.php."""
        _php(self.folder, self.home, wanted)

    @contextlib.contextmanager
    def changed(self, **wanted: Any) -> Iterator[None]:
        """Change options or the plug-in for a while."""
        self.change(**wanted)
        try:
            yield
        finally:
            self.change(options=SETTINGS)

    def page(self, path: str) -> str:
        """Save a page as a browser gets it; raises HTTPError where there is none."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": HOST})
        with urllib.request.urlopen(asked, timeout=STARTS_IN) as answer:
            found: str = answer.read().decode()
        return found


def missing() -> str:
    """Say what a WordPress needs that is not there, "" where nothing is missing."""
    absent = [name for name in PROGRAMS if not _program(name)]
    absent += [] if _source() else ["wordpress"]
    return f"needs {', '.join(absent)}: make wordpress-install" if absent else ""


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _source() -> Path | None:
    return next((place for place in PLACES if (place / "wp-includes/version.php").is_file()), None)


@contextlib.contextmanager
def running(wanted: dict[str, Any], folder: str = "") -> Iterator[Blog]:
    """Run WordPress with posts, at http://committee.example/, or in a folder of it ("/blog")."""
    home = f"http://{HOST}{folder}"
    with tempfile.TemporaryDirectory(prefix="necdata-wp-") as temporary:  # short: a socket's path has 107 characters
        place = Path(temporary)
        _unpack(place)
        with _database(place):
            said = _php(place, home, wanted)
            with _server(place, home, folder) as port:
                yield Blog(port, home, place, said["version"], tuple(said["themes"]))


def _unpack(place: Path) -> None:
    """Copy WordPress; links of Debian's to other packages (JavaScript, its own settings) are left out."""
    source = _source()
    assert source is not None

    def dangling(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if not (Path(folder) / name).exists() or name in ("wp-config.php", ".htaccess")]

    shutil.copytree(source, place / "site", ignore=dangling)
    shutil.copy(HERE / "wp-config.php", place / "site")
    for name in ("setup.php", "router.php"):
        shutil.copy(HERE / name, place)


@contextlib.contextmanager
def _database(place: Path) -> Iterator[None]:
    """Run MariaDB on an empty folder, by a socket in it alone: no port, no accounts, no settings of the machine's."""
    (place / "db").mkdir()
    command = [
        str(_program("mariadbd")), "--no-defaults", f"--datadir={place}/db", f"--user={getpass.getuser()}",
        f"--socket={place}/db.sock", f"--pid-file={place}/db.pid", "--skip-networking", "--skip-grant-tables",
        "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M",
    ]  # fmt: skip
    with _process(command, place / "db.log"):
        code = "$d = new mysqli('localhost', 'root', '', '', 0, $argv[1]); $d->query('CREATE DATABASE wordpress');"
        _until(lambda: _succeeds(["php", "-r", code, f"{place}/db.sock"]), place / "db.log")
        yield


@contextlib.contextmanager
def _server(place: Path, home: str, folder: str) -> Iterator[int]:
    """Run PHP's own web server on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fast = ["-d", "opcache.enable_cli=1", "-d", "opcache.revalidate_freq=0"]
    command = ["php", *fast, "-S", f"127.0.0.1:{port}", "-t", f"{place}/site", f"{place}/router.php"]
    with _process(command, place / "server.log", BLOG_HOME=home, BLOG_FOLDER=folder):
        _until(lambda: _answers(port, folder), place / "server.log")
        yield port


@contextlib.contextmanager
def _process(command: list[str], log: Path, **environment: str) -> Iterator[None]:
    """Run a program with what it starts, and end them all."""
    with log.open("wb") as out:
        started = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, env=os.environ | environment
        )  # fmt: skip
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGTERM)
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait(20)


def _until(is_ready: Any, log: Path) -> None:
    until = time.monotonic() + STARTS_IN
    while not is_ready():
        assert time.monotonic() < until, f"did not start in {STARTS_IN} seconds:\n{log.read_text()[-2000:]}"
        time.sleep(0.1)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, timeout=STARTS_IN).returncode == 0


def _answers(port: int, folder: str) -> bool:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{folder}/", headers={"Host": HOST})
    try:
        with urllib.request.urlopen(asked, timeout=STARTS_IN):
            return True
    except (urllib.error.URLError, ConnectionError):
        return False


def _php(place: Path, home: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Run setup.php; raises AssertionError with what PHP said where it fails."""
    done = subprocess.run(
        ["php", "-d", "display_errors=stderr", f"{place}/setup.php"], input=json.dumps(wanted).encode(),
        capture_output=True, timeout=STARTS_IN, env=os.environ | {"BLOG_HOME": home},
    )  # fmt: skip
    assert done.returncode == 0, (done.stderr or done.stdout).decode()[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
