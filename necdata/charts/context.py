"""What a time chart names above itself: who led the party, and when elections were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import style
from necdata.charts.dates import Timescale, day
from necdata.charts.figure import Chart, ruler
from necdata.charts.key import Key

LANE = style.line_height(style.SMALL_SIZE)


class Flag(NamedTuple):
    """Words placed in a lane above a chart: lane 0 is the lowest; `left` and `at` in mm."""

    words: str
    at: float
    left: float
    lane: int

    @property
    def right(self) -> float:
        """Where the words end."""
        return self.left + style.text_width(self.words, style.SMALL_SIZE)


class Era(NamedTuple):
    """A leader's era, cut to a time scale: name, first and last day since 1970, if shaded."""

    words: str
    first: float
    last: float
    shaded: bool


class Context(NamedTuple):
    """The eras and elections (as days since 1970) on a time scale, with their names placed."""

    scale: Timescale
    eras: list[Era]
    elections: list[float]
    names: list[Flag]
    flags: list[Flag]

    @property
    def height(self) -> float:
        """The mm that the names need above the chart."""
        return lanes(self.names) * LANE + lanes(self.flags) * LANE + 0.8


def context(
    scale: Timescale, eras: pd.DataFrame | None, elections: pd.DataFrame | None, kind: str = "general"
) -> Context:
    """What of the eras and of the elections of a kind falls on a time scale, and where names go."""
    shown = visible_eras(scale, eras)
    names = era_names(scale, shown)
    held = visible_elections(scale, elections, kind)
    days = [when for when, _, _ in held]
    flags = (
        place_flags(scale, [(when, name) for when, name, _ in held], most=2)
        or place_flags(scale, [(when, year) for when, _, year in held])
        or []
    )
    return Context(scale, shown, days, names, flags)


def visible_eras(scale: Timescale, eras: pd.DataFrame | None) -> list[Era]:
    """The eras that reach into the scale; every second of all eras in time is shaded."""
    if eras is None:
        return []
    found = []
    for position, (_, era) in enumerate(eras.sort_values("start").iterrows()):
        first = max(day(era["start"]), scale.first)
        last = scale.last if pd.isna(era["end"]) else min(day(era["end"]) + 1, scale.last)
        if first < last:
            found.append(Era(str(era["short_name"]), first, last, position % 2 == 1))
    return found


def visible_elections(scale: Timescale, elections: pd.DataFrame | None, kind: str) -> list[tuple[float, str, str]]:
    """Day, name and year of each election of a kind on the scale."""
    if elections is None:
        return []
    held = elections[elections["kind"] == kind].sort_values("date")
    dates = pd.to_datetime(held["date"])
    return [
        (day(date), str(name), str(date.year))
        for date, name in zip(dates, held["name"], strict=True)
        if scale.first < day(date) < scale.last
    ]


def era_names(scale: Timescale, eras: Sequence[Era]) -> list[Flag]:
    """Names of eras: in the lowest lane inside their era where they fit, else in a lane above."""
    placed: list[Flag] = []
    for era in eras:
        first, last = scale.mm(era.first), scale.mm(era.last)
        width, middle = style.text_width(era.words, style.SMALL_SIZE), (first + last) / 2
        inside = width + 1.2 <= last - first
        left = min(max(middle - width / 2, 0.0), scale.width - width)
        lane = 0 if inside else 1
        right = left + width + 1.2
        while any(other.lane == lane and left < other.right + 1.2 and other.left < right for other in placed):
            lane += 1
        placed.append(Flag(era.words, middle, left, lane))
    return placed


def place_flags(scale: Timescale, marks: Sequence[tuple[float, str]], most: int = 4) -> list[Flag] | None:
    """Words beside their stems, in the fewest lanes; None where `most` lanes do not do.

    A stem runs from the chart up to its own lane, so words may stand above it but not across it.
    """
    for number in range(1, most + 1):
        found = placed_beside(scale, list(marks), [], number)
        if found is not None:
            return found
    return None


def placed_beside(
    scale: Timescale, marks: list[tuple[float, str]], placed: list[Flag], number: int
) -> list[Flag] | None:
    """The flags placed and one for each mark, the last first, trying every place where stuck."""
    if not marks:
        return placed
    when, words = marks[-1]
    at, width = scale.mm(when), style.text_width(words, style.SMALL_SIZE)
    for lane in range(number):
        for left in (at + 0.6, at - width - 0.6):
            flag = Flag(words, at, left, lane)
            inside = left >= -0.5 and flag.right <= scale.width + 2
            if inside and not any(in_the_way(flag, other) for other in placed):
                found = placed_beside(scale, marks[:-1], [*placed, flag], number)
                if found is not None:
                    return found
    return None


def in_the_way(one: Flag, other: Flag) -> bool:
    """Whether words of two flags touch, or words of one stand across the stem of the other."""
    words = one.lane == other.lane and one.left < other.right + 1 and other.left < one.right + 1
    crossed = other.lane >= one.lane and one.left - 0.5 < other.at < one.right + 0.5
    crosses = one.lane >= other.lane and other.left - 0.5 < one.at < other.right + 0.5
    return words or crossed or crosses


def lanes(flags: list[Flag]) -> int:
    """How many lanes placed words take."""
    return max((flag.lane for flag in flags), default=-1) + 1


def draw_names(chart: Chart, start: float, top: float, about: Context) -> None:
    """Write the names of eras and elections in the `about.height` mm above a time chart."""
    axes = ruler(chart, start, top, about.scale.width, about.height)
    axes.set_zorder(2)
    floor = about.height
    division = floor - lanes(about.flags) * LANE
    for era in about.eras:
        if era.shaded:
            left, right = about.scale.mm(era.first), about.scale.mm(era.last)
            axes.axvspan(left, right, ymax=(floor - division + LANE) / floor, color=style.SHADE, lw=0)
    for name in about.names:
        middle = division - (name.lane + 0.5) * LANE
        if name.lane:
            axes.plot([name.at] * 2, [middle + LANE * 0.42, division], color=style.RULE, lw=0.5)
        axes.text(name.left, middle - 0.25, name.words, size=style.SMALL_SIZE, va="center_baseline", color=style.QUIET)
    for flag in about.flags:
        middle = floor - (flag.lane + 0.5) * LANE
        axes.plot([flag.at] * 2, [middle - LANE * 0.4, floor], color=style.NEUTRAL, lw=0.7, ls=(0, (2.5, 1.5)))
        axes.text(flag.left, middle - 0.25, flag.words, size=style.SMALL_SIZE, va="center_baseline", color=style.INK)


def draw_context(axes: Axes, about: Context) -> None:
    """Shade the eras and mark the elections behind a time chart."""
    for era in about.eras:
        if era.shaded:
            axes.axvspan(era.first, era.last, color=style.SHADE, lw=0, zorder=0)
    for when in about.elections:
        axes.axvline(when, color=style.NEUTRAL, lw=0.7, ls=(0, (2.5, 1.5)), zorder=1)


def context_key(about: Context, kind: str = "general") -> list[Key]:
    """The entry of the key for elections, where there are any."""
    return [Key("event", f"{kind} election")] if about.elections else []
