"""Ill-treat every command and count what comes of it: the old state or the new one, never a mixture.

    make torture [SECONDS=600]
    .venv/bin/python benchmarks/torture.py [--seconds 600] [--only kills-build,disk] [--seed 1]

Works in a temporary folder, on pages written for the tests. Prints a line per fault: how often it was tried, how often
the outcome was right, and the first outcomes that were not. What the machine cannot do (a full disk and other users
need root, faketime a clock that jumps) is skipped and said. Exit code 1 where an outcome was not right.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "necdata-matplotlib"))

from necdata import cli, pipeline  # noqa: E402
from necdata.storage import manifest, store  # noqa: E402

NOBODY = 65534
OLD = ("wp-single-pell-may-2019.txt", "ll-2017-lund.txt", "wp-author-venables-readmore.txt")
NEW = (*OLD[1:], "bs-single-tarrant-2009.txt", "ll-2020-quill.txt", "wp-tag-pell-selections.txt")
State = dict[str, bytes]


class Skip(Exception):
    """A fault that this machine cannot be given."""


class Ran(NamedTuple):
    """How a child ended: exit code (negative: the signal that ended it), what it said."""

    code: int
    out: str
    err: str


class Bench(NamedTuple):
    """Where one fault is tried: a folder of its own, the time it has, the dice."""

    place: Path
    until: float
    dice: random.Random

    def more(self, done: int, most: int) -> bool:
        """Tell whether to try again: at least twice, then while there is time."""
        return done < 2 or (done < most and time.monotonic() < self.until)


# What a fault function yields: "" for an outcome that was right, else what was wrong with it.
Outcomes = Iterator[str]


# Children


def start(run: Callable[[], int], place: Path, uid: int | None = None) -> int:
    """Fork a child that runs a function with its output in files; returns its process id."""
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return pid
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, name in ((1, "said-out"), (2, "said-err")):
            os.dup2(os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), number)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(os.dup(n), "wb"), "utf-8", write_through=True) for n in (1, 2)
        )
        if uid is not None:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        code = run()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 71
    except BaseException as error:
        import traceback

        frames = traceback.extract_tb(error.__traceback__)
        if isinstance(error, KeyboardInterrupt) and {f.filename for f in frames} <= {__file__, signal.__file__}:
            code = 130  # before or after the command itself
        else:
            traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):
                stream.flush()
        os._exit(code)


def ended(pid: int, place: Path) -> Ran:
    """Wait for a child, two minutes at most."""
    until = time.monotonic() + 120
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            said = [
                (place / name).read_text("utf-8", "replace") if (place / name).exists() else ""
                for name in ("said-out", "said-err")
            ]
            return Ran(os.waitstatus_to_exitcode(status), *said)
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)


def necdata(place: Path, *arguments: str | Path, uid: int | None = None) -> Ran:
    """Run a command to its end in a forked child."""
    return ended(start(lambda: cli.main([str(a) for a in arguments]), place, uid), place)


def fresh(place: Path, *arguments: str | Path, **options: object) -> Ran:
    """Run a command in a Python of its own, as a shell does."""
    command = [sys.executable, "-m", "necdata", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, check=False,
                          **{"cwd": place, **options})  # type: ignore[call-overload]  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def clean(ran: Ran, codes: tuple[int, ...] = (0, 1, 3)) -> str:
    """Say what is wrong with how a command ended: its exit code, a traceback, lines that do not name the program."""
    if ran.code not in codes:
        return f"exit code {ran.code}: {ran.err.strip()[-200:]}"
    if "Traceback" in ran.err:
        return f"a traceback: {ran.err.strip()[-200:]}"
    if ran.code == 1 and not ran.err.startswith("necdata: "):
        return f"exit code 1 without a sentence: {ran.err[:100]!r}"
    return ""


# States


def pages(folder: Path, names: tuple[str, ...]) -> Path:
    """Put pages written for the tests into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(HERE.parent / "tests" / "pages" / name, folder / name)
    return folder


def state(folder: Path) -> State:
    """Give the bytes of every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def debris(folder: Path) -> list[str]:
    """List what stands beside a folder under a hidden name that begins with its own."""
    return sorted(p.name for p in folder.parent.iterdir() if p.name.startswith(f".{folder.name}-"))


class Tables(NamedTuple):
    """Two folders of pages and the tables that they give."""

    raw_old: Path
    raw_new: Path
    old: State
    new: State


def tables(place: Path) -> Tables:
    """Build both states once, undisturbed."""
    raws = pages(place / "raw-old", OLD), pages(place / "raw-new", NEW)
    states = []
    for raw in raws:
        pipeline.build(raw, place / "made" / raw.name)
        states.append(state(place / "made" / raw.name))
    return Tables(*raws, *states)


def lay(folder: Path, files: State) -> Path:
    """Make a folder hold just these files."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def mixture(out: Path, *states: State) -> str:
    """Say that a folder is in none of the states it may be in, and how it differs from the first ones."""
    if not out.exists() and {} in states:
        return ""
    if state(out) in states:
        return ""
    differing = [sorted(k for k in {*state(out), *s} if state(out).get(k) != s.get(k))[:3] for s in states]
    return f"a mixture: differs from the old state in {differing[0]} and from the new one in {differing[-1]}"


