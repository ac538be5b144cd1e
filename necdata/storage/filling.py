"""Tables written part by part, the same bytes as if they had been written at once."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from necdata.storage import store
from necdata.storage.tables import TABLES, TEXT

if TYPE_CHECKING:
    from necdata.coding.codebook import Codebook


class Filling:
    """An empty folder that is being filled with tables."""

    def __init__(self, new: Path):
        self._new = new
        self._quoted: dict[str, bool] = {}
        self._sizes: dict[str, int] = {}

    def add(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write some rows of some tables after those that are there."""
        for name, frame in frames.items():
            table = TEXT if name == "text" else TABLES[name]
            path = self._new / f"{name}.csv"
            made = store.cells(frame, table)
            begun, was_quoted = name in self._sizes, self._quoted.get(name, False)
            self._quoted[name] = was_quoted or store.has_cr(made, table)
            if begun and self._quoted[name] and not was_quoted:
                _quote(path)
            store.write_cells(made, path, self._quoted[name], more=begun)
            self._sizes[name] = self._sizes.get(name, 0) + len(frame)

    def finish(self, pages: pd.DataFrame, codebooks: Sequence[Codebook] = ()) -> dict[str, int]:
        """Describe the tables, now that they are all there: how many rows each has, its text aside."""
        store.describe(self._new, pages, codebooks)
        return {name: self._sizes[name] for name in TABLES}


def _quote(path: Path) -> None:
    """Put every cell of a table between quotation marks, as one that holds a CR needs."""
    beside = path.with_suffix(".quoted")
    with path.open(encoding="utf-8", newline="") as old, beside.open("w", encoding="utf-8", newline="") as new:
        writer = csv.writer(new, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(csv.reader(old, strict=True))
    beside.replace(path)
