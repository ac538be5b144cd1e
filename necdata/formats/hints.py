"""From blocks of a page with their regions to lines with hints: heading, text, item, byline, comment, furniture."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from necdata.formats.flow import HEADINGS, Block
from necdata.formats.hypertext import Element, Tree
from necdata.reading import bylines, furniture
from necdata.reading.lines import BULLET, LONGEST_HEADING, SENTENCE_END, is_short
from necdata.reading.page import Line

MONTHS = "January February March April May June July August September October November December".split()
NAMED = {"updated": "post foot", "share": "share line", "form": "post foot"}
COMMENTED = ("comments", "comment")
BODY = ("", "body", "summary")
_SENDER = re.compile(r"(?:From: ?)?([^<>@()]{4,60}?) [<(]?[\w.+-]{1,40}(?: at |@)[\w-]{1,40}(?:\.[\w-]{1,40})+[>)]?")
_BREAKS_OFF = re.compile(r"\s*(?:\[(?:…|\.{3}|more)\]|…|\.{3}|\(more(?:…|\.{3})?\))\s*$")
_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")


class Account(NamedTuple):
    """A block with its region and the number of its post, -1 outside any."""

    block: Block
    region: str
    post: int = 0


class Seen(NamedTuple):
    """What hinting goes by: the page's elements, their kinds and regions, whether its titles are stated."""

    elements: Sequence[Element]
    kinds: Sequence[str]
    regions: Sequence[str]
    stated: bool = True


def day(date: dt.date) -> str:
    """Print a date as bylines read it.

    >>> day(dt.date(2019, 5, 3))
    '3 May 2019'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def iso(text: str) -> dt.date | None:
    """Read the date at the start of an ISO 8601 time, None where there is none.

    >>> iso("2019-05-03T23:30:00+01:00"), iso("3 May")
    (datetime.date(2019, 5, 3), None)
    """
    match = _ISO.match(text)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def hinted(accounts: Sequence[Account], seen: Seen) -> Iterator[Line]:
    """Give the lines of a stretch of the page, blank lines between plain ones included."""
    rows = _rows(accounts, seen.elements)
    body = [a.block for a in rows if a.region in BODY]
    letters = sum(len(b.text) for b in body)
    bold = sum(len(b.text) for b in body if b.strong) <= letters / 2
    heads = any(_heads(b, seen.elements, bold) for b in body)
    last = body[-1] if body else None
    opened: set[int] = set()
    for account in rows:
        block, region = account.block, account.region
        if region in BODY:
            plain = not heads or block is last
            yield from _texts(block, region, seen, bold, plain)
        elif region in COMMENTED:
            yield Line(block.line, block.text + "\n", _comment(block, seen, opened))
        else:
            yield _line(block, region, seen)


def _rows(accounts: Sequence[Account], elements: Sequence[Element]) -> list[Account]:
    """Join the short cells of a table's row into one line."""
    rows: list[Account] = []
    for account in accounts:
        here, last = account.block, rows[-1].block if rows else None
        if last is not None and _is_cell(here, elements) and _is_cell(last, elements):
            same = elements[here.element].parent == elements[last.element].parent and account.region == rows[-1].region
            if same and len(here.text) <= 60 and len(last.text) <= 200:
                rows[-1] = rows[-1]._replace(block=last._replace(text=f"{last.text} {here.text}", element=here.element))
                continue
        rows.append(account)
    return rows


def _is_cell(block: Block, elements: Sequence[Element]) -> bool:
    return elements[block.element].tag in ("td", "th")


def _heads(block: Block, elements: Sequence[Element], bold: bool) -> bool:
    """Tell whether the markup makes a block a heading: a heading's tag, or a short line all bold where not all is."""
    if elements[block.element].tag in HEADINGS:
        return True
    return bold and block.strong and is_short(block.text) and elements[block.element].tag not in ("li", "td", "th")


def _texts(block: Block, region: str, seen: Seen, bold: bool, plain: bool) -> Iterator[Line]:
    """Give the lines of a block of a body: the block, and the link to its rest that it may end with."""
    text, cut = block.text, ""
    if block.link >= 0 and furniture.CUT.fullmatch(block.link_text) and text.endswith(block.link_text):
        text, cut = text[: len(text) - len(block.link_text)].rstrip(), block.link_text
    elif region == "summary":
        text, cut = parted(text)
    if credit := _sender(text):
        yield Line(block.line, f"By {credit}\n", "byline")
    elif text:
        hint = _text_hint(block._replace(text=text), seen, bold, plain)
        if block.gap and not hint:
            yield Line(block.line, "\n")
        yield Line(block.line, text + "\n", hint)
    if cut:
        yield Line(block.line, cut + "\n", "cut")


def parted(text: str) -> tuple[str, str]:
    """Part the marks of a text that breaks off from the text.

    >>> parted("We met in the rain and [...]"), parted("We met.")
    (('We met in the rain and', '[...]'), ('We met.', ''))
    """
    match = _BREAKS_OFF.search(text, max(0, len(text) - 30))
    return (text[: match.start()].rstrip(), match[0].strip()) if match else (text, "")


def _sender(text: str) -> str:
    """Give the name in a line that is a name and an address of electronic mail, as archives of lists print it.

    >>> _sender("Jo Bloggs jo at example.org"), _sender("Write to jo@example.org")
    ('Jo Bloggs', '')
    """
    match = _SENDER.fullmatch(text) if len(text) < 160 else None
    return match[1] if match and bylines.names(match[1]) else ""


