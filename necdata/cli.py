"""The command line: add, build, status, charts and the rest, each with help that teaches."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

from necdata import __version__, plain

_Item = TypeVar("_Item")

OK, PROBLEM, USAGE, SKIPPED = 0, 1, 2, 3
EPILOG = """exit codes: 0 all done; 1 a problem, said in one line; 2 wrong use; 3 done, but some files were skipped

a first session:
  necdata add ~/Downloads/nec-report.txt --url https://example.org/nec --author "Jo Bloggs"
  necdata build          pages in raw/ become tables in processed/
  necdata status         where every character of every page went
  necdata check          are the tables as they were built, and from these pages?
  necdata charts         every chart into exports/
  necdata codebook show elections    what a topic covers and the terms that find it"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (see EPILOG)."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a stream of somebody else's, or none
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
        if sys.stdout:  # None where it was closed
            sys.stdout.flush()  # here, where a full disk or a closed pipe can still be said
        return code
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("necdata: stopped; nothing was changed half-way", file=sys.stderr)
        return 130
    except MemoryError:
        print("necdata: not enough memory; close other programs, or build from fewer or smaller pages", file=sys.stderr)
        return PROBLEM
    except (ValueError, OSError) as error:
        print(f"necdata: {_one_line(error)}", file=sys.stderr)
        return PROBLEM


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        name = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
        return plain.line(f"{name}: {error.strerror}; check the path, its permissions and the space on the disk")
    return plain.line(" ".join(str(error).split()))


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are shown as they stand, file names that a shell put there included."""

    def error(self, message: str) -> NoReturn:
        super().error(plain.line(message))


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = _Parser(
        prog="necdata", description="Turn published reports of Labour NEC meetings into tables of meetings and topics.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"necdata {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_parser, _fetch_parser, _build_parser, _check_parser, _status_parser, _charts_parser,
                _codebook_parser,
                _validate_parser, _sample_parser):  # fmt: skip
        add(commands)
    return top


def _command(commands: argparse._SubParsersAction, name: str, run: object, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text.split(". ")[0].lower(), description=text)
    command.set_defaults(run=run)
    return command


def _raw(command: argparse.ArgumentParser) -> None:
    command.add_argument("--raw", type=Path, default=Path("raw"), metavar="DIR", help="folder of pages (default: raw)")


def _add_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands, "add", _add, "Check pages and copy them into raw/. Never overwrites; refuses what cannot be read."
    )
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="pages saved as text or HTML, feeds, WordPress exports"
    )
    command.add_argument("--url", default="", help="address that the page is from")
    command.add_argument("--author", default="", help="who wrote it; several joined by '; '")
    _raw(command)


def _fetch_parser(commands: argparse._SubParsersAction) -> None:
    from necdata.fetching import command

    command.add_parser(commands)


def _build_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands, "build", _build, "Make the tables from the pages. Replaces the tables as a whole or not at all."
    )
    _raw(command)
    command.add_argument(
        "--out", type=Path, default=Path("processed"), metavar="DIR", help="folder for the tables (default: processed)"
    )
    command.add_argument("--codebook", type=Path, help="codebook of your own (.toml, .yml or .csv)")
    command.add_argument("--leaders", type=Path, help="leaders.csv of your own")
    command.add_argument("--elections", type=Path, help="elections.csv of your own")
    command.add_argument(
        "--jobs", type=_jobs, default=None, metavar="N",
        help="processes that read pages (default: one a core; a few pages are read in one)",
    )  # fmt: skip
    command.add_argument(
        "--fresh", action="store_true", help="read every page again, and keep nothing of them for the next build"
    )


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def _check_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands, "check", _check,
        "Hold the tables against their manifest and the pages. A line for each fault; with pages, builds and compares.",
    )  # fmt: skip
    command.add_argument(
        "--processed", type=Path, default=Path("processed"), metavar="DIR", help="folder of tables (default: processed)"
    )
    command.add_argument(
        "--raw", type=Path, default=None, metavar="DIR", help="folder of pages (default: raw, where it holds any)"
    )
    command.add_argument("--codebook", type=Path, help="codebook that the tables were built with")
    command.add_argument("--leaders", type=Path, help="leaders.csv that they were built with")
    command.add_argument("--elections", type=Path, help="elections.csv that they were built with")


def _status_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands, "status", _status, "Show where every character of each page went. Lists the lines that no rule knew."
    )
    _raw(command)
    command.add_argument(
        "--lines", type=int, default=20, metavar="N", help="unrecognised lines to list a page (default: 20)"
    )
    command.add_argument(
        "--processed", type=Path, default=Path("processed"), metavar="DIR",
        help="tables whose pages these are to be (default: processed)",
    )  # fmt: skip


def _charts_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands,
        "charts",
        _charts,
        "Draw every chart, or those named. Each as PNG, SVG, PDF, the CSV of what was drawn and its alt text; "
        "index.html shows all that are in the folder.",
    )
    command.add_argument("names", nargs="*", metavar="CHART", help="charts to draw (default: all; --list names them)")
    command.add_argument("--list", action="store_true", help="list the charts and stop")
    command.add_argument(
        "--topic", action="append", default=[], metavar="KEY",
        help="draw this topic of `necdata codebook list` only; may be given several times",
    )  # fmt: skip
    command.add_argument("--since", default="", metavar="DATE", help="meetings from then on: 2019, 2019-07, 2019-07-21")
    command.add_argument("--until", default="", metavar="DATE", help="meetings up to then")
    command.add_argument(
        "--era", action="append", default=[], metavar="LEADER", help="meetings under this leader (Corbyn); repeatable"
    )
    command.add_argument(
        "--reporter", action="append", default=[], metavar="NAME", help="meetings told by this reporter"
    )
    command.add_argument(
        "--width", default="full", metavar="MM", help="full (183 mm, the default), column (89 mm) or mm"
    )
    command.add_argument(
        "--format", action="append", default=[], choices=["png", "svg", "pdf", "csv", "txt"],
        help="write this format only; repeatable (default: all five)",
    )  # fmt: skip
    command.add_argument(
        "--processed", type=Path, default=None, metavar="DIR", help="folder of tables (default: the shipped ones)"
    )
    command.add_argument(
        "--out", type=Path, default=Path("exports"), metavar="DIR", help="folder for the charts (default: exports)"
    )


def _codebook_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands,
        "codebook",
        _codebook,
        "Show a topic, check a codebook, or take it along. check reports duplicate, shadowed and dead terms; export "
        "writes a dictionary for quanteda in R (.yml) or a table of topic, term and strength (.csv).",
    )
    command.add_argument(
        "action", choices=["check", "show", "list", "export"],
        help="check the terms, show one topic, list all, write the codebook as another format",
    )  # fmt: skip
    command.add_argument(
        "what", nargs="?", default="", metavar="TOPIC|FILE",
        help="for show the key of a topic, for export the file to write (never overwritten)",
    )  # fmt: skip
    command.add_argument(
        "--codebook", default=None, metavar="FILE", help="codebook of your own, or election_kinds (default: topics)"
    )
    command.add_argument(
        "--processed", type=Path, default=None, metavar="DIR", help="tables whose text dead terms are sought in"
    )


def _validate_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands,
        "validate",
        _validate,
        "Score the coding against a gold standard. Precision, recall, F1 and alpha per topic.",
    )
    command.add_argument(
        "gold", type=Path, metavar="GOLD.csv", help="passages coded by hand: file, line, topics, disputed"
    )
    command.add_argument(
        "--processed", type=Path, default=None, metavar="DIR", help="folder of tables (default: the shipped ones)"
    )
    command.add_argument("--out", type=Path, default=None, metavar="FILE.csv", help="write the scores there as well")
    command.add_argument("--worst", type=int, default=10, metavar="N", help="worst passages to list (default: 10)")


def _sample_parser(commands: argparse._SubParsersAction) -> None:
    command = _command(
        commands, "sample", _sample, "Draw passages to code by hand. Blind and stratified by topic, era and reporter."
    )
    command.add_argument("out", type=Path, metavar="OUT.csv", help="file to write and fill in; never overwritten")
    command.add_argument("-n", type=int, default=100, help="passages to draw (default: 100)")
    command.add_argument("--seed", type=int, default=1, help="the same seed draws the same passages (default: 1)")
    command.add_argument(
        "--processed", type=Path, default=None, metavar="DIR", help="folder of tables (default: the shipped ones)"
    )


def _codebook(options: argparse.Namespace) -> int:
    from necdata.coding import codebook
    from necdata.corpus import load

    book = codebook.load(options.codebook)
    if options.action == "list":
        print(plain.lines(book.topics[["key", "name", "group"]].to_string(index=False)))
    elif options.action == "show":
        print(plain.lines(codebook.show(book, options.what)))
    elif options.action == "export":
        codebook.write(book, Path(options.what))
        print(plain.line(f"{book.name} {book.version} -> {options.what}"))
    else:
        corpus = load(options.processed)
        found = codebook.check(book, corpus.text if corpus.has_text else None)
        mended = f"{book.name} {book.version}: nothing to mend"
        print(plain.lines(found.to_string(index=False)) if len(found) else plain.line(mended))
        if not corpus.has_text:
            print(f"Dead terms were not sought: {plain.line(corpus.folder)} holds no text; build from the pages first.")
    return OK


def _validate(options: argparse.Namespace) -> int:
    import pandas as pd

    from necdata.corpus import load
    from necdata.counting import validation

    corpus = load(options.processed)
    places = pd.concat([corpus.passages[corpus.copies.columns], corpus.copies])  # a gold row may name any copy
    report = validation.validate(options.gold, corpus.codings, places, corpus.pages, list(corpus.topic_groups))
    if options.out:
        scores = pd.concat([report.topics, report.overall]).assign(n_passages=report.n_passages)
        scores.round(6).to_csv(options.out, index=False, lineterminator="\n", encoding="utf-8")
    print(plain.lines(validation.card(report)))
    print(plain.lines(report.worst.head(options.worst).to_string(index=False)))
    return OK


def _sample(options: argparse.Namespace) -> int:
    from necdata.corpus import load
    from necdata.counting import validation

    corpus = load(options.processed)
    drawn = validation.sample(
        corpus.passages, corpus.codings, corpus.posts, corpus.meetings, corpus.pages,
        corpus.text if corpus.has_text else None, options.n, options.seed,
    )  # fmt: skip
    with options.out.open("x", encoding="utf-8", newline="") as handle:
        handle.write(plain.sheet(drawn))  # people fill it in in a spreadsheet
    print(plain.line(f"{len(drawn)} passages -> {options.out}"))
    return OK


def _add(options: argparse.Namespace) -> int:
    from necdata import adding

    refused = 0
    for path in options.files:
        try:
            print(plain.line(adding.add(path, options.raw, options.url, options.author)))
        except (ValueError, OSError) as error:
            refused += 1
            print(f"necdata: {_one_line(error)}", file=sys.stderr)
    if refused == len(options.files):
        return PROBLEM
    return SKIPPED if refused else OK


def _build(options: argparse.Namespace) -> int:
    from necdata import auditing
    from necdata.pipeline import build

    before = auditing.known_pages(options.out)
    built = build(
        options.raw, options.out, options.codebook, options.leaders, options.elections, progress,
        jobs=options.jobs, cache=False if options.fresh else None,
    )  # fmt: skip
    changed = auditing.changed_names(before, auditing.known_pages(options.out))
    for line in (*changed, *built.notes, *built.skipped):
        print(f"necdata: {plain.line(line)}", file=sys.stderr)
    n = built.sizes
    print(
        f"{n['pages']} pages, {n['posts']} posts, {n['meetings']} meetings, {n['passages']} passages, "
        f"{n['codings']} codings -> {plain.line(options.out)}"
    )
    if built.skipped:
        print(f"necdata: {len(built.skipped)} skipped, see above; the rest is built", file=sys.stderr)
    return SKIPPED if built.skipped else OK


def progress(items: Iterable[_Item], doing: str = "reading") -> Iterable[_Item]:
    """Show a bar, with the time left, on a terminal where the work takes longer than a second."""
    from tqdm import tqdm

    unit = {"reading": "page"}.get(doing, "part")
    hidden = None if sys.stderr else True  # None hides it where nobody watches, but wants a stream to ask
    return tqdm(list(items), desc=doing, unit=unit, delay=1, disable=hidden, leave=False)


def _check(options: argparse.Namespace) -> int:
    from necdata import auditing
    from necdata.storage import manifest

    raw = options.raw or auditing.pages_at_hand(Path("raw"))
    given = (options.codebook, options.leaders, options.elections)
    faults = auditing.check(options.processed, raw, *given, progress)
    for line in faults:
        print(f"necdata: {plain.line(line)}", file=sys.stderr)
    if faults:
        return PROBLEM
    how = f"{plain.line(str(raw))} gives the same again" if raw else "no pages at hand to build them from again"
    print(f"{plain.line(str(options.processed))}: as built, manifest {manifest.digest(options.processed)}; {how}")
    return OK


def _status(options: argparse.Namespace) -> int:
    from necdata import auditing, status
    from necdata.pipeline import read_all

    readings, skipped = read_all(options.raw, progress)
    print(plain.lines(status.report(readings, options.lines)))
    now = {r.page.file: r.page.sha256 for r in readings}
    for line in (*auditing.changed_names(auditing.known_pages(options.processed), now), *skipped):
        print(f"necdata: {plain.line(line)}", file=sys.stderr)
    return SKIPPED if skipped else OK


def _charts(options: argparse.Namespace) -> int:
    from necdata.parts import Part
    from necdata.publishing import gallery, site

    if options.list:
        print("\n".join(f"{name:24}{_first_line(chart)}" for name, chart in gallery.CHARTS.items()))
        return OK
    chosen = Part(options.since, options.until, tuple(options.era), tuple(options.reporter))
    # Asked for by name, a chart that cannot be drawn is a problem; among all of them it is worth a line.
    skip = None if options.names else lambda line: print(f"necdata: {plain.line(line)}", file=sys.stderr)
    for path in gallery.draw(
        options.processed, options.out, options.names, topics=options.topic, chosen=chosen,
        width=_width(options.width), formats=options.format or None, skip=skip,
    ):  # fmt: skip
        print(plain.line(path))
    print(plain.line(site.contact_sheet(options.out)))
    return OK


def _first_line(chart: object) -> str:
    return (chart.__doc__ or "").splitlines()[0].removeprefix("Draw ")


def _width(text: str) -> float:
    """Read a width in mm: "column" => 89.0."""
    from necdata.charts import style

    named = {"full": style.FULL_WIDTH, "column": style.COLUMN_WIDTH}
    try:
        return named.get(text) or float(text)
    except ValueError as error:
        raise ValueError(f"--width {text}: give full, column or a number of millimetres") from error


if __name__ == "__main__":
    sys.exit(main())
