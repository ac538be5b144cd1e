"""Of matches that overlap, the longest: for whole arrays at once, as matching.longest does for one text."""

from __future__ import annotations

import numpy as np

from necdata.coding.engine.chunks import Flags
from necdata.coding.engine.hashing import Places
from necdata.coding.engine.phrases import Found


def longest(found: Found, scope: Places, n_rows: int) -> Found:
    """Of matches of one scope that overlap, those of the span of most words, then the first; sorted, each once.

    `scope` gives the number of each match's scope, `n_rows` how many terms there are.
    """
    if not found.first.size:
        return found
    words, sizes = int(found.last.max()) + 1, int((found.last - found.first).max()) + 1
    # Scopes are laid end to end, so that matches of different ones never overlap.
    keys = np.sort(((scope * words + found.first) * sizes + found.last - found.first) * n_rows + found.row)
    keys = keys[np.append(True, keys[1:] != keys[:-1])]
    spans = keys // n_rows
    new = np.append(True, spans[1:] != spans[:-1])
    first, size = np.divmod(spans[new], sizes)
    kept = _chosen(first, first + size)[np.cumsum(new) - 1]
    spans, row = spans[kept], keys[kept] - spans[kept] * n_rows
    first, size = np.divmod(spans, sizes)
    first %= words
    if scope.max() > 0:
        order = np.lexsort((row, size, first))
        first, size, row = first[order], size[order], row[order]
    return Found(first, first + size, row)


def _chosen(first: Places, last: Places) -> Flags:
    """Which of the spans, sorted and each there once, no longer or earlier one takes words from.

    Spans that overlap through others make a cluster. In each, the longest is chosen and drops those it overlaps;
    the rest make new clusters.
    """
    chosen = np.zeros(first.size, bool)
    left = np.arange(first.size)
    while left.size:
        start, end = first[left], last[left]
        reach = np.maximum.accumulate(end)
        begins = np.append(True, start[1:] >= reach[:-1])
        heads = np.flatnonzero(begins)
        alone = begins & np.append(begins[1:], True)
        chosen[left[alone]] = True
        if alone.all():
            break
        cluster = np.cumsum(begins) - 1
        score = (end - start) * (left.size + 1) - np.arange(left.size)
        best = np.flatnonzero(score == np.maximum.reduceat(score, heads)[cluster])
        chosen[left[best]] = True
        left = left[(start >= end[best][cluster]) | (end <= start[best][cluster])]
    return chosen
