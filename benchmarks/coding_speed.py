"""Measure coding with a dictionary beside other libraries, and write docs/benchmarks.md's table.

    make bench
    build/peers/bin/python benchmarks/coding_speed.py [--sizes 80K,16M] [--terms 400,4000] [--kinds ordinary,heavy]
                                                      [--rounds 3] [--only 'necdata;flashtext'] [--add] [--write]

Each figure is of a fresh process that has read nothing before: it makes the coder and codes the passages once (cold);
imports stand apart.
The libraries take turns, round by round, so that what else the machine does befalls all alike. Just before and after,
the same process runs `re.findall(r"\\w+")` over the passages; ratios are to the mean of the two. Time is processor time,
all threads counted. The median of the rounds is given. Agreement with the plain matcher is measured on 2 MB of ordinary
passages and on 3,000 hostile ones, passage by passage: all topics' counts have to be the same.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import pickle
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import corpora  # noqa: E402
import peers  # noqa: E402
import speed_chart  # noqa: E402

BUILD = HERE.parent / "build" / "bench"
RESULTS = BUILD / "coding_speed.json"
FLOORS = BUILD / "floors.json"
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"
UNITS = {"K": 1 << 10, "M": 1 << 20}
PACKAGES = ["numpy", "ahocorasick-rs", "spacy", "nltk", "flashtext", "scikit-learn"]
SAMPLE, HOSTILE = 2 << 20, 3000


def main() -> None:
    options = _options()
    if options.one:
        print(json.dumps(measure(*options.one)))
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = json.loads(RESULTS.read_text()) if RESULTS.exists() and options.add else []
    only = options.only.split(";") if options.only else []
    for size in filter(None, options.sizes.split(",")):
        for n_terms in map(int, options.terms.split(",")):
            for kind in options.kinds.split(","):
                rows += compare(size, n_terms, kind, options.rounds, only)
                RESULTS.write_text(json.dumps(rows, indent=1))
    if not FLOORS.exists() or "16M" in options.sizes.split(","):
        FLOORS.write_text(json.dumps(_floors("16M")))
    table = "\n".join([*_table(rows), "", *json.loads(FLOORS.read_text())])
    print(table)
    if options.write:
        write(table)
        speed_chart.draw(rows, DOCUMENT.parent / "images" / "coding-speed.svg")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes", default="80K,16M", help="'' measures nothing: with --add --write, writes the table again"
    )
    parser.add_argument("--terms", default="400,4000")
    parser.add_argument("--kinds", default="ordinary,heavy")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of libraries, parted by semicolons")
    parser.add_argument("--add", action="store_true", help="add to the rows of the last run")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--one", nargs=3, metavar=("NAME", "TASK", "TEXTS"), help=argparse.SUPPRESS)
    return parser.parse_args()


def compare(size: str, n_terms: int, kind: str, rounds: int, only: list[str]) -> list[dict[str, Any]]:
    """Measure every library on one corpus in turn, `rounds` times: one row per library."""
    chosen = [p for p in peers.PEERS if not only or p.name in only]
    texts = _texts(size, kind)
    task = _task(size, n_terms, kind, any("wildcards" in p.lacks for p in chosen))
    runs: dict[str, list[dict[str, Any]]] = {p.name: [] for p in chosen}
    for number in range(rounds):
        for name in runs:
            call = [sys.executable, __file__, "--one", name, str(task), str(texts)]
            done = subprocess.run(call, capture_output=True, text=True, check=True)
            runs[name].append(json.loads(done.stdout.splitlines()[-1]))
            runs[name][-1]["import s"] = _import(name)
            print(size, n_terms, kind, f"{number + 1}/{rounds}", name, runs[name][-1], file=sys.stderr)
    return [
        {
            "size": size,
            "terms": n_terms,
            "kind": kind,
            "name": name,
            **{key: statistics.median(run[key] for run in found) for key in found[0]},
            "ratios": sorted(run["cold"] for run in found),
        }
        for name, found in runs.items()
    ]


def _texts(size: str, kind: str) -> Path:
    path = BUILD / f"{kind}-{size}.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(corpora.passages(int(size[:-1]) * UNITS[size[-1]], kind)))
    return path


def _task(size: str, n_terms: int, kind: str, spelt: bool) -> Path:
    """The terms, spelt out where libraries without wildcards need that, and the reference's tables of the samples."""
    path = BUILD / f"task-{kind}-{size}-{n_terms}{'' if spelt else '-unspelt'}.pickle"
    if path.exists():
        return path
    terms, topics = corpora.terms(n_terms)
    keys = sorted(set(topics))
    numbers = [keys.index(topic) for topic in topics]
    samples = {"ordinary": corpora.passages(SAMPLE, "ordinary", seed=9), "hostile": corpora.hostile(HOSTILE)}
    phrases: list[tuple[str, int]] = []
    if spelt:
        spoken = [*pickle.loads(_texts(size, kind).read_bytes()), *samples["ordinary"], *samples["hostile"]]
        phrases = peers.expanded(terms, numbers, spoken)
    task = peers.Task(terms, numbers, len(keys), phrases)
    expected = {name: peers.reference(task)(texts) for name, texts in samples.items()}
    path.write_bytes(pickle.dumps((tuple(task), samples, expected)))
    return path


