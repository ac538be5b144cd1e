"""Words that keep company, through NLTK (no part of it that needs downloaded data)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import pandas as pd

from necdata.coding import matching
from necdata.counting.stopwords import STOPWORDS
from necdata.counting.words import words

COLUMNS = ["word_1", "word_2", "n", "n_passages", "likelihood_ratio", "pmi"]


def collocations(
    text: pd.Series,
    *,
    term: str | None = None,
    window: int = 2,
    min_count: int = 3,
    measure: Literal["likelihood_ratio", "pmi"] = "likelihood_ratio",
    top: int = 50,
    exclude: Collection[str] = STOPWORDS,
) -> pd.DataFrame:
    """Pairs of words that stand together more often than by chance, the strongest first.

    Pairs that avoid each other, which the likelihood ratio ranks as high, are left out. `text`
    is a Series of passages; pairs do not reach across them. `window` 2 takes neighbours, 5 the
    four words after the first. `term` (one word, "budget" or "canvass*") keeps the pairs with
    such a word in them. Words of one letter and those of `exclude` are in no pair, but stay in
    the text, so that neighbours are neighbours.

    Columns: word_1, word_2, n (times together), n_passages (passages with both words),
    likelihood_ratio (Dunning 1993, Computational Linguistics 19:61-74; compare within one
    frame), pmi (binary logarithm of observed by expected; Church & Hanks 1990, Computational
    Linguistics 16:22-29; prefers rare pairs, so mind `min_count`). Raises ValueError for another
    measure, and ImportError with the remedy where NLTK is not installed.
    """
    if measure not in ("likelihood_ratio", "pmi"):
        raise ValueError(f"measure is {measure!r}; it must be likelihood_ratio or pmi.")
    finder_of, measures = _nltk()
    passages = [words(str(body)) for body in text.dropna()]
    finder = finder_of.from_words(_padded(passages, window), window_size=window)
    finder.apply_freq_filter(min_count)
    finder.apply_word_filter(lambda word: len(word) < 2 or word in exclude)
    likelihood = dict(finder.score_ngrams(measures.likelihood_ratio))
    pmi = dict(finder.score_ngrams(measures.pmi))
    sets = [set(passage) for passage in passages]
    matcher = None if term is None else matching.Matcher([term])
    rows = [
        (*pair, finder.ngram_fd[pair], sum(s.issuperset(pair) for s in sets), likelihood[pair], pmi[pair])
        for pair in likelihood
        if pmi[pair] > 0
        if matcher is None or any(matcher.find(w) for w in pair)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values(
        [measure, "word_1", "word_2"], ascending=[False, True, True]
    )
    return frame.head(top).reset_index(drop=True)


def _padded(passages: list[list[str]], window: int) -> list[str | None]:
    """All words in a row, with gaps between passages too wide for a pair to reach across."""
    return [word for passage in passages for word in [*passage, *[None] * (window - 1)]]


def _nltk() -> tuple[Any, Any]:
    """NLTK's finder and measures, imported when first wanted: it takes longer than the rest."""
    try:
        from nltk.collocations import BigramCollocationFinder
        from nltk.metrics import BigramAssocMeasures
    except ImportError as error:
        raise ImportError("Collocations need NLTK: pip install nltk.") from error
    return BigramCollocationFinder, BigramAssocMeasures
