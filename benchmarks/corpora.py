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

from necdata.coding import codebook
from necdata.counting.stopwords import STOPWORDS

N_WORDS, ZIPF, SHIFT = 60_000, 1.07, 2.7
SHARE_OF_TERMS, SHARE_OF_FUNCTION_WORDS, SHARE_OF_RARE = 0.04, 0.42, 0.25
VARIANTS = ["{}", "{},", "{}.", "{}’s", "({}", "{})", "“{}”", "{}-{}", "{};", "{}:"]
VARIANT_SHARES = np.array([0.891, 0.038, 0.038, 0.009, 0.003, 0.003, 0.003, 0.007, 0.004, 0.004])
ONSETS = "b c ch cl d dr f fl g gr h j l m n p pl pr qu r s sh sp st t th tr v w".split()
VOWELS = "a e i o u a e i o u ea ou".split()
CODAS = ["", "", "", "", "", "", "b", "ck", "d", "l", "m", "n", "nd", "r", "s", "st", "t", "x"]
BLOCK = 1 << 20
HOSTILE_WORDS = [
    "by-election",
    "Byelections",
    "women’s",
    "WOMEN'S",
    "trade-union",
    "unions",
    "A&E",
    "of",
    "the",
    "two",
    "O’Neil",
    "Straße",
    "1,234",
    "e.g.",
    "don’t",
    "gen\u00aderal",
    "x" * 23,
    "y" * 24,
    "z" * 25,
    "general-election-of-the-day,",
    "https://example.org/a-b_c?of=the#women",
]
HOSTILE_MARKS = [
    *"-–—,.()/&’‘“”'`\"…_=*+;«²ﬁŒß中😀",
    "\u0301",
    "\u00ad",
    "\u200b",
    "\u00a0",
    "\u2003",
    "\x1c",
    "\x00",
    "\x7f",
    "“" * 9,
    "\u2028",
    "\x85",
    "'s",
    "’S",
    "s’",
]
HOSTILE_SPACES = [" ", " ", " ", " ", " ", "", "  ", "\n", "\u00a0"]


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


def hostile(n: int, seed: int = 1) -> list[str]:
    """Passages of the codebook's words in any capitals, glued, hyphenated, accented, between marks and spaces."""
    rng = random.Random(seed)
    chosen, _ = terms(400, seed)
    words = [re.sub(r"[*?=]", "", word) for term in chosen for word in term.split()] + HOSTILE_WORDS

    def word() -> str:
        said = rng.choice(words if rng.random() < 0.85 else HOSTILE_MARKS)
        if rng.random() < 0.1:
            said = said.replace("e", "é").replace("o", "o\u0308")
        return rng.choice([said, said, said.upper(), said.title(), said + rng.choice(HOSTILE_MARKS)])

    return ["".join(word() + rng.choice(HOSTILE_SPACES) for _ in range(rng.randint(0, 60))) for _ in range(n)]


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
