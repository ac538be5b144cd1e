"""Adding pages to raw/: checked first, copied byte for byte, never over another file."""

from __future__ import annotations

import os
from pathlib import Path

from necdata import catalogue
from necdata.formats import pages
from necdata.reading import posts
from necdata.reading.page import PageError
from necdata.storage import manifest
from necdata.storage.locks import guard, sync, undisturbed

PART = ".necdata-add.part"  # hidden, so that no build takes it for a page


def add(path: Path, raw: Path, url: str = "", author: str = "") -> str:
    """Check one page and copy it into raw/; returns a sentence saying what was done.

    Raises PageError where the file is not a page, holds no post, cannot keep its name in raw/ or changes while it is
    read, CatalogueError where raw/sources.toml is broken, OSError where raw/ cannot be written. Then nothing changed.
    """
    reading = posts.read(pages.read(path, str(path)))
    if not reading.posts:
        raise PageError(path, "has no post in it that necdata can find; save the page that holds the report")
    data = path.read_bytes()
    if manifest.hashed(data) != reading.page.sha256:
        raise PageError(path, "changed while it was read; add it again when it is all there")
    done = _keep(data, path, raw, url, author)
    n = len(reading.posts)
    return f"{path.name}: {done} ({reading.layout}, {n} post{'s' * (n != 1)})"


def _keep(data: bytes, path: Path, raw: Path, url: str, author: str) -> str:
    """Put a page into raw/, alone among those who add: what is said of it first, and then, in one step, itself."""
    raw.mkdir(parents=True, exist_ok=True)
    with guard(raw), undisturbed():
        twin = next((p for p in pages.files(raw) if _same(p, data)), None)
        part, target = raw / PART, raw / path.name
        try:
            if twin is None:
                _check_name(target, data)
                _stage(part, data)
            if url or author:
                _record(raw, manifest.hashed(data), (twin or path).name, url, author)
            if twin is None:
                _place(part, target)
        finally:
            part.unlink(missing_ok=True)
    return f"is there already as {twin.name}" if twin else f"added to {raw}"


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:  # a neighbour that cannot be read is for the build to name
        return False


def _check_name(target: Path, data: bytes) -> None:
    """Refuse a name that is taken, and one that no build would take for a page's."""
    if os.path.lexists(target):
        raise PageError(target, "is there already with other contents; rename the new page")
    hidden = target.name.startswith(".")
    foreign = target.suffix.lower() == ".json" and not pages.is_json_feed(data)
    if hidden or foreign or target.name in pages.NOT_PAGES or target.suffix.lower() in pages.NOT_TEXT:
        raise PageError(target.name, "has a name that a build passes over; rename it to end in .txt or .html")
    try:
        target.name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PageError(target.name, "has a name that is not UTF-8; rename it") from error


def _stage(part: Path, data: bytes) -> None:
    part.unlink(missing_ok=True)
    part.write_bytes(data)
    sync(part)


def _place(part: Path, target: Path) -> None:
    """Give a staged file its name in one step; an existing one is never touched."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise PageError(target, "is there already with other contents; rename the new page") from error
    except OSError:  # a file system without links; the lock keeps others who add from the name
        part.rename(target)
    sync(target.parent)


def _record(raw: Path, digest: str, name: str, url: str, author: str) -> None:
    """Append what the user says of a page to raw/sources.toml, in one step, unless the last word on it says so."""
    path = raw / "sources.toml"
    before = path.read_bytes() if path.exists() else b""
    told = [p for p in catalogue.read(path).get("page", []) if p["sha256"] == digest] if before else []
    last = told[-1] if told else {}
    if (last.get("url", ""), last.get("author", ""), last.get("said_by")) == (url, author, "user"):
        return
    part = path.with_name(".sources.toml.part")
    try:
        part.write_bytes(before + catalogue.entry(digest, name, url, author).encode())
        catalogue.read(part)
        sync(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
