"""Tell at a glance which chunks no term can match, so that only the others are looked at one by one.

Most of the words of a text are in no term. Where a chunk is one word of ASCII letters and digits between marks, the
first bytes of the word tell, for almost all of them; what is left over is read in Python, by the full rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from necdata.coding import matching
from necdata.coding.engine import chunks
from necdata.coding.engine.chunks import KEPT, ONE, Flags, Reader
from necdata.coding.engine.hashing import Keys, Numbers, Places, Table, mixed

# What the marks around a word do: part it from the word before, from the word after, make it a possessive. The first
# two make the numbers of idle chunks. UNKNOWN chunks have to be looked at.
UNKNOWN, PARTED, PARTS, POSSESSIVE, N_IDLE = -1, 1, 2, 4, 4
# More than marks stand there. Above these flags: how many characters they are, or how many belong to the word.
IRREGULAR, CHARACTERS = 8, 4
LONGEST = 24
BITS = 17
# The bit that all ASCII letters have and no digit; half of it is the bit that makes a letter small.
HAS_LETTER = np.uint64(0x4040404040404040)


class Sifted(NamedTuple):
    """Numbers of chunks (idle or UNKNOWN), and what chunks of one word are made of: place and size of their letters.

    `before` and `after` are the marks around these; one of them is IRREGULAR where a chunk is something else.
    """

    number: Numbers
    start: Places
    size: Places
    before: Numbers
    after: Numbers


class Sieve:
    """Finds the idle chunks of a block; `atoms` are the words of terms, as matching.Words numbers them."""

    def __init__(self, atoms: Iterable[str]) -> None:
        self._all = False
        self.forget()
        whole, stems, ends = self._sorted(atoms)
        self._whole, self._stems, self._ends = _Words(whole, 3), _Words(stems, 1), _Words(ends, 1)

    def _sorted(self, atoms: Iterable[str]) -> tuple[set[str], set[str], set[str]]:
        """What a word has to be, to begin with, or to end with for a term's word to match it."""
        whole: set[str] = set()
        stems: set[str] = set()
        ends: set[str] = set()
        for atom in atoms:
            literal = atom.removeprefix("=").casefold()
            exact, plural = atom.startswith("="), atom.startswith("=") and atom.isupper()
            start = _start(literal)
            if start == literal or literal[len(start)] not in "*?":
                whole.update([start, literal + "s"] if plural and start == literal else [start])
            elif start:
                stems.add(start[:8])
            elif (end := _end(literal)) and not plural:
                ends.add(end[-8:])
            elif literal != "*" or exact:
                self._all = True
        return whole - {""}, stems, ends

    def __call__(self, reader: Reader, start: Places, size: Places) -> Sifted:
        """Sift chunks; those of more than 24 bytes are irregular."""
        long, size = size > LONGEST, np.minimum(size, LONGEST)
        first = reader.words(start, size)
        alnum = chunks.alnum_bytes(first)
        before = np.zeros(start.size, np.int32)
        at = np.flatnonzero((alnum & np.uint64(0x80)) == 0)
        if at.size:
            skipped = chunks.leading(~alnum[at])
            before[at] = _known(self._before, first[at] & KEPT[skipped], _marks_before)
            start, size = start.copy(), size.copy()
            start[at] += skipped
            size[at] = np.maximum(size[at] - skipped, 0)
            first[at] = reader.words(start[at], size[at])
            alnum[at] = chunks.alnum_bytes(first[at])
        core = self._letters(reader, start, size, chunks.leading(alnum))
        after = self._marks_after(reader, start + core, size - core)
        after[(core == 0) | long] = IRREGULAR
        marks = before | after
        number = np.where(marks & IRREGULAR, np.int32(UNKNOWN), marks & (PARTED | PARTS))
        live = np.flatnonzero(number >= 0)
        number[live[self._may_match(reader, start[live], core[live], first[live])]] = UNKNOWN
        return Sifted(number, start, core, before, after)

    def forget(self) -> None:
        """Forget marks that were read."""
        self._before, self._after = Table(), Table()

    def _letters(self, reader: Reader, start: Places, size: Places, core: Places) -> Places:
        """How many letters and digits each chunk begins with; `core` counts those among its first eight bytes."""
        for done in (8, 16):
            on = np.flatnonzero((core == done) & (size > done))
            more = reader.words(start[on] + done, size[on] - done)
            core[on] += chunks.leading(chunks.alnum_bytes(more))
        return core

    def _marks_after(self, reader: Reader, at: Places, size: Places) -> Numbers:
        """What follows the letters of each chunk."""
        after = np.zeros(at.size, np.int32)
        some = np.flatnonzero(size > 0)
        after[some] = _known(self._after, reader.words(at[some], size[some]), _marks_after)
        after[some[size[some] > 8]] = IRREGULAR
        return after

    def _may_match(self, reader: Reader, at: Places, size: Places, first: Keys) -> Flags:
        if self._all:
            return np.ones(at.size, bool)
        first = _folded(first & KEPT.take(size, mode="clip"))
        may = self._whole.may_be(first)
        for length in self._stems.lengths:
            may |= self._stems.may_be(first & KEPT[length])
        for length in self._ends.lengths:
            may |= self._ends.may_be(_folded(reader.whole(at + size - 8) >> np.uint64(64 - 8 * length)))
        some = np.flatnonzero(may)
        may[some] = self._does_match(reader, at[some], size[some])
        return may

    def _does_match(self, reader: Reader, at: Places, size: Places) -> Flags:
        words = [_folded(word) for word in reader.long(at, size)]
        does = self._whole.are(*words)
        for length in self._stems.lengths:
            does |= self._stems.are(words[0] & KEPT[length])
        for length in self._ends.lengths:
            does |= self._ends.are(_folded(reader.whole(at + size - 8) >> np.uint64(64 - 8 * length)))
        return does


