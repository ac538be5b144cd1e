"""Cut UTF-8 text into chunks (what stands between spaces) and take their bytes eight at a time.

A chunk here is a little less than a run without spaces: ASCII marks between two ASCII letters or digits cut too
("by-election" => by, election), which leaves words and what joins or parts them as they are. All arrays are of one
block of text, which begins with `PAD` and ends with it, so that words can be read across the edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from necdata.coding.engine.hashing import Keys, Places

Flags = npt.NDArray[np.bool_]

PAD = b"\n" * 32
# Bytes that are kept of a word of n bytes, n = 0 to 8.
KEPT = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
HIGH, LOW = np.uint64(0x8080808080808080), np.uint64(0x7F7F7F7F7F7F7F7F)
SMALL = np.uint64(0x2020202020202020)
ONE = np.uint64(1)
ALNUM = np.array([byte < 128 and chr(byte).isalnum() for byte in range(256)])
# Marks between letters that a phrase reaches across (the same as in matching.JOINING), and those that make one word.
JOINS = np.array([byte < 128 and chr(byte) in '-/&+"' for byte in range(256)])
GLUES = np.array([byte < 128 and chr(byte) in "'`" for byte in range(256)])
# Other spaces of Unicode: two bytes that begin them, and for the third whether it ends one.
SPACES = {
    lead: np.isin(np.arange(256), lasts)
    for lead, lasts in {
        b"\xe1\x9a": [0x80],
        b"\xe2\x80": [*range(0x80, 0x8B), 0xA8, 0xA9, 0xAF],
        b"\xe2\x81": [0x9F],
        b"\xe3\x80": [0x80],
    }.items()
}


class Chunks(NamedTuple):
    """Chunks of a block: first byte and last byte + 1 of each, where phrases are cut, bytes that begin no character."""

    start: Places
    end: Places
    cuts: Places
    inner: Places


def cut(block: bytes) -> tuple[bytes, Chunks]:
    """Find the chunks of a block; control characters, which are marks and no spaces, become commas in it."""
    buffer = np.frombuffer(block, np.uint8)
    if ((buffer < 9) | ((buffer - np.uint8(14)) < 14)).any():
        block = block.translate(bytes(44 if b < 9 or 14 <= b < 28 else b for b in range(256)))
        buffer = np.frombuffer(block, np.uint8)
    space = buffer <= 32
    inner = _mark_spaces(buffer, space)
    marks = _between(buffer, space)
    space[marks] = True
    edges = np.flatnonzero(space[1:] != space[:-1]) + 1
    return block, Chunks(edges[::2].copy(), edges[1::2].copy(), marks[~JOINS[buffer[marks]]], inner)


def _between(buffer: npt.NDArray[np.uint8], space: Flags) -> Places:
    """Where ASCII marks stand between two ASCII letters or digits, apostrophes left out."""
    alnum = ((buffer | np.uint8(32)) - np.uint8(97)) < 26
    alnum |= (buffer - np.uint8(48)) < 10
    between = alnum[:-2] & alnum[2:]
    between &= ~(alnum | space)[1:-1]
    marks = np.flatnonzero(between) + 1
    byte = buffer[marks]
    return marks[(byte < 128) & ~GLUES[byte]]


def _mark_spaces(buffer: npt.NDArray[np.uint8], space: Flags) -> Places:
    """Mark the bytes of spaces beyond ASCII; returns where bytes stand that begin no character."""
    at = np.flatnonzero(buffer >= 128)
    first, second, third = buffer[at], buffer[at + 1], buffer[at + 2]
    two = at[(first == 0xC2) & ((second == 0x85) | (second == 0xA0))]
    space[two] = space[two + 1] = True
    for lead, lasts in SPACES.items():
        near = np.flatnonzero((first == lead[0]) & (second == lead[1]))
        three = at[near[lasts[third[near]]]]
        space[three] = space[three + 1] = space[three + 2] = True
    return at[(first & 0xC0) == 0x80]


def alnum_bytes(words: Keys) -> Keys:
    """The high bit of every byte that is an ASCII letter or digit, eight bytes at a time."""
    low = (words | SMALL) & LOW
    letter = (low + np.uint64(0x1F1F1F1F1F1F1F1F)) & ~(low + np.uint64(0x0505050505050505))
    digit = (low + np.uint64(0x5050505050505050)) & ~(low + np.uint64(0x4646464646464646))
    return (letter | digit) & ~words & HIGH


def leading(flags: Keys) -> Places:
    """How many bytes from the first have their high bit set, 0 to 8."""
    clear = ~flags & HIGH
    return (np.bitwise_count((clear & (~clear + ONE)) - ONE) >> 3).astype(np.int64)


class Reader:
    """Reads eight bytes from any place of a block, given how many of them count."""

    def __init__(self, block: bytes) -> None:
        # As strings, because numpy would copy the whole block to read unaligned numbers.
        self._at = np.ndarray((len(block) - 7,), "S8", block, 0, (1,))

    def words(self, at: Places, size: Places) -> Keys:
        """The bytes from `at`, `size` of them if that is 0 to 8, the first the lowest; zeros follow."""
        return self.whole(at) & KEPT.take(size, mode="clip")

    def whole(self, at: Places) -> Keys:
        """The eight bytes from `at`."""
        return self._at[at].view(np.uint64)

    def long(self, at: Places, size: Places) -> tuple[Keys, Keys, Keys]:
        """Up to 24 bytes in three words."""
        third = np.zeros(at.size, np.uint64)
        some = np.flatnonzero(size > 16)
        third[some] = self.words(at[some] + 16, size[some] - 16)
        return self.words(at, size), self.words(at + 8, size - 8), third
