"""Dates as people write them in titles and sentences: read with their precision, never completed by a guess."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from typing import NamedTuple

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FIRST_YEAR, LAST_YEAR = 1994, dt.date.today().year + 1  # no report is older than the blogs; none is from the future


class Expression(NamedTuple):
    """A date as written: first and last day, what is not written is None; where in the text it stands."""

    begin: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    last_day: int | None = None
    last_month: int | None = None
    weekday: int | None = None
    text: str = ""

    @property
    def precision(self) -> str:
        """Name what is written: day, range, month or year."""
        if self.day is None:
            return "year" if self.month is None else "month"
        return "day" if self.last_day is None else "range"

    def span(self, year: int | None = None) -> tuple[dt.date, dt.date] | None:
        """Give the first and last date in a year, or None where there is no such date (31 June, no year at all)."""
        year = self.year or year
        if year is None:
            return None
        try:
            if self.month is None:
                return dt.date(year, 1, 1), dt.date(year, 12, 31)
            if self.day is None:
                return dt.date(year, self.month, 1), month_end(year, self.month)
            start = dt.date(year, self.month, self.day)
            month = self.last_month or self.month
            end = dt.date(year + (month < self.month), month, self.last_day or self.day)
        except ValueError:
            return None
        return (start, end) if start <= end else None


def month_end(year: int, month: int) -> dt.date:
    """Give the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


_MONTH = (
    r"(?P<month{n}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day{n}>3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>(?:19|20)\d\d|['‘’]\d\d|\d\d(?=\s*$))\b"
_WEEK = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the\s+)?)?"
_OTHER_WEEK = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_TO = r"\s*(?:-|–|—|to|until|till|/|and|&|\+)\s*"
_COMMA_YEAR = r"(?:,?\s+(?:of\s+)?" + _YEAR + ")?"


def _fill(pattern: str) -> str:
    return pattern.replace("{n}", "1")


def _second(pattern: str) -> str:
    return pattern.replace("{n}", "2")


# Longest forms first: the first that matches at a place wins.
_FORMS = [
    # 4, 7, 8 and 9 March (no list is longer than a month, and thousands of numbers are read once)
    rf"\b{_fill(_DAY)}(?:,\s*\d{{1,2}}(?:st|nd|rd|th)?){{1,30}},?\s*(?:and"
    rf"|&)\s*{_second(_DAY)}\s+(?:of\s+)?{_fill(_MONTH)}{_COMMA_YEAR}",
    # 28 November to 2 December 2017
    rf"\b{_WEEK}{_fill(_DAY)}\s+(?:of\s+)?{_fill(_MONTH)}{_TO}{_OTHER_WEEK}{_second(_DAY)}\s+(?:of\s+)?{_second(_MONTH)}{_COMMA_YEAR}",
    # 17/18 November 2015, 4 to 9 March 2020, Monday 23 and Tuesday 24 May
    rf"\b{_WEEK}{_fill(_DAY)}{_TO}{_OTHER_WEEK}{_second(_DAY)}\s+(?:of\s+)?{_fill(_MONTH)}{_COMMA_YEAR}",
    # Wednesday 29th May 2012, 25 May
    rf"\b{_WEEK}{_fill(_DAY)}\s*(?:of\s+)?{_fill(_MONTH)}{_COMMA_YEAR}",
    # November 27-28, 2012
    rf"\b{_WEEK}{_fill(_MONTH)}\s+(?:the\s+)?{_fill(_DAY)}{_TO}{_second(_DAY)}(?!\d|:){_COMMA_YEAR}",
    # Wednesday, November 29, 2023; December 17th last year
    rf"\b{_WEEK}{_fill(_MONTH)}\s+(?:the\s+)?{_fill(_DAY)}(?!\d|:){_COMMA_YEAR}",
    # 2024-03-28
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<nmonth>0\d|1[0-2])-(?P<nday>[0-2]\d|3[01])(?!\d)",
    # 24-27/09/2018, 24-27/09
    r"(?<![\d/])(?P<day1>\d{1,2})\s?[-–]\s?(?P<day2>\d{1,2})/(?P<nmonth>\d{1,2})(?:/(?P<nyear>(?:19"
    r"|20)?\d\d))?(?![\d/])",
    # 20/9/2016, 03.12.10, 3-12-2010
    r"(?<![\d/.])(?P<nday>\d{1,2})(?P<sep>[/.\-])(?P<nmonth>\d{1,2})(?P=sep)(?P<nyear>(?:19|20)\d\d|\d\d)(?![\d/])",
    # May 2012, May/June 2012 is its first month's
    rf"\b{_fill(_MONTH)},?\s+(?:of\s+)?{_YEAR}",
]
_NAMED_MONTH = r"\b(?P<month1>January|February|March|April|May|June|July|August|September|October|November|December)\b"
_PATTERN = [re.compile(form, re.IGNORECASE) for form in _FORMS]
_MONTH_ALONE = re.compile(_NAMED_MONTH)
_YEAR_ALONE = re.compile(r"(?<![\d£$.,/-])(?P<year>(?:19|20)\d\d)(?![\d/]|,\d|s\b|[-–/]\d)")


