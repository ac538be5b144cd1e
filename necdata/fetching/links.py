"""Answers that name posts without holding them: the WordPress REST API, and pages of links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from necdata.fetching.feeds import Listing, Post, day, join, post_key, read_feed
from necdata.fetching.network import NotThisWay

LONGEST_LINK = 5_000  # characters with its mark-up
NEXT = re.compile(r"\W*(?:older (?:posts|entries|articles|news|reports)|next(?: page)?)\W*", re.I)
FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)


def read_rest(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    """List the posts that the WordPress REST API names; its answer is not saved itself.

    Source: https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
    """
    try:
        found = json.loads(body)
        found_posts = [
            (str(p["link"]), html.unescape(str(p["title"]["rendered"])), p["date"], p["modified"]) for p in found
        ]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise NotThisWay("is not a list of posts") from error
    posts = tuple(
        Post(
            post_key(link, str(modified)),
            join(url, link),
            title,
            day(str(date)),
            False,
            title,
        )
        for link, title, date, modified in found_posts
    )
    total = headers.get("X-WP-Total", "")
    return Listing(posts, int(total) if re.fullmatch(r"[0-9]{1,9}", total) else 0)


def read_links(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    """List the links from a page of HTML to its own site; the posts, where it is a feed."""
    if FEED.match(body[:2000]):
        return read_feed(body, headers, url)
    found: dict[str, str] = {}
    following = ""
    for rel, link, text in _anchors(body.decode("utf-8", "replace"), url):
        if "next" in rel.split() or NEXT.fullmatch(text):
            following = following or link
        elif text and urlsplit(link).netloc == urlsplit(url).netloc:
            found.setdefault(link, text)
    posts = (Post(post_key(at), at, text, "", False, f"{text} {at}") for at, text in found.items())
    return Listing(tuple(posts), next=following)


def _anchors(page: str, url: str) -> Iterator[tuple[str, str, str]]:
    """Go through the links of a page: relation, address, text.

    Each is parsed by itself, so that no nesting makes the work grow faster than the page.
    """
    from selectolax.lexbor import LexborHTMLParser

    for start in re.split(r"(?=<(?:a|link)\s)", page, flags=re.I)[1:]:
        node = LexborHTMLParser(start.partition("</a")[0][:LONGEST_LINK]).css_first("[href]")
        link = join(url, str(node.attributes["href"])) if node else ""
        if node and link:
            text = "" if node.tag == "link" else " ".join(node.text(deep=True).split())
            yield str(node.attributes.get("rel") or ""), link, text


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
