"""Readers' comments: where they begin, which lines open one, and which lines only look like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from necdata.reading import bylines, dates
from necdata.reading.lines import BULLET, Piece

HEADER = re.compile(
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten) (comments?|responses?|thoughts?|replies)( (to"
    r"|on) .{1,160})?:?"
    r"|comments? ?\(?\d*\)?:?|responses? ?\(\d+\)|discussion about this (post|article)|comments? restacks?"
    r"|\d+ comments? \d+ shares?"
    r"|(reader|user|your) comments?:?|discussion:?|what do you think\?"
    r"|join the (discussion|conversation)|showing \d+ comments?"
    r"|comments? (feed|closed).*|.{0,20}responses? (to|so far).*|\{ ?\d+ comments?\b.{0,60}\}",
    re.IGNORECASE,
)


def confirm(pieces: Sequence[Piece]) -> list[Piece]:
    """Settle which lines open comments: "Jo says:" counts only under a comments' header or with a date under it, and a
    header ("3 Comments") counts only where comments follow."""
    formed = list(pieces)
    under = False
    said_above: set[str] = set()
    said = any(p.form == "comment" and re.search(r"said(\.\.\.|…)$", p.text) for p in formed)  # then all open so
    for i, piece in enumerate(formed):
        if not piece.text.casefold().startswith("re: "):
            said_above.add(piece.text.casefold())
        if HEADER.fullmatch(piece.text) and piece.form in ("short", "furniture", "text"):
            opens = any(_opens(formed, j) for j in range(i + 1, min(i + 6, len(formed))))
            if opens and not _counts_above_title(formed, i):
                formed[i], under = piece._replace(form="furniture", name="comments header"), True
        elif piece.name == "comment form":  # "Log in" above the text is the site's
            under = under or any(p.form in ("text", "item") for p in formed[:i])
        elif piece.form == "comment" and re.search(r" (says|said|wrote):$", piece.text):
            confirmed = under or any(p.form in ("stamp", "byline") for p in formed[i + 1 : i + 3])
            if not confirmed:
                formed[i] = piece._replace(form="text")
        elif P2.fullmatch(piece.text) and _under_no_title(formed, i):
            formed[i] = piece._replace(form="comment")
            continue  # of this one post: what follows may be the next
        elif _liked(formed, i):
            formed[i], under = piece._replace(form="comment"), True
        elif piece.form == "short" and _answers(piece.text, said_above):
            formed[i], under = piece._replace(form="comment"), True  # an answer in a forum
        elif SAYS.fullmatch(piece.text):  # the verb of the name above it
            continue
        elif under and not said and piece.form in ("short", "item", "byline", "text") and _opens(formed, i):
            formed[i] = piece._replace(form="comment")
        under = under or formed[i].form == "comment"
    return formed


SAYS = re.compile(r"(?:says|said|writes|wrote)(?::|\.\.\.|…)?", re.IGNORECASE)


LIKED = re.compile(r".{6,40}\bat \d{1,2}[:.]\d\d(?: ?[ap]m)? · (?:like|reply)\b.{0,40}", re.IGNORECASE)


def _liked(pieces: Sequence[Piece], i: int) -> bool:
    """Tell a comment on Facebook: the name and words on one line, "24 March 2011 at 22:30 · Like" right under it."""
    after = pieces[i + 1] if i + 1 < len(pieces) else None
    stamped = after is not None and after.gap == 0 and LIKED.fullmatch(after.text) is not None
    named = i > 0 and pieces[i - 1].form == "comment" and pieces[i].gap == 0  # on a line of its own above
    return stamped and not named and pieces[i].form in ("short", "text") and not LIKED.fullmatch(pieces[i].text)


def _answers(text: str, said: set[str]) -> bool:
    """Tell an answer's title: "Re: " and a line that stands above it."""
    return text.casefold().startswith("re: ") and text.casefold().removeprefix("re: ") in said


def _counts_above_title(pieces: Sequence[Piece], i: int) -> bool:
    """Tell the count that closes a post on an archive's page from a header of comments: under it stands the next title,
    over a date line of the very shape that the titles above have."""
    if not any(p.name == "archive header" for p in pieces[:20]):
        return False
    nearest = next((j for j in range(i + 1, len(pieces) - 1) if pieces[j].form not in ("furniture", "image")), None)
    if nearest is None or pieces[nearest].form != "short" or pieces[nearest + 1].form != "byline":
        return False
    shapes = {
        _shape(b.text)
        for a, b in pairwise(pieces[:i])
        if a.form == "short" and b.form == "byline" and not bylines.is_names(a.text)
    }
    return _shape(pieces[nearest + 1].text) in shapes


