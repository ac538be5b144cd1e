"""Many topics from meeting to meeting over time, a small panel each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import style
from necdata.charts.context import Context, context, context_key, draw_context, draw_names
from necdata.charts.coverage import marks_key, undated_note
from necdata.charts.dates import DOT, Timescale, set_time, timescale
from necdata.charts.figure import Chart, finish, panel, sheet
from necdata.charts.rows import AXIS
from necdata.charts.trends import MANY, chosen, draw_lollipops, drawn_rows
from necdata.charts.units import Unit, scale_top, unit
from necdata.charts.words import counted, listed

GUTTER = 4.0


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
    left = style.MARGIN + style.text_width(measure.tick(top), style.SMALL_SIZE) + 2
    columns = 2 if width < 120 else 4
    across = (width - left - style.MARGIN - 2 + GUTTER) / columns - GUTTER
    scale = timescale(points, across)
    about = context(scale, eras, elections)
    titles = panel_titles(points, keys, across)
    tall = 8.0 if width < 120 else 12.0
    tops = panel_tops([titles[key] for key in keys], columns, tall, about.height)
    chart = sheet(width, tops[-1] + tall + AXIS)
    for position, key in enumerate(keys):
        place = left + position % columns * (across + GUTTER)
        down = tops[position // columns]
        first, last = position < columns, position + columns >= len(keys)
        if first:
            draw_names(chart, place, down - about.height, about)
        axes = panel(chart, place, down, across, tall)
        draw_small(
            axes, points[points["topic"] == key], scale, about, top, measure, dates=last, values=position % columns == 0
        )
        axes.annotate(
            titles[key],
            (0, 1),
            xycoords="axes fraction",
            ha="left",
            va="baseline",
            xytext=(0, 3.2 + (about.height / 25.4 * 72 if first else 0)),
            textcoords="offset points",
            weight="bold",
            linespacing=1.1,
        )
    return finish(
        chart,
        drawn_rows(points, value),
        title=title or f"{counted(len(keys), 'topic')} from meeting to meeting",
        subtitle=f"{measure.words}, {counted(points['meeting_id'].nunique(), 'meeting')}"
        if subtitle is None
        else subtitle,
        key=[*marks_key(points), *context_key(about)],
        notes=undated_note(table, points),
        source=source,
        alt=multiples_alt(points, keys, measure),
    )


def draw_small(
    axes: Axes,
    points: pd.DataFrame,
    scale: Timescale,
    about: Context,
    top: float,
    measure: Unit,
    *,
    dates: bool,
    values: bool,
) -> None:
    """Draw one panel of the small multiples."""
    axes.set_ylim(0, top * 1.06)
    ends = [0.0, top]
    axes.set_yticks(ends, [measure.tick(end) for end in ends] if values else ["", ""])
    axes.tick_params(axis="y", labelsize=style.SMALL_SIZE, labelcolor=style.QUIET)
    axes.axhline(top, color=style.GRID, lw=0.5, zorder=0.5)
    axes.axhline(0, color=style.NEUTRAL, lw=0.6, zorder=2)
    draw_context(axes, about)
    set_time(axes, scale, labelled=dates)
    draw_lollipops(axes, scale, points, DOT * (0.8 if len(points) <= MANY else 0.5))


def panel_tops(titles: Sequence[str], columns: int, tall: float, above: float) -> list[float]:
    """Where each row of panels begins, in mm down, with room for the deepest of its titles.

    The names of eras and elections stand between the titles and the panels of the first row.
    """
    tops, down = [], above
    for start in range(0, len(titles), columns):
        deepest = max(words.count("\n") + 1 for words in titles[start : start + columns])
        tops.append(down + deepest * style.line_height() + 0.6)
        down = tops[-1] + tall + 2.2
    return tops


def panel_titles(points: pd.DataFrame, keys: Sequence[str], across: float) -> dict[str, str]:
    """The words above each panel, wrapped to its width."""
    words = dict(zip(points["topic"], points["name"], strict=True))
    return {key: "\n".join(style.wrap(words[key], across, style.TEXT_SIZE, "bold")) for key in keys}


def multiples_alt(points: pd.DataFrame, keys: Sequence[str], measure: Unit) -> str:
    """The small multiples in words: each topic's highest meeting, for the highest topics."""
    peaks = points.loc[points.groupby("topic")["shown"].idxmax()].sort_values(
        ["shown", "topic"], ascending=[False, True]
    )
    words = [
        f"{row['name']} {measure.write(row['shown'])} in {row['start']:%B %Y}" for _, row in peaks.head(5).iterrows()
    ]
    return (
        f"Small multiples of {counted(len(keys), 'topic')} over "
        f"{counted(points['meeting_id'].nunique(), 'meeting')}, {measure.words.lower()}. "
        f"Highest peaks: {listed(words, 5)}."
    )
