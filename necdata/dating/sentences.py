"""Dates in sentences: what the opening of a post says of when the meeting was, and what is some other thing's date."""

from __future__ import annotations

import datetime as dt
import re

from necdata.dating.candidates import Candidate, agreeing, expand
from necdata.dating.titled import title_dates
from necdata.reading import dates
from necdata.reading.dates import Expression
from necdata.reading.posts import Post

_I = re.IGNORECASE
MET = re.compile(
    r"\b(met|meetings?|took place|was held|were held|held|gathered|came together|attended|convened|assembled"
    r"|away[ -]?day|sat|discussed|agreed|hosted|session|ran|days in)\b",
    _I,
)
BODY = re.compile(
    r"\b(nec|we met|we gathered|conference|national executive|executive committee|executive|sub-?committees?"
    r"|committees?|panel|meetings?|away[ -]?day|we (?:sat|assembled|came together|convened)|clause (?:v|5|five))\b",
    _I,
)
_SAT = (
    r"(?:met|sat|took place|was held|were held|gathered|convened|assembled|came together|was"
    r"|held (?:its|our|an?) \w+)"
)
DIRECT = re.compile(
    rf"\b(?:nec|executive|meeting|committee|away[ -]?day)\b(?:(?!\. ).){{0,80}}\b{_SAT}(?: \w+){{0,2}}?"
    r" (?:on )?(?:the )?$"
    rf"|\bwe {_SAT}(?: \w+){{0,3}}? (?:on )?(?:the )?$"
    r"|\b(?:meeting|report|nec|executive|committee|session|away[ -]?day) (?:held )?(?:of|on) (?:the )?$"
    r"|\bmet(?: instead| again)? on (?:the )?$"
    r"|\b(?:nec|executive|meeting|committee|away[ -]?day)(?: in \w+)? ?[(,–—-] ?(?:on )?$",
    _I,
)
RESCHEDULED = re.compile(
    r"\b(?:meeting|nec|executive|committee|away[ -]?day) (?:was|had been|were) (?:moved|put back|brought forward"
    r"|postponed|rearranged)\b[^.;]{0,40}\b(?:to|until|till|for)\b[^.;]{0,20}$",
    _I,
)
# A day on which it did not meet: planned, then moved.
PLANNED = re.compile(
    r"\b(?:should have|was to|were to|to have|would have|set down|due|planned|originally|meant|supposed|scheduled"
    r"|(?:moved|put back|postponed|brought forward|rearranged|delayed) from|instead of|not on)\b"
    r"(?:(?!\b(?:we|nec|committee|executive) (?:met|sat|gathered)\b|\btook place\b)[^.;]){0,45}$",
    _I,
)
MOVED = re.compile(
    r"^[^.;]{0,50}?\b(?:cancel\w*|postponed|put (?:off|back)|called off|moved|snowed off|abandoned|did not happen"
    r"|rearranged|brought forward|lost to)\b",
    _I,
)
BAIT = re.compile(
    r"\b(next|future|forthcoming|will|would|deadlines?|polls?|aftermath|(?:is|are) on|takes? place"
    r"|meets? on|clos(?:e|es|ed|ing)|opens?"
    r"|nominations?|ballots?|polling|elections? (?:on|in|of)|"
    r"published|cancel\w*|postponed?|originally|due|scheduled|since|previous|last met|minutes|again|until"
    r"|by|from|before|after|tomorrow|born|died|"
    r"launch\w*|expires?|applications?|hustings|general election|referendum|conference (?:on|from|will)"
    r"|updated|posted|freeze|date of|agreed on|vote on|rally|march on|strike)\b",
    _I,
)
ELSEWHERE = re.compile(
    r"\b(?:elections?|by-elections?|referendum|polls?|polling|conference|deadlines?|ballots?|budget|launch\w*|strikes?"
    r"|rally|march(?:es|ed)? (?:in|on|through))\b",
    _I,
)


# The meeting of a local party to which a report was sent or read.
HEARD_AT = re.compile(
    r"\b(?:received|noted|read out|circulated|sen[dt]|sending|given)\b[^.]{0,80}\b(?:at|to|for) (?:the|our|its)"
    r" (?:\w+ ){0,2}(?:gc|gmc|general committee|branch|clp|ward|meeting)\b",
    _I,
)


def from_sentences(post: Post, published: dt.date | None) -> list[Candidate]:
    """Read the sentences at a post's opening that say when the meeting was."""
    found: list[Candidate] = []
    stated = title_dates(post.title)
    for number, sentence in enumerate(sentences(post)):
        for expression in dates.find(sentence):
            if expression.precision not in ("day", "range"):
                continue
            expression = _put_back(sentence, expression)
            cost = _cue(sentence, expression)
            if cost is None and number < 6:
                cost = _shortly_before(sentence, expression, published)
            if cost is None and number < 4:
                cost = _within(sentence, expression, stated)
            if cost is None:
                continue
            cost += 0.15 * min(number, 10)
            if expression.year is None and (year := _year_said(sentence, stated)):
                where = "title" if any(e.year == year for e in stated) else "the same sentence"
                dated = expression._replace(year=year)
                found += expand(dated, cost + 0.5, f"text, year from {where}", post, published)
            found += expand(expression, cost, "text", post, published)
        found += _month_named(sentence, number, post, published)
    return [agreeing(c, stated) for c in found]


