"""Which elements of a saved page are the titles of its posts, by the first evidence that serves."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from necdata.formats.flow import HEADINGS, hides, is_strong
from necdata.formats.hypertext import Element
from necdata.formats.regions import Sums
from necdata.reading import bylines, dates, titles

OUTSIDE = ("form", "comments", "comment", "sidebar", "navigation", "footer", "share", "foot")
_BANNERS = {"header", "banner", "masthead", "hd", "header-wrapper", "headerimg", "hdr", "top"}
LONGEST_TITLE = 200
BODY = 60  # characters under a title that make it a post's
_SITE = re.compile(
    r"(site|blog|header|logo|brand)-?(title|name|logo|heading|text)|masthead|branding|logo", re.IGNORECASE
)
_MARKS = ("|", "-", "·", "•", "«", "»", ":", "~", ",", "(")  # what parts a page's title from its site's name


def find(elements: Sequence[Element], kinds: Sequence[str], regions: Sequence[str], sums: Sums) -> list[int]:
    """List the elements that are titles, in order; none where the page does not say."""
    headings = _headings(elements, regions, sums)
    named = _named_above(elements, regions, headings, sums)
    if marked := _bodied(_marked(elements, kinds, regions, sums), elements, kinds, regions):
        return marked if len(marked) == 1 else _only(marked, named, elements, regions)
    if found := _in_posts(elements, kinds, regions, headings, sums):
        return _only(found, named, elements, regions)
    if found := _reports(elements, headings, sums):
        return found
    bold = _bold_reports(elements, regions, sums)
    if len(bold) >= 2 or (bold and named and bylines.is_names(text(elements, named[0]))):
        return bold
    return named or _first_level(elements, headings, sums)


def _only(found: list[int], named: list[int], elements: Sequence[Element], regions: Sequence[str]) -> list[int]:
    """Keep the page's one title where its head names it and the others are its own headings or links."""
    if _is_single(elements):
        return named or next(([i] for i in found if elements[i].tag == "h1"), found[:1])
    if not named or named == found:
        return found
    title, levels = named[0], [elements[i].tag for i in found]
    if title in found:
        return named if levels.count("h1") == 1 and elements[title].tag == "h1" else found
    if len(found) == 1:
        return named if elements[title].tag in HEADINGS and elements[title].tag < levels[0] else found
    text_to = _text_sums(elements, regions)
    before, after = text_to[found[0]] - text_to[title], text_to[-1] - text_to[found[0]]
    return named if title < found[0] and before > after else found


def _is_single(elements: Sequence[Element]) -> bool:
    """Tell a page that says that it holds one post: WordPress's class on the body, or an article's date in its head."""
    body = next((e.attributes.get("class", "").split() for e in elements if e.tag == "body"), [])
    if {"archive", "home", "blog", "category", "tag", "date", "search", "paged"}.intersection(body):
        return False
    return (
        "single" in body
        or "single-post" in body
        or any(e.tag == "meta" and e.attributes.get("property", "") == "article:published_time" for e in elements)
    )


def text(elements: Sequence[Element], i: int) -> str:
    """Give the text of an element, white space folded.

    Only for elements known to be short: it walks all that is in them.
    """
    return " ".join("".join(e.text for e in elements[i : elements[i].end] if not e.tag).split())


def _is_short(i: int, sums: Sums) -> bool:
    return 0 < sums.size(i) <= LONGEST_TITLE and sums.elements[i].end - i < 60


def _marked(elements: Sequence[Element], kinds: Sequence[str], regions: Sequence[str], sums: Sums) -> list[int]:
    """List the elements that a theme marks as titles, the outermost of nested ones."""
    found: list[int] = []
    for i, element in enumerate(elements):
        if kinds[i] != "title" or not _is_short(i, sums) or hides(element) or element.tag in ("meta", "link"):
            continue
        parent = regions[element.parent] if element.parent >= 0 else ""
        if parent in OUTSIDE or (found and i < elements[found[-1]].end):
            continue
        found.append(_heading_in(elements, i))
    return found


def _heading_in(elements: Sequence[Element], i: int) -> int:
    """Give the heading inside a marked element, where there is one, else the element itself."""
    inside = (j for j in range(i, elements[i].end) if elements[j].tag in HEADINGS)
    return next(inside, i)


