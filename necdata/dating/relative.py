"""Days told from the day of writing: "yesterday", "Tuesday's meeting", "on the 18th", "Monday and Tuesday"."""

from __future__ import annotations

import datetime as dt
import re

from necdata.dating.candidates import Candidate, agreeing
from necdata.dating.sentences import BAIT, MOVED, PLANNED, sentences
from necdata.dating.titled import title_dates
from necdata.reading import dates, titles
from necdata.reading.dates import Expression
from necdata.reading.posts import Post

_I = re.IGNORECASE
INSTEAD = re.compile(r"\binstead\b|\bin its place\b|\b(?:we|NEC|committee) (?:\w+ )?(?:met|sat|gathered)\b", _I)
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
TODAY = re.compile(
    r"\b(?:met|meets|sat|gathered|assembled|summoned|called together|came together|meeting|nec|executive|committee"
    r"|away[ -]?day)\b.{0,60}\b(today|yesterday"
    r"|this (?:morning|afternoon|evening)|last night)\b"
    r"|\b(today|yesterday|this (?:morning|afternoon|evening)|last night)(?:’s|'s|,)?\b.{0,60}\b(?:nec"
    r"|national executive|executive|meeting|committee|away[ -]?day|met|room)\b",
    _I,
)
WEEKDAY = re.compile(
    rf"\b(?:(on|last|this) )?({DAYS})(?:’s|'s)?\b(?!,? (?:the )?\d|,? (?:january|february|march|april|may|june"
    rf"|july|august|september|october|november|december))( of last week| last week| week)?",
    _I,
)
ABOUT = re.compile(r"\b(nec|national executive|executive|meeting|met|committee|away[ -]?day|agenda|room|we)\b", _I)
NOT_YET = re.compile(r"\b(?:next|will|until|ahead of|before|for)\b", _I)
AHEAD = re.compile(r"\b(next|will|again|previous|tomorrow|until|by|coming|from|closes?|starts|launch\w*)\b", _I)


def from_publication(post: Post, published: dt.date | None) -> list[Candidate]:
    """Resolve "met today" and "took place on Thursday" against the date of publication."""
    if published is None:
        return []
    of_conference = bool(re.search(r"\bconference\b", post.title, _I) and not titles.NEC.search(post.title))
    stated = title_dates(post.title)
    found: list[Candidate] = []
    opening = [post.title, *sentences(post, 3)[:8], *(sentences(post, 99)[-3:] if len(post.passages) > 3 else [])]
    for number, sentence in enumerate(opening):
        if of_conference and not titles.NEC.search(sentence):
            continue  # a week of conference has many todays
        found += _todays(sentence, number, published)
        found += _weekdays(sentence, 1.4 + 0.1 * number, published)
        found += _pairs_of_days(sentence, 1.3 + 0.1 * number, published)
    return [agreeing(c, stated) for c in found[:4]]


LOOSELY = re.compile(
    r"\b(yesterday|today|last night|this (?:morning|afternoon|evening))\b(?: (?:morning|afternoon|evening))?"
    r"(?:,| (?:we|I|was|it|in|at|the|there)\b|[^.]{0,15}\.?$)",
    _I,
)
HAPPENED_THAT_DAY = re.compile(
    r"\b(?:published|announced|released|launched|died|voted|elections?|resigned|won|posted|updated|writing|written|news"
    r"|tweeted|wrote|asked me|read|saw on|by-election|polls?|out today)\b",
    _I,
)


