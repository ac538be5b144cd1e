"""Tell at a glance which chunks no term can match, so that only the others are looked at one by one.

Most of the words of a text are in no term. Where a chunk is one word of ASCII letters and digits between marks, the
first bytes of the word tell, for almost all of them; what is left over is read in Python, by the full rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np

from necdata import chunks, matching
from necdata.chunks import KEPT, SMALL, Flags, Reader
from necdata.hashing import Keys, Numbers, Places, Table, mixed

# Numbers of chunks of one word that no term's word matches: + 1 where the marks before the word part it from the
# last one, + 2 where those after it part it from the next. UNKNOWN ones have to be looked at.
UNKNOWN, IDLE, PARTED, PARTS, N_IDLE = -1, 0, 1, 2, 4
LONGEST = 24
BITS = 17


class Sieve:
    """Finds the idle chunks of a block; `atoms` are the words of terms, as matching.Words numbers them."""

    def __init__(self, atoms: Iterable[str]) -> None:
        self._whole = np.zeros(1 << BITS, bool)
        self._stems = np.zeros(1 << BITS, bool)
        self._ends = np.zeros(1 << BITS, bool)
        self._lengths: list[int] = []
        self._end_lengths: list[int] = []
        self._all = False
        self._before, self._after = Table(), Table()
        self._enter(list(atoms))

    def _enter(self, atoms: list[str]) -> None:
        whole: set[str] = set()
        stems: set[str] = set()
        ends: set[str] = set()
        for atom in atoms:
            exact, literal = atom.startswith("="), atom.removeprefix("=").casefold()
            plural = exact and atom.isupper()
            if literal == "*" and not exact:
                continue
            start = _start(literal)
            if start == literal or literal[len(start)] not in "*?":
                whole.update([start, literal + "s"] if plural and start == literal else [start])
            elif start:
                stems.add(start[:8])
            elif (end := _end(literal)) and not plural:
                ends.add(end[-8:])
            else:
                self._all = True
        self._whole[_slots(*_words(w for w in whole if w))] = True
        self._stems[_slots(_words(stems)[0])] = True
        self._ends[_slots(_words(ends)[0])] = True
        self._lengths = sorted({len(stem) for stem in stems})
        self._end_lengths = sorted({len(end) for end in ends})

    def __call__(self, reader: Reader, start: Places, size: Places) -> Numbers:
        """Numbers of chunks of at most 24 bytes: one of the four idle ones, or UNKNOWN."""
        start, size, before = self._skip_marks(reader, start, size)
        first, second, third = reader.long(start, size)
        core = chunks.leading(chunks.alnum_bytes(first))
        on = np.flatnonzero((core == 8) & (size > 8))
        more = chunks.leading(chunks.alnum_bytes(second[on]))
        core[on] += more + np.where(more == 8, chunks.leading(chunks.alnum_bytes(third[on])), 0)
        after = self._marks_after(reader, start + core, size - core)
        number = before | after
        number[(before < 0) | (after < 0) | (core == 0)] = UNKNOWN
        live = np.flatnonzero(number >= 0)
        number[live[self._may_match(reader, start[live], core[live])]] = UNKNOWN
        return number

    def _skip_marks(self, reader: Reader, start: Places, size: Places) -> tuple[Places, Places, Numbers]:
        """Chunks without the marks before their first letter, and IDLE, PARTED or UNKNOWN for these marks."""
        before = np.zeros(start.size, np.int32)
        first = reader.words(start, size)
        at = np.flatnonzero((chunks.alnum_bytes(first) & np.uint64(0x80)) == 0)
        if not at.size:
            return start, size, before
        skipped = chunks.leading(~chunks.alnum_bytes(first[at]))
        before[at] = _known(self._before, first[at] & KEPT.take(skipped), _marks_before)
        start, size = start.copy(), size.copy()
        start[at] += skipped
        size[at] = np.maximum(size[at] - skipped, 0)
        return start, size, before

    def _marks_after(self, reader: Reader, at: Places, size: Places) -> Numbers:
        """IDLE or PARTS for what follows the letters of each chunk; UNKNOWN where that holds more letters."""
        after = np.zeros(at.size, np.int32)
        some = np.flatnonzero(size > 0)
        after[some] = _known(self._after, reader.words(at[some], size[some]), _marks_after)
        after[some[size[some] > 8]] = UNKNOWN
        return after

    def _may_match(self, reader: Reader, at: Places, core: Places) -> Flags:
        if self._all:
            return np.ones(at.size, bool)
        first = _folded(reader.words(at, core), core)
        may = np.zeros(at.size, bool)
        for length in self._lengths:
            may |= self._stems.take(_slots(first & KEPT[length]))
        may |= self._whole.take(_slots(*(_folded(reader.words(at + n, core - n), core - n) for n in (0, 8, 16))))
        for length in self._end_lengths:
            last = (reader.whole(at + core - 8) | SMALL) >> np.uint64(64 - 8 * length)
            may |= self._ends.take(_slots(last))
        return may


def _known(table: Table, keys: Keys, tell: Callable[[bytes], int]) -> Numbers:
    """What is known of marks, read once each."""
    found = table.find(keys)
    missing = np.unique(keys[found < 0])
    if missing.size:
        told = [tell(int(key).to_bytes(8, "little").rstrip(b"\0")) for key in missing]
        table.add(np.array(told, np.int32), missing)
        found = table.find(keys)
    return np.where(found == N_IDLE, np.int32(UNKNOWN), found)


def _marks_before(marks: bytes) -> int:
    """IDLE or PARTED for the marks before a word: "(" parts it; N_IDLE where they are more than marks."""
    try:
        text = marks.decode("utf-8")
    except UnicodeDecodeError:
        return N_IDLE
    if len(marks) == 8 or matching.WORD.search(text):
        return N_IDLE
    return IDLE if matching.JOINING.fullmatch(text) else PARTED


def _marks_after(marks: bytes) -> int:
    """IDLE or PARTS for what follows a word: "," parts, "’s" does not; N_IDLE where more letters follow."""
    try:
        text = "a" + marks.decode("utf-8")
    except UnicodeDecodeError:
        return N_IDLE
    words = matching.chunk_tokens(text)
    if len(words) != 1 or words[0].word.casefold() not in ("a", "a's"):
        return N_IDLE
    return PARTS if matching.breaks_after(text) else IDLE


def _start(literal: str) -> str:
    return re.match("[a-z0-9]*", literal).group()  # type: ignore[union-attr]


def _end(literal: str) -> str:
    """The ASCII letters and digits after the last wildcard, where nothing else stands there."""
    found = re.search(r"[*?]([a-z0-9]+)$", literal)
    return found[1] if found and found[1] != "s" else ""  # s may stand after an apostrophe


def _folded(words: Keys, size: Places) -> Keys:
    """Letters in lower case; the size, which may be below zero, tells how many bytes there are."""
    return words | (KEPT.take(size, mode="clip") & SMALL)


def _words(texts: Iterable[str]) -> tuple[Keys, Keys, Keys]:
    rows = b"".join(text.encode()[:LONGEST].ljust(LONGEST, b"\0") for text in texts)
    first, second, third = np.frombuffer(rows, np.uint64).reshape(-1, 3).T
    return first, second, third


def _slots(*words: Keys) -> Places:
    return (mixed(*words) >> np.uint64(64 - BITS)).view(np.int64)