def lifetime(run: Callable[[], int], place: Path) -> float:
    """Measure how long a child takes undisturbed, in seconds."""
    began = time.monotonic()
    ended(start(run, place), place)
    return time.monotonic() - began


def struck(
    bench: Bench, run: Callable[[], int], seconds: float, blow: int, ready: Callable[[], bool] | None = None
) -> Ran:
    """Run a child and strike it with a signal: at a random moment, or soon after it is `ready`."""
    pid = start(run, bench.place)
    if ready and bench.dice.random() < 0.5:
        until = time.monotonic() + 2 * seconds
        while (
            not ready()
            and time.monotonic() < until
            and not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        ):
            time.sleep(0.0005)
        time.sleep(bench.dice.uniform(0, seconds / 4))
    else:
        time.sleep(bench.dice.uniform(0, seconds * 1.1))
    os.kill(pid, blow)
    return ended(pid, bench.place)


# kill -9 and Ctrl-C


def build_struck(bench: Bench, blow: int, most: int) -> Outcomes:
    """Strike builds over an old state: the old or the new one stands, a reader can read it, the next build mends."""
    made = tables(bench.place)
    out = bench.place / "out" / "processed"

    def build() -> int:
        return cli.main(["build", "--raw", str(made.raw_new), "--out", str(out)])

    lay(out, made.old)
    seconds, done = lifetime(build, bench.place), 0
    while bench.more(done, most):
        lay(out, made.old)
        ran = struck(bench, build, seconds, blow, lambda: bool(debris(out)))
        found = mixture(out, made.old, made.new)
        if blow == signal.SIGINT:
            found = found or clean(ran, (0, 130)) or ("debris: " + ", ".join(debris(out)) if debris(out) else "")
        store.recover(out)
        found = (
            found
            or mixture(out, made.old, made.new)
            or ("debris stays: " + ", ".join(debris(out)) if debris(out) else "")
        )
        if not found and done % 5 == 0:
            found = clean(necdata(bench.place, "build", "--raw", made.raw_new, "--out", out), (0,)) or mixture(
                out, made.new
            )
        done += 1
        yield found


def add_struck(bench: Bench, blow: int, most: int) -> Outcomes:
    """Strike `add --url --author`: each page whole or absent, sources.toml whole, the next run completes."""
    page = pages(bench.place / "from", ("adv-wall-of-text.txt",)) / "adv-wall-of-text.txt"
    raw, before = bench.place / "raw", state(pages(bench.place / "before", OLD))
    arguments = ["add", str(page), "--url", "https://plots.example/1", "--author", "Una Bright", "--raw", str(raw)]

    def add() -> int:
        return cli.main(arguments)

    lay(raw, before)
    seconds, done = lifetime(add, bench.place), 0
    after = state(raw)
    said_only = {k: v for k, v in after.items() if k != page.name}
    while bench.more(done, most):
        lay(raw, before)
        ran = struck(bench, add, seconds, blow)
        seen = {k: v for k, v in state(raw).items() if not k.startswith(".")}
        found = "" if seen in (before, said_only, after) else f"a mixture: {sorted(seen)}"
        if blow == signal.SIGINT:
            hidden = sorted(set(state(raw)) - set(seen))
            found = found or clean(ran, (0, 130)) or (f"debris: {hidden}" if hidden else "")
        found = found or clean(necdata(bench.place, *arguments), (0,))
        done += 1
        yield found or ("" if state(raw) == after else f"not mended: {sorted(state(raw))}")


def charts_struck(bench: Bench, blow: int, most: int) -> Outcomes:
    """Strike charts over older ones: every file is an old one or a new one, whole; the next run completes."""
    made = tables(bench.place)
    processed, out = lay(bench.place / "tables", made.new), bench.place / "exports"
    names = ["coverage", "--format", "svg", "--format", "csv", "--format", "txt"]

    def draw() -> int:
        return cli.main(["charts", *names, "--processed", str(processed), "--out", str(out)])

    necdata(bench.place, "charts", *names, "--processed", lay(bench.place / "tables-old", made.old), "--out", out)
    old = state(out)
    seconds, done = lifetime(draw, bench.place), 0
    new = state(out)
    while bench.more(done, most):
        lay(out, old)
        ran = struck(bench, draw, seconds, blow)
        torn = [k for k, v in state(out).items() if v not in (old.get(k), new.get(k))]
        found = f"torn: {torn}" if torn else ""
        if blow == signal.SIGINT:
            found = found or clean(ran, (0, 130))
        if not found and done % 10 == 0:
            found = clean(necdata(bench.place, "charts", *names, "--processed", processed, "--out", out), (0,))
            found = found or ("" if state(out) == new else "not mended")
        done += 1
        yield found


