"""The engine on arrays of numpy: what `_scan.c` does, where that is not built.

Texts are taken in blocks. A block's chunks get numbers (`chunks`, `chunk_types`), most of them the number of a word
that no term has (`sieve`); phrases are walked on the numbers (`phrases`), and the longest are chosen (`longest`).
Python looks at distinct chunks only, numpy at all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from necdata.coding import matching
from necdata.coding.engine import chunks
from necdata.coding.engine.chunk_types import ChunkTypes, Row
from necdata.coding.engine.chunks import PAD, Chunks
from necdata.coding.engine.hashing import Columns, Places, joined_columns
from necdata.coding.engine.longest import longest
from necdata.coding.engine.phrases import Trie

# Characters of a block: the first are short, because they teach the frequent words; the rest fit the cache.
FIRST_BLOCK, BLOCK = 1 << 17, 1 << 20


class Arrays:
    """Terms made ready: the forms of each (`matching.forms`), and the number of its scope."""

    def __init__(self, forms: Sequence[Sequence[tuple[str, ...]]], scopes: Sequence[int]) -> None:
        words = matching.Words()
        phrases = [(row, [words.add(word) for word in form]) for row, own in enumerate(forms) for form in own]
        self._trie = Trie(phrases, len(words.numbers), words.any_word)
        self._types = ChunkTypes(words)
        self._learnt = 0
        self._scope = np.array(scopes, np.int64)

    def hits(self, texts: Sequence[str]) -> Columns:
        """Number of the text, row of the terms, first character and last + 1 of every match; in order."""
        return joined_columns([self._hits(texts[first:last], first) for first, last in _blocks(texts)])

    def _hits(self, texts: Sequence[str], number: int) -> Columns:
        pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
        first = np.cumsum([len(PAD), *(len(piece) + 1 for piece in pieces)])
        block, cut = chunks.cut(b"\n".join([PAD[1:], *pieces, PAD]))
        row = self._types.read(block, cut, first[:-1])
        self._learn()
        found = self._trie.find(row.symbol, row.joined)
        found = longest(found, self._scope[found.row], self._scope.size)
        start, _ = self._characters(found.first, block, cut, row)
        _, end = self._characters(found.last - 1, block, cut, row)
        first -= np.searchsorted(cut.inner, first)
        text = np.searchsorted(first, start, "right") - 1
        return text + number, found.row, start - first[text], end - first[text]

    def _learn(self) -> None:
        symbols = list(itertools.islice(self._types.symbols, self._learnt, None))
        if symbols:
            self._trie.learn(symbols)
            self._learnt += len(symbols)

    def _characters(self, word: Places, block: bytes, cut: Chunks, row: Row) -> tuple[Places, Places]:
        """First character and last + 1 of words, by the characters of the block."""
        chunk, start, end = self._types.places(block, cut, row, word)
        byte = cut.start[chunk]
        character = byte - np.searchsorted(cut.inner, byte) if cut.inner.size else byte
        return character + start, character + end


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last text + 1 of blocks of at least so many characters; a text is never divided."""
    first, size, wanted = 0, 0, FIRST_BLOCK
    for last, text in enumerate(texts, start=1):
        size += len(text) + 1
        if size >= wanted:
            yield first, last
            first, size, wanted = last, 0, min(2 * wanted, BLOCK)
    if first < len(texts):
        yield first, len(texts)
