"""HTML as a list of elements with honest line numbers, in linear time.

selectolax (the lexbor engine: the HTML standard's own tree, 20 to 30 times faster than BeautifulSoup) builds the tree,
but keeps no line numbers, and the standard's own rules are quadratic for adversarial nesting. So the start tags are
numbered first, in one pass: attributes and lines are kept here, the parser is given bare numbered tags, formatting
tags under names that have no special rules, and no more than DEEPEST levels of them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

from necdata.reading.page import PageError

DEEPEST = 200  # levels of elements that count; the deepest real page seen has about 60
MOST_ELEMENTS = 400_000  # a 25 MB page of nothing but tags has millions

# One alternative for each thing that "<" can begin; possessive, so that nothing is tried twice.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
    r"|<(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]*+)))?+", re.DOTALL)
_UNREAD = {"script", "style", "iframe", "noembed", "noframes", "xmp"}  # their content is no text
_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in (*_UNREAD, "title", "textarea")}
_VOID = set(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split()
)
_CLOSED_BY_NEXT = set("p li dd dt td th tr tbody thead tfoot colgroup option html head body".split())
# Formatting elements are cloned over and over when left open, and these four change how all that follows is read.
_RENAMED = set("a b big code em font i nobr s small strike strong tt u plaintext select svg math template".split())
_FRAME = {"html", "head", "body"}  # where text has begun these only add their attributes to what is there
_BEFORE_TEXT = _FRAME | {"title", "meta", "link", "base"}
_KEPT = set(
    "class id rel role itemprop itemtype datetime title href property name content style size type hidden".split()
)


class Element(NamedTuple):
    """An element or a text ("" for its tag): what contains it, its line, and the index after its last descendant."""

    tag: str
    attributes: dict[str, str]
    parent: int
    line: int
    end: int
    text: str = ""


class Tree(NamedTuple):
    """A page's elements and texts in document order, and its JSON-LD scripts with their lines."""

    elements: list[Element]
    data: list[tuple[int, str]]


class _Tag(NamedTuple):
    name: str
    line: int
    newlines: int
    attributes: dict[str, str]
    late: bool = False  # its attributes are the page's, its place is not


def newlines(text: str) -> int:
    """Count line ends as editors do: LF, CRLF and CR.

    >>> newlines("a\\r\\nb\\rc\\n")
    3
    """
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def tree(text: str, name: str = "page", line: int = 1) -> Tree:
    """Read HTML into elements in document order; `line` is the number of its first line in the file.

    Raises PageError for more elements than any report has.
    """
    from selectolax.lexbor import LexborHTMLParser

    source, tags, data = _numbered(text, name, line)
    root = LexborHTMLParser(source).root
    found: list[Element] = []
    index: dict[int, int] = {}
    at = line
    for node in root.traverse(include_text=True) if root is not None else ():
        parent = index.get(node.parent.mem_id, -1) if node.parent is not None else -1
        if node.is_element_node:
            number = (node.attributes or {}).get("k")
            tag = tags[int(number)] if number else None
            at = tag.line + tag.newlines if tag and not tag.late else at
            index[node.mem_id] = len(found)
            shown = (node.tag or "").removeprefix("x-")
            found.append(
                Element(shown, tag.attributes if tag else {}, parent, tag.line if tag and not tag.late else at, 0)
            )
        elif node.is_text_node:
            content = node.text_content or ""
            head = content[: len(content) - len(content.lstrip())]
            found.append(Element("", {}, parent, at + head.count("\n"), 0, content))
            at += content.count("\n")
    return Tree(_ended(found), data)


def _ended(found: list[Element]) -> list[Element]:
    """Give every element the index after its last descendant."""
    ends = [i + 1 for i in range(len(found))]
    for i in range(len(found) - 1, -1, -1):
        parent = found[i].parent
        if parent >= 0 and ends[parent] < ends[i]:
            ends[parent] = ends[i]
    return [element._replace(end=end) for element, end in zip(found, ends, strict=True)]


