"""What the corpus covers: every meeting on a line of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from necdata.charts import style
from necdata.charts.context import context, context_key, draw_context, draw_names
from necdata.charts.dates import (
    DOT,
    Timescale,
    bar,
    dated,
    draw_gaps,
    draw_meetings,
    gaps,
    months,
    set_time,
    timescale,
)
from necdata.charts.figure import Chart, finish, panel, sheet
from necdata.charts.frames import KINDS, require
from necdata.charts.key import Key
from necdata.charts.rows import AXIS, fitted
from necdata.charts.words import counted, listed, wording

LANE = DOT + 0.35
GAP_ROW = 5.0


@style.in_house_style
def timeline(
    meetings: pd.DataFrame,
    eras: pd.DataFrame | None = None,
    elections: pd.DataFrame | None = None,
    *,
    rows: str = "kind",
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str = "",
    width: float = style.FULL_WIDTH,
) -> Chart:
    """Draw when meetings were, in rows of a column (`kind`, `reporter`), gaps shown and named.

    `meetings` has meeting_id, start, end, precision, is_partial, the column of the rows, and
    reporter (missing where not known) if colours are to tell reporters apart, which they do where
    those they can name told of half of the meetings or more. `eras` has leader, short_name, start, end;
    `elections` has date, kind, name. Meetings without a date are counted in a note.
    """
    require(meetings, "meetings", "meeting_id", "start", "end", "precision", "is_partial", rows)
    known = dated(meetings)
    groups = ordered(meetings[rows])
    words = [
        row_label((names or KINDS).get(group, wording(group)), int((meetings[rows] == group).sum()), width * 0.36)
        for group in groups
    ]
    labels = fitted(words, width * 0.36)
    left = style.MARGIN + labels.width + 2
    scale = timescale(known, width - left - style.MARGIN - 3)
    lanes = {group: packed(known[known[rows] == group], scale) for group in groups}
    deep = [max(lanes[group], default=0) + 1 for group in groups]
    height = [
        max(4.6, number * LANE + 1.6, (word.count("\n") + 1) * style.line_height() + 1.2)
        for number, word in zip(deep, labels.words, strict=True)
    ]
    about = context(scale, eras, elections)

    body = about.height + sum(height) + GAP_ROW
    chart = sheet(width, body + AXIS + 1)
    draw_names(chart, left, 0, about)
    axes = panel(chart, left, about.height, scale.width, body - about.height)
    axes.set_ylim(sum(height) + GAP_ROW, 0)
    draw_context(axes, about)
    colours = {} if rows == "reporter" else reporter_colours(known)
    top = 0.0
    places = []
    for group, lane, tall in zip(groups, lanes.values(), height, strict=True):
        chosen = known[known[rows] == group]
        middle = top + tall / 2
        shift = (max(lane, default=0)) / 2
        looks = [look(row, colours) for _, row in chosen.iterrows()]
        draw_meetings(
            axes,
            scale,
            chosen,
            [middle + (one - shift) * LANE for one in lane],
            [colour for colour, _ in looks],
            [marker for _, marker in looks],
        )
        axes.axhline(top, color=style.GRID, lw=0.5, zorder=0)
        places.append(middle)
        top += tall
    axes.axhline(top, color=style.GRID, lw=0.5, zorder=0)
    axes.set_yticks(places, labels.words, linespacing=1.0)
    set_time(axes, scale)
    bare = draw_gaps(axes, scale, known, 0.24 * GAP_ROW / (sum(height) + GAP_ROW), about.elections)

    drawn = known.drop(columns=["at", "until"])
    return finish(
        chart,
        drawn,
        title=title or coverage_title(meetings, known),
        subtitle="Meetings with a published account, their number in brackets" if subtitle is None else subtitle,
        key=[*marks_key(known), *reporters_key(known, colours), *gap_key(bare), *context_key(about)],
        notes=undated_note(meetings, known),
        source=source,
        alt=coverage_alt(meetings, known, rows, groups),
    )


def row_label(name: str, number: int, width: float) -> str:
    """A name with its number of meetings in two lines of `width` mm at most.

    >>> row_label("Away days", 3, 40)
    'Away days (3)'
    """
    ending = f" ({number})"
    lines = style.wrap(name + ending, width)
    if len(lines) > 2:
        first, *rest = style.wrap(name, width)
        lines = [first, style.shortened(" ".join(rest), width - style.text_width(ending) - 0.5) + ending]
    return "\n".join(lines)


def ordered(column: pd.Series) -> list[str]:
    """The values of a column: in order of its categories, else the most frequent first."""
    counts = column.astype(str).value_counts()
    by_name = sorted(counts.index, key=lambda value: (-counts[value], value))
    if isinstance(column.dtype, pd.CategoricalDtype) and column.cat.ordered:
        return [str(value) for value in column.cat.categories if str(value) in counts.index]
    return by_name


def packed(meetings: pd.DataFrame, scale: Timescale) -> list[int]:
    """A lane for each dated meeting, the lowest in which it touches no other."""
    reached: list[float] = []
    lanes = []
    for at, until, precision in zip(meetings["at"], meetings["until"], meetings["precision"], strict=True):
        half = scale.days(DOT / 2 + 0.15)
        left, right = (at + 0.5 - half, at + 0.5 + half) if precision == "day" else bar(scale, at, until)
        lane = next((lane for lane, end in enumerate(reached) if end <= left), len(reached))
        reached[lane : lane + 1] = [right + scale.days(0.2)]
        lanes.append(lane)
    return lanes


def reporter_colours(meetings: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Colour and marker of the reporters with the most meetings; others share a neutral one.

    None where these told of fewer than half of the meetings: colours would say nothing of most.
    """
    if "reporter" not in meetings:
        return {}
    most = ordered(meetings["reporter"].dropna())[: len(style.SERIES)]
    if meetings["reporter"].isin(most).mean() < 0.5:
        return {}
    return dict(zip(most, zip(style.SERIES, style.MARKERS, strict=True), strict=False))