def measure(name: str, task_path: str, texts_path: str) -> dict[str, float]:
    """One cold run in this process."""
    parts, samples, expected = pickle.loads(Path(task_path).read_bytes())
    texts = pickle.loads(Path(texts_path).read_bytes())
    task, peer = peers.Task(*parts), next(p for p in peers.PEERS if p.name == name)
    importlib.import_module(peer.module)
    before = _pass(texts)
    made, making = timed(lambda: peer.make(task))
    _, coding = timed(lambda: made(texts))
    pass_ = (before + _pass(texts)) / 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    agree = {key: float((made(samples[key]) == expected[key]).all(axis=1).mean()) for key in samples}
    n = sum(len(text.encode()) for text in texts)
    return {
        "regex MB/s": n / pass_ / 1e6,
        "make s": making,
        "code s": coding,
        "R": pass_ / coding,
        "cold": pass_ / (making + coding),
        "peak MB": peak,
        **{f"agrees, {key}": agree[key] for key in agree},
    }


def _import(name: str) -> float:
    """Seconds that a library takes to be imported by a process that has nothing yet."""
    module = next(p.module for p in peers.PEERS if p.name == name)
    program = f"import time; start = time.process_time(); import {module}; print(time.process_time() - start)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return float(done.stdout)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def _pass(texts: list[str]) -> float:
    """Seconds of a pass of `re.findall`; the fastest of several over a small corpus."""
    word = re.compile(r"\w+")

    def over_all() -> None:
        for text in texts:
            word.findall(text)

    return min(timed(over_all)[1] for _ in range(1 if len(texts) > 10_000 else 5))


def _floors(size: str) -> list[str]:
    """What nothing that reads the text can undercut, as ratios to the same pass of `re.findall`."""
    texts = pickle.loads(_texts(size, "ordinary").read_bytes())
    path = BUILD / "ordinary.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    whole = path.read_text(encoding="utf-8")
    floors = {
        "read and decode": lambda: path.read_text(encoding="utf-8"),
        "casefold": whole.casefold,
        "bytes.split": path.read_bytes().split,
        "re.findall for one word in capitals": lambda: re.findall(r"\bEHRC\b", whole),
    }
    rows = ["| floor | R |", "|---|--:|"]
    for name, work in floors.items():
        times = [(_pass(texts), timed(work)[1]) for _ in range(3)]
        rows.append(f"| {name} | {statistics.median(a / b for a, b in times):.1f} |")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["wc", "-w", path], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return [*rows, f"| wc -w | {_pass(texts) / spent:.1f} |"]


def _table(rows: list[dict[str, Any]]) -> list[str]:
    head = [
        "corpus",
        "terms",
        "library",
        "R cold (rounds)",
        "necdata is",
        "import",
        "make",
        "code",
        "peak MB",
        "agrees: ordinary",
        "hostile",
    ]
    lines = [f"| {' | '.join(head)} |", f"|---|--:|---|--:|{'--:|' * 7}"]
    for row in rows:
        key = (row["size"], row["terms"], row["kind"])
        own = next((r for r in rows if (r["size"], r["terms"], r["kind"]) == key and r["name"] == "necdata"), row)
        times = own["cold"] / row["cold"]
        lines.append(
            f"| {row['size']} {row['kind']} | {row['terms']:,} | {row['name']} | {row['cold']:#.3g} "
            f"({_range(row['ratios'])}) | {'' if own is row else f'{times:.1f} ×'} | "
            f"{_time(row['import s'])} | {_time(row['make s'])} | {_time(row['code s'])} | {row['peak MB']:.0f} | "
            f"{row['agrees, ordinary']:.1%} | {row['agrees, hostile']:.1%} |"
        )
    return lines


def _range(ratios: list[float]) -> str:
    return f"{ratios[0]:#.3g}-{ratios[-1]:#.3g}" if len(ratios) > 1 else "one round"


def _time(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def machine() -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, {versions}; {platform.system()} {platform.machine()}, {_processor()}."


def _processor() -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if sys.platform == "linux" else None
    return found[1] if found else platform.processor()


def write(table: str) -> None:
    """Put the table between its marks in docs/benchmarks.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    start, end = "<!-- coding_speed begins -->", "<!-- coding_speed ends -->"
    before, rest = text.split(start)
    after = rest.split(end)[1]
    DOCUMENT.write_text(f"{before}{start}\n\n{machine()}\n\n{table}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
