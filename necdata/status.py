"""Where each page's characters went, in words: for `necdata status`."""

from __future__ import annotations

from collections.abc import Sequence

from necdata import plain
from necdata.reading.posts import Reading

UNSURE = ("unrecognised", "page header")


def report(readings: Sequence[Reading], most: int = 20) -> str:
    """Describe every page: layout, posts, characters by account and boilerplate by name, the lines no rule knew."""
    return "\n".join(_page(reading, most) for reading in readings) or "no pages"


def _page(reading: Reading, most: int) -> str:
    page, counts = reading.page, reading.accounts()
    total = max(page.characters, 1)
    boilerplate = reading.boilerplate()
    outside = page.characters - counts.total()
    lost = outside if page.format == "text" or outside < 0 else 0  # a text page has no markup for them to be
    if outside and not lost:
        boilerplate["markup"] += outside
    lines = [
        f"{plain.line(page.file)}  {page.format}, {reading.layout}, {len(reading.posts)} posts, "
        f"{page.characters:,} characters",
        f"  in posts {counts['post']:,} ({counts['post'] / total:.0%}), comments {counts['comment']:,}, "
        f"boilerplate {counts['boilerplate'] + outside - lost:,}",
    ]
    lines += [f"  {lost:,} characters in no account: a fault of necdata, please report it"] * bool(lost)
    lines += [f"    {name}: {n:,}" for name, n in sorted(boilerplate.items(), key=lambda x: (-x[1], x[0]))]
    unsure = [s for s in reading.spans if s.role in UNSURE]
    lines += [f"  line {s.piece.line}, {s.role}: {plain.line(s.piece.text[:100])}" for s in unsure[:most]]
    if len(unsure) > most:
        lines.append(f"  and {len(unsure) - most} more such lines (--lines {len(unsure)} lists them)")
    return "\n".join(lines) + "\n"
