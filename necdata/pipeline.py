"""The build: a folder of pages becomes a folder of tables."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from necdata import catalogue
from necdata.catalogue import Catalogue, Source
from necdata.coding import codebook, topics
from necdata.counting.stopwords import STOPWORDS
from necdata.dating import chronology, evidence, meetings
from necdata.dating.chronology import Dating
from necdata.formats import pages
from necdata.reading import distinct, kinds, posts, titles
from necdata.reading.kinds import KINDS
from necdata.reading.page import PageError
from necdata.reading.posts import Post, Reading
from necdata.reference import eras
from necdata.storage import invariants, store  # fmt: skip

Progress = Callable[[Iterable[Path]], Iterable[Path]]


class Built(NamedTuple):
    """What a build did: the tables, their text, the files skipped (one sentence each), and what was repaired."""

    frames: dict[str, pd.DataFrame]
    text: pd.DataFrame
    skipped: list[str]
    notes: list[str]
    codebooks: list[codebook.Codebook]


class Copy(NamedTuple):
    """A passage of a copy that was not kept: which passage of the kept one it is, and where it stands."""

    position: int
    page_id: str
    line: int


class Told(NamedTuple):
    """A distinct post with all that is known of it: its copies' pages, its kind, its date, who says what."""

    post_id: str
    post: Post
    page_ids: tuple[str, ...]
    kind: str
    dating: Dating
    source: Source
    credits: dict[str, tuple[str, str]]
    copies: tuple[Copy, ...] = ()


