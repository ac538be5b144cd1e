"""processed/manifest.json: what the tables were made from and what they are, so that both can be audited.

It holds no date and nothing of the machine, so that the same pages give the same bytes wherever and
whenever they are read; when a build was done is what the file's own time and the version control tell.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from necdata.coding.codebook import Codebook

NAME = "manifest.json"
FORM = 1  # changes when a program that reads the old form cannot read the new one
DIGITS = 12
REFERENCE = Path(__file__).parents[1] / "reference"


class ManifestError(ValueError):
    """A manifest that is missing or broken: the path and the remedy in one sentence."""


class Item(NamedTuple):
    """One file or codebook that the manifest names; `size` is in bytes, None where nobody measured it."""

    name: str
    sha256: str
    version: str = ""
    page_id: str = ""
    size: int | None = None


class Manifest(NamedTuple):
    """What a manifest says, each part by name, in the order of the file."""

    necdata: str
    pages: dict[str, Item]
    codebooks: dict[str, Item]
    reference: dict[str, Item]
    tables: dict[str, Item]


class Inputs(NamedTuple):
    """What only the build knows of its inputs: the folder of pages, reference tables of the user's own."""

    raw: Path | None = None
    leaders: Path = REFERENCE / "leaders.csv"
    elections: Path = REFERENCE / "elections.csv"


def inputs(raw: str | Path, leaders: str | Path | None = None, elections: str | Path | None = None) -> Inputs:
    """Say what a build reads; None stands for the shipped reference table."""
    shipped = Inputs()
    return Inputs(Path(raw), Path(leaders or shipped.leaders), Path(elections or shipped.elections))


def hashed(data: bytes) -> str:
    """Give the SHA-256 of bytes as `sha256sum` does."""
    return hashlib.sha256(data).hexdigest()


def of_file(path: Path) -> str:
    """Give the SHA-256 of a file, read piece by piece; raises OSError."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def portable(name: str) -> str:
    """Write a file name whose bytes are no UTF-8 as text that can be: the bytes as backslash escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def of_codebook(book: Codebook) -> Item:
    """Describe a codebook by what it says: comments, order of fields and format of its file do not matter."""
    rows = [book.topics.to_dict("records"), book.terms.to_dict("records")]
    words = json.dumps([book.name, book.version, *rows], ensure_ascii=True, sort_keys=True, default=str)
    return Item(book.name, hashed(words.encode()), str(book.version))


def of_reference(name: str, path: Path) -> Item:
    """Describe a reference table: SHA-256 of its file, and as its version the latest day named in its rows.

    Line ends do not count, since version control may change them on the way. Raises OSError.
    """
    data = path.read_bytes().replace(b"\r\n", b"\n")
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
    days = [cell for row in rows for cell in row if re.fullmatch(r"\d{4}-\d\d-\d\d", cell.strip(), re.ASCII)]
    return Item(name, hashed(data), max(days, default=""))


def reference(used: Inputs | None) -> list[Item]:
    """Describe the leaders and the elections that meetings were joined to; none where nobody says which."""
    if used is None:
        return []
    return [of_reference("leaders", used.leaders), of_reference("elections", used.elections)]


def _pages(frame: pd.DataFrame, raw: Path | None) -> list[dict[str, Any]]:
    """List the pages that were read, with the size of those that are still what they were then."""
    found = []
    for file, page_id, sha256 in zip(frame["file"], frame["page_id"], frame["sha256"], strict=True):
        found.append({"file": portable(file), "page_id": page_id, "sha256": sha256, "size": _size(raw, file, sha256)})
    return sorted(found, key=lambda page: str(page["file"]))


def _size(raw: Path | None, file: str, sha256: str) -> int | None:
    if raw is None:
        return None
    try:
        data = (raw / file).read_bytes()
    except OSError:
        return None
    return len(data) if hashed(data) == sha256 else None


