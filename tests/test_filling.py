"""Large corpora: tables checked and written part by part are those written at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, save

import necdata
from necdata import pipeline
from necdata.pipeline import building, rows
from necdata.pipeline.rows import Frames
from necdata.storage import store
from necdata.storage.filling import Filling
from necdata.storage.store import InvariantError
from necdata.storage.tables import TABLES


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Pages of several layouts, with copies of posts."""
    for name, text in {"archive.txt": ARCHIVE, "blogspot.txt": BLOGSPOT, "labourlist.txt": LABOURLIST}.items():
        save(tmp_path / "raw", name, text)
    save(tmp_path / "raw", "again.txt", ARCHIVE.replace("Allotments", "Ladders"))
    for i in range(1, 6):
        save(
            tmp_path / "raw", f"report{i}.txt", REPORT.replace("3 July", f"{i} July").replace("drought", f"{i} floods")
        )
    return tmp_path / "raw"


@pytest.fixture(params=[(1, 1), (2, 3), (5, 2), (1000, 1000)], ids=str)
def in_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Tables written part by part, parts of several sizes."""
    monkeypatch.setattr(building, "HELD", 0)
    monkeypatch.setattr(building, "POSTS_AT_ONCE", request.param[0])
    monkeypatch.setattr(building, "MEETINGS_AT_ONCE", request.param[1])
    return tuple(request.param)


def tables(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every table."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def at_once(raw: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Write the tables of the same pages at once, elsewhere."""
    monkeypatch.setattr(building, "HELD", 10**9)
    pipeline.build(raw, raw.parent / "whole")
    return tables(raw.parent / "whole")


def test_parts_make_the_same_bytes(raw: Path, in_parts: tuple[int, int], monkeypatch: pytest.MonkeyPatch):
    """Whatever the size of the parts; the frames are read when they are asked for."""
    built = pipeline.build(raw, raw.parent / "out")
    assert built.text is None and dict(built.sizes) == {name: len(built.frames[name]) for name in TABLES}
    assert set(built.frames) == set(TABLES) and len(built.frames) == len(TABLES)
    with pytest.raises(KeyError):
        built.frames["marrows"]
    assert len(necdata.load(raw.parent / "out").text) == built.sizes["passages"]
    assert tables(raw.parent / "out") == at_once(raw, monkeypatch)


