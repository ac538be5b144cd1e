"""Words that mark one part of the corpus against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import style
from necdata.charts.figure import Chart, finish, panel, ruler, sheet
from necdata.charts.frames import require
from necdata.charts.rows import AXIS, Rows, fitted, set_rows
from necdata.charts.words import listed

WIDEST_HEAD = 13.0
COUNTS = ("n_target", "target_meetings", "n_reference", "reference_meetings")


@style.in_house_style
def keyness_plot(
    terms: pd.DataFrame,
    *,
    most: int = 12,
    short: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw the words that mark the target most and, below them, those that mark the reference most.

    `terms` is what `keyness.keyness` gives: term, target, reference (names of the two parts, which
    `short` may shorten), log_ratio, z, n_target, n_reference, target_meetings, reference_meetings.
    `names` gives the words to show for terms (stems). On each side the `most` words with the largest
    z are drawn, in order of log_ratio. Raises ValueError where no word is commoner on either side.
    """
    require(terms, "terms", "term", "target", "reference", "log_ratio", "z", *COUNTS)
    table = marking(terms, most)
    table.insert(1, "word", [(names or {}).get(str(term), str(term)) for term in table["term"]])
    require(table, "terms with a log ratio other than zero")
    target, reference = (
        (short or {}).get(str(table[side].iloc[0]), str(table[side].iloc[0])) for side in ("target", "reference")
    )
    rows = fitted(table["word"].to_list(), width * 0.3)
    columns = count_columns(table, (target, reference))
    left = style.MARGIN + rows.width + 2
    across = width - left - style.MARGIN - sum(column.wide for column in columns)
    sides = [style.wrap(side, across / 2 - 1, style.SMALL_SIZE, "bold") for side in (reference, target)]
    deepest = max(1 + max(map(len, sides)), *(len(column.head) for column in columns))
    head = deepest * style.line_height(style.SMALL_SIZE) + 0.8
    chart = sheet(width, head + rows.tall + AXIS)
    axes = panel(chart, left, head, across, rows.tall)
    reach = float(max(2, -(-table["log_ratio"].abs().max() // 1)))
    set_doublings(axes, reach, across)
    set_rows(axes, rows)
    draw_ratios(axes, table, rows)
    write_sides(chart, left, across, head, sides)
    write_counts(chart, left + across, head, rows, columns)
    return finish(
        chart,
        table,
        title=title or f"Words that set {target} and {reference} apart",
        subtitle="How many times as often a word is said per 1,000 words" if subtitle is None else subtitle,
        notes="On the right: how often it is said and, in brackets, in how many meetings. Words "
        "come in reports: one meeting can make a word look typical." + stems_note(table),
        source=source,
        alt=keyness_alt(table, target, reference),
    )


def stems_note(table: pd.DataFrame) -> str:
    """What is counted where words stand for stems, and what a star is."""
    if table["word"].eq(table["term"]).all():
        return ""
    star = " (*: any ending)" if table["word"].str.endswith("*").any() else ""
    return f" Every word is counted with its other forms{star}."


def marking(terms: pd.DataFrame, most: int) -> pd.DataFrame:
    """The `most` words with the largest z on each side, in order of log ratio."""
    order = terms[terms["log_ratio"].abs() < float("inf")].sort_values(["z", "term"], ascending=[False, True])
    above = order[order["log_ratio"] > 0].head(most)
    below = order[order["log_ratio"] < 0].tail(most)
    both = pd.concat([above, below]).sort_values(["log_ratio", "term"], ascending=[False, True])
    return both.reset_index(drop=True)


def set_doublings(axes: Axes, reach: float, across: float) -> None:
    """Give axes a scale of log2 ratios, with ticks that say how many times as often."""
    step = tick_step(reach, across)
    places = [place for place in range(-int(reach), int(reach) + 1) if place % step == 0]
    axes.set_xlim(-reach, reach)
    axes.set_xticks(places, [times(place) for place in places])
    axes.vlines(places, 0, 1, transform=axes.get_xaxis_transform(), color=style.GRID, lw=0.5, zorder=0)
    axes.axvline(0, color=style.NEUTRAL, lw=0.8, zorder=1)


def draw_ratios(axes: Axes, table: pd.DataFrame, rows: Rows) -> None:
    """Draw a stem and a dot for each word."""
    for place, ratio in zip(rows.middles, table["log_ratio"], strict=True):
        colour, marker = (style.ACCENT, "o") if ratio > 0 else (style.CONTRAST, "s")
        axes.plot([0, ratio], [place, place], color=style.RULE, lw=0.8, zorder=1)
        axes.plot(ratio, place, marker, ms=4, color=colour, mew=0, zorder=3, clip_on=False)


class Column(NamedTuple):
    """Counts beside the plot: a word for each row, the lines above them, and mm across."""

    words: list[str]
    head: list[str]
    wide: float


def count_columns(table: pd.DataFrame, sides: Sequence[str]) -> list[Column]:
    """The counts of both sides: '117 (10)' is 117 times in 10 meetings."""
    columns = []
    for (n, told), side in zip((COUNTS[:2], COUNTS[2:]), sides, strict=True):
        words = [f"{row[n]:,} ({row[told]:,})" for _, row in table.iterrows()]
        head = style.wrap(side, WIDEST_HEAD, style.SMALL_SIZE, "bold")
        wide = max(
            style.text_width("\n".join(words), style.SMALL_SIZE),
            style.text_width("\n".join(head), style.SMALL_SIZE, "bold"),
        )
        columns.append(Column(words, head, wide + 2.5))
    return columns


def tick_step(reach: float, across: float) -> int:
    """Doublings from tick to tick, so that the words of ticks do not touch."""
    room = style.text_width("4,096×", style.SMALL_SIZE) + 1
    return next(step for step in (1, 2, 3, 4, 6, 12) if across / (2 * reach) * step >= room or step == 12)


def times(doublings: float) -> str:
    """A log2 ratio in words.

    >>> times(-3), times(0), times(1)
    ('8×', 'same', '2×')
    """
    return f"{2 ** abs(round(doublings)):,}×" if doublings else "same"


def write_counts(chart: Chart, left: float, head: float, rows: Rows, columns: Sequence[Column]) -> None:
    """Write the counts of each word beside its row, each side in its colour."""
    for column, colour in zip(columns, (style.ACCENT, style.CONTRAST), strict=True):
        axes = ruler(chart, left, 0, column.wide, head + rows.tall)
        write_up(axes, column.head, column.wide, head, "right", colour)
        for middle, words in zip(rows.middles, column.words, strict=True):
            axes.text(
                column.wide, head + middle, words, ha="right", va="center_baseline", size=style.SMALL_SIZE, color=colour
            )
        left += column.wide


def write_sides(chart: Chart, left: float, across: float, head: float, sides: Sequence[Sequence[str]]) -> None:
    """Write above the scale which side marks which part of the corpus."""
    axes = ruler(chart, left, 0, across, head)
    arrows = next(
        (
            pair
            for pair in (("← more often under", "more often under →"), ("← more under", "more under →"))
            if style.text_width(pair[0], style.SMALL_SIZE) < across / 2 - 1
        ),
        ("←", "→"),
    )
    looks = ((0.0, "left", style.CONTRAST), (across, "right", style.ACCENT))
    for arrow, lines, (place, ha, colour) in zip(arrows, sides, looks, strict=True):
        up = write_up(axes, lines, place, head, ha, colour)
        axes.text(place, up, arrow, ha=ha, va="bottom", size=style.SMALL_SIZE, color=colour)


def write_up(axes: Axes, lines: Sequence[str], place: float, floor: float, ha: str, colour: str) -> float:
    """Write bold lines that end just above `floor` mm down; returns where the next would stand."""
    up = floor - 0.8
    for line in reversed(lines):
        axes.text(place, up, line, ha=ha, va="bottom", color=colour, size=style.SMALL_SIZE, weight="bold")
        up -= style.line_height(style.SMALL_SIZE)
    return up


def keyness_alt(table: pd.DataFrame, target: str, reference: str) -> str:
    """The plot in words, with the words that mark each side most."""

    def words(row: pd.Series) -> str:
        return f"{row['word']} ({2 ** abs(row['log_ratio']):.1f} times)"

    mine = [words(row) for _, row in table[table["log_ratio"] > 0].head(5).iterrows()]
    theirs = [words(row) for _, row in table[table["log_ratio"] < 0].iloc[::-1].head(5).iterrows()]
    return (
        f"Keyness plot of {len(table)} words. More frequent in {target}: "
        f"{listed(mine, 5) or 'none'}. More frequent in {reference}: "
        f"{listed(theirs, 5) or 'none'}."
    )
