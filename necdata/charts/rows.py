"""Rows of a chart: one per topic or term, with its words on the left and marks along a scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from necdata import style
from necdata.charts.figure import Chart, panel
from necdata.charts.units import FEWEST, Unit, value_ticks

ROW = 3.5
"""Height in mm of a row with one line of words."""
AXIS = 4.0
"""Height in mm of the tick labels below a panel."""


def fitted(words: Sequence[str], most: float) -> tuple[list[str], float, float]:
    """Words wrapped to at most `most` mm, the width they take, and the height of a row of them."""
    wrapped = ["\n".join(style.wrap(word, most)) for word in words]
    width = max(style.text_width(word) for word in wrapped)
    deepest = max(word.count("\n") for word in wrapped)
    return wrapped, width, ROW + deepest * style.line_height() * 0.92


def set_rows(axes: Axes, words: Sequence[str] | None, count: int) -> None:
    """Give axes one row per topic, top down, with a hairline along each and words on the left."""
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks(range(count), words if words is not None else [""] * count, linespacing=1.0)
    axes.hlines(range(count), 0, 1, transform=axes.get_yaxis_transform(), color=style.GRID, lw=0.4,
                zorder=0)


def set_values(axes: Axes, top: float, width: float, unit: Unit, *, labelled: bool = True) -> None:
    """Give axes a scale from zero to a round `top`, with ticks that can be read in `width` mm."""
    places = value_ticks(top, width, unit.write)
    axes.set_xlim(0, top)
    axes.set_xticks(places, [unit.write(place) for place in places] if labelled
                    else [""] * len(places))
    axes.vlines(places, 0, 1, transform=axes.get_xaxis_transform(), color=style.GRID, lw=0.5,
                zorder=0)
    axes.axvline(0, color=style.RULE, lw=0.9, zorder=1)


def row_panel(chart: Chart, left: float, top: float, width: float, height: float) -> Axes:
    """A panel for rows."""
    return panel(chart, left, top, width, height)


def banded(rates: pd.DataFrame) -> pd.Series:
    """Which rates have an interval that may be drawn: given, and from enough meetings.

    Shares of meetings have Wilson's interval, which holds for any number of them.
    """
    if "low" not in rates or "high" not in rates:
        return pd.Series(False, index=rates.index)
    given = rates["low"].notna() & rates["high"].notna()
    any_number = "measure" in rates and (rates["measure"] == "share_of_meetings").all()
    return given & (any_number | (rates["n_meetings"] >= FEWEST))


def draw_rate(axes: Axes, row: float, rate: pd.Series, colour: str, marker: str = "o",
              points: pd.DataFrame | None = None, step: float = 0.2, reach: float = 0.03) -> None:
    """Draw one rate in its row: an estimate with its interval, or every meeting as a dot.

    `points` (columns `shown`, `is_partial`) are drawn where meetings are few; `reach` is the
    diameter of a dot in units of the scale, `step` the offset of dots that would touch, in rows.
    """
    if rate["banded"]:
        axes.plot([rate["low"], rate["high"]], [row, row], color=colour, lw=1.3, zorder=2,
                  alpha=0.75, clip_on=False)
    if rate["n_meetings"] >= FEWEST or rate["banded"] or points is None or points.empty:
        axes.plot(rate["estimate"], row, marker, ms=4, color=colour, mew=0, zorder=3, clip_on=False)
        return
    heights = np.asarray(row + swarm(points["shown"].to_list(), reach) * step)
    for shown, partial, height in zip(points["shown"], points["is_partial"], heights, strict=True):
        axes.plot(shown, height, marker, ms=2.6, mec=colour, mew=0.5, clip_on=False, zorder=3,
                  mfc=style.PAPER if partial else colour)
    axes.plot(rate["estimate"], row, "|", ms=7, mec=colour, mew=1.3, zorder=4, clip_on=False)


def swarm(values: Sequence[float], reach: float) -> np.ndarray:
    """Offsets (0, 1, -1) that keep dots of a row apart while there is room.

    >>> swarm([0.0, 0.0, 0.5], 0.1).tolist()
    [0.0, 1.0, 0.0]
    """
    levels = (0.0, 1.0, -1.0)
    last = dict.fromkeys(levels, -np.inf)
    offsets = np.zeros(len(values))
    for place in np.argsort(np.asarray(values), kind="stable"):
        level = next((level for level in levels if values[place] - last[level] >= reach),
                     min(levels, key=lambda level: last[level]))
        last[level] = values[place]
        offsets[place] = level
    return offsets
