"""Dates in titles: those that can be a meeting's, and a subject line in a title's place."""

from __future__ import annotations

import datetime as dt
import re

from necdata.dating.candidates import Candidate, expand
from necdata.reading import dates, titles
from necdata.reading.dates import Expression
from necdata.reading.posts import Post

_I = re.IGNORECASE


# "NEC report to October GC": the month in which a local party met to hear it.
OTHERS_MEETING = re.compile(r"(?:’s|'s)? (?:gc|gmc|general committee|branch|clp|ward|constituency)\b", _I)


def title_dates(title: str) -> list[Expression]:
    """Give the dates in a title that can be a meeting's: a year in a name ("2019 election defeat") is none.

    >>> [e.text for e in title_dates("NEC Report: the 2019 election defeat")], title_dates("NEC – March 2019")[0].text
    ([], 'March 2019')
    """
    found = dates.find(title, loose=True)
    kept = [e for e in found if not (e.precision == "year" and _names_a_thing(title, e))]
    kept = [
        e
        for e in kept
        if not re.search(
            r"\b(next|elections?|deadline|by|posted|published|since)( \w+)? ?(?:on |in )?$",
            title[max(0, e.begin - 60) : e.begin],
            _I,
        )
    ]
    kept = [e for e in kept if not OTHERS_MEETING.match(title, e.end)]
    return sorted(kept, key=lambda e: (["day", "range", "month", "year"].index(e.precision), e.begin))


def _names_a_thing(title: str, year: Expression) -> bool:
    """Tell a year that names something ("2019 election", "2020 conference") from one that dates the meeting."""
    after = title[year.end :].strip()
    return bool(re.match(r"[A-Za-z]", after)) and not re.match(r"(nec|report|meeting|update|away)\b", after, _I)


def from_title(post: Post, published: dt.date | None) -> list[Candidate]:
    found: list[Candidate] = []
    title = post.title or subject(post.context)
    for rank, expression in enumerate(title_dates(title)[:2]):
        base = {"day": 0.0, "range": 0.0, "month": 1.0, "year": 3.0}[expression.precision] + rank
        found += expand(expression, base, "title", post, published)
    return found


def subject(context: str) -> str:
    """Give the subject of an e-mail, which stands in for a title: "Subject: NEC on 27 March" => "NEC on 27 March"."""
    match = re.search(r"\bSubject: (?:(?:fwd?|re): )*(.{3,100}?)(?= (?:To|Cc|From|Date|Sent): |$)", context, _I)
    return match.group(1) if match else ""


def is_dated(post: Post) -> bool:
    """Tell whether a post's title looks like a meeting's with a date."""
    return bool(titles.NEC.search(post.title) and title_dates(post.title))
