"""What an answer lists: the posts of a feed or of the REST API, or the links of a page."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
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
    items = [e for parent in (root, *root) for e in parent if _name(e) in ("item", "entry")]
    posts = tuple(_post(item, url) for item in items)
    total = next((e.text or "" for e in root.iter() if _name(e) == "totalResults"), "")
    links = (e for e in root.iter() if _name(e) == "link" and e.get("rel") == "next")
    following = next((join(url, e.get("href", "")) for e in links), "")
    return Listing(posts, int(total) if re.fullmatch(r"[0-9]{1,9}", total) else 0, following)


def _parse(body: bytes) -> ET.Element:
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()  # blank lines before the XML: the commonest fault of WordPress
    if not body:
        raise NotThisWay("is empty")
    if re.match(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", body[:2000], re.I | re.S):
        raise NotThisWay("is a page of HTML, not a feed")
    if b"\0" not in body[:100]:
        body = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", body)  # not allowed in XML, yet pasted into posts
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
    full = bool(content) or (len(short) > SUMMARY and not CUT.search(short[-300:]))
    title = texts.get("title", "")
    date = next((texts[n] for n in ("pubDate", "published", "date", "updated") if n in texts), "")
    name = texts.get("guid") or texts.get("id") or link
    return Post(
        post_key(name, title, content or short),
        join(url, link),
        title,
        day(date),
        full,
        f"{title} {content or short}",
    )


def post_key(*parts: str) -> str:
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


def join(url: str, link: str) -> str:
    """Make a link whole, or "" where it is no address at all."""
    try:
        return urlsplit(urljoin(url, link.strip()))._replace(fragment="").geturl()
    except ValueError:
        return ""
