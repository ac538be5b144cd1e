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
    r"\b(met|meeting|took place|was held|were held|held|gathered|attended|convened|assembled|away[ -]?day"
    r"|sat|discussed|agreed|hosted|session|ran|days in)\b",
    _I,
)
BODY = re.compile(
    r"\b(nec|we met|we gathered|conference|national executive|executive committee|executive|sub-?committees?"
    r"|committees?|panel|meetings?|away[ -]?day|clause (?:v|5|five))\b",
    _I,
)
DIRECT = re.compile(
    r"\b(?:nec|executive|meeting|committee|away[ -]?day)\b.{0,80}\b(?:met|took place|was held|were held"
    r"|gathered|convened)(?: \w+){0,2}? (?:on )?(?:the )?$|\bwe (?:met"
    r"|gathered)(?: \w+){0,3}? (?:on )?(?:the )?$"
    r"|\b(?:meeting|report) of (?:the )?$|\bmet(?: instead| again)? on (?:the )?$",
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
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
TODAY = re.compile(
    r"\b(?:met|meets|meeting|nec|executive|committee|away[ -]?day)\b.{0,60}\b(today|yesterday"
    r"|this (?:morning|afternoon|evening)|last night)\b"
    r"|\b(today|yesterday|this (?:morning|afternoon)|last night)(?:’s|'s|,)?\b.{0,60}\b(?:nec"
    r"|national executive|executive|meeting|committee|away[ -]?day|met|room)\b",
    _I,
)
WEEKDAY = re.compile(
    rf"\b(?:(on|last|this) )?({DAYS})(?:’s|'s)?\b(?!,? (?:the )?\d|,? (?:january|february|march|april|may|june"
    rf"|july|august|september|october|november|december))( of last week| last week| week)?",
    _I,
)
ABOUT = re.compile(r"\b(nec|national executive|executive|meeting|met|committee|away[ -]?day|agenda|room|we)\b", _I)
AHEAD = re.compile(r"\b(next|will|again|previous|tomorrow|until|by|coming|from|closes?|starts?|launch\w*)\b", _I)


def candidates(post: Post, published: dt.date | None = None) -> list[Candidate]:
    """Propose the dates a post's meeting may have had, cheapest first; none where the post tells nothing."""
    published = published or post.published
    found = _from_title(post, published) + _from_body(post, published) + _relative(post, published)
    found += _weekday_and_number(post, published)
    if published is not None:  # a year that we supplied must not be a stale one
        found = [c for c in found if "year from byline" not in c.evidence or (published - c.end).days <= MOST_DAYS]
    found = [_weighed(c, published) for c in found]
    best: dict[tuple[dt.date, dt.date], Candidate] = {}
    for candidate in sorted(found, key=_rank):
        best.setdefault((candidate.start, candidate.end), candidate)
    return sorted(best.values(), key=_rank)


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
            r"\b(next|elections?|deadline|by|posted|published|since)( \w+)? ?(?:on |in )?$",
            title[max(0, e.begin - 60) : e.begin],
            _I,
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
            cost = _cue(sentence, expression)
            if cost is None and number < 6:
                cost = _shortly_before(sentence, expression, published)
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
    near = f"{before[-70:]} {after[:50]}"
    if expression.precision == "range":
        before = re.sub(r"\bfrom\W+(?:\w+day )?$", "", before)
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


def _shortly_before(sentence: str, expression: Expression, published: dt.date | None) -> float | None:
    """Weigh a date at a post's opening that no word ties to the meeting, but that lies just before publication."""
    if published is None or BAIT.search(sentence[max(0, expression.begin - 45) : expression.begin]):
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
    if published is None or (re.search(r"\bconference\b", post.title, _I) and not titles.NEC.search(post.title)):
        return []
    stated = title_dates(post.title)
    found: list[Candidate] = []
    opening = [post.title, *sentences(post, 3)[:8], *(sentences(post, 99)[-3:] if len(post.passages) > 3 else [])]
    for number, sentence in enumerate(opening):
        if (match := TODAY.search(sentence)) and not re.search(
            r"\b(next|called off|cancelled)\b", sentence[: match.end()], _I
        ):
            word = next(g for g in match.groups() if g).lower()
            day = published - dt.timedelta(days=word in ("yesterday", "last night"))
            found.append(Candidate(day, day, "day", 1.2 + 0.1 * number, f"text says {word}; byline {published}"))
        found += _weekdays(sentence, 1.4 + 0.1 * number + 1.0 * (not ABOUT.search(sentence)), published)
    return [_agreeing(c, stated) for c in found[:3]]


NUMBERED = re.compile(
    rf"\b({DAYS}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:of )?(?:january|february|march|april|may"
    rf"|june|july|august|september|october|november|december))",
    _I,
)


def _weekday_and_number(post: Post, published: dt.date | None) -> list[Candidate]:
    """Read "on Tuesday 18th": the day of the title's month, else the last such day before publication."""
    stated = next((e for e in title_dates(post.title) if e.month and e.day is None and e.year), None)
    found = []
    for number, sentence in enumerate(sentences(post, 4)[:8]):
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


def _weekdays(sentence: str, cost: float, published: dt.date) -> list[Candidate]:
    """Read the weekdays of one sentence as the last such days up to publication."""
    found = []
    for match in WEEKDAY.finditer(sentence):
        if AHEAD.search(sentence[max(0, match.start() - 40) : match.start()]):
            continue
        weekday = dates.weekday_of(match.group(2)) or 0
        back = (published.weekday() - weekday) % 7
        back = back or 7  # of the day itself people write "today"
        if "last week" in (match.group(3) or "") and back <= published.weekday():
            back += 7
        day = published - dt.timedelta(days=back)
        name = dates.WEEKDAYS[weekday].capitalize()
        found.append(Candidate(day, day, "day", cost, f"text says {name}; byline {published}"))
    return found[:1]


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
