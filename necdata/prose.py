"""Sentences with computed numbers, for notebooks: numbers written as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from IPython.display import Markdown

WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def say(*sentences: str) -> Markdown:
    """Show sentences as a paragraph of a notebook.

    Words from pages are data: what Markdown would read as mark-up in a title or a name must be passed through `plain`.
    """
    from IPython.display import Markdown

    return Markdown(" ".join(sentences))


def plain(text: str) -> str:
    """Escape what Markdown and HTML would read as mark-up.

    >>> plain("<b>NEC* report</b>")
    '&lt;b&gt;NEC\\\\* report&lt;/b&gt;'
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|$~" else c for c in escaped)


def number(n: int) -> str:
    """Write a count: words up to ten, thousands parted.

    >>> number(3), number(12345)
    ('three', '12,345')
    """
    return WORDS[n] if 0 <= n <= 10 else f"{n:,}"


def count(n: int, thing: str, things: str = "") -> str:
    """Write a count with its noun.

    >>> count(1, "report"), count(22, "meeting")
    ('one report', '22 meetings')
    """
    return f"{number(n)} {thing if n == 1 else things or thing + 's'}"


def share(part: float, whole: float = 1) -> str:
    """Write a share as a whole percentage; nothing of nothing has none.

    >>> share(1, 3), share(0, 0)
    ('33 %', 'no share')
    """
    return f"{100 * part / whole:.0f} %" if whole else "no share"


def listed(words: list[str]) -> str:
    """Join words as in a sentence.

    >>> listed(["tax", "jobs", "health"])
    'tax, jobs and health'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def month(day: pd.Timestamp) -> str:
    """Write a day's month and year.

    >>> month(pd.Timestamp("2012-05-29"))
    'May 2012'
    """
    return f"{day:%B %Y}"


def interval(row: pd.Series, percent: bool = True) -> str:
    """Write an estimate with its 95 % interval, or say that there is none."""
    scale, unit = (100, " %") if percent else (1, "")
    value = f"{row['estimate'] * scale:.0f}{unit}"
    if pd.isna(row["low"]):
        return f"{value} (no interval: {row['interval'].removeprefix('none: ')})"
    return f"{value} (95 % interval {row['low'] * scale:.0f} to {row['high'] * scale:.0f}{unit})"
