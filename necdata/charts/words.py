"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def source_line(
    *,
    meetings: int,
    posts: int | None = None,
    pages: int | None = None,
    reporters: Sequence[str] = (),
    codebook: str = "",
    tables: str = "",
) -> str:
    """The line that says what a chart rests on.

    `tables` is the name of the tables, the first digits of their manifest's SHA-256.

    >>> source_line(meetings=22, posts=22, pages=5, reporters=["A", "B"], codebook="1.0", tables="3f2a")
    'Source: 22 meetings in 22 posts on 5 pages, told by A and B; necdata codebook 1.0, tables 3f2a'
    """
    words = f"Source: {counted(meetings, 'meeting')}"
    words += f" in {counted(posts, 'post')}" if posts is not None else ""
    words += f" on {counted(pages, 'page')}" if pages is not None else ""
    words += f", told by {listed(reporters)}" if reporters else ""
    words += f"; necdata codebook {codebook}" if codebook else ""
    return words + (f"{',' if codebook else ';'} tables {tables}" if tables else "")


def counted(number: int, noun: str) -> str:
    """A number with its noun: '1 post', '1,204 posts'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Sequence[str], most: int = 4) -> str:
    """Words joined for reading: 'A, B and C'; after `most`, 'and n others'."""
    named = list(words)
    if len(named) > most:
        rest = len(named) - most + 1
        named = [*named[: most - 1], f"{rest} others"]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def wording(key: str) -> str:
    """A key as words.

    >>> wording("local_government")
    'Local government'
    """
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
