"""What the elements of a saved page are for, by the class names, ids and attributes that themes share.

A name counts whatever element it stands on: lower case, "_" read as "-", a number at its end dropped. To teach
necdata a theme's names, add them here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from necdata.hypertext import HEADINGS, Element

# Order matters where a name fits two: the first wins.
NAMES: dict[str, str] = {
    "form": r"respond|comment-?(form|respond|reply)(-.*)?|reply-(title|form)|commentform|post-?comment|add-comment|comments-closed|nocomments|comment-form-.*",
    "comments": (
        r"comments?-?(area|list|section|wrap(per)?|container|thread|template|holder|block|blocks|inner|widget)|comments|commentlist|comment-?list"
        r"|responses|discussion|disqus-thread|disqus.*|dsq-.*|fb-comments|comments-block|jcomments|jc|komento.*"
    ),
    "comment": r"comment|comment-(item|entry|single|node)|commentitem|reader-comment|user-comment|div-comment",
    "title": (
        r"(entry|post|article|story|node|blog-?post|blog-?item|item|journal-entry|news|news-?item|single(-post)?|content)-?(title|headline|heading|name)"
        r"|headline|contentheading|content-heading|p-name|storytitle|wp-block-post-title|(entry|post|article|node|story)--?title|node--?title|u-title"
    ),
    "caption": r"(wp-)?caption(-text)?|wp-element-caption|tr-caption|(image|img|photo|media|gallery|picture)-?(caption|credit|desc(ription)?)(-.*)?|photocredit|pic-?caption",
    "cut": r"more-link(-.*)?|read-?more(-link|-button)?|readmore|continue-?reading(-link)?|jump-link|excerpt-more|more-tag",
    "share": (
        r"sharedaddy|sd-.*|shar(e|ing)|shar(e|ing)-.*|social|social-.*|addtoany.*|addthis.*|a2a.*|jp-likes.*|(post|entry|article)-?(likes?|share|sharing|social)(-.*)?"
        r"|shr-.*|fb-(like|share).*|tweet-?(button|meme).*|at-share.*|essb.*|heateor.*|post-icons|item-control|star-ratings?|(share|social)(buttons?|links?|bar|icons?)"
        r"|wpl-likebox|robots-nocontent|bookmarks?|sociable|retweet|print-?friendly|likes?"
    ),
    "foot": (
        r"(entry|post|article|node)-?(footer|utility|foot|bottom|tools|actions|links|tags|labels|terms|categories|category|cats)(-.*)?|entry-footer|postmetadata|cat-links|tags?-links?|tag-?list|tags|labels|posttags"
        r"|categor(y|ies)|comments?-?(link|count|links)|edit-link|posted-in|filed(-under)?|wp-block-post-terms|terms|permalink|trackbacks?|pingbacks?|backlinks.*|reaction-.*|(inline|links)-?links|links-inline"
        r"|post-comment-link|hits|item-?hits|item-?category|email-icon|print-icon|actions|icons|buttonheading|article-?tools|tagcloud|kicker|eyebrow|category-name|itemtags.*|reading-?time|feedflare|appeared-first"
    ),
    "sidebar": (
        r"side-?bars?(-.*)?|widgets?|widget-?area|secondary|tertiary|rail|(right|left)-?(rail|sidebar)|related|related-?(posts?|articles?|stories|content|news|links|reading)(-.*)?|jp-relatedposts|yarpp.*|crp-?related|rp4wp.*"
        r"|more-(from|stories|articles|news|posts)(-.*)?|also-like|you-may(-also)?(-like)?|recommended(-.*)?|recommendations|trending|popular(-.*)?|most-(read|popular|viewed|commented)|author-?(bio|box|info|profile|description|card)(-.*)?|about-?(the-)?author"
        r"|bio|newsletters?(-.*)?|sign-?up(-.*)?|mailing-?list|subscri(be|ption)(-.*)?|mc-embed.*|advert(s|isement|ising)?(-.*)?|ads?|ad-(unit|slot|container|wrapper)|promo(s|ted)?(-.*)?|banner-?ad|sponsor(ed|s)?(-.*)?|moduletable.*|blogroll|donat(e|ion)(-.*)?|support-?us"
        r"|cookies?(-.*)?|popup|modal|teasers?-?list|(latest|recent)-?(posts|news|articles|comments|stories)(-.*)?|column-(left|right)(-.*)?|wpadvert.*|wordads.*|profile(-.*)?|next-?article.*|explore-more|signpost|calendar|login-?form|poll"
    ),
    "navigation": (
        r"nav|navi|navbar|navigation|.{1,40}-navigation|nav-?(links?|previous|next|menu|main|below|above|single|bar|wrap(per)?|primary)|main-?nav|menus?|(main|primary|top|site|footer|header|sub)-?(menu|nav)(bar)?|pagination|paging|pager|page-?links"
        r"|wp-pagenavi|bread-?crumbs?|pathway|blog-pager|(post|posts|page)-?nav(igation)?|skip-?(link|to|nav).*|screen-reader-text|sr-only|visually-hidden|assistive-text|prev(ious)?-?next|pagenav.*|page-?numbers|menu-.{1,40}-container|toolbar|search-?(form|box|bar)?|back-?to-?top|toc|alphabar|language-?switcher"
    ),
    "footer": r"site-?(footer|info)|footers?|page-?footer|footer-(widgets?|area|inner|bottom|wrap(per)?|credits?|text|content)|colophon|credits?|copyright|imprint|disclaimer|attribution|legal|promoted-?by|powered-?by",
    "author": r"(post|entry|article|blog|story|node)-?-?author(s|-name|-link)?|authors?(-name|-link)?|fn|writer|contributors?|p-author|createdby|byline-?(author|name)|wp-block-post-author(-name)?|itemauthor",
    "date": (
        r"date-header|((post|entry|article|publish(ed|ing)?|posted|story|news|item|blog|created?|submitted)-)?(date(-?time)?|time-?stamp|pub-?date|published(-date)?)|createdate|postdate|entrydate|pubdate|dt-published|wp-block-post-date|date-?line|itemdatecreated|created"
    ),
    "byline": (
        r"by-?line(-.*)?|(entry|post|article|story|blog|node|item|news)-?-?(meta|info|by-?line|details|data|credit)(-(data|header|info|top|wrap(per)?|inner|line))?|meta|metadata|posted-(on|by)|post-?header-line.*|article-info|submitted|author-?(date|line)|credit-?line|dateline|itemheader-?info|wp-block-post-author.*"
    ),
    "body": (
        r"(entry|post|article|story|blog|blog-?post|blog-?item|node|single(-post)?|item|news|page|main|td-post)-?-?(content|body|copy|fulltext|full-?text)(-.*)?|(entry|article|post)-?text|e-content|story-?text|snap-preview|storycontent|content-body|itemfulltext|itemintrotext|bodytext|body-?(copy|text|content)"
        r"|rich-?text|wysiwyg|markdown|available-content|field-(name|type)-body|field--name-body|articlebody|wp-block-post-content|prose|usertext-body"
    ),
    "summary": r"(entry|post|article|story|blog|node|item)-?-?(summary|excerpt|snippet|teaser|intro)|excerpt|teaser|p-summary|snippet|summary|wp-block-post-excerpt|introtext",
    "post": r"post|hentry|h-entry|post-outer|blog-?post|blog-?item|article|node|item-?page|news-?item|entry|storyentry|itemview|item|leading|items-leading|journal-entry|post-entry|entry-wrap(per)?|archive-post|type-post|posts-?item",
}
_NAMES = {kind: re.compile(pattern) for kind, pattern in NAMES.items()}
_PROPERTIES = {
    "headline": "title", "datepublished": "date", "datecreated": "date", "articlebody": "body", "author": "author", "comment": "comment",
}  # fmt: skip
_ROLES = {"navigation": "navigation", "search": "navigation", "complementary": "sidebar", "contentinfo": "footer"}
_TAGS = {"nav": "navigation", "aside": "sidebar", "footer": "footer", "figcaption": "caption", "time": "date", "article": "post", "select": "navigation", "option": "navigation", "button": "navigation", "label": "navigation"}  # fmt: skip
FURNITURE = ("share", "foot", "sidebar", "navigation", "footer")
CREDITS = ("author", "date", "byline")
LONGEST_CREDIT = 400  # characters of a byline; beyond that the name stands for something else


class Regions(NamedTuple):
    """What each element is for: its own kind by its names, and the region it is in."""

    kinds: list[str]
    regions: list[str]
    titles: list[int]


@lru_cache(maxsize=20_000)
def name_kind(name: str) -> str:
    """Tell what a class name or id stands for, "" where it says nothing.

    >>> name_kind("entry-title"), name_kind("post_footer"), name_kind("wrapper")
    ('title', 'foot', '')
    """
    token = re.sub(r"[-_]*\d{1,12}$", "", name[:60].lower()).replace("_", "-")
    return next((kind for kind, pattern in _NAMES.items() if token and pattern.fullmatch(token)), "")


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
    if "pingback" in names or "trackback" in names:
        return "foot"
    if element.tag == "dt" and "comment-author" in names:  # Blogger: the list item that opens a comment
        return "comment"
    if element.tag == "abbr" and "published" in names:
        return "date"
    if kind := _PROPERTIES.get(attributes.get("itemprop", "").lower().split(" ")[0]):
        return kind
    named = {name_kind(name) for name in names} - {""}
    kind = next((k for k in _NAMES if k in named), "")
    if attributes.get("rel", "").lower() == "author" and kind not in FURNITURE:
        return "author"
    if kind == "author" and element.tag == "article":  # a theme's mark on the whole post
        kind = "post"
    return kind or _ROLES.get(attributes.get("role", "").lower(), "") or _TAGS.get(element.tag, "")


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
    from necdata import headlines

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
        return kind if kind in ("comment", "form") else inherited
    if inherited in ("form", "navigation", "sidebar", "footer", "share", "title", "date", "author", "updated", "cut"):
        return inherited
    if inherited == "foot":
        return kind if kind in ("author", "date", "updated") else inherited
    if inherited == "byline":
        return kind if kind in ("date", "author", "updated", "share", "foot", "navigation") else inherited
    if inherited in ("body", "summary"):
        block = element.tag in ("p", "div", "section", "aside", "figure", "header", "footer", "address", "ul") or element.tag in HEADINGS
        if kind in CREDITS:
            return kind if block else inherited
        if kind == "footer":
            return "foot"
        return kind if kind in ("caption", "cut", "share", "sidebar", "navigation", "comments", "form", "foot", "body") else inherited
    return kind


def of_body(elements: Sequence[Element]) -> tuple[list[str], list[str]]:
    """Tell kinds and regions inside one post's body, as a feed holds it: furniture and captions, no titles."""
    kinds = [own_kind(e) for e in elements]
    sums = Sums(elements)
    plain = ["" if k in ("title", "body", "summary", "post", *CREDITS, "comments", "comment", "form") else k for k in kinds]
    return kinds, ["body" if not r else r for r in _regions(elements, plain, sums, [], [])]


def is_day_header(elements: Sequence[Element], i: int) -> bool:
    """Tell a date heading above all the posts of one day."""
    return any("date-header" in name.lower().replace("_", "-") for name in tokens(elements[i]))
