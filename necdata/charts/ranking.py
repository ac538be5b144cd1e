"""Topics in order of their rate over all meetings."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from necdata.charts import findings, style
from necdata.charts.figure import Chart, finish, panel, ruler, sheet
from necdata.charts.frames import FEWEST, banded, joined, measured, named, require, with_meetings
from necdata.charts.key import Key
from necdata.charts.rows import AXIS, BEYOND, SPOT, draw_rate, fitted, set_rows, set_values
from necdata.charts.units import Unit, scale_top, unit
from necdata.charts.words import counted, listed


@style.in_house_style
def ranked_topics(
    rates: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    meetings: pd.DataFrame | None = None,
    *,
    value: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw the topics in order of their rate, with intervals.

    `rates` has a row per topic, as `statistics.rates` gives them: topic, estimate, n_meetings and,
    where known, name, group, measure, low and high. `value`, if not told by `measure`, is the
    column of `topics` that they are rates of. From fewer than ten meetings no interval is drawn;
    every meeting is a dot then if `topics` and `meetings` are given. Groups of topics, up to four,
    have colours. Raises ValueError for a frame without rows or a column.
    """
    require(rates, "rates", "topic", "estimate", "n_meetings")
    table = named(rates, names).assign(banded=banded(rates))
    table = table.sort_values(["estimate", "name"], ascending=[False, True]).reset_index(drop=True)
    value = measured(rates, value)
    points = joined(topics, meetings, value, table)
    measure = unit(value)
    rows = fitted(table["name"].to_list(), width * 0.42)
    numbers = [measure.write(number) for number in table["estimate"]]
    column = max(map(style.text_width, numbers)) + 2
    left = style.MARGIN + rows.width + 2
    across = width - left - style.MARGIN - column - 1.5
    chart = sheet(width, rows.tall + AXIS)
    axes = panel(chart, left, 0, across, rows.tall)
    top = top_of(table, points)
    set_rows(axes, rows)
    set_values(axes, top, across, measure)
    looks = group_looks(table)
    for middle, (_, rate) in zip(rows.middles, table.iterrows(), strict=True):
        colour, marker = looks.get(str(rate.get("group")), (style.ACCENT, "o"))
        chosen = points[points["topic"] == rate["topic"]] if points is not None else None
        draw_rate(axes, middle, rate, colour, marker, chosen, reach=top / across * SPOT)
    beside = ruler(chart, left + across + 1.5, 0, column, rows.tall)
    for middle, number in zip(rows.middles, numbers, strict=True):
        beside.text(column, middle, number, ha="right", va="center_baseline")

    group_key = [Key(marker, group, colour) for group, (colour, marker) in looks.items()]
    sizes = sorted(set(table["n_meetings"].astype(int)))
    return finish(
        chart,
        with_meetings(table.drop(columns="banded"), points, value),
        title=title or findings.ranking_title(table),
        subtitle=subtitle if subtitle is not None else f"{measure.words}, {meetings_words(sizes)}",
        key=[*group_key, *rate_key(table, points, top)],
        source=source,
        alt=ranking_alt(table, measure, sizes),
    )


def reach(table: pd.DataFrame, points: pd.DataFrame | None) -> list[float]:
    """All values that the scale must hold: estimates, drawn intervals, drawn dots."""
    values = [*table["estimate"]]
    values += [*table.loc[table["banded"], "high"]] if table["banded"].any() else []
    return values + ([*points["shown"]] if points is not None else [])


def group_looks(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Colour and marker of each group of topics, where there are two to four."""
    if "group" not in table or not 2 <= table["group"].nunique() <= len(style.SERIES):
        return {}
    groups = [str(group) for group in dict.fromkeys(table["group"].dropna())]
    return dict(zip(groups, zip(style.SERIES, style.MARKERS, strict=True), strict=False))


def top_of(table: pd.DataFrame, points: pd.DataFrame | None) -> float:
    """A round end of the scale: above all values, unless a few meetings would halve all else.

    Of a meeting with a handful of passages all may be about one topic. Where the scale of the rates,
    their intervals and 19 of 20 meetings is half as long or less, it ends there, and meetings beyond
    are arrows at its end.
    """
    whole = scale_top(reach(table, points))
    if points is None or points.empty:
        return whole
    most = scale_top([*reach(table, None), float(points["shown"].quantile(0.95))])
    return most if most * 2 <= whole else whole


def rate_key(table: pd.DataFrame, points: pd.DataFrame | None, top: float) -> list[Key]:
    """What the marks of rates mean, of those that occur."""
    key = [Key("estimate", "estimate, 95% interval")] if table["banded"].any() else []
    return key + few_key(points, top)


def few_key(points: pd.DataFrame | None, top: float) -> list[Key]:
    """What the marks mean where every meeting is drawn on a scale that ends at `top`."""
    if points is None:
        return []
    key = [Key("tick", "all meetings together"), Key("full", f"one meeting, where there are fewer than {FEWEST}")]
    key += [Key("partial", "account cut off")] if points["is_partial"].any() else []
    return key + ([Key(">", "one meeting, beyond the scale")] if (points["shown"] > top * BEYOND).any() else [])


def meetings_words(sizes: list[int]) -> str:
    """'22 meetings', or '3 to 22 meetings' where topics rest on different numbers of them."""
    one = counted(sizes[-1], "meeting")
    return one if len(sizes) == 1 else f"{sizes[0]} to {one}"


def ranking_alt(table: pd.DataFrame, measure: Unit, sizes: list[int]) -> str:
    """The ranking in words, with numbers."""

    def words(row: pd.Series) -> str:
        between = f" ({measure.write(row['low'])} to {measure.write(row['high'])})" if row["banded"] else ""
        return f"{row['name']} {measure.write(row['estimate'])}{between}"

    first = [words(row) for _, row in table.head(5).iterrows()]
    none = table.loc[table["estimate"] == 0, "name"].to_list()
    return (
        f"Dot plot of {counted(len(table), 'topic')} in order of {measure.words.lower()}, from "
        f"{meetings_words(sizes)}. Highest: {listed(first, 5)}. Lowest: "
        f"{words(table.iloc[-1])}." + (f" Never: {listed(none, 6)}." if none else "")
    )
