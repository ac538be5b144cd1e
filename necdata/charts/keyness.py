"""Words that mark one part of the corpus against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from necdata import style
from necdata.charts.figure import Chart, finish, listed, panel, ruler, sheet
from necdata.charts.rows import AXIS, fitted
from necdata.charts.units import require

ROW = 3.7
WIDEST_HEAD = 16.0
COUNTS = ("target_n", "target_meetings", "reference_n", "reference_meetings")


@style.in_house_style
def keyness_plot(
    terms: pd.DataFrame,
    *,
    most: int = 12,
    short: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw the words that mark the target most and, below them, those that mark the reference most.

    `terms` is what `keyness.keyness` gives: term, target, reference (names of the two parts, which
    `short` may shorten), log_ratio, z, target_n, reference_n, target_meetings, reference_meetings.
    On each side the `most` words with the largest z are drawn, in order of log_ratio. Raises
    ValueError where no word is commoner on either side.
    """
    require(terms, "terms", "term", "target", "reference", "log_ratio", "z", *COUNTS)
    table = marking(terms, most)
    require(table, "terms with a log ratio other than zero")
    target, reference = ((short or {}).get(str(table[side].iloc[0]), str(table[side].iloc[0]))
                         for side in ("target", "reference"))
    labels, margin, row = fitted(table["term"].to_list(), width * 0.3)
    row = max(row, ROW)
    columns = count_columns(table, (target, reference))
    beside = sum(wide for _, _, wide in columns)
    left = style.MARGIN + margin + 2
    across = width - left - style.MARGIN - beside
    head = 2 * style.line_height(style.SMALL_SIZE) + 0.8
    chart = sheet(width, head + row * len(table) + AXIS)
    axes = panel(chart, left, head, across, row * len(table))
    reach = float(max(2, -(-table["log_ratio"].abs().max() // 1)))
    set_doublings(axes, reach, across)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_yticks(range(len(table)), labels, linespacing=1.0)
    draw_ratios(axes, table)
    write_sides(chart, left, across, head, target, reference)
    write_counts(chart, left + across, head, row, columns)
    return finish(
        chart, table, title=title or f"Words that set {target} and {reference} apart",
        subtitle="How many times as often a word is said per 1,000 words"
        if subtitle is None else subtitle,
        notes="On the right: how often it is said and, in brackets, in how many meetings. Words "
              "come in reports: one meeting can make a word look typical.",
        source=source, alt=keyness_alt(table, target, reference),
    )


def marking(terms: pd.DataFrame, most: int) -> pd.DataFrame:
    """The `most` words with the largest z on each side, in order of log ratio."""
    order = terms[terms["log_ratio"].abs() < float("inf")].sort_values(
        ["z", "term"], ascending=[False, True])
    above, below = order[order["log_ratio"] > 0].head(most), order[order["log_ratio"] < 0].tail(most)
    return pd.concat([above, below]).sort_values(
        ["log_ratio", "term"], ascending=[False, True]).reset_index(drop=True)


def set_doublings(axes: Axes, reach: float, across: float) -> None:
    """Give axes a scale of log2 ratios, with ticks that say how many times as often."""
    step = tick_step(reach, across)
    places = [place for place in range(-int(reach), int(reach) + 1) if place % step == 0]
    axes.set_xlim(-reach, reach)
    axes.set_xticks(places, [times(place) for place in places])
    axes.vlines(places, 0, 1, transform=axes.get_xaxis_transform(), color=style.GRID, lw=0.5,
                zorder=0)
    axes.axvline(0, color=style.NEUTRAL, lw=0.8, zorder=1)


def draw_ratios(axes: Axes, table: pd.DataFrame) -> None:
    """Draw a stem and a dot for each word."""
    for place, ratio in enumerate(table["log_ratio"]):
        colour, marker = (style.ACCENT, "o") if ratio > 0 else (style.CONTRAST, "s")
        axes.plot([0, ratio], [place, place], color=style.RULE, lw=0.8, zorder=1)
        axes.plot(ratio, place, marker, ms=4, color=colour, mew=0, zorder=3, clip_on=False)


def count_columns(table: pd.DataFrame, sides: Sequence[str]) -> list[tuple[list[str], str, float]]:
    """The columns of counts beside the plot: their words, heading, and width in mm."""
    columns = []
    for (n, told), side in zip((COUNTS[:2], COUNTS[2:]), sides, strict=True):
        words = [f"{row[n]:,} ({row[told]:,})" for _, row in table.iterrows()]
        head = style.shortened(side, WIDEST_HEAD, style.SMALL_SIZE, "bold")
        columns.append((words, head, 2.5 + max(
            *(style.text_width(one, style.SMALL_SIZE) for one in words),
            style.text_width(head, style.SMALL_SIZE, "bold"))))
    return columns


def tick_step(reach: float, across: float) -> int:
    """Doublings from tick to tick, so that the words of ticks do not touch."""
    room = style.text_width("4,096×", style.SMALL_SIZE) + 1
    return next(step for step in (1, 2, 3, 4, 6, 12) if across / (2 * reach) * step >= room
                or step == 12)


def times(doublings: float) -> str:
    """A log2 ratio in words.

    >>> times(-3), times(0), times(1)
    ('8×', 'same', '2×')
    """
    return f"{2 ** abs(round(doublings)):,}×" if doublings else "same"


def write_counts(chart: Chart, left: float, head: float, row: float,
                 columns: list[tuple[list[str], str, float]]) -> None:
    """Write the counts of each word beside its row, each side in its colour."""
    tall = row * len(columns[0][0])
    for (words, name, wide), colour in zip(columns, (style.ACCENT, style.CONTRAST), strict=True):
        axes = ruler(chart, left, 0, wide, head + tall)
        axes.text(wide, head * 0.75, name, ha="right", va="center_baseline", color=colour,
                  size=style.SMALL_SIZE, weight="bold")
        for place, one in enumerate(words):
            axes.text(wide, head + (place + 0.5) * row, one, ha="right", va="center_baseline",
                      size=style.SMALL_SIZE, color=colour)
        left += wide


def write_sides(chart: Chart, left: float, across: float, head: float, target: str, reference: str
                ) -> None:
    """Write above the scale which side marks which part of the corpus."""
    axes = ruler(chart, left, 0, across, head)
    room = across / 2 - 1
    line = style.line_height(style.SMALL_SIZE)
    for arrow, words, place, side, colour in (
            ("← more often in", reference, 0, "left", style.CONTRAST),
            ("more often in →", target, across, "right", style.ACCENT)):
        for number, one in enumerate((arrow, style.shortened(words, room, style.SMALL_SIZE, "bold"))):
            axes.text(place, number * line, one, ha=side, va="top", size=style.SMALL_SIZE,
                      weight="bold" if number else "normal", color=colour)


def keyness_alt(table: pd.DataFrame, target: str, reference: str) -> str:
    """The plot in words, with the words that mark each side most."""
    def words(row: pd.Series) -> str:
        return f"{row['term']} ({2 ** abs(row['log_ratio']):.1f} times)"

    mine = [words(row) for _, row in table[table["log_ratio"] > 0].head(5).iterrows()]
    theirs = [words(row) for _, row in table[table["log_ratio"] < 0].iloc[::-1].head(5).iterrows()]
    return (f"Keyness plot of {len(table)} words. More frequent in {target}: "
            f"{listed(mine, 5) or 'none'}. More frequent in {reference}: "
            f"{listed(theirs, 5) or 'none'}.")
