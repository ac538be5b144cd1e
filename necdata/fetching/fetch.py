"""Fetching reports from the sites of raw/sources.toml, politely, through their own feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from necdata.fetching import ledger, platforms
from necdata.fetching.network import Broken, FetchError, Network, NotThisWay
from necdata.fetching.platforms import Site
from necdata.fetching.polite import INTERNET, LIMITS, Limits, Visitor
from necdata.fetching.robots import Disallowed
from necdata.fetching.run import Run, Wanted

Say = Callable[[str], None]


class Done(NamedTuple):
    """What came of one site: requests made, what is new in raw/, posts seen, what went wrong."""

    site: str
    platform: str
    requests: int
    new_files: int
    bytes: int
    posts: int
    new_posts: int
    problem: str


def fetch(
    sites: list[str] | None,
    raw: Path,
    dry_run: bool = False,
    progress: Say | None = None,
    limits: Limits = LIMITS,
    most: int | None = None,
    since: str = "",
    network: Network = INTERNET,
) -> pd.DataFrame:
    """Download reports from the sites of raw/sources.toml, all or those named, into raw/.

    One row a site, columns as in `Done`; with `dry_run` nothing is asked or written and the frame
    is that of `plan`. `most` bounds the new files of a run, `since` ("2020-01-31") leaves out older
    posts, `progress` is given a line for each step. A site that fails does not stop the others: its
    row names the problem. Nothing in raw/ is changed or overwritten; raw/ledger.jsonl gets a line
    for each answer, and a run that was interrupted goes on where it stopped.

    Raises FetchError for a site that is not listed, CatalogueError for a sources.toml that cannot
    be read, OSError where raw/ cannot be written.
    """
    if dry_run:
        return plan(sites, raw, since)
    chosen, every = choose(sites, raw), platforms.sites(raw).values()
    visitor = Visitor([site.base for site in every], limits, network, progress or (lambda line: None))
    left, rows = most, []
    with ledger.locked(raw):
        for site in chosen:
            rows.append(_one(site, raw, visitor, Wanted(left, since)))
            left = None if left is None else left - rows[-1].new_files
    return pd.DataFrame(rows, columns=list(Done._fields))


def choose(names: list[str] | None, raw: Path) -> list[Site]:
    """Find the sites named, or all; raises FetchError for one that is not in sources.toml."""
    known = platforms.sites(raw)
    by_name = {host.removeprefix("www."): site for host, site in known.items()}
    chosen = []
    for name in names or []:
        bare = name.lower().partition("://")[2] or name.lower()
        found = by_name.get(bare.strip("/").removeprefix("www."))
        if found is None:
            remedy = "add a [[site]] with host, platform and query"
            raise FetchError(f"{name}: is not a site in {raw / 'sources.toml'}; {remedy}")
        chosen.append(found)
    return list(dict.fromkeys(chosen)) or list(known.values())


def plan(sites: list[str] | None, raw: Path, since: str = "") -> pd.DataFrame:
    """Say what `fetch` would ask, without asking.

    Columns site, action (ask, ask if changed, skip), url, file.

    Pages after the first are only known where an earlier run has seen them.
    """
    entries, rows = ledger.read(raw), []
    held = ledger.held(entries, raw)
    for site in choose(sites, raw):
        way, unfinished = platforms.ways(site, since)[0], ledger.unfinished(entries, site.host)
        latest = {e.url: e for e in entries if e.site == site.host and e.status == 200}
        url, seen = way.first, set[str]()
        while url and url not in seen:
            seen.add(url)
            entry = latest.get(url, ledger.Entry())
            whole = ledger.whole(entry, held)
            action = "skip" if whole and url in unfinished else "ask if changed" if whole else "ask"
            rows.append((site.host, action, url, entry.file))
            url = entry.next
    return pd.DataFrame(rows, columns=["site", "action", "url", "file"])


def _one(site: Site, raw: Path, visitor: Visitor, wanted: Wanted) -> Done:
    """Fetch from one site by the first way that is to be had."""
    run, before, problems = Run(site, raw, visitor, wanted), visitor.requests, list[FetchError]()
    for way in platforms.ways(site, wanted.since):
        try:
            run.follow(way)
            problems = []
            break
        except FetchError as error:
            problems.append(error)
            if run.posts or not isinstance(error, NotThisWay):  # the way is to be had, but it broke
                problems = problems[-1:]
                break
            if len([e for e in problems if isinstance(e, Broken)]) > 1:  # not one page: the site
                break
            visitor.say(f"{site.host}: {error}")
    told = _first(problems) + run.problems
    if not told and not run.cut_short:
        ledger.append(raw, ledger.Entry(site=site.host, done=True))
    asked = visitor.requests - before
    return Done(
        site.host,
        site.platform,
        asked,
        run.new_files,
        run.bytes,
        len(run.posts),
        run.new_posts,
        "; ".join(told + run.notes),
    )


def _first(problems: list[FetchError]) -> list[str]:
    """Tell the first of the problems with a site's ways, and what to do where none of them is to be had."""
    if all(isinstance(e, NotThisWay) and not isinstance(e, Disallowed | Broken) for e in problems):
        remedy = "check its platform and url in sources.toml, or save its pages and use `necdata add`"
        return [f"{e}; {remedy}" for e in problems[:1]]
    return [str(e) for e in problems[:1]]


__all__ = ["Done", "FetchError", "Limits", "Network", "choose", "fetch", "plan"]
