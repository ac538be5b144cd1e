"""Pages whose format states their structure: feeds, exports and saved HTML with marked titles."""

from __future__ import annotations

from collections.abc import Sequence

from necdata.reading.layouts.structure import Start
from necdata.reading.lines import Piece

NAME = "stated"


def recognise(pieces: Sequence[Piece]) -> bool:
    """Tell whether the format marked titles."""
    return any(p.hint == "title" for p in pieces)


def read(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Start]]:
    """Begin a post at every marked title."""
    return pieces, [Start(i, i) for i, p in enumerate(pieces) if p.hint == "title"]
