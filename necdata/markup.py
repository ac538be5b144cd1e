"""Saved HTML, feeds and WordPress exports as numbered lines: what the format states becomes each line's hint.

Text layouts guess what a line is; here the markup says it. A page whose posts' titles are stated is read by
layouts/stated.py, post by post; one that states none keeps plain lines where it says nothing, for the layouts that
read text. Text is emitted once, where a reader sees it; scripts, styles and hidden text are not, so that the emitted
characters never exceed the page's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from necdata import bylines, credits, furniture, hypertext, regions
from necdata.hypertext import HEADINGS, Block, Element
from necdata.lines import BULLET, is_short
from necdata.pages import Line, PageError


class Account(NamedTuple):
    """A block with its region and post (-1 outside any), ready to be hinted."""

    block: Block
    region: str
    post: int


class Reading(NamedTuple):
    """A saved page taken apart: its tree, what its elements are for, and its blocks of text."""

    tree: hypertext.Tree
    marks: regions.Regions
    accounts: list[Account]


def lines(text: str, kind: str, name: str) -> list[Line]:
    """Turn a page in a markup format (html, feed or wxr) into numbered lines with hints.

    >>> [(l.number, l.text, l.hint) for l in lines("<h1>NEC report</h1>\\n<p>We met in the end, all thirty-nine of us, for"
    ... " seven hours in a hot room.</p>", "html", "x.html")][0]
    (1, 'NEC report\\n', 'title')

    A line's number is that of the raw line in which its element begins. Raises PageError, naming the file, for what is
    too deep, too large, malformed beyond repair, or declares entities.
    """
    if kind == "html":
        found = list(_page_lines(text, name))
    elif kind in ("feed", "wxr"):
        from necdata import feeds

        found = feeds.lines(text, kind, name)
    else:
        raise PageError(name, f"cannot be read as {kind!r}; the formats are html, feed and wxr")
    return fitted(found, len(text))


def addresses(text: str, kind: str, name: str = "page") -> dict[int, str]:
    """Map the line of each post's title to the post's own address, where the page states it (http and https only).

    Two titles on one line cannot be told apart by it, and are left out.
    """
    if kind == "html":
        found = list(_page_addresses(_read(text, name)))
    else:
        from necdata import feeds

        found = feeds.addresses(text, kind, name)
    numbers = [number for number, _ in found]
    return {n: url for n, url in found if numbers.count(n) == 1 and is_web(url)}


def is_web(url: str) -> bool:
    """Tell whether an address is one of the web's, absolute and without a trick in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and url.isprintable() and " " not in url


def fitted(found: list[Line], limit: int) -> list[Line]:
    """Take line ends away from the end on, where lines and their ends are more characters than the page has."""
    excess = sum(len(line.text) for line in found) - limit
    kept = list(found)
    for i in range(len(kept) - 1, -1, -1):
        if excess <= 0:
            break
        if kept[i].text.endswith("\n"):
            kept[i] = kept[i]._replace(text=kept[i].text[:-1])
            excess -= 1
    return kept


def content(source: str, line: int, name: str, paragraphs: bool = False) -> list[Line]:
    """Turn the HTML of one post's body, as feeds hold it, into lines; `line` is the number of its first line."""
    tree = hypertext.tree(source, name, line)
    kinds = [regions.own_kind(e) for e in tree.elements]
    inside = regions.flat(tree.elements, kinds)
    breaks = _breaks(tree.elements, inside)
    found = [Account(b, inside[b.element], 0) for b in hypertext.blocks(tree, breaks, paragraphs)]
    return list(_body(found, tree.elements, stated=True))


def _read(text: str, name: str) -> Reading:
    tree = hypertext.tree(text, name)
    marks = regions.read(tree.elements)
    blocks = hypertext.blocks(tree, _breaks(tree.elements, marks.regions))
    spans = _containers(tree.elements, marks.titles)
    starts = [begin for begin, _ in spans]
    accounts = []
    for block in blocks:
        post = bisect_right(starts, block.element) - 1
        region = marks.regions[block.element]
        if post >= 0 and block.element >= spans[post][1] and not region:
            region = "sidebar"
        accounts.append(Account(block, region, post))
    return Reading(tree, marks, accounts)


def _breaks(elements: list[Element], inside: list[str]) -> set[int]:
    """List the inline elements that stand for themselves: dates, authors, links to the rest of a post, titles."""
    parts = ("date", "author", "cut", "title", "caption")
    return {
        i for i, e in enumerate(elements)
        if inside[i] in parts and (e.parent < 0 or inside[e.parent] != inside[i])
    }  # fmt: skip


def _containers(elements: list[Element], titles: list[int]) -> list[tuple[int, int]]:
    """Give each title the widest stretch of the page that holds no other title, or all up to the next one where
    titles and texts are siblings."""
    spans = []
    for n, title in enumerate(titles):
        before = titles[n - 1] if n else -1
        after = titles[n + 1] if n + 1 < len(titles) else len(elements)
        top = title
        while (up := elements[top].parent) > 0 and up > before and elements[up].end <= after:
            top = up
        has_body = any(not e.tag and len(e.text.strip()) > 60 for e in elements[elements[title].end : elements[top].end])
        spans.append((top, elements[top].end if has_body else after))
    ends = [begin for begin, _ in spans[1:]] + [len(elements)]
    return [(begin, min(end, limit)) for (begin, end), limit in zip(spans, ends, strict=True)]


def _page_lines(text: str, name: str) -> Iterator[Line]:
    page = _read(text, name)
    elements = page.tree.elements
    if not page.marks.titles:
        yield from _body(page.accounts, elements, stated=False)
        return
    yield from _body([a for a in page.accounts if a.post < 0], elements, stated=False)
    days = credits.day_headers(page.accounts, elements)
    for n, title in enumerate(page.marks.titles):
        yield from _post(page, [a for a in page.accounts if a.post == n], title, days)


def _post(page: Reading, own: list[Account], title: int, days: dict[int, Account]) -> Iterator[Line]:
    """Give one post's lines: its title, then its credits, then what the page prints under the title."""
    elements = page.tree.elements
    head = [a for a in own if a.region == "title"]
    first = elements[title].line
    yield Line(first, " ".join(a.block.text for a in head) + "\n", "title")
    early = [a for a in own if a.block.element < title and a.region != "title"]
    late = [a for a in own if a.block.element > title and a.region != "title"]
    single = len(page.marks.titles) == 1
    if single:  # what stands above the only title is the page's header, but for the post's own date and author
        early = [a for a in early if a.region in regions.CREDITS or a.region == "foot"]
    dated = credits.lines([a for a in own if a.region in regions.CREDITS], elements)
    if not dated.date and (day := days.get(title)):
        yield from credits.lines([day], elements).lines
    if single:
        yield from credits.stated(page.tree, dated)
    yield from _body([a._replace(region=a.region or "foot") if is_short(a.block.text) else a for a in early], elements, stated=True)
    yield from _body(late, elements, stated=True)
