"""How often an interval holds the true rate, in invented meetings: what its promise is worth.

`python -m necdata.simulation` prints the tables of docs/statistics.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from necdata.contrasts import Pair, excess, limits
from necdata.inference import permutation_p, shuffles, wilson
from necdata.resampling import METHODS, Array, Method, interval

# About what the shipped corpus has: words of a meeting, the spread of their logarithm.
WORDS = 460.0
SPREAD = 0.7
SHAPE = 1.0


def invented_meetings(
    n: int, simulations: int, mean: float, shape: float, rng: np.random.Generator,
    longer: float = 1.0,
) -> tuple[Array, Array]:
    """Hits and words (meetings × simulations) of reports that dwell on a topic or pass it over.

    Words are lognormal (mean 460 × `longer`, sigma 0.7); the rate of each meeting is gamma with
    mean `mean` per 1,000 words and shape `shape`; hits are Poisson given the rate (so negative
    binomial).
    """
    words = np.exp(rng.normal(np.log(WORDS * longer) - SPREAD**2 / 2, SPREAD, (n, simulations)))
    words = np.maximum(np.round(words), 50)
    rate = rng.gamma(shape, mean / shape, (n, simulations))
    return rng.poisson(rate * words / 1000).astype(float), words


def coverage(
    n_meetings: int, *, mean: float = 4.0, shape: float = SHAPE, simulations: int = 2000,
    giant: float = 1.0, level: float = 0.95, resamples: int = 1999, seed: int = 1,
) -> pd.DataFrame:
    """Share of simulations whose interval holds the true rate, by method.

    `mean` is the true rate per 1,000 words, `shape` the evenness of meetings (1: the standard
    deviation of their rates equals the mean; smaller: more uneven), `giant` makes the first
    meeting's report so many times as long as the others. Simulations in which the
    topic never occurs have no interval and are left out. Columns: n_meetings, mean, shape, giant,
    method (those of `resampling.interval`, and Wilson's interval over words for comparison),
    coverage (0 to 1), missed_below and missed_above (true rate below or above the interval),
    width (median, per 1,000 words).
    """
    rng = np.random.default_rng([seed, n_meetings])
    hits, words = invented_meetings(n_meetings, simulations, mean, shape, rng)
    hits[:1], words[:1] = invented_meetings(1, simulations, mean, shape, rng, giant)
    found: dict[Method, list[tuple[float, float]]] = {name: [] for name in METHODS}
    for i in np.flatnonzero(hits.sum(axis=0) > 0):
        y, x = hits[:, [i]], words[:, i]
        for method in METHODS:
            low, high = interval(y, x, method=method, level=level, resamples=resamples,
                                 seed=[seed, int(i)])
            found[method].append((low[0] * 1000, high[0] * 1000))
    seen = hits.sum(axis=0) > 0
    by_word = wilson(hits.sum(axis=0)[seen], words.sum(axis=0)[seen], level)
    columns: dict[str, Array] = {method: np.array(pairs) for method, pairs in found.items()}
    columns["wilson over words"] = np.column_stack(by_word) * 1000
    return pd.DataFrame([
        {"n_meetings": n_meetings, "mean": mean, "shape": shape, "giant": giant,
         "method": method, "coverage": ((low <= mean) & (mean <= high)).mean(),
         "missed_below": (mean < low).mean(), "missed_above": (mean > high).mean(),
         "width": float(np.median(high - low))}
        for method, (low, high) in ((name, pairs.T) for name, pairs in columns.items())])


def contrast_coverage(
    n_first: int, n_second: int, *, mean: float = 4.0, times: float = 1.0, longer: float = 1.0,
    shape: float = SHAPE, simulations: int = 1000, level: float = 0.95, resamples: int = 999,
    seed: int = 1,
) -> pd.DataFrame:
    """How often the figures of `contrasts.contrast` are right, by method.

    The first group's true rate is `mean`, the second's `times` that, in reports `longer` times as
    long. Columns: n_first, n_second, times, longer, method, difference and ratio (coverage, 0 to
    1, where both rates are above 0), significant (share of permutation tests with p of 0.05 or
    less: false alarms where `times` is 1).
    """
    rng = np.random.default_rng([seed, n_first, n_second])
    y1, x1 = invented_meetings(n_first, simulations, mean, shape, rng)
    y2, x2 = invented_meetings(n_second, simulations, mean * times, shape, rng, longer)
    second = np.arange(n_first + n_second) >= n_first
    labels, exact = shuffles(second, np.zeros(len(second), dtype=int), resamples, seed)
    significant, held = [], {"jackknife": [], "percentile": []}  # type: ignore[var-annotated]
    for i in range(simulations):
        pair = Pair(y1[:, [i]], x1[:, i], y2[:, [i]], x2[:, i])
        beyond, _ = excess(np.vstack([pair.y1, pair.y2]), np.concatenate([pair.x1, pair.x2]),
                           second, np.zeros(len(second), dtype=int))
        p = permutation_p(second.astype(float) @ beyond, labels.astype(float) @ beyond, exact)
        significant.append(p[0] <= 0.05)
        for method, kept in held.items():
            if pair.y1.any() and pair.y2.any():
                kept.append(_holds(pair, method, level, resamples, seed + i, mean, times))
    return pd.DataFrame([
        {"n_first": n_first, "n_second": n_second, "times": times, "longer": longer,
         "method": method, "difference": np.mean([one[0] for one in kept]),
         "ratio": np.mean([one[1] for one in kept]), "significant": np.mean(significant)}
        for method, kept in held.items()])


def _holds(
    pair: Pair, method: str, level: float, resamples: int, seed: int, mean: float, times: float
) -> tuple[bool, bool]:
    found = limits(pair, "per_1000_words", level, method, resamples, seed)
    gap = mean * (times - 1) / 1000
    return (bool(found["difference_low"][0] <= gap <= found["difference_high"][0]),
            bool(found["ratio_low"][0] <= times <= found["ratio_high"][0]))


def main() -> None:
    """Print the coverage of rates and of contrasts as two tables in Markdown."""
    worlds = [(10.0, 2.0, 1.0), (4.0, 1.0, 1.0), (4.0, 0.5, 1.0), (1.0, 1.0, 1.0), (4.0, 1.0, 10.0)]
    found = pd.concat([coverage(n, mean=mean, shape=shape, giant=giant)
                       for mean, shape, giant in worlds for n in (6, 10, 12, 20, 40)])
    wide = found.pivot_table(index=["mean", "shape", "giant", "n_meetings"], columns="method",
                             values="coverage", sort=False)
    print(_markdown((wide * 100).round(1).reset_index()))
    pairs = [(12, 9, 1.0, 1.0), (12, 9, 1.0, 2.5), (12, 9, 3.0, 1.0), (20, 20, 1.0, 1.0),
             (20, 20, 1.0, 2.5), (20, 20, 3.0, 1.0)]
    rows = pd.concat([contrast_coverage(a, b, times=times, longer=longer)
                      for a, b, times, longer in pairs])
    percent = rows.assign(**{c: (rows[c] * 100).round(1)
                             for c in ("difference", "ratio", "significant")})
    print(_markdown(percent))


def _markdown(frame: pd.DataFrame) -> str:
    lines = [list(map(str, frame.columns)), ["---"] * len(frame.columns),
             *(list(map(str, row)) for row in frame.itertuples(index=False))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
