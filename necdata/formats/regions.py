"""What the elements of a saved page are for, by their names and attributes, and what lies in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from necdata.formats.flow import HEADINGS
from necdata.formats.hypertext import Element
from necdata.formats.themes import KINDS, name_kind

_PROPERTIES = {
    "headline": "title",
    "datepublished": "date",
    "datecreated": "date",
    "articlebody": "body",
    "author": "author",
    "comment": "comment",
}
_ROLES = {"navigation": "navigation", "search": "navigation", "complementary": "sidebar", "contentinfo": "footer"}
_TAGS = {
    "nav": "navigation",
    "aside": "sidebar",
    "footer": "footer",
    "figcaption": "caption",
    "time": "date",
    "article": "post",
    **dict.fromkeys(("select", "option", "button", "label"), "navigation"),
}
FURNITURE = ("share", "foot", "sidebar", "navigation", "footer")
CREDITS = ("author", "date", "byline")
LONGEST_CREDIT = 400  # characters of a byline; beyond that the name stands for something else


class Regions(NamedTuple):
    """What each element is for: its own kind by its names, and the region it is in."""

    kinds: list[str]
    regions: list[str]
    titles: list[int]


def tokens(element: Element) -> list[str]:
    """List an element's class names and its id."""
    return [*element.attributes.get("class", "").split()[:40], *element.attributes.get("id", "").split()[:1]]


def own_kind(element: Element) -> str:
    """Tell what an element is for by what it says itself."""
    attributes = element.attributes
    if element.tag in ("", "html", "body", "main"):
        return ""
    names = tokens(element)
    if "updated" in names and "published" not in names or "modified" in attributes.get("itemprop", "").lower():
        return "updated"
    if is_trackback(element):
        return "foot"
    if element.tag == "dt" and "comment-author" in names:  # Blogger: the list item that opens a comment
        return "comment"
    if element.tag == "abbr" and "published" in names:
        return "date"
    if kind := _PROPERTIES.get(attributes.get("itemprop", "").lower().split(" ")[0]):
        return kind
    named = {name_kind(name) for name in names} - {""}
    kind = next((k for k in KINDS if k in named), "")
    if attributes.get("rel", "").lower() == "author" and kind not in FURNITURE:
        return "author"
    if kind == "author" and element.tag == "article":  # a theme's mark on the whole post
        kind = "post"
    return kind or _ROLES.get(attributes.get("role", "").lower(), "") or _TAGS.get(element.tag, "")


def is_trackback(element: Element) -> bool:
    """Tell what other sites' links leave among the comments: nobody's comment, though themes print it like one."""
    return not {"pingback", "trackback"}.isdisjoint(tokens(element))


class Sums:
    """How many characters, and how many elements of a kind, lie in any stretch of the page: each answer in one step."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        self.characters = [0]
        for element in elements:
            self.characters.append(self.characters[-1] + (len(element.text.strip()) if not element.tag else 0))

    def size(self, i: int) -> int:
        """Count the characters of text in element `i`."""
        return self.characters[self.elements[i].end] - self.characters[i]

    def holds(self, i: int, places: Sequence[int]) -> int:
        """Count how many of the places, in order, are inside element `i`."""
        return bisect_left(places, self.elements[i].end) - bisect_left(places, i + 1)


def read(elements: Sequence[Element]) -> Regions:
    """Tell regions of a page: first without, then with the posts' titles known, which no furniture may hold."""
    from necdata.formats import headlines

    kinds = [own_kind(e) for e in elements]
    sums = Sums(elements)
    commented = _inside(elements, kinds, ("comments", "comment", "form"))
    bodies = [
        i for i, e in enumerate(elements)
        if not commented[i] and (kinds[i] == "body" and sums.size(i) > 60 or (e.tag == "h1" and sums.size(i)))
    ]  # fmt: skip
    first = _regions(elements, kinds, sums, bodies, [])
    titles = headlines.find(elements, kinds, first, sums)
    return Regions(kinds, _regions(elements, kinds, sums, bodies, titles), titles)


def _inside(elements: Sequence[Element], kinds: Sequence[str], which: tuple[str, ...]) -> list[bool]:
    """Tell for each element whether it is in one of some kinds, the names of the page itself left aside."""
    inside = [False] * len(elements)
    for i, element in enumerate(elements):
        inside[i] = kinds[i] in which or (element.parent >= 0 and inside[element.parent])
    return inside


def _regions(
    elements: Sequence[Element], kinds: Sequence[str], sums: Sums, bodies: Sequence[int], titles: Sequence[int]
) -> list[str]:
    """Hand every element's region down to what is in it."""
    regions: list[str] = []
    chosen = set(titles)
    for i, element in enumerate(elements):
        inherited = regions[element.parent] if element.parent >= 0 else ""
        kind = kinds[i]
        if i in chosen:
            kind = "title"
        elif kind == "title" or (kind and _is_barred(i, kind, sums, bodies, titles)):
            kind = ""
        regions.append(_within(inherited, kind, element))
    return regions


def _is_barred(i: int, kind: str, sums: Sums, bodies: Sequence[int], titles: Sequence[int]) -> bool:
    """Tell whether an element holds too much to be what its name says."""
    if kind in ("post", "body", "summary"):
        return False
    if sums.holds(i, titles):
        return True
    if kind in ("comments", "comment", "form"):
        return False
    if kind in CREDITS or kind in ("caption", "cut", "foot"):
        return bool(sums.holds(i, bodies)) or sums.size(i) > LONGEST_CREDIT
    return bool(sums.holds(i, bodies))


def _within(inherited: str, kind: str, element: Element) -> str:
    """Settle the region of an element of some kind in a region."""
    if not kind or kind == "post":
        return inherited
    if inherited in ("comments", "comment"):
        if is_trackback(element):
            return "sidebar"
        return kind if kind in ("comment", "form") else inherited
    if inherited in ("form", "navigation", "sidebar", "footer", "share", "title", "date", "author", "updated", "cut"):
        return inherited
    if inherited == "foot":
        return kind if kind in ("author", "date", "updated") else inherited
    if inherited == "byline":
        return kind if kind in ("date", "author", "updated", "share", "foot", "navigation") else inherited
    if inherited in ("body", "summary"):
        block = (
            element.tag in ("p", "div", "section", "aside", "figure", "header", "footer", "address", "ul")
            or element.tag in HEADINGS
        )
        if kind in CREDITS:
            return kind if block else inherited
        if kind == "footer":
            return "foot"
        return (
            kind
            if kind in ("caption", "cut", "share", "sidebar", "navigation", "comments", "form", "foot", "body")
            else inherited
        )
    return kind


def of_body(elements: Sequence[Element]) -> tuple[list[str], list[str]]:
    """Tell kinds and regions inside one post's body, as a feed holds it: furniture and captions, no titles."""
    kinds = [own_kind(e) for e in elements]
    sums = Sums(elements)
    plain = [
        "" if k in ("title", "body", "summary", "post", *CREDITS, "comments", "comment", "form") else k for k in kinds
    ]
    return kinds, [r or "body" for r in _regions(elements, plain, sums, [], [])]


def is_day_header(elements: Sequence[Element], i: int) -> bool:
    """Tell a date heading above all the posts of one day."""
    return any("date-header" in name.lower().replace("_", "-") for name in tokens(elements[i]))
