"""Blogspot posts, months and home pages: a date line, the title, the text, then readers' comments and the footer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from necdata.reading import bylines
from necdata.reading.layouts import comments
from necdata.reading.layouts.starts import beside_byline, many_titles
from necdata.reading.layouts.structure import Start
from necdata.reading.lines import Piece

NAME = "blogspot"
WEEKDAY_DATE = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)day,? \d|(mon|tues|wednes|thurs|fri|satur|sun)day, \w+ \d", re.I
)
SIGNS = re.compile(
    r"post a comment|<< home|links to this post|posted by .{2,60} (?:at|@) \d|blogger|create a link"
    r"|email thisblogthis!.*|subscribe to: .*atom.*",
    re.I,
)


def recognise(pieces: Sequence[Piece]) -> bool:
    """Tell a Blogspot page by its date lines (weekday first) together with its comment links."""
    dated = any(_is_date_line(p) for p in pieces)
    return dated and any(SIGNS.match(p.text) for p in pieces)


def read(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Start]]:
    """Begin a post at each title under a date line; several posts may share one date line."""
    formed = comments.confirm(pieces)
    starts = []
    for i, piece in enumerate(formed):
        if _is_date_line(piece) and (title := _title_under(formed, i)) is not None:
            starts.append(Start(i, title))
        elif _is_date_line(piece) and i + 1 < len(formed) and formed[i + 1].form == "text":
            starts.append(Start(i, None))
    claimed = {s.title for s in starts}
    starts += [s for s in many_titles(formed) if s.title not in claimed and _after_foot(formed, s.first)]
    if not starts and (title := beside_byline(formed)) is not None:
        starts = [Start(title, title)]
    return formed, sorted(starts)


def _is_date_line(piece: Piece) -> bool:
    byline = bylines.read(piece.text) if piece.form == "byline" else None
    return (
        byline is not None
        and byline.date is not None
        and bool(WEEKDAY_DATE.match(piece.text))
        and not re.search(r"\d[:.]\d\d", piece.text)
    )


def _title_under(pieces: Sequence[Piece], date: int) -> int | None:
    following = next((j for j in range(date + 1, len(pieces)) if pieces[j].form not in ("image", "stamp")), None)
    return (
        following
        if following is not None and pieces[following].form in ("short", "text") and len(pieces[following].text) < 160
        else None
    )


def _after_foot(pieces: Sequence[Piece], first: int) -> bool:
    before = next((p for p in reversed(pieces[:first]) if p.form not in ("image", "stamp")), None)
    return before is not None and (
        before.name in ("post foot", "share line", "comment form") or before.form in ("cut", "byline")
    )