def notebooks_struck(bench: Bench, blow: int, most: int) -> Outcomes:
    """Strike the execution of a notebook: what it exports is an old file or a new one, whole, and no kernel stays."""
    from necdata.publishing import notebooks

    book, out = bench.place / "book.ipynb", bench.place / "exports"
    cells = [{"cell_type": "code", "id": str(i), "metadata": {}, "outputs": [], "execution_count": None,
              "source": f"print({i})"} for i in range(3)]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book.write_text(json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    old = {"book.html": b"old", "book.ipynb": b"old"}

    def run() -> int:
        try:
            return notebooks.main([str(book), "--out", str(out)])
        except KeyboardInterrupt:
            return 130

    lay(out, old)
    seconds, done = lifetime(run, bench.place), 0
    new = state(out)
    if not set(old) <= set(new) or new["book.html"] == b"old":
        raise Skip("the notebook does not run here: " + (bench.place / "said-err").read_text("utf-8")[-200:])
    while bench.more(done, most):
        lay(out, old)
        struck(bench, run, seconds, blow)
        seen = {k: v for k, v in state(out).items() if not k.startswith(".")}
        torn = [k for k, v in seen.items() if v not in (old.get(k), new.get(k))]
        found = f"torn: {torn}" if torn else ""
        if not found and done % 5 == 0:
            ended(start(run, bench.place), bench.place)
            found = "" if state(out) == new else f"not mended: {sorted(state(out))}"
        done += 1
        yield found


def fetch_struck(bench: Bench, blow: int, most: int) -> Outcomes:
    """Strike fetches from a server on loopback: files whole, the ledger readable, the next run has everything."""
    import fetch_servers as servers

    from necdata.fetching.fetch import fetch

    with servers.serving(servers.wordpress(servers.posts(12))) as server:
        wanted = {servers.rss(servers.posts(12)[i : i + 2]) for i in range(0, 12, 2)}
        done, seconds = 0, 0.0
        while bench.more(done, most):
            raw = bench.place / f"raw-{done}"
            servers.catalogued(raw)

            def get(raw: Path = raw) -> int:
                found = fetch(
                    [servers.HOST], raw, limits=servers.QUICK, network=servers.network(reports__example=server)
                )
                return 0 if found["problem"].eq("").all() else 1

            if not seconds:
                seconds = lifetime(get, bench.place)
            else:
                struck(bench, get, seconds, blow)
            saved = {p.read_bytes() for p in raw.rglob("*.xml")}
            found = "" if saved <= wanted else "a file that is not whole"
            ran = ended(start(get, bench.place), bench.place)
            saved = {p.read_bytes() for p in raw.rglob("*.xml")}
            parts = [p.name for p in raw.rglob("*.part")]
            done += 1
            yield (
                found
                or clean(ran, (0,))
                or ("" if saved == wanted and not parts else f"not mended: {len(saved)} files, {parts}")
            )


def start_struck(bench: Bench, most: int) -> Outcomes:
    """Press Ctrl-C while Python itself and the libraries are still being loaded."""
    made, done = tables(bench.place), 0
    out = lay(bench.place / "out" / "processed", made.old)
    command = [
        sys.executable,
        "-X",
        "faulthandler",
        "-m",
        "necdata",
        "build",
        "--raw",
        str(made.raw_new),
        "--out",
        str(out),
    ]
    while bench.more(done, most):
        child = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        time.sleep(bench.dice.uniform(0.2, 1.5))
        child.send_signal(signal.SIGINT)
        try:
            _, said = child.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGABRT)  # faulthandler says where it stands
            said = child.communicate()[1]
            yield f"hangs: {said[-280:]}"
        done += 1
        yield clean(Ran(child.returncode, "", said), (0, 130, -2)) or mixture(out, made.old, made.new)


# Disk, permissions, memory


