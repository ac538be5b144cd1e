"""The store: typed frames in and out of plain CSVs, a folder replaced as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from written import ARCHIVE, LABOURLIST, save

from necdata.pipeline import Built, tabulate
from necdata.storage import store
from necdata.storage.store import StoreError
from necdata.storage.tables import TABLES, TEXT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tables of two pages written for the tests."""
    raw = tmp_path_factory.mktemp("raw")
    save(raw, "archive.txt", ARCHIVE)
    save(raw, "labourlist.txt", LABOURLIST)
    return tabulate(raw)


def written(built: Built, folder: Path) -> Path:
    """Write the tables into a folder."""
    store.write(built.frames, folder, built.text, built.codebooks)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file below a folder, hidden ones included."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_tables_come_back_as_they_went_in(built: Built, tmp_path: Path):
    """Every frame with its types: dates, categories in order, booleans, empty integers."""
    folder = written(built, tmp_path / "out")
    for name in TABLES:
        assert_frame_equal(store.read(folder, name), built.frames[name], check_index_type=False)
    assert_frame_equal(store.read(folder, "text"), store.typed(built.text, TEXT))


def test_types_are_those_of_the_schema(built: Built, tmp_path: Path):
    """Microseconds, ordered kinds, booleans, str: what notebooks rely on."""
    folder = written(built, tmp_path / "out")
    meetings = store.read(folder, "meetings")
    assert meetings["start"].dtype == "datetime64[us]" and meetings["is_partial"].dtype == bool
    assert meetings["kind"].cat.ordered and meetings["meeting_id"].dtype == "str"
    assert meetings["days_to_election"].dtype == "Int64" and meetings["n_words"].dtype == "int64"


@pytest.mark.parametrize(
    "word", ["NA", "None", "null", "nan", "N/A", "true", "1e5", "007", "2019-01-01", 'a "b", c', "a\nb", "=1+1"]
)
def test_words_stay_words(built: Built, tmp_path: Path, word: str):
    """Nothing in a heading or a text is taken for missing, a number or a date."""
    frames = dict(built.frames)
    frames["sections"] = frames["sections"].assign(heading=word)
    text = built.text.assign(text=word)
    store.write(frames, tmp_path / "out", text)
    assert set(store.read(tmp_path / "out", "sections")["heading"]) == {word}
    assert set(store.read(tmp_path / "out", "text")["text"]) == {word}


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=5))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, words: list[str]):
    """Whatever a page's passages say, the text comes back letter for letter."""
    text = pd.DataFrame({"passage_id": [str(i) for i in range(len(words))], "text": words}).astype("str")
    path = tmp_path_factory.mktemp("t")
    store._write_table(text, TEXT, path / "text.csv")
    assert store.read(path, "text")["text"].tolist() == words


def test_the_same_frames_give_the_same_bytes(built: Built, tmp_path: Path):
    """Twice written, twice the same; line ends are LF on every system, and no date is today's."""
    one, two = written(built, tmp_path / "one"), written(built, tmp_path / "two")
    assert contents(one) == contents(two)
    assert not any(b"\r" in data for data in contents(one).values())


def test_the_data_package_is_valid(built: Built, tmp_path: Path):
    """Frictionless reads every table by its schema: types, limits, keys and foreign keys hold."""
    folder = written(built, tmp_path / "out")
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "title", "message"])
    package = store.read_package(folder)
    assert [r["name"] for r in package["resources"]] == list(TABLES)
    assert [b["name"] for b in package["codebooks"]] and all(b["version"] and b["topics"] for b in package["codebooks"])


