"""Topics × time as a heat map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from necdata.charts import style
from necdata.charts.context import Context, context, context_key, draw_names
from necdata.charts.dates import Timescale, day, set_time
from necdata.charts.figure import Chart, finish, panel, ruler, sheet
from necdata.charts.frames import measured, named, require
from necdata.charts.key import Key
from necdata.charts.rows import AXIS, fitted
from necdata.charts.units import Unit, scale_top, unit
from necdata.charts.words import counted, listed

N_ROW = 5.0
"""Height in mm of the columns below the map that show the number of meetings."""
BAR = 30.0
"""Width in mm of the scale of colours."""


@style.in_house_style
def heat_map(
    rates: pd.DataFrame,
    eras: pd.DataFrame | None = None,
    elections: pd.DataFrame | None = None,
    *,
    value: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw rates as colours, a row per topic and a column per period, empty periods included.

    `rates` has topic, period, estimate and n_meetings and, where known, name. `period` is a pandas
    Period, or what reads as one: 2019, '2019Q3', '2019-07'. Rows are in order of rate,
    periods weighed by their meetings.
    """
    require(rates, "rates", "topic", "period", "estimate", "n_meetings")
    table = named(rates, names).assign(period=periods(rates["period"]))
    wide = table.pivot(index="topic", columns="period", values="estimate")
    numbers = table.groupby("period")["n_meetings"].max()
    every = pd.period_range(wide.columns.min(), wide.columns.max(), freq=table["period"].dt.freq)
    numbers = numbers.reindex(every, fill_value=0)
    wide = wide.reindex(columns=every)
    wide.loc[:, (numbers == 0).to_numpy()] = np.nan
    wide = wide.loc[(wide * numbers).sum(axis=1).sort_values(ascending=False, kind="stable").index]
    words = dict(zip(table["topic"], table["name"], strict=True))

    most = f"Meetings (up to {numbers.max()})"
    rows = fitted([words[key] for key in wide.index], width * 0.4)
    left = style.MARGIN + max(rows.width, style.text_width(most, style.SMALL_SIZE)) + 2
    edges = [day(period.start_time) for period in every] + [day(every[-1].end_time)]
    scale = Timescale(edges[0], edges[-1], width - left - style.MARGIN - 3)
    about = context(scale, eras, elections)
    measure, top = unit(measured(table, value)), scale_top(wide.max())
    tall, above = rows.tall, about.height + 5.0
    chart = sheet(width, above + tall + N_ROW + AXIS + 2)
    draw_scale(chart, left, scale.width, top, measure)
    draw_names(chart, left, 5.0, about)
    axes = panel(chart, left, above, scale.width, tall)
    floors = [0.0, *rows.floors()]
    axes.pcolormesh(
        edges,
        floors,
        np.ma.masked_invalid(wide.to_numpy()),
        cmap=style.sequence(),
        norm=Normalize(0, top),
        edgecolors="none",
        lw=0,
    )
    axes.set_ylim(tall, 0)
    axes.set_yticks(rows.middles, rows.words, linespacing=1.0)
    axes.hlines(floors[1:-1], edges[0], edges[-1], color=style.PAPER, lw=0.6)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_xticks([])
    mark_elections(axes, about)
    draw_numbers(panel(chart, left, above + tall + 1.2, scale.width, N_ROW), edges, numbers, scale)
    drawn = table.sort_values(["period", "topic"]).assign(period=table["period"].astype(str))
    return finish(
        chart,
        drawn,
        title=title or f"What accounts of NEC meetings are about, by {length_words(every)}",
        subtitle=f"{measure.words}, by {length_words(every)}" if subtitle is None else subtitle,
        key=[Key("blank", "no meeting with an account"), *context_key(about)],
        source=source,
        alt=heat_alt(wide, words, numbers, measure),
    )


