"""The build: a folder of pages becomes a folder of tables."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from necdata import catalogue
from necdata.coding import codebook
from necdata.coding.codebook import Codebook
from necdata.dating import meetings
from necdata.dating.meetings import Meeting
from necdata.formats import pages
from necdata.pipeline import rows, telling, workers
from necdata.pipeline.gathering import Gathered, Opened, Progress, gather
from necdata.pipeline.rows import Frames
from necdata.pipeline.shelf import Shelf, beside, digest
from necdata.pipeline.telling import Told
from necdata.reading.page import PageError
from necdata.storage import filling, invariants, store

HELD = 2000  # posts up to which the tables are made in memory and handed back; more are written part by part
POSTS_AT_ONCE, MEETINGS_AT_ONCE = 1000, 250


class Built(NamedTuple):
    """What a build did: the tables, their text, the files skipped (one sentence each), and what was repaired.

    Of a large corpus `frames` reads each table off the folder when it is asked for, and `text` is None.
    """

    frames: Mapping[str, pd.DataFrame]
    text: pd.DataFrame | None
    skipped: list[str]
    notes: list[str]
    codebooks: list[Codebook]
    sizes: dict[str, int]


class Plan(NamedTuple):
    """All that is known before the words are looked at again: pages, posts, meetings, and who reports which."""

    gathered: Gathered
    opened: Opened
    page_ids: list[str]
    told: list[Told]
    found: list[Meeting]
    books: list[Codebook]
    pages: pd.DataFrame
    meetings: pd.DataFrame


def build(
    raw: str | Path = "raw",
    processed: str | Path = "processed",
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
    cache: bool | None = None,
) -> Built:
    """Read every page in a folder and write the tables into another, as a whole or not at all.

    A file that cannot be read is skipped and named in `skipped`; the rest is built. `codes`, `leaders` and
    `elections` are files of the user's own in place of the shipped ones. `jobs` processes read the pages, as many as
    there are cores where None; the tables are the same with any number. `cache` keeps what was read of each page in
    `.processed-cache/` for the next build (None: of 50 pages or more). Raises PageError where no page can be
    read, InvariantError where the tables break their own rules, StoreError where they cannot be written, WorkerError
    where a process died.
    """
    folder = Path(processed)
    keeps = len(pages.files(Path(raw))) >= workers.FEW if cache is None else cache
    with planned(Path(raw), codes, leaders, elections, progress, jobs, beside(folder) if keeps else None) as plan:
        if len(plan.told) <= HELD:
            built = _held(plan)
            store.write(built.frames, folder, built.text, built.codebooks)
            return built
        with store.replacing(folder) as new:
            sizes = _written(plan, new, progress)
        return Built(store.Tables(folder), None, plan.gathered.skipped, _notes(plan), plan.books, sizes)


def tabulate(
    raw: Path,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Built:
    """Make the tables of a folder of pages in memory, without writing them."""
    with planned(raw, codes, leaders, elections, progress, jobs) as plan:
        return _held(plan)


@contextlib.contextmanager
def planned(
    raw: Path,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
    cache: Path | None = None,
) -> Iterator[Plan]:
    """Read all pages and tell posts and meetings; what the tables still need of them lies on the plan's shelf."""
    books = [codebook.load(codes), codebook.load("election_kinds")]
    shelf = Shelf(cache, digest(books))
    try:
        gathered = gather(raw, books, shelf, jobs, progress)
        if not gathered.pages:
            why = f"; {gathered.skipped[0]}" if gathered.skipped else ""
            raise PageError(raw, f"holds no page that can be read{why}; add pages with `necdata add FILE...`")
        opened = Opened(gathered, books, shelf)
        told = telling.told(gathered.pages, opened.shingles(), catalogue.load(raw))
        found = meetings.merge([telling.report(t) for t in told if t.kind != "not_a_report"])
        ids = telling.page_ids(gathered.pages)
        named = [(i, name, leaf) for i, (_, name), leaf in zip(ids, gathered.files, gathered.pages, strict=True)]
        of_meetings = rows.of_meetings(found, {t.post_id: t for t in told}, leaders, elections)
        yield Plan(gathered, opened, ids, told, found, books, rows.of_pages(named, told), of_meetings)
        shelf.keep()
    finally:
        shelf.close()


def _notes(plan: Plan) -> list[str]:
    named = zip(plan.gathered.files, plan.gathered.pages, strict=True)
    return [f"{name}: {note}" for (_, name), leaf in named for note in leaf.notes]


def _held(plan: Plan) -> Built:
    """Make all tables in memory."""
    parts = [*_of_posts(plan), *_of_meetings(plan)]
    frames = {"pages": plan.pages, "meetings": plan.meetings}
    for name in dict.fromkeys(name for part in parts for name in part):
        found = [part[name] for part in parts if name in part]
        frames[name] = pd.concat(found, ignore_index=True) if len(found) > 1 else found[0]
    text = frames.pop("text")
    invariants.check(frames)
    sizes = {name: len(frame) for name, frame in frames.items()}
    return Built(frames, text, plan.gathered.skipped, _notes(plan), plan.books, sizes)


def _written(plan: Plan, new: Path, progress: Progress | None) -> dict[str, int]:
    """Write all tables part by part, each part checked first: how many rows each has."""
    page, meeting = ({key: i for i, key in enumerate(keys)} for keys in (plan.page_ids, plan.meetings["meeting_id"]))
    tables = filling.Filling(new)
    invariants.check({"pages": plan.pages, "meetings": plan.meetings})
    tables.add({"pages": plan.pages, "meetings": plan.meetings})
    sums = invariants.Sums()
    parts = _of_posts(plan), _of_meetings(plan)
    shown = progress(range(_n_parts(plan)), "writing") if progress else range(_n_parts(plan))
    for _, part in zip(shown, (part for each in parts for part in each), strict=True):
        own = {name: frame for name, frame in part.items() if name != "text"}
        known = invariants.known(own, plan.pages, page, plan.meetings, meeting)
        invariants.check_part(own, known)
        sums.add(own)
        tables.add(part)
    sums.check(plan.meetings)
    return tables.finish(plan.pages, plan.books)


def _n_parts(plan: Plan) -> int:
    return len(_starts(plan.told, POSTS_AT_ONCE)) + len(_starts(plan.found, MEETINGS_AT_ONCE))


def _starts(items: Sequence[object], step: int) -> range:
    return range(0, max(len(items), 1), step)  # no rows at all are a part too: tables without rows have columns


def _of_posts(plan: Plan) -> Iterator[Frames]:
    of = {post_id: m.meeting_id for m in plan.found for post_id in m.post_ids}
    for i in _starts(plan.told, POSTS_AT_ONCE):
        yield rows.of_posts(
            [
                rows.filed(t, of.get(t.post_id, ""), plan.page_ids, plan.opened.body)
                for t in plan.told[i : i + POSTS_AT_ONCE]
            ]
        )


def _of_meetings(plan: Plan) -> Iterator[Frames]:
    told = {t.post_id: t for t in plan.told}
    for i in _starts(plan.found, MEETINGS_AT_ONCE):
        some = plan.found[i : i + MEETINGS_AT_ONCE]
        posts = [
            rows.Filed(told[post_id], m.meeting_id, plan.opened.body(told[post_id].copies[0]), [])
            for m in some
            for post_id in m.post_ids
        ]
        yield rows.of_words(plan.meetings.iloc[i : i + MEETINGS_AT_ONCE], posts, plan.books)