def text(folder: Path, pages: pd.DataFrame, codebooks: Sequence[Codebook], used: Inputs | None, version: str) -> str:
    """Write the manifest of a folder of tables that are all there; the same tables and inputs give the same text."""
    tables = [p for p in sorted(folder.iterdir()) if p.is_file() and p.name != NAME]
    described = {
        "manifest": FORM,
        "necdata": version,
        "pages": _pages(pages, used.raw if used else None),
        "codebooks": [{"name": b.name, "version": b.version, "sha256": b.sha256} for b in map(of_codebook, codebooks)],
        "reference": [{"name": r.name, "version": r.version, "sha256": r.sha256} for r in reference(used)],
        "tables": [{"file": p.name, "sha256": of_file(p), "size": p.stat().st_size} for p in tables],
    }
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def read(folder: Path) -> Manifest:
    """Read a folder's manifest; raises ManifestError where it is missing, broken or of another form."""
    path = folder / NAME
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ManifestError(f"{path}: is not there; run `necdata build` again, which writes it") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ManifestError(f"{path}: cannot be read ({error}); run `necdata build` again") from error
    if not isinstance(found, dict) or found.get("manifest") != FORM:
        raise ManifestError(f"{path}: is no manifest of form {FORM}; run `necdata build` again with this version")
    return Manifest(
        str(found.get("necdata", "")),
        *(_items(path, found, part) for part in ("pages", "codebooks", "reference", "tables")),
    )


def _items(path: Path, found: Mapping[str, Any], part: str) -> dict[str, Item]:
    entries = found.get(part)
    if not isinstance(entries, list):
        raise ManifestError(f"{path}: has no list of {part}; run `necdata build` again")
    items: dict[str, Item] = {}
    for number, entry in enumerate(entries, 1):
        item = _item(entry) if isinstance(entry, dict) else None
        if item is None:
            raise ManifestError(f"{path}: {part}, entry {number}, has no name or no sha256; run `necdata build` again")
        if item.name in items:
            raise ManifestError(f"{path}: {part} lists {item.name!r} twice; run `necdata build` again")
        items[item.name] = item
    return items


def _item(entry: Mapping[str, Any]) -> Item | None:
    name, sha256 = entry.get("file", entry.get("name")), entry.get("sha256")
    if not isinstance(name, str) or not isinstance(sha256, str) or not re.fullmatch("[0-9a-f]{64}", sha256):
        return None
    size = entry.get("size")
    known = size if isinstance(size, int) and not isinstance(size, bool) else None
    return Item(name, sha256, str(entry.get("version", "")), str(entry.get("page_id", "")), known)


def digest(folder: Path) -> str:
    """Give the first digits of the SHA-256 of a folder's manifest: a name for just these tables; "" without one."""
    try:
        return hashed((folder / NAME).read_bytes())[:DIGITS]
    except OSError:
        return ""


def page_changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Name the pages (file -> sha256) that hold another text than they did.

    >>> page_changes({"a.txt": "11" * 32}, {"a.txt": "22" * 32})
    ['a.txt: has changed under its name since the tables were built (was 11111111, is 22222222)']
    """
    return [
        f"{file}: has changed under its name since the tables were built (was {before[file][:8]}, is {sha256[:8]})"
        for file, sha256 in sorted(now.items())
        if before.get(file, sha256) != sha256
    ]


def page_moves(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Name the pages (file -> sha256) that went, and those that came; of one that was only renamed, both names.

    >>> page_moves({"a.txt": "11" * 32}, {"b.txt": "11" * 32})
    ['a.txt: is now called b.txt; run `necdata build` again']
    """
    gone, come = {f: before[f] for f in before if f not in now}, {f: now[f] for f in now if f not in before}
    names = {sha256: file for file, sha256 in sorted(come.items(), reverse=True)}
    renamed = {file: names[sha256] for file, sha256 in sorted(gone.items()) if sha256 in names}
    lost, new = sorted(set(gone) - set(renamed)), sorted(set(come) - set(renamed.values()))
    return [
        *(f"{a}: is now called {b}; run `necdata build` again" for a, b in renamed.items()),
        *_few(lost, "is missing from the pages"),
        *_few(new, "is not in the tables; run `necdata build`"),
    ]


def _few(names: Sequence[str], what: str) -> list[str]:
    if len(names) <= 10:
        return [f"{name}: {what}" for name in names]
    return [*_few(names[:9], what), f"{names[9]} and {len(names) - 10} more: each {what}"]
