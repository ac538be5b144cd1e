"""Faults: killed, interrupted, two at once, odd names and streams; always the old state or the new one.

benchmarks/torture.py tries the same by the hundred; docs/reliability.md has its counts.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from written import ARCHIVE, LABOURLIST, REPORT, save

from necdata import adding, catalogue, cli, pipeline
from necdata.formats import pages
from necdata.pipeline import building
from necdata.reading.page import Page, PageError
from necdata.storage import locks, store
from necdata.storage.store import StoreError
from necdata.storage.tables import TEXT

FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Built:
    """The tables of one page."""
    raw = tmp_path_factory.mktemp("raw")
    save(raw, "archive.txt", ARCHIVE)
    return pipeline.tabulate(raw)


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file below a folder, hidden ones included."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def in_a_child(run: Callable[[], object]) -> int | None:
    """Run a function in a forked process; returns its exit code, negative for the signal that ended it."""
    if FORK is None:
        pytest.skip("needs fork")
    child = FORK.Process(target=run)
    child.start()
    child.join(60)
    return child.exitcode


def killing(*_: object) -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


# Killed


@pytest.mark.parametrize("moment", ["_write_table", "_write", "_swap", "_exchange", "sync"])
def test_a_build_killed_at_any_step_leaves_the_old_tables(built: pipeline.Built, tmp_path: Path, moment: str):
    """Before the swap nothing has changed; the next reader clears what was left beside."""
    folder = save(tmp_path / "out", "pages.csv", "old").parent
    save(folder, "notes.md", "mine")

    def build() -> None:
        setattr(store, moment, killing)
        store.write(built.frames, folder, built.text, built.codebooks)

    assert in_a_child(build) == -signal.SIGKILL
    assert contents(folder) == {"pages.csv": b"old", "notes.md": b"mine"}
    assert len(list(tmp_path.iterdir())) == 2
    store.recover(folder)
    assert list(tmp_path.iterdir()) == [folder] and contents(folder) == {"pages.csv": b"old", "notes.md": b"mine"}


def test_a_build_killed_after_the_swap_leaves_the_new_tables_and_the_users_files(built: pipeline.Built, tmp_path: Path):
    """The user's own files, which the old folder still holds, come back with the next reader."""
    folder = save(tmp_path / "out", "pages.csv", "old").parent
    save(folder / "sub", "notes.md", "mine")

    def build() -> None:
        store._clear = killing
        store.write(built.frames, folder, built.text, built.codebooks)

    assert in_a_child(build) == -signal.SIGKILL
    assert (folder / "meetings.csv").is_file() and not (folder / "sub").exists()
    store.recover(folder)
    assert (folder / "sub" / "notes.md").read_text() == "mine" and list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("moment", ["_stage", "_record", "_place"])
def test_an_add_that_was_killed_is_completed_by_the_next(tmp_path: Path, moment: str):
    """No half page, and the same command again does what is left to do."""
    page, raw = save(tmp_path, "a.txt", REPORT), tmp_path / "raw"

    def add() -> None:
        setattr(adding, moment, killing)
        adding.add(page, raw, author="Una Bright")

    assert in_a_child(add) == -signal.SIGKILL
    assert pages.files(raw) == []
    adding.add(page, raw, author="Una Bright")
    assert sorted(p.name for p in raw.iterdir()) == ["a.txt", "sources.toml"]
    assert (raw / "sources.toml").read_text().count("[[page]]") == 1
    assert catalogue.load(raw).of(pages.read(page).sha256).author == "Una Bright"


def test_ctrl_c_waits_for_the_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Pressed in the middle of it, it stops the build when the new tables are in place, and leaves nothing beside."""
    folder, swap = save(tmp_path / "out", "pages.csv", "old").parent, store._swap

    # A test run in the background of a shell ignores Ctrl-C, and would be no test.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def pressed(new: Path, to: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        swap(new, to)

    monkeypatch.setattr(store, "_swap", pressed)
    try:
        with pytest.raises(KeyboardInterrupt), store.replacing(folder) as new:
            save(new, "pages.csv", "new")
    finally:
        signal.signal(signal.SIGINT, before)
    assert contents(tmp_path) == {"out/pages.csv": b"new"} and list(tmp_path.iterdir()) == [folder]


def test_ctrl_c_before_the_swap_leaves_nothing(tmp_path: Path):
    """Not even the folder's parents, where there were none."""
    with pytest.raises(KeyboardInterrupt), store.replacing(tmp_path / "a" / "b" / "out") as new:
        save(new, "pages.csv", "new")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_is_kept_in_other_threads_too(tmp_path: Path):
    """A build in a thread cannot set signal handlers, and does not try."""
    found: list[object] = []

    def work() -> None:
        with locks.undisturbed():
            found.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]


