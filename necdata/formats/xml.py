"""XML read safely into a small tree that knows its lines.

The parser is expat, through the standard library: it counts lines, is linear, opens no files and no addresses. Entity
declarations are refused outright, so that no entity can grow; depth and number of elements are bounded.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import NamedTuple
from xml.parsers import expat

from necdata.reading.page import PageError

DEEPEST = 100  # levels; the deepest feed seen has 12, of inline XHTML
MOST_ELEMENTS = 1_000_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"&#(?:0*1[03]|x0*[aAdD]);")  # they would put the lines after them out of count
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,31});")
_BARE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)", re.DOTALL)


class Node(NamedTuple):
    """An element: its tag as written, line, attributes, what it holds, and the line on which its text begins."""

    tag: str
    line: int
    attributes: dict[str, str]
    parts: list[Node | str]
    text_lines: list[int]

    @property
    def children(self) -> list[Node]:
        """List the elements in this one."""
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def text(self) -> str:
        """Give the text of an element, elements inside it left out."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def text_line(self) -> int:
        """Give the line on which the element's text begins."""
        return self.text_lines[0] if self.text_lines else self.line

    def markup(self) -> str:
        """Give what is in the element as HTML, as Atom's inline XHTML holds it."""
        return "".join(html.escape(p, quote=False) if isinstance(p, str) else p._outer() for p in self.parts)

    def _outer(self) -> str:
        tag = self.tag.rpartition(":")[2]
        attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in self.attributes.items())
        return f"<{tag}{attributes}>{self.markup()}</{tag}>" if self.parts else f"<{tag}{attributes}>"


def read(text: str, name: str) -> Node:
    """Parse XML that people publish, repaired where its sense is certain.

    Repaired: bare ampersands, HTML's named entities, control characters, blank lines at the top. Raises PageError, one
    sentence with file, line and remedy, for entity declarations, absurd depth or size, and what cannot be repaired.
    """
    body = text.lstrip("\ufeff \t\r\n")
    head = text[: len(text) - len(body)]
    skipped = head.count("\n") + head.count("\r") - head.count("\r\n")
    mended = _NAMED.sub(_character, _LINE_ENDS.sub(" ", _CONTROLS.sub(" ", body)))
    try:
        return _parse(mended, name, skipped)
    except expat.ExpatError:
        repaired = _BARE.sub(lambda m: "&amp;" if m[0] == "&" else m[0], mended)
    try:
        return _parse(repaired, name, skipped)
    except expat.ExpatError as error:
        problem = expat.errors.messages.get(error.code, "malformed")
        where = f"line {error.lineno + skipped}: {problem}"
        raise PageError(name, f"is not well-formed XML ({where}); download it again, or repair that line") from None


def _character(match: re.Match[str]) -> str:
    """Put the character for an HTML entity that XML does not know."""
    kept = match[1] in ("amp", "lt", "gt", "quot", "apos")
    return match[0] if kept else html5.get(match[1] + ";", match[0])


def _parse(text: str, name: str, skipped: int) -> Node:
    root = Node("", 1, {}, [], [])
    path = [root]
    count = 0
    parser = expat.ParserCreate(encoding="utf-8")  # the text is decoded already, whatever it declares
    parser.specified_attributes = True  # a default declared once would be copied into every element
    parser.buffer_text = False  # so that the first piece of a text comes with the line that it is on

    def line() -> int:
        return parser.CurrentLineNumber + skipped

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(path) > DEEPEST:
            raise PageError(
                name, f"nests elements more than {DEEPEST} deep (line {line()}); no feed does, download it again"
            )
        if count > MOST_ELEMENTS:
            raise PageError(name, f"has more than {MOST_ELEMENTS:,} XML elements; split it")
        node = Node(tag, line(), attributes, [], [])
        path[-1].parts.append(node)
        path.append(node)

    def end(_tag: str) -> None:
        path.pop()

    def data(text: str) -> None:
        if not path[-1].text_lines:
            path[-1].text_lines.append(line())
        path[-1].parts.append(text)

    def declared(*_: object) -> None:
        raise PageError(name, f"declares XML entities (line {line()}), which no feed needs; remove the declarations")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = declared
    parser.Parse(text.encode("utf-8"), True)
    return root