def _numbered(text: str, name: str, line: int) -> tuple[str, list[_Tag], list[tuple[int, str]]]:
    """Rewrite HTML for the parser: numbered start tags, without attributes, comments, scripts or excessive depth."""
    out: list[str] = []
    tags: list[_Tag] = []
    data: list[tuple[int, str]] = []
    depth = _Depth()
    unclosed: set[str] = set()
    at, hopeless, begun = 0, False, False
    while at < len(text):
        begin = text.find("<", at)
        begin = len(text) if begin < 0 else begin
        out.append(_plain(text[at:begin]))
        begun = begun or not text[at:begin].isspace() and at < begin
        line += newlines(text[at:begin])
        if begin == len(text):
            break
        match = None if hopeless else _TAG.match(text, begin)
        if match is None:
            # After a tag that is never closed all that follows is text: nothing is lost, nothing tried twice.
            hopeless = hopeless or text[begin + 1 : begin + 2].isalpha()
            out.append("&lt;")
            at = begin + 1
            continue
        at = match.end()
        tag_name = (match["name"] or "").lower()
        if not tag_name:
            out.append("\n" * newlines(match[0]))
        elif match["close"]:
            out.append(f"</{_renamed(tag_name)}>" if depth.leave(tag_name) else "")
        else:
            tag = _Tag(tag_name, line, newlines(match[0]), _attributes(match["rest"]))
            if tag_name in _END:
                at = _raw(text, at, tag, out, tags, data, unclosed)
            elif depth.enter(tag_name):
                tag = tag._replace(late=begun and tag_name in _FRAME)
                begun = begun or tag_name not in _BEFORE_TEXT
                out.append(f"<{_renamed(tag_name)} k={len(tags)}>")
                tags.append(tag)
        line += newlines(text[begin:at])
        if len(tags) > MOST_ELEMENTS:
            raise PageError(name, f"has more than {MOST_ELEMENTS:,} HTML elements; split it into pages")
    return "".join(out), tags, data


def _plain(text: str) -> str:
    """Give text to the parser with line ends that it counts as we do: those written as references are none."""
    text = re.sub(r"&#(?:0*1[03]|[xX]0*[aAdD])(?![0-9a-fA-F]);?", " ", text) if "&#" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _renamed(name: str) -> str:
    name = re.sub(r"[^a-z0-9:-]", "", name) or "x"
    return f"x-{name}" if name in _RENAMED else name


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        if (key := match[1].lower()) in _KEPT:
            found.setdefault(key, html.unescape(match[2] or match[3] or match[4] or ""))
    return found


def _raw(
    text: str, at: int, tag: _Tag, out: list[str], tags: list[_Tag], data: list[tuple[int, str]], unclosed: set[str]
) -> int:
    """Pass over an element whose content is no markup, keeping a title's text and JSON-LD; give the place after it."""
    match = None if tag.name in unclosed else _END[tag.name].search(text, at)
    if match is None:
        unclosed.add(tag.name)  # nor will there be an end for the next one
    if match is None and tag.name in ("title", "textarea"):  # never closed: its text ends where markup begins
        end = text.find("<", at)
        end = len(text) if end < 0 else end
    else:
        end = match.start() if match else len(text)
    content = text[at:end]
    if tag.name == "title":
        out.append(f"<title k={len(tags)}>{_plain(content).replace('<', '&lt;')}</title>")
        tags.append(tag)
    else:
        out.append("\n" * newlines(content))
    if "ld+json" in tag.attributes.get("type", ""):
        data.append((tag.line, content))
    closing = text.find(">", end) + 1 if match else end
    return closing or len(text)


class _Depth:
    """How deep the tags written so far nest; those beyond DEEPEST are left out, as browsers do, their text kept."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.total = 0

    def enter(self, name: str) -> bool:
        """Tell whether a start tag may be written."""
        if name in _VOID or name in _CLOSED_BY_NEXT:
            return True
        # Inline elements left open may not use up what blocks need.
        limit = DEEPEST // 2 if name in _RENAMED or name == "span" else DEEPEST
        if self.total >= limit:
            self.dropped[name] += 1
            return False
        self.open[name] += 1
        self.total += 1
        return True

    def leave(self, name: str) -> bool:
        """Tell whether an end tag may be written."""
        if name in _CLOSED_BY_NEXT:
            return True
        if self.dropped[name]:
            self.dropped[name] -= 1
            return False
        if not self.open[name]:
            return False
        self.open[name] -= 1
        self.total -= 1
        return True
