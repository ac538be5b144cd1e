"""Leaves: all that one page tells by itself, made once a page, on any machine, in any order.

A leaf knows neither its file's name nor the other pages; what depends on them (copies, credits, meetings) is told
afterwards. It has two parts: a light one, held of every page at once, and the bodies of its posts, which hold the
words. Both travel as JSON, so that reading a leaf can run nothing, and lie in `shelf` until the tables are written.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from necdata.coding import codebook, engine, topics
from necdata.counting.stopwords import STOPWORDS
from necdata.dating import chronology, evidence
from necdata.dating.chronology import Dating
from necdata.formats import pages
from necdata.reading import distinct, kinds, posts
from necdata.reading.distinct import Print
from necdata.reading.page import PageError
from necdata.reading.posts import Post, Reading
from necdata.reading.shared import Shingles
from necdata.storage.store import InvariantError

RENEWED = 200  # codings after which the engines are made anew, since they remember every word that they meet


class Slip(NamedTuple):
    """A post without its words: what merging and the table of posts need."""

    number: int
    line: int
    title: str
    authors: tuple[str, ...]
    published: dt.date | None
    url: str
    is_partial: bool
    n_comments: int
    n_sections: int
    n_passages: int
    n_words: int
    kind: str
    dating: Dating
    print: Print


class Leaf(NamedTuple):
    """A page without its words; `accounts` are the characters in posts, comments and boilerplate."""

    sha256: str
    format: str
    layout: str
    title: str
    owner: str
    characters: int
    accounts: tuple[int, int, int]
    notes: tuple[str, ...]
    posts: tuple[Slip, ...]


class Body(NamedTuple):
    """A post's words and what they are about, as rows.

    sections: line, heading. passages: line, text, form, section, number of words. codings: position of the passage,
    topic, number of hits, terms, whether the passage is about it. elections: position, kind, number of hits. stems:
    how often each stands in it.
    """

    sections: list[tuple[int, str]]
    passages: list[tuple[int, str, str, int, int]]
    codings: list[tuple[int, str, int, str, bool]]
    elections: list[tuple[int, str, int]]
    stems: dict[str, int]


class Written(NamedTuple):
    """A leaf as bytes: its light part, the shingles of its posts one after another, the bodies."""

    sha256: str
    light: bytes
    shingles: bytes
    bodies: bytes


class Maker:
    """Makes leaves of files; holds the engines of the codebooks that they are coded with."""

    def __init__(self, books: Sequence[codebook.Codebook]):
        self.book, self.elections = books
        self._left = 0

    def __call__(self, files: Sequence[tuple[Any, str]]) -> list[Written | str]:
        """Make the leaves of some files (path, name): bytes, or the sentence that says why one is none."""
        found: list[Written | str] = []
        readings = []
        for path, name in files:
            try:
                readings.append(read(path, name))
                found.append("")
            except PageError as error:
                found.append(str(error))
        made = iter(self.written(readings))
        return [problem or next(made) for problem in found]

    def written(self, readings: Sequence[Reading]) -> list[Written]:
        """Write leaves; the passages of all of them are coded together, which is faster than one by one."""
        bodies = iter(self._bodies([post for reading in readings for post in reading.posts]))
        found = []
        for reading in readings:
            light, shingles = leaf(reading)
            own = [next(bodies) for _ in reading.posts]
            data = zlib.compress(_json(own), 1)
            found.append(Written(light.sha256, _json(light), np.concatenate(shingles).tobytes(), data))
        return found

    def _bodies(self, printed: Sequence[Post]) -> list[Body]:
        rows = [
            (number, p.text, post.sections[p.section].heading)
            for number, post in enumerate(printed)
            for p in post.passages
        ]
        frame = pd.DataFrame(rows, columns=["post", "text", "heading"]).astype({"text": "object", "heading": "object"})
        frame["passage_id"] = range(len(frame))
        codings = self._coded(frame, self.book, topics.RULE)
        of_elections = self._coded(frame, self.elections, topics.ANY_HIT)
        at, bodies = 0, []
        for post in printed:
            span = range(at, at + len(post.passages))
            at = span.stop
            coded = [(i - span.start, *row) for i in span for row in codings.get(i, ())]
            told = [
                (i - span.start, topic, n) for i in span for topic, n, _, about in of_elections.get(i, ()) if about
            ]  # fmt: skip
            bodies.append(_body(post, coded, told))
        return bodies

    def _coded(
        self, passages: pd.DataFrame, book: codebook.Codebook, rule: topics.Rule
    ) -> dict[int, list[tuple[str, int, str, bool]]]:
        found: dict[int, list[tuple[str, int, str, bool]]] = {}
        weighed = topics.weigh(passages, book, rule, self._engine(book))
        for i, topic, n, terms, weight in weighed.itertuples(index=False, name=None):
            found.setdefault(int(i), []).append((topic, n, terms, weight >= 1))
        return found

    def _engine(self, book: codebook.Codebook) -> engine.Engine:
        if self._left <= 0:
            self._engines = {b.name: engine.compile(b) for b in (self.book, self.elections)}
            self._left = RENEWED
        self._left -= 1
        return self._engines[book.name]


def read(path: Path, name: str) -> Reading:
    """Read one file's posts; raises PageError, one sentence, for what is no page or has no post."""
    reading = posts.read(pages.read(path, name))
    if not reading.posts:
        raise PageError(name, "has no post in it that necdata can find; save the page that holds the report")
    return reading


