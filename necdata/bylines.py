"""Bylines, date lines and the lines that open a comment: who wrote a thing, and when."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from necdata import dates


class Byline(NamedTuple):
    """What a byline tells: authors as written (none where it names none) and the date it gives, if any."""

    authors: tuple[str, ...]
    date: dt.date | None


# Words that never stand in a person's name, so that "NEC Report – 28 November 2023" is no byline.
NOT_NAMES = set(
    "nec npf report reports meeting labour party conference committee national executive the of and a an in on for from to with news "
    "comment blog post posts update election elections special away day january february march april may june july "
    "august september october november december council policy forum notes minutes agenda next last list scotland "
    "wales london england brexit clause leader leaders deputy general secretary annual women local government "
    "scottish welsh irish british uk parliament assembly council mayoral european young students commission forum "
    "this that we our my your is was at as are has have will it its".split()
)
# Accounts that are nobody's name.
NOBODY = re.compile(
    r"(site ?)?admin(istrator)?|editors?|webmaster|guest( post| author)?|anon(ymous)?|staff( writer)?|super user|"
    r"(the )?(editorial )?team|unknown|user|author|labour ?list.*|web ?team|moderator|blog ?admin",
    re.IGNORECASE,
)
_NAME = r"(?:(?:Cllr|Councillor|Dr|Sir|Dame|Lord|Baroness|Rt Hon|Prof(?:essor)?|Mr|Mrs|Ms)\.? )?[A-ZÀ-Þ][\w’'.-]*(?: (?:de|van|von|al|bin|Mc|Mac|O['’])?[ ]?[A-ZÀ-Þ][\w’'.-]*){1,3}"
_TITLE = re.compile(r"^(?:Cllr|Councillor|Dr|Sir|Dame|Lord|Baroness|Rt Hon|Prof(?:essor)?|Mr|Mrs|Ms)\.? ")
_BY = re.compile(
    r"^\W*(?:(?:article |report |notes |post |blog )?(?:posted|written|published|submitted|authored|words|text|contributed|reported)? ?by:?|author(?:s|\(s\))?:?|from:|posted by:?)\s+",
    re.IGNORECASE,
)
_TIME = r"(?:at |@ ?|, ?|- ?|– ?|\| ?)?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: (?:GMT|BST|UTC))?|\d{1,2} ?[ap]\.?m\.?\b"
_NOISE = re.compile(
    r"\b(?:posted|published|created|submitted|written|updated|modified|last|date|added|on|at|by|in|time|article|the|entry|was|this|"
    r"(?:no|\d+) comments?|comments? off|leave a (?:comment|reply)|permalink|gmt|bst|am|pm|st|nd|rd|th|"
    r"views?|hits|reads?|\d+ min(?:ute)?s?|"
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
    if len(text) > 160 or len(text.split()) > 24:
        return None
    found = [e for e in dates.find(text) if e.day is not None and e.last_day is None and e.year is not None]
    rest = text
    for expression in reversed(found):
        rest = rest[: expression.begin] + " | " + rest[expression.end :]
    rest = re.sub(_TIME, " | ", rest, flags=re.IGNORECASE)
    says_by = _BY.match(text) or re.search(r"(?:^|[\s|])by ", rest)
    authors = names(_after_by(rest)) if says_by else names(rest) if found and _parted(rest) else ()
    posted = re.match(r"\W*(posted|written|published|author)", text, re.IGNORECASE)
    nobody = NOBODY.match(_after_by(rest).strip(" |")) if says_by else None
    if says_by and posted and not authors and (one := re.match(r"[A-Z][a-z]+(?= \||$)", _after_by(rest))):
        authors = (one.group(0),)
    if says_by and not (authors or nobody or (posted and found)) or not (found or says_by):
        return None
    left = rest
    for author in authors:
        left = left.replace(author, " ")
    left = _NOISE.sub(" ", NOBODY.sub(" ", re.sub(r"@\w+", " ", left)) if says_by else left)
    if not says_by and re.sub(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", "", left, flags=re.I).strip():
        return None
    if says_by and len(left.split()) > 8 or (says_by and not text.lstrip()[:1].isupper() and not found):
        return None
    if re.search(r"[a-z]{3,}[.!?]$", text) and len(text.split()) > 6:
        return None  # a sentence
    return Byline(authors, _date(found, text))


def _date(found: list[dates.Expression], text: str) -> dt.date | None:
    """Take the first date that is not a date of updating."""
    for expression in found:
        if not re.search(r"(updated|modified)\W*(on\W*)?$", text[: expression.begin], re.IGNORECASE):
            span = expression.span()
            return span[0] if span else None
    return None


def _parted(rest: str) -> bool:
    """Tell whether what is left beside a date stands apart from it, as a name in a byline does."""
    return bool(re.search(r"[|·•,–—/-]", rest))


def _after_by(rest: str) -> str:
    parts = re.split(r"(?:^|[\s|])(?:by:?|from:|authors?:?)\s+", rest, maxsplit=1, flags=re.IGNORECASE)
    return parts[-1]


def names(text: str) -> tuple[str, ...]:
    """Read the people named in a byline's text: "Ann Black, Jo Bloggs and Cllr Kim Lee" => three names without titles.

    >>> names("Cllr Kim Lee and Jo Bloggs | NEC Report")
    ('Kim Lee', 'Jo Bloggs')
    """
    found = []
    for part in re.split(r"\s*(?:,|;|\||&|/|·|•|–|—|\band\b|\bwith\b|\n|\(|\)|\s-\s|\bon\b|\bat\b|\bin\b)\s*", text):
        part = _TITLE.sub("", part.strip(" .:-"))
        words = [w.lower().strip("’'") for w in part.split()]
        if re.fullmatch(_NAME, part) and not NOT_NAMES.intersection(words) and not NOBODY.fullmatch(part):
            found.append(part)
    return tuple(dict.fromkeys(found))


_SAID = re.compile(
    r"(?:(?:Anonymous|Blogger|Unknown)\s+)?\S.{0,60}?\s+(?:said|wrote)\s?(?:\.\.\.|…)$|.{1,60} says:$"
    r"|.{1,50} (?:says|said|wrote):? (?:on |at )?.{0,12}\d{1,2}.{0,12}(?:19|20)\d\d.{0,24}$|(?:Anonymous|Unknown) said.{0,4}$"
)
_STAMP = re.compile(
    r"(?:reply|like|report|flag|log in to reply|↓|permalink|edit|share|·|\||\s|↑|[+-]?\d+|•|[−^∨∧])*"
    r"(?:(?:\d+|an?|one) (?:second|minute|hour|day|week|month|year)s? ago)?"
    r"(?:reply|like|report|flag|log in to reply|share|·|\||\s|•)*",
    re.IGNORECASE,
)


def opens_comment(text: str) -> bool:
    """Tell whether a line opens a reader's comment: "Anonymous Jo Bloggs said...", "Jo says:"."""
    return len(text) < 110 and len(text.split()) <= 12 and bool(_SAID.match(text))


def is_stamp(text: str) -> bool:
    """Tell whether a line is a comment's small print: "3 years ago", "Reply", "Like · Reply"."""
    return 0 < len(text) < 60 and bool(_STAMP.fullmatch(text)) and bool(re.search(r"[a-z]", text, re.I))