def periods(column: pd.Series) -> pd.Series:
    """The column as pandas Periods of one length; ValueError where some do not read as one."""
    if isinstance(column.dtype, pd.PeriodDtype):
        return column
    try:
        return pd.Series(pd.PeriodIndex(column.astype(str)), index=column.index)
    except ValueError as error:
        raise ValueError(
            "the rates frame's column period holds what does not read as a year, "
            f"quarter or month ({error}): give '2019', '2019Q3' or '2019-07'"
        ) from error


def length_words(every: pd.PeriodIndex) -> str:
    """'year', 'quarter' or 'month' of periods; else their frequency as pandas writes it."""
    known = {"Y": "year", "Q": "quarter", "M": "month"}
    return known.get(every.freqstr[:1], every.freqstr)


def draw_scale(chart: Chart, left: float, room: float, top: float, measure: Unit) -> None:
    """Draw the scale of colours with its ends written beside it."""
    axes = ruler(chart, left, 0, room, 4.0)
    words = (measure.write(0), measure.write(top))
    start = style.text_width(words[0], style.SMALL_SIZE) + 1
    axes.text(0, 1.6, words[0], size=style.SMALL_SIZE, va="center_baseline", color=style.QUIET)
    axes.imshow(
        np.linspace(0, 1, 128)[None, :], cmap=style.sequence(), aspect="auto", extent=(start, start + BAR, 2.7, 0.5)
    )
    axes.set(xlim=(0, room), ylim=(4.0, 0))
    axes.text(start + BAR + 1, 1.6, words[1], size=style.SMALL_SIZE, va="center_baseline", color=style.QUIET)


def mark_elections(axes: Axes, about: Context) -> None:
    """Mark elections across the map, light enough to leave the colours readable."""
    for when in about.elections:
        axes.axvline(when, color=style.PAPER, lw=1.4, zorder=2)
        axes.axvline(when, color=style.INK, lw=0.7, ls=(0, (2.5, 1.5)), zorder=3)


def draw_numbers(axes: Axes, edges: list[float], numbers: pd.Series, scale: Timescale) -> None:
    """Draw below the map, in a column per period, from how many meetings its colours are."""
    top = int(numbers.max())
    axes.set_ylim(0, top * 1.05)
    axes.set_yticks([top / 2], [f"Meetings (up to {top})"], size=style.SMALL_SIZE, color=style.QUIET)
    for left, right, number in zip(edges, edges[1:], numbers, strict=False):
        inset = min((right - left) * 0.1, scale.days(0.2))
        axes.add_patch(Rectangle((left + inset, 0), right - left - 2 * inset, number, lw=0, color=style.NEUTRAL))
        room = scale.mm(right) - scale.mm(left)
        inside = style.text_width(str(number), style.SMALL_SIZE) + 0.4 < room
        if number and inside:
            high = number / (top * 1.05) * N_ROW > 2.8
            axes.text(
                (left + right) / 2,
                number / 2 if high else number + top * 0.06,
                str(number),
                ha="center",
                va="center_baseline" if high else "bottom",
                size=style.SMALL_SIZE,
                color=style.PAPER if high else style.INK,
            )
    axes.axhline(0, color=style.RULE, lw=0.7)
    set_time(axes, scale, centred=scale.last - scale.first > 360 * len(numbers))


def heat_alt(wide: pd.DataFrame, words: Mapping[str, str], numbers: pd.Series, measure: Unit) -> str:
    """The heat map in words, with its highest cells."""
    cells = [
        (float(rate), str(topic), str(period))
        for period in wide.columns
        for topic, rate in wide[period].dropna().items()
    ]
    cells.sort(key=lambda cell: -cell[0])
    peaks = [f"{words[topic]} {measure.write(rate)} in {period}" for rate, topic, period in cells[:4]]
    return (
        f"Heat map of {counted(len(wide), 'topic')} in {counted(len(numbers), 'period')} from "
        f"{numbers.index[0]} to {numbers.index[-1]}, {int((numbers == 0).sum())} of them "
        f"without a meeting; {measure.words.lower()}. Highest: {listed(peaks)}."
    )
