"""What came from where, when and with which hash; files that are never overwritten."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from necdata.fetching.network import FetchError

NAME = "ledger.jsonl"
PART = ".fetch-*.part"


class Entry(NamedTuple):
    """One line of the ledger: an answer, or the end of a run (`done`).

    `url` is what was asked, `final_url` what answered; `file` is the path in raw/ ("" where nothing
    was to be saved), `bytes` its size; `next` the address that follows; `posts` the keys of the
    posts in the file, `others` those of the posts that the answer lists and that are to be had
    elsewhere.
    """

    site: str = ""
    url: str = ""
    final_url: str = ""
    time: str = ""
    status: int = 0
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    file: str = ""
    bytes: int = 0
    next: str = ""
    posts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    note: str = ""
    done: bool = False


def read(raw: Path) -> list[Entry]:
    """Read the ledger of a folder, oldest first, without a line that was cut short."""
    path = raw / NAME
    if not path.is_file():
        return []
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    return [entry for entry in map(_entry, lines) if entry]


def _entry(line: str) -> Entry | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    found = {k: tuple(map(str, v)) if isinstance(v, list) else v for k, v in found.items()}
    defaults = Entry._field_defaults
    return Entry(**{k: v for k, v in found.items() if k in defaults and type(v) is type(defaults[k])})


def append(raw: Path, entry: Entry) -> None:
    """Write one line at the end of the ledger, in one step and down to the disk."""
    stamped = entry._replace(time=entry.time or dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    filled = {k: v for k, v in stamped._asdict().items() if v != Entry._field_defaults[k]}
    with (raw / NAME).open("ab+") as ledger:
        torn = ledger.seek(0, os.SEEK_END) and (ledger.seek(-1, os.SEEK_END), ledger.read())[1] != b"\n"
        ledger.write(b"\n" * bool(torn) + json.dumps(filled).encode() + b"\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def held(entries: list[Entry], raw: Path) -> set[str]:
    """List the posts whose file is still in raw/."""
    there = {file for file in {entry.file for entry in entries if entry.file} if os.path.isfile(raw / file)}
    return {key for entry in entries if entry.file in there for key in entry.posts}


def whole(entry: Entry, held: set[str]) -> bool:
    """Tell whether all that an earlier answer listed is still in raw/."""
    return entry.status == 200 and held.issuperset((*entry.posts, *entry.others))


def unfinished(entries: list[Entry], site: str, within: dt.timedelta = dt.timedelta(days=1)) -> dict[str, Entry]:
    """Find the addresses answered by a run of a site that was interrupted less than a day ago."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.site == site:
            found = {} if entry.done else {**found, entry.url: entry}
    return {url: entry for url, entry in found.items() if entry.status in (200, 304) and _recent(entry.time, within)}


def _recent(time: str, within: dt.timedelta) -> bool:
    try:
        return abs(dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(time)) < within
    except (ValueError, TypeError):
        return False


def pages(raw: Path) -> dict[str, Entry]:
    """Give the entry of every file fetched by the SHA-256 of its bytes: where a page is from."""
    return {entry.sha256: entry for entry in read(raw) if entry.file and entry.sha256}


def slug(url: str) -> str:
    """Make the part of a file name that tells a person what is in it; only a-z, 0-9 and hyphens.

    >>> slug("https://example.org/2017/10/../..%2FNEC%20report/")
    'nec-report'
    """
    segments = [s for s in urlsplit(url).path.split("/") if s]
    last = re.sub(r"[^a-z0-9]+", "-", unquote(segments[-1]).lower() if segments else "").strip("-")
    return last[:60].strip("-") or "page"


def save(raw: Path, host: str, url: str, body: bytes, suffix: str) -> tuple[str, bool]:
    """Keep a page as raw/HOST/SLUG-HASH.xml (or .html); returns its path in raw/, and if new.

    Written beside its place and then linked there, so that a page is there whole or not at all. The
    name holds the first digits of its hash, more of them where another page has the name, so that
    nothing is ever overwritten.
    """
    digest = hashlib.sha256(body).hexdigest()
    folder = raw / host
    folder.mkdir(parents=True, exist_ok=True)
    for digits in (8, 16, 64):
        target = folder / f"{slug(url)}-{digest[:digits]}{suffix}"
        if not target.exists():
            _place(body, target)
            return f"{host}/{target.name}", True
        if target.is_file() and target.read_bytes() == body:
            return f"{host}/{target.name}", False
    raise FetchError(f"{target}: is there already with other contents; rename it")


def _place(body: bytes, target: Path) -> None:
    part = target.with_name(f".fetch-{os.getpid()}.part")
    try:
        with part.open("wb") as handle:
            handle.write(body)
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(part, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links; the lock keeps others from the name
            part.rename(target)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(raw: Path) -> Iterator[None]:
    """Let one fetch work in a folder at a time, and clear what a killed one left behind."""
    raw.mkdir(parents=True, exist_ok=True)
    with (raw / NAME).open("ab") as ledger:
        try:
            import fcntl

            fcntl.flock(ledger, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows: two fetches at once would only do some work twice
            pass
        except BlockingIOError as error:
            raise FetchError(f"{raw}: another fetch is at work there; wait for it to end") from error
        for part in raw.glob(f"*/{PART}"):
            part.unlink(missing_ok=True)
        yield
