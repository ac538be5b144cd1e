"""Terms of one word and of several found in rows of symbols: a trie walked from every word at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from necdata.coding.engine.chunks import ONE, Flags
from necdata.coding.engine.hashing import Numbers, Places, Table

# The lowest bit is that of every word: only phrases with a `*` ask for it.
EVERY_SIGN = (1 << 64) - 1


def _sign(atom: int) -> int:
    return 1 << (1 + atom % 63)


class Lists(NamedTuple):
    """Lists of numbers laid end to end: list i is `items[begin[i] : begin[i] + size[i]]`."""

    items: Places
    begin: Places
    size: Places

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        size = np.array([len(one) for one in lists], np.int64)
        return cls(np.array([i for one in lists for i in one], np.int64), np.cumsum(size) - size, size)

    def and_those(self, lists: Sequence[Sequence[int]]) -> Lists:
        """These lists, and more of them behind."""
        more = Lists.of(lists)
        begin = np.append(self.begin, more.begin + self.items.size)
        return Lists(np.append(self.items, more.items), begin, np.append(self.size, more.size))

    def each(self, chosen: Places | Numbers) -> tuple[Places, Places]:
        """Items of the chosen lists, and which of the chosen each is from."""
        size = self.size.take(chosen)
        whose = np.repeat(np.arange(chosen.size), size)
        within = np.arange(whose.size) - np.repeat(np.cumsum(size) - size, size)
        return self.items[self.begin.take(chosen)[whose] + within], whose


class Found(NamedTuple):
    """Candidates, before the longest are chosen: first word, last word + 1, row of the term."""

    first: Places
    last: Places
    row: Places


class Trie:
    """Phrases of terms' words as nodes (0 is the root) and edges, with the symbols that walk them."""

    def __init__(self, phrases: Iterable[tuple[int, Sequence[int]]], n_atoms: int, any_word: int) -> None:
        self._n_atoms, self._any_word = max(n_atoms, 1), any_word
        self._children: dict[int, int] = {}
        rows: list[list[int]] = [[]]
        for row, atoms in phrases:
            node = 0
            for atom in atoms:
                node = self._children.setdefault(node * self._n_atoms + atom, len(rows))
                if node == len(rows):
                    rows.append([])
            rows[node].append(row)
        self._rows, self._n_rows = Lists.of(rows), [len(own) for own in rows]
        keys = np.array(list(self._children), np.int64)
        self._edges = Table(1, max(16, keys.size))
        self._edges.add(np.array(list(self._children.values()), np.int32), keys.view(np.uint64) + ONE)
        self._goes_on = np.zeros(len(rows), bool)
        self._goes_on[keys // self._n_atoms] = True
        # The child by any word, -1 where there is none.
        self._wild = np.array(
            [self._children.get(n * self._n_atoms + any_word, -1) if any_word >= 0 else -1 for n in range(len(rows))],
            np.int64,
        )
        self._follows = {key % self._n_atoms for key in self._children if key >= self._n_atoms}
        self._hits, self._starts, self._next = (Lists.of([]) for _ in range(3))
        self._is_hit = self._after_any = np.zeros(0, bool)
        self._wanted = self._offered = np.zeros(0, np.uint64)
        self._signs: dict[int, int] = {}
        for key in self._children:
            node, atom = divmod(key, self._n_atoms)
            self._signs[node] = self._signs.get(node, 0) | (EVERY_SIGN if atom == any_word else _sign(atom))

    def learn(self, symbols: Sequence[tuple[int, ...]]) -> None:
        """Take in the words of terms that new symbols stand for, numbered on from those known."""
        hits, starts, follows, wanted, offered, after = [], [], [], [], [], []
        for atoms in symbols:
            nodes = [self._children[a] for a in atoms if a in self._children]
            hits.append([n for n in nodes if self._n_rows[n]])
            starts.append([n for n in nodes if n in self._signs])
            follows.append([a for a in atoms if a in self._follows])
            wanted.append(reduce(or_, [self._signs[n] for n in starts[-1]], 0))
            offered.append(reduce(or_, [_sign(a) for a in follows[-1]], 1))
            after.append(self._wild[0] >= 0 and self._follows_any_word(follows[-1]))
        self._hits, self._starts = self._hits.and_those(hits), self._starts.and_those(starts)
        self._next = self._next.and_those(follows)
        self._is_hit = self._hits.size > 0
        # A word may follow another in a phrase only where what one wants and the other offers have a bit in common.
        self._wanted = np.append(self._wanted, np.array(wanted, np.uint64))
        self._offered = np.append(self._offered, np.array(offered, np.uint64))
        self._after_any = np.append(self._after_any, np.array(after, bool))

    def _follows_any_word(self, atoms: list[int]) -> bool:
        """Whether a phrase that begins with any word at all goes on with one of these."""
        node = int(self._wild[0])
        return node >= 0 and (self._wild[node] >= 0 or any(node * self._n_atoms + a in self._children for a in atoms))

    def find(self, symbol: Places, joined: Flags) -> Found:
        """Every match in a row of words; `joined` has one flag more, False, for the end."""
        hit = np.flatnonzero(self._is_hit.take(symbol))
        node, whose = self._hits.each(symbol[hit])
        found = [self._found(hit[whose], hit[whose] + 1, node)]
        first, node = self._begin(symbol, joined[1:])
        last = first + 1
        while first.size:
            first, last, node = self._step(first, last, node, symbol[last])
            found.append(self._found(first, last, node))
            on = np.flatnonzero(self._goes_on.take(node) & joined[last])
            first, last, node = first[on], last[on], node[on]
        return Found(*(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def _found(self, first: Places, last: Places, node: Places) -> Found:
        row, whose = self._rows.each(node)
        return Found(first[whose], last[whose], row)

    def _begin(self, symbol: Places, reached: Flags) -> tuple[Places, Places]:
        """Words that begin a phrase and are joined to one that may go on with it, and the nodes they lead to."""
        pair = self._wanted.take(symbol[:-1]) & self._offered.take(symbol[1:])
        at = np.flatnonzero((pair != 0) & reached[:-1])
        node, whose = self._starts.each(symbol[at])
        if self._wild[0] < 0:
            return at[whose], node
        anywhere = np.flatnonzero(self._after_any.take(symbol[1:]) & reached[:-1])
        return np.append(at[whose], anywhere), np.append(node, np.full(anywhere.size, self._wild[0]))

    def _step(self, first: Places, last: Places, node: Places, symbol: Places) -> tuple[Places, Places, Places]:
        """One word further: the matches that go on with this symbol or with any word."""
        atom, whose = self._next.each(symbol)
        keys = (node[whose] * self._n_atoms + atom).view(np.uint64) + ONE
        child = self._edges.find(keys)
        on = np.flatnonzero(child >= 0)
        wild = np.flatnonzero(self._wild.take(node) >= 0)
        of = np.concatenate([whose[on], wild])
        return first[of], last[of] + 1, np.concatenate([child[on], self._wild[node[wild]]])