def _bodied(found: list[int], elements: Sequence[Element], kinds: Sequence[str], regions: Sequence[str]) -> list[int]:
    """Drop titles with no text under them (lists of links), where others have some.

    A few words are enough in an element of the same list as a post with more: an excerpt may be short.
    """
    if len(found) < 2:
        return found
    text_to = _text_sums(elements, regions)
    ends = [*found[1:], len(elements)]
    under = [text_to[after] - text_to[elements[i].end] for i, after in zip(found, ends, strict=True)]
    lists = [_list(elements, kinds, i) for i in found]
    full = {at for at, n in zip(lists, under, strict=True) if n >= BODY and at >= 0}
    return [i for i, n, at in zip(found, under, lists, strict=True) if n >= BODY or (n and at in full)]


def _list(elements: Sequence[Element], kinds: Sequence[str], i: int) -> int:
    """Give the element that holds the post of a title, among others; -1 where the title is in none."""
    while i >= 0 and kinds[i] != "post":
        i = elements[i].parent
    return elements[i].parent if i >= 0 else -1


def _text_sums(elements: Sequence[Element], regions: Sequence[str]) -> list[int]:
    total = [0]
    for i, element in enumerate(elements):
        counts = not element.tag and regions[i] in ("", "body", "summary", "cut")
        total.append(total[-1] + (len(element.text.strip()) if counts else 0))
    return total


def _headings(elements: Sequence[Element], regions: Sequence[str], sums: Sums) -> list[int]:
    """List the headings of a page outside its furniture."""
    return [
        i for i, e in enumerate(elements)
        if e.tag in HEADINGS and regions[i] not in OUTSIDE and _is_short(i, sums) and not _is_site(elements, i)
    ]  # fmt: skip


def _is_site(elements: Sequence[Element], i: int) -> bool:
    """Tell the heading that names the site: by its own names or its parents', or its link to the front page."""
    up = [i, elements[i].parent, elements[elements[i].parent].parent if elements[i].parent >= 0 else -1]
    names = " ".join(
        f"{elements[j].attributes.get('class', '')} {elements[j].attributes.get('id', '')}" for j in up if j >= 0
    )
    near = [*up, elements[up[-1]].parent if up[-1] >= 0 else -1]
    if any(elements[j].attributes.get("id", "").lower() in _BANNERS for j in near if j >= 0):
        return True
    if any(_SITE.fullmatch(name) for name in names.replace("_", "-").split()[:30]):
        return True
    links = [e.attributes.get("href", "") for e in elements[i : elements[i].end] if e.tag == "a"]
    return bool(links) and bool(re.fullmatch(r"/|(https?://[^/]+)?/?(index\.\w+)?", links[0])) and links[0] != ""


def _in_posts(
    elements: Sequence[Element], kinds: Sequence[str], regions: Sequence[str], headings: list[int], sums: Sums
) -> list[int]:
    """List the first heading of each element that is marked as a post, of no deeper level than the highest of all."""
    posts = [i for i, kind in enumerate(kinds) if kind == "post" and regions[i] not in OUTSIDE]
    found: list[int] = []
    for i in posts:
        if sums.holds(i, headings) and not any(sums.holds(i, [t]) for t in found[-1:]):
            found.append(headings[bisect_left(headings, i)])
    found = sorted(set(found))
    top = min((elements[i].tag for i in found), default="")
    return _bodied([i for i in found if elements[i].tag == top], elements, kinds, regions)


def _reports(elements: Sequence[Element], headings: list[int], sums: Sums) -> list[int]:
    """List the headings of one level of which two or more are reports' titles with text under each."""
    by_level: dict[str, list[int]] = defaultdict(list)
    for i in headings:
        by_level[elements[i].tag].append(i)
    for level in sorted(by_level):
        here = by_level[level]
        under = [
            sums.characters[b] - sums.characters[elements[a].end]
            for a, b in zip(here, [*here[1:], len(elements)], strict=True)
        ]
        reports = [i for i, n in zip(here, under, strict=True) if n >= BODY and titles.is_report(text(elements, i))]
        if len(reports) >= 2 and len(reports) >= 0.5 * len(here):
            return [i for i, n in zip(here, under, strict=True) if n >= BODY]
    return []


