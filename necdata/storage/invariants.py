"""What must hold of the tables, checked while they are built: a violation stops the build with the file and line."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from necdata.storage.store import InvariantError
from necdata.storage.tables import TABLES, Column, Table

Frames = Mapping[str, pd.DataFrame]


def check(frames: Frames) -> None:
    """Check keys, joins, limits, spans and sums of all tables; raises InvariantError at the first violation.

    Of pages and meetings alone, only what can be seen in them is checked.
    """
    for name, table in TABLES.items():
        if name in frames:
            _columns(frames, name, table)
            _keys(frames, name, table)
    _sums_of_pages(frames)
    if "posts" in frames:
        _sums_of_posts(frames)
        sums = Sums()
        sums.add(frames)
        sums.check(frames["meetings"], frames)
        _sums_of_topics(frames)
    _spans(frames)


def known(
    part: Frames, pages: pd.DataFrame, page: Mapping[str, int], meetings: pd.DataFrame, meeting: Mapping[str, int]
) -> Frames:
    """Pick the pages and meetings that a part of the other tables names; `page` and `meeting` are their row numbers."""
    named: set[str] = set()
    if "posts" in part:
        named.update(p for ids in part["posts"]["page_ids"] for p in ids.split(";"))
    found = {page[p] for p in named if p in page}
    meant = {m for frame in part.values() if "meeting_id" in frame for m in frame["meeting_id"].unique()}
    told = {meeting[m] for m in meant if m in meeting}
    return {"pages": pages.iloc[sorted(found)], "meetings": meetings.iloc[sorted(told)]}


def check_part(part: Frames, others: Frames) -> None:
    """Check the rows of some posts or some meetings; `others` are the pages and meetings that they name.

    Keys are those of the part alone: every row of another part begins with the id of another post or meeting.
    """
    frames = {**part, **others}
    for name in part:
        _columns(frames, name, TABLES[name])
        _keys(frames, name, TABLES[name])
    if "posts" in part:
        _sums_of_posts(frames)
    if "topics" in part:
        _sums_of_topics(frames)


class Sums:
    """What the posts of each meeting add up to, part by part."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, part: Frames) -> None:
        """Count the posts of a part; one without posts adds nothing."""
        if "posts" in part:
            self._parts.append(part["posts"].groupby("meeting_id")[["n_words", "n_passages"]].sum())

    def check(self, meetings: pd.DataFrame, frames: Frames | None = None) -> None:
        """Hold the sums against the table of meetings; raises InvariantError where they differ."""
        told = pd.concat(self._parts).groupby(level=0).sum()
        for column in ("n_words", "n_passages"):
            counted = meetings["meeting_id"].map(told[column]).fillna(0).astype("int64")
            wrong = counted.ne(meetings[column])
            _stop({**(frames or {}), "meetings": meetings}, "meetings", wrong, f"{column} is not that of its posts")


def _columns(frames: Frames, name: str, table: Table) -> None:
    frame = frames[name]
    if list(frame.columns) != [c.name for c in table.columns]:
        raise InvariantError(f"{name}: columns are {list(frame.columns)}, not those of tables.py")
    for column in table.columns:
        values = frame[column.name]
        missing = values.isna() | values.astype("str").eq("")
        if not column.null and missing.any():
            _stop(frames, name, missing, f"{column.name} is empty")
        _limits(frames, name, column, values[~missing])


def _limits(frames: Frames, name: str, column: Column, values: pd.Series) -> None:
    if column.values:
        _stop(frames, name, ~values.isin(column.values), f"{column.name} is none of {', '.join(column.values)}")
    if column.least is not None:
        _stop(frames, name, values.astype("float64") < column.least, f"{column.name} is below {column.least}")
    if column.most is not None:
        _stop(frames, name, values.astype("float64") > column.most, f"{column.name} is above {column.most}")


def _keys(frames: Frames, name: str, table: Table) -> None:
    frame = frames[name]
    _stop(frames, name, frame.duplicated(list(table.key)), f"{' and '.join(table.key)} is not unique")
    for column, other, key in table.foreign:
        if other not in frames:
            continue
        values = frame[column]
        orphan = values.ne("") & values.notna() & ~values.isin(frames[other][key])
        _stop(frames, name, orphan, f"{column} is not in {other}.{key}")


def _sums_of_pages(frames: Frames) -> None:
    pages = frames["pages"]
    parts = pages[["n_post_characters", "n_comment_characters", "n_boilerplate_characters"]].sum(axis=1)
    wrong = parts.ne(pages["n_characters"])
    _stop(frames, "pages", wrong, "posts, comments and boilerplate do not add up to n_characters")


def _sums_of_posts(frames: Frames) -> None:
    posts, passages = frames["posts"], frames["passages"]
    for column, count in (("n_words", passages.groupby("post_id")["n_words"].sum()),
                          ("n_passages", passages.groupby("post_id").size())):  # fmt: skip
        counted = posts["post_id"].map(count).fillna(0).astype("int64")
        _stop(frames, "posts", counted.ne(posts[column]), f"{column} is not that of its passages")


def _sums_of_topics(frames: Frames) -> None:
    about = frames["topics"].groupby("meeting_id")["n_passages"].max()
    most = frames["meetings"].set_index("meeting_id")["n_passages"].reindex(about.index)
    if (about > most).any():
        raise InvariantError(f"topics: {about.index[(about > most).to_numpy()][0]} has more passages than its meeting")


def _spans(frames: Frames) -> None:
    meetings = frames["meetings"]
    start, end, precision = meetings["start"], meetings["end"], meetings["precision"].astype("str")
    _stop(frames, "meetings", start.isna() != end.isna(), "start and end must both be known or both be empty")
    _stop(frames, "meetings", start > end, "start is after end")
    _stop(frames, "meetings", precision.eq("unknown") != start.isna(), "precision and dates disagree")
    _stop(frames, "meetings", precision.eq("day") & (start != end), "a day's start is not its end")


def _stop(frames: Frames, name: str, wrong: pd.Series, problem: str) -> None:
    """Raise for the first wrong row, naming its key and the raw file and line behind it."""
    if not wrong.any():
        return
    row = frames[name].loc[wrong[wrong].index[0]]
    key = ", ".join(str(row[k]) for k in TABLES[name].key)
    raise InvariantError(
        f"{name}: {key}: {problem}{_place(frames, row)}; please report this page as a fault of necdata"
    )


def _place(frames: Frames, row: pd.Series) -> str:
    if "file" in row:
        return f" ({row['file']})"
    page = row.get("page_id") or str(row.get("page_ids", "")).split(";")[0]
    if not page and "meeting_id" in row and "posts" in frames:
        posts = frames["posts"]
        told = posts[posts["meeting_id"].eq(row["meeting_id"])]
        return _place(frames, told.iloc[0]) if len(told) else ""
    file = frames["pages"].set_index("page_id")["file"].get(page, "") if "pages" in frames else ""
    return f" ({file}, line {row['line']})" if file and "line" in row else ""
