"""Copies: the same post on several pages is one post, its fullest copy kept.

Two copies are told by their words, not by address or title: a cross-post has another address, a later copy of an
address may be another post. Runs of five words (shingles) that both hold, over the shingles of the shorter one, is
the containment of Broder (1997), "On the resemblance and containment of documents".

Pairs are found through the shingles they share (`shared`), so that no two posts are compared that share none. It is
exact, where MinHash and LSH estimate resemblance, which is near nothing between a teaser and its post.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from necdata.reading.posts import Post
from necdata.reading.shared import Shingles, pairs

SHINGLE = 5  # words
COPIED = 0.7  # containment from which the shorter text is a copy of the longer one
FEWEST = 12  # shingles; below it only posts of the same title and text are copies
LONG = 60  # shingles; two shorter texts that share sentences must also begin alike
COMMON = 40  # a shingle in more posts than this says nothing of copying
OPENING = 8  # words
# One odd multiplier a word of a shingle: the same words in another order are another shingle.
MULTIPLIERS = [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F]


class Print(NamedTuple):
    """What tells a post from its copies, short enough to be held of every post at once.

    `fullness` orders copies: complete before cut off, longer before shorter, then by what they tell of themselves.
    `opening`, `words` and `text` are digests: of its first words, of all its words, and of its title and text.
    """

    title: str
    fullness: tuple[bool, int, bool, int]
    opening: int
    n_shingles: int
    words: int
    text: int


def groups(posts: Sequence[Post]) -> list[list[int]]:
    """Group posts that are copies of one another: lists of indices, fullest copy first, groups by appearance."""
    taken = [fingerprint(post) for post in posts]
    return grouped([p for p, _ in taken], [post.page_id for post in posts], [shingles for _, shingles in taken])


def fingerprint(post: Post) -> tuple[Print, Shingles]:
    """Take what `grouped` needs of a post: its print, and the hashes of its shingles, each once, in order."""
    words = re.findall(r"\w+", post.text.casefold())
    shingles = _shingles(words)
    fullness = (not post.is_partial, len(post.text), post.published is not None, len(post.authors))
    text = _digest(f"{post.title.casefold()}\0{post.text.casefold()}") if shingles.size < FEWEST else 0
    opening = _digest(" ".join(words[:OPENING]))
    return Print(post.title, fullness, opening, shingles.size, _digest(" ".join(words)), text), shingles


def grouped(prints: Sequence[Print], pages: Sequence[str], shingles: Iterable[Shingles]) -> list[list[int]]:
    """Group posts by their prints, the pages they are on, and their shingles, which are looked at one post a time."""
    parent = list(range(len(prints)))
    stand_ins = _same_words(prints, pages)
    for i, first in stand_ins.items():
        parent[i] = first
    for a, b in (*_alike(prints, pages, shingles, stand_ins), *_same_text(prints)):
        parent[_root(parent, b)] = _root(parent, a)
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(len(prints)):
        found[_root(parent, i)].append(i)
    return [sorted(g, key=lambda i: prints[i].fullness, reverse=True) for g in found.values()]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _digest(text: str) -> int:
    """Give 64 bits that are the same for the same text on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


_word = lru_cache(maxsize=1 << 17)(_digest)


def _shingles(words: list[str]) -> Shingles:
    n = len(words) - SHINGLE + 1
    if n < 1:
        return np.zeros(0, np.uint64)
    hashed = np.array([_word(word) for word in words], np.uint64)
    runs = np.zeros(n, np.uint64)
    for k, multiplier in enumerate(MULTIPLIERS):
        runs += (hashed[k : k + n] ^ (hashed[k : k + n] >> np.uint64(31))) * np.uint64(multiplier)
    return np.unique(runs)


def _same_words(prints: Sequence[Print], pages: Sequence[str]) -> dict[int, int]:
    """Find posts with the very words of an earlier one, which stands in for them: {post: the first of its words}.

    A page printed in ten places would else use up what `COMMON` allows. Where one page has the words twice, its
    posts are left to be compared, since titles part them there.
    """
    alike: dict[int, list[int]] = defaultdict(list)
    for i, taken in enumerate(prints):
        if taken.n_shingles >= FEWEST:
            alike[taken.words].append(i)
    return {
        i: same[0] for same in alike.values() if len({pages[i] for i in same}) == len(same) for i in same[1:]
    }  # fmt: skip


def _alike(
    prints: Sequence[Print], pages: Sequence[str], shingles: Iterable[Shingles], stand_ins: dict[int, int]
) -> list[tuple[int, int]]:
    """Find pairs of copies through the shingles they share, without comparing every pair."""
    wanted = ((i, own) for i, own in enumerate(shingles) if i not in stand_ins)
    n_shingles = np.array([p.n_shingles for p in prints], np.int64)
    found = []
    for a, b, shared in pairs(wanted, COMMON):
        shorter = np.minimum(n_shingles[a], n_shingles[b])
        copied = (shorter >= FEWEST) & (shared / np.maximum(shorter, 1) >= COPIED)
        found += [
            (i, j)
            for i, j, n in zip(a[copied].tolist(), b[copied].tolist(), shorter[copied].tolist(), strict=True)
            if (pages[i] != pages[j] or prints[i].title == prints[j].title)
            and (n >= LONG or _begins_alike(prints[i], prints[j]))
        ]
    return found


def _same_text(prints: Sequence[Print]) -> list[tuple[int, int]]:
    """Find pairs of posts too short to be told by shingles, whose title and text are the same."""
    first: dict[int, int] = {}
    short = ((i, p.text) for i, p in enumerate(prints) if p.n_shingles < FEWEST)
    return [(first[text], i) for i, text in short if first.setdefault(text, i) != i]


def _begins_alike(a: Print, b: Print) -> bool:
    """Tell a teaser from a chance likeness: a teaser has its post's title, or its beginning."""
    return a.opening == b.opening or bool(a.title) and a.title.casefold() == b.title.casefold()
