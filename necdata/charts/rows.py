"""Rows of a chart: one per topic or term, with its words on the left and marks along a scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import style
from necdata.charts.frames import FEWEST
from necdata.charts.units import Unit, value_ticks

ROW = 3.5
"""Height in mm of a row with one line of words."""
SPOT = 0.8
"""Diameter in mm of the dot of one meeting in a row."""
STEP = 0.66
"""The mm by which dots of a row that would touch are set off, while there is room."""
SWARM = 1.4
"""The mm above and below its row within which a swarm of dots stays."""
BEYOND = 1.0001
"""What a value is divided by the end of the scale from where on it lies beyond it."""
AXIS = 4.0
"""Height in mm of the tick labels below a panel."""


class Rows(NamedTuple):
    """Words in rows: wrapped, the mm they are wide, and where each row's middle is, in mm down."""

    words: list[str]
    width: float
    middles: list[float]
    tall: float

    def floors(self) -> list[float]:
        """Where each row ends, in mm down."""
        ends, reached = [], 0.0
        for middle in self.middles:
            reached += 2 * (middle - reached)
            ends.append(reached)
        return ends


def fitted(words: Sequence[str], most: float, row: float = ROW) -> Rows:
    """Rows for words wrapped to at most `most` mm; a row with more lines is deeper."""
    wrapped = ["\n".join(style.wrap(word, most)) for word in words]
    deep = [row + word.count("\n") * style.line_height() * 0.9 for word in wrapped]
    ends = np.cumsum(deep)
    return Rows(
        wrapped,
        max(map(style.text_width, wrapped)),
        [float(end - tall / 2) for end, tall in zip(ends, deep, strict=True)],
        float(ends[-1]),
    )


def set_rows(axes: Axes, rows: Rows, *, labelled: bool = True) -> None:
    """Give axes the rows, top down in mm, with a hairline along each and words on the left."""
    axes.set_ylim(rows.tall, 0)
    axes.set_yticks(rows.middles, rows.words if labelled else [""] * len(rows.words), linespacing=1.0)
    axes.tick_params(axis="y", pad=4.5)
    axes.hlines(rows.middles, 0, 1, transform=axes.get_yaxis_transform(), color=style.GRID, lw=0.4, zorder=0)


def set_values(axes: Axes, top: float, width: float, unit: Unit, *, apart: bool = True) -> None:
    """Give axes a scale from zero to a round `top`, with ticks that can be read in `width` mm.

    Where panels stand side by side (`apart` false) the words of the ends stay inside the panel.
    """
    places = value_ticks(top, width, unit.tick, inside=not apart)
    axes.set_xlim(0, top)
    axes.set_xticks(places, [unit.tick(place) for place in places])
    if not apart:
        labels = axes.get_xticklabels()
        labels[0].set_horizontalalignment("left")
        if places[-1] > 0.85 * top and len(places) > 1:
            labels[-1].set_horizontalalignment("right")
    axes.vlines(places, 0, 1, transform=axes.get_xaxis_transform(), color=style.GRID, lw=0.5, zorder=0)
    axes.axvline(0, color=style.RULE, lw=0.9, zorder=1)


def draw_rate(
    axes: Axes,
    row: float,
    rate: pd.Series,
    colour: str,
    marker: str = "o",
    points: pd.DataFrame | None = None,
    reach: float = 0.03,
) -> None:
    """Draw one rate at `row` mm down: an estimate with its interval, or every meeting as a dot.

    `points` (columns `shown`, `is_partial`) are drawn where meetings are few; `reach` is the
    diameter of a dot in units of the scale. Meetings beyond the scale are arrows at its end.
    """
    if rate["banded"]:
        axes.plot([rate["low"], rate["high"]], [row, row], color=colour, lw=1.3, zorder=2, alpha=0.75, clip_on=False)
    if rate["n_meetings"] >= FEWEST or rate["banded"] or points is None or points.empty:
        axes.plot(rate["estimate"], row, marker, ms=4, color=colour, mew=0, zorder=3, clip_on=False)
        return
    end = axes.get_xlim()[1]
    levels = swarm(points["shown"].clip(upper=end).to_list(), reach)
    heights = np.asarray(row + levels * min(STEP, SWARM / max(np.abs(levels).max(), 1)))
    for shown, partial, height in zip(points["shown"], points["is_partial"], heights, strict=True):
        beyond = shown > end * BEYOND
        axes.plot(
            min(shown, end),
            height,
            ">" if beyond else "o",
            ms=SPOT / 25.4 * 72 + (0.8 if beyond else -0.5),
            mec=colour,
            mew=0.5,
            zorder=3,
            clip_on=False,
            mfc=style.PAPER if partial else colour,
        )
    if len(points) > 1:
        axes.plot(rate["estimate"], row, "|", ms=8, mec=colour, mew=1.3, zorder=4, clip_on=False)


def swarm(values: Sequence[float], reach: float) -> np.ndarray:
    """Offsets (0, 1, -1, 2, -2 ...) at which dots of a row that would touch stand apart.

    >>> swarm([0.0, 0.0, 0.5], 0.1).tolist()
    [0.0, 1.0, 0.0]
    """
    offsets = np.zeros(len(values))
    last: dict[float, float] = {}
    for place in np.argsort(np.asarray(values), kind="stable"):
        level = next(level for level in outward() if values[place] - last.get(level, -np.inf) >= reach)
        last[level] = values[place]
        offsets[place] = level
    return offsets


def outward() -> Iterator[float]:
    """0, 1, -1, 2, -2 and so on."""
    yield 0.0
    for distance in count(1):
        yield from (float(distance), float(-distance))
