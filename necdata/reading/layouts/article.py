"""A single article on a site that necdata does not know: the reading of last resort, for any page."""

from __future__ import annotations

from collections.abc import Sequence

from necdata.reading.layouts import comments
from necdata.reading.layouts.starts import first_title
from necdata.reading.layouts.structure import Start
from necdata.reading.lines import Piece

NAME = "article"


def recognise(pieces: Sequence[Piece]) -> bool:
    """Accept every page."""
    return True


def read(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Start]]:
    """Begin one post at the page's title, or where its text begins."""
    start = first_title(pieces)
    return comments.confirm(pieces), [] if start is None else [start]