def _todays(sentence: str, number: int, published: dt.date) -> list[Candidate]:
    """Read "today" and "yesterday": tied to the meeting by a word, or said of us in the first sentences."""
    match, cost = TODAY.search(sentence), 1.2
    called_off = match and re.search(r"\b(next|called off|cancelled)\b", sentence[: match.end()], _I)
    if called_off and not INSTEAD.search(sentence):
        return []
    if match is None and 0 < number <= 3 and re.search(r"\b(?:we|I|me|us|it)\b", sentence):
        match, cost = LOOSELY.search(sentence), 1.9
        before = re.sub(r"\bby the (?:end|close)\b", "", sentence[: match.start()]) if match else ""
        if HAPPENED_THAT_DAY.search(sentence) or AHEAD.search(before):
            return []
    if match is None:
        return []
    word = next(g for g in match.groups() if g).lower()
    back = int(word in ("yesterday", "last night")) + bool(re.search(r"\bday before yesterday\b", sentence, _I))
    day = published - dt.timedelta(days=back)
    return [Candidate(day, day, "day", cost + 0.1 * number, f"text says {word}; byline {published}")]


def _pairs_of_days(sentence: str, cost: float, published: dt.date) -> list[Candidate]:
    """Read "two days away, Monday and Tuesday" as the last such days before publication."""
    match = re.search(rf"\b({DAYS}) and ({DAYS})\b", sentence, _I)
    if match is None or not re.search(r"\btwo days\b|\baway\b|\bboth days\b", sentence, _I):
        return []
    first, last = dates.weekday_of(match.group(1)) or 0, dates.weekday_of(match.group(2)) or 0
    end = published - dt.timedelta(days=(published.weekday() - last) % 7 or 7)
    if (last - first) % 7 != 1:
        return []
    words = f"text says {match.group(0)}; byline {published}"
    return [Candidate(end - dt.timedelta(days=1), end, "range", cost - 0.1, words)]


_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
NTH = re.compile(
    rf"(?:\b(?:on|of|for),? (?:({DAYS}),? )?|\b{DAYS},? )the (\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:of )?(?:{_MONTHS}"
    r"|century|anniversary|floor|time|hour|year|birthday|place|next|item|page))"
    rf"(?:[, ]+an? ({DAYS}))?",
    _I,
)
SAT_THEN = re.compile(r",? when (?:the |our )?(?:nec|executive|committee|we) (?:met|gathered|sat|assembled)\b", _I)
SAT_ON = re.compile(
    r"\b(?:met|sat|gathered|assembled|convened|came together|meeting|nec|executive|committee|away[ -]?day|held"
    r"|took place)\b[^.;]{0,30}$",
    _I,
)


def from_number(post: Post, published: dt.date | None) -> list[Candidate]:
    """Read "we met on the 18th": the day of the title's month, else the last such day up to publication."""
    stated = next((e for e in title_dates(post.title) if e.month and e.day is None), None)
    for number, sentence in enumerate([post.title, *sentences(post, 4)[:8]]):
        for match in NTH.finditer(sentence):
            before = sentence[: match.start()]
            sat = SAT_ON.search(before) or SAT_THEN.match(sentence[match.end() :])
            if not sat or PLANNED.search(before) or MOVED.match(sentence[match.end() :]):
                continue
            if AHEAD.search(before[-40:]) or BAIT.search(sentence[max(0, match.start() - 45) : match.start(2)]):
                continue
            weekday = dates.weekday_of(match.group(1) or match.group(3) or "")
            fits = _last_day(int(match.group(2)), weekday, stated, published)
            if fits is not None:
                words = f"text says {match.group(0)}; {f'byline {published}' if published else 'month from the title'}"
                told = Candidate(fits, fits, "day", 0.8 + 0.1 * number, words)
                return [agreeing(told, [stated] if stated else [])]
    return []


def _last_day(number: int, weekday: int | None, stated: Expression | None, published: dt.date | None) -> dt.date | None:
    """Find the last day with a number, in the title's month or in the two months up to publication."""
    last = published
    if last is None and stated is not None and stated.year and stated.month:
        last = dates.month_end(stated.year, stated.month)
    days = [last - dt.timedelta(days=n) for n in range(62)] if last else []
    return next(
        (
            d
            for d in days
            if d.day == number
            and weekday in (None, d.weekday())
            and (stated is None or (stated.month == d.month and stated.year in (None, d.year)))
        ),
        None,
    )


