"""How often an interval holds the true rate, in invented meetings: what its promise is worth.

`python -m necdata.counting.simulation` prints the tables of docs/statistics.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from necdata.counting.contrasts import Pair, excess, limits
from necdata.counting.inference import permutation_p, shuffles, wilson
from necdata.counting.resampling import METHODS, Array, Link, interval

# About what the shipped corpus has: words of a meeting, the spread of their logarithm.
WORDS = 460.0
PASSAGES = 10.0
SPREAD = 0.7
SHAPE = 1.0


def invented_meetings(
    n: int,
    simulations: int,
    mean: float,
    shape: float,
    rng: np.random.Generator,
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
    n_meetings: int,
    *,
    mean: float = 4.0,
    shape: float = SHAPE,
    giant: float = 1.0,
    simulations: int = 2000,
    level: float = 0.95,
    resamples: int = 1999,
    seed: int = 1,
) -> pd.DataFrame:
    """Share of simulations whose interval holds the true rate per 1,000 words, by method.

    `mean` is the true rate, `shape` the evenness of meetings (1: the standard deviation of their
    rates equals the mean; smaller: more uneven), `giant` makes the first meeting's report so many
    times as long as the others. Columns: n_meetings, mean, shape, giant and those of `covered`.
    """
    rng = np.random.default_rng([seed, n_meetings])
    hits, words = invented_meetings(n_meetings, simulations, mean, shape, rng)
    hits[:1], words[:1] = invented_meetings(1, simulations, mean, shape, rng, giant)
    found = covered(hits, words, mean / 1000, "log", level, resamples, seed)
    return pd.DataFrame({"n_meetings": n_meetings, "mean": mean, "shape": shape, "giant": giant, **found})


def share_coverage(
    n_meetings: int,
    *,
    mean: float = 0.2,
    alike: float = 0.1,
    simulations: int = 2000,
    level: float = 0.95,
    resamples: int = 1999,
    seed: int = 1,
) -> pd.DataFrame:
    """Share of simulations whose interval holds the true share of passages, by method.

    Meetings have about ten passages (lognormal, sigma 0.7, at least 2); passages about the topic
    are beta-binomial with mean `mean` and intraclass correlation `alike`. Columns: n_meetings,
    mean, alike and those of `covered`.
    """
    rng = np.random.default_rng([seed, n_meetings])
    passages = np.exp(rng.normal(np.log(PASSAGES) - SPREAD**2 / 2, SPREAD, (n_meetings, simulations)))
    passages = np.maximum(np.round(passages), 2)
    weight = 1 / alike - 1
    share = rng.beta(mean * weight, (1 - mean) * weight, passages.shape)
    about = rng.binomial(passages.astype(int), share).astype(float)
    found = covered(about, passages, mean, "logit", level, resamples, seed)
    return pd.DataFrame({"n_meetings": n_meetings, "mean": mean, "alike": alike, **found})


def covered(
    counts: Array, bases: Array, truth: float, link: Link, level: float, resamples: int, seed: int
) -> pd.DataFrame:
    """How often intervals from each column (a simulation) of meetings hold the true rate.

    Simulations in which the topic never occurs have no interval and are left out. Columns: method
    (those of `resampling.interval`, and Wilson's interval over words or passages as a warning),
    coverage (0 to 1), missed_below and missed_above (true rate below or above the interval).
    """
    seen = np.flatnonzero(counts.sum(axis=0) > 0)
    limits_of: dict[str, Array] = {
        method: np.array(
            [
                np.ravel(
                    interval(
                        counts[:, [i]],
                        bases[:, i],
                        method=method,
                        link=link,
                        level=level,
                        resamples=resamples,
                        seed=[seed, int(i)],
                    )
                )
                for i in seen
            ]
        )
        for method in METHODS
    }
    sums = counts.sum(axis=0)[seen], bases.sum(axis=0)[seen]
    limits_of["wilson over words"] = np.column_stack(wilson(*sums, level))
    return pd.DataFrame(
        [
            {
                "method": method,
                "coverage": ((low <= truth) & (truth <= high)).mean(),
                "missed_below": (truth < low).mean(),
                "missed_above": (truth > high).mean(),
            }
            for method, (low, high) in ((name, pairs.T) for name, pairs in limits_of.items())
        ]
    )


def contrast_coverage(
    n_first: int,
    n_second: int,
    *,
    mean: float = 4.0,
    times: float = 1.0,
    longer: float = 1.0,
    shape: float = SHAPE,
    simulations: int = 1000,
    level: float = 0.95,
    resamples: int = 999,
    seed: int = 1,
) -> pd.DataFrame:
    """How often the figures of `contrasts.contrast` are right, by method.

    The first group's true rate is `mean`, the second's `times` that, in reports `longer` times as
    long. Columns: n_first, n_second, times, longer, method, difference and ratio (coverage, 0 to
    1, of the simulations that have limits), significant (share of permutation tests with p of
    0.05 or less: false alarms where `times` is 1).
    """
    rng = np.random.default_rng([seed, n_first, n_second])
    y1, x1 = invented_meetings(n_first, simulations, mean, shape, rng)
    y2, x2 = invented_meetings(n_second, simulations, mean * times, shape, rng, longer)
    second = np.arange(n_first + n_second) >= n_first
    labels, exact = shuffles(second, np.zeros(len(second), dtype=int), resamples, seed)
    significant, held = [], {"jackknife": [], "percentile": []}  # type: ignore[var-annotated]
    for i in range(simulations):
        pair = Pair(y1[:, [i]], x1[:, i], y2[:, [i]], x2[:, i])
        beyond, _ = excess(
            np.vstack([pair.y1, pair.y2]), np.concatenate([pair.x1, pair.x2]), second, np.zeros(len(second), dtype=int)
        )
        p = permutation_p(second.astype(float) @ beyond, labels.astype(float) @ beyond, exact)
        significant.append(p[0] <= 0.05)
        for method, kept in held.items():
            if pair.y1.any() and pair.y2.any():
                kept.append(_holds(pair, method, level, resamples, seed + i, mean, times))
    return pd.DataFrame(
        [
            {
                "n_first": n_first,
                "n_second": n_second,
                "times": times,
                "longer": longer,
                "method": method,
                "difference": np.nanmean([one[0] for one in kept]),
                "ratio": np.nanmean([one[1] for one in kept]),
                "significant": np.mean(significant),
            }
            for method, kept in held.items()
        ]
    )


def _holds(
    pair: Pair, method: str, level: float, resamples: int, seed: int, mean: float, times: float
) -> tuple[float, float]:
    """Whether the limits hold the true difference and ratio (1 or 0); NaN where there are none."""
    found = limits(pair, "per_1000_words", level, method, resamples, seed)
    gap = mean * (times - 1) / 1000
    truths = {"difference": gap, "ratio": times}
    held = [
        np.nan
        if np.isnan(found[f"{name}_low"][0])
        else float(found[f"{name}_low"][0] <= truth <= found[f"{name}_high"][0])
        for name, truth in truths.items()
    ]
    return held[0], held[1]


def main() -> None:
    """Print the coverage of rates, of shares and of contrasts as tables in Markdown."""
    sizes = (6, 10, 12, 20, 40)
    worlds = [(10.0, 2.0, 1.0), (4.0, 1.0, 1.0), (4.0, 0.5, 1.0), (1.0, 1.0, 1.0), (4.0, 1.0, 10.0)]
    print(
        _table(
            pd.concat(
                [coverage(n, mean=mean, shape=shape, giant=giant) for mean, shape, giant in worlds for n in sizes]
            )
        )
    )
    print(_table(pd.concat([share_coverage(n, mean=mean) for mean in (0.2, 0.05) for n in sizes])))
    pairs = [
        (12, 9, 1.0, 1.0),
        (12, 9, 1.0, 2.5),
        (12, 9, 3.0, 1.0),
        (20, 20, 1.0, 1.0),
        (20, 20, 1.0, 2.5),
        (20, 20, 3.0, 1.0),
    ]
    rows = pd.concat([contrast_coverage(a, b, times=times, longer=longer) for a, b, times, longer in pairs])
    percent = rows.assign(**{c: (rows[c] * 100).round(1) for c in ("difference", "ratio", "significant")})
    print(_markdown(percent))


def _table(found: pd.DataFrame) -> str:
    """Coverage in percent, one row for each world and number of meetings."""
    kept = found.drop(columns=["missed_below", "missed_above"])
    index = [name for name in kept.columns if name not in ("method", "coverage")]
    wide = kept.pivot_table(index=index, columns="method", values="coverage", sort=False)
    return _markdown((wide * 100).round(1).reset_index())


def _markdown(frame: pd.DataFrame) -> str:
    lines = [
        list(map(str, frame.columns)),
        ["---"] * len(frame.columns),
        *(list(map(str, row)) for row in frame.itertuples(index=False)),
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
