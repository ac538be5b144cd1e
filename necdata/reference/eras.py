"""Leadership eras and distances to elections for any frame with dates: pure joins.

The tables behind them, and files of your own in their place: `necdata.reference.reference_tables`. A day is
a calendar day in the United Kingdom throughout.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from necdata.reference.reference_tables import TablePath, elections, leaders

__all__ = ["elections", "leaders", "with_elections", "with_eras"]

Table = TablePath | pd.DataFrame
Days = NDArray[np.int64]  # days since 1 January 1970
Positions = NDArray[np.intp]

# The joins have parameters with the names of the readers.
_read_leaders, _read_elections = leaders, elections


def with_eras(
    frame: pd.DataFrame, leaders: Table = None, start: str = "start", end: str | None = "end"
) -> pd.DataFrame:
    """Add `leader` and `era_is_certain` to a copy of any frame with one date or two.

    `start` and `end` name the columns with the first and the last day of a span, both of them part
    of it; `end=None` is for a frame with one date, `with_eras(posts, start="published", end=None)`.
    `leaders` is a file or a frame like the one that `leaders()` returns.

    `leader` is an ordered category of the eras in the order of office, acting leaders eras of
    their own. A span that straddles a handover goes to whoever held office for the larger part of
    its days, to the earlier of two with equal parts, and its `era_is_certain` (bool) is False.
    Days before the first term, and after the last day for which the latest is known to hold,
    belong to nobody. `leader` is missing, and `era_is_certain` False, where nobody has the larger
    part and where a date is unknown. Raises ValueError for a column that is missing or holds what
    is not a date, and for a span that ends before it starts.
    """
    table = leaders if isinstance(leaders, pd.DataFrame) else _read_leaders(leaders)
    _require(table, ("era", "start", "end", "last_checked"), "leaders", "read it with leaders()")
    spans = _spans(frame, start, end)
    edges = _edges(table)
    term = np.searchsorted(edges, spans.first, side="right")  # 0 is before the first term
    straddles = term != np.searchsorted(edges, spans.last, side="right")
    term[straddles] = _larger_part(edges, spans.first[straddles], spans.last[straddles])
    in_office = spans.known & (term >= 1) & (term <= len(table))
    eras = pd.CategoricalDtype(table["era"], ordered=True)
    leader = pd.Categorical.from_codes(np.where(in_office, term - 1, -1).tolist(), dtype=eras)
    return frame.assign(leader=leader, era_is_certain=in_office & ~straddles)


def with_elections(
    frame: pd.DataFrame,
    elections: Table = None,
    kind: str | Collection[str] = "general",
    start: str = "start",
    end: str | None = "end",
) -> pd.DataFrame:
    """Add the next and the previous election of a kind, or of several, to a copy of any frame.

    Adds `next_election` (datetime64[us]), `next_election_name` (str), `days_to_election` (Int64),
    `previous_election` (datetime64[us]) and `days_since_election` (Int64). `start` and `end` are
    those of `with_eras`; `elections` is a file or a frame like the one that `elections()` returns.

    Days are counted from the middle of the span, `start` + (`end` - `start`) // 2, to the day that
    decides: polling day, or `end_date` where a ballot runs on. On that day the election is the
    next one and 0 days away. After the last election of the table there is no next one, before the
    first no previous one, and beside an unknown date neither: those cells are missing. The table
    is taken to be complete from the day on which the frame begins. Raises ValueError for a kind
    that the table lacks and as `with_eras` does.
    """
    table = elections if isinstance(elections, pd.DataFrame) else _read_elections(elections)
    _require(table, ("date", "end_date", "kind", "name"), "elections", "read it with elections()")
    chosen = _of_kinds(table, {kind} if isinstance(kind, str) else set(kind))
    decided = chosen["decided"]
    spans = _spans(frame, start, end)
    middle = spans.first + (spans.last - spans.first) // 2
    following = np.searchsorted(_days(decided, "date")[0], middle, side="left")
    next_day = _take(decided, following, spans.known)
    previous_day = _take(decided, following - 1, spans.known)
    day = pd.Series(middle.astype("datetime64[D]").astype("datetime64[us]"))
    return frame.assign(
        next_election=next_day.array,
        next_election_name=_take(chosen["name"], following, spans.known).array,
        days_to_election=(next_day - day).dt.days.astype("Int64").array,
        previous_election=previous_day.array,
        days_since_election=(day - previous_day).dt.days.astype("Int64").array,
    )


def _edges(table: pd.DataFrame) -> Days:
    """The first day of each term and, where it is known, the first day that no term covers."""
    starts = _days(table["start"], "start")[0]
    end, checked = table["end"].iloc[-1], table["last_checked"].iloc[-1]
    close = end if pd.notna(end) else checked + pd.Timedelta(days=1)
    if pd.isna(close):
        return starts
    return np.append(starts, _days(pd.Series([close]), "end")[0])


def _larger_part(edges: Days, first: Days, last: Days) -> Positions:
    """Where most days of each span lie: 0 before the first edge, 1 from it to the second, ..."""
    far = np.int64(2**40)
    opens, closes = np.append(-far, edges), np.append(edges, far)
    overlap = np.minimum(last[:, None] + 1, closes) - np.maximum(first[:, None], opens)
    return overlap.argmax(axis=1)  # the earliest of equals


def _of_kinds(table: pd.DataFrame, kinds: set[str]) -> pd.DataFrame:
    """The elections of some kinds with the day that decides each, in the order of that day."""
    known = set(table["kind"])
    if not kinds or kinds - known:
        asked = ", ".join(sorted(kinds - known)) or "(none named)"
        raise ValueError(f"no election is of kind {asked}: the table has {', '.join(sorted(known))}")
    chosen = table[table["kind"].isin(kinds)]
    decided = chosen["end_date"].fillna(chosen["date"])
    return chosen.assign(decided=decided).sort_values("decided", kind="stable", ignore_index=True)


def _take(values: pd.Series, positions: Positions, known: NDArray[np.bool_]) -> pd.Series:
    """The values at some positions, missing outside the series and where nothing is known."""
    return values.reindex(np.where(known, positions, -1)).reset_index(drop=True)


class _Spans(NamedTuple):
    first: Days
    last: Days
    known: NDArray[np.bool_]


def _spans(frame: pd.DataFrame, start: str, end: str | None) -> _Spans:
    """First and last days, both 0 where either is unknown."""
    names = (start,) if end is None else (start, end)
    _require(frame, names, "the frame", "name its columns of dates with start= and end=")
    first, first_known = _days(frame[start], start)
    last, last_known = (first, first_known) if end is None else _days(frame[end], end)
    known = first_known & last_known
    backwards = np.flatnonzero(known & (last < first))
    if backwards.size:
        raise ValueError(
            f"{backwards.size} spans end before they start, the first in row {backwards[0]} "
            f"(counted from 0): exchange {start!r} and {end!r}"
        )
    return _Spans(np.where(known, first, 0), np.where(known, last, 0), known)


def _days(column: pd.Series, name: str) -> tuple[Days, NDArray[np.bool_]]:
    """Dates as days since 1970 (0 where unknown) and whether they are known.

    Texts count by the day that is written: "2017-07-18T23:30:00+01:00" => 18 July 2017. A month
    alone, "2017-07", is refused and not completed.
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("Europe/London").dt.tz_localize(None)
    elif not pd.api.types.is_datetime64_any_dtype(column):
        column = _written_days(column, name)
    days = column.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(days)
    return np.where(known, days.astype("int64"), 0), known


def _written_days(column: pd.Series, name: str) -> pd.Series:
    texts = column.reset_index(drop=True).astype("object").dropna().astype("str").str.strip()
    texts = texts[texts != ""]
    odd = texts[~texts.str.match(r"\d{4}-\d\d-\d\d(?:[T ]|$)").astype("bool")]
    if len(odd):
        raise ValueError(f"column {name!r} holds {odd.iloc[0]!r}: write days as YYYY-MM-DD")
    try:
        days = pd.to_datetime(texts.str[:10], format="%Y-%m-%d")
    except ValueError as error:
        raise ValueError(f"column {name!r} holds a day that does not exist: {error}") from error
    return days.reindex(range(len(column)))


def _require(frame: pd.DataFrame, columns: Iterable[str], what: str, remedy: str) -> None:
    missing = [repr(column) for column in columns if column not in frame]
    if missing:
        raise ValueError(f"{what} has no column {', '.join(missing)}: {remedy}")
