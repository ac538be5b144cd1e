"""Rows: what was told becomes the rows of the tables, some posts or some meetings at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from necdata.coding import topics
from necdata.coding.codebook import Codebook
from necdata.dating.meetings import Meeting
from necdata.pipeline.leaves import Body, Leaf
from necdata.pipeline.telling import Told
from necdata.reading import titles
from necdata.reading.kinds import KINDS
from necdata.reference import eras
from necdata.storage import store
from necdata.storage.tables import TEXT

Row = dict[str, object]
Frames = dict[str, pd.DataFrame]
Bodies = Callable[[tuple[int, int]], Body]  # of a place: number of the page, of the post on it


class Filed(NamedTuple):
    """A post with the meeting that it reports ("" for none), its body, and where its passages stand again.

    Those places are (position of the passage, page_id, line).
    """

    told: Told
    meeting_id: str
    body: Body
    again: list[tuple[int, str, int]]


def of_pages(pages: Sequence[tuple[str, str, Leaf]], told: Iterable[Told]) -> pd.DataFrame:
    """Make the table of pages, each given as (page_id, file, leaf)."""
    sites = {p: t.credits["site"][0] for t in told if "site" in t.credits for p in t.page_ids}
    return _frame("pages", [_page_row(*page, sites.get(page[0], "")) for page in pages])


def _page_row(page_id: str, file: str, page: Leaf, site: str) -> Row:
    post, comment, boilerplate = page.accounts
    return {
        "page_id": page_id, "file": file, "sha256": page.sha256, "format": page.format, "layout": page.layout,
        "site": site, "title": page.title, "n_posts": len(page.posts), "n_characters": page.characters,
        "n_post_characters": post, "n_comment_characters": comment, "n_boilerplate_characters": boilerplate,
    }  # fmt: skip


def filed(told: Told, meeting_id: str, page_ids: Sequence[str], bodies: Bodies) -> Filed:
    """Bring a post's body, and the places of its passages in the copies that were not kept."""
    body = bodies(told.copies[0])
    kept = {_opening(text): i for i, (_, text, *_) in reversed(list(enumerate(body.passages)))}
    again = [
        (position, page_ids[place[0]], line)
        for place in told.copies[1:]
        for line, text, *_ in bodies(place).passages
        if (position := kept.get(_opening(text))) is not None
    ]
    return Filed(told, meeting_id, body, again)


def _opening(text: str) -> str:
    """Give a passage's first words, by which it is found again where it is cut off later."""
    return " ".join(text.casefold().split()[:12])


def of_posts(posts: Sequence[Filed]) -> Frames:
    """Make the rows that each post has by itself: in all tables but those of pages and meetings."""
    rows: dict[str, Iterable[Row]] = {
        "posts": (_post_row(p) for p in posts),
        "sections": (row for p in posts for row in _section_rows(p)),
        "passages": (row for p in posts for row in _passage_rows(p)),
        "copies": (
            {"passage_id": f"{p.told.post_id}-p{position:03d}", "page_id": page_id, "line": line}
            for p in posts for position, page_id, line in p.again
        ),
        "codings": (row for p in posts for row in _coding_rows(p, True)),
        "mentions": (row for p in posts for row in _coding_rows(p, False)),
        "provenance": (
            {"post_id": p.told.post_id, "field": field, "value": value, "source": source}
            for p in posts for field, (value, source) in sorted(p.told.credits.items())
        ),
    }  # fmt: skip
    frames = {name: _frame(name, values) for name, values in rows.items()}
    texts = [(f"{p.told.post_id}-p{i:03d}", row[1]) for p in posts for i, row in enumerate(p.body.passages)]
    frames["text"] = pd.DataFrame(texts, columns=[c.name for c in TEXT.columns]).astype("str")
    return frames


def _post_row(post: Filed) -> Row:
    told, slip = post.told, post.told.slip
    return {
        "post_id": told.post_id, "meeting_id": post.meeting_id, "page_ids": ";".join(told.page_ids),
        "line": slip.line, "title": slip.title, "kind": told.kind, "author": told.credits.get("author", ("", ""))[0],
        "published": told.credits.get("published", (None, ""))[0], "url": told.credits.get("url", ("", ""))[0],
        "is_partial": slip.is_partial, "n_sections": slip.n_sections, "n_passages": slip.n_passages,
        "n_words": slip.n_words, "n_comments": slip.n_comments,
    }  # fmt: skip


def _section_rows(post: Filed) -> Iterator[Row]:
    words: Counter[int] = Counter()
    for *_, section, n_words in post.body.passages:
        words[section] += n_words
    for i, (line, heading) in enumerate(post.body.sections):
        yield {
            "section_id": f"{post.told.post_id}-s{i:02d}", "post_id": post.told.post_id, "position": i,
            "heading": heading, "standard_heading": titles.standing_item(heading), "line": line, "n_words": words[i],
        }  # fmt: skip