def _shape(text: str) -> str:
    """Give a date line's shape: "6 July 2016 Jo B" and "20 May 2016 Jo B" have the same one."""
    months = r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\b\w+day\b"
    return re.sub(r"\d+", "0", re.sub(months, "m", text.casefold()))


def _under_no_title(pieces: Sequence[Piece], i: int) -> bool:
    """Tell a credit that no title stands over: after a paragraph, or after a comment's one short line."""
    if i < 2:
        return False
    above, before = pieces[i - 1], pieces[i - 2]
    return above.form in ("text", "item") or (above.form == "short" and above.gap == 0 and before.form == "comment")


P2 = re.compile(
    r".{2,40} \d{1,2}:\d\d ?[ap]m on \w+ \d{1,2}, \d{4} permalink\b.{0,20}", re.IGNORECASE
)  # WordPress's P2 theme
NAME_DATE = re.compile(r"\S.{0,40}? [-–·•|] .{6,30}\d{1,2}[:.]\d\d(?: ?[ap]m)?", re.IGNORECASE)
NAME_TIME = re.compile(
    r"(?!\d)\S.{0,40}? (?:[A-Z]\w+ \d{1,2},? \d{4}|\d{1,2} [A-Z]\w+ \d{4}),? at \d{1,2}[:.]\d\d ?(?:[ap]m)?"
)  # WordPress's Thesis theme: "Jo March 24, 2013 at 6:22 pm"
NAME_AGO = re.compile(r"\S.{0,40}? [-–·•|] .{0,20}\bago\b.{0,20}", re.IGNORECASE)


def _opens(pieces: Sequence[Piece], i: int) -> bool:
    """Tell a comment's opening: what says so, or a name with a date or small print under it."""
    piece = pieces[i]
    if bylines.is_day(piece.text):
        return False
    if (NAME_DATE.fullmatch(piece.text) or NAME_TIME.fullmatch(piece.text)) and dates.find(piece.text):
        return True
    if piece.form == "comment" or (NAME_AGO.fullmatch(piece.text) and len(piece.text) < 70):
        return True
    if piece.form not in ("short", "item", "byline") or len(piece.text.split()) > 6 or i + 1 == len(pieces):
        return False
    after = pieces[i + 1]
    if piece.form == "byline" and bylines.read(piece.text) is not None and after.form != "stamp":
        return False
    if SAYS.fullmatch(after.text):
        return True
    if (
        bylines.is_day(after.text)
        or after.form == "stamp"
        and re.search(r"\bago\b", after.text)
        or after.form == "byline"
        and bylines.read(after.text) is not None
    ):
        return True
    closes = pieces[i + 1 : i + 4]  # a name, a line or two, and "Reply" under them
    return piece.form == "short" and any(
        p.form == "stamp" and re.match(r"(like|reply)", p.text, re.I) for p in closes[1:]
    )


def bulleted(pieces: Sequence[Piece], after: int) -> list[Piece]:
    """Mark comments printed as a nested list, name in the bullet and words indented under it, some of them empty.

    A name is a bullet of up to five words, not closed as a sentence is, with nothing or an indented line under it.
    """
    formed = list(pieces)
    for i in range(after, len(formed)):
        piece = formed[i]
        if piece.form != "item" or not BULLET.match(piece.text):
            continue
        name = BULLET.sub("", piece.text)
        if len(name.split()) <= 5 and not re.search(r"[.,:;!?]$", name) and _indented_under(formed, i):
            formed[i] = piece._replace(form="comment")
    return formed


def _indented_under(pieces: Sequence[Piece], i: int) -> bool:
    if i + 1 == len(pieces):
        return True
    after = pieces[i + 1]
    if after.form in ("stamp", "byline"):
        return True
    is_name = after.form == "item" and len(after.text.split()) <= 6 and after.gap > 0
    return after.gap > 0 and (after.indent > pieces[i].indent and after.form != "item" or is_name)
