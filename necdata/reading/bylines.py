"""Bylines, date lines and the lines that open a comment: who wrote a thing, and when."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from necdata.reading import dates
from necdata.reading.given import begins_a_name


class Byline(NamedTuple):
    """What a byline tells: authors as written (none where it names none) and the date it gives, if any."""

    authors: tuple[str, ...]
    date: dt.date | None


# Words that never stand in a person's name, so that "NEC Report – 28 November 2023" is no byline.
NOT_NAMES = set(
    (
        "a after agenda alliance an and annual april archives are as assembly at august away before behind "
        "blog brexit briefing british bulletin campaign charter clarion clause comment comments commission "
        "committee compass conference correspondent council cttee day december democracy deputy east editor "
        "election elections england european executive extra february first flagged for form forum forward "
        "from full futures general government grassroots group hall has have hello home house hub in inside irish is "
        "it its january july june labour last leader leaders list local login london march may mayoral meeting "
        "minutes momentum my national nec new news next no north north-east north-west notes november npf "
        "october of office on ordinary org org-sub our page parliament party planet policy post posts prime "
        "progress remember report reports review road rose row scotland scottish search secretary section september "
        "service share show south south- south-west special street students sub tag that the this to tribune "
        "uk uncategorized uncut unions update view voice voices wales was we weekly welcome welsh west will with "
        "women young your "
    ).split()
)
# Accounts that are nobody's name.
NOBODY = re.compile(
    r"(site ?)?admin(istrator)?|editors?|webmaster|(?:web|site|content)[ -]?(?:manager|editor|team)|"
    r"guest( post| author)?|anon(ymous)?|staff( writer)?|super user|"
    r"(the )?(editorial )?team|unknown|user|author|labour ?list.*|web ?team|moderator|blog ?admin",
    re.IGNORECASE,
)
_HONORIFIC = r"(?:Cllr|Councillor|Dr|Sir|Dame|Lord|Baroness|Rt Hon|Prof(?:essor)?|Mr|Mrs|Ms)\.? "
_PART = r"[A-ZÀ-Þ][\w’'.-]*"
_NAME = rf"(?:{_HONORIFIC})?{_PART}(?: (?:de|van|von|al|bin|Mc|Mac|O['’])?[ ]?{_PART}){{1,3}}"
_TITLE = re.compile(rf"^{_HONORIFIC}")
_BY = re.compile(
    r"^\W*(?:(?:article |report |notes |post |blog )?(?:posted|written|published|submitted|authored|words"
    r"|text|contributed|reported)? ?by:?|author(?:s|\(s\))?:?|from:|posted by:?)\s+",
    re.IGNORECASE,
)
_TIME = (
    r"(?:at |@ ?|, ?|- ?|– ?|\| ?)?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: (?:GMT|BST|UTC))?"
    r"|\d{1,2} ?[ap]\.?m\.?\b"
)
_NOISE = re.compile(
    r"\b(?:post(?= (?:modified )?date)|"
    r"posted|published|created|submitted|written|updated|modified|last|date|added|on|at|by|in|time"
    r"|article|the|entry|was|this|"
    r"(?:no|\d+) comments?|comments? off|leave a (?:comment|reply)|permalink|gmt|bst|am|pm|st|nd|rd|th|"
    r"author|filed under|share|views?|hits|reads?|\d+ min(?:ute)?s?|"
    r"uncategori[sz]ed|news|blog|comment|featured|opinion)\b|[|·•,:;–—\-/@()\[\].→«»#]|\d+",
    re.IGNORECASE,
)


def read(text: str) -> Byline | None:
    """Read a line as a byline or date line, or return None.

    >>> read("May 30, 2012 1:49 pm")
    Byline(authors=(), date=datetime.date(2012, 5, 30))
    >>> read("Posted on 3 May 2019 by Jo Bloggs").authors, read("NEC Report – 28 November 2023")
    (('Jo Bloggs',), None)
    """
    if len(text) > 170 or len(text.split()) > 26 or STATES_MEETING.match(text):
        return None
    found = [e for e in dates.find(text) if e.day is not None and e.last_day is None and e.year is not None]
    if re.match(r"\W*(from|sent|date):", text, re.IGNORECASE):
        return _mail_header(text, found)
    if match := COLLECTED.match(text):
        return _collected(match.group(1), found, text)
    if _ends_sentence(text) and not FIRST_PUBLISHED.match(text) and not (found and PUBLISHED_BY.match(text)):
        return None
    rest = _without_dates(text, found)
    by = bool(_BY.match(text)) or _credits_by(rest)
    authors = names(_after_by(rest)) if by else names(rest) if found and _parted(rest) else ()
    if re.search("[»›]", rest):  # a trail, with the site's name in it
        authors = tuple(a for a in authors if begins_a_name(a)) or authors
    if by:
        authors = authors or _username(rest)
        nobody = NOBODY.match(_after_by(rest).strip(" |.")) is not None
        brief = len(_NOISE.sub(" ", rest).split()) <= 3 and bool(found or _POSTED.match(text))
        again = bool(found and FIRST_PUBLISHED.match(text))  # where else it appeared
        return Byline(authors, _date(found, text)) if authors or nobody or brief or again else None
    if not found or not _is_credit(rest, authors, text, found):
        return None
    return Byline(authors, _date(found, text))


# What a report says of its own meeting is no byline, however like one it looks.
STATES_MEETING = re.compile(
    r"\W*(?:date of (?:the )?meeting|meeting (?:date|held|of|on)|held (?:on|at)|meeting)\b", re.IGNORECASE
)
FIRST_PUBLISHED = re.compile(
    r"\W*(?:this (?:\w+ )?(?:was )?)?(?:first|originally) (?:published|appeared|posted)\b", re.IGNORECASE
)
# How readers of feeds credit an entry: "From Jo Bloggs: notes on 3 May 2019", "via Spade & Hoe, 3 May 2019".
COLLECTED = re.compile(
    r"(?:from|via|source:?|originally (?:published|posted) (?:at|on|by)) (\S.{1,80}?)(?: on |, | [–—|·-] )\d",
    re.IGNORECASE,
)


def _collected(source: str, found: list[dates.Expression], text: str) -> Byline | None:
    """Read whom an entry was collected from: a site is nobody, a name before a colon or alone is who writes there."""
    if not found or found[-1].end < len(text.rstrip(" .")):
        return None
    person = source.partition(":")[0]
    return Byline(
        names(person) if begins_a_name(person) and not re.search(r"[’']s\b", person) else (), _date(found, text)
    )


PUBLISHED_BY = re.compile(r"(?:published|posted|written|submitted) (?:by|on) (?:[A-ZÀ-Þ0-9]|\w+day\b)", re.IGNORECASE)
_POSTED = re.compile(r"\W*(?:posted|published|written|submitted|created|added|first|originally|this)\b", re.IGNORECASE)


def _credits_by(rest: str) -> bool:
    """Tell "3 May 2019 by Jo Bloggs" from "Photo by Jo Bloggs": nothing but dates and small words before the "by"."""
    match = re.search(r"(?:^|[\s|])(?:by|author:?) ", rest, re.IGNORECASE)
    return match is not None and not _NOISE.sub(" ", re.sub(r"[^\w\s]", " ", rest[: match.start()])).split()


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[a-z]{3,}[.!?]$", text)) and len(text.split()) > 6


def _mail_header(text: str, found: list[dates.Expression]) -> Byline | None:
    """Read "From: Jo Bloggs <jo@example.org>" and "Sent: 26 January 2005 23:51"."""
    sender = re.match(r"\W*from:\s*(.+?)(?:\s*[<\[(].*)?$", text, re.IGNORECASE)
    if sender:
        return Byline(names(sender.group(1)), None)
    return Byline((), _date(found, text)) if found else None


def _without_dates(text: str, found: list[dates.Expression]) -> str:
    for expression in reversed(found):
        text = text[: expression.begin] + " | " + text[expression.end :]
    return re.sub(_TIME, " | ", text, flags=re.IGNORECASE)


def _username(rest: str) -> tuple[str, ...]:
    """Take a lone name after "by"; an account's name in small letters is nobody's."""
    one = re.match(r"([A-ZÀ-Þ][a-zà-þ]+)(?= *(?:\||$|\.$))", _after_by(rest).strip())
    return (
        (one.group(1),) if one and not NOBODY.fullmatch(one.group(1)) and one.group(1).lower() not in NOT_NAMES else ()
    )


def _is_credit(rest: str, authors: tuple[str, ...], text: str, found: list[dates.Expression]) -> bool:
    """Tell whether what stands beside a date is a credit: nothing, names, a role, an account, categories after it."""
    left = rest
    for author in authors:
        left = re.sub(re.escape(author), " ", left, flags=re.IGNORECASE)
    left = re.sub(r"\b(?:guest(?: post| author)?|admin|editor|staff)\b", " ", left, flags=re.IGNORECASE)
    left = _NOISE.sub(" ", re.sub(r"@\w+|[^\w\s'’.-]", " ", left))
    left = re.sub(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", " ", left, flags=re.IGNORECASE)
    words = left.split()
    if not words:
        return True
    if FIRST_PUBLISHED.match(text) or (_POSTED.match(text) and len(words) <= 8):
        return True
    starts = not re.search(
        r"\w",
        re.sub(
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:on|date)\b",
            "",
            text[: found[0].begin],
            flags=re.IGNORECASE,
        ),
    )
    reports = {"report", "meeting", "notes", "update", "minutes"} & {w.lower() for w in words}
    after = text[found[-1].end :]
    if (
        starts
        and re.match(r"[^\w]{0,4}(?:in|under|filed|tags?|categor|posted|by)\b|\s*[|·•∙]", after, re.IGNORECASE)
        and len(words) <= 12
    ):
        return not reports
    if starts and len(words) <= 6 and not reports:
        lone = len(words) == 1 and bool(re.match(r"\s*[/|·•]\s*[A-ZÀ-Þ][a-zà-þ]+\W*$", after) or words[0].islower())
        return bool(authors) or lone
    return bool(authors) and _parted(rest) and len(words) <= 5 and not {w.lower() for w in words} & NEVER_A_ROLE


NEVER_A_ROLE = {"nec", "executive", "npf", "report", "meeting", "clause"}


def _date(found: list[dates.Expression], text: str) -> dt.date | None:
    """Take the first date that is not a date of updating."""
    for expression in found:
        if not re.search(
            r"(updated|modified|changed|revised|reviewed)\W*(on\W*)?$", text[: expression.begin], re.IGNORECASE
        ):
            span = expression.span()
            return span[0] if span else None
    return None


def _parted(rest: str) -> bool:
    """Tell whether what is left beside a date stands apart from it, as a name in a byline does."""
    return bool(re.search(r"[|·•~,–—/»›-]", rest))


def _after_by(rest: str) -> str:
    parts = re.split(r"(?:^|[\s|])(?:by:?|from:|authors?:?)\s+", rest, maxsplit=1, flags=re.IGNORECASE)
    return re.split(r"\s(?:date|published|posted|on)\b:?", parts[-1], maxsplit=1, flags=re.IGNORECASE)[0]


def names(text: str) -> tuple[str, ...]:
    """Read the people named in a byline's text, without their titles.

    >>> names("Cllr Kim Lee and Jo Bloggs | NEC Report")
    ('Kim Lee', 'Jo Bloggs')
    """
    found = []
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))  # else runs of spaces take their square
    for part in re.split(
        r"\s*(?:,|;|\||&|/|·|•|~|–|—|∙|»|›|\band\b|\bwith\b|\n|\(|\)|\s-\s|\bon\b|\bat\b|\bin\b|@\w*)\s*", text
    ):
        part = _TITLE.sub("", re.sub(r"^[Bb]y(?: |$)", "", part.strip(' .:-*"“”')))
        part = part.title() if part.isupper() and len(part) > 5 else part
        words = part.split()
        while words and words[0].lower().strip("’'") in NOT_NAMES:
            words.pop(0)
        part = " ".join(words)
        taken = {w.lower().strip("’'") for w in words}
        owns = re.search(r"[’']s ", part)  # "Jo's Journal" is a site
        if re.fullmatch(_NAME, part) and not NOT_NAMES & taken and not NOBODY.fullmatch(part) and not owns:
            found.append(part)
    return tuple(dict.fromkeys(found))


def untitled(text: str) -> str:
    """Drop a title before a name: "Cllr Jo Bloggs" => "Jo Bloggs"."""
    return _TITLE.sub("", text.strip())


def is_names(text: str) -> bool:
    """Tell whether a line is nothing but names, with a role or an account after them.

    >>> is_names("Jo Bloggs, Kim Lee and Ali Khan"), is_names("@jobloggs"), is_names("Rule changes")
    (True, True, False)
    """
    if re.fullmatch(r"@\w+", text):
        return True
    if len(text) > 160 or re.search(r"[.!?:;]|\d", text):
        return False
    first = re.split(r",|\band\b|&|\||/|\(", text)[0]
    return bool(names(first)) and len(names(first)[0].split()) == len(_TITLE.sub("", first.strip()).split())


def is_day(text: str) -> bool:
    """Tell whether a line is a day without its year, as themes print it beside a byline: "26 May", "Nov 24"."""
    found = dates.find(text)
    return len(found) == 1 and found[0].day is not None and found[0].year is None and found[0].text == text.strip()


_SAID = re.compile(
    r"(?:(?:Anonymous|Blogger|Unknown)\s+)?\S.{0,60}?\s+(?:said|wrote)\s?(?:\.\.\.|…)$|.{1,60} says:$"
    r"|.{1,50} (?:says|said|wrote):? (?:on |at )?.{0,12}\d{1,2}.{0,12}(?:19|20)\d\d.{0,24}$|(?:Anonymous"
    r"|Unknown) said.{0,4}$"
)
_STAMP = re.compile(
    r"(?:reply|like|report|flag|log in to reply|↓|permalink|edit|share|·|\||\s|↑|[+-]?\d++|•|[−^∨∧])*"
    r"(?:(?:\d+|an?|one) (?:second|minute|hour|day|week|month|year)s? ago)?"
    r"(?:reply|like|report|flag|log in to reply|share|·|\||\s|•)*",
    re.IGNORECASE,
)


def opens_comment(text: str) -> bool:
    """Tell whether a line opens a reader's comment: "Anonymous Jo Bloggs said...", "Jo says:"."""
    return len(text) < 110 and len(text.split()) <= 12 and bool(_SAID.match(text))


def is_stamp(text: str) -> bool:
    """Tell whether a line is a comment's small print: "3 years ago", "Reply", "Like · Reply"."""
    if re.fullmatch(
        r"[\d\W]{1,6}|.{0,6}\d+ (?:likes?|votes?|points?)|likes? ?\(\d+\)|like · reply.{0,20}", text, re.IGNORECASE
    ):
        return bool(re.search(r"\d|[a-z]", text, re.IGNORECASE))
    return 0 < len(text) < 60 and bool(_STAMP.fullmatch(text)) and bool(re.search(r"[a-z]", text, re.I))
