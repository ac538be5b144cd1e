"""Evidence of when a meeting was: the dates a post proposes, each with a cost and in words.

A full date in the title is cheap, a year that we have to supply is dear, a year in the title overruled is dearest.
`chronology` then picks the cheapest dates that keep a page's order.
"""

from __future__ import annotations

import datetime as dt

from necdata.dating.candidates import Candidate
from necdata.dating.relative import from_number, from_numbered_weekday, from_publication
from necdata.dating.sentences import from_sentences
from necdata.dating.titled import from_title
from necdata.reading.posts import Post

AFTER_PUBLICATION = 8.0
STALE = 5.0  # more than MOST_DAYS before publication
MOST_DAYS = 200  # reports seen appear within 0 to 60 days
LASTING = ("away_day", "conference")


def candidates(post: Post, published: dt.date | None = None, kind: str = "") -> list[Candidate]:
    """Propose the dates a post's meeting may have had, cheapest first; none where the post tells nothing.

    A `kind` of meeting that lasts days (an away day, conference) makes a day within days that the text tells dearer.
    """
    published = published or post.published
    found = from_title(post, published) + from_sentences(post, published) + from_publication(post, published)
    found += from_numbered_weekday(post, published) + from_number(post, published)
    if published is not None:  # a year that we supplied must not be a stale one
        found = [c for c in found if "year from byline" not in c.evidence or (published - c.end).days <= MOST_DAYS]
    found = [_weighed(c, published) for c in found]
    if kind in LASTING:
        found = [_within_days(c, found) for c in found]
    best: dict[tuple[dt.date, dt.date], Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault((candidate.start, candidate.end), candidate)
    return sorted(best.values(), key=_rank)


def _within_days(candidate: Candidate, found: list[Candidate]) -> Candidate:
    """Make a day in the text dearer where the text tells days around it, and a day alone is but one of them."""
    if candidate.precision != "day" or candidate.evidence.startswith("title"):
        return candidate
    around = any(c.precision == "range" and c.start <= candidate.start <= c.end for c in found)
    return candidate._replace(cost=candidate.cost + 1.5) if around else candidate


def _rank(candidate: Candidate) -> tuple[float, bool, dt.date]:
    """Order candidates by cost; of equals the title's comes first."""
    return candidate.cost, not candidate.evidence.startswith("title"), candidate.start


def _weighed(candidate: Candidate, published: dt.date | None) -> Candidate:
    """Make a date dearer that publication contradicts: the meeting after its report, or long before it."""
    if published is None:
        return candidate
    if candidate.start > published:
        doubt, why = AFTER_PUBLICATION, f"after its byline {published}"
    elif (published - candidate.end).days > MOST_DAYS:
        doubt, why = STALE, f"long before its byline {published}"
    else:
        return candidate
    return candidate._replace(cost=candidate.cost + doubt, evidence=f"{candidate.evidence}; {why}")