def _passage_rows(post: Filed) -> Iterator[Row]:
    told = post.told
    for i, (line, _, form, section, n_words) in enumerate(post.body.passages):
        yield {
            "passage_id": f"{told.post_id}-p{i:03d}", "post_id": told.post_id,
            "section_id": f"{told.post_id}-s{section:02d}", "meeting_id": post.meeting_id, "position": i,
            "form": form, "page_id": told.page_ids[0], "line": line, "n_words": n_words,
        }  # fmt: skip


def _coding_rows(post: Filed, about: bool) -> Iterator[Row]:
    for position, topic, n_hits, terms, is_about in post.body.codings:
        if is_about == about:
            passage_id = f"{post.told.post_id}-p{position:03d}"
            yield {"passage_id": passage_id, "topic": topic, "n_hits": n_hits, "terms": terms}


def of_meetings(
    found: Sequence[Meeting], told: Mapping[str, Told], leaders: str | Path | None, elections: str | Path | None
) -> pd.DataFrame:
    """Make the table of meetings: sums of their posts, leaders and elections joined."""
    rows: list[Row] = []
    for m in found:
        slips = [told[post_id].slip for post_id in m.post_ids]
        rows.append(
            {
                "meeting_id": m.meeting_id, "start": m.start, "end": m.end, "precision": m.precision,
                "evidence": m.evidence, "n_posts": len(slips), "n_passages": sum(s.n_passages for s in slips),
                "n_words": sum(s.n_words for s in slips), "is_partial": all(s.is_partial for s in slips),
            }
        )  # fmt: skip
    columns = ["meeting_id", "start", "end", "precision", "evidence", "n_posts", "n_passages", "n_words", "is_partial"]
    base = pd.DataFrame(rows, columns=columns)
    base[["start", "end"]] = base[["start", "end"]].apply(pd.to_datetime).astype("datetime64[us]")
    base["kind"] = pd.Categorical([m.kind for m in found], categories=list(KINDS[:-1]), ordered=True)
    placed = eras.with_elections(eras.with_eras(base, leaders), elections)
    placed["leader"] = placed["leader"].astype("str").where(placed["leader"].notna(), "")
    table = store.TABLES["meetings"]
    return store.typed(placed[[c.name for c in table.columns]], table)


def of_words(meetings: pd.DataFrame, posts: Sequence[Filed], books: Sequence[Codebook]) -> Frames:
    """Make the rows that some meetings have of what all their posts say: topics, kinds of election, word stems."""
    passages = [
        (f"{p.told.post_id}-p{i:03d}", p.meeting_id, row[-1]) for p in posts for i, row in enumerate(p.body.passages)
    ]
    told = pd.DataFrame(passages, columns=["passage_id", "meeting_id", "n_words"])
    told = told.astype({"passage_id": "str", "meeting_id": "str", "n_words": "int64"})
    codings = [(i, topic, n) for p in posts for i, topic, n, _, about in _placed(p, p.body.codings) if about]
    of_elections = [row for p in posts for row in _placed(p, p.body.elections)]
    return {
        "topics": topics.tabulate(_hits(codings), told, meetings, books[0]),
        "election_kinds": topics.tabulate(_hits(of_elections), told, meetings, books[1]),
        "terms": _terms(meetings["meeting_id"], posts),
    }


def _placed(post: Filed, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Give the passages of some rows their ids in place of their positions."""
    return ((f"{post.told.post_id}-p{position:03d}", *row) for position, *row in rows)


def _hits(rows: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["passage_id", "topic", "n_hits"])
    return frame.astype({"passage_id": "str", "topic": "str", "n_hits": "int64"})


def _terms(meeting_ids: Iterable[str], posts: Sequence[Filed]) -> pd.DataFrame:
    counts: dict[str, Counter[str]] = {m: Counter() for m in meeting_ids}
    for post in posts:
        counts[post.meeting_id].update(post.body.stems)
    return terms(counts)


def terms(counts: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """Make the table of stems: meetings as they come, the stems of each by the alphabet."""
    rows = [(m, term, n) for m, c in counts.items() for term, n in sorted(c.items())]
    return pd.DataFrame(rows, columns=["meeting_id", "term", "n"]).astype(
        {"meeting_id": "str", "term": "str", "n": "int64"}
    )


def _frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    table = store.TABLES[name]
    return store.typed(pd.DataFrame(list(rows), columns=[c.name for c in table.columns]), table)
