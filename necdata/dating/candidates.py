"""Candidates: a date that a meeting may have had, at what cost, and the years that a date as written may have meant."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from necdata.reading import dates
from necdata.reading.dates import Expression
from necdata.reading.posts import Post

# Costs are in units of one contradiction's doubt; only their order and sums matter.

# Costs are in units of one contradiction's doubt; only their order and sums matter.
SUPPLIED_YEAR = 2.0  # a day and month whose year the page's order or its byline has to tell
OVERRULED_YEAR = 3.5  # the year in the title is off by one
WRONG_WEEKDAY = 2.0  # the weekday written is not that day's
_I = re.IGNORECASE


class Candidate(NamedTuple):
    """A date a meeting may have had: `anchored` where its year is written, not supplied."""

    start: dt.date
    end: dt.date
    precision: str
    cost: float
    evidence: str
    anchored: bool = True


def agreeing(candidate: Candidate, stated: list[Expression]) -> Candidate:
    """Make a day in the text cheaper than the month in the title that it agrees with."""
    for expression in stated:
        if expression.precision in ("month", "year"):
            month_fits = expression.month in (None, candidate.start.month)
            if month_fits and expression.year in (None, candidate.start.year):
                evidence = (
                    candidate.evidence
                    if "title" in candidate.evidence
                    else f"{candidate.evidence}, within the title's {expression.text}"
                )
                return candidate._replace(cost=candidate.cost * 0.3, evidence=evidence)
    return candidate


def expand(e: Expression, base: float, where: str, post: Post, published: dt.date | None) -> list[Candidate]:
    """Turn a date as written into candidates: itself, and the years it may have meant.

    Without a year, every year is offered at SUPPLIED_YEAR, or the one that publication tells. With a year, the years
    beside it are offered at OVERRULED_YEAR: in January people write the old one.
    """
    if e.year is not None:
        offered = [(e.year, base, where)]
        if where == "title" or e.weekday is not None:
            offered += [
                (e.year + d, base + OVERRULED_YEAR + 0.5 * (d < 0), f"{where}; year {e.year} overruled")
                for d in (1, -1)
            ]
        return _concrete(e, offered, anchored=True)
    if published is not None:
        year = _year_before(e, published)
        return _concrete(e, [(year, base + 0.3, f"{where}, year from byline {published}")], anchored=True)
    around = years_around(post.context)
    if around:
        return _concrete(
            e, [(y, base + 0.5, f"{where}, year from the page's header") for y in sorted(around)], anchored=True
        )
    said = set(map(int, re.findall(r"(?<![\d£,.])(20[0-2]\d|199\d)(?!\d)", post.text)))
    years = range(dates.FIRST_YEAR, dates.LAST_YEAR + 1)
    offered = [(y, base + SUPPLIED_YEAR - 0.3 * (y in said), f"{where}, year from page order") for y in years]
    return _concrete(e, offered, anchored=False)


YEARS = re.compile(
    r"\b(?:archives?|reports?|nec|notes|meetings?|posts|year)\b\W{0,4}(?:from |in |of |for "
    r"|(?:the )?nec\W{1,3})?((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d))?\b",
    _I,
)


def years_around(header: str) -> set[int]:
    """Read the years that a page's header says it covers.

    >>> sorted(years_around("Reports from the NEC, 2006-07")), years_around("Archive: 2017")
    ([2006, 2007], {2017})
    """
    found = set()
    for first, last in YEARS.findall(header):
        found.add(int(first))
        if last:
            found.add(int(first[: 4 - len(last)] + last))
    return found if len(found) <= 2 else set()


def _year_before(e: Expression, published: dt.date) -> int:
    """Give the latest year in which a date without a year is not after publication."""
    span = e.span(published.year)
    return published.year if span and span[0] <= published else published.year - 1


def _concrete(e: Expression, offered: list[tuple[int, float, str]], anchored: bool) -> list[Candidate]:
    found = []
    for year, cost, evidence in offered:
        span = e._replace(year=year).span()
        if span is None or not dates.FIRST_YEAR <= year <= dates.LAST_YEAR:
            continue
        if e.weekday is not None and span[0].weekday() != e.weekday:
            cost += WRONG_WEEKDAY
            evidence += f"; {dates.WEEKDAYS[e.weekday].capitalize()} is not that day's weekday"
        found.append(Candidate(*span, e.precision, cost, evidence, anchored))
    return found
