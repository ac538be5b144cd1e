"""A hash table of whole numpy arrays: exact keys of one or more 64-bit words, all looked up at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Columns = tuple[Places, Places, Places, Places]

# Odd numbers without pattern: 2**64 over the golden ratio, then primes of xxHash.
FACTORS = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


def mixed(*keys: Keys) -> Keys:
    """One 64-bit number per key of one to three words; its upper bits depend on every bit of the key."""
    mix = keys[0] * FACTORS[0]
    for word, factor in zip(keys[1:], FACTORS[1:], strict=False):
        mix = ((mix ^ (mix >> np.uint64(29))) + word * factor) * FACTORS[0]
    return mix


class Table:
    """Numbers (0 or more) by keys of `width` words; a quarter full at most, with linear probing.

    Whole keys are compared: keys of equal hash do no harm. No key is all zeros.
    """

    def __init__(self, width: int = 1, room: int = 512) -> None:
        self._width = width
        self._reserve(room)

    def _reserve(self, room: int) -> None:
        self._bits = max(4, (4 * room - 1).bit_length())
        self._keys = [np.zeros(1 << self._bits, np.uint64) for _ in range(self._width)]
        self._numbers = np.full(1 << self._bits, -1, np.int32)
        self.size = 0

    def _slots(self, keys: tuple[Keys, ...]) -> Places:
        return (mixed(*keys) >> np.uint64(64 - self._bits)).view(np.int64)

    def _same(self, keys: tuple[Keys, ...], slots: Places) -> npt.NDArray[np.bool_]:
        same = self._keys[0].take(slots) == keys[0]
        for held, word in zip(self._keys[1:], keys[1:], strict=True):
            same &= held.take(slots) == word
        return same

    def find(self, *keys: Keys) -> Numbers:
        """The number of each key, -1 for those that are not there."""
        slots = self._slots(keys)
        held, same = self._numbers.take(slots), self._same(keys, slots)
        found = np.where(same, held, np.int32(-1))
        rest = np.flatnonzero(same ^ (held >= 0))
        slots, keys = slots[rest], tuple(word[rest] for word in keys)
        while rest.size:
            slots = (slots + 1) & (self._numbers.size - 1)
            held, same = self._numbers.take(slots), self._same(keys, slots)
            found[rest[same]] = held[same]
            on = np.flatnonzero(same ^ (held >= 0))
            rest, slots, keys = rest[on], slots[on], tuple(word[on] for word in keys)
        return found

    def add(self, numbers: Numbers, *keys: Keys) -> None:
        """Put in keys that are not there yet; a key given twice takes either number."""
        if 4 * (self.size + numbers.size) > self._numbers.size:
            self._grow(self.size + numbers.size)
        slots = self._slots(keys)
        while numbers.size:
            # The last one written stays: backwards, so that it is the first, as frequent keys come early.
            free = np.flatnonzero(self._numbers.take(slots) < 0)[::-1]
            for held, word in zip(self._keys, keys, strict=True):
                held[slots[free]] = word[free]
            self._numbers[slots[free]] = numbers[free]
            rest = np.flatnonzero(~self._same(keys, slots))
            slots = (slots[rest] + 1) & (self._numbers.size - 1)
            numbers, keys = numbers[rest], tuple(word[rest] for word in keys)
        self.size = int(np.count_nonzero(self._numbers >= 0))

    def _grow(self, room: int) -> None:
        full = np.flatnonzero(self._numbers >= 0)
        numbers, keys = self._numbers[full], tuple(word[full] for word in self._keys)
        self._reserve(room)
        self.add(numbers, *keys)


def first_of_each(*keys: Keys) -> Places:
    """For each key the place where an equal one stands, the same for all that are equal."""
    table, places = Table(len(keys), keys[0].size), np.arange(keys[0].size, dtype=np.int32)
    table.add(places, *keys)
    return table.find(*keys).astype(np.int64)


def joined_columns(found: Sequence[Columns]) -> Columns:
    """The columns of several blocks laid end to end."""
    none = np.zeros(0, np.int64)
    text, row, start, end = (np.concatenate([none, *column]) for column in zip(*found or [(none,) * 4], strict=True))
    return text, row, start, end
