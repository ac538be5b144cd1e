"""What an answer lists: the posts of a feed or of the REST API, or the links of a page."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from necdata.fetching.network import NotThisWay

MOST_ELEMENTS = 200_000  # a feed of 150 long posts has some 3,000
SUMMARY = 2_000  # characters: a description longer than this is a post in full
CUT = re.compile(r"(?:\[?(?:…|\.{3}|&hellip;|&#8230;)\]?|continue reading.*|read more.*)\s*$", re.I)


class Post(NamedTuple):
    """A post as listed: `key` changes with its words, `date` is a day or ""."""

    key: str
    link: str
    title: str
    date: str
    full: bool
    words: str


class Listing(NamedTuple):
    """The posts of one answer, their number in all (0: not told), the next address if told."""

    posts: tuple[Post, ...]
    total: int = 0
    next: str = ""


class _Tree(ET.TreeBuilder):
    """A tree of bounded size without a document type, and so without entities of its own."""

    n = 0

    def doctype(self, *_: object) -> None:
        raise NotThisWay("declares a document type, as feeds do not")

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.n += 1
        if self.n > MOST_ELEMENTS:
            raise NotThisWay(f"has more than {MOST_ELEMENTS:,} elements, far more than a feed")
        return super().start(tag, attrs)


def read_feed(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    """List the posts of an RSS or Atom feed; raises NotThisWay for what is not a whole feed."""
    root = _parse(body)
    items = [e for e in root.iter() if _name(e) in ("item", "entry")]
    posts = tuple(_post(item, url) for item in items)
    total = next((e.text or "" for e in root.iter() if _name(e) == "totalResults"), "")
    links = (e for e in root.iter() if _name(e) == "link" and e.get("rel") == "next")
    following = next((_join(url, e.get("href", "")) for e in links), "")
    return Listing(posts, int(total) if re.fullmatch(r"[0-9]{1,9}", total) else 0, following)


def _parse(body: bytes) -> ET.Element:
    body = body.removeprefix(
        b"\xef\xbb\xbf"
    ).lstrip()  # blank lines before the XML: the commonest fault of WordPress
    if not body:
        raise NotThisWay("is empty")
    if re.match(
        rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", body[:2000], re.I | re.S
    ):
        raise NotThisWay("is a page of HTML, not a feed")
    if b"\0" not in body[:100]:
        body = re.sub(
            rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", body
        )  # not allowed in XML, yet pasted into posts
    try:
        root = ET.fromstring(body, parser=ET.XMLParser(target=_Tree()))  # noqa: S314 - no document type, bounded
    except (ET.ParseError, LookupError, UnicodeError) as error:
        raise NotThisWay(f"is not a whole feed ({error})") from error
    if _name(root) not in ("rss", "feed", "RDF"):
        raise NotThisWay(f"is XML, but not a feed (<{_name(root)[:20]}>)")
    return root


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _post(item: ET.Element, url: str) -> Post:
    texts: dict[str, str] = {}
    link = ""
    for child in item:
        name = _name(child)
        texts.setdefault(name, "".join(child.itertext()).strip())
        if name == "link" and (child.get("rel") or "alternate") == "alternate":
            link = link or child.get("href") or texts[name]
    content = texts.get("encoded") or texts.get("content") or ""
    short = texts.get("description") or texts.get("summary") or ""
    full = bool(content) or (len(short) > SUMMARY and not CUT.search(short))
    title = texts.get("title", "")
    date = next((texts[n] for n in ("pubDate", "published", "date", "updated") if n in texts), "")
    name = texts.get("guid") or texts.get("id") or link
    return Post(
        _key(name, title, content or short),
        _join(url, link),
        title,
        day(date),
        full,
        f"{title} {content or short}",
    )


def _key(*parts: str) -> str:
    """Name a post by its words; tags and spaces, which templates change, do not count."""
    words = "\n".join(" ".join(re.sub(r"<[^<>]*>", " ", part).split()) for part in parts)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def day(stamp: str) -> str:
    """Read the day of a feed's date, or "" where it is none.

    >>> day("Tue, 03 Oct 2017 09:00:00 +0000"), day("2017-10-03T09:00:00Z")
    ('2017-10-03', '2017-10-03')
    """
    for read in (dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            return read(stamp.strip()).date().isoformat()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return ""


def read_rest(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    """List the posts that the WordPress REST API names; its answer is not saved itself.

    Source: https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
    """
    try:
        found = json.loads(body)
        found_posts = [
            (str(p["link"]), p["title"]["rendered"], p["date"], p["modified"]) for p in found
        ]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise NotThisWay("is not a list of posts") from error
    posts = tuple(
        Post(
            _key(link, str(modified)),
            _join(url, link),
            str(title),
            day(str(date)),
            False,
            str(title),
        )
        for link, title, date, modified in found_posts
    )
    total = headers.get("X-WP-Total", "")
    return Listing(posts, int(total) if re.fullmatch(r"[0-9]{1,9}", total) else 0)


def read_links(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    """List the links from a page of HTML to its own site; the posts, where it is a feed."""
    from selectolax.lexbor import LexborHTMLParser

    if re.match(
        rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", body[:2000], re.S
    ):
        return read_feed(body, headers, url)
    tree = LexborHTMLParser(body.decode("utf-8", "replace"))
    anchors = [(a.attributes, a.text(deep=True)) for a in tree.css("a[href], link[rel=next][href]")]
    following = next(
        (str(at["href"]) for at, _ in anchors if "next" in str(at.get("rel") or "").split()), ""
    )
    found: dict[str, str] = {}
    for attributes, text in anchors:
        if text.strip() and "next" not in str(attributes.get("rel") or "").split():
            link = _join(url, str(attributes["href"]))
            if link and urlsplit(link).netloc == urlsplit(url).netloc:
                found.setdefault(link, " ".join(text.split()))
    posts = (
        Post(_key(link), link, text, "", False, f"{text} {link}") for link, text in found.items()
    )
    return Listing(tuple(posts), next=_join(url, following) if following else "")


def tells_of(post: Post, query: str) -> bool:
    """Tell whether a post holds the words of a query: all, or one for a summary."""
    found = _found(post, query)
    return all(found) or (not post.full and any(found))


def names(post: Post, query: str) -> bool:
    """Tell whether a link holds every word of a query, in its text or its address."""
    return all(_found(post, query))


def _found(post: Post, query: str) -> list[bool]:
    patterns = (rf"\b{re.escape(word)}s?\b" for word in query.split())
    return [bool(re.search(pattern, post.words, re.I)) for pattern in patterns]


def _join(url: str, link: str) -> str:
    """Make a link whole, or "" where it is no address at all."""
    try:
        return urlsplit(urljoin(url, link.strip()))._replace(fragment="").geturl()
    except ValueError:
        return ""
