"""A topic by the distance to the next general election."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from necdata.charts import style
from necdata.charts.coverage import marks_key, ordered
from necdata.charts.dates import DOT
from necdata.charts.figure import Chart, finish, panel, sheet
from necdata.charts.frames import require
from necdata.charts.key import Key
from necdata.charts.rows import AXIS
from necdata.charts.trends import chosen, draw_curve, drawn_rows, one_unit, set_height
from necdata.charts.units import Unit, scale_top, unit
from necdata.charts.words import counted, listed

MONTH = 30.4375


@style.in_house_style
def by_distance(
    topics: pd.DataFrame,
    meetings: pd.DataFrame,
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
    """Draw one topic's rate in every meeting by the months to the next general election.

    `meetings` has days_to_election (from the middle of its span) and next_election, a date.
    `curve`, if given, has days_to_election, estimate, low, high and n_meetings (those that a point
    of it rests on) and is drawn where these are ten or more. Meetings after which no election is
    known are counted in a note.
    """
    require(meetings, "meetings", "days_to_election")
    _, points = chosen(topics, meetings, [topic], value, names)
    known = points.dropna(subset=["days_to_election"])
    known = known.assign(days_to_election=known["days_to_election"].astype(float))
    require(known, "meetings with a next election")
    measure, top = unit(value), scale_top(known["shown"])
    left = style.MARGIN + max(map(style.text_width, map(measure.tick, (top, top / 4)))) + 2
    across = width - left - style.MARGIN - 3
    tall = 48.0 if width < 120 else 62.0
    chart = sheet(width, tall + AXIS + 5)
    axes = panel(chart, left, 2, across, tall)
    set_height(axes, top, tall, measure)
    farthest = -(-float(known["days_to_election"].max()) // (6 * MONTH)) * 6 * MONTH
    step = next(step for step in (3, 6, 12, 24, 60) if farthest / MONTH / step <= 8)
    places = [months * MONTH for months in range(0, round(farthest / MONTH) + 1, step)]
    axes.set_xlim(farthest * 1.02, -farthest * 0.02)
    axes.set_xticks(places, [f"{round(place / MONTH)}" for place in places])
    axes.set_xlabel("Months to the next general election", labelpad=2)
    axes.axvline(0, color=style.NEUTRAL, lw=0.7, ls=(0, (2.5, 1.5)))
    looks = cycle_looks(known)
    per_mm = farthest * 1.04 / across
    for _, row in known.iterrows():
        colour, marker = looks.get(cycle(row), (style.ACCENT, "o"))
        face = style.PAPER if row["is_partial"] else colour
        middle, half = float(row["days_to_election"]), (row["until"] - row["at"] - 1) / 2
        if half > DOT / 2 * per_mm:
            axes.plot([middle - half, middle + half], [row["shown"]] * 2, color=colour, lw=0.9, zorder=2.8)
        axes.plot(middle, row["shown"], marker, ms=3.6, mec=colour, mew=0.7, mfc=face, zorder=3, clip_on=False)
    curve_key = draw_curve(axes, curve, "days_to_election")
    name = known["name"].iloc[0]
    return finish(
        chart,
        drawn_rows(known, value, curve if curve_key else None),
        title=title or f"{name} by distance to the next general election",
        subtitle=one_unit(measure, name, known) if subtitle is None else subtitle,
        key=[*cycle_key(known, looks), *distance_marks(known), *curve_key],
        notes=after_last(points, known),
        source=source,
        alt=distance_alt(known, name, measure),
    )


def cycle(row: pd.Series) -> str:
    """The year of the election that a meeting came before; empty where not known."""
    election = row.get("next_election")
    if election is None or pd.isna(election):
        return ""
    date = pd.to_datetime(str(election), errors="coerce")
    return str(election) if pd.isna(date) else str(date.year)


def cycle_looks(points: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Colour and marker of each coming election, where there are two to four of them."""
    found = ordered(pd.Series([cycle(row) for _, row in points.iterrows()]))
    if "" in found or not 2 <= len(found) <= len(style.SERIES):
        return {}
    return dict(zip(sorted(found), zip(style.SERIES, style.MARKERS, strict=True), strict=False))


def cycle_key(points: pd.DataFrame, looks: Mapping[str, tuple[str, str]]) -> list[Key]:
    """The elections that colours stand for, with their number of meetings."""
    counts = pd.Series([cycle(row) for _, row in points.iterrows()]).value_counts()
    return [
        Key(marker, f"before {election} ({counts[election]})", colour) for election, (colour, marker) in looks.items()
    ]


def distance_marks(points: pd.DataFrame) -> list[Key]:
    """The key of full and hollow marks."""
    return [entry for entry in marks_key(points) if entry.symbol != "span"]


def after_last(points: pd.DataFrame, known: pd.DataFrame) -> str:
    """That the distance is known in hindsight, and how many meetings have none."""
    missing = len(points) - len(known)
    words = "Distance to the election that came in fact; at the time its date was often not known."
    return words + (f" Not drawn: {counted(missing, 'meeting')} with no later election known." if missing else "")


def distance_alt(points: pd.DataFrame, name: str, measure: Unit) -> str:
    """The distances in words, with a median for each year before the election."""
    years = (points["days_to_election"] // 365.25).astype(int)
    medians = points["shown"].groupby(years).agg(["median", "size"])
    words = [
        f"{year} to {int(str(year)) + 1} years before {measure.write(row['median'])} "
        f"({counted(int(row['size']), 'meeting')})"
        for year, row in medians.iterrows()
    ]
    return (
        f"{name} in {counted(len(points), 'meeting')} by distance to the next general "
        f"election, {measure.words.lower()}. Medians: {listed(words, 6)}."
    )
