"""The engine's core in C: `_scan.c`, and what it asks of Python.

C finds the words of a text and what those of ASCII match. A word with any other letter or mark in it is read once by
the functions that the reference reads all words with, so that the rules of Unicode stand in one place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from necdata.coding import matching
from necdata.coding.engine._scan import Scanner
from necdata.coding.engine.hashing import Columns, joined_columns

# Characters between two looks at Ctrl-C, and words beyond ASCII whose matches are kept.
BLOCK, ROOM = 1 << 20, 1 << 16


class Compiled:
    """Terms made ready: the forms of each (`matching.forms`), and the number of its scope."""

    def __init__(self, forms: Sequence[Sequence[tuple[str, ...]]], scopes: Sequence[int], hashes: int = (1 << 64) - 1):
        self._made_of = forms, scopes, hashes
        self._scanner = Scanner(forms, scopes, hashes=hashes)
        self._known: dict[str, tuple[int, ...]] = {}
        self._words: matching.Words | None = None

    def __reduce__(self) -> tuple[type[Compiled], tuple[object, ...]]:
        """Another process makes its own."""
        return Compiled, self._made_of

    def hits(self, texts: Sequence[str]) -> Columns:
        """Number of the text, row of the terms, first character and last + 1 of every match; in order."""
        texts = texts if isinstance(texts, list | tuple) else list(texts)
        found, number = [], 0
        while number < len(texts):
            number, hits = self._scanner.scan(texts, number, BLOCK, self._known, self._matched_by)
            text, row, start, end = np.frombuffer(hits, np.int64).reshape(-1, 4).T
            found.append((text, row, start, end))
            if len(self._known) > ROOM:
                self._known.clear()
        return joined_columns(found)

    def _matched_by(self, word: str) -> tuple[int, ...]:
        """Numbers of the terms' words that a word which is not all ASCII matches."""
        if self._words is None:
            self._words = matching.Words()
            for atom in self._scanner.atoms:
                self._words.add(atom)
        return self._words.matched_by(matching.plain(word))