# Two at once


def test_a_second_build_is_told_to_wait(tmp_path: Path):
    """One sentence, and the first goes on undisturbed."""
    folder = tmp_path / "out"
    with store.replacing(folder) as new:
        save(new, "pages.csv", "first")
        with pytest.raises(StoreError, match="out: is being written by another build; wait for it"):
            store.write({}, folder)
    assert contents(tmp_path) == {"out/pages.csv": b"first"}


def test_a_guard_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program that was stopped while it held the folder does not stop all others."""
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with locks.guard(tmp_path), pytest.raises(StoreError, match="another program has held it too long"):
        store.write({}, tmp_path / "out")


def test_builds_side_by_side_do_not_mind_each_other(tmp_path: Path):
    """Only those that write the same folder do."""
    with store.replacing(tmp_path / "one") as one, store.replacing(tmp_path / "two") as two:
        save(one, "pages.csv", "1")
        save(two, "pages.csv", "2")
    assert contents(tmp_path) == {"one/pages.csv": b"1", "two/pages.csv": b"2"}


def test_two_who_add_at_once_lose_nothing(tmp_path: Path):
    """Every page is there, and every word said of them in sources.toml."""
    if FORK is None:
        pytest.skip("needs fork")
    raw = tmp_path / "raw"
    files = [save(tmp_path, f"p{i}.txt", f"{REPORT}\nItem {i}\n") for i in range(6)]
    children = [FORK.Process(target=adding.add, args=(path, raw, "", f"Author {path.stem}")) for path in files]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * 6
    assert sorted(p.name for p in raw.iterdir()) == [*(p.name for p in files), "sources.toml"]
    assert {s.author for s in catalogue.load(raw).pages.values()} >= {f"Author p{i}" for i in range(6)}


def test_a_page_that_changes_while_it_is_read_is_not_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What was checked and what would be copied are not the same: said, and nothing copied."""
    page, read = save(tmp_path, "a.txt", REPORT), pages.read

    def changing(path: Path, name: str | None = None) -> Page:
        found = read(path, name)
        path.write_text("half a p")
        return found

    monkeypatch.setattr(pages, "read", changing)
    with pytest.raises(PageError, match=r"a.txt: changed while it was read; add it again"):
        adding.add(page, tmp_path / "raw")
    assert not (tmp_path / "raw").exists()


# Places


def test_the_users_files_are_moved_not_copied(tmp_path: Path):
    """The same file, with its links, dates and permissions: nothing of the user's is ever copied and then deleted."""
    folder = save(tmp_path / "out", "pages.csv", "old").parent
    notes = save(folder, "notes.md", "mine")
    (folder / "link").symlink_to("/nonexistent")
    notes.chmod(0o600)
    before = notes.stat()
    with store.replacing(folder) as new:
        save(new, "pages.csv", "new")
    after = notes.stat()
    assert (before.st_ino, before.st_mode, before.st_mtime_ns) == (after.st_ino, after.st_mode, after.st_mtime_ns)
    assert os.readlink(folder / "link") == "/nonexistent"


def test_of_two_files_of_one_name_neither_goes(tmp_path: Path):
    """What a killed build left beside holds the user's notes, and so does the folder: both stay, tables go."""
    folder, left = tmp_path / "out", tmp_path / ".out-new-dead"
    for place, text in ((folder, "new"), (left, "old")):
        save(place, "notes.md", text)
        save(place, "pages.csv", text)
    store.recover(folder)
    assert (folder / "notes.md").read_text() == "new" and (left / "notes.md").read_text() == "old"


def test_a_folder_of_other_things_is_not_taken_for_tables(built: pipeline.Built, tmp_path: Path):
    """--out that names the user's documents is refused; a folder of tables and notes, or an empty one, is not."""
    folder = save(tmp_path / "documents", "thesis.txt", "mine").parent
    with pytest.raises(StoreError, match="documents: holds other files and no tables; .*--out"):
        store.write(built.frames, folder)
    assert contents(tmp_path) == {"documents/thesis.txt": b"mine"}
    (folder / "thesis.txt").rename(folder / ".gitkeep")
    store.write(built.frames, folder)
    assert (folder / "meetings.csv").is_file() and (folder / ".gitkeep").read_text() == "mine"


