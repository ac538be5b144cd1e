"""The sheet that a chart is drawn on, and the words around it: title, key, notes, source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from necdata.charts import style
from necdata.charts.key import Key, arranged, draw_key

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

    def export(self, folder: str | Path, name: str, formats: Sequence[str] | None = None) -> list[Path]:
        """Write the chart to files, as `necdata.charts.export.export` does."""
        from necdata.charts.export import FORMATS, export

        return export(self, folder, name, FORMATS if formats is None else formats)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        picture = BytesIO()
        with style.house_style():
            self.savefig(picture, format="png", dpi=200, metadata={"Software": None})
        shown = {"width": round(self.get_figwidth() * 96 * ON_SCREEN), "alt": self.alt}
        data = {"image/png": picture.getvalue(), "text/plain": self.alt}
        return data, {"image/png": shown}


def sheet(width: float, height: float) -> Chart:
    """An empty chart, `width` × `height` mm; `finish` adds room for words above and below."""
    if width < 60 or height <= 0:
        raise ValueError(
            f"a chart of {width} × {height} mm is too small: give 60 mm of width or "
            f"more (a column is {style.COLUMN_WIDTH} mm, a page {style.FULL_WIDTH})"
        )
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
    heading = style.balanced(title, width, style.TITLE_SIZE, "bold")
    unit = style.balanced(subtitle, width) if subtitle else []
    rows = arranged(list(key), width)
    footer = [line for text in (notes, source) if text for line in style.wrap(text, width, style.SMALL_SIZE)]
    head = (
        len(heading) * style.line_height(style.TITLE_SIZE)
        + len(unit) * style.line_height()
        + len(rows) * style.line_height() * 1.15
        + 2.4
        + (1.0 if rows else 0)
    )
    foot = len(footer) * style.line_height(style.SMALL_SIZE) + (2.0 if footer else 0)
    grow(chart, head + style.MARGIN, foot + style.MARGIN)

    top = ruler(chart, style.MARGIN, style.MARGIN, width, head)
    down = write(top, heading, 0.0, style.TITLE_SIZE, weight="bold")
    down = write(top, unit, down + 0.6, style.TEXT_SIZE, color=style.QUIET)
    draw_key(top, rows, down + 1.0)
    below = chart.get_figheight() * 25.4 - style.MARGIN - foot
    write(ruler(chart, style.MARGIN, below, width, max(foot, 0.1)), footer, 2.0, style.SMALL_SIZE, color=style.QUIET)

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
