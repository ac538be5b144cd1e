"""Corpora for benchmarks, generated from a seed: passages of English-like words with a codebook's terms among them.

Invented words (syllables) make the vocabulary, so that no text of anybody's is needed; function words, the terms
of the shipped codebook and its punctuation are real. `ordinary` draws from 60,000 words by Zipf's law; `heavy` takes
three words in ten from an endless supply that hardly repeats, as misread scans, names and codes do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from necdata import codebook
from necdata.stopwords import STOPWORDS

N_WORDS, ZIPF, SHIFT = 60_000, 1.07, 2.7
SHARE_OF_TERMS, SHARE_OF_FUNCTION_WORDS, SHARE_OF_RARE = 0.04, 0.42, 0.25
VARIANTS = ["{}", "{},", "{}.", "{}’s", "({}", "{})", "“{}”", "{}-{}", "{};", "{}:"]
VARIANT_SHARES = np.array([0.891, 0.038, 0.038, 0.009, 0.003, 0.003, 0.003, 0.007, 0.004, 0.004])
ONSETS = "b c ch cl d dr f fl g gr h j l m n p pl pr qu r s sh sp st t th tr v w".split()
VOWELS = "a e i o u a e i o u ea ou".split()
CODAS = ["", "", "", "", "", "", "b", "ck", "d", "l", "m", "n", "nd", "r", "s", "st", "t", "x"]
BLOCK = 1 << 20


def terms(n: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """`n` terms of the shipped codebook (wildcards, phrases, capitals in its proportions), and the topic of each."""
    book = codebook.load()
    rows = list(book.terms.drop_duplicates("term")[["term", "topic"]].itertuples(index=False, name=None))
    chosen = random.Random(seed).sample(rows, n)
    return [term for term, _ in chosen], [topic for _, topic in chosen]


def passages(size: int, kind: str = "ordinary", seed: int = 1) -> list[str]:
    """Passages of `size` bytes altogether (a little more), 75 words each on average; kind is ordinary or heavy."""
    found: list[str] = []
    done, number = 0, 0
    while done < size:
        for passage in _block(np.random.default_rng([seed, number]), kind == "heavy", min(BLOCK, size - done)):
            found.append(passage)
            done += len(passage) + 1
        number += 1
    return found


def _block(rng: np.random.Generator, heavy: bool, size: int) -> Iterator[str]:
    n = size // 6 + 100
    lengths = np.maximum(3, rng.lognormal(4.0, 0.8, n // 50 + 2)).astype(int)
    words = _words(rng, n, heavy)
    at = 0
    for length in lengths:
        if at >= n or size <= 0:
            return
        passage = " ".join(words[at : at + length])
        yield passage[:1].upper() + passage[1:] + "."
        at, size = at + length, size - len(passage) - 1


def _words(rng: np.random.Generator, n: int, heavy: bool) -> list[str]:
    vocabulary, weights, function_words, function_weights, said = _vocabulary()
    draw = rng.random(n)
    words = vocabulary[np.searchsorted(weights, rng.random(n))]
    some = np.flatnonzero(draw < SHARE_OF_FUNCTION_WORDS)
    words[some] = function_words[np.searchsorted(function_weights, rng.random(some.size))]
    some = np.flatnonzero(draw > 1 - SHARE_OF_TERMS)
    words[some] = said[rng.integers(0, said.size, some.size)]
    if heavy:
        some = np.flatnonzero((draw > SHARE_OF_FUNCTION_WORDS) & (draw < SHARE_OF_FUNCTION_WORDS + SHARE_OF_RARE))
        words[some] = [_invented(rng, 5) for _ in range(some.size)]
    variant = np.searchsorted(np.cumsum(VARIANT_SHARES), rng.random(n)).clip(max=len(VARIANTS) - 1)
    capital = rng.random(n) < 0.09
    for at in np.flatnonzero(variant | capital):
        word = words[at][:1].upper() + words[at][1:] if capital[at] else words[at]
        words[at] = VARIANTS[variant[at]].format(word, words[at - 1])
    return list(words)


@cache
def _vocabulary() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Words and their cumulated shares, function words and theirs, and terms as they are said."""
    rng = np.random.default_rng(0)
    invented = sorted({_invented(rng, 4) for _ in range(2 * N_WORDS)})
    # Frequent words are short, as in any language.
    ranks = np.argsort([len(word) for word in invented] + rng.normal(0, 5, len(invented)))
    vocabulary = np.array(invented, object)[ranks[:N_WORDS]]
    function_words = np.array(sorted(STOPWORDS, key=lambda word: (len(word), word)), object)
    said = np.array([_said(term, rng) for term in terms(4000)[0]], object)
    return vocabulary, _shares(vocabulary.size), function_words, _shares(function_words.size), said


def _shares(n: int) -> np.ndarray:
    weights = 1 / (np.arange(n) + SHIFT) ** ZIPF
    return np.cumsum(weights / weights.sum())


def _said(term: str, rng: np.random.Generator) -> str:
    """A term as a text has it: its wildcards filled in."""
    endings = ["", "s", "ed", "ing", "ism"]
    return re.sub(r"\*", lambda _: endings[rng.integers(0, len(endings))], term.lstrip("=")).replace("?", "a")


def _invented(rng: np.random.Generator, most: int) -> str:
    parts = rng.integers(0, [len(ONSETS), len(VOWELS), len(CODAS)], (1 + rng.integers(0, most), 3))
    return "".join(ONSETS[a] + VOWELS[b] + CODAS[c] for a, b, c in parts.tolist())
