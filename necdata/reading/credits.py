"""Who wrote a post and when it was published: what its bylines, its title, its opening and its last lines tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from necdata.reading import bylines, dates
from necdata.reading.given import begins_a_name
from necdata.reading.layouts.structure import Span
from necdata.reading.owners import abbreviates, in_full, logins

_NAME = r"(?:[A-Z][\w’'-]{1,30} ){1,2}[A-Z][\w’'-]{1,30}"  # bounded: it is sought from every place of a line
SIGNED = re.compile(
    rf"^({_NAME})(?: is | was | represents? | sits | leads | \(|, (?:nec"
    r"|member|clp|constituency|councillor|representative|national)|$)",
    re.IGNORECASE,
)
# Titles that name who wrote what is under them, whoever put it on the site.
GUEST = re.compile(rf"^guest (?:post|blog|article|column|report)\s*(?:[:–—-]|by|from)\s*({_NAME})\b", re.IGNORECASE)
TITLED = re.compile(
    r"\b(?:[Rr]eport(?:s|ed)?|[Nn]otes|[Aa]ccount|[Uu]pdate|[Dd]iary|[Nn]ews|[Tt]houghts) (?:by|from)"
    rf" ({_NAME})(?=$|[,:(]| [–—-] )"
    rf"|({_NAME})(?:’s|'s) (?:NEC )?(?:report|notes|diary|account)\b|\(({_NAME})\)$"
)
PREFIXED = re.compile(rf"^({_NAME})(?: \([^)]+\))?: \S")
OPENS = re.compile(
    rf"\b(?:Report (?:by|from)|reports? by|(?:was|is) received from) ({_NAME})\b"
    rf"|^({_NAME})(?<![’']s) (?:reports|writes)\b"
    rf"|^(?:Many thanks|Thanks|Thank you) to ({_NAME}) for (?:sending|writing|this|the following|letting)\b"
)
_LIST = rf"{_NAME}(?:, {_NAME})*,? and {_NAME}"
JOINT = re.compile(
    rf"\b(?:report|notes|account)\b[^.]{{0,60}}\b(?:written|compiled|put together|prepared) by ({_LIST})"
    rf"|\b(?:joint|pooled|together|your|us)\b[^.]{{0,90}}\b(?:representatives|reps|members|of us)[,:] ({_LIST})(?=[,.])"
)
REPOSTED = re.compile(
    r"\bfirst (?:appeared|published)\b|\b(?:re|cross)-?posted\b"
    r"|\bthis is (?:her|his|their) (?:own )?(?:account|report)\b",
    re.IGNORECASE,
)
JOINED = re.compile(rf"(?:, (?:and )?{_NAME})*,? and {_NAME}(?=[.,:;]|$)")  # the others of a joint report
SHARED = re.compile(rf"({_NAME}) wrote (?:on|about|up) [^.]{{3,200}}\.")
CLOSES = re.compile(
    r"(?:(?:with )?(?:all )?(?:best|good|kind|warm|many|yours?)?\W*(?:wishes|regards|fraternally|solidarity|comradely"
    r"|sincerely|love|thanks|sisterly|cheers)\b.{0,40}|in solidarity|all the best|best|yours)\W*",
    re.IGNORECASE,
)


def read(spans: list[Span], body: list[Span]) -> tuple[tuple[str, ...], dt.date | None]:
    """Read a post's authors and day of publication; a signature that is no heading is taken out of `body`."""
    title = next((s.piece.text for s in spans if s.role == "title"), "")
    authors, published = _credits(spans, title)
    signed = _signature(body)
    if guest := GUEST.match(title):
        authors = bylines.names(guest.group(1)) or authors
    elif signed and not any(len(a.split()) > 1 for a in authors):
        authors = signed
    elif (owned := _of_another(title, body)) and owned != authors:
        authors = owned
    elif (shared := _shared(body)) and len(shared) > len(authors):
        authors = shared
    if not any(" " in a for a in authors) and (named := _in_title(title)):
        authors = named
    if not authors:
        authors = _role_under(spans)
    if not authors:
        authors = _short_signature(body)
    return authors, published


