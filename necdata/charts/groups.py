"""Topics in groups of meetings side by side: leadership eras, reporters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict, Unpack

import pandas as pd

from necdata.charts import findings, style
from necdata.charts.figure import Chart, finish, panel, ruler, sheet
from necdata.charts.frames import (
    banded,
    era_aliases,
    few,
    joined,
    measured,
    named,
    require,
    with_era,
    with_meetings,
)
from necdata.charts.ranking import rate_key, top_of
from necdata.charts.rows import AXIS, SPOT, Rows, draw_rate, fitted, set_rows, set_values
from necdata.charts.units import Unit, unit
from necdata.charts.words import counted, listed

GUTTER = 2.5
NARROWEST = 9.5
"""Width in mm below which panels go to a second row of panels."""
WIDEST = 62.0


class Words(TypedDict, total=False):
    """What every chart takes by name besides its frames."""

    value: str | None
    names: Mapping[str, str] | None
    title: str | None
    subtitle: str | None
    source: str
    width: float


class Grid(NamedTuple):
    """Where panels stand: columns, mm across each, mm of heading, mm of a panel, left margin."""

    columns: int
    across: float
    head: float
    tall: float
    left: float

    def place(self, position: int) -> tuple[float, float]:
        """The left and top edge in mm of the block of a panel."""
        down, over = divmod(position, self.columns)
        return (self.left + over * (self.across + GUTTER), down * (self.head + self.tall + AXIS + GUTTER))


@style.in_house_style
def topics_by_group(
    rates: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    meetings: pd.DataFrame | None = None,
    *,
    by: str,
    order: Sequence[str] | None = None,
    short: Mapping[str, str] | None = None,
    value: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw the topics' rates in one panel for each group of meetings, with n in each heading.

    `rates` has a row per topic and group: topic, the column `by`, estimate, n_meetings and, where
    known, name, low and high. `meetings` has the column `by` too: where a group has fewer than ten
    meetings each is a dot. `order` chooses and orders the groups, `short` gives them shorter names.
    """
    table, groups = grouped(rates, by, order, names)
    value = measured(table, value)
    points = joined(topics, meetings, value, table)
    if points is not None:
        points = points[points[by].astype(str).isin(table.loc[few(table), by])]
    ranks, rows = ranked_rows(table, by, width)
    shown = {group: (short or {}).get(group, group) for group in groups}
    grid, heads = arrange(table, by, shown, style.MARGIN + rows.width + 2, width, rows.tall)
    measure, top = unit(value), top_of(table, points)
    last_left, last_top = grid.place(len(groups) - 1)
    chart = sheet(width, last_top + grid.head + grid.tall + AXIS)
    for position, group in enumerate(groups):
        left, down = grid.place(position)
        write_heading(chart, left, down, grid, heads[group])
        axes = panel(chart, left, down + grid.head, grid.across, grid.tall)
        set_rows(axes, rows, labelled=position % grid.columns == 0)
        set_values(axes, top, grid.across, measure, apart=False)
        for _, rate in table[table[by] == group].iterrows():
            chosen = (
                None
                if points is None
                else points[(points[by].astype(str) == group) & (points["topic"] == rate["topic"])]
            )
            draw_rate(axes, ranks[rate["topic"]], rate, style.ACCENT, "o", chosen, reach=top / grid.across * SPOT)
    return finish(
        chart,
        with_meetings(table.drop(columns="banded"), points, value, by),
        title=title or findings.grouped_title(table, by, shown),
        subtitle=measure.words if subtitle is None else subtitle,
        key=rate_key(table, points, top),
        source=source,
        alt=groups_alt(table, by, shown, measure),
    )


def topics_by_era(
    rates: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    meetings: pd.DataFrame | None = None,
    eras: pd.DataFrame | None = None,
    **words: Unpack[Words],
) -> Chart:
    """Draw the topics' rates in one panel for each leader's era, in order of time.

    As `topics_by_group`, whose keywords it takes. `rates` and `meetings` have the column `leader`
    (or `era`), with leaders' names or short names as in `eras` (leader, short_name, start, end).
    """
    aliases = era_aliases(eras)
    told = with_era(rates, aliases)
    held = None if meetings is None else with_era(meetings, aliases)
    order = list(dict.fromkeys(aliases.values())) or None
    return topics_by_group(told, topics, held, by="era", order=order, **words)


