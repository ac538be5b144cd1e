"""Whose site it is: what a page's header, foot and bylines tell of the one person who writes there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from necdata.reading import bylines
from necdata.reading.given import begins_a_name
from necdata.reading.layouts.structure import Span

# In order: a line that states whose site it is counts before one that may only be a name.
OWNED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:\b(?:blog|notes|views|thoughts|website|site|diary|reports?(?: no\.? ?\d+)?|page|archive) |^)"
        r"(?:by|of|from) (.{3,60})",
        r"^(?:author|contributor|posts by|all posts by)(?: archives?)?:? ?(.{3,60})",
        r"^(?:welcome to )?(?:[^:]{1,40}: )?(.{3,40}?)(?:’s|'s) \w.{2,60}",
        r"^(.{3,40}?)(?:\s*(?:[|/:,–—-]|for|writes|on)\s.*| [A-Z]{2,3}|)$",
    )
]
# A sentence that says what a person is: who sits on the NEC for whom.
PERSON_IS = re.compile(
    r"((?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+)"
    r" (?:is|was|has been|have been|sits|represents|reports|writes|serves)\b"
)
ON_NEC = re.compile(r"\b(?:NEC|national executive|executive committee)\b", re.IGNORECASE)
ABOUT = re.compile(r"about (?:me|the author)|profile|(?:written|posts) by", re.IGNORECASE)
FOOT = re.compile(r"(?:©|\(c\)|copyright)\W*(?:\d{4}\W*)*(?:\d{4}\W*)?(.{3,60})", re.IGNORECASE)


def owner(before: Sequence[str], spans: Sequence[Span] = ()) -> str:
    """Read whose site it is from what stands before the first post, "" where it does not say.

    >>> owner(["A blog by Jo Bloggs about politics"]), owner(["Jo Bloggs / NEC / Page 2"]), owner(["Left Futures"])
    ('Jo Bloggs', 'Jo Bloggs', '')

    A line that is only two capitalised words may be a site's name; it counts where it begins with a given name, the
    header says that the site is a person's (a councillor, a member of the NEC), or the page names that person again (a
    sign-off, a byline, a login). What the page says of its author below the posts counts last.
    """
    return _in_header(before, spans) or _described(before, spans)


def _in_header(before: Sequence[str], spans: Sequence[Span]) -> str:
    rest = " ".join(s.piece.text for s in spans if s.post >= 0).casefold()
    person = _describes_person(before)
    known = list(logins(spans))
    for pattern in OWNED:
        for number, text in enumerate(before[:6]):
            match = pattern.search(text)
            name = _owner_in(match.group(1)) if match else ""
            if not name and pattern is OWNED[-1] and number == 0 and match and match.group(1).islower():
                name = _owner_in(match.group(1).title())
                name = name if begins_a_name(name) and any(abbreviates(x, name) for x in known) else ""
            if not name:
                continue
            apart = len(text) > len(name) + 3 or text.isupper()
            first = name.split()[0].casefold()  # "wren" may be the login of who writes Wren World
            again = name.casefold() in rest or any(x.casefold() != first and abbreviates(x, name) for x in known)
            if pattern is not OWNED[-1] or apart or person or again or begins_a_name(name):
                return name
    return ""


def _described(before: Sequence[str], spans: Sequence[Span]) -> str:
    """Read the one person of whom the page's header says that they sit on the NEC, or its foot what they are."""
    for text in before[:12]:
        match = PERSON_IS.match(text)
        if match and ON_NEC.search(text) and (name := _owner_in(match.group(1))):
            return name
    for span, after in zip(spans, spans[1:], strict=False):
        if ABOUT.fullmatch(span.piece.text) and (match := PERSON_IS.match(after.piece.text)):
            return _owner_in(match.group(1))
        if ABOUT.fullmatch(span.piece.text) and begins_a_name(after.piece.text) and bylines.is_names(after.piece.text):
            return _owner_in(after.piece.text)  # as Blogger's profile prints it
    single = len({s.post for s in spans if s.post >= 0}) == 1
    for span in reversed(spans[-8:]):
        match = PERSON_IS.match(span.piece.text) if single and span.account == "boilerplate" else None
        if match and ON_NEC.search(span.piece.text) and (name := _owner_in(match.group(1))):
            return name
        match = FOOT.match(span.piece.text)
        name = _owner_in(re.split(r"[.,|]|\d", match.group(1))[0]) if match else ""
        if name and begins_a_name(name):
            return name
    return ""


def logins(spans: Sequence[Span]) -> Iterator[str]:
    """Give the names and logins of one word that a page's bylines hold: "posted by jobloggs", "3 May 2019 / Jo"."""
    for span in spans:
        if span.role == "byline" or span.piece.form == "byline":
            yield from re.findall(
                r"(?:\bby |[|/·•–—-] ?|\d{4} )@?(?!by\b)([A-Za-z]{2,30})\d*(?=$|[.,| ])", span.piece.text
            )


def abbreviates(short: str, name: str) -> bool:
    """Tell whether a login or short name is a person's: their first name, with an initial, run together.

    >>> [abbreviates(s, "Jo Bloggs") for s in ("Jo", "Jo B", "jobloggs", "jbloggs", "job", "bloggs", "Kim")]
    [True, True, True, True, True, False, False]
    """
    words = re.findall(r"[^\W\d_]+", name.casefold())
    if len(words) < 2:
        return False
    parts = re.findall(r"[^\W\d_]+", short.casefold())
    if len(parts) > 1:
        return len(parts) <= len(words) and parts[0] == words[0] and words[-1].startswith(parts[-1])
    if not parts:
        return False
    first, last = words[0], "".join(words[1:])
    rest = parts[0].removeprefix(first)
    return (
        parts[0] == first or (rest != parts[0] and last.startswith(rest)) or parts[0] in (first[0] + last, last + first)
    )


def in_full(authors: Sequence[str], people: Sequence[str]) -> tuple[str, ...]:
    """Give authors their full names where the page tells them: "Jo" on Jo Bloggs's page is Jo Bloggs."""
    full = [next((p for p in people if a != p and len(p) > len(a) and abbreviates(a, p)), a) for a in authors]
    return tuple(dict.fromkeys(full))


def _owner_in(group: str) -> str:
    """Give the one person that a piece of a header names, "" where it names none, several, or more than a person."""
    words = re.split(r"\b(?:about|on|for)\b|[,–—-] ", group)[0].strip()
    found = bylines.names(words)
    whole = len(found) == 1 and len(found[0].split()) >= len(bylines.untitled(words).split())
    return found[0] if whole else ""


def _describes_person(before: Sequence[str]) -> bool:
    """Tell whether a page's header says that the site is a person's: a councillor, a member of the NEC."""
    role = (
        r"\b(councillor|cllr|member of|representative|rep|section|activist|trade unionist|mep|mp"
        r"|on labour(’s|'s) nec|labour nec|nec member|jottings|diary|chair)\b"
    )
    return any(re.search(role, t, re.IGNORECASE) for t in before[:6])
