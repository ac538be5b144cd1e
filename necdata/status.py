"""Where each page's characters went, in words: for `necdata status`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from necdata.reading.posts import Reading

UNSURE = ("unrecognised", "page header")


def report(readings: Sequence[Reading], most: int = 20) -> str:
    """Describe every page: layout, posts, characters by account and boilerplate by name, the lines no rule knew."""
    return "\n".join(_page(reading, most) for reading in readings) or "no pages"


def _page(reading: Reading, most: int) -> str:
    page, counts = reading.page, reading.accounts()
    outside = page.characters - counts.total()
    total = max(page.characters, 1)
    boilerplate = reading.boilerplate()
    if outside:
        boilerplate["markup"] += outside
    lines = [
        f"{page.file}  {page.format}, {reading.layout}, {len(reading.posts)} posts, {page.characters:,} characters",
        f"  in posts {counts['post']:,} ({counts['post'] / total:.0%}), comments {counts['comment']:,}, "
        f"boilerplate {counts['boilerplate'] + outside:,}",
    ]
    lines += [f"    {name}: {n:,}" for name, n in sorted(boilerplate.items(), key=lambda x: (-x[1], x[0]))]
    unsure = [s for s in reading.spans if s.role in UNSURE]
    lines += [f"  line {s.piece.line}, {s.role}: {_plain(s.piece.text)}" for s in unsure[:most]]
    if len(unsure) > most:
        lines.append(f"  and {len(unsure) - most} more such lines (--lines {len(unsure)} lists them)")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Shorten a line and drop control characters, which a terminal would obey."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", text)[:100]
