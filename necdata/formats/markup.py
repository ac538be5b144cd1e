"""Saved HTML, feeds and WordPress exports as numbered lines: what the format states becomes each line's hint.

Text layouts guess what a line is; here the markup says it. A page whose posts' titles are stated is read by
layouts/stated.py, post by post; one that states none keeps plain lines where it says nothing, for the layouts that
read text. Text is emitted once, where a reader sees it; scripts, styles and hidden text are not, so that the emitted
characters never exceed the page's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from necdata.formats import flow, headlines, hints, hypertext, regions
from necdata.formats.hints import Account, Seen
from necdata.formats.hypertext import Element, Tree
from necdata.reading import furniture
from necdata.reading.page import Line, PageError


class Reading(NamedTuple):
    """A saved page taken apart: its tree, its titles, each with the element it is contained in, and its blocks."""

    tree: Tree
    titles: list[int]
    spans: list[tuple[int, int]]
    accounts: list[Account]
    seen: Seen


def lines(text: str, kind: str, name: str) -> list[Line]:
    """Turn a page in a markup format (html, feed or wxr) into numbered lines with hints.

    >>> text = "<h1>NEC report</h1>\\n<p>We met for seven hours in a hot room, and agreed that it was too long.</p>"
    >>> lines(text, "html", "x")[0]
    Line(number=1, text='NEC report\\n', hint='title')

    A line's number is that of the raw line in which its element begins. Raises PageError, naming the file, for what is
    too deep, too large, malformed beyond repair, or declares entities.
    """
    if kind == "html":
        found = list(_page_lines(_read(text, name)))
    elif kind in ("feed", "wxr"):
        from necdata.formats import feeds

        found = feeds.lines(text, kind, name)
    else:
        raise PageError(name, f"cannot be read as {kind!r}; the formats are html, feed and wxr")
    return _fitted(found, len(text))


def addresses(text: str, kind: str, name: str = "page") -> dict[int, str]:
    """Map the line of each post's title to the post's own address, where the page states it (http and https only).

    Two titles on one line cannot be told apart by it, and are left out.
    """
    if kind == "html":
        found = list(_page_addresses(_read(text, name)))
    else:
        from necdata.formats import feeds

        found = feeds.addresses(text, kind, name)
    times = Counter(number for number, _ in found)
    return {number: url for number, url in found if times[number] == 1 and is_web(url)}


def is_web(url: str) -> bool:
    """Tell whether an address is one of the web's: absolute, http or https, no white space or control characters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and url.isprintable() and " " not in url


def content(source: str, line: int, name: str, paragraphs: bool = False) -> list[Line]:
    """Turn the HTML of one post's body, as feeds hold it, into lines; `line` is the number of its first line."""
    tree = hypertext.tree(source, name, line)
    kinds, inside = regions.of_body(tree.elements)
    seen = Seen(tree.elements, kinds, inside)
    blocks = flow.blocks(tree, _breaks(tree.elements, inside), paragraphs)
    return list(hints.hinted([Account(b, inside[b.element]) for b in blocks], seen))


def _fitted(found: list[Line], limit: int) -> list[Line]:
    """Take line ends away from the end on, where the lines with their ends are longer than the page."""
    excess = sum(len(line.text) for line in found) - limit
    kept = list(found)
    for i in range(len(kept) - 1, -1, -1):
        if excess <= 0:
            break
        if kept[i].text.endswith("\n"):
            kept[i] = kept[i]._replace(text=kept[i].text[:-1])
            excess -= 1
    return kept


def _read(text: str, name: str) -> Reading:
    tree = hypertext.tree(text, name)
    marks = regions.read(tree.elements)
    blocks = list(flow.blocks(tree, _breaks(tree.elements, marks.regions)))
    titles = [t for t in marks.titles if _is_seen(t, tree.elements, blocks)]
    spans = _spans(tree.elements, titles)
    starts = [begin for begin, _ in spans]
    accounts = []
    for block in blocks:
        post = bisect_right(starts, block.at) - 1
        region = marks.regions[block.element]
        if post >= 0 and block.at >= spans[post][1] and not region:
            region = "sidebar"  # between posts, and of none
        accounts.append(Account(block, region, post))
    seen = Seen(tree.elements, marks.kinds, marks.regions, bool(titles))
    return Reading(tree, titles, spans, accounts, seen)


def _is_seen(title: int, elements: Sequence[Element], blocks: Sequence[flow.Block]) -> bool:
    """Tell whether any of a title's text is shown."""
    at = bisect_left(blocks, title, key=lambda b: b.at)
    return at < len(blocks) and blocks[at].at < elements[title].end


def _breaks(elements: Sequence[Element], inside: Sequence[str]) -> set[int]:
    """List the elements that are for something else than what they are in: a date, a link to the rest of a post."""
    return {
        i for i, e in enumerate(elements) if inside[i] and e.tag and e.parent >= 0 and inside[e.parent] != inside[i]
    }


def _spans(elements: Sequence[Element], titles: Sequence[int]) -> list[tuple[int, int]]:
    """Give each title the widest element that holds no other title, or all up to the next title's where titles and
    texts are siblings."""
    sums = regions.Sums(elements)
    tops = []
    for n, title in enumerate(titles):
        before = titles[n - 1] if n else 0
        after = titles[n + 1] if n + 1 < len(titles) else len(elements)
        top = title
        while (up := elements[top].parent) > before and elements[up].end <= after:
            top = up
        tops.append(top)
    nexts = [*tops[1:], len(elements)][: len(tops)]
    under = [sums.size(top) - sums.size(title) for top, title in zip(tops, titles, strict=True)]
    return [(top, elements[top].end if n > 60 else after) for top, n, after in zip(tops, under, nexts, strict=True)]


