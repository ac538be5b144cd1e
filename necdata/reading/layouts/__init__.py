"""The layouts of sites: peers behind one small interface.

A layout is a module with `NAME`, `recognise(pieces) -> bool` and `read(pieces) -> (pieces, starts)`: it may re-form
pieces that only it understands (a comment's opening line, a sidebar's teaser) and says where posts begin;
`structure.assign` does the rest. To teach necdata a new site, add a module, list it in LAYOUTS before `article`,
and add a page to tests/pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from necdata.reading.layouts import archive, article, blogspot, labourlist, stated
from necdata.reading.layouts.structure import Span, assign
from necdata.reading.lines import Piece

LAYOUTS: tuple[ModuleType, ...] = (stated, labourlist, blogspot, archive, article)


def mark(pieces: Sequence[Piece]) -> tuple[str, list[Span]]:
    """Recognise a page's layout and give every piece its account and role: (layout's name, spans in page order)."""
    layout = next(layout for layout in LAYOUTS if layout.recognise(pieces))
    formed, starts = layout.read(pieces)
    return layout.NAME, assign(formed, starts)