@contextlib.contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a tmpfs of some bytes; raises Skip where that is not allowed."""
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place],
                                           capture_output=True, check=False).returncode:  # fmt: skip
        raise Skip("a small tmpfs needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=False)


def disk_full(bench: Bench, most: int) -> Outcomes:
    """Build, add and draw on disks that fill up at one byte or another."""
    made, done = tables(bench.place), 0
    page = HERE.parent / "tests" / "pages" / "adv-wall-of-text.txt"
    whole = sum(map(len, made.new.values()))
    with small_disk(bench.place / "disk", 64_000_000) as disk:
        while bench.more(done, most):
            for path in disk.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            out, raw = lay(disk / "processed", made.old), pages(disk / "raw", OLD)
            kept = state(raw)
            room = bench.dice.randint(0, whole * 2) if done % 2 == 0 else bench.dice.randint(0, 40_000)
            free = shutil.disk_usage(disk).free
            with (disk / "ballast").open("wb") as ballast, contextlib.suppress(OSError):
                ballast.write(b"\0" * max(free - room, 0))
            if done % 2 == 0:
                ran = necdata(bench.place, "build", "--raw", made.raw_new, "--out", out)
                found = (
                    clean(ran) or mixture(out, made.old, made.new) or (f"debris: {debris(out)}" if debris(out) else "")
                )
                found = found or ("" if ran.code == 1 or state(out) == made.new else "says it was built")
            else:
                ran = necdata(bench.place, "add", page, "--raw", raw, "--author", "Una Bright")
                extra = set(state(raw)) - set(kept)
                whole_page = state(raw).get(page.name, page.read_bytes()) == page.read_bytes()
                found = clean(ran) or ("" if whole_page else "half a page")
                found = found or ("" if extra <= {page.name, "sources.toml"} else f"debris: {extra}")
            done += 1
            yield found


def charts_on_full_disk(bench: Bench, most: int) -> Outcomes:
    """Draw over older charts on a disk that fills up: every file whole, old or new."""
    made, done = tables(bench.place), 0
    processed = lay(bench.place / "tables", made.new)
    necdata(
        bench.place,
        "charts",
        "coverage",
        "--processed",
        lay(bench.place / "t-old", made.old),
        "--out",
        bench.place / "a",
    )
    necdata(bench.place, "charts", "coverage", "--processed", processed, "--out", bench.place / "b")
    old, new = state(bench.place / "a"), state(bench.place / "b")
    with small_disk(bench.place / "disk", 16_000_000) as disk:
        while bench.more(done, most):
            for path in disk.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            out = lay(disk / "exports", old)
            free = shutil.disk_usage(disk).free
            with (disk / "ballast").open("wb") as ballast, contextlib.suppress(OSError):
                ballast.write(b"\0" * (free - bench.dice.randint(0, 400_000)))
            ran = necdata(bench.place, "charts", "coverage", "--processed", processed, "--out", out)
            torn = [k for k, v in state(out).items() if v not in (old.get(k), new.get(k))]
            done += 1
            yield clean(ran) or (f"torn: {torn}" if torn else "")


def permissions(bench: Bench, most: int) -> Outcomes:
    """Read and write as somebody who may not: unreadable pages and folders, places that cannot be written, no home."""
    if os.geteuid() != 0:
        raise Skip("acting as another user needs root")
    made, place = tables(bench.place), bench.place
    from necdata.publishing import gallery  # somebody else may not be let into the folders of Python itself

    list(gallery.draw(lay(place / "warm" / "t", made.new), place / "warm" / "x", ["coverage"]))
    for path in (place, place.parent):
        path.chmod(0o777)

    def case(name: str) -> tuple[Path, Path]:
        raw = pages(place / name / "raw", NEW)
        out = lay(place / name / "out" / "processed", made.old)
        for path in (place / name).rglob("*"):
            path.chmod(0o777 if path.is_dir() else 0o666)
            os.chown(path, NOBODY, NOBODY)
        return raw, out

    def run(*arguments: str | Path) -> Ran:
        return necdata(place, *arguments, uid=NOBODY)

    raw, out = case("page")
    (raw / NEW[0]).chmod(0)
    os.chown(raw / NEW[0], 0, 0)
    ran = run("build", "--raw", raw, "--out", out)
    yield clean(ran, (3,)) or ("" if f"{NEW[0]}: cannot be read" in ran.err else "the unreadable page is not named")
    ran = run("check", "--raw", raw, "--processed", lay(place / "page" / "t", made.new))
    yield clean(ran, (1,)) or ("" if NEW[0] in ran.err else "check does not name the unreadable page")

    raw, out = case("subfolder")
    pages(raw / "more", ("adv-wall-of-text.txt",))
    (raw / "more").chmod(0)
    ran = run("build", "--raw", raw, "--out", out)
    yield clean(ran, (1, 3)) or ("" if "more" in ran.err else "an unreadable sub-folder is passed over in silence")

    raw, out = case("folder")
    raw.chmod(0)
    os.chown(raw, 0, 0)
    ran = run("build", "--raw", raw, "--out", out)
    yield clean(ran, (1,)) or mixture(out, made.old)

    raw, out = case("parent")
    out.parent.chmod(0o555)
    os.chown(out.parent, 0, 0)
    ran = run("build", "--raw", raw, "--out", out)
    yield clean(ran, (1,)) or mixture(out, made.old)
    ran = run("charts", "coverage", "--processed", out, "--out", out.parent / "exports")
    yield clean(ran, (1,))
    ran = run("check", "--processed", out)
    yield clean(ran, (0,))

    raw, out = case("tables")
    (out / "meetings.csv").chmod(0)
    os.chown(out / "meetings.csv", 0, 0)
    yield clean(run("check", "--processed", out), (1,))
    yield clean(run("charts", "coverage", "--processed", out, "--out", place / "tables" / "x"), (1,))
    yield clean(run("build", "--raw", raw, "--out", out), (0,)) or mixture(out, made.new)

    raw, out = case("add")
    raw.chmod(0o555)
    os.chown(raw, 0, 0)
    before = state(raw)
    ran = run("add", HERE.parent / "tests" / "pages" / "adv-wall-of-text.txt", "--raw", raw)
    yield clean(ran, (1,)) or ("" if state(raw) == before else "raw has changed")

    _, out = case("home")
    env = {**os.environ, "HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
    env.pop("MPLCONFIGDIR", None)
    for arguments in (["build", "--raw", str(made.raw_new), "--out", str(out)],
                      ["charts", "coverage", "--processed", str(out), "--out", str(place / "home" / "x")]):  # fmt: skip
        yield clean(fresh(place, *arguments, env=env), (0,))


def memory(bench: Bench, most: int) -> Outcomes:
    """Build with an address space that is too small, from far too small to just enough: no half state."""
    made, done = tables(bench.place), 0
    out = bench.place / "out" / "processed"
    big = pages(bench.place / "raw-big", NEW)
    text = (big / NEW[0]).read_text("utf-8")
    (big / "big.txt").write_text((text + "\n") * (6_000_000 // len(text)), "utf-8")
    arguments = [str(a) for a in ("build", "--raw", big, "--out", out)]
    while bench.more(done, most):
        lay(out, made.old)
        used = int(re.search(r"VmSize:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024  # type: ignore[index]
        limit = used + bench.dice.randint(1_000_000, 150_000_000)

        def build(limit: int = limit) -> int:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            return cli.main(arguments)

        ran = ended(start(build, bench.place), bench.place)
        found = clean(ran) or ("" if ran.code != 1 or state(out) == made.old else mixture(out, made.old))
        done += 1
        yield found or (f"debris: {debris(out)}" if debris(out) else "")


# Others at work at the same time


def at_once(bench: Bench, most: int) -> Outcomes:
    """Run two builds at once, beside a reader: one of the two states, whole, and a sentence for who must wait."""
    made, done = tables(bench.place), 0
    out = bench.place / "out" / "processed"
    while bench.more(done, most):
        lay(out, made.old)
        places = [bench.place / f"child-{i}" for i in range(2)]
        pids = []
        for raw, place in zip((made.raw_old, made.raw_new), places, strict=True):
            place.mkdir(exist_ok=True)
            arguments = ["build", "--raw", str(raw), "--out", str(out)]
            pids.append(start(lambda a=arguments: cli.main(a), place))
            time.sleep(bench.dice.uniform(0, 0.1))
        found = ""
        while not found and not os.waitid(os.P_PID, pids[1], os.WEXITED | os.WNOHANG | os.WNOWAIT):
            store.recover(out)  # as every reader does
            try:
                manifest.read(out)
            except ValueError as error:
                found = f"a reader finds no tables: {error}"
        ran = [ended(pid, place) for pid, place in zip(pids, places, strict=True)]
        found = found or next(filter(None, (clean(r, (0, 1)) for r in ran)), "") or mixture(out, made.old, made.new)
        if not found and all(r.code for r in ran):
            found = "neither was built"
        done += 1
        yield found or (f"debris: {debris(out)}" if debris(out) else "")


def add_while_building(bench: Bench, most: int) -> Outcomes:
    """Add a page, and two pages at once, while a build reads the folder."""
    done, from_ = (
        0,
        pages(
            bench.place / "from", ("adv-wall-of-text.txt", "adv-statement-officers.txt", "hugo-lindqvist-list-2025.txt")
        ),
    )
    raw, out = bench.place / "raw", bench.place / "out" / "processed"
    while bench.more(done, most):
        lay(raw, state(pages(bench.place / "before", NEW)))
        places = [bench.place / f"child-{i}" for i in range(4)]
        commands = [["build", "--raw", str(raw), "--out", str(out)]]
        commands += [["add", str(p), "--raw", str(raw), "--author", p.stem] for p in sorted(from_.iterdir())]
        pids = []
        for command, place in zip(commands, places, strict=True):
            place.mkdir(exist_ok=True)
            pids.append(start(lambda c=command: cli.main(c), place))
        ran = [ended(pid, place) for pid, place in zip(pids, places, strict=True)]
        found = next(filter(None, (clean(r, (0,)) for r in ran)), "")
        said = (raw / "sources.toml").read_text("utf-8") if (raw / "sources.toml").exists() else ""
        lost = [p.name for p in from_.iterdir() if p.stem not in said or state(raw).get(p.name) != p.read_bytes()]
        hidden = [name for name in state(raw) if name.startswith(".")]
        done += 1
        yield found or (f"lost: {lost}" if lost else "") or (f"debris: {hidden}" if hidden else "")


def page_changes(bench: Bench, most: int) -> Outcomes:
    """Rewrite a page without pause while it is added and built: what is kept is what was read, and check notices."""
    raw, out, done = pages(bench.place / "raw", NEW), bench.place / "out" / "processed", 0
    page, stop = raw / NEW[0], threading.Event()
    texts = [(HERE.parent / "tests" / "pages" / name).read_bytes() * 3 for name in (NEW[0], "adv-wall-of-text.txt")]

    def rewrite() -> None:
        n = 0
        while not stop.is_set():
            page.write_bytes(texts[n % 2])
            n += 1
            time.sleep(0.0005)

    while bench.more(done, most):
        stop.clear()
        added = bench.place / "added"
        shutil.rmtree(added, ignore_errors=True)
        writer = threading.Thread(target=rewrite)
        pid = os.fork()
        if pid == 0:
            rewrite()
        try:
            ran = necdata(bench.place, "build", "--raw", raw, "--out", out)
            found = clean(ran)
            ran = necdata(bench.place, "add", page, "--raw", added)
            found = found or clean(ran, (0, 1))
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            del writer
        page.write_bytes(texts[0] + b"\n")
        if not found and ran.code == 0 and {p.read_bytes() for p in added.iterdir()} == {b""}:
            found = "an empty page was added"
        known = [p.sha256 for p in manifest.read(out).pages.values() if p.name == page.name]
        if not found and known:
            ran = necdata(bench.place, "check", "--raw", raw, "--processed", out)
            found = clean(ran, (1,)) or ("" if "has changed under its name" in ran.err else "check did not notice")
        done += 1
        yield found


# Surroundings


def same_bytes(ran: Ran, out: Path, wanted: State, codes: tuple[int, ...] = (0,)) -> str:
    """Say that a build in odd surroundings did not give what it gives elsewhere."""
    return clean(ran, codes) or ("" if out.exists() and state(out) == wanted else "other tables than elsewhere")


def locales(bench: Bench, most: int) -> Outcomes:
    """Build and show status in locales that are not UTF-8, and in one with a decimal comma."""
    made, place = tables(bench.place), bench.place
    surroundings: list[dict[str, str]] = [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252:strict"},
        {"LANG": "", "LC_ALL": "", "LC_CTYPE": "nonsense"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "nonsense"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "2"},
        {"COLUMNS": "1", "TERM": "dumb"},
    ]
    where = place / "locales"
    where.mkdir()
    if shutil.which("localedef"):
        for name, charset in (("de_DE", "UTF-8"), ("de_DE", "ISO-8859-1"), ("tr_TR", "UTF-8")):
            target = where / f"{name}.{charset}"
            if not subprocess.run(
                ["localedef", "-i", name, "-f", charset, target], capture_output=True, check=False
            ).returncode:
                surroundings.append({"LOCPATH": str(where), "LC_ALL": target.name, "PYTHONCOERCECLOCALE": "0"})
    odd = pages(place / "raw-odd", NEW)
    (odd / "Sitzung – für alle “x”.txt").write_bytes(b"")
    for number, extra in enumerate(surroundings):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))} | extra
        out = place / f"out-{number}" / "processed"
        found = same_bytes(fresh(place, "build", "--raw", made.raw_new, "--out", out, env=env), out, made.new)
        yield found and f"{extra}: {found}"
        found = clean(fresh(place, "status", "--raw", odd, env=env), (3,))
        yield found and f"{extra}, status: {found}"
    if not any("de_DE" in extra.get("LC_ALL", "") for extra in surroundings):
        print("    (no localedef with de_DE: the decimal comma was not tried)")


def clocks(bench: Bench, most: int) -> Outcomes:
    """Date files before 1970 and after 2100; let the clock jump where faketime is there."""
    made, place = tables(bench.place), bench.place
    for number, when in enumerate((0, -(10**9), 4_200_000_000, 17_000_000_000)):
        raw = pages(place / f"raw-{number}", NEW)
        out = lay(place / f"out-{number}" / "processed", made.old)
        for path in (*raw.iterdir(), raw, *out.iterdir(), out):
            os.utime(path, (when, when))
        yield same_bytes(necdata(place, "build", "--raw", raw, "--out", out), out, made.new)
        yield clean(necdata(place, "check", "--raw", raw, "--processed", out), (0,))
    if not shutil.which("faketime"):
        print("    (no faketime: only the files' dates were made to jump)")
        return
    for when in ("1970-01-02", "2038-01-19 03:14:06", "+0 x1000", "-2y"):
        out = place / "faked" / "processed"
        command = [
            "faketime",
            when,
            sys.executable,
            "-m",
            "necdata",
            "build",
            "--raw",
            str(made.raw_new),
            "--out",
            str(out),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        yield same_bytes(Ran(done.returncode, done.stdout, done.stderr), out, made.new)


NAMES = (
    "plain", "with space", " lead and trail ", "new\nline", "tab\tbed", "naïve – “q”", "e\u0301 decomposed", "日本語", "אבג",
    "‮rtl‬", "-dash", "--help", "$HOME", "`id`", "a;b", "a'b", 'a"b', "a\\b", "[1]", "*", "?", "%s", "{0}", "#x", "~", "\x1b[2J",
    "x" * 200, "a.b.c", "processed", "\udce9-not-utf8",
)  # fmt: skip


def paths(bench: Bench, most: int) -> Outcomes:
    """Build from and into folders and from pages with every kind of name; the same tables but for the names in them."""
    place, made = bench.place, tables(bench.place)
    for number, name in enumerate(NAMES):
        home = place / f"n{number}"
        home.mkdir()
        raw, out = pages(home / name / "raw", NEW), home / name / "out" / name
        found = same_bytes(necdata(place, "build", "--raw", raw, "--out", out), out, made.new)
        yield found and f"folder {name!r}: {found}"
        out = lay(out, made.old)
        found = same_bytes(necdata(place, "build", "--raw", raw, "--out", out), out, made.new)
        yield found and f"folder {name!r}, over an older build: {found}"
        ran = necdata(place, "check", "--raw", raw, "--processed", out)
        found = clean(ran, (0,)) or ("" if unicodedata.category((ran.out or "x")[0]) != "Cc" else "control characters")
        yield found and f"check of folder {name!r}: {found}"
        page = home / f"{name[:190]}.txt"
        shutil.copy(HERE.parent / "tests" / "pages" / "adv-wall-of-text.txt", page)
        ran = necdata(place, "add", page, "--raw", raw)
        spoken = ran.out + ran.err
        found = clean(ran, (0, 1)) or (
            "" if not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", spoken) else "control characters"
        )
        found = found or ("" if spoken.count("\n") == 1 else f"{spoken.count(chr(10))} lines")
        yield found and f"page {name!r}: {found}"
        ran = necdata(place, "build", "--raw", raw, "--out", out)
        found = clean(ran, (0,)) or clean(necdata(place, "check", "--raw", raw, "--processed", out), (0,))
        found = found or clean(necdata(place, "status", "--raw", raw, "--processed", out), (0,))
        yield found and f"build with page {name!r}: {found}"


def line_ends(bench: Bench, most: int) -> Outcomes:
    """Give the pages Windows and old Mac line ends, and the tables those of a Windows checkout."""
    place, made = bench.place, tables(bench.place)
    volatile = {"pages.csv", "manifest.json"}
    for number, end in enumerate((b"\r\n", b"\r")):
        raw = pages(place / f"raw-{number}", NEW)
        for path in raw.iterdir():
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end))
        out = place / f"out-{number}" / "processed"
        found = clean(necdata(place, "build", "--raw", raw, "--out", out), (0,))
        plain, strange = ({re.sub(rb"[0-9a-f]{8}-", b"", v) for k, v in s.items() if k in ("meetings.csv", "topics.csv", "terms.csv")}
                          for s in (made.new, state(out)))  # fmt: skip
        yield found or ("" if plain == strange else f"other meetings with line ends {end!r}, beside {volatile}")
    crlf = lay(place / "windows", {k: v.replace(b"\n", b"\r\n") for k, v in made.new.items()})
    yield clean(necdata(place, "check", "--processed", crlf), (0,))
    yield clean(necdata(place, "charts", "coverage", "--processed", crlf, "--out", place / "x"), (0,))


def pipes(bench: Bench, most: int) -> Outcomes:
    """Close the reader's end early, close standard output and error, and write to a full device."""
    made = tables(bench.place)
    out = lay(bench.place / "processed", made.new)
    python, raw = f"{sys.executable} -m necdata", made.raw_new
    many = pages(bench.place / "many", tuple(p.name for p in (HERE.parent / "tests" / "pages").glob("*.txt")))
    lines = [
        (f"{python} status --raw '{many}' | head -n 1; exit ${{PIPESTATUS[0]}}", (0, 3)),
        (f"{python} status --raw '{raw}' | true; exit ${{PIPESTATUS[0]}}", (0,)),
        (f"{python} --help | true; exit ${{PIPESTATUS[0]}}", (0,)),
        (f"{python} codebook list | head -n 1; exit ${{PIPESTATUS[0]}}", (0,)),
        (f"{python} build --raw '{raw}' --out '{out}' | true; exit ${{PIPESTATUS[0]}}", (0,)),
        (f"{python} build --raw '{raw}' --out '{out}' >&-", (0,)),
        (f"{python} build --raw '{raw}' --out '{out}' 2>&-", (0,)),
        (f"{python} build --raw '{raw}' --out '{out}' <&- >&- 2>&-", (0,)),
        (f"{python} build --raw /nonexistent --out '{out}' 2>&-", (1,)),
        (f"{python} codebook list > /dev/full", (1,)),
        (f"{python} build --raw '{raw}' --out '{out}' > /dev/full", (1,)),
    ]
    for line, codes in lines:
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
        short = line.replace(python, "necdata").split("; exit")[0]
        found = "" if done.returncode in codes else f"exit code {done.returncode}: {done.stderr[-200:]}"
        found = (
            found
            or ("a traceback" if re.search("Traceback|Exception ignored", done.stderr) else "")
            or mixture(out, made.new)
        )
        yield found and f"{re.sub(r'/tmp/[^ ]+/', '', short)}: {found}"