def _text_hint(block: Block, seen: Seen, bold: bool, plain: bool) -> str:
    tag = seen.elements[block.element].tag
    if len(block.text) <= 260 and (furniture.name(block.text) or furniture.CUT.fullmatch(block.text)):
        return ""
    if _heads(block, seen.elements, bold):
        is_heading = len(block.text) <= LONGEST_HEADING * 2 and (tag in HEADINGS or not SENTENCE_END.search(block.text))
        level = seen.stated or tag in ("h3", "h4", "h5", "h6")
        return ("heading" if level else "") if is_heading else "text"
    if tag in ("li", "dd"):
        return "item" if tag == "li" else "text"
    if tag in ("td", "th") and " " in block.text and seen.stated:
        return "text" if not is_short(block.text) else ""
    if tag in ("p", "blockquote") and not (plain and is_short(block.text)) and not BULLET.match(block.text):
        return "text"
    return ""


def _comment(block: Block, seen: Seen, opened: set[int]) -> str:
    """Hint a line among readers' comments: the first of each comment opens it."""
    chain = []
    i = block.element
    while i >= 0 and i not in opened and seen.regions[i] in COMMENTED:
        if seen.kinds[i] in ("comment", "post"):
            chain.append(i)
        i = seen.elements[i].parent
    within = bool(chain) or i in opened
    opened.update(chain)
    if chain or (not within and bylines.opens_comment(block.text)):
        return "comment"
    return "comment text" if opened else "post foot" if is_short(block.text) else "comment text"


def _line(block: Block, region: str, seen: Seen) -> Line:
    """Give the line of a block outside a body: credits as bylines are written, furniture under its name."""
    if region == "date":
        found = stated_day(seen.elements, block.element)
        return Line(block.line, (day(found) if found else block.text) + "\n", "byline")
    if region == "author":
        says = re.match(r"\W*(by|author|posted|written|from|report)\b", block.text, re.IGNORECASE)
        return Line(block.line, ("" if says else "By ") + block.text + "\n", "byline")
    if region in ("byline", "foot"):
        read = bylines.read(block.text)
        known = read is not None or (region == "byline" and bool(bylines.names(block.text)))
        return Line(block.line, block.text + "\n", "byline" if known else "post foot")
    return Line(block.line, block.text + "\n", NAMED.get(region, region))


def stated_day(elements: Sequence[Element], i: int) -> dt.date | None:
    """Read the date that an element or one inside it states for machines (datetime, title, content)."""
    for element in elements[i : min(elements[i].end, i + 20)]:
        for key in ("datetime", "title", "content"):
            if found := iso(element.attributes.get(key, "")):
                return found
    return None


def said(accounts: Sequence[Account], seen: Seen) -> tuple[bool, bool]:
    """Tell whether the page prints an author and a date of publication for a post."""
    author = date = False
    for n, (block, region, _) in enumerate(accounts):
        if region in ("author", "date", "byline", "foot") or (region in BODY and n < 12 and len(block.text) < 160):
            read = bylines.read(_line(block, region, seen).text.strip() if region else block.text)
            author = author or region == "author" or bool(read and read.authors)
            date = date or bool(read and read.date)
    return author, date


_DATES = (
    *("article:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.created", "date"),
    *("parsely-pub-date", "pubdate", "og:published_time", "dc.date.created", "sailthru.date", "publish-date"),
)
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "twitter:data1")


def fallback(tree: Tree, author: bool, date: bool) -> Iterator[Line]:
    """Give the author and date that only a page's head states, as bylines; those that the page prints are left out."""
    for element in tree.elements:
        if element.tag != "meta":
            continue
        name = (
            element.attributes.get("property")
            or element.attributes.get("name")
            or element.attributes.get("itemprop", "")
        ).lower()
        value = " ".join(element.attributes.get("content", "").split())
        if not date and name in _DATES and (found := iso(value)):
            date = True
            yield Line(element.line, day(found) + "\n", "byline")
        if not author and name in _AUTHORS and bylines.names(value):
            author = True
            yield Line(element.line, f"By {value}\n", "byline")
    for line, data in tree.data:
        credited, published = linked(data)
        if not date and published:
            date = True
            yield Line(line, day(published) + "\n", "byline")
        if not author and credited:
            author = True
            yield Line(line, f"By {credited}\n", "byline")


def linked(data: str) -> tuple[str, dt.date | None]:
    """Read author and date of publication off JSON-LD, "" and None where it states none or is malformed."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return "", None
    things = found if isinstance(found, list) else [found]
    things = [t for thing in things if isinstance(thing, dict) for t in _graph(thing)]
    date = next((d for t in things if (d := iso(str(t.get("datePublished", ""))))), None)
    author = next((name for t in things if (name := _people(t.get("author")))), "")
    return author, date


def _graph(thing: dict[str, object]) -> list[dict[str, object]]:
    graph = thing.get("@graph")
    return [thing, *(t for t in graph if isinstance(t, dict))] if isinstance(graph, list) else [thing]


def _people(value: object) -> str:
    people = value if isinstance(value, list) else [value]
    found = [str(p.get("name", "")) if isinstance(p, dict) else p if isinstance(p, str) else "" for p in people]
    return " and ".join(name for name in found if bylines.names(name))
