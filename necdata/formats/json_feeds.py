"""Posts in JSON (WordPress's REST API, JSON Feed) as the tree of an RSS feed, so that one reader reads them all."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from necdata.formats.xml import Node
from necdata.reading.page import PageError

_DECODER = json.JSONDecoder()
_OPENS = re.compile(r"\s*(?:\[\s*)?\{")
_ITEMS = re.compile(r'(?<!\\)"items"\s*:\s*\[')


def is_feed(text: str) -> bool:
    """Tell whether a text is JSON that holds posts, by its beginning.

    >>> is_feed('[{"id": 7, "title": {"rendered": "NEC report"}}]'), is_feed('{"name": "necdata"}')
    (True, False)
    """
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    return bool(_OPENS.match(head)) and ("jsonfeed.org/version" in head or bool(re.search(r'"rendered"\s*:', head)))


def tree(text: str, name: str) -> Node:
    """Turn posts in JSON into an RSS tree with the lines of the file; raises PageError for broken or foreign JSON."""
    try:
        whole = json.loads(text.lstrip("\ufeff"))
        entries = [_entry(post, *place) for post, place in _posts(text, whole)]
    except (ValueError, RecursionError) as error:
        raise PageError(name, f"is not well-formed JSON ({error}); download it again") from None
    of_feed = [_node(t, 1, str(whole[k])) for t, k in _OF_FEED if whole.get(k)] if isinstance(whole, dict) else []
    people = [_node("dc:creator", 1, n) for n in _people(whole)] if "items" in whole else []
    channel = Node("channel", 1, {}, [*of_feed, *people, *entries], [])
    return Node("", 1, {}, [Node("rss", 1, {}, [channel], [])], [])


_OF_FEED = (("title", "title"), ("description", "description"))


def _posts(text: str, whole: Any) -> Iterator[tuple[dict[str, Any], tuple[str, int, int]]]:
    """Give each post with the text it stands in, where it begins and where it ends."""
    match = _ITEMS.search(text) if isinstance(whole, dict) and "items" in whole else None
    at = match.end() if match else text.index("[") + 1 if isinstance(whole, list) else text.index("{")
    while (opens := re.compile(r"[\s,]*(?=\{)").match(text, at)) is not None:
        post, end = _DECODER.raw_decode(text, opens.end())
        yield post, (text, opens.end(), end)
        at = end
        if isinstance(whole, dict) and match is None:  # one post, no list
            return


def _entry(post: dict[str, Any], text: str, begin: int, end: int) -> Node:
    """Make an RSS item of a post: each field on the line of the file that holds it."""

    def line(key: str) -> int:
        at = text.find(f'"{key}"', begin, end)
        if at >= 0 and isinstance(post.get(key), dict):
            at = text.find('"rendered"', at, end)
        return text.count("\n", 0, at if at >= 0 else begin) + 1

    fields = [("title", "title", _say(post.get("title"))), ("link", "link", _say(post.get("link") or post.get("url")))]
    dates = ("date_published", "date", "date_modified", "modified")
    fields += [("published", key, _say(post[key])) for key in dates if post.get(key)][:1]
    fields += [("dc:creator", "author", name) for name in _people(post)]
    for tag, key in (("content:encoded", "content"), ("content:encoded", "content_html"), ("description", "excerpt")):
        fields += [(tag, key, _flat(_say(post[key])))] if post.get(key) else []
    if post.get("content_text") and not post.get("content_html"):
        fields.append(("content:encoded", "content_text", _paragraphs(_say(post["content_text"]))))
    fields += [("category", "tags", str(tag)) for tag in _tags(post)]
    return Node("item", line("id"), {}, [_node(tag, line(key), said) for tag, key, said in fields if said], [])


def _node(tag: str, line: int, text: str) -> Node:
    return Node(tag, line, {}, [text], [line])


def _say(value: Any) -> str:
    """Give a field's words: WordPress puts them under "rendered"."""
    found = value.get("rendered", "") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _flat(source: str) -> str:
    """Put HTML on one line, as the file has it: a JSON string holds no line's end."""
    return re.sub(r"[\r\n]+", " ", source)


def _paragraphs(text: str) -> str:
    parts = re.split(r"\s*\n\s*", html.escape(text, quote=False))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def _people(post: dict[str, Any]) -> list[str]:
    """Name who wrote a post or feed: WordPress states a number, and the name only where it was asked to embed it."""
    held = post.get("_embedded") if isinstance(post.get("_embedded"), dict) else {}
    stated = [*(post.get("authors") or []), post.get("author"), *((held or {}).get("author") or [])]
    named = [str(p["name"]) for p in stated if isinstance(p, dict) and p.get("name")]
    yoast = post.get("yoast_head_json")
    return named or ([str(yoast["author"])] if isinstance(yoast, dict) and yoast.get("author") else [])


def _tags(post: dict[str, Any]) -> list[str]:
    held = post.get("_embedded") if isinstance(post.get("_embedded"), dict) else {}
    terms = [t.get("name", "") for group in (held or {}).get("wp:term") or [] for t in group if isinstance(t, dict)]
    return [t for t in [*terms, *(post.get("tags") or [])] if isinstance(t, str) and t]
