"""Copies: the same post on several pages is one post, its fullest copy kept.

Two copies are told by their words, not by address or title: a cross-post has another address, a later copy of an
address may be another post. Runs of five words (shingles) that both hold, over the shingles of the shorter one, is
the containment of Broder (1997), "On the resemblance and containment of documents".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from necdata.reading.posts import Post

SHINGLE = 5  # words
COPIED = 0.7  # containment from which the shorter text is a copy of the longer one
FEWEST = 12  # shingles; below it only posts of the same title and text are copies
LONG = 60  # shingles; two shorter texts that share sentences must also begin alike
COMMON = 40  # a shingle in more posts than this says nothing of copying


def groups(posts: Sequence[Post]) -> list[list[int]]:
    """Group posts that are copies of one another: lists of indices, fullest copy first, groups by appearance."""
    shingles = [_shingles(post) for post in posts]
    parent = list(range(len(posts)))
    for a, b in _copies(posts, shingles):
        parent[_root(parent, b)] = _root(parent, a)
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(len(posts)):
        found[_root(parent, i)].append(i)
    return [sorted(g, key=lambda i: _fullness(posts[i]), reverse=True) for g in found.values()]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _fullness(post: Post) -> tuple[bool, int, bool, int]:
    """Order copies: complete before cut off, longer before shorter, then by what they tell of themselves."""
    length = len(post.text)
    return (not post.is_partial, length, post.published is not None, len(post.authors))


def _shingles(post: Post) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", post.text.casefold())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _copies(posts: Sequence[Post], shingles: Sequence[set[tuple[str, ...]]]) -> list[tuple[int, int]]:
    """Find pairs of copies through the shingles they share, without comparing every pair."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    for i, mine in enumerate(shingles):
        for shingle in mine:
            others = places[shingle]
            if len(others) < COMMON:
                shared.update((j, i) for j in others)
                others.append(i)
    pairs = [p for p, n in shared.items() if _is_copy(posts, shingles, *p, n)]
    titled: dict[tuple[str, str], int] = {}
    for i, post in enumerate(posts):
        if len(shingles[i]) < FEWEST:
            key = (post.title.casefold(), post.text.casefold())
            if key in titled:
                pairs.append((titled[key], i))
            titled.setdefault(key, i)
    return sorted(pairs)


def _is_copy(posts: Sequence[Post], shingles: Sequence[set[tuple[str, ...]]], a: int, b: int, shared: int) -> bool:
    shorter = min(len(shingles[a]), len(shingles[b]))
    same_page = posts[a].page_id == posts[b].page_id and posts[a].title != posts[b].title
    if shorter < FEWEST or same_page or shared / shorter < COPIED:
        return False
    return shorter >= LONG or _begins_alike(posts[a], posts[b])


def _begins_alike(a: Post, b: Post) -> bool:
    """Tell a teaser from a chance likeness: a teaser has its post's title, or its beginning."""
    words = [re.findall(r"\w+", p.text.casefold())[:8] for p in (a, b)]
    return words[0] == words[1] or bool(a.title) and a.title.casefold() == b.title.casefold()