def _page_lines(page: Reading) -> Iterator[Line]:
    if not page.titles:
        yield from hints.hinted(page.accounts, page.seen)
        return
    days = [a for a in page.accounts if _heads_day(a, page)]
    apart = {a.block.at for a in days}
    first = _first(page)
    own: list[list[Account]] = [[] for _ in page.titles]
    header: list[Account] = []
    for account in page.accounts:
        if account.block.at in apart:
            continue
        if account.post <= 0 and account.block.at < first:
            header.append(_uncredited(account))
        else:
            own[account.post].append(account)
    if name := headlines.page_name(page.tree.elements):
        yield Line(name[0], name[1] + "\n")
    yield from hints.hinted(header, page.seen)
    told: set[int] = set()
    for title, accounts in zip(page.titles, own, strict=True):
        above = bisect_right(days, title, key=lambda a: a.block.at) - 1
        yield from _post(page, title, accounts, days[above] if above >= 0 else None, told)


def _heads_day(account: Account, page: Reading) -> bool:
    """Tell a date heading over all the posts of one day: by its name, or a heading that is a date between posts."""
    elements, block = page.tree.elements, account.block
    if regions.is_day_header(elements, block.element):
        return True
    outside = account.post < 0 or block.at >= page.spans[account.post][1]
    return outside and account.region == "date" and elements[block.element].tag in flow.HEADINGS


def _uncredited(account: Account) -> Account:
    return account._replace(region="") if account.region in regions.CREDITS else account


def _first(page: Reading) -> int:
    """Give the element with which the first post begins: its container, or where that is the whole page, its marked
    element or the credits right above its title."""
    title = page.titles[0]
    if len(page.titles) > 1:
        return page.spans[0][0]
    up = title
    while up >= 0 and page.seen.kinds[up] != "post":
        up = page.tree.elements[up].parent
    first = title if up < 0 else up
    at = bisect_left(page.accounts, first, key=lambda a: a.block.at)
    while at > 0 and page.accounts[at - 1].region in (*regions.CREDITS, "share"):
        at -= 1
        first = page.accounts[at].block.at
    return first


def _post(page: Reading, title: int, own: list[Account], day: Account | None, told: set[int]) -> Iterator[Line]:
    """Give one post's lines: its title, the date heading over it, then what stood above the title, then the rest."""
    end = page.tree.elements[title].end
    inside = " ".join(a.block.text for a in own if title <= a.block.at < end)
    yield Line(page.tree.elements[title].line, inside + "\n", "title")
    rest = [a for a in own if not title <= a.block.at < end]
    author, date = hints.said(rest, page.seen)
    if day is not None and (not date or day.block.at not in told):
        told.add(day.block.at)
        date = True
        yield from hints.hinted([day._replace(region="date")], page.seen)
    if len(page.titles) == 1:
        yield from hints.fallback(page.tree, author, date)
    early = [a._replace(region=a.region or "foot") for a in rest if a.block.at < title]
    yield from hints.hinted(early, page.seen)
    yield from hints.hinted(_ended([a for a in rest if a.block.at > title], page), page.seen)


def _ended(accounts: list[Account], page: Reading) -> list[Account]:
    """Take for furniture what follows the end of a post's marked body and says nothing of itself, but for a link to the
    rest of the post right under it."""
    bodies = [i for a in accounts if a.region == "body" for i in _ancestors(page, a.block.element)]
    end = max((page.tree.elements[i].end for i in bodies), default=0)
    after = [i for i, a in enumerate(accounts) if end and not a.region and a.block.at >= end]
    regions_after = dict.fromkeys(after, "sidebar")
    if after and accounts[after[0]].block.link >= 0 and furniture.CUT.fullmatch(accounts[after[0]].block.text):
        regions_after[after[0]] = "cut"
    return [a._replace(region=regions_after.get(i, a.region)) for i, a in enumerate(accounts)]


def _ancestors(page: Reading, i: int) -> Iterator[int]:
    while i >= 0 and page.seen.regions[i] == "body":
        yield i
        i = page.tree.elements[i].parent


def _page_addresses(page: Reading) -> Iterator[tuple[int, str]]:
    """Give each title's line and address: its own link, or for the only post the page's own address."""
    elements = page.tree.elements
    own = next(
        (
            e.attributes.get("href", "")
            for e in elements
            if e.tag == "link" and "canonical" in e.attributes.get("rel", "").lower().split()
        ),
        "",
    )
    own = own or next(
        (
            e.attributes.get("content", "")
            for e in elements
            if e.tag == "meta" and e.attributes.get("property") == "og:url"
        ),
        "",
    )
    base = next((e.attributes.get("href", "") for e in elements if e.tag == "base"), "") or own
    for title in page.titles:
        inside = (
            elements[max(elements[title].parent, 0) : title + 1] if elements[elements[title].parent].tag == "a" else []
        )
        links = [
            e.attributes.get("href", "") for e in [*inside[:1], *elements[title : elements[title].end]] if e.tag == "a"
        ]
        link = next((url for url in links if url and not url.startswith("#")), "")
        if len(page.titles) == 1 and own:
            link = own
        try:
            yield elements[title].line, urljoin(base, link.strip()) if link else ""
        except ValueError:
            continue
