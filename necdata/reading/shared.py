"""Which posts share shingles, and how many: an inverted index that is sorted, not looked up.

Hashes of shingles are sorted; those that several posts have lie side by side. Of more posts than fit into memory the
hashes go to disk, parted by their leading bits, and come back part by part, so that memory does not grow with them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]
Numbers = NDArray[np.int64]

HELD = 1 << 20  # hashes held before they go to disk: 12 MB, and as much again twice while they are parted
PARTS = 64  # files on disk, by the first six bits of a hash
AT_ONCE = 1 << 18  # hashes whose pairs are counted at once; a hash in 40 posts makes 780 pairs
_ENTRY = np.dtype([("hash", np.uint64), ("post", np.uint32)])


def pairs(posts: Iterable[tuple[int, Shingles]], most: int) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Give all pairs of posts that share shingles: (one post, a later one, how many they share), as arrays.

    `posts` gives each post's number, ascending, and its shingles, each once. Of a shingle that stands in more than
    `most` posts only the first ones count. Takes time by the number of shingles, not by that of pairs of posts.
    """
    keys, counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    waiting: list[tuple[Shingles, Numbers]] = []
    for part in _parts(posts):
        for found in _counted(part, most):
            waiting.append(found)
            if sum(k.size for k, _ in waiting) > AT_ONCE + keys.size:
                keys, counts = _merged([(keys, counts), *waiting])
                waiting = []
    keys, counts = _merged([(keys, counts), *waiting])
    yield (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64), counts


def _parts(posts: Iterable[tuple[int, Shingles]]) -> Iterator[NDArray[np.void]]:
    """Give all shingles with their posts in parts that hold all or nothing of a shingle, posts ascending."""
    held: list[NDArray[np.void]] = []
    n_held = 0
    files: list[IO[bytes]] = []
    try:
        for number, shingles in posts:
            entry = np.empty(shingles.size, _ENTRY)
            entry["hash"], entry["post"] = shingles, number
            held.append(entry)
            n_held += entry.size
            if n_held > HELD:
                files = files or [tempfile.TemporaryFile() for _ in range(PARTS)]  # noqa: SIM115 (closed below)
                _spill(files, held)
                held, n_held = [], 0
        if not files:
            yield np.concatenate([np.empty(0, _ENTRY), *held])
            return
        _spill(files, held)
        for file in files:
            file.seek(0)
            yield np.frombuffer(file.read(), _ENTRY)
    finally:
        for file in files:
            file.close()


def _spill(files: list[IO[bytes]], held: list[NDArray[np.void]]) -> None:
    entries = np.concatenate([np.empty(0, _ENTRY), *held])
    part = (entries["hash"] >> np.uint64(58)).astype(np.int64)
    order = np.argsort(part, kind="stable")
    edges = np.searchsorted(part[order], np.arange(PARTS + 1))
    for file, first, last in zip(files, edges, edges[1:], strict=False):
        file.write(entries[order[first:last]].tobytes())


def _counted(entries: NDArray[np.void], most: int) -> Iterator[tuple[Shingles, Numbers]]:
    """Count the shingles that two posts share, of some shingles at a time: keys of pairs, and how often each."""
    order = np.argsort(entries["hash"], kind="stable")
    hashes = entries["hash"][order]
    begins = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if hashes.size else np.zeros(0, np.int64)
    sizes = np.minimum(np.diff(np.append(begins, hashes.size)), most)
    begins, sizes = begins[sizes > 1], sizes[sizes > 1]
    posts = entries["post"][order].astype(np.uint64)
    del order, hashes
    edges = np.searchsorted(np.cumsum(sizes), np.arange(0, int(sizes.sum()) + AT_ONCE, AT_ONCE), side="right")
    for first, last in zip(edges, edges[1:], strict=False):
        if first < last:
            yield _merged([_of_runs(posts, begins[first:last], sizes[first:last])])


def _of_runs(posts: Shingles, begins: Numbers, sizes: Numbers) -> tuple[Shingles, Numbers]:
    """Pair each post of a run with those after it."""
    found = []
    for i in range(int(sizes.max()) - 1):
        for j in range(i + 1, int(sizes.max())):
            runs = begins[sizes > j]
            found.append(posts[runs + i] << np.uint64(32) | posts[runs + j])
    keys = np.concatenate(found)
    return keys, np.ones(keys.size, np.int64)


def _merged(found: list[tuple[Shingles, Numbers]]) -> tuple[Shingles, Numbers]:
    """Add up the counts of the same pairs."""
    keys = np.concatenate([k for k, _ in found])
    counts = np.concatenate([c for _, c in found])
    distinct, place = np.unique(keys, return_inverse=True)
    summed = np.bincount(place, weights=counts, minlength=distinct.size)
    return distinct, summed.astype(np.int64)