class _Words:
    """A set of short words, with a table of hashes of their first eight bytes that rules most others out."""

    def __init__(self, words: set[str], width: int) -> None:
        self.lengths = sorted({len(word) for word in words})
        rows = b"".join(word.encode()[: 8 * width].ljust(8 * width, b"\0") for word in words)
        keys = [np.ascontiguousarray(key) for key in np.frombuffer(rows, np.uint64).reshape(len(words), width).T]
        self._table = Table(width, max(16, len(words)))
        self._table.add(np.zeros(len(words), np.int32), *keys)
        self._hashes = np.zeros(1 << BITS, bool)
        self._hashes[_slots(keys[0])] = True

    def may_be(self, first: Keys) -> Flags:
        return self._hashes.take(_slots(first))

    def are(self, *words: Keys) -> Flags:
        return self._table.find(*words) >= 0


def _known(table: Table, keys: Keys, tell: Callable[[str], int]) -> Numbers:
    """What is known of marks, read once each."""
    found = table.find(keys)
    missing = np.unique(keys[found < 0])
    if missing.size:
        told = [_told(int(key).to_bytes(8, "little").rstrip(b"\0"), tell) for key in missing]
        table.add(np.array(told, np.int32), missing)
        found = table.find(keys)
    return found


def _told(marks: bytes, tell: Callable[[str], int]) -> int:
    try:
        return tell(marks.decode("utf-8"))
    except UnicodeDecodeError:
        return IRREGULAR


def _marks_before(marks: str) -> int:
    """What the marks before a word do: "(" parts it."""
    if matching.WORD.search(marks):
        return IRREGULAR
    return (0 if matching.JOINING.fullmatch(marks) else PARTED) | len(marks) << CHARACTERS


def _marks_after(marks: str) -> int:
    """What follows a word: "," parts it, "’s" does not and is part of it; not regular where more letters follow."""
    words = matching.chunk_tokens("a" + marks)
    if len(words) != 1 or words[0].word not in ("a", "a's"):
        return IRREGULAR
    flags = (PARTS if matching.breaks_after("a" + marks) else 0) | (POSSESSIVE if len(words[0].word) > 1 else 0)
    return flags | (words[0].end - 1) << CHARACTERS


def _start(literal: str) -> str:
    return re.match("[a-z0-9]*", literal).group()  # type: ignore[union-attr]


def _end(literal: str) -> str:
    """The ASCII letters and digits after the last wildcard, where nothing else stands there."""
    found = re.search(r"[*?]([a-z0-9]+)$", literal)
    return found[1] if found and found[1] != "s" else ""  # s may stand after an apostrophe


def _folded(words: Keys) -> Keys:
    """Letters in lower case, eight at a time; the zeros that follow a word stay as they are."""
    return words | ((words & HAS_LETTER) >> ONE)


def _slots(words: Keys) -> Places:
    return (mixed(words) >> np.uint64(64 - BITS)).view(np.int64)