def look(row: pd.Series, colours: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Colour and marker of a meeting."""
    if not colours:
        return style.ACCENT, "o"
    return colours.get(str(row["reporter"]), (style.NEUTRAL, "v"))


def marks_key(meetings: pd.DataFrame) -> list[Key]:
    """What full, hollow and long marks mean, of those that occur."""
    partial, spans = meetings["is_partial"].astype(bool), meetings["precision"] != "day"
    key = [Key("full", "full account")] if (~partial).any() else []
    key += [Key("partial", "account cut off")] if partial.any() else []
    return key + ([Key("span", "day not known: possible days")] if spans.any() else [])


def gap_key(bare: bool) -> list[Key]:
    """What a bare number over a gap means, where there is one."""
    return [Key("gap", "months without an account")] if bare else []


def reporters_key(meetings: pd.DataFrame, colours: Mapping[str, tuple[str, str]]) -> list[Key]:
    """The names of the reporters with their number of meetings, where there are several."""
    if not colours or meetings["reporter"].nunique() < 2:
        return []
    counts = meetings["reporter"].dropna().astype(str).value_counts()
    key = [Key(marker, f"{name} ({counts[name]})", colour) for name, (colour, marker) in colours.items()]
    rest, unknown = counts.drop(list(colours)), int(meetings["reporter"].isna().sum())
    if not len(rest) and not unknown:
        return key
    words = " or ".join([counted(len(rest), "other")] * bool(len(rest)) + ["not known"] * bool(unknown))
    return [*key, Key("v", f"{words} ({rest.sum() + unknown})")]


def undated_note(meetings: pd.DataFrame, known: pd.DataFrame) -> str:
    """How many meetings are not drawn because their date is not known."""
    missing = meetings["meeting_id"].nunique() - known["meeting_id"].nunique()
    return f"Not drawn: {counted(missing, 'meeting')} without a date." if missing else ""


def coverage_title(meetings: pd.DataFrame, known: pd.DataFrame) -> str:
    """'Accounts of 22 meetings, and a gap of 52 months', or without the gap where none is long."""
    longest = max((right - left for left, right in gaps(known)), default=0.0)
    gap = f", and a gap of {months(longest)} months" if longest else ""
    return f"Accounts of {counted(len(meetings), 'meeting')}{gap}"


def coverage_alt(meetings: pd.DataFrame, known: pd.DataFrame, rows: str, groups: Sequence[str]) -> str:
    """The timeline in words, with numbers."""
    sizes = [f"{KINDS.get(group, wording(group))} {(meetings[rows] == group).sum()}" for group in groups]
    partial = int(meetings["is_partial"].sum())
    long = [f"{months(right - left)} months to {pd.Timestamp(right, unit='D'):%B %Y}" for left, right in gaps(known)]
    spans = (known["precision"] != "day").sum()
    return (
        f"Timeline of {counted(len(known), 'meeting')} from {known['start'].min():%B %Y} to "
        f"{known['end'].max():%B %Y}. By {rows}: {listed(sizes, 14)}. {partial} of "
        f"{len(meetings)} accounts are cut off; {spans} dates are known to a span only. "
        + (f"Gaps of a year or more: {listed(long, 5)}." if long else "No gap of a year.")
    )
