"""Feeds (RSS 2.0, RSS 1.0, Atom, JSON) and WordPress exports as lines with hints: with what each entry states."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from necdata.formats import hints, xml
from necdata.formats.xml import Node
from necdata.reading.page import Line, PageError

_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|table|blockquote)\b", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|youtube|video|audio|slideshare|soundcloud|scribd|tweet|vimeo|contact-form|contact-field"
    r"|wpvideo|googlemaps|polldaddy|playlist|archives|blog_subscription_form)\b[^\]\n]{0,500}\]"
)
_CAPTION = re.compile(r"\[(/?)caption\b[^\]\n]{0,500}\]")
_DATES = (
    "wp:post_date",
    "published",
    "issued",
    "pubDate",
    "dc:date",
    "created",
    "dcterms:created",
    "updated",
    "modified",
)
_HIDDEN = re.compile(r"unknown|anonymous|noreply", re.IGNORECASE)
_UNKNOWN = "0000-00-00"  # how WordPress stores no date


def lines(text: str, kind: str, name: str) -> list[Line]:
    """Turn a feed or export into lines: of each post its title, author, date, body, categories and comments."""
    top, entries = _entries(_tree(text, name), name)
    found = [
        Line(n.line, words + "\n")
        for n in top
        if _local(n) in ("title", "subtitle", "description", "tagline") and (words := _words(n))
    ]
    writers = {_say(w, "wp:author_login"): _say(w, "wp:author_display_name") for w in _all(top, "wp:author")}
    owner = _author(top, {})
    for entry in entries:
        found.extend(_post(entry, kind, name, writers, owner) if not _is_comment(entry) else _remark(entry, name))
    return found


def addresses(text: str, kind: str, name: str) -> list[tuple[int, str]]:
    """List the line of each post's title with the post's own address."""
    _, entries = _entries(_tree(text, name), name)
    return [(_title(entry)[0], _address(entry)) for entry in entries if not _is_comment(entry)]


def _tree(text: str, name: str) -> Node:
    """Read a feed as a tree, whether it is written in XML or JSON."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return xml.read(text, name)
    from necdata.formats import json_feeds

    return json_feeds.tree(text, name)


def _entries(root: Node, name: str) -> tuple[list[Node], list[Node]]:
    """Part what a feed says of itself from its posts; drafts, attachments and menu items of an export are no posts."""
    outer = next(iter(root.children), None)
    if outer is None or _local(outer) not in ("rss", "RDF", "feed"):
        raise PageError(name, "is XML but no feed; save the page as HTML, or the feed itself")
    inside = [n for c in outer.children for n in (c.children if _local(c) == "channel" else [c])]
    entries = [n for n in inside if _local(n) in ("item", "entry")]
    return [n for n in inside if _local(n) not in ("item", "entry")], [e for e in entries if _is_published(e)]


def _is_published(entry: Node) -> bool:
    kind, status = _say(entry, "wp:post_type") or "post", _say(entry, "wp:status") or "publish"
    control = any(
        "blogger.com" in n.attributes.get("term", "")
        and not n.attributes["term"].endswith("#post")
        and "kind#" in n.attributes["term"]
        for n in entry.children
        if n.tag == "category"
    )
    draft = any(_local(n) == "control" for n in entry.children)
    return kind in ("post", "page") and status == "publish" and not control and not draft


def _is_comment(entry: Node) -> bool:
    """Tell an entry that is a reader's comment, as feeds of comments hold them: its address is a place on a page."""
    return bool(re.search(r"#(?:comment-\d|c\d{6})\d{0,20}$", _address(entry)))


def _local(node: Node) -> str:
    return node.tag.rpartition(":")[2]


def _all(nodes: list[Node], tag: str) -> list[Node]:
    return [n for n in nodes if n.tag == tag]


def _say(node: Node, tag: str) -> str:
    """Give what an element says under a tag, "" where it says nothing."""
    return next((" ".join(n.text.split()) for n in node.children if n.tag == tag and n.text.strip()), "")


def _words(node: Node) -> str:
    """Give a title's words: titles are HTML in most feeds, whatever they declare."""
    text = node.markup() if node.attributes.get("type") == "xhtml" else node.text
    plain = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text)
    return " ".join(html.unescape(plain).split())


def _title(entry: Node) -> tuple[int, str]:
    """Give the line and words of an entry's title; a post needs one to begin with, as WordPress shows it too."""
    node = next((n for n in entry.children if n.tag in ("title", "atom:title")), None)
    return (node.line if node else entry.line), (_words(node) if node else "") or "(no title)"


def _post(entry: Node, kind: str, name: str, writers: dict[str, str], owner: str) -> Iterator[Line]:
    line, title = _title(entry)
    yield Line(line, title + "\n", "title")
    author = _author(entry.children, writers)
    if _HIDDEN.fullmatch(author) and owner:  # whose profile Blogger does not show is who the feed is by
        author = owner
    if author := author or owner:
        yield Line(entry.line, f"By {author}\n", "byline")
    if date := _date(entry):
        yield Line(date[0], hints.day(date[1]) + "\n", "byline")
    yield from _body(entry, kind, name)
    named = [w for n in entry.children if _local(n) in ("category", "subject") and (w := _category(n))]
    if named:
        first = next(n for n in entry.children if _local(n) in ("category", "subject"))
        yield Line(first.line, "Tags: " + ", ".join(dict.fromkeys(named)) + "\n", "post foot")
    for comment in _all(entry.children, "wp:comment"):
        yield from _comment(comment, name)


