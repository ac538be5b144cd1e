"""The shelf: where leaves lie between reading and writing, and from one build to the next.

It is one SQLite file in a hidden folder beside the tables, `.processed-cache/`, that version control ignores, or a
nameless one that goes with the build. A leaf is found by the SHA-256 of its page. The shelf as a whole belongs to the
code, the codebooks and the libraries that made its leaves (`digest`): of any other it is emptied. Every leaf is kept
with a checksum; what does not fit it is read again from its page: a damaged shelf costs time, and never a figure.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import sqlite3
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from necdata.coding.codebook import Codebook
from necdata.pipeline.leaves import Written
from necdata.storage import manifest

FORM = 1  # changes when a leaf is written in another form
FILE = "readings.sqlite"
PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("ftfy", "nltk", "numpy", "pandas", "selectolax")
NOTE = "# Made by necdata: readings of pages, to be kept out of version control. It can be deleted at any time.\n*\n"
_TABLE = """CREATE TABLE IF NOT EXISTS leaf (
    sha256 TEXT PRIMARY KEY, light BLOB, shingles BLOB, sum BLOB, bodies BLOB, body_sum BLOB) WITHOUT ROWID"""


def digest(books: Sequence[Codebook]) -> str:
    """Name all that leaves depend on besides their pages: code, codebooks, Python and libraries."""
    return hashlib.sha256(f"{_code()} {[manifest.of_codebook(book) for book in books]}".encode()).hexdigest()


@cache
def _code() -> str:
    """Name the code and what runs it, as they were when this process began."""
    libraries = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    found = hashlib.sha256(f"{FORM} {sys.version} {libraries}".encode())
    for path in sorted(PACKAGE.rglob("*.py")):  # all of it: a rule may come to use any module
        found.update(f"{path.relative_to(PACKAGE).as_posix()} {manifest.of_file(path)}\n".encode())
    return found.hexdigest()


def beside(processed: Path) -> Path:
    """Name the folder of the shelf that belongs to a folder of tables."""
    real = processed.resolve()
    return real.with_name(f".{real.name}-cache")


class Shelf:
    """Leaves by the SHA-256 of their pages; `folder` None keeps them for one build only."""

    def __init__(self, folder: Path | None, made_by: str):
        self._made_by = made_by
        self._connection = _opened(folder, made_by) if folder else _nameless()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def put(self, written: Written) -> None:
        """Keep a leaf; what cannot be kept for the next build is kept for this one."""
        sha256, light, shingles, bodies = written
        row = (sha256, light, shingles, self._sum(sha256, light, shingles), bodies, self._sum(sha256, bodies))
        try:
            self._connection.execute("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error:  # full, locked by another build, or damaged
            self._leave()
            self._connection.execute("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?, ?, ?, ?)", row)

    def _leave(self) -> None:
        """Go on without the file: what was on it and is asked for is read from its page again."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.rollback()
            self._connection.close()
        self._connection = _nameless()

    def keep(self) -> None:
        """Bring what was put down to the file, so that an interrupted build can be taken up there."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.commit()

    def is_empty(self) -> bool:
        """Tell whether nothing lies on it."""
        try:
            return self._connection.execute("SELECT 1 FROM leaf LIMIT 1").fetchone() is None
        except sqlite3.Error:
            return True

    def light(self, sha256: str) -> tuple[bytes, bytes] | None:
        """Give the light part and the shingles of a page's leaf; None where there is none, or it is damaged."""
        light, shingles, sum_ = self._row("light, shingles, sum", sha256) or (b"", b"", b"")
        return (light, shingles) if sum_ and self._sum(sha256, light, shingles) == sum_ else None

    def bodies(self, sha256: str) -> bytes | None:
        """Give the bodies of a page's leaf; None where there are none, or they are damaged."""
        bodies, sum_ = self._row("bodies, body_sum", sha256) or (b"", b"")
        return bodies if sum_ and self._sum(sha256, bodies) == sum_ else None

    def _row(self, columns: str, sha256: str) -> tuple[bytes, ...] | None:
        try:
            row = self._connection.execute(f"SELECT {columns} FROM leaf WHERE sha256 = ?", (sha256,)).fetchone()
        except sqlite3.Error:
            return None
        return row if row and all(isinstance(value, bytes) for value in row) else None

    def drop_others(self, wanted: Collection[str]) -> None:
        """Forget the leaves of pages that are no more."""
        with contextlib.suppress(sqlite3.Error):
            held = [sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM leaf")]
            gone = [(sha256,) for sha256 in held if sha256 not in wanted]
            self._connection.executemany("DELETE FROM leaf WHERE sha256 = ?", gone)
            self._connection.commit()

    def _sum(self, sha256: str, *parts: bytes) -> bytes:
        found = hashlib.blake2b(f"{self._made_by} {sha256} {[len(p) for p in parts]}".encode(), digest_size=16)
        for part in parts:
            found.update(part)
        return found.digest()


def _nameless() -> sqlite3.Connection:
    """Open a database that SQLite keeps in memory while it is small, and in a file without a name after that."""
    connection = sqlite3.connect("")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute(_TABLE)
    return connection


def _opened(folder: Path, made_by: str) -> sqlite3.Connection:
    """Open a folder's shelf, emptied where other code or another codebook filled it; a nameless one if that fails."""
    for _ in range(2):
        with contextlib.suppress(OSError, sqlite3.Error):
            folder.mkdir(exist_ok=True)
            (folder / ".gitignore").write_text(NOTE, "utf-8")
            return _own(folder / FILE, made_by)
        with contextlib.suppress(OSError):
            (folder / FILE).unlink()
    return _nameless()


def _own(path: Path, made_by: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=1)
    try:
        # Not waiting for the disk is safe here: a shelf that a power cut damaged fails its checksums.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_TABLE)
        connection.execute("CREATE TABLE IF NOT EXISTS made_by (digest TEXT)")
        if [row[0] for row in _rows(connection, "SELECT digest FROM made_by")] != [made_by]:
            connection.execute("DELETE FROM leaf")
            connection.execute("DELETE FROM made_by")
            connection.execute("INSERT INTO made_by VALUES (?)", (made_by,))
            connection.commit()
            connection.execute("VACUUM")
        connection.execute("SELECT count(*) FROM leaf").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[tuple[str, ...]]:
    yield from connection.execute(query)
