"""The order of a page decides: the cheapest dates for all its posts at once that keep newest first.

That gives "17 September" its year, shows that "4 to 9 March 2020" between May 2021 and January 2021 is a slip, and
bounds a post that has no date by its neighbours. It is the shortest path through the candidates of consecutive
posts (dynamic programming; Bellman, 1957), O(posts × candidates²).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple

from necdata.dating.candidates import Candidate

OUT_OF_ORDER = 6.0  # the page's order broken between two posts: dearer than a year overruled
PER_YEAR_APART = 0.6  # of two years that both keep the order, the one nearer a neighbour


class Dating(NamedTuple):
    """When a meeting was, as far as it is known: empty dates where it is not, and in words how it is known."""

    start: dt.date | None
    end: dt.date | None
    precision: str
    evidence: str
    cost: float = 0.0


UNKNOWN = Dating(None, None, "unknown", "no date told", 99.0)


def settle(
    options: Sequence[Sequence[Candidate]],
    published: Sequence[dt.date | None],
    undated: Sequence[bool],
) -> list[Dating]:
    """Date the posts of one page, in page order.

    `options` are each post's candidates, `published` its date of publication where known, `undated` whether a post
    without candidates should be bounded by its neighbours (a report) or left alone (not a report).
    """
    anchored = any(c.anchored for o in options for c in o) or any(published)
    usable = [list(o) if anchored else [c for c in o if c.anchored] for o in options]
    cost_newest = _cheapest(usable, published, newest_first=True)[1]
    cost_oldest = _cheapest(usable, published, newest_first=False)[1]
    reverse = cost_oldest + 3 < cost_newest  # pages run newest first unless that costs much more
    shuffled = _shuffled(published)
    chosen = _cheapest(usable, published, not reverse, shuffled)[0]
    reasons = _unanchored(options, anchored)
    rows = zip(chosen, options, reasons, published, strict=True)
    datings = [_dating(candidate, offered, reason, day) for candidate, offered, reason, day in rows]
    return _bounded(datings, published, undated, reverse)


def _shuffled(published: Sequence[dt.date | None]) -> bool:
    """Tell a page in no order of time (search results, a digest): its own dates of publication rise and fall."""
    known = [day for day in published if day is not None]
    pairs = list(zip(known, known[1:], strict=False))
    return any(a < b for a, b in pairs) and any(a > b for a, b in pairs)


def _unanchored(options: Sequence[Sequence[Candidate]], anchored: bool) -> list[str]:
    return ["day and month told, but no year" if o and not anchored else "no date told" for o in options]


def _dating(
    candidate: Candidate | None, options: Sequence[Candidate], reason: str, published: dt.date | None = None
) -> Dating:
    if candidate is None:
        return UNKNOWN._replace(evidence=reason)
    evidence = candidate.evidence
    if "overruled" in evidence and "byline" not in evidence:
        evidence += f" by byline {published}" if published else " by page order"
    rival = next((o for o in options if o.anchored and o.cost < 3 and _apart(o, candidate)), None)
    if rival is not None and "overruled" not in evidence:
        evidence += f"; conflict: {rival.evidence.split(',')[0].split(';')[0]} gives {_words(rival)}"
    return Dating(candidate.start, candidate.end, candidate.precision, evidence, candidate.cost)


def _apart(a: Candidate, b: Candidate) -> bool:
    return a.end < b.start or b.end < a.start


def _words(candidate: Candidate) -> str:
    return str(candidate.start) if candidate.start == candidate.end else f"{candidate.start} to {candidate.end}"


def _cheapest(
    options: Sequence[Sequence[Candidate]],
    published: Sequence[dt.date | None],
    newest_first: bool,
    shuffled: bool = False,
) -> tuple[list[Candidate | None], float]:
    """Find the cheapest sequence of candidates; posts without any are passed over, or held by their publication."""
    rows: list[tuple[int, Sequence[Candidate]]] = []
    for i, (offered, day) in enumerate(zip(options, published, strict=True)):
        if offered:
            rows.append((i, offered))
        elif day is not None:
            rows.append((i, [Candidate(day, day, "published", 0.0, "")]))
    if not rows:
        return [None] * len(options), 0.0
    costs = [c.cost for c in rows[0][1]]
    back: list[list[int]] = []
    for (i, above), (j, below) in zip(rows, rows[1:], strict=False):
        free = shuffled and published[i] is not None and published[j] is not None
        step = [[costs[a] + _step(x, y, newest_first, free) for a, x in enumerate(above)] for y in below]
        back.append([min(range(len(row)), key=row.__getitem__) for row in step])
        costs = [min(row) + y.cost for row, y in zip(step, below, strict=True)]
    at = min(range(len(costs)), key=costs.__getitem__)
    total, path = costs[at], [at]
    for pointers in reversed(back):
        path.append(pointers[path[-1]])
    chosen: list[Candidate | None] = [None] * len(options)
    for (i, offered), k in zip(rows, reversed(path), strict=True):
        chosen[i] = offered[k] if offered[k].precision != "published" else None
    return chosen, total


def _step(above: Candidate, below: Candidate, newest_first: bool, free: bool = False) -> float:
    newer, older = (above, below) if newest_first else (below, above)
    apart = math.sqrt(abs((newer.start - older.start).days) / 365)
    slack = 45 if "published" in (newer.precision, older.precision) else 0
    broken = newer.end + dt.timedelta(days=slack) < older.start
    return OUT_OF_ORDER * (broken and not free) + PER_YEAR_APART * apart


def _bounded(
    datings: list[Dating], published: Sequence[dt.date | None], undated: Sequence[bool], reverse: bool
) -> list[Dating]:
    """Bound reports without a date by the posts above and below them, and by their own publication."""
    order = list(range(len(datings)))
    if reverse:
        order.reverse()
    days = [d.start or p for d, p in zip(datings, published, strict=True)]
    ends = [d.end or p for d, p in zip(datings, published, strict=True)]
    bounded = list(datings)
    for place, i in enumerate(order):
        if datings[i].start is not None or not undated[i]:
            continue
        newer = next((e for j in reversed(order[:place]) if (e := ends[j]) is not None), None)
        older = next((s for j in order[place + 1 :] if (s := days[j]) is not None), None)
        upper = min((d for d in (newer, published[i]) if d is not None), default=None)
        if older is not None and upper is not None and older <= upper:
            words = f"page order: between {older} and {upper}"
            bounded[i] = Dating(older, upper, "between", words, 50.0)
    return bounded
