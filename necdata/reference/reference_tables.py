"""The reference tables: who led the Labour Party and when elections were, read and checked.

They are `reference/leaders.csv` and `reference/elections.csv`; docs/reference-tables.md says what
stands in them and where it is from. `necdata.reference.eras` joins them to frames with dates.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

REFERENCE = Path(__file__).parent

TablePath = str | os.PathLike[str] | None


def leaders(path: TablePath = None) -> pd.DataFrame:
    """Read the leaders of the Labour Party, one row a term of office, in the order of office.

    Shipped terms run from 12 May 1994. `path` names a file of your own: `leader`, `start` and `end`
    are required, `short_name` (default: the last word of the name), `acting` (default: false),
    `last_checked`, `source` and `note` are optional.

    A term runs from `start` up to, and not including, `end`: the day of a handover belongs to the
    new leader. The latest term has no `end`; it is known to hold up to and including
    `last_checked`, or for good where that is empty. `era` names the term: the leader, with the
    year for one who acted or came back, "Harriet Harman (acting, 2010)".

    Dates are datetime64[us], `acting` is bool, the rest is str. Raises ValueError, naming file,
    line and remedy, for a missing column or cell, a bad date, a gap, an overlap or a repeated era.
    """
    file = REFERENCE / "leaders.csv" if path is None else Path(path)
    frame = _read(
        file,
        required=("leader", "start", "end"),
        optional=("short_name", "acting", "last_checked", "source", "note"),
        filled=("leader", "start"),
        dates=("start", "end", "last_checked"),
        flags={"acting": False},
    ).sort_values("start", ignore_index=True)
    _check_terms(frame, file)
    last_words = frame["leader"].str.split().str[-1]
    frame["short_name"] = frame["short_name"].where(frame["short_name"] != "", last_words)
    frame["era"] = _era_names(frame)
    _check_listed_once(frame, file, ["era"])
    columns = ["leader", "short_name", "acting", "start", "end", "last_checked", "source", "note"]
    return frame[["era", *columns]]


def elections(path: TablePath = None) -> pd.DataFrame:
    """Read the elections, one row each, by date.

    Shipped rows run from 5 May 1994. `path` names a file of your own: `date`, `kind` and `name` are
    required, `end_date`, `scope`, `public` (default: true), `source` and `note` are optional.

    `date` is polling day, or the day on which a longer ballot opened; its result then came on
    `end_date`. `public` is False for contests inside the party. Dates are datetime64[us], `kind` is
    an unordered category, `public` is bool, the rest is str. Raises ValueError, naming file, line
    and remedy, for a missing column or cell, a bad date or an election that is listed twice.
    """
    file = REFERENCE / "elections.csv" if path is None else Path(path)
    frame = _read(
        file,
        required=("date", "kind", "name"),
        optional=("end_date", "scope", "public", "source", "note"),
        filled=("date", "kind", "name"),
        dates=("date", "end_date"),
        flags={"public": True},
    )
    for line in frame.loc[frame["end_date"] < frame["date"], "line"]:
        raise _fault(file, line, "the election ends before it begins", "exchange date and end_date")
    _check_listed_once(frame, file, ["kind", "name"])
    # By-elections of one day differ in scope; rows without a scope cannot be told apart by it.
    _check_listed_once(frame[frame["scope"] != ""], file, ["kind", "date", "scope"])
    frame = frame.sort_values(["date", "kind", "name"], ignore_index=True)
    frame["kind"] = frame["kind"].astype("category")
    return frame[["date", "end_date", "kind", "name", "scope", "public", "source", "note"]]


def _era_names(frame: pd.DataFrame) -> pd.Series:
    year = frame["start"].dt.year.astype("str")
    came_back = frame.groupby(["leader", "acting"])["leader"].transform("size") > 1
    name = frame["leader"].mask(came_back, frame["leader"] + " (" + year + ")")
    return name.mask(frame["acting"], frame["leader"] + " (acting, " + year + ")")


def _check_terms(frame: pd.DataFrame, file: Path) -> None:
    """Each term ends after it starts and is followed on that day by the next."""
    terms = list(frame[["line", "leader", "start", "end", "last_checked"]].itertuples(index=False))
    if not terms:
        raise _fault(file, 1, "no leader stands below the header", "add a row for each term")
    for line, leader, start, end, checked in terms:
        if end <= start:
            raise _fault(file, line, f"the term of {leader} ends before a day of it has passed",
                         "end is the first day of the next leader")  # fmt: skip
        if checked < start:
            raise _fault(file, line, "last_checked comes before start", "correct one of the two")
    for (_, name, _, end, _), (line, leader, start, _, _) in zip(terms, terms[1:], strict=False):
        if end == start:
            continue
        fault = "overlap" if pd.isna(end) or end > start else "leave a gap"
        ended = "has no end" if pd.isna(end) else f"ends on {end:%Y-%m-%d}"
        raise _fault(
            file,
            line,
            f"the terms of {name}, which {ended}, and {leader}, from {start:%Y-%m-%d}, {fault}",
            "write the same day in both, and give whoever acted in between a row",
        )


def _check_listed_once(frame: pd.DataFrame, file: Path, columns: list[str]) -> None:
    again = frame.sort_values("line")
    again = again[again.duplicated(columns)]
    if len(again):
        cells = ", ".join(f"{column} {again.iloc[0][column]}" for column in columns)
        cells = cells.replace(" 00:00:00", "")
        raise _fault(file, again.iloc[0]["line"], f"{cells} was listed before", "keep one row")


def _read(
    file: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    filled: Collection[str],
    dates: Collection[str],
    flags: Mapping[str, bool],
) -> pd.DataFrame:
    """A CSV file as a typed frame; `line` is the line of the file on which each row ends."""
    records = _records(file, required)
    for line, row in records:
        for name, text in row.items():
            _check_cell(file, line, name, text, name in filled, name in dates, name in flags)
    columns: dict[str, pd.Series] = {"line": pd.Series([line for line, _ in records], dtype="int64")}
    for name in (*required, *optional):
        texts = pd.Series([row.get(name, "") for _, row in records], dtype="str")
        if name in dates:
            days = pd.to_datetime(texts.mask(texts == ""), format="%Y-%m-%d")
            columns[name] = days.dt.as_unit("us")
        elif name in flags:
            columns[name] = texts.mask(texts == "", str(flags[name]).lower()) == "true"
        else:
            columns[name] = texts
    return pd.DataFrame(columns)


def _records(file: Path, required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file that hold anything, each with the line on which it ends."""
    line = 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = [name.strip() for name in next(reader, [])]
            rows = []
            for row in reader:
                line = reader.line_num
                if any(map(str.strip, row)):
                    rows.append((line, list(map(str.strip, row))))
    except UnicodeDecodeError as error:
        raise ValueError(f"{file} is not UTF-8 text: save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise _fault(file, line + 1, f"{error}", 'quote a cell "like this"') from error
    absent = [name for name in required if name not in header]
    if absent:
        raise _fault(file, 1, f"no column is named {absent[0]}", f"it needs {', '.join(required)}")
    for line, row in rows:
        if len(row) != len(header):
            fault = f"{len(row)} cells stand under {len(header)} columns"
            raise _fault(file, line, fault, "quote a cell that holds a comma")
    return [(line, dict(zip(header, row, strict=True))) for line, row in rows]


def _check_cell(file: Path, line: int, name: str, text: str, filled: bool, is_date: bool, is_flag: bool) -> None:
    if text == "":
        if filled:
            raise _fault(file, line, f"{name} is empty", "fill it in")
    elif is_date and not _is_day(text):
        raise _fault(file, line, f"{name} {text!r} is not a date", "write it as YYYY-MM-DD")
    elif is_flag and text not in ("true", "false"):
        raise _fault(file, line, f"{name} is {text!r}", "write true or false")


def _is_day(text: str) -> bool:
    """Parse "2020-04-04" => True; "4.4.2020", "20200404" and "2020-02-30" => False."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        return date.fromisoformat(text) is not None
    except ValueError:
        return False


def _fault(file: Path, line: int, fault: str, remedy: str) -> ValueError:
    return ValueError(f"{file}, line {line}: {fault}; {remedy}")