FAULTS: dict[str, Callable[[Bench], Outcomes]] = {
    "kills-build": lambda b: build_struck(b, signal.SIGKILL, 200),
    "kills-add": lambda b: add_struck(b, signal.SIGKILL, 100),
    "kills-charts": lambda b: charts_struck(b, signal.SIGKILL, 60),
    "kills-fetch": lambda b: fetch_struck(b, signal.SIGKILL, 60),
    "kills-notebooks": lambda b: notebooks_struck(b, signal.SIGKILL, 20),
    "ctrl-c-build": lambda b: build_struck(b, signal.SIGINT, 100),
    "ctrl-c-add": lambda b: add_struck(b, signal.SIGINT, 60),
    "ctrl-c-charts": lambda b: charts_struck(b, signal.SIGINT, 20),
    "ctrl-c-start": lambda b: start_struck(b, 30),
    "disk": lambda b: disk_full(b, 80),
    "disk-charts": lambda b: charts_on_full_disk(b, 20),
    "permissions": lambda b: permissions(b, 1),
    "memory": lambda b: memory(b, 25),
    "at-once": lambda b: at_once(b, 40),
    "add-at-once": lambda b: add_while_building(b, 25),
    "page-changes": lambda b: page_changes(b, 25),
    "locales": lambda b: locales(b, 1),
    "clocks": lambda b: clocks(b, 1),
    "paths": lambda b: paths(b, 1),
    "line-ends": lambda b: line_ends(b, 1),
    "pipes": lambda b: pipes(b, 1),
}