def build(
    raw: str | Path = "raw",
    processed: str | Path = "processed",
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read every page in a folder and write the tables into another, as a whole or not at all.

    A file that cannot be read is skipped and named in `skipped`; the rest is built. `codes`, `leaders` and
    `elections` are files of the user's own in place of the shipped ones. Raises PageError where no page can be read,
    InvariantError where the tables break their own rules, StoreError where they cannot be written.
    """
    built = tabulate(Path(raw), codes, leaders, elections, progress)
    store.write(built.frames, Path(processed), built.text, built.codebooks)
    return built


def tabulate(
    raw: Path,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Make the tables of a folder of pages without writing them."""
    book = codebook.load(codes)
    readings, skipped = read_all(raw, progress)
    if not readings:
        why = f"; {skipped[0]}" if skipped else ""
        raise PageError(raw, f"holds no page that can be read{why}; add pages with `necdata add FILE...`")
    told = tell(readings, catalogue.load(raw))
    found = meetings.merge([_report(t) for t in told if t.kind != "not_a_report"])
    frames, text = _frames(readings, told, found)
    frames["meetings"] = _placed(frames["meetings"], leaders, elections)
    kinds_book = codebook.load("election_kinds")
    frames.update(_coded(frames, text, book, kinds_book))
    invariants.check(frames)
    notes = [f"{r.page.file}: {note}" for r in readings for note in r.page.notes]
    return Built(frames, text, skipped, notes, [book, kinds_book])


def read_all(raw: Path, progress: Progress | None = None) -> tuple[list[Reading], list[str]]:
    """Read every page of a folder: the readings, and one sentence for each file that was skipped."""
    readings: dict[str, Reading] = {}
    skipped: list[str] = []
    files = pages.files(raw)
    for path in progress(files) if progress else files:
        name = os.fsencode(path.relative_to(raw).as_posix()).decode("utf-8", "backslashreplace")
        try:
            reading = posts.read(pages.read(path, name))
            if not reading.posts:
                raise PageError(name, "has no post in it that necdata can find; save the page that holds the report")
        except PageError as error:
            skipped.append(str(error))
            continue
        twin = readings.get(reading.page.page_id)
        if twin is not None:
            skipped.append(f"{name}: is the same, byte for byte, as {twin.page.file}; delete one of them")
            continue
        readings[reading.page.page_id] = reading
    return list(readings.values()), skipped


def tell(readings: list[Reading], known: Catalogue) -> list[Told]:
    """Date every post by its page's order, merge copies, and say who wrote each: in page order."""
    sources = {r.page.page_id: known.of(r.page.sha256) for r in readings}
    printed: list[Post] = [p for r in readings for p in r.posts]
    sorts = [kinds.kind(p)[0] for p in printed]
    datings: list[Dating] = []
    at = 0
    for reading in readings:
        n = len(reading.posts)
        datings += _dated(reading, sorts[at : at + n])
        at += n
    owners = {r.page.page_id: r.owner for r in readings}
    return [_told(g, printed, sorts, datings, sources, owners) for g in distinct.groups(printed)]


def _dated(reading: Reading, sorts: list[str]) -> list[Dating]:
    reports = [sort != "not_a_report" for sort in sorts]
    options = [
        evidence.candidates(p, kind=sort) if is_report else []
        for p, sort, is_report in zip(reading.posts, sorts, reports, strict=True)
    ]
    return chronology.settle(options, [p.published for p in reading.posts], reports)


def _told(
    group: list[int], printed: list[Post], sorts: list[str], datings: list[Dating],
    sources: dict[str, Source], owners: dict[str, str],
) -> Told:  # fmt: skip
    """Make one post of its copies: the fullest one's text, the best of what all of them tell."""
    post = printed[group[0]]
    copies = [printed[i] for i in group]
    page_ids = tuple(dict.fromkeys(p.page_id for p in copies))
    kind = next((sorts[i] for i in group if sorts[i] != "not_a_report"), "not_a_report")
    source = next((s for p in page_ids if (s := sources[p]).url or s.author), sources[post.page_id])
    credits = _credits(copies, page_ids, sources, owners)
    dating = _best([datings[i] for i in group]) if kind != "not_a_report" else chronology.UNKNOWN
    post_id = f"{post.page_id}-{post.number + 1:02d}"
    return Told(post_id, post, page_ids, kind, dating, source, credits, tuple(_copied(copies)))


def _copied(copies: list[Post]) -> Iterator[Copy]:
    """Find the passages of the kept copy again in the others, by their first words: (they may be cut off later)."""
    kept = {_opening(p.text): i for i, p in reversed(list(enumerate(copies[0].passages)))}
    for copy in copies[1:]:
        for passage in copy.passages:
            if (position := kept.get(_opening(passage.text))) is not None:
                yield Copy(position, copy.page_id, passage.line)


def _opening(text: str) -> str:
    return " ".join(text.casefold().split()[:12])


def _credits(
    copies: list[Post], page_ids: tuple[str, ...], sources: dict[str, Source], owners: dict[str, str]
) -> dict[str, tuple[str, str]]:
    """Say who wrote a post, where and when, each with who tells it: the user, the page, the catalogue, its header."""
    found: dict[str, tuple[str, str]] = {}
    named = [p.authors for p in copies if p.authors]
    written = next((a for a in named if all(" " in name for name in a)), ())
    first_name = next(iter(named), ())  # "posted by Jo": better than nobody, worse than what the header says
    known = [sources[p] for p in page_ids]
    user = next((s.author for s in known if s.author and s.said_by == "user"), "")
    listed = next((s.author for s in known if s.author), "")
    header = next((owners[p] for p in page_ids if owners[p]), "")
    for value, who in (
        (user, "user"), ("; ".join(written), "page"), (listed, "catalogue"), (header, "page header"),
        ("; ".join(first_name), "page"),
    ):  # fmt: skip
        if value and "author" not in found:
            found["author"] = (value, who)
    if published := next((p.published for p in copies if p.published), None):
        found["published"] = (str(published), "page")
    if own := next((p.url for p in copies if p.url), ""):
        found["url"] = (own, "page")
    for source in known:
        for field in ("site", "url"):
            if getattr(source, field) and field not in found:
                found[field] = (getattr(source, field), source.said_by or "catalogue")
    return found


def _best(datings: list[Dating]) -> Dating:
    """Take the best-known date of a post's copies: the most exact, then the cheapest, then the narrowest span."""
    exactness = ("day", "range", "month", "between", "year", "unknown")
    return min(
        datings,
        key=lambda d: (exactness.index(d.precision), d.cost, (d.end - d.start).days if d.start and d.end else 0),
    )


def _report(told: Told) -> meetings.Report:
    authors = tuple(filter(None, told.credits.get("author", ("", ""))[0].split("; ")))
    return meetings.Report(told.post_id, told.kind, told.dating, authors)


def _frames(
    readings: list[Reading], told: list[Told], found: list[meetings.Meeting]
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    of = {post_id: m.meeting_id for m in found for post_id in m.post_ids}
    sites = {p: t.credits["site"][0] for t in told if "site" in t.credits for p in t.page_ids}
    rows: dict[str, list[dict[str, object]]] = {
        "pages": [_page_row(r, sites.get(r.page.page_id, "")) for r in readings],
        "posts": [_post_row(t, of.get(t.post_id, "")) for t in told],
        "sections": [row for t in told for row in _section_rows(t)],
        "passages": [row for t in told for row in _passage_rows(t, of.get(t.post_id, ""))],
        "copies": [
            {"passage_id": f"{t.post_id}-p{c.position:03d}", "page_id": c.page_id, "line": c.line}
            for t in told for c in t.copies
        ],
        "provenance": [
            {"post_id": t.post_id, "field": field, "value": value, "source": source}
            for t in told for field, (value, source) in sorted(t.credits.items())
        ],
    }  # fmt: skip
    frames = {name: _frame(name, values) for name, values in rows.items()}
    frames["meetings"] = _meeting_frame(found, frames["posts"])
    texts = [(f"{t.post_id}-p{i:03d}", p.text) for t in told for i, p in enumerate(t.post.passages)]
    return frames, pd.DataFrame(texts, columns=["passage_id", "text"]).astype("str")


def _frame(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    table = store.TABLES[name]
    return store.typed(pd.DataFrame(rows, columns=[c.name for c in table.columns]), table)


def _page_row(reading: Reading, site: str) -> dict[str, object]:
    page, counts = reading.page, reading.accounts()
    header = next((s.piece.text for s in reading.spans if s.role == "archive header"), "")
    return {
        "page_id": page.page_id, "file": page.file, "sha256": page.sha256, "format": page.format,
        "layout": reading.layout, "site": site, "title": header or reading.posts[0].title,
        "n_posts": len(reading.posts), "n_characters": page.characters, "n_post_characters": counts["post"],
        "n_comment_characters": counts["comment"],
        "n_boilerplate_characters": counts["boilerplate"] + page.characters - counts.total(),
    }  # fmt: skip


def _post_row(told: Told, meeting_id: str) -> dict[str, object]:
    post = told.post
    return {
        "post_id": told.post_id, "meeting_id": meeting_id, "page_ids": ";".join(told.page_ids), "line": post.line,
        "title": post.title, "kind": told.kind, "author": told.credits.get("author", ("", ""))[0],
        "published": told.credits.get("published", (None, ""))[0], "url": told.credits.get("url", ("", ""))[0],
        "is_partial": post.is_partial, "n_sections": len(post.sections), "n_passages": len(post.passages),
        "n_words": sum(posts.count_words(p.text) for p in post.passages), "n_comments": post.n_comments,
    }  # fmt: skip


def _section_rows(told: Told) -> Iterator[dict[str, object]]:
    words: Counter[int] = Counter()
    for passage in told.post.passages:
        words[passage.section] += posts.count_words(passage.text)
    for i, section in enumerate(told.post.sections):
        yield {
            "section_id": f"{told.post_id}-s{i:02d}", "post_id": told.post_id, "position": i,
            "heading": section.heading, "standard_heading": titles.standing_item(section.heading),
            "line": section.line, "n_words": words[i],
        }  # fmt: skip


def _passage_rows(told: Told, meeting_id: str) -> Iterator[dict[str, object]]:
    for i, passage in enumerate(told.post.passages):
        yield {
            "passage_id": f"{told.post_id}-p{i:03d}", "post_id": told.post_id,
            "section_id": f"{told.post_id}-s{passage.section:02d}", "meeting_id": meeting_id, "position": i,
            "form": passage.form, "page_id": told.post.page_id, "line": passage.line,
            "n_words": posts.count_words(passage.text),
        }  # fmt: skip


def _meeting_frame(found: list[meetings.Meeting], of_posts: pd.DataFrame) -> pd.DataFrame:
    told = of_posts[of_posts["meeting_id"].ne("")].groupby("meeting_id")
    sums = told.agg(
        n_posts=("post_id", "size"),
        n_passages=("n_passages", "sum"),
        n_words=("n_words", "sum"),
        is_partial=("is_partial", "all"),
    )
    base = pd.DataFrame(
        [(m.meeting_id, m.kind, m.start, m.end, m.precision, m.evidence) for m in found],
        columns=["meeting_id", "kind", "start", "end", "precision", "evidence"],
    )
    base[["start", "end"]] = base[["start", "end"]].apply(pd.to_datetime).astype("datetime64[us]")
    base["kind"] = pd.Categorical(base["kind"], categories=list(KINDS[:-1]), ordered=True)
    return base.join(sums, on="meeting_id")


def _placed(base: pd.DataFrame, leaders: str | Path | None, elections: str | Path | None) -> pd.DataFrame:
    """Join leaders and elections, and put the columns in the order of the schema."""
    placed = eras.with_elections(eras.with_eras(base, leaders), elections)
    placed["leader"] = placed["leader"].astype("str").where(placed["leader"].notna(), "")
    table = store.TABLES["meetings"]
    return store.typed(placed[[c.name for c in table.columns]], table)


def _coded(
    frames: dict[str, pd.DataFrame], text: pd.DataFrame, book: codebook.Codebook, kinds_book: codebook.Codebook
) -> dict[str, pd.DataFrame]:
    passages = frames["passages"].merge(frames["sections"][["section_id", "heading"]], on="section_id", how="left")
    passages = passages.merge(text, on="passage_id")
    codings, mentions = topics.code(passages, book)
    of_elections, _ = topics.code(passages, kinds_book, topics.ANY_HIT)
    told = frames["passages"][frames["passages"]["meeting_id"].ne("")]
    return {
        "codings": codings, "mentions": mentions,
        "topics": topics.tabulate(codings, told, frames["meetings"], book),
        "election_kinds": topics.tabulate(of_elections, told, frames["meetings"], kinds_book),
        "terms": stems(passages, frames["meetings"]),
    }  # fmt: skip


def stems(passages: pd.DataFrame, of_meetings: pd.DataFrame) -> pd.DataFrame:
    """Count word stems by meeting (Snowball's English stemmer), function words and numbers left out."""
    from nltk.stem.snowball import SnowballStemmer

    stemmer = SnowballStemmer("english")
    known: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {m: Counter() for m in of_meetings["meeting_id"]}
    for meeting_id, text in zip(passages["meeting_id"], passages["text"], strict=True):
        if not meeting_id:
            continue
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"[’']s\b", "", text.casefold()))
        for word in words:
            if len(word) > 1 and word not in STOPWORDS:
                known.setdefault(word, "") or known.update({word: stemmer.stem(word)})
                counts[meeting_id][known[word]] += 1
    rows = [(m, term, n) for m, c in counts.items() for term, n in sorted(c.items())]
    return pd.DataFrame(rows, columns=["meeting_id", "term", "n"]).astype(
        {"meeting_id": "str", "term": "str", "n": "int64"}
    )
