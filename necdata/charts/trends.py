"""One topic from meeting to meeting over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import findings, style
from necdata.charts.context import Context, context, context_key, draw_context, draw_names
from necdata.charts.coverage import gap_key, marks_key, undated_note
from necdata.charts.dates import (
    DOT,
    Timescale,
    dated,
    day,
    draw_gaps,
    draw_meetings,
    set_time,
    timescale,
)
from necdata.charts.figure import Chart, finish, panel, sheet
from necdata.charts.frames import FEWEST, named, per_meeting, require
from necdata.charts.key import Key
from necdata.charts.rows import AXIS
from necdata.charts.units import Unit, scale_top, unit, value_ticks
from necdata.charts.words import counted, listed

DRAWN = (
    "meeting_id",
    "start",
    "end",
    "precision",
    "kind",
    "leader",
    "reporter",
    "is_partial",
    "next_election",
    "days_to_election",
    "topic",
    "name",
)
MANY = 60
"""Meetings from which on marks are smaller and stand without stems."""


@style.in_house_style
def over_time(
    topics: pd.DataFrame,
    meetings: pd.DataFrame,
    eras: pd.DataFrame | None = None,
    elections: pd.DataFrame | None = None,
    *,
    topic: str = "elections",
    curve: pd.DataFrame | None = None,
    value: str = "share_of_passages",
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw one topic's rate in every meeting over time, eras shaded, general elections marked.

    `topics` and `meetings` are the corpus's. `curve`, if given, has date, estimate, low, high and
    n_meetings (those that a point of it rests on) and is drawn where these are ten or more.
    """
    table, points = chosen(topics, meetings, [topic], value, names)
    measure, top = unit(value), scale_top(points["shown"])
    left = style.MARGIN + max(map(style.text_width, map(measure.tick, (top, top / 4)))) + 2
    scale = timescale(points, width - left - style.MARGIN - 3)
    about = context(scale, eras, elections)
    tall = 48.0 if width < 120 else 62.0
    chart = sheet(width, about.height + tall + AXIS + 1)
    draw_names(chart, left, 0, about)
    axes = panel(chart, left, about.height, scale.width, tall)
    set_height(axes, top, tall, measure)
    draw_context(axes, about)
    set_time(axes, scale)
    draw_lollipops(axes, scale, points, DOT if len(points) <= MANY else DOT * 0.75)
    bare = draw_gaps(axes, scale, points, 0.02, about.elections)
    drawn_curve = draw_curve(axes, curve)
    name = points["name"].iloc[0]
    return finish(
        chart,
        drawn_rows(points, value, curve if drawn_curve else None),
        title=title or findings.told_title(name, int((points["shown"] > 0).sum()), len(points)),
        subtitle=one_unit(measure, name, points) if subtitle is None else subtitle,
        key=[*marks_key(points), *drawn_curve, *gap_key(bare), *context_key(about)],
        notes=undated_note(table, points),
        source=source,
        alt=trend_alt(points, name, measure, about),
    )


def chosen(
    topics: pd.DataFrame,
    meetings: pd.DataFrame,
    keys: Sequence[str] | None,
    value: str,
    names: Mapping[str, str] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Meetings, and the dated values of the chosen topics in them, with `name`."""
    rows = topics if keys is None else topics[topics["topic"].isin(list(keys))]
    missing = sorted(set(keys or []) - set(rows["topic"]))
    if missing:
        raise ValueError(
            f"no topic {listed(missing)} in the topics frame: it has {listed(sorted(set(topics['topic'])), 40)}"
        )
    points = named(dated(per_meeting(rows, meetings, value)), names)
    require(points, "topics")
    return meetings, points


def set_height(axes: Axes, top: float, tall: float, measure: Unit) -> None:
    """Give axes a scale of values upward from zero, with hairlines."""
    places = value_ticks(top, tall * 1.6, measure.tick)
    axes.set_ylim(0, top * 1.03)
    axes.set_yticks(places, [measure.tick(place) for place in places])
    axes.tick_params(axis="y", labelsize=style.SMALL_SIZE, labelcolor=style.QUIET)
    axes.hlines(places, 0, 1, transform=axes.get_yaxis_transform(), color=style.GRID, lw=0.5, zorder=0.5)
    axes.axhline(0, color=style.NEUTRAL, lw=0.7, zorder=2)


def draw_lollipops(axes: Axes, scale: Timescale, points: pd.DataFrame, dot: float) -> None:
    """Draw every meeting at its value, on stems from zero unless these would hide each other."""
    if len(points) <= MANY:
        axes.vlines((points["at"] + points["until"]) / 2, 0, points["shown"], color=style.RULE, lw=0.5)
    draw_meetings(axes, scale, points, points["shown"].to_list(), [style.ACCENT] * len(points), dot=dot)


def draw_curve(axes: Axes, curve: pd.DataFrame | None, along: str = "date") -> list[Key]:
    """Draw the stretches of a moving rate that rest on enough meetings; returns their key."""
    if curve is None or curve.empty:
        return []
    require(curve, "curve", along, "estimate", "low", "high", "n_meetings")
    bold = curve.sort_values(along).reset_index(drop=True)
    enough = bold["n_meetings"] >= FEWEST
    if not enough.any():
        return []
    places = bold[along].map(day) if along == "date" else bold[along]
    shown = bold[["estimate", "low", "high"]].where(enough)
    axes.fill_between(places, shown["low"], shown["high"], color=style.SEQUENCE[1], alpha=0.5, lw=0, zorder=1.5)
    axes.plot(places, shown["estimate"], color=style.INK, lw=1.4, zorder=2.5)
    return [Key("line", "moving rate (10 meetings or more), 95% band", style.INK)]


def drawn_rows(points: pd.DataFrame, value: str, curve: pd.DataFrame | None = None) -> pd.DataFrame:
    """What was drawn: a row per meeting and topic and per place of the curve, if there is one."""
    columns = [column for column in (*DRAWN, value) if column in points]
    rows = points[columns]
    if curve is None:
        return rows
    told = curve[curve["n_meetings"] >= FEWEST]
    return pd.concat([rows.assign(series="meeting"), told.assign(series="curve")])


def one_unit(measure: Unit, name: str, points: pd.DataFrame) -> str:
    """'Share of passages about “Elections”, 22 meetings'."""
    return f"{measure.about(name)}, {counted(points['meeting_id'].nunique(), 'meeting')}"


def trend_alt(points: pd.DataFrame, name: str, measure: Unit, about: Context) -> str:
    """One topic over time in words, with numbers."""
    highest = points.iloc[int(points["shown"].argmax())]
    named_eras = listed([era.words for era in about.eras], 12)
    marked = [flag.words for flag in sorted(about.flags, key=lambda flag: flag.at)]
    return (
        f"{name} in {counted(len(points), 'meeting')} from {points['start'].min():%B %Y} to "
        f"{points['end'].max():%B %Y}, {measure.words.lower()}: median "
        f"{measure.write(points['shown'].median())}, highest {measure.write(highest['shown'])} "
        f"in {highest['start']:%B %Y}; {(points['shown'] == 0).sum()} without any."
        + (f" Eras: {named_eras}." if named_eras else "")
        + (f" General elections: {listed(marked, 12)}." if marked else "")
    )
