"""Keyness: the words that set one group of meetings apart from another.

Keyness treats words as if each were drawn by itself, but words come in reports: a word said
twenty times in one meeting is key by every formula. Read `target_meetings` beside each figure.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from necdata.counting.resampling import Array
from necdata.counting.stopwords import STOPWORDS

COLUMNS = [
    "term",
    "target",
    "reference",
    "n_target",
    "n_reference",
    "target_per_1000_words",
    "reference_per_1000_words",
    "target_meetings",
    "reference_meetings",
    "log_likelihood",
    "log_ratio",
    "log_odds",
    "z",
]


def log_likelihood(a: npt.ArrayLike, b: npt.ArrayLike, words_a: float, words_b: float) -> Array:
    """G² of a word said `a` times in `words_a` words and `b` times in `words_b`.

    2 (a ln(a / Ea) + b ln(b / Eb)), Ea = words_a (a + b) / (words_a + words_b). Above 3.84, 6.63,
    10.83 and 15.13 it would be significant at 5, 1, 0.1 and 0.01 % if words were independent.
    Rayson & Garside (2000), Workshop on Comparing Corpora, 1-6.
    """
    from scipy.special import xlogy

    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    together = (first + second) / (words_a + words_b)
    return 2 * (_xlogratio(first, words_a * together, xlogy) + _xlogratio(second, words_b * together, xlogy))


def _xlogratio(observed: Array, expected: Array, xlogy: np.ufunc) -> Array:
    """observed × ln(observed / expected), 0 where nothing was observed."""
    return xlogy(observed, observed / np.where(expected > 0, expected, 1))


def log_ratio(a: npt.ArrayLike, b: npt.ArrayLike, words_a: float, words_b: float) -> Array:
    """Binary logarithm of the ratio of two rates: 1 is twice as often, 3 eight times, -1 half.

    A word never said counts as said half a time. Hardie (2014), "Log Ratio: an informal
    introduction", ESRC Centre for Corpus Approaches to Social Science.
    """
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    rate_a = np.where(first > 0, first, 0.5) / words_a
    rate_b = np.where(second > 0, second, 0.5) / words_b
    return np.log2(rate_a / rate_b)


def weighted_log_odds(
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    words_a: float,
    words_b: float,
    prior_words: float = 1000,
) -> tuple[Array, Array]:
    """Log-odds ratio (natural) of each word with an informative Dirichlet prior, and its z score.

    The prior adds `prior_words` imagined words to each group, dealt out as in both groups
    together, so that rare words shrink towards no difference. z = log-odds / sqrt(1 / (a + prior)
    + 1 / (b + prior)). Monroe, Colaresi & Quinn (2008), "Fightin' Words", Political Analysis
    16:372-403, section 3.5.
    """
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    prior = prior_words * (first + second) / (words_a + words_b)
    odds = _log_odds(first + prior, words_a + prior_words) - _log_odds(second + prior, words_b + prior_words)
    return odds, odds / np.sqrt(1 / (first + prior) + 1 / (second + prior))


def _log_odds(n: Array, words: float) -> Array:
    return np.log(n / (words - n))


def keyness(
    terms: pd.DataFrame,
    meetings: pd.DataFrame,
    by: str,
    target: str | None = None,
    reference: str | None = None,
    *,
    min_count: int = 5,
    min_meetings: int = 2,
    prior_words: float = 1000,
    exclude: Collection[str] = STOPWORDS,
) -> pd.DataFrame:
    """Words of `terms` that set the meetings with `by` == `target` apart from the reference.

    `terms` is the table of the corpus, or what `words.word_counts` or `words.ngram_counts`
    makes of the text (meeting_id, term, n). `target` None takes each value of `by` in turn.
    `reference` is another value of `by`; None takes all other meetings with a value. Left out are
    words said fewer than `min_count` times in both groups together, or in fewer than
    `min_meetings` meetings, and those in `exclude`.

    Columns: term, target, reference, n_target, n_reference (times said), target_per_1000_words
    and reference_per_1000_words (of all words, n_words of `meetings`), target_meetings and
    reference_meetings (meetings in which it is said), log_likelihood (G²), log_ratio (base 2),
    log_odds (natural) and z. Positive log_ratio, log_odds and z mean more in the target. Sorted
    by z, highest first. Raises ValueError where a group has no words.
    """
    if target is None:
        options = {"min_count": min_count, "min_meetings": min_meetings}
        found = [
            keyness(terms, meetings, by, value, reference, **options, prior_words=prior_words, exclude=exclude)
            for value in _values(meetings, by)
            if value != reference
        ]
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    groups = _sides(meetings, by, target, reference)
    words = meetings.groupby(groups)["n_words"].sum().reindex(["target", "reference"]).fillna(0)
    for which, name in (("target", target), ("reference", reference or "all others")):
        if words[which] <= 0:
            raise ValueError(f"No meeting with {by} {name!r} has any words.")
    side = terms["meeting_id"].map(groups.set_axis(meetings["meeting_id"]))
    rows = terms.assign(side=side)[side.notna() & ~terms["term"].isin(exclude) & (terms["n"] > 0)]
    counts = _wide(rows, "sum")
    told = _wide(rows, "nunique")
    kept = (counts.sum(axis=1) >= min_count) & (told.sum(axis=1) >= min_meetings)
    frame = _measures(counts[kept], told[kept], words, prior_words)
    frame = frame.assign(target=target, reference=reference or "all others")
    return frame.sort_values(["z", "term"], ascending=[False, True])[COLUMNS].reset_index(drop=True)


def _values(meetings: pd.DataFrame, by: str) -> list[str]:
    """The values of `by` that have words, in their order."""
    told = meetings[meetings["n_words"] > 0].groupby(by, observed=True)["n_words"].sum()
    return [str(value) for value in told.index]


def _sides(meetings: pd.DataFrame, by: str, target: str, reference: str | None) -> pd.Series:
    """For each meeting "target", "reference" or missing."""
    values = meetings[by].astype(object)
    others = values.notna() & (values != target) if reference is None else values == reference
    sides = pd.Series(np.nan, index=meetings.index, dtype=object)
    return sides.mask(others, "reference").mask(values == target, "target")


def _wide(rows: pd.DataFrame, how: str) -> pd.DataFrame:
    """Words × (target, reference): how often said ("sum"), or in how many meetings ("nunique")."""
    column = "n" if how == "sum" else "meeting_id"
    found = rows.groupby(["term", "side"])[column].agg(how).unstack(fill_value=0)
    return found.reindex(columns=["target", "reference"], fill_value=0)


def _measures(counts: pd.DataFrame, told: pd.DataFrame, words: pd.Series, prior_words: float) -> pd.DataFrame:
    a, b = counts["target"].to_numpy(dtype=float), counts["reference"].to_numpy(dtype=float)
    sizes = float(words["target"]), float(words["reference"])
    odds, z = weighted_log_odds(a, b, *sizes, prior_words=prior_words)
    return pd.DataFrame(
        {
            "term": counts.index.to_numpy(),
            "n_target": a.astype(int),
            "n_reference": b.astype(int),
            "target_per_1000_words": a / sizes[0] * 1000,
            "reference_per_1000_words": b / sizes[1] * 1000,
            "target_meetings": told["target"].to_numpy(),
            "reference_meetings": told["reference"].to_numpy(),
            "log_likelihood": log_likelihood(a, b, *sizes),
            "log_ratio": log_ratio(a, b, *sizes),
            "log_odds": odds,
            "z": z,
        }
    )