def _put_back(sentence: str, expression: Expression) -> Expression:
    """Read "was moved from the 12th to 19 September" as the day that it was moved to, not as days that it lasted."""
    moved = re.search(r"\b(?:moved|put back|brought forward) from (?:the )?$", sentence[: expression.begin], _I)
    if expression.last_day is None or moved is None:
        return expression
    month = expression.last_month or expression.month
    begin = sentence.rfind(" ", 0, expression.end - 3) + 1
    return expression._replace(day=expression.last_day, month=month, last_day=None, last_month=None, begin=begin)


def _month_named(sentence: str, number: int, post: Post, published: dt.date | None) -> list[Candidate]:
    """Read "The March NEC meeting discussed ..." at the very opening."""
    match = re.search(
        r"\b(?:the|this|our|labour(?:’s|'s)) (January|February|March|April|May|June|July|August|September"
        r"|October|November|December)(?: ((?:19|20)\d\d))?(?:’s|'s)? (?:\w+ )?(?:NEC|meeting"
        r"|National Executive|away)",
        sentence,
    )
    if match is None or number > 2 or re.search(r"\bnext\b|\bwill\b", sentence[: match.end()]):
        return []
    year = int(match.group(2)) if match.group(2) else None
    expression = Expression(
        match.start(1), match.end(1), year, dates.MONTHS[match.group(1).lower()], None, text=match.group(1)
    )
    return expand(expression, 2.5, "text", post, published)


def sentences(post: Post, passages: int = 8) -> list[str]:
    """Split the opening passages of a post into sentences, headings left out."""
    found: list[str] = []
    for passage in post.passages[:passages]:
        found += re.split(r"(?<=[a-z0-9)’'][.!?])\s+(?=[A-Z‘“\"])", passage.text[:1500])
    return found


def _cue(sentence: str, expression: Expression) -> float | None:
    """Weigh whether a sentence's date is its meeting's: the cost, or None where it is something else's."""
    before, after = sentence[: expression.begin], sentence[expression.end :]
    if re.match(
        r"\W*(?:date of (?:the )?meeting|meeting (?:date|held on|held|of|on)|held on)\W*(?:\w+day)?\W*$", before, _I
    ):
        return 0.2
    if RESCHEDULED.search(before):
        return 1.0
    if HEARD_AT.search(before):
        return None
    if PLANNED.search(before[-70:]) or MOVED.match(after):
        return None
    near = f"{before[-70:]} {after[:50]}"
    if expression.precision == "range":
        before = re.sub(r"\bfrom\W+(?:\w+day )?$", "", before, flags=_I)
    if DIRECT.search(before) and not re.search(
        r"\b(next|will|cancel\w*|postponed|previous|again)\b", before[-36:] + after[:30], _I
    ):
        return 1.0
    if BAIT.search(before[-45:]) or re.match(
        r"\W*(?:will|next|deadline|is the|was cancelled|has been (?:cancelled|postponed))\b", after, _I
    ):
        return None
    if re.search(r"\b(last|next) (year|month|week)\b", after[:14], _I):
        return None
    if MET.search(near) and BODY.search(near):
        return 1.0
    return 2.2 if MET.search(sentence) and BODY.search(sentence) and not BAIT.search(sentence) else None


def _within(sentence: str, expression: Expression, stated: list[Expression]) -> float | None:
    """Weigh a day at a post's opening that no word ties to the meeting, but that lies in the title's month."""
    months = {(e.month, e.year) for e in stated if e.month and e.day is None}
    before = sentence[max(0, expression.begin - 45) : expression.begin]
    if HEARD_AT.search(sentence[: expression.begin]):
        return None
    if BAIT.search(before) or ELSEWHERE.search(sentence[max(0, expression.begin - 15) : expression.end + 50]):
        return None
    if not re.search(r"(?:^|\bon |, )$", before, _I) or _is_polling_day(expression):
        return None
    fits = any(m == expression.month and expression.year in (None, y) for m, y in months)
    return 2.4 if fits else None


def _is_polling_day(expression: Expression) -> bool:
    """Tell a day that may be the first Thursday in May, when councils are elected, from any other."""
    return (
        expression.month == 5 and expression.day is not None and expression.day <= 7 and expression.weekday in (None, 3)
    )


def _shortly_before(sentence: str, expression: Expression, published: dt.date | None) -> float | None:
    """Weigh a date at a post's opening that no word ties to the meeting, but that lies just before publication."""
    before = sentence[max(0, expression.begin - 45) : expression.begin]
    if expression.precision == "range":
        before = re.sub(r"\bfrom\W+$", "", before, flags=_I)
    if published is None or BAIT.search(before) or HEARD_AT.search(sentence[: expression.begin]):
        return None
    span = expression.span(published.year if expression.year is None else None)
    if span is None or not 0 <= (published - span[1]).days <= 21:
        return None
    return 1.6 if expression.weekday is not None else 2.4


def _year_said(sentence: str, stated: list[Expression]) -> int | None:
    """Find the one year that a sentence or the title names beside a day without a year."""
    said = {e.year for e in dates.find(sentence, loose=True) if e.year and e.day is None}
    said = said or {e.year for e in stated if e.year}
    return said.pop() if len(said) == 1 else None
