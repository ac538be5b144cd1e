"""Rates along a line (the calendar, the days to an election) in a window that moves along it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from necdata.counting.resampling import Array, interval, ratio
from necdata.counting.statistics import MIN_MEETINGS, Measure, grid, scale

COLUMNS = ["topic", "measure", "estimate", "low", "high", "level", "n_meetings"]


def moving_rates(
    meetings: pd.DataFrame,
    topics: pd.DataFrame,
    along: str = "date",
    *,
    window: int = 730,
    step: int = 30,
    measure: Measure = "share_of_passages",
    level: float = 0.95,
    min_meetings: int = MIN_MEETINGS,
) -> pd.DataFrame:
    """Pooled rates of all meetings within `window` days (half before, half after) of each point.

    `along` is "date" (a meeting stands in the middle of its start and end) or a column of days
    such as "days_to_election"; meetings without one are left out. Points lie `step` days apart,
    from the first meeting to the last. Columns: `along`, topic, measure, estimate, low, high (by
    the jackknife; missing under `min_meetings` meetings, and for topics not seen), level,
    n_meetings. Neighbouring points share meetings: a bump can be one report, and the intervals
    hold at each point, not for the shape of the whole curve.
    """
    table, kind = grid(meetings, topics, measure), scale(measure)
    place = _places(table.meetings, along)
    frames = []
    for point in _points(place, step):
        # An unknown place is NaN, which is near nothing.
        y, x = table.arrays(np.flatnonzero(np.abs(place - point) <= window / 2))
        if len(x) == 0:
            continue
        low, high = np.full((2, y.shape[1]), np.nan)
        if len(x) >= max(min_meetings, 2):
            low, high = interval(y, x, link=kind.link, level=level)
        frames.append(
            pd.DataFrame(
                {
                    along: point,
                    "topic": table.counted.columns.to_numpy(),
                    "measure": measure,
                    "estimate": ratio(y, x) * kind.unit,
                    "low": low * kind.unit,
                    "high": high * kind.unit,
                    "level": level,
                    "n_meetings": len(x),
                }
            )
        )
    if not frames:
        return pd.DataFrame(columns=[along, *COLUMNS])
    curve = pd.concat(frames, ignore_index=True)
    return curve.assign(date=pd.to_datetime(curve["date"], unit="D")) if along == "date" else curve


def _places(meetings: pd.DataFrame, along: str) -> Array:
    """Where each meeting stands, in days; NaN where that is not known."""
    if along != "date":
        return np.asarray(meetings[along].to_numpy(dtype=float, na_value=np.nan))
    middle = meetings["start"] + (meetings["end"] - meetings["start"]) / 2
    return np.asarray((middle - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=float)


def _points(place: Array, step: int) -> Array:
    known = place[~np.isnan(place)]
    if len(known) == 0:
        return np.empty(0)
    return np.floor(known.min()) + step * np.arange(1 + np.ceil(np.ptp(known) / step))
