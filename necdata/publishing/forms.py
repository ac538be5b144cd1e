"""Words to show for word stems, from what the tables hold without the text: headings, titles, names and the codebook.

The table `terms` counts stems ("committe"). A reader is shown the commonest word of that stem in those places, and
where there is none the stem with a star, as in the codebook: "includ*" is include, includes, included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from necdata.corpus import Corpus
from necdata.counting.words import words

LETTERS = re.compile(r"[a-z]+")


def shown(corpus: Corpus, stems: Iterable[str]) -> dict[str, str]:
    """Give for each stem the word to show.

    >>> shown(corpus, ["committe", "includ"])  # doctest: +SKIP
    {'committe': 'committee', 'includ': 'includ*'}
    """
    from nltk.stem.snowball import SnowballStemmer

    stem = SnowballStemmer("english").stem
    best: dict[str, str] = {}
    written = Counter(word for text in _texts(corpus) for word in words(text) if LETTERS.fullmatch(word))
    # The commonest; of equals the shortest, then the first by the alphabet.
    for word in sorted(written, key=lambda word: (-written[word], len(word), word)):
        best.setdefault(stem(word), word)
    return {term: best.get(term, f"{term}*") for term in stems}


def _texts(corpus: Corpus) -> Iterator[str]:
    """Give what is written in the tables and in the shipped reference."""
    from necdata.coding import codebook

    for column in (corpus.sections["heading"], corpus.posts["title"], corpus.posts["author"]):
        yield from column.dropna().astype(str)
    yield from corpus.leaders["leader"].astype(str)
    yield from corpus.elections["name"].astype(str)
    for book in (codebook.load(), codebook.load("election_kinds")):
        # A word with a star is the beginning of words, and may be none itself.
        yield from (" ".join(w for w in term.split() if "*" not in w) for term in book.terms["term"].astype(str))
        yield from book.topics["name"].astype(str)
