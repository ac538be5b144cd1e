"""Workers: any number of them makes the same tables, and what befalls one of them is one clean line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, save

from necdata import cli, pipeline
from necdata.pipeline import WorkerError, building, leaves, workers
from necdata.reading.posts import Reading

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is changed here reaches only forked workers")


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dozen pages, two of them no pages, read by several workers a few at a time."""
    for name, text in {"archive.txt": ARCHIVE, "blogspot.txt": BLOGSPOT, "labourlist.txt": LABOURLIST}.items():
        save(tmp_path / "raw", name, text)
    for i in range(1, 8):
        save(tmp_path / "raw", f"report{i}.txt", REPORT.replace("3 July", f"{i} July"))
    save(tmp_path / "raw", "empty.txt", b"")
    save(tmp_path / "raw", "twin.txt", ARCHIVE)
    monkeypatch.setattr(workers, "FEW", 2)
    monkeypatch.setattr(workers, "AT_ONCE", 2)
    return tmp_path / "raw"


def tables(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every table."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_any_number_of_workers_makes_the_same_tables(raw: Path, tmp_path: Path):
    """And skips the same files in the same words."""
    one, *others = (pipeline.build(raw, tmp_path / f"out{n}", jobs=n, cache=False) for n in (1, 2, 3))
    assert len(one.skipped) == 2
    for n, built in enumerate(others, 2):
        assert built.skipped == one.skipped
        assert tables(tmp_path / f"out{n}") == tables(tmp_path / "out1")


def test_workers_are_processes(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where there is something to read, and as many as are asked for at most."""
    really = leaves.read

    def noted(path: Path, name: str) -> Reading:
        (tmp_path / "pids").mkdir(exist_ok=True)
        (tmp_path / "pids" / str(os.getpid())).touch()
        time.sleep(0.05)
        return really(path, name)

    monkeypatch.setattr(leaves, "read", noted)
    pipeline.build(raw, tmp_path / "out", jobs=2, cache=False)
    pids = {int(p.name) for p in (tmp_path / "pids").iterdir()}
    assert len(pids) == 2 and os.getpid() not in pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize("way", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(3)])
def test_a_worker_that_dies_is_one_line(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], way: object
):
    """As where memory is short: exit code 1, the old tables, nothing beside them."""
    pipeline.build(raw, tmp_path / "out", cache=False)
    before = tables(tmp_path / "out")
    really = leaves.read

    def dying(path: Path, name: str) -> Reading:
        if name == "report5.txt":
            way()  # type: ignore[operator]
        return really(path, name)

    monkeypatch.setattr(leaves, "read", dying)
    with pytest.raises(WorkerError, match="a process that read pages was ended"):
        pipeline.build(raw, tmp_path / "out", jobs=2, cache=False)
    command = ["build", "--raw", str(raw), "--out", str(tmp_path / "out"), "--jobs", "2", "--fresh"]
    assert cli.main(command) == cli.PROBLEM
    said = capsys.readouterr().err
    assert (
        said.count("\n") == 1 and said.startswith("necdata: a process that read pages was ended") and "--jobs 1" in said
    )
    assert tables(tmp_path / "out") == before and {p.name for p in tmp_path.iterdir()} == {"raw", "out"}


def test_what_was_read_before_a_worker_died_is_not_read_again(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The shelf has it: a long build is taken up where it was broken off."""
    really, gone = leaves.read, tmp_path / "gone"

    def dying(path: Path, name: str) -> Reading:
        if name == "report7.txt" and not gone.exists():
            gone.touch()
            os._exit(3)
        with (tmp_path / "read").open("a") as handle:
            handle.write(f"{name}\n")
        return really(path, name)

    monkeypatch.setattr(leaves, "read", dying)
    monkeypatch.setattr(workers, "AHEAD", 1)
    with pytest.raises(WorkerError):
        pipeline.build(raw, tmp_path / "out", jobs=2, cache=True)
    (tmp_path / "read").unlink()
    pipeline.build(raw, tmp_path / "out", jobs=2, cache=True)
    assert "archive.txt" not in (tmp_path / "read").read_text().splitlines()
    pipeline.build(raw, tmp_path / "fresh", jobs=1, cache=False)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_an_error_in_a_worker_is_the_builds_own(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A fault of necdata's, or no memory: not mistaken for a page that cannot be read."""

    def full(path: Path, name: str) -> Reading:
        raise MemoryError

    monkeypatch.setattr(leaves, "read", full)
    with pytest.raises(MemoryError):
        pipeline.build(raw, tmp_path / "out", jobs=2, cache=False)


SLOW = """
import sys, time
from pathlib import Path
from necdata import cli
from necdata.pipeline import leaves, workers
from necdata.reading.page import PageError
workers.FEW, workers.AT_ONCE = 2, 2
really = leaves.read
def slow(path, name):
    Path("begun").touch()
    if name != "archive.txt":
        raise PageError(name, "is left out")
    time.sleep(2)  # one worker is at work, the other waits for some
    return really(path, name)
leaves.read = slow
sys.exit(cli.main(["build", "--raw", "raw", "--jobs", "2"]))
"""


@pytest.fixture
def slow_build(raw: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that is at work in processes of its own."""
    begun = raw.parent / "begun"
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=raw.parent, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        until = time.monotonic() + 60
        while not begun.exists() and time.monotonic() < until and process.poll() is None:
            time.sleep(0.05)
        time.sleep(0.4)
        yield process
        if process.poll() is None:
            process.kill()


def children(process: int) -> list[int]:
    """The living processes that a process has begun."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:  # gone meanwhile
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def gone(pids: list[int], seconds: float = 15) -> bool:
    """Wait until processes have ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def test_ctrl_c_ends_all_processes_with_one_line(slow_build: subprocess.Popen[str], raw: Path):
    """Pressed on a terminal it reaches every process at once; the workers leave it to the build."""
    pids = children(slow_build.pid)
    assert len(pids) == 2
    os.killpg(slow_build.pid, signal.SIGINT)
    said = slow_build.communicate(timeout=60)[1]
    assert slow_build.returncode == 130
    assert re.fullmatch(r"necdata: stopped; nothing was changed half-way\n", said), said
    assert gone(pids) and not (raw.parent / "processed").exists()
    assert {p.name for p in raw.parent.iterdir()} <= {"raw", "begun", ".processed-cache"}


def test_workers_do_not_outlive_a_build_that_was_killed(slow_build: subprocess.Popen[str], raw: Path):
    """No process goes on reading for nobody."""
    pids = children(slow_build.pid)
    assert len(pids) == 2
    slow_build.kill()
    slow_build.wait()
    assert gone(pids)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "99999"])
def test_a_number_of_processes_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], jobs: str):
    """Wrong use, said before anything is read."""
    with pytest.raises(SystemExit) as caught:
        cli.main(["build", "--jobs", jobs])
    assert caught.value.code == cli.USAGE and "is no number of processes" in capsys.readouterr().err


def test_progress_is_shown_page_by_page_and_while_writing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Every file once, in order; then the parts of the tables, where they are written part by part."""
    monkeypatch.setattr(building, "HELD", 3)
    monkeypatch.setattr(building, "POSTS_AT_ONCE", 4)
    seen: list[tuple[str, object]] = []

    def progress(items: object, doing: str = "reading") -> Iterator[object]:
        for item in items:  # type: ignore[attr-defined]
            seen.append((doing, item))
            yield item

    pipeline.build(raw, tmp_path / "out", progress=progress, jobs=2, cache=False)
    assert [i for doing, i in seen if doing == "reading"] == sorted(raw.iterdir())
    n_posts = len(pipeline.building.store.read(tmp_path / "out", "posts"))
    assert [i for doing, i in seen if doing == "writing"] == list(range(-(-n_posts // 4) + 1))


def test_progress_does_without_a_terminal_or_any_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Closed or not watched: nothing is shown, however long it takes, and nothing is missed."""
    import tqdm

    monkeypatch.setattr(tqdm.tqdm, "__init__", _at_once(tqdm.tqdm.__init__))
    assert list(cli.progress([1, 2, 3])) == [1, 2, 3] and capsys.readouterr().err == ""
    monkeypatch.setattr(sys, "stderr", None)
    assert list(cli.progress([1, 2, 3])) == [1, 2, 3]


def _at_once(init: object) -> object:
    """Begin a bar that waits for nothing, as one that has waited long enough."""
    return lambda self, *rest, **options: init(self, *rest, **{**options, "delay": 0, "mininterval": 0})  # type: ignore[operator]
