"""Telling: the posts of all pages together. Copies become one post, and each is credited to whoever says what of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from necdata.catalogue import Catalogue, Source
from necdata.dating import chronology, meetings
from necdata.dating.chronology import Dating
from necdata.pipeline import leaves
from necdata.pipeline.leaves import Leaf, Slip
from necdata.reading import distinct
from necdata.reading.posts import Reading
from necdata.reading.shared import Shingles

SHORT, LONG = 8, 16  # digits of a page's SHA-256 that are its id, and where two pages of a corpus share the first
EXACTNESS = ("day", "range", "month", "between", "year", "unknown")


class Told(NamedTuple):
    """A distinct post with all that is known of it: its copies' pages, its kind, its date, who says what.

    `copies` are its places (number of the page, of the post on it), the one kept first.
    """

    post_id: str
    slip: Slip
    copies: tuple[tuple[int, int], ...]
    page_ids: tuple[str, ...]
    kind: str
    dating: Dating
    credits: dict[str, tuple[str, str]]


def tell(readings: Sequence[Reading], known: Catalogue) -> list[Told]:
    """Date every post by its page's order, merge copies, and say who wrote each: in page order."""
    made = [leaves.leaf(reading) for reading in readings]
    return told([light for light, _ in made], (own for _, shingles in made for own in shingles), known)


def told(pages: Sequence[Leaf], shingles: Iterable[Shingles], known: Catalogue) -> list[Told]:
    """Merge the copies of all pages' posts and credit them; `shingles` gives those of each post in turn."""
    ids = page_ids(pages)
    places = [(i, j) for i, page in enumerate(pages) for j in range(len(page.posts))]
    prints = [slip.print for page in pages for slip in page.posts]
    sources = [known.of(page.sha256) for page in pages]
    return [
        _told([places[i] for i in group], pages, ids, sources)
        for group in distinct.grouped(prints, [ids[i] for i, _ in places], shingles)
    ]


def page_ids(pages: Sequence[Leaf]) -> list[str]:
    """Give each page its id: the first digits of its SHA-256, more where other pages begin alike."""
    shared = Counter(page.sha256[:SHORT] for page in pages)
    return [page.sha256[: LONG if shared[page.sha256[:SHORT]] > 1 else SHORT] for page in pages]


def _told(
    places: Sequence[tuple[int, int]], pages: Sequence[Leaf], ids: Sequence[str], sources: Sequence[Source]
) -> Told:  # fmt: skip
    """Make one post of its copies: the fullest one's words, the best of what all of them tell."""
    copies = [pages[i].posts[j] for i, j in places]
    kept, on = copies[0], list(dict.fromkeys(i for i, _ in places))
    kind = next((c.kind for c in copies if c.kind != "not_a_report"), "not_a_report")
    credits = _credits(copies, [sources[i] for i in on], [pages[i].owner for i in on])
    dating = _best([c.dating for c in copies]) if kind != "not_a_report" else chronology.UNKNOWN
    post_id = f"{ids[places[0][0]]}-{kept.number + 1:02d}"
    return Told(post_id, kept, tuple(places), tuple(ids[i] for i in on), kind, dating, credits)


def _credits(
    copies: Sequence[Slip], known: Sequence[Source], owners: Sequence[str]
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """Say who wrote a post, where and when, each with who tells it: the user, the page, the catalogue, its header."""
    found: dict[str, tuple[str, str]] = {}
    named = [c.authors for c in copies if c.authors]
    written = next((a for a in named if all(" " in name for name in a)), ())
    first_name = next(iter(named), ())  # "posted by Jo": better than nobody, worse than what the header says
    user = next((s.author for s in known if s.author and s.said_by == "user"), "")
    listed = next((s.author for s in known if s.author), "")
    header = next(filter(None, owners), "")
    for value, who in (
        (user, "user"), ("; ".join(written), "page"), (listed, "catalogue"), (header, "page header"),
        ("; ".join(first_name), "page"),
    ):  # fmt: skip
        if value and "author" not in found:
            found["author"] = (value, who)
    if published := next((c.published for c in copies if c.published), None):
        found["published"] = (str(published), "page")
    if own := next((c.url for c in copies if c.url), ""):
        found["url"] = (own, "page")
    for source in known:
        for field in ("site", "url"):
            if getattr(source, field) and field not in found:
                found[field] = (getattr(source, field), source.said_by or "catalogue")
    return found


def _best(datings: Sequence[Dating]) -> Dating:
    """Take the best-known date of a post's copies: the most exact, then the cheapest, then the narrowest span."""
    return min(
        datings,
        key=lambda d: (EXACTNESS.index(d.precision), d.cost, (d.end - d.start).days if d.start and d.end else 0),
    )


def report(post: Told) -> meetings.Report:
    """Give what dating needs of a post that reports a meeting."""
    authors = tuple(filter(None, post.credits.get("author", ("", ""))[0].split("; ")))
    return meetings.Report(post.post_id, post.kind, post.dating, authors)
