"""Feeds (RSS 2.0, RSS 1.0, Atom) and WordPress exports as entries, with the line of each thing that is said.

The parser is expat, through the standard library: it counts lines, is linear, opens no files and no addresses. Entity
declarations are refused outright, so that no entity can grow; depth and number of elements are bounded.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import NamedTuple
from xml.parsers import expat

from necdata import hints, hypertext
from necdata.pages import Line, PageError

DEEPEST = 100  # levels of XML; the deepest feed seen has 12, of inline XHTML
MOST_ELEMENTS = 1_000_000
_ENTRIES = {"item", "entry"}
_CUT = re.compile(r"\s*(?:\[(?:…|\.\.\.|more)\]|…|\.\.\.|\(more(?:…|\.\.\.)?\))\s*$")
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|youtube|video|audio|slideshare|soundcloud|scribd|tweet|vimeo|contact-form|contact-field|wpvideo|googlemaps|polldaddy|playlist|archives|blog_subscription_form)\b[^\]\n]{0,500}\]"
)
_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|table|blockquote)\b", re.IGNORECASE)


class Field(NamedTuple):
    """A thing that an entry says: its name (without prefix), where, in what words, with which attributes."""

    name: str
    line: int
    text: str
    text_line: int
    attributes: dict[str, str]


class Entry(NamedTuple):
    """An item of a feed: the line on which it begins, what it says, and its comments (in an export)."""

    line: int
    fields: list[Field]
    comments: list[list[Field]]

    def of(self, *names: str) -> list[Field]:
        """List what is said under the first of some names that says anything."""
        for name in names:
            found = [f for f in self.fields if f.name == name and (f.text.strip() or f.attributes)]
            if found:
                return found
        return []


class Feed(NamedTuple):
    """A feed: what it says of itself, and its entries in order."""

    fields: list[Field]
    entries: list[Entry]


def lines(text: str, kind: str, name: str) -> list[Line]:
    """Turn a feed or export into lines with hints: for each post its title, author, date, body, categories, comments."""
    feed = read(text, name)
    found = [Line(f.line, _words(f) + "\n", "") for f in feed.fields if f.name in ("title", "subtitle", "description", "tagline") and _words(f)]
    writers = _writers(feed)
    for entry in feed.entries:
        if _is_post(entry):
            found.extend(_post(entry, kind, name, writers, _owner(feed)))
    return found


def addresses(text: str, kind: str, name: str) -> list[tuple[int, str]]:
    """List the line of each post's title with the post's own address."""
    return [(_title_line(e), _address(e)) for e in read(text, name).entries if _is_post(e)]


def read(text: str, name: str) -> Feed:
    """Parse a feed. Malformed XML is repaired where its sense is certain: bare ampersands, HTML's entities, control
    characters. Raises PageError naming file, line and remedy for the rest."""
    mended = _named_entities(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", text.lstrip("\ufeff \t\r\n")))
    skipped = hypertext.newlines(text[: len(text) - len(text.lstrip("\ufeff \t\r\n"))])
    try:
        return _parse(mended, name, skipped)
    except expat.ExpatError:
        repaired = re.sub(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)", lambda m: "&amp;" if m[0] == "&" else m[0], mended, flags=re.DOTALL)
    try:
        return _parse(repaired, name, skipped)
    except expat.ExpatError as error:
        problem = expat.errors.messages.get(error.code, "error")
        raise PageError(
            name, f"is not well-formed XML (line {error.lineno + skipped}: {problem}); download it again, or repair that line"
        ) from None


def _named_entities(text: str) -> str:
    """Put characters for HTML's named entities, which XML does not know."""
    kept = {"amp", "lt", "gt", "quot", "apos"}

    def put(match: re.Match[str]) -> str:
        return match[0] if match[1] in kept else html5.get(match[1] + ";", match[0])

    return re.sub(r"&([a-zA-Z][a-zA-Z0-9]{1,31});", put, text)


def _parse(text: str, name: str, skipped: int) -> Feed:
    reader = _Reader(name, skipped)
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=None)
    reader.parser = parser
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    parser.Parse(text.encode("utf-8"), True)
    return Feed(reader.fields, reader.entries)


class _Reader:
    """Collects fields while expat reads: those of the feed, of each entry, of each comment."""

    parser: expat.XMLParserType

    def __init__(self, name: str, skipped: int) -> None:
        self.name, self.skipped = name, skipped
        self.path: list[str] = []
        self.fields: list[Field] = []
        self.entries: list[Entry] = []
        self.comment: list[Field] | None = None
        self.count = 0
        self.texts: list[str] = []
        self.begun: tuple[str, int, dict[str, str]] = ("", 0, {})
        self.text_line = 0
        self.level = 0  # depth of the field being read, 0 between fields
        self.entry_level = 0
        self.comment_level = 0

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber + self.skipped

    def entity(self, *_: object) -> None:
        raise PageError(self.name, f"declares XML entities (line {self.line}), which a feed never needs; remove its DOCTYPE or download it again")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(tag)
        self.count += 1
        if len(self.path) > DEEPEST:
            raise PageError(self.name, f"nests elements more than {DEEPEST} deep (line {self.line}); it is no feed that necdata can read")
        if self.count > MOST_ELEMENTS:
            raise PageError(self.name, f"has more than {MOST_ELEMENTS:,} XML elements; split it")
        plain = tag.rpartition(":")[2]
        if self.level:  # markup inside a field: Atom's inline XHTML, kept as such
            if self.begun[0] not in ("author", "image", "source"):
                self.texts.append(f"<{plain}" + "".join(f' {k}="{html.escape(v)}"' for k, v in attributes.items()) + ">")
            return
        if plain in _ENTRIES and not self.entry_level:
            self.entries.append(Entry(self.line, [], []))
            self.entry_level = len(self.path)
        elif tag == "wp:comment" and self.entry_level:
            self.comment = []
            self.comment_level = len(self.path)
            self.entries[-1].comments.append(self.comment)
        elif plain not in ("rss", "feed", "RDF", "channel") and not (tag == "wp:author"):
            self.begun = (tag if tag.startswith(("wp:", "excerpt:", "itunes:", "media:")) else plain, self.line, attributes)
            self.level = len(self.path)
            self.texts, self.text_line = [], 0

    def text(self, text: str) -> None:
        if self.level:
            if not self.text_line:
                self.text_line = self.line
            self.texts.append(html.escape(text, quote=False) if self._is_inline() else text)

    def _is_inline(self) -> bool:
        return self.begun[2].get("type") == "xhtml"

    def end(self, tag: str) -> None:
        depth = len(self.path)
        self.path.pop()
        if self.level and depth > self.level:
            plain = tag.rpartition(":")[2]
            if self.begun[0] not in ("author", "image", "source"):
                self.texts.append(f"</{plain}>")
            elif plain in ("email", "uri"):
                self.texts.clear()
            elif plain == "name":
                self.fields_now().append(Field("author", self.begun[1], "".join(self.texts), self.text_line, {}))
                self.texts = []
            return
        if self.level == depth:
            name, line, attributes = self.begun
            if name not in ("author", "image", "source") or "".join(self.texts).strip():
                self.fields_now().append(Field(name, line, "".join(self.texts), self.text_line or line, attributes))
            self.level = 0
        elif self.comment is not None and depth == self.comment_level:
            self.comment = None
        elif depth == self.entry_level:
            self.entry_level = 0

    def fields_now(self) -> list[Field]:
        """Give the list that the field being read belongs to."""
        if self.comment is not None:
            return self.comment
        return self.entries[-1].fields if self.entry_level else self.fields