def reporter_comparison(
    rates: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    meetings: pd.DataFrame | None = None,
    **words: Unpack[Words],
) -> Chart:
    """Draw the topics' rates in one panel for each reporter, the one with most meetings first.

    As `topics_by_group`, whose keywords it takes. `rates` and `meetings` have the column
    `reporter`. To compare accounts of one meeting, give each account a meeting_id of its own.
    """
    require(rates, "rates", "reporter", "n_meetings")
    sizes = rates.groupby(rates["reporter"].astype(str))["n_meetings"].max()
    order = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    # Several who signed together are named as in a sentence.
    short = {name: listed(name.split("; ")) for name in order}
    return topics_by_group(rates, topics, meetings, by="reporter", order=order, short=short, **words)


def grouped(
    rates: pd.DataFrame, by: str, order: Sequence[str] | None, names: Mapping[str, str] | None
) -> tuple[pd.DataFrame, list[str]]:
    """The rates to draw, with `name` and `banded`, and their groups in order."""
    require(rates, "rates", "topic", by, "estimate", "n_meetings")
    table = named(rates, names).assign(banded=banded(rates))
    table[by] = table[by].astype(str)
    found = list(dict.fromkeys(table[by]))
    groups = [group for group in (order or found) if group in found]
    table = table[table[by].isin(groups)]
    require(table, "rates")
    return table, groups


def ranked_rows(table: pd.DataFrame, by: str, width: float) -> tuple[dict[str, float], Rows]:
    """Where the row of each topic is (highest first in the largest group), and the rows."""
    largest = table[by].iloc[int(table["n_meetings"].argmax())]
    leading = table[table[by] == largest].sort_values(["estimate", "name"], ascending=[False, True])
    keys = list(dict.fromkeys([*leading["topic"], *table["topic"]]))
    words = dict(zip(table["topic"], table["name"], strict=True))
    rows = fitted([words[key] for key in keys], width * 0.38)
    return dict(zip(keys, rows.middles, strict=True)), rows


def arrange(
    table: pd.DataFrame, by: str, shown: Mapping[str, str], left: float, width: float, tall: float
) -> tuple[Grid, dict[str, list[str]]]:
    """Where panels stand and the lines of their headings: name, then number of meetings."""
    room = width - left - style.MARGIN - 2 + GUTTER
    parts = (part for words in shown.values() for part in words.replace("-", "- ").split())
    longest = max(style.text_width(part, style.TEXT_SIZE, "bold") for part in parts)
    most = max(1, int(room // (max(NARROWEST, min(longest, 25.0)) + GUTTER)))
    blocks = -(-len(shown) // most)
    columns = -(-len(shown) // blocks)
    across = min(room / columns - GUTTER, WIDEST)
    heads = {}
    for group, words in shown.items():
        number = int(table.loc[table[by] == group, "n_meetings"].max())
        long = counted(number, "meeting")
        size = long if style.text_width(long, style.SMALL_SIZE) <= across else f"n = {number}"
        heads[group] = [*style.wrap(words, across, style.TEXT_SIZE, "bold"), size]
    head = max(map(len, heads.values())) * style.line_height() + 0.8
    return Grid(columns, across, head, tall, left), heads


def write_heading(chart: Chart, left: float, down: float, grid: Grid, lines: Sequence[str]) -> None:
    """Write the heading of a panel, its last line in small type just above the panel."""
    axes = ruler(chart, left, down, grid.across, grid.head)
    up = grid.head - 0.8 - len(lines) * style.line_height()
    for number, line in enumerate(lines):
        small = number == len(lines) - 1
        axes.text(
            0,
            up + number * style.line_height(),
            line,
            va="top",
            size=style.SMALL_SIZE if small else style.TEXT_SIZE,
            weight="normal" if small else "bold",
            color=style.QUIET if small else style.INK,
        )


def groups_alt(table: pd.DataFrame, by: str, shown: Mapping[str, str], measure: Unit) -> str:
    """The panels in words, with the highest topics of each."""
    parts = []
    for group, words in shown.items():
        mine = table[table[by] == group].sort_values(["estimate", "name"], ascending=[False, True])
        first = [f"{row['name']} {measure.write(row['estimate'])}" for _, row in mine.head(3).iterrows()]
        parts.append(f"{words} ({counted(int(mine['n_meetings'].max()), 'meeting')}): {listed(first)}.")
    return (
        f"Panels of {counted(table['topic'].nunique(), 'topic')} by {by}; "
        f"{measure.words.lower()}; highest in each: {' '.join(parts)}"
    )
