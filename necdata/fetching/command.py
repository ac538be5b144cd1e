"""`necdata fetch` on the command line; light to import, the work is imported when it runs."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from necdata import plain

if TYPE_CHECKING:
    import pandas as pd

OK, PROBLEM, SKIPPED = 0, 1, 3
TEXT = (
    "Download reports from the sites in raw/sources.toml into raw/. "
    "Politely; never overwrites; goes on where it was interrupted."
)
EPILOG = """examples:
  necdata fetch --dry-run                        what would be asked, without asking
  necdata fetch aliceperry.wordpress.com --since 2020-01-01
  necdata fetch --most 20                        the first 20 new files, the rest another day

exit codes: 0 all done; 1 nothing could be fetched; 2 wrong use; 3 done, but not every site"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe `necdata fetch` to a command line's sub-commands; `run` is what it runs."""
    command = commands.add_parser(
        "fetch", help=TEXT.split(". ")[0].lower(), description=TEXT, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument(
        "sites",
        nargs="*",
        metavar="SITE",
        help="hosts to fetch from (default: all in sources.toml)",
    )
    command.add_argument(
        "--raw",
        type=Path,
        default=Path("raw"),
        metavar="DIR",
        help="folder of pages (default: raw)",
    )
    command.add_argument("--dry-run", action="store_true", help="show what would be asked and what is there already")
    command.add_argument("--most", type=_positive, metavar="N", help="stop after N new files")
    command.add_argument("--since", type=_date, metavar="DATE", help="only posts since then (2020-01-31)")
    command.set_defaults(run=run)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of files; give one from 1")
    return int(text)


def _date(text: str) -> str:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as in 2020-01-31") from error


def run(options: argparse.Namespace) -> int:
    """Fetch as the options say; returns the exit code.

    Steps and problems go to standard error, what came of it to standard output.
    """
    from necdata.fetching.fetch import fetch

    since = options.since or ""
    if options.dry_run:
        return _show(fetch(options.sites, options.raw, dry_run=True, since=since))
    found = fetch(options.sites, options.raw, progress=_say, most=options.most, since=since)
    failed = found.loc[found["problem"].ne("")]
    for site, problem in zip(failed["site"], failed["problem"], strict=True):
        print("necdata: " + (problem if problem.startswith(f"{site}: ") else f"{site}: {problem}"), file=sys.stderr)
    new, size = int(found["new_files"].sum()), found["bytes"].sum() / 1e6
    posts = _counted(int(found["new_posts"].sum()), "new post")
    asked = f"{_counted(len(found), 'site')}, {_counted(int(found['requests'].sum()), 'request')}"
    print(f"{asked}, {posts} in {_counted(new, 'new file')} ({size:.1f} MB) -> {plain.line(options.raw)}")
    if failed.empty:
        return OK
    print(
        f"necdata: {len(failed)} of {_counted(len(found), 'site')} with problems, see above",
        file=sys.stderr,
    )
    return PROBLEM if len(failed) == len(found) and not new else SKIPPED


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" + ("s" if n != 1 else "")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show(plan: pd.DataFrame) -> int:
    for site, action, url, file in plan.itertuples(index=False):
        print(plain.line(f"{site}: {action} {url!s}" + (f" (there: {file})" if file else "")))
    print("nothing was asked or written; robots.txt comes first, pages follow while there are posts")
    return OK
