"""Answers that name posts without holding them: the WordPress REST API, and pages of links."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from necdata.fetching.feeds import Listing, Post, day, join, post_key, read_feed
from necdata.fetching.network import NotThisWay

FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)


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
            post_key(link, str(modified)),
            join(url, link),
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

    if FEED.match(body[:2000]):
        return read_feed(body, headers, url)
    tree = LexborHTMLParser(body.decode("utf-8", "replace"))
    anchors = [(a.attributes, a.text(deep=True)) for a in tree.css("a[href], link[rel=next][href]")]
    following = next(
        (str(at["href"]) for at, _ in anchors if "next" in str(at.get("rel") or "").split()), ""
    )
    found: dict[str, str] = {}
    for attributes, text in anchors:
        if text.strip() and "next" not in str(attributes.get("rel") or "").split():
            link = join(url, str(attributes["href"]))
            if link and urlsplit(link).netloc == urlsplit(url).netloc:
                found.setdefault(link, " ".join(text.split()))
    posts = (
        Post(post_key(link), link, text, "", False, f"{text} {link}")
        for link, text in found.items()
    )
    return Listing(tuple(posts), next=join(url, following) if following else "")


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