FIRST_NAMES = re.compile(r"([A-Z]\w+)(?:’s|'s) (?:\w+ )?(?:report|notes|diary)\b")  # "Jo's NEC report"


def settled(
    authors: Sequence[tuple[str, ...]],
    titles: Sequence[str],
    spans: Sequence[list[Span]],
    owner: str,
    named: Sequence[str] = (),
) -> list[tuple[str, ...]]:
    """Settle authors by the whole page: "Jo" and "jobloggs" are its Jo Bloggs, and so is who wrote "Jo Bloggs: Frost".

    A name before a colon is the writer's where several titles of the page begin with one, as aggregators print them.
    """
    heads = [m.group(1) if (m := PREFIXED.match(t)) and bylines.names(m.group(1)) else "" for t in titles]
    collected = sum(bool(h) for h in heads) >= 2
    people = [p for p in dict.fromkeys([owner, *(a for found in authors for a in found if " " in a)]) if p]
    named = [p for n in named if begins_a_name(n) and bylines.is_names(n) for p in bylines.names(n) if " " in p]
    found = []
    for mine, head, title, parts in zip(authors, heads, titles, spans, strict=True):
        first = FIRST_NAMES.match(title)
        if not mine and first:
            mine = tuple(p for p in dict.fromkeys([*people, *named]) if p.split()[0] == first.group(1))[:1]
        if collected and head and not any(" " in a for a in mine):
            mine = bylines.names(head)
        elif not mine:
            mine = tuple(p for p in people if p != owner and any(abbreviates(x, p) for x in logins(parts)))[:1]
        found.append(in_full(mine, people))
    return found


def dated(published: Sequence[dt.date | None], spans: Sequence[list[Span]]) -> list[dt.date | None]:
    """Give posts that share a date line, as aggregators and blogs print them, the day of the first one under it."""
    heads = [parts[0].role == "byline" and not bylines.names(parts[0].piece.text) for parts in spans]
    lone = [day is None for day in published]
    if sum(heads) < 2 or not all(h or bare for h, bare in zip(heads, lone, strict=True)):
        return list(published)
    found: list[dt.date | None] = []
    for day, bare in zip(published, lone, strict=True):
        found.append(found[-1] if bare and found else day)
    return found


def _in_title(title: str) -> tuple[str, ...]:
    match = TITLED.search(title)
    name = next((g for g in match.groups() if g), "") if match else ""
    return bylines.names(name) if begins_a_name(name) or match and match.group(2) else ()


ROLE = re.compile(
    rf"^({_NAME}),? (?:[–—-] )?(?:[\w’']+ ){{0,4}}"
    r"(?:section|rep|representative|member|seat|delegate|councillors?|division)\b.{0,40}$"
)


def _role_under(spans: list[Span]) -> tuple[str, ...]:
    """Read the name with a role that stands right under a title: "Jo Bloggs, Councillors' section"."""
    head = next((i for i, s in enumerate(spans) if s.role == "title"), -1)
    under = next((s for s in spans[head + 1 :] if s.account == "post"), None) if head >= 0 else None
    match = ROLE.match(under.piece.text) if under and len(under.piece.text) < 90 else None
    return bylines.names(match.group(1)) if match and begins_a_name(match.group(1)) else ()


def _of_another(title: str, body: list[Span]) -> tuple[str, ...]:
    """Read whose report a title names that somebody else put up again: "Frost: Jo Bloggs’s March report"."""
    match = re.search(rf"(?:^|[:–—-] )({_NAME})(?:’s|'s) (?:\w+ ){{0,2}}(?:report|notes|diary|account)\b", title)
    again = match and REPOSTED.search(" ".join(s.piece.text for s in body[:1]))
    return bylines.names(match.group(1)) if match and again and begins_a_name(match.group(1)) else ()


def _shared(body: list[Span]) -> tuple[str, ...]:
    """Read who wrote a joint report from its opening: "Jo Bloggs wrote on policy and Kim Lee on finance."."""
    opening = " ".join(s.piece.text for s in body[:2])
    match = SHARED.search(opening)
    if match is None:
        joint = JOINT.search(opening)
        return tuple(n for n in bylines.names(next(g for g in joint.groups() if g)) if " " in n) if joint else ()
    named = bylines.names(f"{match.group(1)} and {match.group(0)[len(match.group(1)) :].rstrip('.')}")
    return tuple(n for n in named if begins_a_name(n))


