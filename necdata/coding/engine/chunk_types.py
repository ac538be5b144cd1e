"""Every distinct chunk of the texts read once: its words, the terms' words that they match, what joins them.

Chunks get numbers, words get symbols: all words that match the same words of terms have one symbol, and 0 is that of
the words that match none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from necdata.coding import matching
from necdata.coding.engine.chunks import Chunks, Flags, Reader
from necdata.coding.engine.hashing import Numbers, Places, Table, first_of_each
from necdata.coding.engine.sieve import CHARACTERS, IRREGULAR, LONGEST, N_IDLE, PARTED, PARTS, POSSESSIVE, Sieve, Sifted

# What is told of a chunk, in one number: PARTED, PARTS, whether it has no word or several, the symbol of its word.
ODD, SYMBOL = POSSESSIVE, 3
# Idle chunks are kept while there is room: the frequent ones come first.
ROOM_FOR_IDLE = 1 << 16
ROOM = 1 << 18
# Where most chunks are new, the same are told apart first, unless they are so many that this costs more.
MANY = 1 << 16


class Row(NamedTuple):
    """The words of a block: symbol of each, whether a phrase reaches it (one more, False).

    `before` counts the words before each chunk, if not every chunk is one word; `number` is the type of each.
    """

    symbol: Places
    joined: Flags
    before: Places | None
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
        self._symbol_of: dict[bytes, int] = {}
        self._forget()

    def _forget(self) -> None:
        self._short, self._long = Table(1, 1 << 14), Table(3, 1 << 12)
        self._longest: dict[bytes, int] = {}
        self._told = np.arange(N_IDLE, dtype=np.int32)
        self._places = np.zeros((N_IDLE, 2), np.int64)
        self._odd: dict[int, list[Word]] = {}
        self._symbol_of.clear()
        self._sieve.forget()

    def read(self, block: bytes, cut: Chunks, first_of_text: Places) -> Row:
        """Words of the chunks of a block; phrases do not reach from one text into the next."""
        number = self._numbers(block, cut)
        told, before = self._told.take(number), None
        odd = np.flatnonzero(told & ODD)
        if odd.size:
            n_words = np.ones(number.size, np.int64)
            n_words[odd] = [len(self._odd[n]) for n in number[odd].tolist()]
            before = np.append(0, np.cumsum(n_words))
            told = np.repeat(told, n_words)
        joined = np.empty(told.size + 1, bool)
        np.equal(told & PARTED, 0, out=joined[:-1])
        joined[1:] &= (told & PARTS) == 0
        symbol = (told >> SYMBOL).astype(np.int64)
        if before is not None:
            for at, n in zip(before[odd].tolist(), number[odd].tolist(), strict=True):
                self._put(n, symbol[at:], joined[at:])
        for cuts in (cut.cuts, first_of_text):
            chunk = np.searchsorted(cut.start, cuts)
            joined[chunk if before is None else before[chunk]] = False
        joined[-1] = False
        return Row(symbol, joined, before, number)

    def _put(self, number: int, symbol: Places, joined: Flags) -> None:
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
        if number.size // 2 < new.size < MANY:
            within = new[size[new] <= LONGEST]
            first = within[first_of_each(*reader.long(start[within], size[within]))]
            new = np.append(within[first == within], new[size[new] > LONGEST])
            number[new] = self._new(block, reader, start[new], size[new])
            number[within] = number[first]
        elif new.size:
            number[new] = self._new(block, reader, start[new], size[new])
        return number

    def _new(self, block: bytes, reader: Reader, start: Places, size: Places) -> Numbers:
        """Number chunks that are not known yet: most are idle, the others are entered one by one."""
        sifted = self._sieve(reader, start, size)
        number = sifted.number
        if self._short.size + self._long.size < ROOM_FOR_IDLE:
            self._keep(reader, start, size, number, np.flatnonzero(number >= 0))
        unknown = np.flatnonzero(number < 0)
        known: dict[bytes, int] = {}
        chunks = [block[a:b] for a, b in zip(start[unknown].tolist(), (start + size)[unknown].tolist(), strict=True)]
        own = np.array([known.setdefault(chunk, len(known)) for chunk in chunks], np.int32)
        number[unknown] = own + np.int32(self._told.size)
        # Where each distinct chunk is met first
        fresh = unknown[np.flatnonzero(np.diff(np.maximum.accumulate(own), prepend=-1))]
        self._longest.update((c, n + self._told.size) for c, n in known.items() if len(c) > LONGEST)
        first = Sifted(
            sifted.number[fresh], sifted.start[fresh], sifted.size[fresh], sifted.before[fresh], sifted.after[fresh]
        )
        self._enter(block, list(known), first)
        self._keep(reader, start, size, number, fresh)
        return number

    def _keep(self, reader: Reader, start: Places, size: Places, number: Numbers, own: Places) -> None:
        short, long = own[size[own] <= 8], own[(size[own] > 8) & (size[own] <= LONGEST)]
        self._short.add(number[short], reader.words(start[short], size[short]))
        self._long.add(number[long], *reader.long(start[long], size[long]))

    def _enter(self, block: bytes, fresh: list[bytes], sifted: Sifted) -> None:
        """Add new chunks to the columns: those of one word between marks, then the others by the full rules."""
        marks = sifted.before | sifted.after
        regular = (marks & IRREGULAR) == 0
        told = marks & (PARTED | PARTS)
        for at, start, end, flags in zip(
            np.flatnonzero(regular).tolist(),
            sifted.start[regular].tolist(),
            (sifted.start + sifted.size)[regular].tolist(),
            marks[regular].tolist(),
            strict=True,
        ):
            word = block[start:end] + b"'s" if flags & POSSESSIVE else block[start:end]
            told[at] |= self._symbol(word) << SYMBOL
        first = (sifted.before >> CHARACTERS).astype(np.int64)
        places = np.stack([first, first + sifted.size + (sifted.after >> CHARACTERS)], axis=1)
        for at in np.flatnonzero(~regular).tolist():
            told[at], places[at] = self._by_full_rules(fresh[at], self._told.size + at)
        self._told = np.append(self._told, told)
        self._places = np.append(self._places, places, axis=0)

    def _by_full_rules(self, chunk: bytes, number: int) -> tuple[int, tuple[int, int]]:
        text = chunk.decode("utf-8", "surrogatepass")
        words = [
            Word(t.start, t.end, self._symbol(t.word.encode("utf-8", "surrogatepass")), t.joined)
            for t in matching.chunk_tokens(text)
        ]
        flags = PARTS if matching.breaks_after(text) else 0
        if len(words) != 1:
            self._odd[number] = words
            flags |= ODD
        head = words[0] if words else Word(0, 0, 0, True)
        return head.symbol << SYMBOL | flags | (0 if head.joined else PARTED), (head.start, head.end)

    def places(self, block: bytes, cut: Chunks, row: Row, word: Places) -> tuple[Places, Places, Places]:
        """Chunks of words; first character and last + 1 of each word, within its chunk."""
        chunk, nth = word, np.zeros(word.size, np.int64)
        if row.before is not None:
            chunk = np.searchsorted(row.before[:-1], word, "right") - 1
            nth = word - row.before[chunk]
        number = row.number[chunk]
        place = self._places[number]
        for at in np.flatnonzero((nth > 0) | (number < N_IDLE)).tolist():
            own = block[cut.start[chunk[at]] : cut.end[chunk[at]]].decode("utf-8", "surrogatepass")
            token = matching.chunk_tokens(own)[nth[at]]
            place[at] = token.start, token.end
        return chunk, place[:, 0], place[:, 1]

    def _symbol(self, word: bytes) -> int:
        number = self._symbol_of.get(word)
        if number is None:
            atoms = self._words.matched_by(word.decode("utf-8", "surrogatepass"))
            key = tuple(sorted(a for a in atoms if a != self._words.any_word)) if len(atoms) > 1 else atoms
            if key == (self._words.any_word,):
                key = ()
            number = self._symbol_of[word] = self.symbols.setdefault(key, len(self.symbols))
        return number