def test_pages_without_a_report_make_the_same_bytes(
    tmp_path: Path, in_parts: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    """Tables without rows have their columns."""
    text = "How to grow marrows\n\nMarrows want sun, patience and a good deal of water, in that order.\n"
    save(tmp_path / "raw", "marrows.txt", text)
    pipeline.build(tmp_path / "raw", tmp_path / "out")
    assert tables(tmp_path / "out") == at_once(tmp_path / "raw", monkeypatch)


FAULTS = [
    ("posts", "n_words", 99, "n_words is not that of its passages"),
    ("posts", "meeting_id", "2001-01-01", "meeting_id is not in meetings.meeting_id"),
    ("passages", "page_id", "0badcafe", "page_id is not in pages.page_id"),
    ("codings", "passage_id", "nowhere", "passage_id is not in passages.passage_id"),
    ("topics", "n_passages", 999, "has more passages than its meeting"),
    ("terms", "meeting_id", "2001-01-01", "meeting_id is not in meetings.meeting_id"),
    ("terms", "n", 0, "n is below 1"),
]


@pytest.mark.parametrize(("table", "column", "value", "problem"), FAULTS)
def test_a_fault_in_the_last_part_stops_the_build(
    raw: Path, monkeypatch: pytest.MonkeyPatch, table: str, column: str, value: object, problem: str
):
    """What was there is there, and nothing lies beside it."""
    pipeline.build(raw, raw.parent / "out")
    before = tables(raw.parent / "out")
    monkeypatch.setattr(building, "HELD", 0)
    monkeypatch.setattr(building, "POSTS_AT_ONCE", 4)
    maker = "of_posts" if table in ("posts", "passages", "codings") else "of_words"
    really, made = getattr(rows, maker), []

    def wrong(*arguments: object) -> Frames:
        frames: Frames = really(*arguments)
        made.append(1)
        if len(made) == (2 if maker == "of_posts" else 1):
            frames[table].loc[frames[table].index[-1], column] = value
        return frames

    monkeypatch.setattr(rows, maker, wrong)
    with pytest.raises(InvariantError, match=f"^{table}: .*{problem}"):
        pipeline.build(raw, raw.parent / "out")
    assert tables(raw.parent / "out") == before
    assert {p.name for p in raw.parent.iterdir()} == {"raw", "out"}


def test_sums_of_meetings_are_checked_over_all_parts(raw: Path, monkeypatch: pytest.MonkeyPatch):
    """A post lost between two parts is missed by its meeting."""
    monkeypatch.setattr(building, "HELD", 0)
    monkeypatch.setattr(building, "POSTS_AT_ONCE", 4)
    really = building._of_posts

    def without_the_first(plan: building.Plan) -> Iterator[Frames]:
        parts = really(plan)
        next(parts)
        yield {name: TABLES_EMPTY[name] for name in TABLES_EMPTY}
        yield from parts

    columns = {
        name: [c.name for c in TABLES[name].columns]
        for name in ("posts", "sections", "passages", "copies", "codings", "mentions", "provenance")
    }
    empty = {name: store.typed(pd.DataFrame(columns=columns[name]), TABLES[name]) for name in columns}
    TABLES_EMPTY = {**empty, "text": pd.DataFrame({"passage_id": [], "text": []}).astype("str")}
    monkeypatch.setattr(building, "_of_posts", without_the_first)
    with pytest.raises(InvariantError, match="^meetings: .* n_words is not that of its posts"):
        pipeline.build(raw, raw.parent / "out")


WORDS = [["a", "b"], ["a\rb", "c"], ["a", "b\r"], ['a,"b"', "c\rd\ne"], ["", "\r"]]


@pytest.mark.parametrize("words", WORDS)
def test_a_carriage_return_in_any_part_quotes_the_whole_table(tmp_path: Path, words: list[str]):
    """As it does where the table is written at once."""
    frame = pd.DataFrame({"passage_id": ["1", "2"], "text": words}).astype("str")
    store._write_table(frame, store.TEXT, tmp_path / "whole.csv")
    filling = Filling(tmp_path)
    for i in range(2):
        filling.add({"text": frame.iloc[i : i + 1]})
    assert (tmp_path / "text.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_carriage_return_quotes_dates_numbers_and_empty_cells_too(tmp_path: Path):
    """The cells that were there are written as they would have been."""
    frame = store.typed(
        pd.DataFrame(
            {"meeting_id": ["a", "b"], "topic": ["x", "y\r"], "n_passages": [0, 2], "n_hits": [0, 3],
             "share_of_passages": [None, 0.25], "per_1000_words": [1 / 3, None]}
        ), TABLES["topics"],
    )  # fmt: skip
    store._write_table(frame, TABLES["topics"], tmp_path / "whole.csv")
    filling = Filling(tmp_path)
    for i in range(2):
        filling.add({"topics": frame.iloc[i : i + 1]})
    assert (tmp_path / "topics.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert b'""' in (tmp_path / "topics.csv").read_bytes()


def test_pages_whose_ids_begin_alike_get_longer_ones(raw: Path, monkeypatch: pytest.MonkeyPatch):
    """Of some ten thousand pages two share eight digits; their posts and passages stay apart."""
    monkeypatch.setattr(pipeline.telling, "SHORT", 1)
    built = pipeline.build(raw, raw.parent / "out")
    pages = built.frames["pages"]
    assert pages["page_id"].is_unique and set(pages["page_id"].str.len()) <= {1, 16}
    assert 16 in set(pages["page_id"].str.len())
    alike = pages["sha256"].str[:1].duplicated(keep=False)
    assert pages.loc[alike, "page_id"].str.len().eq(16).all()
