"""Where posts begin: the evidence that a short line is a title, weighed the same way for every layout."""

from __future__ import annotations

from collections.abc import Sequence

from necdata import dates, titles
from necdata.layouts.structure import Start
from necdata.lines import Piece

ENOUGH = 3  # evidence at which a short line is taken for a title
BODY = 60  # characters that make a line a paragraph of a post rather than a teaser's heading


def first_title(pieces: Sequence[Piece]) -> Start | None:
    """Find the title of a page that holds one post: stated, beside a byline, a report's by its words, or the last
    short line before the text begins."""
    stated = [i for i, p in enumerate(pieces) if p.hint == "title"]
    if stated:
        return Start(stated[0], stated[0])
    beside = beside_byline(pieces)
    body = first_body(pieces, beside)
    if body is None:
        return None
    shorts = [i for i in range(body) if pieces[i].form == "short"]
    if beside is not None and beside < body:
        return Start(beside, beside)
    reports = [i for i in shorts if titles.is_report(pieces[i].text)]
    if reports:
        return Start(_with_byline(pieces, reports[-1]), reports[-1])
    named = [i for i in shorts if not titles.standing_item(pieces[i].text)]
    if named:
        return Start(_with_byline(pieces, named[-1]), named[-1])
    return Start(_with_byline(pieces, shorts[0] if shorts else body), None)


def beside_byline(pieces: Sequence[Piece], within: int = 40) -> int | None:
    """Find the short line that stands next to the first byline: under it where a date line comes first, else above."""
    for i, piece in enumerate(pieces[:within]):
        if piece.form == "text" and len(piece.text) > 400:
            return None
        if piece.form != "byline":
            continue
        above = _neighbour(pieces, i, -1)
        below = _neighbour(pieces, i, 1)
        candidates = [j for j in (above, below) if j is not None]
        reports = [j for j in candidates if titles.is_report(pieces[j].text)]
        if reports:
            return reports[0]
        if above is not None and not titles.standing_item(pieces[above].text):
            return above
        if below is not None and not titles.standing_item(pieces[below].text):
            return below
    return None


def _neighbour(pieces: Sequence[Piece], i: int, step: int) -> int | None:
    """Give the nearest short line before or after a byline, furniture, images and other bylines passed over."""
    j = i + step
    while 0 <= j < len(pieces) and pieces[j].form in ("furniture", "byline", "image", "stamp", "caption"):
        j += step
    return j if 0 <= j < len(pieces) and pieces[j].form == "short" else None


def first_body(pieces: Sequence[Piece], after: int | None = None) -> int | None:
    """Find where the text begins: the first paragraph or list item after the title, or on the page."""
    begin = 0 if after is None else after
    long = (i for i in range(begin, len(pieces)) if pieces[i].form in ("text", "item"))
    return next(long, None)


def _with_byline(pieces: Sequence[Piece], title: int) -> int:
    """Take a date line right above a title into the post."""
    first = title
    while first > 0 and pieces[first - 1].form in ("byline", "image", "caption"):
        first -= 1
    return first if any(p.form == "byline" for p in pieces[first:title]) else title


def many_titles(pieces: Sequence[Piece]) -> list[Start]:
    """Find the titles of a page of several posts, where each has evidence and a body of its own.

    Evidence: what the format states, a cut-off marker or a post's foot before it, a byline under or a date line above
    it, the words of a report's or an explainer's title. A list of links (titles with nothing under them) is none.
    """
    likely = [i for i in range(len(pieces)) if pieces[i].form == "short" and evidence(pieces, i) >= ENOUGH]
    likely = _one_each(pieces, likely)
    return [Start(_with_byline(pieces, i), i) for i in likely]


def evidence(pieces: Sequence[Piece], i: int) -> int:
    """Weigh the evidence that a short line is a post's title."""
    piece = pieces[i]
    if piece.hint == "title":
        return 10
    before, after = _before(pieces, i), _after(pieces, i)
    found = -4 if piece.hint == "heading" else 0
    found += 3 if titles.is_report(piece.text) and len(piece.text) > 8 else 0
    found += 2 if titles.is_explainer(piece.text) and len(piece.text.split()) >= 6 else 0
    found += 1 if " – " in piece.text or " - " in piece.text or ": " in piece.text else 0
    found += 3 if before == "cut" else 2 if before in ("post foot", "comment form") else 0
    found += 3 if after == "byline" else 0
    found += 2 if before == "byline" and not _claimed(pieces, i) else 0
    found += 2 if before == "start" else 0
    if titles.standing_item(piece.text) and not any(e.day for e in dates.find(piece.text)):
        found -= 3
    return found


def _before(pieces: Sequence[Piece], i: int) -> str:
    """Name what stands before a line: cut, byline, the furniture's name, start, or text."""
    for piece in reversed(pieces[:i]):
        if piece.form in ("image", "caption", "stamp") or piece.name in ("share line", "navigation", "advert"):
            continue
        return piece.name if piece.form == "furniture" else piece.form
    return "start"


def _after(pieces: Sequence[Piece], i: int) -> str:
    for piece in pieces[i + 1 : i + 4]:
        if piece.name in ("share line", "print view"):
            continue
        return piece.form
    return "end"


def _claimed(pieces: Sequence[Piece], i: int) -> bool:
    """Tell whether the byline above a line belongs to a title above it rather than to this line."""
    j = i - 1
    while j >= 0 and pieces[j].form in ("byline", "image", "caption", "stamp", "furniture"):
        j -= 1
    return j >= 0 and pieces[j].form == "short"


def _one_each(pieces: Sequence[Piece], likely: list[int]) -> list[int]:
    """Drop titles with no post under them: all but the last of a run of short lines, unless cut off or dated."""
    kept = []
    for n, i in enumerate(likely):
        end = likely[n + 1] if n + 1 < len(likely) else len(pieces)
        under = pieces[i + 1 : end]
        has_body = any(p.form in ("text", "item") and len(p.text) >= BODY for p in under)
        if has_body or any(p.form == "cut" for p in under) or pieces[i].hint == "title":
            kept.append(i)
    return kept