def leaf(reading: Reading) -> tuple[Leaf, list[Shingles]]:
    """Take the light part of a page's leaf, and the shingles of each of its posts."""
    page, counts = reading.page, reading.accounts()
    header = next((s.piece.text for s in reading.spans if s.role == "archive header"), "")
    outside = page.characters - counts.total()  # mark-up; a text page has none
    if outside < 0 or (outside and page.format == "text"):
        raise InvariantError(
            f"{page.file}: its accounts hold {counts.total():,} of {page.characters:,} characters; "
            "this is a fault of necdata, please report it"
        )
    accounts = counts["post"], counts["comment"], counts["boilerplate"] + outside
    sorts = [kinds.kind(post)[0] for post in reading.posts]
    taken = [distinct.fingerprint(post) for post in reading.posts]
    slips = tuple(
        Slip(
            p.number, p.line, p.title, p.authors, p.published, p.url, p.is_partial, p.n_comments, len(p.sections),
            len(p.passages), sum(posts.count_words(passage.text) for passage in p.passages), kind, dating, own,
        )
        for p, kind, dating, (own, _) in zip(reading.posts, sorts, dated(reading, sorts), taken, strict=True)
    )  # fmt: skip
    light = Leaf(
        page.sha256, page.format, reading.layout, header or reading.posts[0].title, reading.owner, page.characters,
        accounts, page.notes, slips,
    )  # fmt: skip
    return light, [shingles for _, shingles in taken]


def dated(reading: Reading, sorts: Sequence[str]) -> list[Dating]:
    """Date the posts of a page by its order; `sorts` are their kinds, and only reports are dated."""
    reports = [sort != "not_a_report" for sort in sorts]
    options = [
        evidence.candidates(p, kind=sort) if is_report else []
        for p, sort, is_report in zip(reading.posts, sorts, reports, strict=True)
    ]
    return chronology.settle(options, [p.published for p in reading.posts], reports)


def _body(post: Post, coded: list[Any], told: list[Any]) -> Body:
    stems = sum((stem_counts(p.text) for p in post.passages), Counter[str]())
    return Body(
        [(s.line, s.heading) for s in post.sections],
        [(p.line, p.text, p.form, p.section, posts.count_words(p.text)) for p in post.passages],
        coded, told, dict(sorted(stems.items())),
    )  # fmt: skip


def stem_counts(text: str) -> Counter[str]:
    """Count a text's word stems, function words and numbers left out.

    >>> stem_counts("The growers’ marrows, and the grower’s 44 by-elections")["grower"]
    2
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"[’']s\b", "", text.casefold()))
    return Counter(_stem(word) for word in words if len(word) > 1 and word not in STOPWORDS)


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    from nltk.stem.snowball import SnowballStemmer

    stem: Callable[[str], str] = SnowballStemmer("english").stem
    return stem


@lru_cache(maxsize=1 << 17)
def _stem(word: str) -> str:
    return _stemmer()(word)


def _json(value: Any) -> bytes:
    """Write JSON; a lone surrogate, which no UTF-8 has, is kept as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode("utf-8", "surrogatepass")


def light_of(data: bytes) -> Leaf:
    """Read the light part of a leaf again; words that many leaves have are held once."""
    *fields, accounts, notes, slips = json.loads(data.decode("utf-8", "surrogatepass"))
    fields = [intern(field) if isinstance(field, str) else field for field in fields]
    return Leaf._make([*fields, tuple(accounts), tuple(notes), tuple(_slip(*slip) for slip in slips)])


def _slip(
    number: int, line: int, title: str, authors: list[str], published: str | None, url: str, *rest: Any
) -> Slip:  # fmt: skip
    *counts, kind, (start, end, precision, told, cost), (_, fullness, *prints) = rest
    dating = Dating(_day(start), _day(end), intern(precision), intern(told), cost)
    taken = Print(title, tuple(fullness), *prints)
    names = tuple(map(intern, authors))
    return Slip._make([number, line, title, names, _day(published), intern(url), *counts, intern(kind), dating, taken])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def shingles_of(light: Leaf, data: bytes) -> list[Shingles]:
    """Read the shingles of a leaf's posts again."""
    sizes = [slip.print.n_shingles for slip in light.posts]
    return np.split(np.frombuffer(data, np.uint64), np.cumsum(sizes)[:-1])


def bodies_of(data: bytes) -> list[Body]:
    """Read the bodies of a leaf's posts again."""
    return [Body(*body) for body in json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))]
