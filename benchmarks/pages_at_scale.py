"""Corpora of report pages for timing whole builds, generated from a seed: no text of anybody's.

    .venv/bin/python benchmarks/pages_at_scale.py 1000 /tmp/pages

Pages are of three layouts in turn (an archive of several posts, a blog post with comments, an article) and of the
length of real ones, 12,000 characters on average. Their words are those of `corpora.passages`; titles, days and reporters
differ from page to page. One post in ten is a copy of an earlier page's, whole or cut off. The first pages of a larger
corpus are those of a smaller one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import corpora

FIRST_DAY, DAYS = dt.date(1998, 1, 1), 9800
HEADINGS = ["Leader’s Report", "General Secretary’s Report", "Conference", "Finance", "Any other business", "Elections"]
FIRST_NAMES = "Ada Bruno Cordelia Dara Edwin Fenella Gwil Hester Idris Jola Kit Lorna Magnus Nuala Oswin Priya".split()
LAST_NAMES = (
    "Achterberg Brindle Cattermole Dunmore Eastcott Farrow Garside Hallett Ibbotson Jessop Kettle Lomax".split()
)
SHARE_OF_COPIES = 0.1


class Words:
    """An endless supply of passages, each given once."""

    def __init__(self, seed: int) -> None:
        self._seed, self._block, self._left = seed, 0, iter(())

    def take(self, n: int) -> list[str]:
        """Give the next n passages."""
        return [self._next() for _ in range(n)]

    def _next(self) -> str:
        for passage in self._left:
            return passage
        self._left = iter(corpora.passages(1 << 20, seed=self._seed + self._block))
        self._block += 1
        return self._next()


def pages(n: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of n pages."""
    rng, words = random.Random(seed), Words(seed)
    kept: list[tuple[str, list[str]]] = []
    for number in range(n):
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS))
        name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
        layout = (_archive, _blog, _article)[number % 3]
        text = layout(rng, words, day, name, kept)
        kept = kept[-50:]
        yield f"{number // 1000:04d}/{number:07d}.txt", text


def _post(rng: random.Random, words: Words, kept: list[tuple[str, list[str]]], day: dt.date) -> tuple[str, list[str]]:
    """Title and passages of a post: most are new, some are copies of one seen lately."""
    if kept and rng.random() < SHARE_OF_COPIES:
        return rng.choice(kept)
    post = f"NEC Report – {day.day} {day:%B %Y}", words.take(rng.randint(4, 14))
    kept.append(post)
    return post


def _body(rng: random.Random, passages: list[str]) -> str:
    lines = []
    for number, passage in enumerate(passages):
        if number % 4 == 2:
            lines.append(rng.choice(HEADINGS))
        lines.append(passage)
    return "\n\n".join(lines)


def _archive(rng: random.Random, words: Words, day: dt.date, name: str, kept: list[tuple[str, list[str]]]) -> str:
    parts = [f"Tag Archives: NEC reports by {name}"]
    for number in range(rng.randint(3, 7)):
        title, passages = _post(rng, words, kept, day - dt.timedelta(days=61 * number))
        cut = rng.random() < 0.4
        parts += [title, _body(rng, passages[:3] if cut else passages) + (" Continue reading" if cut else "")]
    return "\n\n".join([*parts, "« Older posts", "Proudly powered by WordPress"]) + "\n"


def _blog(rng: random.Random, words: Words, day: dt.date, name: str, kept: list[tuple[str, list[str]]]) -> str:
    title, passages = _post(rng, words, kept, day)
    told = day + dt.timedelta(days=1)
    comments = "\n\n".join(
        f"Anonymous {rng.choice(FIRST_NAMES)} said...\n\n{passage}\n\n9:39 pm, {told:%B %d, %Y}"
        for passage in words.take(3)
    )
    return (
        f"Notes by {name} on the Labour Party\n\n{told:%A, %B %d, %Y}\n\n{title}\n\n{_body(rng, passages)}\n\n"
        f"Posted by {name} at 10:47 am\n\n3 comments:\n\n{comments}\n\nPost a Comment\n\n<< Home\n"
    )


def _article(rng: random.Random, words: Words, day: dt.date, name: str, kept: list[tuple[str, list[str]]]) -> str:
    title, passages = _post(rng, words, kept, day)
    told = day + dt.timedelta(days=2)
    return f"{title}\n\nBy {name}\n\n{told:%B %d, %Y} 1:49 pm\n\nShare this Article\n\n{_body(rng, passages)}\n"


def write(n: int, folder: Path, seed: int = 1) -> int:
    """Write n pages below a folder, and give how many characters they have."""
    size = 0
    for name, text in pages(n, seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        size += len(text)
    return size


def main() -> None:
    """Write a corpus and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("n", type=int, help="number of pages")
    parser.add_argument("folder", type=Path, help="folder to write them into")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = write(options.n, options.folder, options.seed)
    print(f"{options.n} pages, {size / 1e6:.1f} million characters, {size / options.n:,.0f} a page -> {options.folder}")


if __name__ == "__main__":
    main()
