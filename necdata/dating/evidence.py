"""Evidence of when a meeting was: the dates a post proposes, each with a cost and in words.

A full date in the title is cheap, a year that we have to supply is dear, a year in the title overruled is dearest.
`chronology` then picks the cheapest dates that keep a page's order.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from necdata.reading import dates, titles
from necdata.reading.dates import Expression
from necdata.reading.posts import Post

# Costs are in units of one contradiction's doubt; only their order and sums matter.
SUPPLIED_YEAR = 2.0  # a day and month whose year the page's order or its byline has to tell
OVERRULED_YEAR = 3.5  # the year in the title is off by one
WRONG_WEEKDAY = 2.0  # the weekday written is not that day's
AFTER_PUBLICATION = 8.0
STALE = 5.0  # more than MOST_DAYS before publication
MOST_DAYS = 200  # reports seen appear within 0 to 60 days


class Candidate(NamedTuple):
    """A date a meeting may have had: `anchored` where its year is written, not supplied."""

    start: dt.date
    end: dt.date
    precision: str
    cost: float
    evidence: str
    anchored: bool = True


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


ELSEWHERE = re.compile(
    r"\b(?:elections?|by-elections?|referendum|polls?|polling|conference|deadlines?|ballots?|budget|launch\w*|strikes?"
    r"|rally|march(?:es|ed)? (?:in|on|through))\b",
    _I,
)


def candidates(post: Post, published: dt.date | None = None, kind: str = "") -> list[Candidate]:
    """Propose the dates a post's meeting may have had, cheapest first; none where the post tells nothing.

    A `kind` of meeting that lasts days (an away day, conference) makes a day within days that the text tells dearer.
    """
    published = published or post.published
    found = _from_title(post, published) + _from_body(post, published) + _relative(post, published)
    found += _weekday_and_number(post, published) + _on_the_nth(post, published)
    if published is not None:  # a year that we supplied must not be a stale one
        found = [c for c in found if "year from byline" not in c.evidence or (published - c.end).days <= MOST_DAYS]
    found = [_weighed(c, published) for c in found]
    if kind in LASTING:
        found = [_within_days(c, found) for c in found]
    best: dict[tuple[dt.date, dt.date], Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault((candidate.start, candidate.end), candidate)
    return sorted(best.values(), key=_rank)


LASTING = ("away_day", "conference")


def _within_days(candidate: Candidate, found: list[Candidate]) -> Candidate:
    """Make a day in the text dearer where the text tells days around it, and a day alone is but one of them."""
    if candidate.precision != "day" or candidate.evidence.startswith("title"):
        return candidate
    around = any(c.precision == "range" and c.start <= candidate.start <= c.end for c in found)
    return candidate._replace(cost=candidate.cost + 1.5) if around else candidate


def _rank(candidate: Candidate) -> tuple[float, bool, dt.date]:
    """Order candidates by cost; of equals the title's comes first."""
    return candidate.cost, not candidate.evidence.startswith("title"), candidate.start


def title_dates(title: str) -> list[Expression]:
    """Give the dates in a title that can be a meeting's: a year in a name ("2019 election defeat") is none.

    >>> [e.text for e in title_dates("NEC Report: the 2019 election defeat")], title_dates("NEC – March 2019")[0].text
    ([], 'March 2019')
    """
    found = dates.find(title, loose=True)
    kept = [e for e in found if not (e.precision == "year" and _names_a_thing(title, e))]
    kept = [
        e
        for e in kept
        if not re.search(
            r"\b(next|elections?|deadline|by|posted|published|since)( \w+)? ?(?:on |in )?$", title[: e.begin], _I
        )
    ]
    return sorted(kept, key=lambda e: (["day", "range", "month", "year"].index(e.precision), e.begin))


def _names_a_thing(title: str, year: Expression) -> bool:
    """Tell a year that names something ("2019 election", "2020 conference") from one that dates the meeting."""
    after = title[year.end :].strip()
    return bool(re.match(r"[A-Za-z]", after)) and not re.match(r"(nec|report|meeting|update|away)\b", after, _I)


def _from_title(post: Post, published: dt.date | None) -> list[Candidate]:
    found: list[Candidate] = []
    title = post.title or subject(post.context)
    for rank, expression in enumerate(title_dates(title)[:2]):
        base = {"day": 0.0, "range": 0.0, "month": 1.0, "year": 3.0}[expression.precision] + rank
        found += expand(expression, base, "title", post, published)
    return found


def subject(context: str) -> str:
    """Give the subject of an e-mail, which stands in for a title: "Subject: NEC on 27 March" => "NEC on 27 March"."""
    match = re.search(r"\bSubject: (?:(?:fwd?|re): )*(.{3,100}?)(?= (?:To|Cc|From|Date|Sent): |$)", context, _I)
    return match.group(1) if match else ""


def _from_body(post: Post, published: dt.date | None) -> list[Candidate]:
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
    return [_agreeing(c, stated) for c in found]


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


