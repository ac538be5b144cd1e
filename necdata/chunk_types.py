"""Every distinct chunk of the texts read once: its words, the terms' words that they match, what joins them.

Chunks get numbers, words get symbols: all words that match the same words of terms have one symbol, and 0 is that of
the words that match none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from necdata import matching
from necdata.chunks import Chunks, Flags, Reader
from necdata.hashing import Numbers, Places, Table
from necdata.sieve import LONGEST, N_IDLE, PARTED, PARTS, Sieve

# Idle chunks are kept while there is room: the frequent ones come first.
ROOM_FOR_IDLE = 1 << 16
ROOM = 1 << 18


class Read(NamedTuple):
    """The words of a block: symbol of each, whether a phrase reaches it (one more, False), its chunk's number.

    `before` counts the words before each chunk; `number` is the chunk's type.
    """

    symbol: Numbers
    joined: Flags
    before: Places
    number: Numbers


class ChunkTypes:
    """What is known of chunks; it grows with the texts, up to `ROOM`, and then starts again."""

    def __init__(self, words: matching.Words) -> None:
        self._words = words
        self._sieve = Sieve(words.numbers)
        self.symbols: dict[tuple[int, ...], int] = {(): 0}
        self._symbol_of: dict[str, int] = {}
        self._forget()

    def _forget(self) -> None:
        self._short, self._long = Table(1, 1 << 12), Table(3)
        self._longest: dict[bytes, int] = {}
        idle = range(N_IDLE)
        self._n_words = np.ones(N_IDLE, np.int32)
        self._joined = np.array([not n & PARTED for n in idle])
        self._parts = np.array([bool(n & PARTS) for n in idle])
        self._symbol = np.zeros(N_IDLE, np.int32)
        self._place = np.zeros((N_IDLE, 2), np.int64)
        self._more: dict[int, list[tuple[int, bool]]] = {}
        self._several = np.zeros(N_IDLE, bool)

    def read(self, block: bytes, cut: Chunks, first_of_text: Places) -> Read:
        """Words of the chunks of a block; phrases do not reach from one text into the next."""
        number = self._numbers(block, cut)
        n_words = self._n_words.take(number)
        before = np.cumsum(n_words, dtype=np.int64)
        total = int(before[-1]) if before.size else 0
        after, before = before, before - n_words
        symbol = np.zeros(total + 1, np.int32)
        joined = np.zeros(total + 1, bool)
        some = np.flatnonzero(n_words) if (n_words == 0).any() else slice(None)
        symbol[before[some]] = self._symbol.take(number)[some]
        joined[before[some]] = self._joined.take(number)[some]
        for at in np.flatnonzero(self._several.take(number)).tolist():
            for offset, (own, reached) in enumerate(self._more[int(number[at])], start=int(before[at]) + 1):
                symbol[offset], joined[offset] = own, reached
        joined[after[self._parts.take(number)]] = False
        joined[before[np.searchsorted(cut.start, cut.cuts)]] = False
        joined[np.append(before, total)[np.searchsorted(cut.start, first_of_text)]] = False
        joined[total] = False
        return Read(symbol[:total], joined, before, number)

    def _numbers(self, block: bytes, cut: Chunks) -> Numbers:
        if self._short.size + self._long.size + len(self._longest) > ROOM:
            self._forget()
        reader, start = Reader(block), cut.start
        size = cut.end - start
        number = self._short.find(reader.words(start, size))
        long = np.flatnonzero(size > 8)
        number[long] = self._long.find(*reader.long(start[long], size[long]))
        for at in long[size[long] > LONGEST].tolist():
            number[at] = self._longest.get(block[start[at] : cut.end[at]], -1)
        new = np.flatnonzero(number < 0)
        if new.size:
            number[new] = self._new(block, reader, start[new], size[new])
        return number

    def _new(self, block: bytes, reader: Reader, start: Places, size: Places) -> Numbers:
        """Number chunks that are not known yet: most are idle, the others are read one by one."""
        number = np.full(start.size, -1, np.int32)
        within = np.flatnonzero(size <= LONGEST)
        number[within] = self._sieve(reader, start[within], size[within])
        if self._short.size < ROOM_FOR_IDLE:
            self._keep(reader, start, size, number, np.flatnonzero((number >= 0) & (size <= 8)))
        told: dict[bytes, int] = {}
        unknown = np.flatnonzero(number < 0)
        fresh = []
        for at, first, length in zip(unknown.tolist(), start[unknown].tolist(), size[unknown].tolist(), strict=True):
            chunk = block[first : first + length]
            if (known := told.get(chunk)) is None:
                known = told[chunk] = self._n_words.size + len(told)
                fresh.append(at)
            number[at] = known
        self._enter(list(told))
        self._longest.update((chunk, known) for chunk, known in told.items() if len(chunk) > LONGEST)
        own = np.array(fresh, np.int64)
        self._keep(reader, start, size, number, own[size[own] <= 8])
        own = own[(size[own] > 8) & (size[own] <= LONGEST)]
        self._long.add(number[own], *reader.long(start[own], size[own]))
        return number

    def _keep(self, reader: Reader, start: Places, size: Places, number: Numbers, own: Places) -> None:
        keys, first = np.unique(reader.words(start[own], size[own]), return_index=True)
        self._short.add(number[own[first]], keys)

    def _enter(self, fresh: list[bytes]) -> None:
        """Read new chunks by the full rules and add them to the columns."""
        n_words, joined, parts, symbol, place = [], [], [], [], []
        for number, chunk in enumerate(fresh, start=self._n_words.size):
            text = chunk.decode("utf-8", "surrogatepass")
            tokens = matching.chunk_tokens(text)
            n_words.append(len(tokens))
            joined.append(bool(tokens) and tokens[0].joined)
            parts.append(matching.breaks_after(text))
            symbol.append(self._symbol_number(tokens[0].word) if tokens else 0)
            place.append((tokens[0].start, tokens[0].end) if tokens else (0, 0))
            if len(tokens) > 1:
                self._more[number] = [(self._symbol_number(t.word), t.joined) for t in tokens[1:]]
        self._n_words = np.concatenate([self._n_words, np.array(n_words, np.int32)])
        self._joined = np.concatenate([self._joined, np.array(joined, bool)])
        self._parts = np.concatenate([self._parts, np.array(parts, bool)])
        self._symbol = np.concatenate([self._symbol, np.array(symbol, np.int32)])
        self._place = np.concatenate([self._place, np.array(place, np.int64).reshape(-1, 2)])
        self._several = self._n_words > 1

    def places(self, block: bytes, cut: Chunks, chunk: Places, number: Numbers, nth: Places) -> tuple[Places, Places]:
        """First character and last + 1, within its chunk, of the nth word of chunks (from 0)."""
        place = self._place[number]
        for at in np.flatnonzero((nth > 0) | (number < N_IDLE)).tolist():
            own = block[cut.start[chunk[at]] : cut.end[chunk[at]]].decode("utf-8", "surrogatepass")
            word = matching.chunk_tokens(own)[nth[at]]
            place[at] = word.start, word.end
        return place[:, 0], place[:, 1]

    def _symbol_number(self, word: str) -> int:
        number = self._symbol_of.get(word)
        if number is None:
            if len(self._symbol_of) > ROOM:
                self._symbol_of.clear()
            atoms = tuple(sorted(a for a in self._words.matched_by(word) if a != self._words.any_word))
            number = self._symbol_of[word] = self.symbols.setdefault(atoms, len(self.symbols))
        return number
