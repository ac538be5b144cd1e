"""A topic from meeting to meeting: over time, and in small multiples of many topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from necdata import style
from necdata.charts.context import Context, context, context_key, draw_context, draw_names
from necdata.charts.coverage import marks_key, undated_note
from necdata.charts.dates import (
    Timescale,
    dated,
    day,
    draw_gaps,
    draw_meetings,
    set_time,
    timescale,
)
from necdata.charts.figure import Chart, Key, counted, finish, listed, panel, sheet
from necdata.charts.rows import AXIS
from necdata.charts.units import (
    FEWEST,
    Unit,
    named,
    per_meeting,
    require,
    scale_top,
    unit,
    value_ticks,
)

GUTTER = 4.0


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
    left = style.MARGIN + max(map(style.text_width, map(measure.write, (top, top / 4)))) + 3
    scale = timescale(points, width - left - style.MARGIN - 3)
    about = context(scale, eras, elections)
    tall = 48.0 if width < 120 else 62.0
    chart = sheet(width, about.height + tall + AXIS + 1)
    draw_names(chart, left, 0, about)
    axes = panel(chart, left, about.height, scale.width, tall)
    set_height(axes, top, tall, measure)
    draw_context(axes, about)
    set_time(axes, scale)
    axes.vlines((points["at"] + points["until"]) / 2, 0, points["shown"], color=style.RULE, lw=0.5)
    draw_meetings(axes, scale, points, points["shown"].to_list(), [style.ACCENT] * len(points))
    draw_gaps(axes, scale, points, 0.02)
    drawn_curve = draw_curve(axes, curve)
    name = points["name"].iloc[0]
    return finish(
        chart, points.drop(columns=["at", "until", "shown"]),
        title=title or f"{name} in accounts of NEC meetings over time",
        subtitle=one_unit(measure, name, points) if subtitle is None else subtitle,
        key=[*marks_key(points), *drawn_curve, *context_key(about)],
        notes=undated_note(table, points), source=source,
        alt=trend_alt(points, name, measure, about),
    )


@style.in_house_style
def small_multiples(
    topics: pd.DataFrame,
    meetings: pd.DataFrame,
    eras: pd.DataFrame | None = None,
    elections: pd.DataFrame | None = None,
    *,
    chosen_topics: Sequence[str] | None = None,
    value: str = "share_of_passages",
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw a small panel per topic of its rate in every meeting over time, all on one scale.

    `topics` and `meetings` are the corpus's; `chosen_topics` chooses and orders topics.
    """
    table, points = chosen(topics, meetings, chosen_topics, value, names)
    keys = list(chosen_topics or dict.fromkeys(points["topic"]))
    measure, top = unit(value), scale_top(points["shown"])
    left = style.MARGIN + style.text_width(measure.write(top), style.SMALL_SIZE) + 2
    columns = 2 if width < 120 else 4
    across = (width - left - style.MARGIN - 2 + GUTTER) / columns - GUTTER
    scale = timescale(points, across)
    about = context(scale, eras, elections)
    titles = panel_titles(points, keys, across)
    head = max(words.count("\n") + 1 for words in titles.values()) * style.line_height() + 0.6
    tall = 9.0 if width < 120 else 12.0
    rows = -(-len(keys) // columns)
    step = head + tall + 2.2
    chart = sheet(width, about.height + rows * step + AXIS)
    for position, key in enumerate(keys):
        down, over = divmod(position, columns)
        place = left + over * (across + GUTTER)
        if down == 0:
            draw_names(chart, place, 0, about)
        axes = panel(chart, place, about.height + down * step + head, across, tall)
        lowest = position + columns >= len(keys)
        draw_small(axes, points[points["topic"] == key], scale, about, top, tall, measure,
                   words=titles[key], dates=lowest, values=over == 0)
    return finish(
        chart, points.drop(columns=["at", "until", "shown"]),
        title=title or f"{counted(len(keys), 'topic')} from meeting to meeting",
        subtitle=f"{measure.words}, {counted(points['meeting_id'].nunique(), 'meeting')}"
        if subtitle is None else subtitle,
        key=[*marks_key(points), *context_key(about)],
        notes=undated_note(table, points), source=source,
        alt=multiples_alt(points, keys, measure),
    )


def chosen(topics: pd.DataFrame, meetings: pd.DataFrame, keys: Sequence[str] | None, value: str,
           names: Mapping[str, str] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Meetings, and the dated values of the chosen topics in them, with `name`."""
    rows = topics if keys is None else topics[topics["topic"].isin(list(keys))]
    missing = sorted(set(keys or []) - set(rows["topic"]))
    if missing:
        raise ValueError(f"no topic {listed(missing)} in the topics frame: it has "
                         f"{listed(sorted(set(topics['topic'])), 40)}")
    points = named(dated(per_meeting(rows, meetings, value)), names)
    require(points, "topics")
    return meetings, points


def set_height(axes: Axes, top: float, tall: float, measure: Unit, size: float = style.TEXT_SIZE
               ) -> None:
    """Give axes a scale of values upward from zero, with hairlines."""
    places = value_ticks(top, tall * 1.6, measure.write)
    axes.set_ylim(0, top * 1.03)
    axes.set_yticks(places, [measure.write(place) for place in places])
    axes.tick_params(axis="y", labelsize=size, labelcolor=style.QUIET)
    axes.hlines(places, 0, 1, transform=axes.get_yaxis_transform(), color=style.GRID, lw=0.5,
                zorder=0.5)
    axes.axhline(0, color=style.NEUTRAL, lw=0.7, zorder=2)


def draw_small(axes: Axes, points: pd.DataFrame, scale: Timescale, about: Context, top: float,
               tall: float, measure: Unit, *, words: str, dates: bool, values: bool) -> None:
    """Draw one panel of the small multiples."""
    axes.set_ylim(0, top * 1.06)
    ends = [0.0, top]
    axes.set_yticks(ends, [measure.write(end) for end in ends] if values else ["", ""])
    axes.tick_params(axis="y", labelsize=style.SMALL_SIZE, labelcolor=style.QUIET)
    axes.axhline(top, color=style.GRID, lw=0.5, zorder=0.5)
    axes.axhline(0, color=style.NEUTRAL, lw=0.6, zorder=2)
    draw_context(axes, about)
    set_time(axes, scale, labelled=dates)
    axes.vlines((points["at"] + points["until"]) / 2, 0, points["shown"], color=style.RULE, lw=0.5)
    draw_meetings(axes, scale, points, points["shown"].to_list(), [style.ACCENT] * len(points))
    axes.annotate(words, (0, 1), xycoords="axes fraction", xytext=(0, 1.5),
                  textcoords="offset points", ha="left", va="bottom", weight="bold", linespacing=1.1)


def panel_titles(points: pd.DataFrame, keys: Sequence[str], across: float) -> dict[str, str]:
    """The words above each panel, wrapped to its width."""
    words = dict(zip(points["topic"], points["name"], strict=True))
    return {key: "\n".join(style.wrap(words[key], across, style.TEXT_SIZE, "bold")) for key in keys}


def draw_curve(axes: Axes, curve: pd.DataFrame | None, along: str = "date") -> list[Key]:
    """Draw the stretches of a curve that rest on enough meetings; returns their key."""
    if curve is None:
        return []
    require(curve, "curve", along, "estimate", "low", "high", "n_meetings")
    bold = curve.sort_values(along).reset_index(drop=True)
    enough = bold["n_meetings"] >= FEWEST
    if not enough.any():
        return []
    places = bold[along].map(day) if along == "date" else bold[along]
    shown = bold[["estimate", "low", "high"]].where(enough)
    axes.fill_between(places, shown["low"], shown["high"], color=style.SEQUENCE[1], alpha=0.5, lw=0,
                      zorder=1.5)
    axes.plot(places, shown["estimate"], color=style.CONTRAST, lw=1.4, zorder=2.5)
    return [Key("line", "smoothed, with 95% band", style.CONTRAST)]


def one_unit(measure: Unit, name: str, points: pd.DataFrame) -> str:
    """'Share of passages about “Elections”, 22 meetings'."""
    words = measure.words.removesuffix(" about the topic")
    return f"{words} about “{name}”, {counted(points['meeting_id'].nunique(), 'meeting')}"


def trend_alt(points: pd.DataFrame, name: str, measure: Unit, about: Context) -> str:
    """One topic over time in words, with numbers."""
    highest = points.loc[points["shown"].idxmax()]
    named_eras = listed(about.eras["words"].to_list(), 12)
    marked = [flag.words for flag in sorted(about.flags, key=lambda flag: flag.at)]
    return (f"{name} in {counted(len(points), 'meeting')} from {points['start'].min():%B %Y} to "
            f"{points['end'].max():%B %Y}, {measure.words.lower()}: median "
            f"{measure.write(points['shown'].median())}, highest {measure.write(highest['shown'])} "
            f"in {highest['start']:%B %Y}; {(points['shown'] == 0).sum()} without any."
            + (f" Eras: {named_eras}." if named_eras else "")
            + (f" General elections: {listed(marked, 12)}." if marked else ""))


def multiples_alt(points: pd.DataFrame, keys: Sequence[str], measure: Unit) -> str:
    """The small multiples in words: each topic's highest meeting, for the highest topics."""
    peaks = points.loc[points.groupby("topic")["shown"].idxmax()].sort_values(
        ["shown", "topic"], ascending=[False, True])
    words = [f"{row['name']} {measure.write(row['shown'])} in {row['start']:%B %Y}"
             for _, row in peaks.head(5).iterrows()]
    return (f"Small multiples of {counted(len(keys), 'topic')} over "
            f"{counted(points['meeting_id'].nunique(), 'meeting')}, {measure.words.lower()}. "
            f"Highest peaks: {listed(words, 5)}.")
