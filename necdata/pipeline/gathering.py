"""Gathering: every page of a folder becomes a leaf on the shelf, from its file or from the build before."""

from __future__ import annotations

import contextlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from necdata.coding.codebook import Codebook
from necdata.formats import pages
from necdata.pipeline import leaves, workers
from necdata.pipeline.leaves import Body, Leaf, Maker, Written
from necdata.pipeline.shelf import Shelf
from necdata.reading.page import PageError
from necdata.reading.posts import Reading
from necdata.reading.shared import Shingles
from necdata.storage import manifest

Progress = Callable[..., Iterable[Any]]  # of the items, and what is done with them in a word: "reading", "writing"
KEPT = 256  # leaves after which the shelf is brought to the disk
OPEN = 64  # pages whose bodies are held at once


class Gathered(NamedTuple):
    """The pages that can be read, each with its path, its name below the folder and its leaf; `skipped` the others."""

    files: list[tuple[Path, str]]
    pages: list[Leaf]
    skipped: list[str]


def named(raw: Path, path: Path) -> str:
    """Name a file below the folder of pages, as text whatever its bytes."""
    return os.fsencode(path.relative_to(raw).as_posix()).decode("utf-8", "backslashreplace")


def read_all(raw: Path, progress: Progress | None = None) -> tuple[list[Reading], list[str]]:
    """Read every page of a folder: the readings, and one sentence for each file that was skipped."""
    readings: dict[str, Reading] = {}
    skipped: list[str] = []
    files = pages.files(raw)
    for path in progress(files) if progress else files:
        try:
            reading = leaves.read(path, named(raw, path))
        except PageError as error:
            skipped.append(str(error))
            continue
        twin = readings.setdefault(reading.page.sha256, reading)
        if twin is not reading:
            skipped.append(_twin(reading.page.file, twin.page.file))
    return list(readings.values()), skipped


def _twin(name: str, first: str) -> str:
    return f"{name}: is the same, byte for byte, as {first}; delete one of them"


def gather(
    raw: Path, books: Sequence[Codebook], shelf: Shelf, jobs: int | None = None, progress: Progress | None = None
) -> Gathered:
    """Put the leaf of every page of a folder on the shelf; those that lie there are not made again."""
    files = [(path, named(raw, path)) for path in pages.files(raw)]
    known = _known([path for path, _ in files], shelf)
    todo = [file for file, leaf in zip(files, known, strict=True) if leaf is None]
    found = Gathered([], [], [])
    first: dict[str, str] = {}
    with contextlib.closing(workers.made(todo, books, jobs)) as made:
        for number, _ in enumerate(progress([path for path, _ in files]) if progress else files):
            name, leaf = files[number][1], known[number] or _put(next(made), shelf)
            if isinstance(leaf, str):
                found.skipped.append(leaf)
            elif leaf.sha256 in first:
                found.skipped.append(_twin(name, first[leaf.sha256]))
            else:
                first[leaf.sha256] = name
                found.files.append(files[number])
                found.pages.append(leaf)
            if number % KEPT == 0:
                shelf.keep()
    shelf.drop_others(first)
    return found


def _put(written: Written | str, shelf: Shelf) -> Leaf | str:
    """Put what was made of a page on the shelf, and give its light part; a sentence that says why not stays one."""
    if isinstance(written, str):
        return written
    shelf.put(written)
    return leaves.light_of(written.light)


def _known(files: Sequence[Path], shelf: Shelf) -> list[Leaf | None]:
    """Look up the leaves of pages that are what they were when the shelf was filled."""
    if shelf.is_empty():
        return [None] * len(files)
    found: list[Leaf | None] = []
    for path in files:
        try:
            kept = shelf.light(manifest.of_file(path))
        except OSError:  # said by whoever reads it
            kept = None
        found.append(leaves.light_of(kept[0]) if kept else None)
    return found


class Opened:
    """What lies on the shelf of gathered pages; what is damaged there is made again."""

    def __init__(self, gathered: Gathered, books: Sequence[Codebook], shelf: Shelf):
        self._gathered, self._books, self._shelf = gathered, books, shelf
        self._open: OrderedDict[int, list[Body]] = OrderedDict()

    def shingles(self) -> Iterator[Shingles]:
        """Give the shingles of every post, in order."""
        for number, page in enumerate(self._gathered.pages):
            kept = self._shelf.light(page.sha256)
            data = kept[1] if kept else self._again(number).shingles
            yield from leaves.shingles_of(page, data)

    def body(self, place: tuple[int, int]) -> Body:
        """Give the body of a post: number of its page, and of the post on it."""
        page, post = place
        if page not in self._open:
            data = self._shelf.bodies(self._gathered.pages[page].sha256)
            self._open[page] = leaves.bodies_of(data or self._again(page).bodies)
            if len(self._open) > OPEN:
                self._open.popitem(last=False)
        return self._open[page][post]

    def _again(self, number: int) -> Written:
        name = self._gathered.files[number][1]
        (made,) = Maker(self._books)([self._gathered.files[number]])
        if isinstance(made, str) or made.sha256 != self._gathered.pages[number].sha256:
            raise PageError(name, "changed while the tables were made; run `necdata build` again")
        self._shelf.put(made)
        return made
