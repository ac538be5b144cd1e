"""Differences between two groups of meetings: how large, how sure, and who did the reporting.

An era is also a set of reporters: where one person wrote up one era and another the next, a
difference in topics may be a difference in writers. The test therefore shuffles eras only among
meetings told by the same reporter, and says so where no reporter is common to both.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from necdata.counting.inference import adjust, permutation_p, shuffles
from necdata.counting.reporters import told_by
from necdata.counting.resampling import (
    RESAMPLES,
    Array,
    interval,
    jackknife_error,
    ratio,
    resampled,
)
from necdata.counting.statistics import MIN_MEETINGS, Grid, Measure, grid, groups, scale


class Pair(NamedTuple):
    """Counts (meetings × topics) and bases (meetings) of the first and the second group."""

    y1: Array
    x1: Array
    y2: Array
    x2: Array


def contrast(
    meetings: pd.DataFrame,
    topics: pd.DataFrame,
    by: str,
    first: str,
    second: str,
    *,
    posts: pd.DataFrame | None = None,
    measure: Measure = "per_1000_words",
    level: float = 0.95,
    method: Literal["jackknife", "percentile"] = "jackknife",
    min_meetings: int = MIN_MEETINGS,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> pd.DataFrame:
    """Compare every topic's pooled rate between two groups of meetings, second against first.

    One row per topic; `by` is a column of `meetings` ("leader"), `first` and `second` values of
    it. Rates are in the unit of `measure` (see `statistics.rates`). Columns: topic, measure,
    first, second, n_first, n_second (meetings), estimate_first, estimate_second,

    - difference (second - first), difference_low, difference_high: by recovering variances from
      the two jackknife intervals (Zou & Donner 2008, Statistics in Medicine 27:1693-1702), or
      bootstrap percentiles;
    - ratio (second / first), ratio_low, ratio_high: Student's t on the log scale with Welch's
      degrees of freedom, or bootstrap percentiles; missing where either rate is 0;
    - level, interval: the method, or why the limits are missing;
    - reporter_constant: "yes", "partly" (only n_shuffled meetings have a reporter common to both
      groups; the test and `difference_within` rest on these alone), "no" (none has: the test
      shuffles all meetings and cannot tell eras from reporters) or "not tried" (no `posts`);
    - difference_within: the Mantel-Haenszel difference over reporters (Greenland & Robins 1985,
      Biometrics 41:55-68), missing where the reporter could not be held constant;
    - p_value: permutation test of the meetings counted in n_shuffled, on observed minus expected
      counts of the second group, summed over reporters; `smallest_p` is the least it could be;
      exact where all orders were tried; missing for a topic in none of these meetings;
    - p_bh, p_holm: adjusted for all topics of the frame (see `inference.adjust`).

    Raises ValueError where a group has no meeting, or `by`, `measure` or `method` is not known.
    """
    table, unit = grid(meetings, topics, measure), scale(measure).unit
    pair, rows = _pair(table, by, first, second)
    n1, n2 = len(pair.x1), len(pair.x2)
    frame = pd.DataFrame(
        {
            "topic": table.counted.columns.to_numpy(),
            "measure": measure,
            "first": first,
            "second": second,
            "n_first": n1,
            "n_second": n2,
            "estimate_first": ratio(pair.y1, pair.x1) * unit,
            "estimate_second": ratio(pair.y2, pair.x2) * unit,
        }
    )
    frame["difference"] = frame["estimate_second"] - frame["estimate_first"]
    # Half a count would invent a ratio; where one era never speaks of a topic there is none.
    frame["ratio"] = frame["estimate_second"] / frame["estimate_first"].replace(0, np.nan)
    frame = _with_limits(
        frame, limits(pair, measure, level, method, resamples, seed), unit, method, max(min_meetings, 2)
    ).assign(level=level)
    frame = frame.join(_test(table, rows, n1, posts, resamples, seed, unit))
    return frame.assign(p_bh=adjust(frame["p_value"], "bh"), p_holm=adjust(frame["p_value"], "holm"))


def _with_limits(frame: pd.DataFrame, found: dict[str, Array], unit: float, method: str, needed: int) -> pd.DataFrame:
    if min(frame["n_first"].min(), frame["n_second"].min()) < needed:
        return frame.assign(**dict.fromkeys(found, np.nan), interval=f"none: fewer than {needed} meetings")
    units = {name: unit if name.startswith("difference") else 1.0 for name in found}
    frame = frame.assign(**{name: values * units[name] for name, values in found.items()})
    why = "none: never (or always) seen in one group"
    return frame.assign(interval=np.where(frame["difference_low"].isna(), why, method))


def _pair(table: Grid, by: str, first: str, second: str) -> tuple[Pair, npt.NDArray[np.int64]]:
    if by not in table.meetings:
        raise ValueError(f"meetings has no column {by!r} to compare by.")
    found = {names[by]: rows for names, rows in groups(table.meetings, by)}
    for name in (first, second):
        if name not in found:
            known = ", ".join(str(value) for value in found)
            raise ValueError(f"No meeting with words has {by} {name!r}; there are {known}.")
    arrays = (*table.arrays(found[first]), *table.arrays(found[second]))
    return Pair(*arrays), np.concatenate([found[first], found[second]])


def limits(pair: Pair, measure: str, level: float, method: str, resamples: int, seed: int) -> dict[str, Array]:
    """Limits of the difference and the ratio of two groups' rates, per word or passage."""
    if method == "jackknife":
        return _jackknife_limits(pair, measure, level)
    if method != "percentile":
        raise ValueError(f"method is {method!r}; it must be jackknife or percentile.")
    # Seeds of their own: with one seed, two groups of one size would be drawn in step.
    r1 = resampled(pair.y1, pair.x1, resamples, [seed, 1])
    r2 = resampled(pair.y2, pair.x2, resamples, [seed, 2])
    tails = ((1 - level) / 2, (1 + level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients = np.where((r1 > 0).all(axis=0), r2 / r1, np.nan)
    gaps = np.where(pair.y1.sum(axis=0) + pair.y2.sum(axis=0) > 0, r2 - r1, np.nan)
    names = ("difference_low", "difference_high", "ratio_low", "ratio_high")
    values = (*np.quantile(gaps, tails, axis=0), *np.quantile(quotients, tails, axis=0))
    return dict(zip(names, values, strict=True))


def _jackknife_limits(pair: Pair, measure: str, level: float) -> dict[str, Array]:
    from scipy.special import stdtrit

    link = scale(measure).link
    r1, r2 = ratio(pair.y1, pair.x1), ratio(pair.y2, pair.x2)
    low1, high1 = interval(pair.y1, pair.x1, link=link, level=level)
    low2, high2 = interval(pair.y2, pair.x2, link=link, level=level)
    difference = r2 - r1
    with np.errstate(divide="ignore", invalid="ignore"):
        v1 = (jackknife_error(pair.y1, pair.x1) / r1) ** 2
        v2 = (jackknife_error(pair.y2, pair.x2) / r2) ** 2
        df = (v1 + v2) ** 2 / (v1**2 / (len(pair.x1) - 1) + v2**2 / (len(pair.x2) - 1))
        log_ratio = np.log(r2 / r1)
    reach = stdtrit(df, 0.5 + level / 2) * np.sqrt(v1 + v2)
    return {
        "difference_low": difference - np.hypot(r2 - low2, high1 - r1),
        "difference_high": difference + np.hypot(high2 - r2, r1 - low1),
        "ratio_low": np.exp(log_ratio - reach),
        "ratio_high": np.exp(log_ratio + reach),
    }


def _test(
    table: Grid,
    rows: npt.NDArray[np.int64],
    n_first: int,
    posts: pd.DataFrame | None,
    resamples: int,
    seed: int,
    unit: float,
) -> pd.DataFrame:
    """The columns that come of the permutation test, one row per topic."""
    second = np.arange(len(rows)) >= n_first
    strata, kept, constant = told_by(table.meetings["meeting_id"].iloc[rows], second, posts)
    y, x = table.arrays(rows[kept])
    second, strata = second[kept], strata[kept]
    beyond, weight = excess(y, x, second, strata)
    labels, exact = shuffles(second, strata, resamples, seed)
    observed = second.astype(float) @ beyond
    p = permutation_p(observed, labels.astype(float) @ beyond, exact)
    held = constant in ("yes", "partly")
    return pd.DataFrame(
        {
            "reporter_constant": constant,
            "n_shuffled": len(second),
            "difference_within": observed / weight * unit if held else np.nan,
            "p_value": np.where(y.sum(axis=0) > 0, p, np.nan),
            "smallest_p": 1 / len(labels) if exact else 1 / (len(labels) + 1),
            "exact": exact,
        }
    )


def excess(y: Array, x: Array, second: npt.NDArray[np.bool_], strata: npt.NDArray[np.int64]) -> tuple[Array, float]:
    """Each meeting's count beyond its reporter's pooled rate, and the Mantel-Haenszel weight.

    Summed over the second group's meetings, it is observed minus expected: the numerator of the
    Mantel-Haenszel difference, with weights x1 x2 / (x1 + x2). Its mean over shuffles is 0.
    """
    beyond, weight = np.zeros_like(y), 0.0
    for stratum in np.unique(strata):
        inside = strata == stratum
        beyond[inside] = y[inside] - np.outer(x[inside], ratio(y[inside], x[inside]))
        below, above = x[inside & ~second].sum(), x[inside & second].sum()
        weight += below * above / (below + above)
    return beyond, weight
