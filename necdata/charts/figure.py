"""The sheet that a chart is drawn on, and the words around it: title, key, notes, source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from necdata import style

SYMBOL = 5.0
"""Width in mm of the symbol before a word of the key."""
ON_SCREEN = 1.35
"""How much larger than in print a chart is shown in a notebook, to be read from a screen."""


class Chart(Figure):
    """A matplotlib Figure that keeps the data it shows and the words that describe it.

    `drawn` is the frame behind the marks; `title`, `subtitle`, `source` and `alt` are strings. It
    needs no pyplot: a notebook shows it with its alt text, and `export` writes it to files.
    """

    drawn: pd.DataFrame
    title: str = ""
    subtitle: str = ""
    source: str = ""
    alt: str = ""

    def export(
        self, folder: str | Path, name: str, formats: Sequence[str] | None = None
    ) -> list[Path]:
        """Write the chart to files, as `necdata.export.export` does."""
        from necdata.export import FORMATS, export

        return export(self, folder, name, FORMATS if formats is None else formats)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        picture = BytesIO()
        with style.house_style():
            self.savefig(picture, format="png", dpi=200, metadata={"Software": None})
        shown = {"width": round(self.get_figwidth() * 96 * ON_SCREEN), "alt": self.alt}
        data = {"image/png": picture.getvalue(), "text/plain": self.alt}
        return data, {"image/png": shown}


class Key(NamedTuple):
    """One entry of the key: a symbol of `SYMBOLS`, the words after it, and its colour."""

    symbol: str
    words: str
    colour: str = style.NEUTRAL


def sheet(width: float, height: float) -> Chart:
    """An empty chart, `width` × `height` mm; `finish` adds room for words above and below."""
    if width < 60 or height <= 0:
        raise ValueError(f"a chart of {width} × {height} mm is too small: give 60 mm of width or "
                         f"more (a column is {style.COLUMN_WIDTH} mm, a page {style.FULL_WIDTH})")
    chart = Chart(figsize=(width / 25.4, height / 25.4), dpi=100)
    FigureCanvasAgg(chart)
    chart.drawn = pd.DataFrame()
    return chart


def panel(chart: Chart, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place of the sheet, in mm from its left and top edges."""
    across, down = chart.get_figwidth() * 25.4, chart.get_figheight() * 25.4
    place = (left / across, 1 - (top + height) / down, width / across, height / down)
    axes = chart.add_axes(place)
    axes.set_facecolor("none")
    return axes


def ruler(chart: Chart, left: float, top: float, width: float, height: float) -> Axes:
    """Axes without any axis, whose data coordinates are mm from their left and top edges."""
    axes = panel(chart, left, top, width, height)
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return axes


def finish(
    chart: Chart,
    drawn: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    key: Iterable[Key] = (),
    notes: str = "",
    source: str = "",
    alt: str = "",
) -> Chart:
    """Put the words around a drawn chart and store the data and alt text on it.

    The sheet grows by the room that the words take, so that what was drawn keeps its size. Titles
    and notes are wrapped to the width. Text is taken as it is: `$` and `\\` mean themselves.
    Raises ValueError where there is no title or no alt text.
    """
    if not title or not alt:
        raise ValueError("a chart needs a title and an alt text: pass both to finish()")
    width = chart.get_figwidth() * 25.4 - 2 * style.MARGIN
    heading = style.wrap(title, width, style.TITLE_SIZE, "bold")
    unit = style.wrap(subtitle, width) if subtitle else []
    rows = arranged(list(key), width)
    footer = [line for text in (notes, source) if text
              for line in style.wrap(text, width, style.SMALL_SIZE)]
    head = (len(heading) * style.line_height(style.TITLE_SIZE) + len(unit) * style.line_height()
            + len(rows) * style.line_height() * 1.15 + 2.4 + (1.0 if rows else 0))
    foot = len(footer) * style.line_height(style.SMALL_SIZE) + (2.0 if footer else 0)
    grow(chart, head + style.MARGIN, foot + style.MARGIN)

    top = ruler(chart, style.MARGIN, style.MARGIN, width, head)
    down = write(top, heading, 0.0, style.TITLE_SIZE, weight="bold")
    down = write(top, unit, down + 0.6, style.TEXT_SIZE, color=style.QUIET)
    draw_key(top, rows, down + 1.0)
    below = chart.get_figheight() * 25.4 - style.MARGIN - foot
    write(ruler(chart, style.MARGIN, below, width, max(foot, 0.1)), footer, 2.0,
          style.SMALL_SIZE, color=style.QUIET)

    chart.drawn = drawn.reset_index(drop=True)
    chart.title, chart.subtitle, chart.source, chart.alt = title, subtitle, source, alt
    settle(chart)
    return chart


def settle(chart: Chart) -> None:
    """Draw once, so that ticks exist, and see that no text of theirs is read as mathematics."""
    chart.draw_without_rendering()
    for text in chart.findobj(Text):
        text.set_parse_math(False)


def grow(chart: Chart, above: float, below: float) -> None:
    """Add mm of room above and below; every panel keeps its size and place on the paper."""
    old = chart.get_figheight() * 25.4
    new = old + above + below
    for axes in chart.axes:
        x, y, width, height = axes.get_position().bounds
        axes.set_position((x, (y * old + below) / new, width, height * old / new))
    chart.set_figheight(new / 25.4)


def write(axes: Axes, lines: Sequence[str], down: float, size: float, **look: Any) -> float:
    """Write lines on a ruler from `down` mm; returns where the next would begin."""
    for line in lines:
        axes.text(0, down, line, size=size, va="top", ha="left", **look)
        down += style.line_height(size)
    return down


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
            axes.plot([centre] * 2, [middle - 1.4, middle + 1.4], color=colour, lw=0.9,
                      ls=(0, (2.5, 1.5)), clip_on=False)
        case "box" | "blank":
            face = colour if entry.symbol == "box" else style.PAPER
            axes.add_patch(Rectangle((left + 0.5, middle - 1.1), SYMBOL - 1, 2.2, fc=face,
                                     ec=style.RULE, lw=0.5))
        case marker:
            axes.plot(centre, middle, marker, ms=4, mfc=colour, mec=colour, mew=0.9, clip_on=False)


def source_line(
    *,
    meetings: int,
    posts: int | None = None,
    pages: int | None = None,
    reporters: Sequence[str] = (),
    codebook: str = "",
    built: str = "",
) -> str:
    """The line that says what a chart rests on.

    >>> source_line(meetings=22, posts=22, pages=5, reporters=["A", "B"], codebook="1.0")
    'Source: 22 meetings in 22 posts on 5 pages, told by A and B; necdata codebook 1.0'
    """
    words = f"Source: {counted(meetings, 'meeting')}"
    words += f" in {counted(posts, 'post')}" if posts is not None else ""
    words += f" on {counted(pages, 'page')}" if pages is not None else ""
    words += f", told by {listed(reporters)}" if reporters else ""
    words += f"; necdata codebook {codebook}" if codebook else ""
    return words + (f"; built {built}" if built else "")


def counted(number: int, noun: str) -> str:
    """A number with its noun: '1 post', '1,204 posts'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Sequence[str], most: int = 4) -> str:
    """Words joined for reading: 'A, B and C'; after `most`, 'and n others'."""
    named = list(words)
    if len(named) > most:
        rest = len(named) - most + 1
        named = [*named[: most - 1], f"{rest} others"]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