def _author(nodes: list[Node], writers: dict[str, str]) -> str:
    """Give the author of an entry or feed: a name, for a login the name that the export has for it."""
    found = []
    for node in nodes:
        if node.tag in ("author", "atom:author") and node.children:
            found += [" ".join(n.text.split()) for n in node.children if _local(n) == "name"]
        elif node.tag in ("dc:creator", "author", "itunes:author"):
            text = " ".join(node.text.split())[:200]
            bracketed = re.search(r"\(([^()]{2,80})\)$", text)  # RSS: address (name)
            text = bracketed[1] if bracketed else text
            found.append(writers.get(text) or text)
    return " and ".join(dict.fromkeys(a for a in found if a and "@" not in a))


def _date(entry: Node) -> tuple[int, dt.date] | None:
    """Give the line and day of publication, in British time where only universal time is stated."""
    for tag in _DATES:
        for node in entry.children:
            text = node.text.strip()[:60]
            if (
                (node.tag == tag or (":" not in tag and _local(node) == tag))
                and text
                and not text.startswith(_UNKNOWN)
                and (day := read_day(text))
            ):
                return node.line, day
    return None


def read_day(text: str) -> dt.date | None:
    """Read a feed's time (RFC 822 or ISO 8601) as the day on which it was in Britain, or None.

    >>> read_day("Fri, 03 May 2019 23:30:00 +0000"), read_day("2019-05-03T23:30:00-07:00"), read_day("soon")
    (datetime.date(2019, 5, 4), datetime.date(2019, 5, 3), None)
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return hints.iso(text)
    if moment.utcoffset() == dt.timedelta(0) and 1 < moment.year < 9999:
        try:
            moment = moment.astimezone(ZoneInfo("Europe/London"))
        except ZoneInfoNotFoundError:
            return moment.date()
    return moment.date()


def _body(entry: Node, kind: str, name: str) -> Iterator[Line]:
    """Give the lines of an entry's body: its content in full, or its summary with what says that it is one."""
    full = next(
        (
            n
            for n in entry.children
            if n.tag in ("content:encoded", "content", "atom:content", "body", "xhtml:body")
            and (n.text.strip() or n.children)
        ),
        None,
    )
    if full is not None:
        yield from _content(full, kind, name)
        return
    node = next(
        (
            n
            for n in entry.children
            if n.tag in ("description", "summary", "atom:summary", "excerpt:encoded") and (n.text.strip() or n.children)
        ),
        None,
    )
    found = list(_content(node, kind, name)) if node is not None else []
    last = next(
        (i for i in range(len(found) - 1, -1, -1) if found[i].hint != "post foot" and found[i].text.strip()), None
    )
    kept, cut = hints.parted(found[last].text.strip()) if last is not None else ("", "")
    if last is not None and cut:
        yield from found[:last]
        if kept:
            yield found[last]._replace(text=kept + "\n")
        yield Line(found[last].number, cut + "\n", "cut")
        yield from found[last + 1 :]
        return
    yield from found
    is_summary = (
        node is None
        or _local(node) == "summary"
        or (not _BLOCK.search(node.text) and not re.search(r"[.!?…]\W*$", node.text.rstrip()[-20:]))
    )
    if is_summary and not any(line.hint == "cut" for line in found) and (url := _link(entry)):
        yield Line(url[0], url[1] + "\n", "cut")


def _content(node: Node, kind: str, name: str) -> list[Line]:
    """Give the lines of an element that holds HTML, in whichever of the three ways."""
    from necdata.formats import markup

    inline = node.attributes.get("type") == "xhtml" or bool(node.children)
    source = node.markup() if inline else node.text
    if node.attributes.get("type") == "text":
        source = html.escape(source, quote=False)
    source = _SHORTCODE.sub("", _CAPTION.sub(r"<\1figcaption>", source)) if kind == "wxr" else source
    stored = "<!-- wp:" not in source and (
        kind == "wxr" or node.attributes.get("type") == "text" or not _BLOCK.search(source)
    )
    return markup.content(source, node.text_line, name, paragraphs=stored)


def _category(node: Node) -> str:
    term = node.attributes.get("term", "") or node.text
    return "" if "schemas.google.com" in term else " ".join(html.unescape(term).split())


def _comment(comment: Node, name: str) -> Iterator[Line]:
    """Give the lines of a reader's comment in an export, where it was let through and is one."""
    if _say(comment, "wp:comment_approved") in ("0", "spam", "trash") or _say(comment, "wp:comment_type") not in (
        "",
        "comment",
    ):
        return
    yield Line(comment.line, (_say(comment, "wp:comment_author") or "Anonymous") + "\n", "comment")
    for node in comment.children:
        if node.tag == "wp:comment_content":
            yield from (line._replace(hint="comment text") for line in _content(node, "wxr", name) if line.text.strip())


def _remark(entry: Node, name: str) -> Iterator[Line]:
    """Give the lines of a comment that is an entry of its own."""
    yield Line(entry.line, (_author(entry.children, {}) or "Anonymous") + "\n", "comment")
    for line in _body(entry, "feed", name):
        if line.text.strip():
            yield line._replace(hint="comment text")


def _link(entry: Node) -> tuple[int, str] | None:
    """Give the line and address of the post that an entry is of."""
    links = [n for n in entry.children if n.tag in ("link", "atom:link", "feedburner:origLink")]
    own = [n for n in links if n.tag == "feedburner:origLink"]
    own += [n for n in links if n.attributes.get("rel", "alternate") == "alternate" and n not in own]
    for node in own:
        if url := (node.attributes.get("href", "") or node.text).strip():
            return node.line, url
    guid = next(
        (n for n in entry.children if n.tag == "guid" and n.attributes.get("isPermaLink", "true") == "true"), None
    )
    return (guid.line, guid.text.strip()) if guid is not None and guid.text.strip() else None


def _address(entry: Node) -> str:
    link = _link(entry)
    return link[1] if link else ""
