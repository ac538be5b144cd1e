"""Readers' comments: where they begin, which lines open one, and which lines only look like it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from necdata import bylines
from necdata.lines import BULLET, Piece

HEADER = re.compile(
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten) (comments?|responses?|thoughts?|replies)( (to|on) .{1,160})?:?"
    r"|comments? ?\(?\d*\)?:?|(reader|user|your) comments?:?|discussion:?|what do you think\?|join the (discussion|conversation)|showing \d+ comments?"
    r"|comments? (feed|closed).*|.{0,20}responses? (to|so far).*",
    re.IGNORECASE,
)


def confirm(pieces: Sequence[Piece]) -> list[Piece]:
    """Settle which lines open comments: "Jo says:" counts only under a comments' header or with a date under it, and a
    header ("3 Comments") counts only where comments follow."""
    formed = list(pieces)
    for i, piece in enumerate(formed):
        following = formed[i + 1 : i + 4]
        if HEADER.fullmatch(piece.text) and piece.form in ("short", "furniture"):
            opens = any(_opens(formed, j) for j in range(i + 1, min(i + 6, len(formed))))
            if opens:
                formed[i] = piece._replace(form="furniture", name="comments header")
        elif piece.form == "comment" and piece.text.endswith("says:"):
            confirmed = any(p.form in ("stamp", "byline") for p in following[:2]) or _under_header(formed, i)
            if not confirmed:
                formed[i] = piece._replace(form="text")
        elif piece.form == "short" and _under_header(formed, i) and _opens(formed, i):
            formed[i] = piece._replace(form="comment")
    return formed


def _opens(pieces: Sequence[Piece], i: int) -> bool:
    """Tell a comment's opening: what says so, or a name with a date or small print under it."""
    piece = pieces[i]
    if piece.form == "comment":
        return True
    if piece.form not in ("short", "item") or len(piece.text.split()) > 5 or i + 1 == len(pieces):
        return False
    after = pieces[i + 1]
    return after.form == "stamp" or (after.form == "byline" and bylines.read(after.text) is not None)


def _under_header(pieces: Sequence[Piece], i: int) -> bool:
    return any(p.name in ("comments header", "comment form") or p.form == "comment" for p in pieces[max(0, i - 400) : i])


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
