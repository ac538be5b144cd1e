"""Two eras set against each other, topic by topic."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from necdata.charts import findings, style
from necdata.charts.figure import Chart, finish, panel, sheet
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
from necdata.charts.key import Key
from necdata.charts.ranking import few_key, top_of
from necdata.charts.rows import AXIS, ROW, SPOT, draw_rate, fitted, set_rows, set_values
from necdata.charts.units import Unit, unit
from necdata.charts.words import counted, listed

APART = 0.9
"""How far the marks of both eras stand off the middle of their row, in mm."""


@style.in_house_style
def era_contrast(
    rates: pd.DataFrame,
    first: str,
    second: str,
    topics: pd.DataFrame | None = None,
    meetings: pd.DataFrame | None = None,
    eras: pd.DataFrame | None = None,
    *,
    contrasts: pd.DataFrame | None = None,
    value: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw each topic's rate in two eras, joined by a line, from what rose most to what fell most.

    `rates` has a row per topic and era: topic, leader (or era), estimate, n_meetings and, where
    known, name, measure, low and high; `first` and `second` are eras as they stand there, or short
    names as in `eras`. An era of fewer than ten meetings shows each as a dot, from `topics` and
    `meetings` (with leader). `contrasts`, as `contrasts.contrast` gives them for the same eras,
    let the title state a finding. Raises ValueError where an era has no rates.
    """
    require(rates, "rates", "topic", "estimate", "n_meetings")
    aliases = era_aliases(eras)
    first, second = (aliases.get(era, era) for era in (first, second))
    table = with_era(named(rates, names).assign(banded=banded(rates)), aliases)
    table = table[table["era"].isin([first, second])]
    wide = paired(table, first, second)
    value = measured(table, value)
    points = joined(topics, meetings, value, table)
    if points is not None:
        points = with_era(points, aliases)
        points = points[points["era"].isin(table.loc[few(table), "era"])]

    rows = fitted(wide["name"].to_list(), width * 0.42, ROW + 1.5)
    left = style.MARGIN + rows.width + 2
    across = width - left - style.MARGIN - 3
    chart = sheet(width, rows.tall + AXIS)
    axes = panel(chart, left, 0, across, rows.tall)
    measure, top = unit(value), top_of(table, points)
    set_rows(axes, rows)
    set_values(axes, top, across, measure)
    for middle, before, after in zip(rows.middles, wide["estimate_1"], wide["estimate_2"], strict=True):
        axes.plot([before, after], [middle + APART, middle - APART], color=style.NEUTRAL, lw=0.8, zorder=1.5)
    looks = {first: (style.CONTRAST, "s", APART), second: (style.ACCENT, "o", -APART)}
    draw_pairs(axes, table, points, dict(zip(wide["topic"], rows.middles, strict=True)), looks, top / across * SPOT)
    sizes = table.groupby("era")["n_meetings"].max()
    key = [
        Key(marker, f"{era} ({counted(int(sizes[era]), 'meeting')})", colour)
        for era, (colour, marker, _) in looks.items()
    ]
    return finish(
        chart,
        with_meetings(wide.drop(columns=["banded_1", "banded_2"]), points, value, "era"),
        title=title or findings.contrast_title(wide, contrasts, first, second),
        subtitle=measure.words if subtitle is None else subtitle,
        key=[*key, *contrast_key(table, points, top)],
        notes=findings.reporters_note(contrasts),
        source=source,
        alt=contrast_alt(wide, first, second, measure),
    )


def paired(table: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """A row per topic with the columns of both eras (`_1`, `_2`), the largest rise first."""
    sides = []
    for era in (first, second):
        side = table[table["era"] == era]
        if side.empty:
            raise ValueError(
                f"the rates frame has no era {era!r} to contrast: it has "
                f"{listed(sorted(set(table['era'])), 12) or 'neither era'}"
            )
        sides.append(side.reindex(columns=["topic", "name", "estimate", "low", "high", "n_meetings", "banded"]))
    wide = sides[0].merge(sides[1].drop(columns="name"), on="topic", suffixes=("_1", "_2"))
    change = wide["estimate_2"] - wide["estimate_1"]
    order = wide.assign(change=change).sort_values(["change", "name"], ascending=[False, True])
    return order.reset_index(drop=True)


def draw_pairs(
    axes: Axes,
    table: pd.DataFrame,
    points: pd.DataFrame | None,
    ranks: Mapping[str, float],
    looks: Mapping[str, tuple[str, str, float]],
    dot: float,
) -> None:
    """Draw the rates of both eras, one just below and one just above the middle of the row."""
    for _, rate in table[table["topic"].isin(list(ranks))].iterrows():
        colour, marker, off = looks[rate["era"]]
        chosen = None if points is None else points[(points["era"] == rate["era"]) & (points["topic"] == rate["topic"])]
        draw_rate(axes, ranks[rate["topic"]] + off, rate, colour, marker, chosen, reach=dot)


def contrast_key(table: pd.DataFrame, points: pd.DataFrame | None, top: float) -> list[Key]:
    """What lines, ticks and small dots mean, of those that occur."""
    return [*([Key("line", "95% interval")] if table["banded"].any() else []), *few_key(points, top)]


def contrast_alt(wide: pd.DataFrame, first: str, second: str, measure: Unit) -> str:
    """The contrast in words, with the largest rises and falls."""

    def words(row: pd.Series) -> str:
        return f"{row['name']} from {measure.write(row['estimate_1'])} to {measure.write(row['estimate_2'])}"

    rises = [words(row) for _, row in wide[wide["change"] > 0].head(3).iterrows()]
    falls = [words(row) for _, row in wide[wide["change"] < 0].tail(3).iloc[::-1].iterrows()]
    sizes = f"{int(wide['n_meetings_1'].max())} and {int(wide['n_meetings_2'].max())} meetings"
    return (
        f"Dumbbell plot of {counted(len(wide), 'topic')} under {first} and {second} ({sizes}), "
        f"{measure.words.lower()}. Largest rises: {listed(rises) or 'none'}. Largest falls: "
        f"{listed(falls) or 'none'}."
    )
