"""Time along the page: ticks, leadership eras, elections, gaps, and meetings known to a span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from necdata.charts import style

DOT = 1.4
"""Diameter in mm of the mark of one meeting."""
LONG_GAP = 365
"""Days without a meeting from which on a gap is named on the chart."""


class Timescale(NamedTuple):
    """Days since 1970 at both ends of a time axis, and its width in mm."""

    first: float
    last: float
    width: float

    def mm(self, day: float) -> float:
        """The place of a day, in mm from the left end."""
        return (day - self.first) / (self.last - self.first) * self.width

    def days(self, mm: float) -> float:
        """How many days a length in mm stands for."""
        return mm / self.width * (self.last - self.first)


def day(date: object) -> float:
    """A date as days since 1970, the unit of time axes."""
    return float(date2num(pd.Timestamp(date)))  # type: ignore[arg-type]


def dated(meetings: pd.DataFrame) -> pd.DataFrame:
    """The meetings that have a start and an end, in order of time, their spans as `at`, `until`.

    `at` and `until` are days since 1970, the end of the last day included.
    """
    known = meetings.dropna(subset=["start", "end"]).sort_values(["start", "meeting_id"])
    return known.assign(
        at=[day(date) for date in known["start"]],
        until=[day(date) + 1 for date in known["end"]],
    )


def timescale(meetings: pd.DataFrame, width: float) -> Timescale:
    """A scale over all spans of `dated` meetings, with a little room at both ends."""
    if meetings.empty:
        raise ValueError("no meeting to draw has a date: widen the choice of meetings")
    first, last = meetings["at"].min(), meetings["until"].max()
    room = max((last - first) * 0.025, 15.0)
    return Timescale(first - room, last + room, width)


def set_time(axes: Axes, scale: Timescale, *, labelled: bool = True, centred: bool = False) -> None:
    """Give axes the time scale, with as many ticks as there is room to read.

    A tick is at the first day of its year or month; `centred`, at the middle of its year.
    """
    places, words = ticks(scale)
    axes.set_xlim(scale.first, scale.last)
    axes.set_xticks([place + 183 if centred else place for place in places], words if labelled else [""] * len(places))
    axes.tick_params(axis="x", length=2 if labelled and not centred else 0, width=0.5)


def ticks(scale: Timescale) -> tuple[list[float], list[str]]:
    """Places and words of the finest calendar ticks whose words do not touch."""
    span = scale.last - scale.first
    steps = [1, 2, 3, 6] if span < 900 else []
    for months in [*steps, 12, 24, 60, 120, 240]:
        places = calendar(scale, months)
        words = [tick_words(date, months, position) for position, date in enumerate(places)]
        room = scale.width * months * 30.4 / span
        widest = max((style.text_width(word, style.SMALL_SIZE) for word in words), default=0.0)
        if widest + 1.5 < room:
            break
    return [day(date) for date in places], words


def calendar(scale: Timescale, months: int) -> list[pd.Timestamp]:
    """The firsts of every `months`-th month on the scale, counted from the year 0."""
    origin = pd.Timestamp("1970-01-01")
    first, last = (origin + pd.Timedelta(days=edge) for edge in (scale.first, scale.last))
    every = pd.date_range(first.normalize(), last, freq="MS")
    return [date for date in every if (date.year * 12 + date.month - 1) % months == 0 and day(date) >= scale.first]


def tick_words(date: pd.Timestamp, months: int, position: int) -> str:
    """'2019' on a scale of years; 'Apr' on one of months, with its year at the first and Januaries.

    >>> tick_words(pd.Timestamp("2019-04-01"), 3, 0)
    'Apr\\n2019'
    """
    if months >= 12:
        return str(date.year)
    return f"{date:%b\n%Y}" if position == 0 or date.month == 1 else f"{date:%b}"


def draw_meetings(
    axes: Axes,
    scale: Timescale,
    meetings: pd.DataFrame,
    heights: Sequence[float],
    colours: Sequence[str],
    markers: Sequence[str] | None = None,
    dot: float = DOT,
) -> None:
    """Draw `dated` meetings: a dot, or a bar over the days it may have been on.

    Full accounts are filled, those cut off are hollow. A bar is never narrower than a dot.
    """
    table = meetings.assign(
        height=heights, colour=colours, marker=markers or "o", hollow=meetings["is_partial"].astype(bool)
    )
    known = table["precision"] == "day"
    for (colour, marker, hollow), dots in table[known].groupby(["colour", "marker", "hollow"]):
        axes.plot(
            dots["at"] + 0.5,
            dots["height"],
            str(marker),
            ms=dot / 25.4 * 72 - 0.7,
            mec=colour,
            mew=0.7,
            mfc=style.PAPER if hollow else colour,
            zorder=3,
            clip_on=False,
        )
    for (colour, hollow), bars in table[~known].groupby(["colour", "hollow"]):
        ends = [bar(scale, at, until) for at, until in zip(bars["at"], bars["until"], strict=True)]
        left, right = (np.array(side) for side in zip(*ends, strict=True))
        axes.hlines(bars["height"], left, right, color=colour, lw=2.4 * dot / DOT, zorder=3, clip_on=False)
        if hollow:
            inset = scale.days(0.2)
            axes.hlines(
                bars["height"],
                left + inset,
                right - inset,
                color=style.PAPER,
                lw=1.2 * dot / DOT,
                zorder=3.1,
                clip_on=False,
            )


def bar(scale: Timescale, at: float, until: float) -> tuple[float, float]:
    """Both ends of the bar of a span: the span itself, widened where too narrow to see."""
    centre, half = (at + until) / 2, max((until - at) / 2, scale.days(0.85))
    return centre - half, centre + half


def gaps(meetings: pd.DataFrame, least: float = LONG_GAP) -> list[tuple[float, float]]:
    """The stretches of `least` days or more in which no span of `dated` meetings lies."""
    found, reached = [], float("inf")
    for at, until in zip(meetings["at"], meetings["until"], strict=True):
        if at - reached >= least:
            found.append((reached, at))
        reached = until if reached == float("inf") else max(reached, until)
    return found


def draw_gaps(
    axes: Axes, scale: Timescale, meetings: pd.DataFrame, height: float, elections: Sequence[float] = ()
) -> bool:
    """Name the long gaps between meetings at a height of the axes (a fraction), where they fit.

    The words keep clear of the lines of `elections`. True where some are a bare number of months.
    """
    bare = False
    across, size, inset = axes.get_xaxis_transform(), style.SMALL_SIZE - 0.5, scale.days(0.7)
    for left, right in gaps(meetings):
        length = months(right - left)
        cuts = [left, *(when for when in elections if left < when < right), right]
        start, stop = max(zip(cuts, cuts[1:], strict=False), key=lambda ends: ends[1] - ends[0])
        room = scale.mm(stop) - scale.mm(start) - 1.5
        words = next(
            (
                words
                for words in (f"no accounts for {length} months", f"{length} months", str(length))
                # A bare number may reach a little beyond its bracket.
                if style.text_width(words, size) < room + (2.5 if words == str(length) else 0)
            ),
            "",
        )
        if not words:
            continue
        axes.plot(
            [left + inset, right - inset],
            [height] * 2,
            "|-",
            transform=across,
            color=style.NEUTRAL,
            lw=0.6,
            ms=3.5,
            mew=0.6,
            zorder=2,
        )
        axes.annotate(
            words,
            ((start + stop) / 2, height),
            xycoords=across,
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=size,
            color=style.QUIET,
        )
        bare = bare or words == str(length)
    return bare


def months(days: float) -> int:
    """Days as a round number of months."""
    return round(days / 30.44)
