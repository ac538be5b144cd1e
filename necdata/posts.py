"""Posts: what was published under one title, with its sections and passages, read off a page."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import NamedTuple

from necdata import bylines, layouts, lines
from necdata.layouts.structure import Span
from necdata.pages import Page

WORD = re.compile(r"\w+(?:[’'‐-]\w+)*")


class Passage(NamedTuple):
    """A paragraph or list item: the unit that is coded. `section` counts from 0, the part before any heading."""

    line: int
    text: str
    form: str
    section: int


class Section(NamedTuple):
    """A headed part of a post; the first has no heading."""

    line: int
    heading: str


class Post(NamedTuple):
    """A post as printed on one page, before copies are merged."""

    page_id: str
    number: int
    line: int
    title: str
    authors: tuple[str, ...]
    published: dt.date | None
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    is_partial: bool
    n_comments: int

    @property
    def text(self) -> str:
        """Give the body as one text, a passage a line."""
        return "\n".join(p.text for p in self.passages)


class Reading(NamedTuple):
    """All that was read off a page: its layout, its posts, and where every character went."""

    page: Page
    layout: str
    posts: tuple[Post, ...]
    spans: tuple[Span, ...]
    owner: str = ""

    def accounts(self) -> Counter[str]:
        """Count the page's characters by account: post, comment, boilerplate."""
        counts: Counter[str] = Counter()
        for span in self.spans:
            counts[span.account] += span.piece.size
        return counts

    def boilerplate(self) -> Counter[str]:
        """Count the characters of boilerplate by its name."""
        counts: Counter[str] = Counter()
        for span in self.spans:
            if span.account == "boilerplate":
                counts[span.role] += span.piece.size
        return counts


def count_words(text: str) -> int:
    """Count the words of a text; "by-election" and "leader's" are one each.

    >>> count_words("• The leader’s by-election report, 2019")
    5
    """
    return len(WORD.findall(text))


def read(page: Page) -> Reading:
    """Read the posts off a page, in the order in which they stand on it."""
    layout, spans = layouts.mark(lines.pieces(page.lines))
    numbers = sorted({span.post for span in spans if span.post >= 0})
    posts = tuple(_post(page, n, [s for s in spans if s.post == n]) for n in numbers)
    header = " ".join(s.piece.text for s in spans if s.role == "page header")
    return Reading(page, layout, posts, tuple(spans), owner(header))


def owner(header: str) -> str:
    """Read whose blog it is from a page's header, "" where it does not say.

    >>> owner("A blog by Jo Bloggs about politics")
    'Jo Bloggs'
    """
    match = re.search(r"\b(?:blog|notes|views|thoughts|website|site|diary) (?:by|of|from) (.{3,60})", header, re.IGNORECASE)
    found = bylines.names(re.split(r"\b(?:about|on|for|-|–)\b", match.group(1))[0]) if match else ()
    return found[0] if found else ""


def _post(page: Page, number: int, spans: list[Span]) -> Post:
    title = next((s for s in spans if s.role == "title"), None)
    body = [s for s in spans if s.account == "post" and s.role in ("heading", "paragraph", "item")]
    authors, published = _credits(spans)
    while body and body[-1].role == "heading" and _signs(body[-1].piece.text):
        authors = authors or bylines.names(body[-1].piece.text)
        body.pop()
    sections, passages = _sections(body)
    first = title or next((s for s in spans if s.account == "post"), spans[0])
    return Post(
        page.page_id, number, first.piece.line, title.piece.text if title else "", authors, published,
        tuple(sections), tuple(passages),
        any(s.role == "cut-off marker" for s in spans),
        sum(s.role == "comment" for s in spans),
    )  # fmt: skip


def _signs(text: str) -> bool:
    """Tell a sign-off ("Jo Bloggs, NEC member") from a heading with nothing under it."""
    return len(text.split()) <= 12 and bool(bylines.names(text.split(",")[0]))


def _credits(spans: list[Span]) -> tuple[tuple[str, ...], dt.date | None]:
    """Take author and date from the bylines of a post, and the author from "X reports" at its opening."""
    found = [b for s in spans if s.role == "byline" and (b := bylines.read(s.piece.text)) is not None]
    stated = [s.piece.text for s in spans if s.role == "byline" and s.piece.hint == "byline"]
    authors = next((b.authors for b in found if b.authors), ())
    authors = authors or next((bylines.names(t) for t in stated if bylines.names(t)), ())
    opening = " ".join(s.piece.text for s in spans if s.role in ("paragraph", "heading", "title"))[:400]
    reporter = re.search(r"\b(?:Report (?:by|from)|reports? by|writes:?|from) ((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)\b|((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?:’s|'s) (?:NEC )?report\b|^((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:reports|writes)\b", opening)
    named = bylines.names(next(g for g in reporter.groups() if g)) if reporter else ()
    return authors or named, next((b.date for b in found if b.date), None)


def _sections(body: list[Span]) -> tuple[list[Section], list[Passage]]:
    sections: list[Section] = []
    passages: list[Passage] = []
    if body and body[0].role != "heading":
        sections.append(Section(body[0].piece.line, ""))
    for span in body:
        if span.role == "heading":
            sections.append(Section(span.piece.line, span.piece.text))
        else:
            text = lines.BULLET.sub("", span.piece.text) if span.role == "item" else span.piece.text
            passages.append(Passage(span.piece.line, text, span.role, len(sections) - 1))
    return sections, passages
