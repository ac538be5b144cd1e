"""Posts: what was published under one title, with its sections and passages, read off a page."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from necdata.reading import bylines, layouts, lines
from necdata.reading.layouts.structure import Span
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
    posts = tuple(_post(page, n, [s for s in spans if s.post == n], " ".join(before)) for n in numbers)
    return Reading(page, layout, posts, tuple(spans), owner(before, spans))


# In order: a line that states whose site it is counts before one that may only be a name.
OWNED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:\b(?:blog|notes|views|thoughts|website|site|diary|reports?|page|archive) |^)(?:by|of|from) (.{3,60})",
        r"^(?:author|contributor|posts by|all posts by)(?: archives?)?:? ?(.{3,60})",
        r"^(?:welcome to )?(?:[^:]{1,40}: )?(.{3,40}?)(?:’s|'s) \w.{2,60}",
        r"^(.{3,40}?)(?:\s*(?:[|/:,–—-]|for|writes|on)\s.*| [A-Z]{2,3}|)$",
    )
]


def owner(before: Sequence[str], spans: Sequence[Span] = ()) -> str:
    """Read whose site it is from what stands before the first post, "" where it does not say.

    >>> owner(["A blog by Jo Bloggs about politics"]), owner(["Jo Bloggs / NEC / Page 2"]), owner(["Left Futures"])
    ('Jo Bloggs', 'Jo Bloggs', '')

    A line that is only two capitalised words may be a site's name; it counts where the header says that the site is a
    person's (a councillor, a member of the NEC), or the page names that person again (a sign-off, a byline).
    """
    rest = " ".join(s.piece.text for s in spans if s.post >= 0).casefold()
    person = _describes_person(before)
    for text in before[:6]:
        for pattern in OWNED:
            match = pattern.search(text)
            name = _owner_in(match.group(1)) if match else ""
            if not name:
                continue
            apart = len(text) > len(name) + 3 or text.isupper()
            if pattern is not OWNED[-1] or apart or person or name.casefold() in rest:
                return name
    return ""


def _owner_in(group: str) -> str:
    """Give the one person that a piece of a header names, "" where it names none, several, or more than a person."""
    words = re.split(r"\b(?:about|on|for)\b|[,–—-] ", group)[0].strip()
    found = bylines.names(words)
    whole = len(found) == 1 and len(found[0].split()) >= len(bylines.untitled(words).split())
    return found[0] if whole else ""


def _describes_person(before: Sequence[str]) -> bool:
    """Tell whether a page's header says that the site is a person's: a councillor, a member of the NEC."""
    role = (
        r"\b(councillor|cllr|member of|representative|rep|section|activist|trade unionist|mep|mp"
        r"|on labour(’s|'s) nec|labour nec|nec member|jottings|diary|chair)\b"
    )
    return any(re.search(role, t, re.IGNORECASE) for t in before[:6])


def _post(page: Page, number: int, spans: list[Span], header: str) -> Post:
    title = next((s for s in spans if s.role == "title"), None)
    body = [s for s in spans if s.account == "post" and s.role in ("heading", "paragraph", "item")]
    authors, published = _credits(spans)
    signed = _signature(body)
    if signed and not any(len(a.split()) > 1 for a in authors):
        authors = signed
    labels = " ".join(s.piece.text for s in spans if s.piece.form == "furniture")
    sections, passages = _sections(body)
    body_spans = [s for s in spans if s.account == "post" and s.role != "byline"]
    first = title or next(iter(body_spans), spans[0])
    return Post(
        page.page_id, number, first.piece.line, title.piece.text if title else "", authors, published,
        tuple(sections), tuple(passages),
        any(s.role == "cut-off marker" for s in spans) or _is_excerpt(passages),
        sum(s.role == "comment" for s in spans), dict(page.addresses).get(first.piece.line, ""), f"{header} {labels}",
    )  # fmt: skip


def _is_excerpt(passages: list[Passage]) -> bool:
    """Tell a search page's excerpt, or a teaser that trails off in dots."""
    trails = bool(passages) and passages[-1].text.endswith(("...", "…"))
    return trails and (len(passages) <= 2 or passages[0].text.startswith(("...", "…")))


SIGNED = re.compile(
    r"^((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?: is | was | represents? | sits | leads | \(|, (?:nec"
    r"|member|clp|constituency|councillor|representative|national)|$)",
    re.IGNORECASE,
)


def _signature(body: list[Span]) -> tuple[str, ...]:
    """Read who signs a post in its last lines ("Jo Bloggs is a member of the NEC"); a bare name there is no heading."""
    for span in reversed(body[-3:]):
        text = span.piece.text
        if bylines.is_names(text) and not text.startswith("@"):
            if span.role == "heading":
                body.remove(span)
            return bylines.names(text)
        match = SIGNED.match(text) if len(text) < 200 else None
        signs = match and (
            re.search(r"\b(NEC|executive|represent|member|committee|section)", text, re.IGNORECASE)
            or span.role == "heading"
        )
        if match and signs and (found := bylines.names(match.group(1))):
            if span is body[-1] and span.role == "heading":
                body.pop()
            return found
    return ()


def _credits(spans: list[Span]) -> tuple[tuple[str, ...], dt.date | None]:
    """Take author and date from the bylines of a post, and the author from "X reports" at its opening."""
    found = [b for s in spans if s.role == "byline" and (b := bylines.read(s.piece.text)) is not None]
    stated = [
        s.piece.text
        for s in spans
        if s.role == "byline" and (s.piece.hint == "byline" or bylines.is_names(s.piece.text))
    ]
    authors = next((b.authors for b in found if b.authors), ())
    authors = authors or next((bylines.names(t) for t in stated if bylines.names(t)), ())
    opening = " ".join(s.piece.text for s in spans if s.role in ("paragraph", "heading", "title"))[:400]
    title = next((s.piece.text for s in spans if s.role == "title"), "")
    reporter = re.search(
        r"\b(?:Report (?:by|from)|reports? by) ((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)\b"
        r"|^((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+) (?:reports|writes)\b",
        opening,
    )
    own = re.search(r"((?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?:’s|'s) (?:NEC )?report\b", title)
    reporter = reporter or own
    named = bylines.names(next(g for g in reporter.groups() if g)) if reporter else ()
    head = next((i for i, s in enumerate(spans) if s.role == "title"), 0)
    under = [b for s in spans[head:] if s.role == "byline" and (b := bylines.read(s.piece.text)) is not None]
    return authors or named, next((b.date for b in (*under, *found) if b.date), None)


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