def test_the_data_package_would_find_a_fault(built: Built, tmp_path: Path):
    """A passage whose post is not there and a kind that is none do not pass."""
    folder = written(built, tmp_path / "out")
    path = folder / "meetings.csv"
    path.write_text(path.read_text("utf-8").replace("away_day,", "picnic,"), "utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_text_is_not_in_the_package(built: Built, tmp_path: Path):
    """The passages' words lie beside the tables and are shared by no description of them."""
    package = json.loads((written(built, tmp_path / "out") / "datapackage.json").read_text("utf-8"))
    assert "text.csv" not in {r["path"] for r in package["resources"]}


def test_other_files_in_the_folder_are_kept(built: Built, tmp_path: Path):
    """Notes and sub-folders of the user's stay; tables of the last build that are no more do not."""
    folder = tmp_path / "out"
    save(folder, "notes.md", "mine")
    save(folder / "sub", "more.txt", "mine too")
    save(folder, "text.csv", "old")
    store.write(built.frames, folder)
    assert (folder / "notes.md").read_text() == "mine" and (folder / "sub" / "more.txt").read_text() == "mine too"
    assert not (folder / "text.csv").exists()


def test_a_failed_write_changes_nothing(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Half-way through the tables the disk is full: what was there is there, and nothing beside it."""
    folder = written(built, tmp_path / "out")
    before, write_table = contents(tmp_path), store._write_table

    def full(frame: pd.DataFrame, table: store.Table, path: Path) -> None:
        if table.name == "passages":
            raise OSError(28, "No space left on device", str(path))
        write_table(frame, table, path)

    monkeypatch.setattr(store, "_write_table", full)
    with pytest.raises(StoreError, match="out: cannot be written .No space left on device.; check space"):
        written(built, folder)
    assert contents(tmp_path) == before and list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("exchange", [store._exchange, lambda a, b: False], ids=["in one step", "in two steps"])
def test_a_folder_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: Callable[[Path, Path], bool]):
    """On systems that can exchange folders in one step and on those that cannot, only the new one is left."""
    monkeypatch.setattr(store, "_exchange", exchange)
    folder = tmp_path / "out"
    save(folder, "pages.csv", "old")
    with store.replacing(folder) as new:
        save(new, "pages.csv", "new")
    assert contents(tmp_path) == {"out/pages.csv": b"new"} and list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("crash", [1, 2])
def test_a_crash_between_the_two_renames_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: int):
    """The power fails after a rename: the next reader finds a whole folder, the old one or the new one."""
    monkeypatch.setattr(store, "_exchange", lambda a, b: False)
    folder, renames, rename = tmp_path / "out", [], Path.rename
    save(folder, "pages.csv", "old")

    def fails(self: Path, target: Path) -> Path:
        done = rename(self, target)
        renames.append(target)
        if len(renames) == crash:
            raise SystemExit("power cut")
        return done

    monkeypatch.setattr(Path, "rename", fails)
    monkeypatch.setattr(store.shutil, "rmtree", lambda *args, **options: None)  # no tidying up either
    with pytest.raises(SystemExit), store.replacing(folder) as new:
        save(new, "pages.csv", "new")
    monkeypatch.undo()
    store.recover(folder)
    assert contents(tmp_path) == {"out/pages.csv": b"old" if crash == 1 else b"new"}
    assert list(tmp_path.iterdir()) == [folder]


def test_the_next_build_clears_what_a_crash_left(built: Built, tmp_path: Path):
    """Half a folder from a power cut does not lie about for ever."""
    save(tmp_path / ".out-new-abc", "pages.csv", "half")
    written(built, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_recovering_leaves_strangers_alone(tmp_path: Path):
    """Only an interrupted build's own leavings go: other folders beside it stay."""
    for name in ("out", ".out-new-abc", ".other-new-abc", "out-new-abc", ".out"):
        save(tmp_path / name, "pages.csv", name)
    store.recover(tmp_path / "out")
    assert {p.name for p in tmp_path.iterdir()} == {"out", ".other-new-abc", "out-new-abc", ".out"}


def test_reading_does_not_disturb_a_build_that_is_running(tmp_path: Path):
    """A notebook that loads the tables while a build writes them does not pull its folder away."""
    folder = tmp_path / "out"
    save(folder, "pages.csv", "old")
    with store.replacing(folder) as new:
        save(new, "pages.csv", "new")
        store.recover(folder)  # as load() does, in another process
    assert (folder / "pages.csv").read_text() == "new"


def test_a_file_is_not_replaced_by_a_folder(built: Built, tmp_path: Path):
    """--out that names somebody's file is refused; the file stays."""
    path = save(tmp_path, "notes.txt", "mine")
    with pytest.raises(StoreError, match="notes.txt"):
        written(built, path)
    assert path.read_text() == "mine"


def test_a_linked_folder_is_written_through(built: Built, tmp_path: Path):
    """processed/ may be a link to another disk: it stays one, and the tables are there."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    written(built, tmp_path / "out")
    assert (tmp_path / "out").is_symlink() and (tmp_path / "disk" / "pages.csv").is_file()


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda p: p.unlink(), "meetings.csv: is not there; run `necdata build`"),
        (lambda p: p.write_text("a,b\n1,2\n"), "meetings.csv: has columns .* run `necdata build` again"),
        (lambda p: p.write_bytes(b"\xff\xfe\x00"), "meetings.csv: cannot be read"),
        (lambda p: p.write_text(""), "meetings.csv: cannot be read"),
    ],
    ids=["missing", "other columns", "bytes", "empty"],
)  # fmt: skip
def test_a_damaged_table_is_said_with_the_remedy(
    built: Built, tmp_path: Path, damage: Callable[[Path], object], problem: str
):
    """The file and what to do, in one sentence."""
    folder = written(built, tmp_path / "out")
    damage(folder / "meetings.csv")
    with pytest.raises(StoreError, match=problem) as caught:
        store.read(folder, "meetings")
    assert str(caught.value).startswith(str(folder))


@pytest.mark.parametrize("cell", ["not a date", "2019-02-30"])
def test_a_cell_that_is_no_date_is_said_with_the_file(built: Built, tmp_path: Path, cell: str):
    """A table mended by hand in the wrong way says which one it is."""
    folder = written(built, tmp_path / "out")
    path = folder / "posts.csv"
    path.write_text(path.read_text("utf-8").replace("2012-06-13", cell), "utf-8")
    with pytest.raises(StoreError, match="posts.csv"):
        store.read(folder, "posts")


@pytest.mark.parametrize("text", ["", "{", None])
def test_a_damaged_package_is_said_with_the_remedy(tmp_path: Path, text: str | None):
    """Missing or broken: the path and what to do."""
    if text is not None:
        save(tmp_path, "datapackage.json", text)
    with pytest.raises(StoreError, match=r"datapackage.json: cannot be read .*; run `necdata build` again"):
        store.read_package(tmp_path)


def test_dates_before_1970_and_after_2262_are_dates():
    """Microseconds reach where nanoseconds do not."""
    column = pd.DataFrame({c.name: ["x"] for c in TABLES["posts"].columns}).assign(
        published="2300-01-01", line=1, is_partial="true", kind="conference",
        n_sections=0, n_passages=0, n_words=0, n_comments=0,
    )  # fmt: skip
    assert store.typed(column, TABLES["posts"])["published"][0] == pd.Timestamp(dt.datetime(2300, 1, 1))