NUMBERED = re.compile(
    rf"\b({DAYS}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:of )?(?:january|february|march|april|may"
    rf"|june|july|august|september|october|november|december))",
    _I,
)


def from_numbered_weekday(post: Post, published: dt.date | None) -> list[Candidate]:
    """Read "on Tuesday 18th": the day of the title's month, else the last such day before publication."""
    stated = next((e for e in title_dates(post.title) if e.month and e.day is None and e.year), None)
    found = []
    for number, sentence in enumerate([post.title, *sentences(post, 4)[:8]]):
        for match in NUMBERED.finditer(sentence):
            if AHEAD.search(sentence[max(0, match.start() - 40) : match.start()]):
                continue
            weekday, day = dates.weekday_of(match.group(1)), int(match.group(2))
            last = published or (
                dates.month_end(stated.year, stated.month) if stated and stated.year and stated.month else None
            )
            days = [last - dt.timedelta(days=n) for n in range(62)] if last else []
            fits = next((d for d in days if d.day == day and d.weekday() == weekday), None)
            if fits is not None:
                words = (
                    f"text says {match.group(0)}; {'byline ' + str(published) if published else 'month from the title'}"
                )
                found.append(Candidate(fits, fits, "day", 0.8 + 0.1 * number, words))
    return found[:1]


TIED_AFTER = re.compile(
    r"^,? (?:(?:[\w’']+|\d{1,2}) ){0,5}(?:nec|national executive|executive|meetings?|committee|away[ -]?day"
    r"|agenda)\b",
    _I,
)
TIED_BEFORE = re.compile(
    r"\b(?:met|meeting|nec|executive|committee|away[ -]?day|took place|held|sat|gathered|assembled|we)\b"
    r"[^.;]{0,40}$",
    _I,
)
WRITING = re.compile(r"\b(?:writ(?:e|ing)|typ(?:e|ing)|post(?:ed|ing))\b(?: this)?(?: \w+){0,2}? $", _I)
AGO = re.compile(r"\b(week|fortnight) ago\b", _I)


def _weekdays(sentence: str, cost: float, published: dt.date) -> list[Candidate]:
    """Read the weekdays of one sentence as the last such days up to publication; the one tied to the meeting counts."""
    found = []
    dated = any(e.day is not None for e in dates.find(sentence))  # a day's number says more than its name
    for match in WEEKDAY.finditer(sentence):
        before, after = sentence[max(0, match.start() - 60) : match.start()], sentence[match.end() :]
        others = re.split(DAYS, after, maxsplit=1, flags=_I)[0]
        its_own = re.search("[’']s$", match.group(0)) and TIED_AFTER.search(others)  # "back from Tuesday's meeting"
        clause = re.split(r"[;:]", before[-40:])[-1]
        ahead = NOT_YET.search(clause) if its_own else AHEAD.search(clause)
        if ahead or WRITING.search(before) or PLANNED.search(before) or MOVED.match(after[:40]):
            continue
        tied = TIED_AFTER.search(others) or TIED_BEFORE.search(re.split(DAYS, before, flags=_I)[-1])
        doubt = (0.0 if tied else 0.6 if ABOUT.search(sentence) else 1.0) + 0.6 * dated
        weekday = dates.weekday_of(match.group(2)) or 0
        back = (published.weekday() - weekday) % 7
        back = back or 7  # of the day itself people write "today"
        if "last week" in (match.group(3) or "") and back <= published.weekday():
            back += 7
        ago = AGO.search(before[-20:]) or AGO.match(after.removeprefix(" a").lstrip())
        back += {"week": 7, "fortnight": 14}[ago.group(1).lower()] if ago else 0
        day = published - dt.timedelta(days=back)
        name = dates.WEEKDAYS[weekday].capitalize()
        found.append(Candidate(day, day, "day", cost + doubt, f"text says {name}; byline {published}"))
    return sorted(found, key=lambda c: c.cost)[:1]
