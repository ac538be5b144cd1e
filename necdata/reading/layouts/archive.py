"""WordPress-like archive pages and home pages: many posts on a page, newest first, some cut off."""

from __future__ import annotations

from collections.abc import Sequence

from necdata.reading import titles
from necdata.reading.layouts import comments
from necdata.reading.layouts.starts import credited, many_titles
from necdata.reading.layouts.structure import Start
from necdata.reading.lines import Piece

NAME = "archive"


def recognise(pieces: Sequence[Piece]) -> bool:
    """Tell whether a page holds several posts: two titles with evidence and text of their own."""
    return len(_starts(comments.confirm(pieces))) >= 2


def read(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Start]]:
    """Begin a post at every title with evidence enough."""
    formed = comments.confirm(pieces)
    return formed, _starts(formed)


def _starts(pieces: Sequence[Piece]) -> list[Start]:
    found = many_titles(pieces)
    is_archive = any(p.name == "archive header" for p in pieces[:20]) or sum(p.form == "cut" for p in pieces) > 1
    reports = sum(1 for s in found if s.title is not None and titles.is_report(pieces[s.title].text))
    dated = sum(1 for s in found if s.title is not None and (credited(pieces, s.title) or s.first < s.title))
    return found if is_archive or reports >= 2 or dated >= 2 or len(found) >= 3 else []
