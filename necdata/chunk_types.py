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

# What is told of a chunk, in one number: PARTED, PARTS, whether it has no word or several, the symbol of its word.
ODD, SYMBOL = 4, 3
# Idle chunks are kept while there is room: the frequent ones come first.
ROOM_FOR_IDLE = 1 << 16
ROOM = 1 << 18


class Row(NamedTuple):
    """The words of a block: symbol of each, whether a phrase reaches it (one more, False), and its chunk.

    `nth` tells which word of its chunk each is; `number` is the type of every chunk.
    """

    symbol: Numbers
    joined: Flags
    chunk: Places
    nth: Places
    number: Numbers


class Word(NamedTuple):
    """A word of a chunk: first character and last + 1, symbol, whether it is joined to the word before."""

    start: int
    end: int
    symbol: int
    joined: bool


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
        self._told = np.arange(N_IDLE, dtype=np.int32)
        self._places = np.zeros((N_IDLE, 2), np.int64)
        self._odd: dict[int, list[Word]] = {}
        self._symbol_of.clear()

    def read(self, block: bytes, cut: Chunks, first_of_text: Places) -> Row:
        """Words of the chunks of a block; phrases do not reach from one text into the next."""
        number = self._numbers(block, cut)
        told = self._told.take(number)
        before = chunk = np.arange(number.size + 1)
        nth = np.zeros(number.size, np.int64)
        odd = np.flatnonzero(told & ODD)
        if odd.size:
            n_words = np.ones(number.size, np.int64)
            n_words[odd] = [len(self._odd[n]) for n in number[odd].tolist()]
            before = np.append(0, np.cumsum(n_words))
            chunk = np.repeat(chunk[:-1], n_words)
            nth = np.arange(chunk.size) - before[chunk]
            told = told[chunk]
        symbol, joined = told >> SYMBOL, np.zeros(told.size + 1, bool)
        joined[:-1] = (told & PARTED) == 0
        joined[1:] &= (told & PARTS) == 0
        for at, n in zip(before[odd].tolist(), number[odd].tolist(), strict=True):
            self._put(n, symbol[at:], joined[at:])
        for cuts in (cut.cuts, first_of_text):
            joined[before[np.searchsorted(cut.start, cuts)]] = False
        joined[-1] = False
        return Row(symbol, joined, chunk, nth, number)

    def _put(self, number: int, symbol: Numbers, joined: Flags) -> None:
        """Write the words of a chunk that has none or several."""
        words = self._odd[number]
        for nth, word in enumerate(words):
            symbol[nth] = word.symbol
            joined[nth] = word.joined if nth else joined[0]
        if not words and self._told[number] & PARTS:
            joined[0] = False

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
        sifted = self._sieve(reader, start[within], size[within])
        number[within] = sifted.number
        if self._short.size + self._long.size < ROOM_FOR_IDLE:
            self._keep(reader, start, size, number, np.flatnonzero(number >= 0))
        core = np.zeros((start.size, 2), np.int64)
        core[within, 0], core[within, 1] = sifted.start, np.where(sifted.marks < 0, 0, sifted.size)
        unknown = np.flatnonzero(number < 0)
        known: dict[bytes, int] = {}
        fresh: list[int] = []
        for at, first, length in zip(unknown.tolist(), start[unknown].tolist(), size[unknown].tolist(), strict=True):
            chunk = block[first : first + length]
            own = known.setdefault(chunk, self._told.size + len(known))
            if own == self._told.size + len(fresh):
                fresh.append(at)
            number[at] = own
        self._enter(list(known), (core[fresh] - [[1, 0]] * start[fresh, None]).tolist() if fresh else [])
        self._longest.update((chunk, own) for chunk, own in known.items() if len(chunk) > LONGEST)
        self._keep(reader, start, size, number, np.array(fresh, np.int64))
        return number

    def _keep(self, reader: Reader, start: Places, size: Places, number: Numbers, own: Places) -> None:
        short, long = own[size[own] <= 8], own[(size[own] > 8) & (size[own] <= LONGEST)]
        keys, first = np.unique(reader.words(start[short], size[short]), return_index=True)
        self._short.add(number[short[first]], keys)
        self._long.add(number[long], *reader.long(start[long], size[long]))

    def _enter(self, fresh: list[bytes], cores: list[list[int]]) -> None:
        """Read new chunks by the full rules; a core is where in a chunk its only word begins and its size, or 0."""
        told, places = [], []
        for number, (chunk, (start, size)) in enumerate(zip(fresh, cores, strict=True), start=self._told.size):
            text = chunk.decode("utf-8", "surrogatepass")
            if size and len(text) == len(chunk) and "'" not in text and "`" not in text:
                words = [Word(start, start + size, self._symbol(text[start : start + size]),
                              matching.JOINING.fullmatch(text, 0, start) is not None)]
            else:
                words = [Word(t.start, t.end, self._symbol(t.word), t.joined) for t in matching.chunk_tokens(text)]
            flags = PARTS if matching.breaks_after(text) else 0
            if len(words) != 1:
                self._odd[number] = words
                flags |= ODD
            head = words[0] if words else Word(0, 0, 0, True)
            told.append(head.symbol << SYMBOL | flags | (0 if head.joined else PARTED))
            places.append((head.start, head.end))
        self._told = np.append(self._told, np.array(told, np.int32))
        self._places = np.append(self._places, np.array(places, np.int64).reshape(-1, 2), axis=0)

    def places(self, block: bytes, cut: Chunks, row: Row, word: Places) -> tuple[Places, Places]:
        """First character and last + 1 of words, each within its chunk."""
        chunk, nth = row.chunk[word], row.nth[word]
        number = row.number[chunk]
        place = self._places[number]
        for at in np.flatnonzero((nth > 0) | (number < N_IDLE)).tolist():
            own = block[cut.start[chunk[at]] : cut.end[chunk[at]]].decode("utf-8", "surrogatepass")
            token = matching.chunk_tokens(own)[nth[at]]
            place[at] = token.start, token.end
        return place[:, 0], place[:, 1]

    def _symbol(self, word: str) -> int:
        number = self._symbol_of.get(word)
        if number is None:
            atoms = tuple(sorted(a for a in self._words.matched_by(word) if a != self._words.any_word))
            number = self._symbol_of[word] = self.symbols.setdefault(atoms, len(self.symbols))
        return number
