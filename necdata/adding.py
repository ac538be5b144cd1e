"""Adding pages to raw/: checked first, copied byte for byte, never over another file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from necdata import catalogue, pages, posts
from necdata.pages import PageError


def add(path: Path, raw: Path, url: str = "", author: str = "") -> str:
    """Check one page and copy it into raw/; returns a sentence saying what was done.

    Raises PageError where the file is not a page, holds no post, or its name is taken by another page.
    """
    reading = posts.read(pages.read(path, str(path)))
    if not reading.posts:
        raise PageError(path, "has no post in it that necdata can find; save the page that holds the report")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    raw.mkdir(parents=True, exist_ok=True)
    twin = next((p for p in pages.files(raw) if _same(p, data)), None)
    if twin is None:
        _copy(data, raw / path.name)
    if url or author:
        _record(raw, digest, path.name, url, author)
    n, name = len(reading.posts), reading.layout
    done = f"is there already as {twin.name}" if twin else f"added to {raw}"
    return f"{path.name}: {done} ({name}, {n} post{'s' * (n != 1)})"


def _same(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _copy(data: bytes, target: Path) -> None:
    """Write a new file in one step; an existing one is never touched."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        os.link(part, target)
    except FileExistsError as error:
        raise PageError(target, "is there already with other contents; rename the new page") from error
    finally:
        part.unlink(missing_ok=True)


def _record(raw: Path, digest: str, name: str, url: str, author: str) -> None:
    """Append what the user says of a page to raw/sources.toml, in one step."""
    path = raw / "sources.toml"
    before = path.read_text("utf-8") if path.exists() else ""
    part = path.with_name(".sources.toml.part")
    part.write_text(before + catalogue.entry(digest, name, url, author), "utf-8")
    catalogue.read(part)
    part.replace(path)
