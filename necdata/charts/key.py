"""The key of a chart: symbols with their words, in rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from necdata.charts import style

SYMBOL = 5.0
"""Width in mm of the symbol before a word of the key."""


class Key(NamedTuple):
    """One entry of the key: a symbol of `SYMBOLS`, the words after it, and its colour."""

    symbol: str
    words: str
    colour: str = style.NEUTRAL


def arranged(key: Sequence[Key], width: float) -> list[list[tuple[float, Key]]]:
    """Entries of the key in rows no wider than `width` mm, each with its place in the row."""
    rows: list[list[tuple[float, Key]]] = []
    reach = width + 1
    for entry in key:
        needed = SYMBOL + 1 + style.text_width(entry.words)
        if reach + needed > width:
            rows.append([])
            reach = 0.0
        rows[-1].append((reach, entry))
        reach += needed + 3.5
    return rows


def draw_key(axes: Axes, rows: Sequence[Sequence[tuple[float, Key]]], down: float) -> None:
    """Draw the key on a ruler."""
    for row in rows:
        middle = down + style.line_height() / 2
        for left, entry in row:
            draw_symbol(axes, left, middle, entry)
            axes.text(left + SYMBOL + 1, middle, entry.words, va="center_baseline", color=style.INK)
        down += style.line_height() * 1.15


def draw_symbol(axes: Axes, left: float, middle: float, entry: Key) -> None:
    """Draw one symbol of the key, `SYMBOL` mm wide, on a ruler."""
    centre, right, colour = left + SYMBOL / 2, left + SYMBOL, entry.colour
    match entry.symbol:
        case "full" | "partial":
            face = colour if entry.symbol == "full" else style.PAPER
            axes.plot(centre, middle, "o", ms=4, mfc=face, mec=colour, mew=0.9, clip_on=False)
        case "span":
            axes.plot([left, right], [middle] * 2, color=colour, lw=2.6)
        case "line":
            axes.plot([left, right], [middle] * 2, color=colour, lw=1.2)
        case "estimate":
            axes.plot([left, right], [middle] * 2, color=colour, lw=1.2)
            axes.plot(centre, middle, "o", ms=4, mfc=colour, mec=colour)
        case "gap":
            axes.plot([left, right], [middle] * 2, "|-", color=colour, lw=0.6, ms=3.5, mew=0.6)
        case "tick":
            axes.plot(centre, middle, "|", ms=7, mec=colour, mew=1.4)
        case "event":
            axes.plot(
                [centre] * 2, [middle - 1.4, middle + 1.4], color=colour, lw=0.9, ls=(0, (2.5, 1.5)), clip_on=False
            )
        case "box" | "blank":
            face = colour if entry.symbol == "box" else style.PAPER
            axes.add_patch(Rectangle((left + 0.5, middle - 1.1), SYMBOL - 1, 2.2, fc=face, ec=style.RULE, lw=0.5))
        case marker:
            axes.plot(centre, middle, marker, ms=4, mfc=colour, mec=colour, mew=0.9, clip_on=False)