def _bold_reports(elements: Sequence[Element], regions: Sequence[str], sums: Sums) -> list[int]:
    """List the bold or large lines of an old page that look as a report's title does, with text under each.

    Only where its section headings look otherwise: what all bold lines share tells nothing.
    """
    strong: list[int] = []
    for i, element in enumerate(elements):
        within = bool(strong) and i < elements[strong[-1]].end
        if is_strong(element) and regions[i] not in OUTSIDE and _is_short(i, sums) and not within:
            strong.append(i)
    looks = {i: _look(elements, i) for i in strong}
    alike = [[i for i in strong if looks[i] == looks[r]] for r in strong if titles.is_report(text(elements, r))]
    dated = {i for i in strong if dates.find(text(elements, i), loose=True)}
    same = max(alike, key=lambda a: (len(a), bool(dated & set(a))), default=[])  # a banner names reports, but no day
    if not same:
        return []
    text_to = _text_sums(elements, regions)
    under = [text_to[b] - text_to[elements[a].end] for a, b in zip(same, [*same[1:], len(elements)], strict=True)]
    return same if len(same) < len(strong) and min(under) >= BODY else []


def _look(elements: Sequence[Element], i: int) -> tuple[tuple[str, str], ...]:
    """Give what sets a line's looks, of what the tree keeps: its fonts' sizes, its paragraph's or cell's class."""
    chain, up = list(range(i, elements[i].end)), elements[i].parent
    while up >= 0 and elements[up].tag not in ("body", "table", "tr"):
        chain.append(up)
        up = elements[up].parent
    keys = ("size", "class")
    return tuple(sorted((k, v) for j in chain for k, v in elements[j].attributes.items() if k in keys))


def _named_above(elements: Sequence[Element], regions: Sequence[str], headings: list[int], sums: Sums) -> list[int]:
    """Give the one heading, or bold line, that the page's own head names (og:title, <title>)."""
    stated = [_folded(t) for t in _stated(elements)]
    strong = [i for i, e in enumerate(elements) if is_strong(e) and regions[i] not in OUTSIDE and _is_short(i, sums)]
    for candidates in (headings, strong):
        for name in stated:
            same = [i for i in candidates if _names(name, _folded(text(elements, i)))]
            if same:
                return [max(same, key=lambda i: (len(text(elements, i)), -i))]
    return []


def _names(stated: str, heading: str) -> bool:
    """Tell whether a page's name is a heading, alone or before or after the site's name.

    >>> _names("nec report: may | jo's blog", "nec report: may"), _names("nec reports", "nec report")
    (True, False)
    """
    if not heading or heading not in stated:
        return False
    before, after = stated.removesuffix(heading).rstrip(), stated.removeprefix(heading).lstrip()
    return stated == heading or before.endswith(_MARKS) or after.startswith(_MARKS)


def _first_level(elements: Sequence[Element], headings: list[int], sums: Sums) -> list[int]:
    """Give the only first-level heading of a page, where text follows it."""
    first = [i for i in headings if elements[i].tag == "h1"]
    return first if len(first) == 1 and sums.characters[-1] - sums.characters[elements[first[0]].end] >= BODY else []


def _stated(elements: Sequence[Element]) -> list[str]:
    """List what the page's head calls it, the social networks' title before its own."""
    keys = ("og:title", "twitter:title", "dc.title")
    named = (e.attributes for e in elements if e.tag == "meta")
    found = [a.get("content", "") for a in named if a.get("property", a.get("name", "")).lower() in keys]
    own = page_name(elements)
    return [title[:500] for title in [*found, own[1] if own else ""] if title.strip()]


def page_name(elements: Sequence[Element]) -> tuple[int, str] | None:
    """Give the line and words of the page's <title>."""
    for i, element in enumerate(elements):
        if element.tag == "title" and element.end - i <= 3:
            words = " ".join("".join(e.text for e in elements[i : element.end]).split())
            return (element.line, words) if words else None
    return None


def _folded(text: str) -> str:
    """Fold case, quotes and dashes, so that a heading and the page's name for it compare equal."""
    plain = text.casefold().translate(str.maketrans("’‘“”–—\u00a0", "''\"\"-- "))
    return " ".join(plain.split())
