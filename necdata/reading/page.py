"""A page as read: numbered lines with what their format says they are."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class PageError(ValueError):
    """A file that cannot be read as a page: `file` and the remedy in one sentence."""

    def __init__(self, file: str | Path, problem: str):
        self.file = str(file)
        super().__init__(f"{file}: {problem}")


class Line(NamedTuple):
    """One line of a page: 1-based number in the raw file, text with its line end, what the format says it is."""

    number: int
    text: str
    hint: str = ""


class Page(NamedTuple):
    """A page as read: `format` is text, html, feed or wxr; `notes` say what was repaired on the way."""

    page_id: str
    file: str
    sha256: str
    format: str
    characters: int
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    addresses: tuple[tuple[int, str], ...] = ()  # of posts by the line of their title, where the format states them
