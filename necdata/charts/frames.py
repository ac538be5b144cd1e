"""The frames that charts take: what they must hold, and how they are joined for drawing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from necdata.charts.words import wording

FEWEST = 10
"""Meetings in a group from which on an interval is drawn; below, every meeting is a dot.

Resampling 6 meetings covered 82 % where 95 % was promised, 20 meetings 94 %.
"""
KINDS = {
    "full_meeting": "Full meetings",
    "away_day": "Away days",
    "sub_committee": "Sub-committees",
    "special_meeting": "Special meetings",
    "clause_v": "Clause V meetings",
    "conference": "Conference",
}
"""The kinds of meetings in words."""


def measured(rates: pd.DataFrame, value: str | None) -> str:
    """The measure that rates are in: as told, else their own, else shares of passages."""
    if value is not None:
        return value
    return str(rates["measure"].iloc[0]) if "measure" in rates else "share_of_passages"


def named(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The frame with a column `name`: its own, else from `names`, else the topic's key as words."""
    if names is None and "name" in frame:
        return frame.assign(name=frame["name"].astype(str))
    lookup = names or {}
    return frame.assign(name=[lookup.get(str(key), wording(str(key))) for key in frame["topic"]])


def require(frame: pd.DataFrame, what: str, *columns: str) -> None:
    """Raise ValueError, naming them, where a frame has no rows or lacks columns."""
    missing = [column for column in columns if column not in frame]
    if missing:
        raise ValueError(
            f"the {what} frame has no column {', '.join(missing)}: it has {', '.join(map(str, frame.columns))}"
        )
    if frame.empty:
        raise ValueError(f"the {what} frame has no rows to draw: widen the choice")


def per_meeting(topics: pd.DataFrame, meetings: pd.DataFrame, value: str) -> pd.DataFrame:
    """Topics joined to their meetings, the drawn value as the column `shown`; zeros are kept.

    A meeting without passages or words has no rate, so it is not drawn.
    """
    require(topics, "topics", "meeting_id", "topic", value)
    require(meetings, "meetings", "meeting_id", "start", "end", "precision", "is_partial")
    extra = [column for column in meetings if column == "meeting_id" or column not in topics]
    joined = topics.merge(meetings[extra], on="meeting_id", how="inner", validate="m:1")
    return joined.assign(shown=joined[value]).dropna(subset=["shown"])


def joined(
    topics: pd.DataFrame | None, meetings: pd.DataFrame | None, value: str, table: pd.DataFrame
) -> pd.DataFrame | None:
    """The value of each topic in each meeting, where both frames are given and it will be drawn."""
    if topics is None or meetings is None or few(table).sum() == 0 or value not in topics:
        return None
    return per_meeting(topics, meetings, value)


def few(table: pd.DataFrame) -> pd.Series:
    """Which rates rest on too few meetings for an interval."""
    return ~table["banded"] & (table["n_meetings"] < FEWEST)


def with_meetings(table: pd.DataFrame, points: pd.DataFrame | None, value: str, *by: str) -> pd.DataFrame:
    """What was drawn: the rates and, where meetings are dots, the meetings; `series` says which."""
    if points is None:
        return table
    columns = ["meeting_id", "topic", *by, "is_partial", value]
    return pd.concat([table.assign(series="rate"), points[columns].assign(series="meeting")])


def era_aliases(eras: pd.DataFrame | None) -> dict[str, str]:
    """Leaders' names and short names to short names, in order of time."""
    if eras is None:
        return {}
    rows = eras.sort_values("start")
    pairs = zip(rows["leader"].astype(str), rows["short_name"].astype(str), strict=True)
    return {name: short for leader, short in pairs for name in (leader, short)}


def with_era(frame: pd.DataFrame, aliases: Mapping[str, str]) -> pd.DataFrame:
    """The frame with the column `era` in short names, from its own `era` or `leader`."""
    column = "era" if "era" in frame else "leader"
    require(frame, "rates or meetings", column)
    return frame.assign(era=[aliases.get(str(era), str(era)) for era in frame[column]])


def banded(rates: pd.DataFrame) -> pd.Series:
    """Which rates have an interval that may be drawn: given, and from enough meetings.

    Shares of meetings have Wilson's interval, which holds for any number of them.
    """
    if "low" not in rates or "high" not in rates:
        return pd.Series(False, index=rates.index)
    given = rates["low"].notna() & rates["high"].notna()
    if "measure" in rates and (rates["measure"] == "share_of_meetings").all():
        return given
    return given & (rates["n_meetings"] >= FEWEST)
