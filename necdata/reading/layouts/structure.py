"""From pieces to roles: once a layout has said where posts begin, the rest of the page falls into place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from necdata.reading.lines import Piece


class Start(NamedTuple):
    """Where a post begins: the index of its first piece, and of its title (None where it has none)."""

    first: int
    title: int | None


class Span(NamedTuple):
    """A piece with its part in the page.

    `account` is post, comment or boilerplate; `role` is title, heading, paragraph, item or byline of a post, comment,
    or the name of the boilerplate; `post` is the post's number on the page from 0, -1 before the first one.
    """

    piece: Piece
    account: str
    role: str
    post: int


POST_ROLES = {"short": "heading", "text": "paragraph", "item": "item", "byline": "byline"}
ENDS_BODY = {"post foot", "comments header", "comment form", "sidebar", "footer", "print view"}


def assign(pieces: Sequence[Piece], starts: Sequence[Start]) -> list[Span]:
    """Give every piece of a page its account and role, in order; nothing is left out."""
    first = {start.first: start for start in starts}
    titles = {start.title for start in starts}
    spans: list[Span] = []
    state, post = "before", -1
    for i, piece in enumerate(pieces):
        if i in first:
            post, state = post + 1, "head"
        account, role, state = _role(piece, state, i in titles)
        spans.append(Span(piece, account, role, post))
    return _settled(spans)


def _role(piece: Piece, state: str, is_title: bool) -> tuple[str, str, str]:
    """Decide account, role and the state after one piece."""
    if is_title:
        return "post", "title", "head"
    if piece.form == "furniture":
        return "boilerplate", piece.name, _after_furniture(piece.name, state)
    if state == "before":
        return "boilerplate", "page header" if piece.form in POST_ROLES else piece.form, state
    if piece.form in ("comment", "comment text"):
        return "comment", piece.form, "comments"
    if state == "comments":
        return "comment", "comment text", state
    if piece.form == "cut" and state == "aside":
        return "boilerplate", "sidebar", state
    if piece.form in ("cut", "image", "caption", "stamp"):
        role = {"cut": "cut-off marker", "stamp": "small print"}.get(piece.form, piece.form)
        return "boilerplate", role, "after" if piece.form == "cut" else state
    if state == "aside":  # lists of other posts: their bylines are theirs
        return "boilerplate", "sidebar", state
    if state == "after":
        return ("post", "byline", state) if piece.form == "byline" else ("boilerplate", "unrecognised", state)
    role = POST_ROLES[piece.form]
    return "post", role, "body" if role in ("paragraph", "item") else state


def _after_furniture(name: str, state: str) -> str:
    if state in ("before", "head"):  # furniture under a title does not end a body that has not begun
        return state
    if name in ("comments header", "comment form"):
        return "comments"
    if name == "sidebar":
        return "aside"
    if name in ENDS_BODY:
        return "after"
    return state


def _settled(spans: list[Span]) -> list[Span]:
    """Mark headings that head nothing at the end of a post's body: a sign-off, or a line that is no heading."""
    settled = list(spans)
    for i, span in enumerate(spans):
        if span.role == "heading" and _is_lead_in(spans, i):
            settled[i] = span._replace(role="paragraph")
    return settled


def _is_lead_in(spans: Sequence[Span], i: int) -> bool:
    """Tell a sentence that leads into a list ("Our themes are that:") from a heading ("Key points:")."""
    text = spans[i].piece.text
    if not text.endswith((":", ";")) or spans[i].piece.hint == "heading":
        return False
    words = text.rstrip(":; ").split()
    lower = [w for w in words[1:] if w[:1].islower()]
    follows = i + 1 < len(spans) and spans[i + 1].role == "item"
    verb = {"is", "are", "was", "were", "that", "on", "have", "has", "include", "included", "includes", "following"}
    return len(words) >= 2 and (len(words) > 8 or (bool(verb & set(words)) and (follows or len(lower) > 2)))