def find(text: str, loose: bool = False) -> list[Expression]:
    """Find the dates written in a text, left to right, the longest reading of each.

    With `loose`, months on their own ("March's meeting") and years on their own are given too: right for titles, too
    generous for sentences.

    >>> [e.span() for e in find("met on Tuesday 4 to 9 March 2020")]
    [(datetime.date(2020, 3, 4), datetime.date(2020, 3, 9))]
    >>> find("Report – 17 September")[0].precision, find("Report – 17 September")[0].year
    ('day', None)
    """
    taken: list[Expression] = []
    for pattern in (*_PATTERN, _MONTH_ALONE, _YEAR_ALONE) if loose else _PATTERN:
        for match in pattern.finditer(text):
            _take(taken, match)
    return taken


def _take(taken: list[Expression], match: re.Match[str]) -> None:
    """Put a date into the list, which is in order and without overlaps, unless one of the list has its place."""
    at = bisect_left(taken, match.start(), key=lambda e: e.end - 1)  # the first that ends after it begins
    if at < len(taken) and taken[at].begin < match.end():
        return
    expression = _expression(match)
    if expression is not None:
        taken.insert(at, expression)


def _expression(match: re.Match[str]) -> Expression | None:
    part = match.groupdict()
    written = match.group(0).lstrip()
    if (part.get("month1") or "").casefold() == "may" and not written[0].isdigit() and "may" in written:
        return None  # the verb: the month has a capital letter
    month = _month(part.get("month1"))
    month = month or _number(part.get("nmonth"))
    day = _number(part.get("day1") or part.get("nday"))
    last_day = _number(part.get("day2"))
    last_month = _month(part.get("month2"))
    if month is not None and month > 12 and last_day is None and (day or 0) <= 12:
        month, day = day, month  # month before day, as in the United States
    year = _year(part.get("year") or part.get("nyear"))
    weekday = part.get("weekday")
    number = None if weekday is None else _weekday(weekday)
    found = Expression(*match.span(), year, month, day, last_day, last_month, number, match.group(0).strip())
    if month is None and year is None or (year is not None and not FIRST_YEAR - 100 < year <= LAST_YEAR + 20):
        return None
    return found if found.span(found.year or 2000) is not None else None


def _month(text: str | None) -> int | None:
    """Read a month's name; folded, since a pattern that ignores case takes a "ſ" for an s."""
    return MONTHS.get((text or "").casefold().rstrip("."))


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.lstrip("'‘’")
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _weekday(text: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(text.casefold()[:3]))


def weekday_of(text: str) -> int | None:
    """Read the first day of the week named in a text, Monday 0 to Sunday 6.

    >>> weekday_of("met on Thursday"), weekday_of("met today")
    (3, None)
    """
    match = re.search(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", text, re.IGNORECASE)
    return None if match is None else _weekday(match.group(1))
