"""How each platform is asked: the addresses of its feeds, and the sites that use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from necdata import catalogue
from necdata.fetching.feeds import Listing, Post, read_feed
from necdata.fetching.links import names, read_links, read_rest, tells_of
from necdata.fetching.network import FetchError

BLOGGER_PAGE, REST_PAGE = 50, 50  # entries a page; the most that are given are 150 and 100
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class Site(NamedTuple):
    """A site of sources.toml to fetch from; `base` is its address and ends in a slash."""

    host: str
    platform: str
    query: str
    base: str


class Way(NamedTuple):
    """One way to ask a platform: its first address, how to read the answer, what follows.

    `keeps` tells which posts are about the query, where the platform's own search cannot be relied
    on; `saves` whether answers are pages to keep.
    """

    first: str
    read: Callable[[bytes, Mapping[str, str], str], Listing]
    after: Callable[[str, Listing], str]
    keeps: Callable[[Post, str], bool] = lambda post, query: True
    saves: bool = True


def sites(raw: Path) -> dict[str, Site]:
    """Read the sites to fetch from, by host: the shipped ones and those of the folder."""
    found: dict[str, Site] = {}
    for path in dict.fromkeys((catalogue.SHIPPED, raw / "sources.toml")):
        if path.is_file():
            entries = catalogue.read(path).get("site", [])
            found.update({entry["host"]: site(entry, path) for entry in entries if "platform" in entry})
    return found


def site(entry: Mapping[str, Any], path: Path) -> Site:
    """Check one [[site]]; raises FetchError naming file, site and remedy."""
    host, platform, query = (str(entry.get(key, "")) for key in ("host", "platform", "query"))
    base = str(entry.get("url") or f"https://{host}/")
    place = f"{path}: [[site]] {host!r}"
    if not HOST.fullmatch(host):
        raise FetchError(f"{place} has a host that is no host name; write it as in example.org")
    if platform not in WAYS:
        raise FetchError(f"{place} has platform {platform!r}; write one of {', '.join(WAYS)}")
    if not _on(host, base):
        raise FetchError(f"{place} has url {base!r}; write an http or https address on that host")
    return Site(host, platform, query, base if platform == "html" or base.endswith("/") else f"{base}/")


def _on(host: str, url: str) -> bool:
    """Tell whether an address is one of http or https on a host, without a user name."""
    try:
        parts = urlsplit(url)
        named, _ = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return False
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return plain and named == host.removeprefix("www.")


def ways(site: Site, since: str = "") -> list[Way]:
    """List the ways to ask a site, best first; the next is tried where one is not to be had."""
    return WAYS[site.platform](site, since)


def _wordpress(site: Site, since: str) -> list[Way]:
    """WordPress: the feed of its search, newest first; the REST API where there is none; the feed of plain permalinks.

    In the last address `s` comes first, so that rules for robots that close the search close it too.

    Source: https://developer.wordpress.org/advanced-administration/wordpress/feeds/ (`s`, `paged`,
    `orderby` are public query variables) and
    https://developer.wordpress.org/rest-api/reference/posts/.
    """
    search = {"s": site.query} if site.query else {}
    feed = f"{site.base}feed/?{urlencode({**search, 'orderby': 'date', 'order': 'DESC'})}"
    asked = {"per_page": REST_PAGE, "orderby": "date", "_fields": "link,title,date,modified"}
    asked |= ({"search": site.query} if site.query else {}) | ({"after": f"{since}T00:00:00"} if since else {})
    rest = f"{site.base}wp-json/wp/v2/posts?{urlencode(asked)}"
    plain = f"{site.base}?{urlencode({**search, 'feed': 'rss2', 'orderby': 'date', 'order': 'DESC'})}"
    return [
        Way(feed, read_feed, _after_feed),
        Way(rest, read_rest, _after_rest, saves=False),
        Way(plain, read_feed, _after_feed),
    ]


def _blogger(site: Site, since: str) -> list[Way]:
    """Blogger: the feed of posts.

    `q` is documented in one place and not in another, so the words are looked for here too.

    Source: https://developers.google.com/blogger/docs/2.0/developers_guide_protocol
    (RetrievingWithQuery).
    """
    asked = {"q": site.query} if site.query else {}
    asked |= {"published-min": f"{since}T00:00:00Z"} if since else {}
    asked |= {
        "orderby": "published",
        "redirect": "false",
        "max-results": str(BLOGGER_PAGE),
        "start-index": "1",
    }
    return [
        Way(
            f"{site.base}feeds/posts/default?{urlencode(asked)}",
            read_feed,
            _after_blogger,
            tells_of,
        )
    ]


def _html(site: Site, since: str) -> list[Way]:
    """Any other site: the links that hold the words of the query, and the pages after it."""
    return [Way(site.base, read_links, lambda url, found: found.next, names)]


def _after_feed(url: str, found: Listing) -> str:
    return _counted(url, "paged", 1) if found.posts else ""


def _after_blogger(url: str, found: Listing) -> str:
    """Go on after the entries that came, which may be fewer than were asked for."""
    start = int(dict(parse_qsl(urlsplit(url).query)).get("start-index", "1"))
    reached = start + len(found.posts)
    return _counted(url, "start-index", len(found.posts)) if found.posts and reached <= found.total else ""


def _after_rest(url: str, found: Listing) -> str:
    page = int(dict(parse_qsl(urlsplit(url).query)).get("page", "1"))
    return _counted(url, "page", 1) if found.posts and page * REST_PAGE < found.total else ""


def _counted(url: str, key: str, step: int) -> str:
    """Raise a number in an address's query, 1 where it is not there."""
    address, _, query = url.partition("?")
    asked = dict(parse_qsl(query))
    return f"{address}?{urlencode({**asked, key: int(asked.get(key, '1')) + step})}"


WAYS: dict[str, Callable[[Site, str], list[Way]]] = {
    "wordpress": _wordpress,
    "blogger": _blogger,
    "html": _html,
}
