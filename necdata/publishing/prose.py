"""Sentences with computed numbers, for notebooks: numbers written as people read them."""

from __future__ import annotations

from collections.abc import Sequence
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

    return Markdown(" ".join(filter(None, map(str.strip, sentences))))


def points(*sentences: str) -> Markdown:
    """Show sentences as a list of a notebook, one point each; words from pages as in `say`."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"- {sentence}" for sentence in sentences))


def plain(text: str) -> str:
    """Escape what Markdown and HTML would read as mark-up.

    >>> plain("<b>NEC* report</b>")
    '&lt;b&gt;NEC\\\\* report&lt;/b&gt;'
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|~" else c for c in escaped)
    # No mark-up, and yet obeyed: JupyterLab sets what stands between two dollar signs, and links addresses.
    return escaped.replace("$", "<span>&#36;</span>").replace("://", "&#58;//")


def quoted(name: str) -> str:
    """Write a name that could be taken for words of the sentence, escaped.

    >>> quoted("Government and other parties")
    '“Government and other parties”'
    """
    return f"“{plain(name)}”"


def decimal(value: float, digits: int = 2) -> str:
    """Write a number that may be negative, with a minus sign that is one.

    >>> decimal(-0.157)
    '−0.16'
    """
    return f"{value:.{digits}f}".replace("-", "−")


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


def verb(n: int, one: str = "is", many: str = "are") -> str:
    """Choose the verb that a count takes.

    >>> verb(1), verb(0, "differs", "differ")
    ('is', 'differ')
    """
    return one if n == 1 else many


def sentence(text: str) -> str:
    """Begin a sentence with a capital and leave all else as it is.

    >>> sentence("ten accounts under Jeremy Corbyn")
    'Ten accounts under Jeremy Corbyn'
    """
    return text[:1].upper() + text[1:]


def share(part: float, whole: float = 1) -> str:
    """Write a share as a percentage; nothing of nothing has none, and little is not written as nothing.

    >>> share(1, 3), share(1, 400), share(0, 0)
    ('33%', '0.2%', 'no share')
    """
    if not whole:
        return "no share"
    percent = 100 * part / whole
    return f"{percent:.1f}%" if 0 < abs(percent) < 0.95 else f"{percent:.0f}%"


def listed(words: Sequence[str], most: int = 0) -> str:
    """Join words as in a sentence; of more than `most` (0: no limit), the rest are only counted.

    >>> listed(["tax", "jobs", "health"]), listed(["a", "b", "c", "d"], 3)
    ('tax, jobs and health', 'a, b and two others')
    """
    named = list(words)
    if most and len(named) > most:
        named = [*named[: most - 1], count(len(named) - most + 1, "other")]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def month(day: pd.Timestamp) -> str:
    """Write a day's month and year.

    >>> month(pd.Timestamp("2012-05-29"))
    'May 2012'
    """
    return f"{day:%B %Y}"


KINDS = {
    "full_meeting": "full meeting",
    "away_day": "away day",
    "sub_committee": "sub-committee",
    "special_meeting": "special meeting",
    "clause_v": "Clause V meeting",
    "conference": "conference",
}


def kind(key: str) -> str:
    """Write a kind of meeting.

    >>> kind("sub_committee"), kind("joint_session")
    ('sub-committee', 'joint session')
    """
    return KINDS.get(key, key.replace("_", " "))


def when(meeting: pd.Series) -> str:
    """Write the date of a row of `meetings` as exactly as it is known.

    A day "28 November 2023"; a month "July 2017"; other spans "4 to 9 March 2021", "21 July to
    29 September 2020"; "a day that is not known" where start is missing.
    """
    start, end = meeting["start"], meeting["end"]
    if pd.isna(start):
        return "a day that is not known"
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if start.day == 1 and end == start + pd.offsets.MonthEnd():
        return month(start)
    first = f"{start.day}"
    if (start.year, start.month) != (end.year, end.month):
        first += f" {start:%B}" if start.year == end.year else f" {start:%B %Y}"
    return f"{first} to {end.day} {end:%B %Y}"


def interval(row: pd.Series, percent: bool = True) -> str:
    """Write an estimate with its 95% interval, or say that there is none.

    `row` is one of `statistics.rates`; a share unless `percent` is False.
    """
    scale, unit = (100, "%") if percent else (1, "")
    value = f"{row['estimate'] * scale:.0f}{unit}"
    if pd.isna(row["low"]):
        return f"{value} (no interval: {row['interval'].removeprefix('none: ')})"
    return f"{value} (95% interval {row['low'] * scale:.0f} to {row['high'] * scale:.0f}{unit})"
