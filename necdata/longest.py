"""Of matches that overlap, the longest: for whole arrays at once, as matching.longest does for one text."""

from __future__ import annotations

import numpy as np

from necdata.chunks import Flags
from necdata.hashing import Places
from necdata.phrases import Found


def longest(found: Found, scope: Places) -> Found:
    """Of matches of one scope that overlap, those of the span of most words, then the first; sorted, each once."""
    if not found.first.size:
        return found
    found, scope = _sorted(found, scope)
    span = np.append(True, (np.diff(found.first) != 0) | (np.diff(found.last) != 0) | (np.diff(scope) != 0))
    at = np.flatnonzero(span)
    # Scopes are laid end to end, so that those of different ones never overlap.
    apart = scope[at] * (int(found.last.max()) + 1)
    kept = _chosen(found.first[at] + apart, found.last[at] + apart)[np.cumsum(span) - 1]
    found = Found(*(column[kept] for column in found))
    if scope[-1]:
        order = np.lexsort((found.row, found.last, found.first))
        found = Found(*(column[order] for column in found))
    return found


def _sorted(found: Found, scope: Places) -> tuple[Found, Places]:
    """By scope, first and last word and row, each match once."""
    order = np.lexsort((found.row, found.last, found.first, scope))
    columns = [column[order] for column in (*found, scope)]
    new = np.append(True, np.logical_or.reduce([np.diff(column) != 0 for column in columns]))
    first, last, row, scope = (column[new] for column in columns)
    return Found(first, last, row), scope


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
        cluster = np.cumsum(np.append(True, start[1:] >= reach[:-1])) - 1
        heads = np.flatnonzero(np.append(True, np.diff(cluster) != 0))
        score = (end - start) * (left.size + 1) - np.arange(left.size)
        top = np.maximum.reduceat(score, heads)
        best = np.flatnonzero(score == top[cluster])
        chosen[left[best]] = True
        taken = (start < end[best][cluster]) & (end > start[best][cluster])
        left = left[~taken]
    return chosen