@pytest.mark.parametrize("name", ["a b", "new\nline", "[1]", "*", "-x", "é – “q”", "\x1b[2J", "x" * 200, "$HOME", "%s"])
def test_folders_of_any_name_are_replaced_and_mended(tmp_path: Path, name: str):
    """Written, written over, and cleared of what a killed build left."""
    folder = tmp_path / name
    for text in ("one", "two"):
        with store.replacing(folder) as new:
            save(new, "pages.csv", text)
    (tmp_path / f".{name}-new-dead").mkdir()
    store.recover(folder)
    assert contents(tmp_path) == {f"{name}/pages.csv": b"two"} and list(tmp_path.iterdir()) == [folder]


PAGES = ["a.TXT", "with space.txt", "naïve – “q”.html", "new\nline.txt", "-rf.txt", "x" * 240 + ".txt"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_any_name_are_added_and_built(tmp_path: Path, name: str):
    """The name is kept as it is, down to the table."""
    adding.add(save(tmp_path, name, REPORT), tmp_path / "raw", author="Una Bright")
    pipeline.build(tmp_path / "raw", tmp_path / "out")
    assert store.read(tmp_path / "out", "pages")["file"].tolist() == [name]
    assert store.read(tmp_path / "out", "posts")["author"].tolist() == ["Una Bright"]


# What the tables can hold


WORDS = ["a\rb", "\r", "a\r\nb", "\x00", "\x1a", "\u2028", "\x85", "\ufeff", "=1+1", "\x1b[2J"]


@pytest.mark.parametrize("word", WORDS)
def test_any_control_character_comes_back(tmp_path: Path, word: str):
    """A carriage return ends a row for readers of CSV unless it is quoted."""
    text = pd.DataFrame({"passage_id": ["1", "2"], "text": [word, "next"]}).astype("str")
    store._write_table(text, TEXT, tmp_path / "text.csv")
    assert store.read(tmp_path, "text")["text"].tolist() == [word, "next"]


def test_a_name_that_is_no_utf8_is_written_as_escapes(built: pipeline.Built, tmp_path: Path):
    """It is the only text that can come with stray bytes; the rest of the tables does not fail for it."""
    named = built.frames["pages"].assign(file="caf\udce9.txt")
    store.write({**built.frames, "pages": named}, tmp_path / "out")
    assert store.read(tmp_path / "out", "pages")["file"].tolist() == ["caf\\udce9.txt"]


CELLS = [("kind", "picnic"), ("is_partial", "perhaps"), ("line", "1.5"), ("line", "")]


@pytest.mark.parametrize(("column", "cell"), CELLS)
def test_a_cell_that_no_build_writes_is_not_read(built: pipeline.Built, tmp_path: Path, column: str, cell: str):
    """A kind that is none would become empty, a strange truth false."""
    store.write(built.frames, tmp_path / "out")
    path = tmp_path / "out" / "posts.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[0, column] = cell
    frame.to_csv(path, index=False)
    with pytest.raises(StoreError, match="posts.csv: .*run `necdata build` again"):
        store.read(tmp_path / "out", "posts")


# The command line


def necdata(place: Path, *arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a Python of its own, through a shell that adds redirections."""
    line = f'"$0" -m necdata "$@" {shell}'
    return subprocess.run(
        ["sh", "-c", line, sys.executable, *arguments], cwd=place, capture_output=True, text=True, check=False,
        env={**os.environ, **environment}, errors="replace",
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A working directory with two pages."""
    save(tmp_path / "raw", "archive.txt", ARCHIVE)
    save(tmp_path / "raw", "labourlist – “q”.txt", LABOURLIST)
    return tmp_path


def test_output_that_nobody_can_read_is_no_traceback(place: Path):
    """Characters that the terminal's encoding lacks are escaped, in messages and in what is shown."""
    for surroundings in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        done = necdata(place, "status", **surroundings)
        assert (done.returncode, done.stderr) == (cli.OK, "")
        assert "labourlist \\u2013 \\u201cq\\u201d.txt" in done.stdout


@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        (">&-", 0, ""), ("2>&-", 0, ""), (">&- 2>&- <&-", 0, ""), ("| head -c 1 >/dev/null", 0, ""),
        (">/dev/full", 1, "necdata: [Errno 28] No space left on device\n"),
    ],
)  # fmt: skip
def test_closed_and_full_streams_are_no_traceback(place: Path, shell: str, code: int, said: str):
    """The tables are built all the same."""
    if "/dev/full" in shell and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = necdata(place, "build", shell=shell)
    assert (done.returncode, done.stderr) == (code, said)
    assert (place / "processed" / "manifest.json").is_file()


def test_no_memory_is_one_line(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """And exit code 1."""

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(building, "gather", full)
    assert cli.main(["build", "--raw", str(place / "raw"), "--out", str(place / "out")]) == cli.PROBLEM
    assert capsys.readouterr().err.startswith("necdata: not enough memory; ") and not (place / "out").exists()