def _signature(body: list[Span]) -> tuple[str, ...]:
    """Read who signs a post in its last lines ("Jo Bloggs is a member of the NEC"); a bare name there is no heading."""
    for span in reversed(body[-3:]):
        text = span.piece.text
        if bylines.is_names(text) and not text.startswith("@"):
            signed = bylines.names(text)
            if span.role == "heading":
                at = body.index(span)
                body.remove(span)
                while at > 0 and body[at - 1].role == "heading" and bylines.is_names(body[at - 1].piece.text):
                    at -= 1
                    signed = bylines.names(body.pop(at).piece.text) + signed
            return signed
        match = SIGNED.match(text) if len(text) < 200 else None
        signs = match and (
            re.search(r"\b(NEC|executive|represent|member|committee|section)", text, re.IGNORECASE)
            or span.role == "heading"
        )
        if match and signs and (found := bylines.names(match.group(1))):
            if span is body[-1] and span.role == "heading":
                body.pop()
            return found
    return ()


def _short_signature(body: list[Span]) -> tuple[str, ...]:
    """Read a first name that closes a post, alone on its line; it is no heading."""
    if not body or not re.fullmatch(r"[A-ZÀ-Þ][\w’'-]{1,20}(?: [A-Z])?", body[-1].piece.text.strip(" .*")):
        return ()
    closed = len(body) > 1 and CLOSES.fullmatch(body[-2].piece.text)
    name = body[-1].piece.text.strip(" .*")
    if not (closed or begins_a_name(name)) or body[-1].role != "heading":
        return ()
    body.pop()
    return (name,)


def _credits(spans: list[Span], title: str) -> tuple[tuple[str, ...], dt.date | None]:
    """Take author and date from the bylines of a post, and the author from "X reports" at its opening."""
    found = [b for s in spans if s.role == "byline" and (b := bylines.read(s.piece.text)) is not None]
    stated = [
        s.piece.text
        for s in spans
        if s.role == "byline" and (s.piece.hint == "byline" or bylines.is_names(s.piece.text))
    ]
    head = next((i for i, s in enumerate(spans) if s.role == "title"), 0)
    under = [b for s in spans[head:] if s.role == "byline" and (b := bylines.read(s.piece.text)) is not None]
    mailed = spans[0].role == "byline" and re.match(r"\W*from:", spans[0].piece.text, re.IGNORECASE)
    credits = (*under, *found) if mailed else found  # who sends a bulletin need not have written it
    authors = next((b.authors for b in credits if b.authors), ())
    authors = authors or next((bylines.names(t) for t in stated if bylines.names(t)), ())
    opening = " ".join(s.piece.text for s in spans if s.role in ("paragraph", "heading", "title"))[:400]
    own = re.search(rf"({_NAME})(?:’s|'s) (?:NEC )?report\b", title)
    lead = next((s.piece.text for s in spans if s.role == "paragraph"), "")[:400]
    reporter = own or OPENS.search(opening)
    if reporter is None and (reporter := OPENS.search(lead)):
        opening = lead
    named = bylines.names(next(g for g in reporter.groups() if g)) if reporter else ()
    if reporter and not own and (more := JOINED.match(opening, reporter.end())):
        named = tuple(dict.fromkeys([*named, *bylines.names(more.group(0))]))
    published = next((b.date for b in (*under, *found) if b.date), None)
    return authors or named, published or _day_without_year(spans[head:], title)


def _day_without_year(spans: Sequence[Span], title: str) -> dt.date | None:
    """Give a byline's day ("Jul 21") the year of the month in its title, or of the year after where it comes sooner."""
    day = next((s.piece.text for s in spans if s.role == "byline" and bylines.is_day(s.piece.text)), "")
    written = [e for e in dates.find(title, loose=True) if e.year is not None and e.month is not None]
    if not day or not written:
        return None
    posted, met = dates.find(day)[0], written[0]
    assert posted.month is not None and met.year is not None and met.month is not None
    span = posted.span(met.year + (posted.month < met.month))
    return span[0] if span else None
