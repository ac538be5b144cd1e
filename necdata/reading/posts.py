"""Posts: what was published under one title, with its sections and passages, read off a page."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import NamedTuple

from necdata.reading import credits, layouts, lines
from necdata.reading.layouts.structure import Span
from necdata.reading.owners import owner
from necdata.reading.page import Page

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
    url: str = ""  # its own address, where the page's format states it
    context: str = ""  # what stands around it: the page's header, its labels and categories

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
    before = [s.piece.text for s in spans if s.post < 0]
    own = owner(before, spans)
    by_post = [[s for s in spans if s.post == n] for n in numbers]
    posts = [_post(page, n, mine, before) for n, mine in zip(numbers, by_post, strict=True)]
    authors = credits.settled([p.authors for p in posts], [p.title for p in posts], by_post, own, before)
    days = credits.dated([p.published for p in posts], by_post)
    posts = [p._replace(authors=a, published=d) for p, a, d in zip(posts, authors, days, strict=True)]
    return Reading(page, layout, tuple(posts), tuple(spans), own)


def _post(page: Page, number: int, spans: list[Span], before: list[str]) -> Post:
    title = next((s for s in spans if s.role == "title"), None)
    body = [s for s in spans if s.account == "post" and s.role in ("heading", "paragraph", "item")]
    authors, published = credits.read(spans, body)
    labels = " ".join(s.piece.text for s in spans if s.piece.form == "furniture")
    sections, passages = _sections(body)
    body_spans = [s for s in spans if s.account == "post" and s.role != "byline"]
    first = title or next(iter(body_spans), spans[0])
    return Post(
        page.page_id, number, first.piece.line, title.piece.text if title else "", authors, published,
        tuple(sections), tuple(passages),
        any(s.role == "cut-off marker" for s in spans) or _is_excerpt(passages) or _is_listed(body),
        sum(s.role == "comment" for s in spans), dict(page.addresses).get(first.piece.line, ""),
        f"{' '.join(before)} {labels}",
    )  # fmt: skip


def _is_listed(body: list[Span]) -> bool:
    """Tell an entry of a listing, of which the page shows no more than the subtitle."""
    return bool(body) and all(s.piece.name == "subtitle" for s in body)


def _is_excerpt(passages: list[Passage]) -> bool:
    """Tell a search page's excerpt, or a teaser that trails off in dots."""
    trails = bool(passages) and passages[-1].text.endswith(("...", "…"))
    return trails and (len(passages) <= 2 or passages[0].text.startswith(("...", "…")))


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
