"""What kind of meeting a post reports, and whether it reports one at all."""

from __future__ import annotations

import re

from necdata.reading import dates, meeting_kinds, other_bodies, titles
from necdata.reading.meeting_kinds import CONFERENCE
from necdata.reading.posts import Post
from necdata.reading.signs import (
    BREAKING,
    BUSINESS,
    CANCELLED,
    FIRST_PERSON,
    FUTURE,
    LETTER,
    NEWS,
    PART,
    PART_MET,
    PRESS,
    REPORTING,
    SERIES,
    explains,
    is_before_its_date,
    names_report,
    unquoted,
)  # fmt: skip
from necdata.reading.sittings import SAID_WHEN, says_met_in, says_when_in

KINDS = (
    "full_meeting", "away_day", "sub_committee", "special_meeting", "clause_v", "conference", "not_a_report",
)  # fmt: skip
ENOUGH = 3  # evidence at which a post is taken for a report of a meeting
_I = re.IGNORECASE


def kind(post: Post) -> tuple[str, str]:
    """Tell the kind of meeting a post reports: (one of KINDS, the reason in a few words)."""
    score, reasons = _evidence(post)
    if score < ENOUGH:
        return "not_a_report", "; ".join(reasons) or "no sign of a meeting"
    return meeting_kinds.meeting_kind(post)


def _evidence(post: Post) -> tuple[int, list[str]]:
    """Add up the evidence that a post reports a meeting of Labour's NEC."""
    title, opening, body = post.title, other_bodies.opening(post, 700), post.text
    items = sum(bool(titles.standing_item(s.heading)) for s in post.sections if s.heading)
    reporting = len(REPORTING.findall(body))
    business = len(set(map(str.lower, BUSINESS.findall(body))))
    named = bool(titles.NEC.search(title)) or bool(titles.NEC.search(body))
    around = bool(titles.NEC.search(post.context))
    part = bool(titles.PART.search(title) or PART.search(title) or re.search(r"\bclause (?:v|5|five)\b", title, _I))
    own_part = bool(PART_MET.search(opening[:400])) and (business >= 3 or items or named or around)
    says_met = (says_met_in(opening) or says_when_in(opening)) and (named or part or around) or own_part
    told = bool(items or says_met or reporting or business >= 2)  # the post itself tells of a meeting
    part = part or bool(CONFERENCE.search(title)) and (named or around and told)
    dated = bool(dates.find(title)) and len(re.findall(r"[^\W\d]{4,}", title)) <= 3
    event = bool(CONFERENCE.match(title)) and bool(dates.find(title)) and (named or around and told)
    lasting = bool(SAID_WHEN.search(opening)) and reporting >= 1 and bool(FIRST_PERSON.search(unquoted(body)))
    weights = [
        (
            3
            if titles.is_report(title) or event
            else 2
            if part or (around and (dated or (titles.REPORT.search(title) and (named or says_met or business >= 2))))
            else 1
            if titles.NEC.search(title)
            else 0,
            "title of a report",
        ),
        (1 if SERIES.search(post.context) else 0, "one of a series of reports"),
        (min(items, 3), "standing items"),
        (min(reporting, 4) if named else min(reporting, 2), "reports what was said"),
        (2 if says_met else 0, "says that the NEC met"),
        (
            1 if named or (around and own_part) else 0 if around or part or own_part else -2,
            "names the NEC" if named else "does not name the NEC",
        ),
        (min(business // 2, 3) if named or around or own_part else 0, "a committee's business"),
        (
            -5 if titles.STATEMENT.search(title) else -3 if titles.STATEMENT.search(opening[:300]) else 0,
            "a candidate's statement",
        ),
        (
            -5
            if LETTER.search(title) and not lasting
            else -3
            if re.match(r"Dear (?!all|friends|comrades|members)|.{0,160}\bletter was sent\b", opening, _I)
            else 0,
            "a letter or statement",
        ),
        (-8 if titles.ASKS_USE.match(title) else -5 if explains(title) and not lasting else 0, "an explainer"),
        (
            -12
            if other_bodies.is_abroad(post)
            else -6
            if other_bodies.is_other_body(title)
            or other_bodies.is_on_anothers_site(post)
            or other_bodies.MOTION.search(opening[:200])
            else -4
            if other_bodies.is_other_body(opening[:200]) and not titles.is_report(title)
            else 0,
            "another body's meeting",
        ),
        (
            -6 if CANCELLED.search(title) else -5 if CANCELLED.search(opening[:250]) and len(body) < 900 else 0,
            "a meeting called off",
        ),
        (
            -5 if BREAKING.search(title) else -3 if NEWS.search(title) and not names_report(title) else 0,
            "news about the NEC",
        ),
        (
            -9 if len(PRESS.findall(body)) >= 2 and not FIRST_PERSON.search(unquoted(body)) else 0,
            "written by the press",
        ),
        (-3 if FUTURE.search(opening[:300]) and reporting < 3 else 0, "looks ahead to a meeting"),
        (-3 if is_before_its_date(post) else 0, "published before the date in its title"),
    ]
    score = sum(w for w, _ in weights)
    in_series = bool(SERIES.search(post.context)) and business >= 2
    if not (weights[0][0] or says_met or items or in_series or (business >= 4 and (around or named))):
        score = min(score, ENOUGH - 1)  # nothing but people speaking: any committee's, or a campaign's
    scarce = not (items or says_met or reporting >= 2 or business >= 2)
    if scarce and not (dated or part or weights[0][0] >= 2):
        score = min(score, ENOUGH - 1)  # a site of reports prints other things too
    return score, [reason for w, reason in weights if w < 0]