def tried(name: str, seconds: float, seed: int) -> tuple[int, list[str], str]:
    """Try one fault in a folder of its own; returns tries, wrong outcomes, and why it was skipped."""
    outcomes: list[str] = []
    skipped = ""
    with tempfile.TemporaryDirectory(prefix="necdata-torture-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "work"
        place.mkdir()
        try:
            for outcome in FAULTS[name](Bench(place, time.monotonic() + seconds, random.Random(f"{seed} {name}"))):
                outcomes.append(outcome)
        except Skip as why:
            skipped = str(why)
    return len(outcomes), [o for o in outcomes if o], skipped


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600, help="time for all, shared out among the faults (600)")
    parser.add_argument("--only", default="", help=f"names with commas: {', '.join(FAULTS)}")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same moments (1)")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(FAULTS)
    until, wrong = time.monotonic() + options.seconds, 0
    print(f"{'fault':18}{'tried':>7}{'right':>7}  seconds")
    for position, name in enumerate(names):
        began = time.monotonic()
        n, bad, skipped = tried(name, max(until - began, 5) / (len(names) - position), options.seed)
        wrong += len(bad)
        print(
            f"{name:18}{n:7}{n - len(bad):7}  {time.monotonic() - began:6.0f}  {'skipped: ' + skipped if skipped else ''}",
            flush=True,
        )
        for outcome in list(dict.fromkeys(bad))[:5]:
            print(f"    {outcome[:300]}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
