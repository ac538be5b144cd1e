"""How often topics are spoken of, with the doubt that a handful of meetings leaves.

Every function takes the tables of the corpus (or any part of them: filter `meetings` and the
rest follows) and returns a tidy frame, one row for each group and topic. Differences between
eras are in `contrasts`, what a figure hangs on in `sensitivity`, the errors of the coding in
`correction`. docs/statistics.md says what each figure means and when not to use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from necdata.counting.inference import wilson
from necdata.counting.resampling import METHODS, RESAMPLES, Array, Link, Method, interval, ratio

Measure = Literal["per_1000_words", "share_of_passages"]
By = str | Sequence[str] | None

MIN_MEETINGS = 10
COLUMNS = (
    "topic",
    "measure",
    "estimate",
    "low",
    "high",
    "level",
    "n_meetings",
    "n_meetings_with",
    "n_counted",
    "n_base",
    "largest_meeting",
    "interval",
)


class Scale(NamedTuple):
    """What a measure counts, what it counts in, its unit and the scale its doubt is even on."""

    counted: str
    base: str
    unit: float
    link: Link


SCALES: dict[str, Scale] = {
    "per_1000_words": Scale("n_hits", "n_words", 1000.0, "log"),
    "share_of_passages": Scale("n_passages", "n_passages", 1.0, "logit"),
}


class Grid(NamedTuple):
    """Meetings that hold any words, what was counted by topic, and what it was counted in."""

    meetings: pd.DataFrame
    counted: pd.DataFrame
    base: pd.Series

    def arrays(self, rows: npt.NDArray[np.int64] | slice = slice(None)) -> tuple[Array, Array]:
        """The counts (meetings × topics) and bases (meetings) of some rows, as numbers."""
        return (self.counted.to_numpy(dtype=float)[rows], self.base.to_numpy(dtype=float)[rows])


def scale(measure: str) -> Scale:
    """The scale of a measure; raises ValueError for one that is not known."""
    if measure not in SCALES:
        raise ValueError(f"measure is {measure!r}; it must be one of {', '.join(SCALES)}.")
    return SCALES[measure]


def grid(meetings: pd.DataFrame, topics: pd.DataFrame, measure: str) -> Grid:
    """Meetings × topics of one measure, zeros included; topics of other meetings are left out.

    A meeting with no words or passages at all says nothing and is left out too.
    Raises ValueError where a meeting and topic stand twice.
    """
    column, base, _, _ = scale(measure)
    kept = meetings[meetings[base] > 0].reset_index(drop=True)
    rows = topics.assign(topic=topics["topic"].astype(str))
    if rows.duplicated(["meeting_id", "topic"]).any():
        raise ValueError("topics has the same meeting_id and topic twice; sum them first.")
    wide = rows.pivot(index="meeting_id", columns="topic", values=column)
    wide = wide.reindex(index=kept["meeting_id"], columns=rows["topic"].unique())
    return Grid(kept, wide.fillna(0), kept[base])


def groups(meetings: pd.DataFrame, by: By) -> Iterator[tuple[dict[str, object], npt.NDArray[np.int64]]]:
    """Each group of meetings as the values that name it and the positions of its rows.

    Meetings without a value in `by` (a leader unknown because the date is) are in no group.
    """
    names = _names(by)
    if not names:
        yield {}, np.arange(len(meetings))
        return
    plain = meetings.reset_index(drop=True)
    for key, rows in plain.groupby(names, observed=True):
        yield dict(zip(names, key, strict=True)), rows.index.to_numpy()


def _names(by: By) -> list[str]:
    return [] if by is None else [by] if isinstance(by, str) else list(by)


def rates(
    meetings: pd.DataFrame,
    topics: pd.DataFrame,
    by: By = None,
    *,
    measure: Measure = "per_1000_words",
    level: float = 0.95,
    method: Method = "jackknife",
    min_meetings: int = MIN_MEETINGS,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    """Pooled rate of every topic in every group of meetings, with an interval over meetings.

    `estimate` is a ratio of sums (see `resampling.ratio`): for "per_1000_words" hits of the
    topic's terms per 1,000 words, for "share_of_passages" the share (0 to 1) of passages about
    the topic. `by` names columns of `meetings` ("leader", ["leader", "kind"]); None pools all.

    Columns: those of `by`, then topic, measure, estimate, low, high, level, n_meetings,
    n_meetings_with (meetings with the topic), n_counted and n_base (hits and words, or passages
    and passages), largest_meeting (its share of n_base, 0 to 1: near 1 the group is that meeting),
    interval (the method, or why low and high are missing: fewer meetings than `min_meetings`, a
    topic never seen, or seen in every passage).

    `method`: "jackknife", "bca" or "percentile", all over meetings; see `resampling.interval`.
    Raises ValueError for an unknown measure or method.
    """
    if method not in METHODS:
        raise ValueError(f"method is {method!r}; it must be one of {', '.join(METHODS)}.")
    table, unit, link = grid(meetings, topics, measure), scale(measure).unit, scale(measure).link
    frames = []
    for names, rows in groups(table.meetings, by):
        y, x = table.arrays(rows)
        low, high = np.full((2, y.shape[1]), np.nan)
        if len(rows) >= max(min_meetings, 2):
            low, high = interval(y, x, method=method, link=link, level=level, resamples=resamples, seed=seed)
        frame = _frame(names, table.counted.columns, measure, level, y, x)
        frames.append(
            frame.assign(
                estimate=ratio(y, x) * unit,
                low=low * unit,
                high=high * unit,
                interval=_reasons(y, low, method, max(min_meetings, 2)),
            )
        )
    return _joined(frames, table.meetings, by)


def share_of_meetings(
    meetings: pd.DataFrame,
    topics: pd.DataFrame,
    by: By = None,
    *,
    level: float = 0.95,
    at_least: int = 1,
) -> pd.DataFrame:
    """Share of meetings with `at_least` so many passages about a topic, with Wilson's interval.

    Columns as in `rates` (measure is "share_of_meetings", n_counted and n_base are meetings). The
    interval is given for any number of meetings: it counts them as what they are, one each. A
    full report is likelier than a short note to mention anything, so compare like with like.
    """
    table = grid(meetings, topics, "share_of_passages")
    frames = []
    for names, rows in groups(table.meetings, by):
        seen = (table.arrays(rows)[0] >= at_least).astype(float)
        frame = _frame(names, table.counted.columns, "share_of_meetings", level, seen, np.ones(len(rows)))
        low, high = wilson(seen.sum(axis=0), len(rows), level)
        frames.append(frame.assign(estimate=seen.mean(axis=0), low=low, high=high, interval="wilson"))
    return _joined(frames, table.meetings, by)


def _frame(names: dict[str, object], topics: pd.Index, measure: str, level: float, y: Array, x: Array) -> pd.DataFrame:
    counts = {
        "n_meetings": len(y),
        "n_meetings_with": (y > 0).sum(axis=0),
        "n_counted": y.sum(axis=0).astype(int),
        "n_base": int(x.sum()),
        "largest_meeting": x.max() / x.sum(),
    }
    plain = {"topic": topics.to_numpy(), "measure": measure, "level": level}
    return pd.DataFrame({**plain, **names, **counts})


def _reasons(y: Array, low: Array, method: str, needed: int) -> list[str]:
    if len(y) < needed:
        return [f"none: fewer than {needed} meetings"] * y.shape[1]
    why = np.where(y.sum(axis=0) == 0, "none: never seen", "none: seen in every passage")
    return list(np.where(np.isnan(low), why, method))


def _joined(frames: list[pd.DataFrame], meetings: pd.DataFrame, by: By) -> pd.DataFrame:
    names = _names(by)
    order = [*names, *COLUMNS]
    if not frames:
        return pd.DataFrame(columns=order)
    # Put together from values, the groups would lose their categories and their order in time.
    return pd.concat(frames, ignore_index=True)[order].astype({name: meetings[name].dtype for name in names})
