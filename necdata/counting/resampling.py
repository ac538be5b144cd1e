"""Doubt about rates: whole meetings are left out or drawn again, never single words.

Arrays only. `y` is meetings × topics (what was counted), `x` has one number a meeting (what it
was counted in: words or passages), and a rate is the ratio of their sums.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Link = Literal["log", "logit"]
Method = Literal["jackknife", "bca", "percentile"]

METHODS: tuple[Method, ...] = ("jackknife", "bca", "percentile")
RESAMPLES = 9_999


def ratio(y: Array, x: Array) -> Array:
    """The pooled rate of each topic: sum of `y` over meetings by sum of `x` (a ratio estimator).

    Long meetings weigh more than short ones; the mean of the meetings' own rates would let one
    short note count as much as a full report. Cochran (1977), Sampling Techniques, ch. 6.
    Nothing to count in (`x` adds up to 0) gives NaN.
    """
    total = x.sum()
    return y.sum(axis=0) / total if total > 0 else np.full(y.shape[1], np.nan)


def left_out(y: Array, x: Array) -> Array:
    """Meetings × topics: the pooled rates with each meeting left out in turn."""
    rest = (x.sum() - x)[:, None]
    return np.divide(y.sum(axis=0) - y, rest, out=np.full(y.shape, np.nan), where=rest > 0)


def jackknife_error(y: Array, x: Array) -> Array:
    """Standard error of each topic's pooled rate from leaving each meeting out in turn.

    sqrt((n - 1) / n × sum of (rate without i - their mean)²); NaN for a single meeting.
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, eq. 11.5.
    """
    n = len(x)
    if n < 2:
        return np.full(y.shape[1], np.nan)
    without = left_out(y, x)
    return np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0))


def resampled(y: Array, x: Array, resamples: int = RESAMPLES, seed: int | list[int] = 1) -> Array:
    """Resamples × topics: pooled rates of meetings drawn with replacement, `n` of `n`.

    One draw of meetings serves all topics, so that topics can be compared within a resample.
    """
    n = len(x)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), resamples).astype(float)
    below = (times @ x)[:, None]
    return np.divide(times @ y, below, out=np.full((resamples, y.shape[1]), np.nan), where=below > 0)


def interval(
    y: Array,
    x: Array,
    *,
    method: Method = "jackknife",
    link: Link = "log",
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int | list[int] = 1,
) -> tuple[Array, Array]:
    """Lower and upper limit of each topic's pooled rate; NaN for a topic that never occurs.

    `method`: "jackknife" (leave one meeting out, Student's t on the scale of `link`; the method
    whose coverage came closest to its promise in the simulation in docs/statistics.md), "bca" or
    "percentile" (the bootstrap over meetings). `link`: "log" for rates, "logit" for shares.
    Raises ValueError for another method.
    """
    if method == "jackknife":
        low, high = _jackknife_t(y, x, link, level)
    elif method == "bca":
        low, high = _bca(y, x, resampled(y, x, resamples, seed), level)
    elif method == "percentile":
        low, high = np.quantile(resampled(y, x, resamples, seed), _tails(level), axis=0)
    else:
        raise ValueError(f"method is {method!r}; it must be one of {', '.join(METHODS)}.")
    # No resample of meetings that never speak of a topic can tell how often others might.
    seen = y.sum(axis=0) > 0
    return np.where(seen, low, np.nan), np.where(seen, high, np.nan)


def on_link(rate: Array, error: Array, link: Link) -> tuple[Array, Array]:
    """A rate and its standard error on the log or logit scale (delta method); NaN at 0 (or 1)."""
    inside = (rate > 0) & ((rate < 1) | (link == "log"))
    rate = np.where(inside, rate, np.nan)
    if link == "log":
        return np.log(rate), error / rate
    return np.log(rate / (1 - rate)), error / (rate * (1 - rate))


def _jackknife_t(y: Array, x: Array, link: Link, level: float) -> tuple[Array, Array]:
    from scipy.special import expit, stdtrit

    if len(x) < 2:
        return np.full(y.shape[1], np.nan), np.full(y.shape[1], np.nan)
    centre, error = on_link(ratio(y, x), jackknife_error(y, x), link)
    reach = stdtrit(len(x) - 1, 0.5 + level / 2) * error
    back = np.exp if link == "log" else expit
    return back(centre - reach), back(centre + reach)


def _bca(y: Array, x: Array, draws: Array, level: float) -> tuple[Array, Array]:
    """Bias-corrected and accelerated: Efron (1987), JASA 82:171-185."""
    from scipy.special import ndtr, ndtri

    rate = ratio(y, x)
    below = ((draws < rate).mean(axis=0) + (draws <= rate).mean(axis=0)) / 2
    bias = ndtri(np.clip(below, 1 / (2 * len(draws)), 1 - 1 / (2 * len(draws))))
    pull = left_out(y, x).mean(axis=0) - left_out(y, x)
    spread = (pull**2).sum(axis=0) ** 1.5
    bend = np.divide((pull**3).sum(axis=0), 6 * spread, out=np.zeros_like(spread), where=spread > 0)
    ordered = np.sort(draws, axis=0)
    low, high = (_at(ordered, ndtr(bias + (bias + z) / (1 - bend * (bias + z)))) for z in ndtri(_tails(level)))
    return low, high


def _at(ordered: Array, levels: Array) -> Array:
    """The quantile of each column of sorted `ordered` at a level of its own."""
    place = levels * (len(ordered) - 1)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, len(ordered) - 1)
    first, second = (np.take_along_axis(ordered, i[None, :], axis=0)[0] for i in (below, above))
    return first + (place - below) * (second - first)


def _tails(level: float) -> Array:
    return np.array([(1 - level) / 2, (1 + level) / 2])
