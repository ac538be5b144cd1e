"""Meetings: the event itself, told by one post or by several reporters.

Two reports are of one meeting where their dates agree and their kinds can be the same. Sub-committee rounds and full
meetings close in date stay apart; a month stands for a day in it only between different reporters, and only where
that month has one meeting of the kind.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from necdata.dating.chronology import Dating

# Kinds that one meeting can have in two reporters' words; the more telling one is kept.
FAMILY = {"full_meeting": "full", "away_day": "full", "special_meeting": "full", "clause_v": "clause_v",
          "sub_committee": "sub_committee", "conference": "conference"}  # fmt: skip
TELLING = ["away_day", "special_meeting", "full_meeting", "clause_v", "conference", "sub_committee"]
EXACT = ("day", "range")


class Report(NamedTuple):
    """A distinct post that reports a meeting."""

    post_id: str
    kind: str
    dating: Dating
    authors: tuple[str, ...]


class Meeting(NamedTuple):
    """An event with the posts that tell it; `evidence` says how the date and the link are known."""

    meeting_id: str
    kind: str
    start: dt.date | None
    end: dt.date | None
    precision: str
    evidence: str
    post_ids: tuple[str, ...]


def merge(reports: Sequence[Report]) -> list[Meeting]:
    """Merge reports of one meeting: meetings in order of date, those without one last."""
    groups = _by_month(_by_day(reports))
    found = sorted((_meeting(g) for g in groups), key=_order)
    return _named(found)


def _by_day(reports: Sequence[Report]) -> list[list[Report]]:
    """Group reports of the same family whose exact dates are the same or lie within one another."""
    families: dict[str, list[list[Report]]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: (r.dating.start or dt.date.max, r.post_id)):
        family = families[FAMILY[report.kind]]
        same = next((g for g in reversed(family[-6:]) if _same_day(g[0].dating, report.dating)), None)
        if same is None:
            family.append([report])
        else:
            same.append(report)
    return [group for family in families.values() for group in family]


def _same_day(a: Dating, b: Dating) -> bool:
    if a.precision not in EXACT or b.precision not in EXACT or not (a.start and a.end and b.start and b.end):
        return False
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


def _by_month(groups: list[list[Report]]) -> list[list[Report]]:
    """Add a report dated to the month alone to that month's one meeting, where another reporter tells it."""
    exact = [g for g in groups if g[0].dating.precision in EXACT]
    loose = [g for g in groups if g[0].dating.precision not in EXACT]
    fitting, of_month = _in_months(exact), _in_months([g for g in loose if g[0].dating.precision == "month"])
    kept = []
    for group in loose:
        month = _month(group)
        fits = fitting.get(month, []) if group[0].dating.precision == "month" else []
        if len(fits) == 1 and len(of_month[month]) == 1 and _another_reporter(fits[0], group[0]):
            fits[0].extend(group)
        else:
            kept.append(group)
    return exact + _twins(kept)


def _month(group: list[Report]) -> tuple[str, int, int]:
    """Give the family of a report, and the month in which its dates begin."""
    start = group[0].dating.start or dt.date.min
    return FAMILY[group[0].kind], start.year, start.month


def _in_months(groups: list[list[Report]]) -> dict[tuple[str, int, int], list[list[Report]]]:
    found: dict[tuple[str, int, int], list[list[Report]]] = defaultdict(list)
    for group in groups:
        found[_month(group)].append(group)
    return found


def _twins(groups: list[list[Report]]) -> list[list[Report]]:
    """Merge two reports of the same month by different reporters, where there are only these two."""
    kept: list[list[Report]] = []
    of_month: dict[tuple[str, int, int], list[list[Report]]] = defaultdict(list)
    for group in groups:
        twin = of_month[_month(group)] if group[0].dating.precision == "month" else []
        if len(twin) == 1 and _another_reporter(twin[0], group[0]):
            twin[0].extend(group)
        else:
            kept.append(group)
            twin.append(group)
    return kept


def _another_reporter(group: list[Report], report: Report) -> bool:
    known = bool(report.authors) and all(r.authors for r in group)
    return known and not any(set(r.authors) & set(report.authors) for r in group)


def _meeting(group: list[Report]) -> Meeting:
    """Make one meeting of its reports: the best-known date, the most telling kind."""
    ranked = sorted(group, key=lambda r: (r.dating.precision not in EXACT, r.dating.cost, r.post_id))
    best = ranked[0].dating
    kind = min((r.kind for r in group), key=TELLING.index)
    evidence = best.evidence
    if len(group) > 1:
        loose = [r for r in group if r.dating.precision not in EXACT]
        evidence += f"; {len(group)} reports agree" + (f", {len(loose)} by month only" if loose else "")
    return Meeting("", kind, best.start, best.end, best.precision, evidence, tuple(sorted(r.post_id for r in group)))


def _order(meeting: Meeting) -> tuple[dt.date, dt.date, str, tuple[str, ...]]:
    last = dt.date.max
    return meeting.start or last, meeting.end or last, meeting.kind, meeting.post_ids


def _named(found: list[Meeting]) -> list[Meeting]:
    """Give each meeting an id that people can read: its date, its kind where that is not a full meeting."""
    taken: set[str] = set()
    number: dict[str, int] = {}
    named = []
    for meeting in found:
        name = base = _id(meeting)
        while name in taken:
            number[base] = number.get(base, 1) + 1
            name = f"{base}-{number[base]}"
        taken.add(name)
        named.append(meeting._replace(meeting_id=name))
    return named


def _id(meeting: Meeting) -> str:
    if meeting.start is None or meeting.end is None:
        when = f"undated-{meeting.post_ids[0]}"
    else:
        when = {
            "month": f"{meeting.start:%Y-%m}", "year": f"{meeting.start:%Y}",
            "between": f"{meeting.start}-to-{meeting.end}",
        }.get(meeting.precision, str(meeting.start))  # fmt: skip
    return when if meeting.kind == "full_meeting" else f"{when}-{meeting.kind}"
