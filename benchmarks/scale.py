"""Time, memory and disk of whole builds at several sizes, with one worker and with two, and of adding a page.

    .venv/bin/python benchmarks/scale.py --pages 250 1000 --folder /tmp/scale

Every build is a process of its own, on generated pages (pages_at_scale.py). Processor time is that of the build and its
workers, which other work on the machine does not change; memory is the largest that any one process came to. The tables
of all builds of the same pages are compared, byte for byte. Prints a table for docs/scale.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pages_at_scale


class Run(NamedTuple):
    """What a build cost: seconds by the clock and of the processor, MB of its largest process."""

    clock: float
    processor: float
    memory: float


def build(raw: Path, out: Path, *options: str) -> Run:
    """Run `necdata build` in a process of its own."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "necdata", "build", "--raw", str(raw), "--out", str(out), *options]
    process = os.posix_spawn(sys.executable, command, dict(os.environ))
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    return Run(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def digest(folder: Path) -> str:
    """Name the bytes of all tables."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def size(folder: Path) -> float:
    """Give the size of a folder in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def measure(n: int, place: Path) -> list[str]:
    """Measure builds of n pages: rows of the table."""
    raw, out, cache = place / "raw", place / "out", place / ".out-cache"
    for folder in (raw, out, cache):
        shutil.rmtree(folder, ignore_errors=True)
    pages_at_scale.write(n, raw)
    runs = {"one worker": build(raw, out, "--fresh", "--jobs", "1")}
    seen = [digest(out)]
    runs["two workers"] = build(raw, out, "--jobs", "2")
    seen.append(digest(out))
    runs["nothing new"] = build(raw, out)
    seen.append(digest(out))
    pages_at_scale.write(1, raw / "more", seed=99)
    runs["one page more"] = build(raw, out)
    added = digest(out)
    build(raw, out, "--fresh")
    same = len(set(seen)) == 1 and added == digest(out)
    megabytes = size(raw)
    return [
        f"| {n:,} | {megabytes:.1f} | {name} | {run.clock:.1f} | {run.processor:.1f} | {1000 * run.processor / n:.1f} "
        f"| {run.memory:.0f} | {size(out):.1f} | {size(cache):.1f} | {'yes' if same else 'NO'} |"
        for name, run in runs.items()
    ]


def main() -> None:
    """Measure builds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[250, 1000], help="sizes of corpora")
    parser.add_argument("--folder", type=Path, default=Path("build/scale"), help="where to write them")
    options = parser.parse_args()
    print(
        "| pages | MB | build | clock, s | processor, s | ms a page | largest process, MB | tables, MB | cache, MB | same bytes |"
    )
    print("|---:|---:|---|---:|---:|---:|---:|---:|---:|---|")
    for n in options.pages:
        options.folder.mkdir(parents=True, exist_ok=True)
        print("\n".join(measure(n, options.folder)), flush=True)


if __name__ == "__main__":
    main()
