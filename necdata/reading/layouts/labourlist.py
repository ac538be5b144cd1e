"""LabourList articles: title, date line, share line, text, nested comments, then teasers of other articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from necdata.reading.layouts import comments
from necdata.reading.layouts.starts import beside_byline, first_body, many_titles
from necdata.reading.layouts.structure import Start
from necdata.reading.lines import BULLET, Piece

NAME = "labourlist"
SHARE = re.compile(r"share this article.*|.*labourlist.*", re.IGNORECASE)


def recognise(pieces: Sequence[Piece]) -> bool:
    """Tell a LabourList article by its title beside a byline and its share line or name near the top or foot."""
    title = beside_byline(pieces, within=25)
    if title is None or len(many_titles(pieces)) > 2:
        return False
    near = list(pieces[: title + 12]) + list(pieces[-25:])
    signed = any(SHARE.fullmatch(p.text) and len(p.text) < 120 for p in near)
    return signed or bool(teasers(pieces))


def read(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Start]]:
    """Begin the one post at its title; mark nested comments and the teasers below."""
    title = beside_byline(pieces, within=25)
    body = first_body(pieces, title)
    formed = comments.confirm(pieces)
    sidebar = teasers(formed)
    end = min(sidebar, default=len(formed))
    formed = comments.bulleted(formed[:end], body or 0) + [
        p._replace(form="furniture", name="sidebar") for p in formed[end:]
    ]
    return formed, [Start(title or 0, title)]


def teasers(pieces: Sequence[Piece]) -> list[int]:
    """Find teasers of other articles: a bullet ("Comment The headline") with the same headline again under it."""
    found = []
    for i, (piece, after) in enumerate(zip(pieces, pieces[1:], strict=False)):
        head = BULLET.sub("", piece.text)
        if (
            piece.form == "item"
            and len(after.text) > 15
            and head.endswith(after.text)
            and len(head) - len(after.text) < 30
        ):
            found.append(i)
    return found
