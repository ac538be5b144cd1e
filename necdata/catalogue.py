"""The catalogue raw/sources.toml: which site and author a page is from, where the page itself does not tell."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

SHIPPED = Path(__file__).resolve().parent.parent / "raw" / "sources.toml"


class Source(NamedTuple):
    """What is known of a page from outside it: "" where nothing is; `said_by` is catalogue or user."""

    site: str = ""
    url: str = ""
    author: str = ""
    said_by: str = ""


class CatalogueError(ValueError):
    """A sources.toml that cannot be read: file, line and remedy in one sentence."""


class Catalogue(NamedTuple):
    """Pages by sha256 and sites by host."""

    pages: dict[str, Source]
    sites: dict[str, Source]

    def of(self, sha256: str) -> Source:
        """Look a page up by the SHA-256 of its bytes; its site's author stands in where the page's entry has none."""
        page = self.pages.get(sha256, Source())
        host = page.site or urlsplit(page.url).netloc.removeprefix("www.")
        site = self.sites.get(host, Source())
        return Source(host, page.url, page.author or (site.author if page.url or page.site else ""), page.said_by)


def load(raw: Path) -> Catalogue:
    """Read a folder's sources.toml on top of the shipped one; an entry for the same page in the folder's wins."""
    pages: dict[str, Source] = {}
    sites: dict[str, Source] = {}
    for path in dict.fromkeys((SHIPPED, raw / "sources.toml")):
        if path.is_file():
            found = read(path)
            sites.update({s["host"]: _source(s, path, host=s["host"]) for s in found.get("site", [])})
            pages.update({p["sha256"]: _source(p, path) for p in found.get("page", [])})
    return Catalogue(_fetched(raw) | pages, sites)


def _fetched(raw: Path) -> dict[str, Source]:
    """Read where fetched pages are from off the ledger of `necdata fetch`: a feed's site, a page's own address."""
    if not (raw / "ledger.jsonl").is_file():
        return {}
    from necdata.fetching import ledger

    return {
        sha256: Source(e.site, e.final_url if e.file.endswith(".html") else "", "", "catalogue")
        for sha256, e in ledger.pages(raw).items()
    }


def read(path: Path) -> dict[str, Any]:
    """Read and check one sources.toml; raises CatalogueError naming file, entry and remedy."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError(f"{path}: is not TOML ({error}); mend that line") from error
    for table, key in (("site", "host"), ("page", "sha256")):
        if not isinstance(found.get(table, []), list):
            raise CatalogueError(f"{path}: {table} is no list; write each under a line [[{table}]]")
        for number, entry in enumerate(found.get(table, []), 1):
            if not isinstance(entry, dict) or not isinstance(entry.get(key), str):
                raise CatalogueError(f"{path}: [[{table}]] number {number} has no {key}; add it")
    return found


def _source(entry: dict[str, Any], path: Path, host: str = "") -> Source:
    author = entry.get("author", "")
    author = "; ".join(map(str, author)) if isinstance(author, list) else author
    site, url, said_by = entry.get("site", ""), entry.get("url", ""), entry.get("said_by", "catalogue")
    return Source(_words(host or site), _words(url), _words(author), _words(said_by))


def _words(value: object) -> str:
    """Write a field as one line of what can be seen: TOML can state characters that no picture or terminal takes."""
    seen = (" " if unicodedata.category(c)[0] == "C" else c for c in str(value))
    return " ".join("".join(seen).split())


def entry(sha256: str, file: str, url: str = "", author: str = "", said_by: str = "user") -> str:
    """Write one page's entry as TOML, strings escaped, to be appended to a sources.toml."""
    fields = {"sha256": sha256, "file": file, "url": url, "author": author, "said_by": said_by}
    lines = [f"{key} = {_quoted(value)}" for key, value in fields.items() if value]
    return "\n[[page]]\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
