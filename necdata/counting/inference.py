"""Textbook tools on plain numbers: Wilson's interval, permutations, many tests at once."""

from __future__ import annotations

import itertools
import math
from statistics import NormalDist
from typing import Literal

import numpy as np
import numpy.typing as npt

from necdata.counting.resampling import RESAMPLES, Array

TIE = 1e-9


def wilson(successes: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Wilson's score interval of a proportion, element by element; NaN where n is 0.

    For independent trials: meetings, or hand-coded passages; not for words. Wilson (1927), JASA
    22:209-212; Newcombe (1998), Statistics in Medicine 17:857-872, method 3.
    """
    k, total = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    total = np.where(total > 0, total, np.nan)
    p = k / total
    centre = (p + z**2 / (2 * total)) / (1 + z**2 / total)
    reach = z / (1 + z**2 / total) * np.sqrt(p * (1 - p) / total + z**2 / (4 * total**2))
    # The limits are 0 and 1 exactly at no and all successes; rounding must not move them.
    return np.where(k == 0, 0 * p, centre - reach), np.where(k == total, p, centre + reach)


def shuffles(
    second: npt.NDArray[np.bool_],
    strata: npt.NDArray[np.int64],
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> tuple[npt.NDArray[np.bool_], bool]:
    """Ways to deal out group labels to meetings within strata, and whether these are all the ways.

    `second` says which meetings are in the second group. Each row of the result is one way. All
    ways are listed where there are no more than `resamples`, otherwise that many random ones.
    """
    members = [np.flatnonzero(strata == s) for s in np.unique(strata)]
    ways = math.prod(math.comb(len(m), int(second[m].sum())) for m in members)
    if ways > resamples:
        rng = np.random.default_rng(seed)
        labels = np.repeat(second[None, :], resamples, axis=0)
        for m in members:
            labels[:, m] = rng.permuted(labels[:, m], axis=1)
        return labels, False
    labels = np.zeros((ways, len(second)), dtype=bool)
    choices = (itertools.combinations(m, int(second[m].sum())) for m in members)
    for row, chosen in zip(labels, itertools.product(*choices), strict=True):
        row[list(itertools.chain(*chosen))] = True
    return labels, True


def permutation_p(statistic: Array, shuffled: Array, exact: bool) -> Array:
    """Two-sided p values: the share of shuffles whose |statistic| reaches the observed one.

    Random shuffles count the observed order among them, (b + 1) / (m + 1), so that p is never 0:
    Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    reached = np.abs(shuffled) >= np.abs(statistic) * (1 - TIE) - TIE
    extra = 0 if exact else 1
    return (reached.sum(axis=0) + extra) / (len(shuffled) + extra)


def adjust(p: npt.ArrayLike, method: Literal["bh", "holm"] = "bh") -> Array:
    """P values adjusted for how many were tested at once; missing ones stay out of the count.

    "bh" controls the false discovery rate (Benjamini & Hochberg 1995, JRSS B 57:289-300, by
    scipy.stats.false_discovery_control), "holm" the chance of any false claim (Holm 1979,
    Scandinavian Journal of Statistics 6:65-70). Raises ValueError for another method.
    """
    values = np.asarray(p, dtype=float)
    tested = ~np.isnan(values)
    adjusted = np.full(values.shape, np.nan)
    if method == "bh":
        from scipy.stats import false_discovery_control

        if tested.any():
            adjusted[tested] = false_discovery_control(values[tested], method="bh")
    elif method == "holm":
        adjusted[tested] = _holm(values[tested])
    else:
        raise ValueError(f"method is {method!r}; it must be bh or holm.")
    return adjusted


def _holm(p: Array) -> Array:
    """The i-th smallest of m values times m - i + 1, never below a smaller one's, at most 1."""
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return np.minimum(stepped, 1)[np.argsort(order)]
