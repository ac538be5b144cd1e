"""Pages as they were found: bytes in, numbered lines out, nothing thrown away."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path

from necdata.formats import archived
from necdata.reading.page import Line, Page, PageError

LARGEST_PAGE = 25_000_000  # bytes; the longest report known is under 100,000
NOT_TEXT = {".csv", ".toml"}
NOT_PAGES = {"README.md", "sources.toml", ".gitignore", "ledger.jsonl"}

# What a file begins with, and what its reader can do about it.
FOREIGN = {
    b"%PDF": "is a PDF; convert it with `pdftotext -layout FILE.pdf FILE.txt` and add the text",
    b"PK\x03\x04": "is a zip, Word or OpenDocument file; save it as plain text or HTML",
    b"\x1f\x8b": "is gzipped; unpack it with gunzip first",
    b"\x89PNG": "is a picture; save the page's text instead",
    b"\xff\xd8\xff": "is a picture; save the page's text instead",
    b"GIF8": "is a picture; save the page's text instead",
    b"\xd0\xcf\x11\xe0": "is an old Word file; save it as plain text or HTML",
}


def files(raw: Path) -> list[Path]:
    """List the pages in a folder of raw pages, sub-folders included, in the order of their names."""
    if not raw.is_dir():
        raise PageError(raw, "is not a folder; name the folder that holds the pages with --raw")
    found = (
        p
        for p in raw.rglob("*")
        if p.name not in NOT_PAGES
        and p.suffix.lower() not in NOT_TEXT
        and not any(part.startswith(".") for part in p.relative_to(raw).parts)
    )
    return sorted(p for p in found if not p.is_dir() and (p.suffix.lower() != ".json" or _holds_posts(p)))


def is_json_feed(data: bytes) -> bool:
    """Tell JSON of posts by its beginning from JSON of settings, which is no page."""
    from necdata.formats import json_feeds

    return json_feeds.is_feed(data[:20_000].decode("utf-8", "replace"))


def _holds_posts(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as handle:
            return is_json_feed(handle.read(20_000))
    except OSError:
        return True  # for the reader to name


def read(path: Path, name: str | None = None) -> Page:
    """Read one file as a page of numbered lines.

    The page's id is the first eight digits of the SHA-256 of its bytes, so that it is the same on every machine and
    under every name. Raises PageError, one sentence naming the file and the remedy, for what is not a page.
    """
    name = name or path.name
    data = _bytes(path, name)
    digest = hashlib.sha256(data).hexdigest()
    kept = archived.read(data, name) if archived.is_archived(data) else None
    text, notes = decode(kept.data if kept else data, name)
    kind = sniff(text)
    addresses: tuple[tuple[int, str], ...] = ()
    if kind == "text":
        lines = tuple(number(text))
    else:
        from necdata.formats import markup

        lines = tuple(markup.lines(text, kind, name))
        addresses = tuple(markup.addresses(text, kind, name).items())
    if kept:
        lines, addresses = _as_filed(kept, lines, addresses)
        notes.append("taken out of a web archive (MHTML)")
    if not any(line.text.strip() for line in lines):
        raise PageError(name, "holds no text; save the page again")
    return Page(digest[:8], name, digest, kind, len(text), lines, tuple(notes), addresses)


def _as_filed(
    kept: archived.Archived, lines: tuple[Line, ...], addresses: tuple[tuple[int, str], ...]
) -> tuple[tuple[Line, ...], tuple[tuple[int, str], ...]]:
    """Number a web archive's lines as its file does; its address is the post's where it holds one and states none."""

    def raw(line: int) -> int:
        return kept.numbers[min(line, len(kept.numbers)) - 1]

    found = tuple(line._replace(number=raw(line.number)) for line in lines)
    titles = [line.number for line in found if line.hint == "title"]
    known = tuple((raw(line), url) for line, url in addresses)
    if not known and len(titles) == 1 and kept.address.startswith("http"):
        known = ((titles[0], kept.address),)
    return found, known


def _bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise PageError(name, "is a folder; name the files in it")
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe is never done being read
            raise PageError(name, "is no file but a pipe, socket or device; remove it from the folder")
        size = state.st_size
        if size > LARGEST_PAGE:
            raise PageError(
                name,
                f"is too large ({size / 1e6:.0f} MB, the limit is {LARGEST_PAGE / 1e6:.0f} MB); split it into pages",
            )
        data = path.read_bytes()
    except OSError as error:
        raise PageError(name, f"cannot be read ({error.strerror}); check that it exists and its permissions") from error
    if not data.strip():
        raise PageError(name, "is empty; save the page again")
    return data


def decode(data: bytes, name: str = "page") -> tuple[str, list[str]]:
    """Decode a page's bytes: UTF-8, UTF-16 with or without its mark, else Windows-1252; notes say if not UTF-8."""
    for magic, problem in FOREIGN.items():
        if data.startswith(magic):
            raise PageError(name, problem)
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PageError(
            name, f"is neither UTF-8, UTF-16 nor Windows-1252 text (byte {error.start}); save it as UTF-8"
        ) from error
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text[:100_000]))
    if controls > len(text[:100_000]) / 200:
        raise PageError(name, "is binary, not text; save the page as text or HTML")
    notes = [] if encoding.startswith("utf-8") else [f"read as {encoding}, not UTF-8"]
    return _mend(text, notes), notes


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:4000]
    if head.count(0) > len(head) / 4:  # a NUL beside every Latin letter
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _mend(text: str, notes: list[str]) -> str:
    """Undo UTF-8 once read as Windows-1252 (`â€™` for an apostrophe), where that is certain."""
    if not re.search(r"â€[™œ“˜\x9d¢¦]|Ã[©¨¢´¶¼¡³±]|Â[ £·\xa0]", text):
        return text
    import ftfy

    mended = "".join(ftfy.fix_encoding(line) for line in text.splitlines(keepends=True))
    if mended != text:
        notes.append("repaired text that had been decoded with the wrong character set")
    return mended


def number(text: str) -> list[Line]:
    """Number the lines of a text as editors do (LF, CRLF and CR end a line, nothing else does).

    >>> [(line.number, line.text) for line in number("a\\r\\n\\nb")]
    [(1, 'a\\r\\n'), (2, '\\n'), (3, 'b')]
    """
    parts = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)
    return [Line(i, part) for i, part in enumerate(parts, 1)]


def sniff(text: str) -> str:
    """Tell the format of a page from its beginning: text, html, feed (RSS, Atom, JSON) or wxr (a WordPress export)."""
    head = text[:5000].lstrip("\ufeff \t\r\n").lower()
    if re.match(r"<\?xml|<rss|<feed|<!--", head) and re.search(r"<(rss|feed|rdf:rdf)\b", head):
        return "wxr" if "wordpress.org/export" in head else "feed"
    if head[:1] in ("[", "{"):
        from necdata.formats import json_feeds

        return "feed" if json_feeds.is_feed(text) else "text"
    if re.match(r"<!doctype html|<html|<\?xml", head) or re.search(r"<(head|body|article|div)\b[^>]*>", head):
        return "html"
    return "text"