def _agreeing(candidate: Candidate, stated: list[Expression]) -> Candidate:
    """Make a day in the text cheaper than the month in the title that it agrees with."""
    for expression in stated:
        if expression.precision in ("month", "year"):
            month_fits = expression.month in (None, candidate.start.month)
            if month_fits and expression.year in (None, candidate.start.year):
                evidence = (
                    candidate.evidence
                    if "title" in candidate.evidence
                    else f"{candidate.evidence}, within the title's {expression.text}"
                )
                return candidate._replace(cost=candidate.cost * 0.3, evidence=evidence)
    return candidate


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
    if published is None or BAIT.search(before):
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


def _relative(post: Post, published: dt.date | None) -> list[Candidate]:
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
    return [_agreeing(c, stated) for c in found[:4]]


LOOSELY = re.compile(
    r"\b(yesterday|today|last night|this (?:morning|afternoon|evening))\b"
    r"(?:,| (?:we|I|was|it|in|at|the)\b|[^.]{0,15}\.?$)",
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
        if HAPPENED_THAT_DAY.search(sentence) or AHEAD.search(sentence[: match.start()] if match else ""):
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


def _on_the_nth(post: Post, published: dt.date | None) -> list[Candidate]:
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
                return [_agreeing(told, [stated] if stated else [])]
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


def _weekday_and_number(post: Post, published: dt.date | None) -> list[Candidate]:
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


def expand(e: Expression, base: float, where: str, post: Post, published: dt.date | None) -> list[Candidate]:
    """Turn a date as written into candidates: itself, and the years it may have meant.

    Without a year, every year is offered at SUPPLIED_YEAR, or the one that publication tells. With a year, the years
    beside it are offered at OVERRULED_YEAR: in January people write the old one.
    """
    if e.year is not None:
        offered = [(e.year, base, where)]
        if where == "title" or e.weekday is not None:
            offered += [
                (e.year + d, base + OVERRULED_YEAR + 0.5 * (d < 0), f"{where}; year {e.year} overruled")
                for d in (1, -1)
            ]
        return _concrete(e, offered, anchored=True)
    if published is not None:
        year = _year_before(e, published)
        return _concrete(e, [(year, base + 0.3, f"{where}, year from byline {published}")], anchored=True)
    around = years_around(post.context)
    if around:
        return _concrete(
            e, [(y, base + 0.5, f"{where}, year from the page's header") for y in sorted(around)], anchored=True
        )
    said = set(map(int, re.findall(r"(?<![\d£,.])(20[0-2]\d|199\d)(?!\d)", post.text)))
    years = range(dates.FIRST_YEAR, dates.LAST_YEAR + 1)
    offered = [(y, base + SUPPLIED_YEAR - 0.3 * (y in said), f"{where}, year from page order") for y in years]
    return _concrete(e, offered, anchored=False)


YEARS = re.compile(
    r"\b(?:archives?|reports?|nec|notes|meetings?|posts|year)\b\W{0,4}(?:from |in |of |for "
    r"|(?:the )?nec\W{1,3})?((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d))?\b",
    _I,
)


def years_around(header: str) -> set[int]:
    """Read the years that a page's header says it covers.

    >>> sorted(years_around("Reports from the NEC, 2006-07")), years_around("Archive: 2017")
    ([2006, 2007], {2017})
    """
    found = set()
    for first, last in YEARS.findall(header):
        found.add(int(first))
        if last:
            found.add(int(first[: 4 - len(last)] + last))
    return found if len(found) <= 2 else set()


def _year_before(e: Expression, published: dt.date) -> int:
    """Give the latest year in which a date without a year is not after publication."""
    span = e.span(published.year)
    return published.year if span and span[0] <= published else published.year - 1


def _concrete(e: Expression, offered: list[tuple[int, float, str]], anchored: bool) -> list[Candidate]:
    found = []
    for year, cost, evidence in offered:
        span = e._replace(year=year).span()
        if span is None or not dates.FIRST_YEAR <= year <= dates.LAST_YEAR:
            continue
        if e.weekday is not None and span[0].weekday() != e.weekday:
            cost += WRONG_WEEKDAY
            evidence += f"; {dates.WEEKDAYS[e.weekday].capitalize()} is not that day's weekday"
        found.append(Candidate(*span, e.precision, cost, evidence, anchored))
    return found


def _weighed(candidate: Candidate, published: dt.date | None) -> Candidate:
    """Make a date dearer that publication contradicts: the meeting after its report, or long before it."""
    if published is None:
        return candidate
    if candidate.start > published:
        doubt, why = AFTER_PUBLICATION, f"after its byline {published}"
    elif (published - candidate.end).days > MOST_DAYS:
        doubt, why = STALE, f"long before its byline {published}"
    else:
        return candidate
    return candidate._replace(cost=candidate.cost + doubt, evidence=f"{candidate.evidence}; {why}")


def is_dated(post: Post) -> bool:
    """Tell whether a post's title looks like a meeting's with a date."""
    return bool(titles.NEC.search(post.title) and title_dates(post.title))
