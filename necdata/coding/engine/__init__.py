"""Find a codebook's terms in many texts at once: the same matches as `matching.Matcher`, many times sooner.

Two cores find the same: one in C (`compiled`, `_scan.c`), which is built where there is a compiler, and one on arrays
of numpy (`arrays`), which needs none. The environment variable NECDATA_CORE asks for one of them by name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from necdata.coding import matching
from necdata.coding.engine.hashing import Columns, Places

CORES = ("c", "numpy")


class Hits(NamedTuple):
    """Matches as columns: number of the text, row of the terms, first character and last + 1; in order."""

    text: Places
    term: Places
    start: Places
    end: Places


class Core(Protocol):
    """Finds terms, given as the forms of each and the number of its scope."""

    def __init__(self, forms: Sequence[Sequence[tuple[str, ...]]], scopes: Sequence[int]) -> None: ...

    def hits(self, texts: Sequence[str]) -> Columns: ...


class Engine:
    """Terms made ready to be found in many texts; ``scopes`` are as those of `matching.Matcher`.

    ``core`` is "c" or "numpy", else the one that NECDATA_CORE names, else C where it is built. Raises ValueError for
    another name, ImportError where C is asked for and not built.
    """

    def __init__(self, terms: Sequence[str], scopes: Sequence[str] | None = None, core: str | None = None) -> None:
        numbers = {scope: number for number, scope in enumerate(dict.fromkeys(scopes or [""]))}
        rows = [numbers[scope] for scope in scopes] if scopes else [0] * len(terms)
        self._core = core_named(core or os.environ.get("NECDATA_CORE", ""))([matching.forms(t) for t in terms], rows)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(row of the terms, start, end) of the matches in one text, in the order of the text."""
        return next(self.each([text]))

    def each(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, int]]]:
        """For each text (row of the terms, start, end) of its matches."""
        hits = self.hits(texts)
        ends = np.searchsorted(hits.text, np.arange(len(texts)), "right").tolist()
        rows = list(zip(hits.term.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True))
        for first, last in zip([0, *ends], ends, strict=False):
            yield rows[first:last]

    def hits(self, texts: Sequence[str]) -> Hits:
        """Matches in many texts, in the order of the texts, of places, and of terms."""
        return Hits(*self._core.hits(texts))


def core_named(name: str) -> type[Core]:
    """The core of that name; of no name, the one in C where it is built."""
    if name not in ("", *CORES):
        raise ValueError(f"there is no core {name!r} of the engine; set NECDATA_CORE to {' or '.join(CORES)}, or not")
    if name != "numpy":
        try:
            from necdata.coding.engine.compiled import Compiled

            return Compiled
        except ImportError as error:
            if name:
                raise ImportError(
                    "the engine's core in C is not built; install a C compiler and Python's headers, then necdata again"
                ) from error
    from necdata.coding.engine.arrays import Arrays

    return Arrays


def compile(codebook: matching.HasTerms) -> Engine:
    """The engine of a codebook; ``Hits.term`` counts the rows of ``codebook.terms`` from 0."""
    scope = dict(zip(codebook.topics["key"], codebook.topics["scope"], strict=True))
    return Engine(codebook.terms["term"].tolist(), [scope[topic] for topic in codebook.terms["topic"].tolist()])
