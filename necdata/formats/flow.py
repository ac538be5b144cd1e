"""The text of a page as a reader sees it: blocks, parted by block elements, line breaks and blank lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from necdata.formats.hypertext import Element, Tree, newlines

BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
HIDDEN = set("head title noscript template svg math object audio video canvas textarea".split())
_OWN_LINE = HEADINGS | {"p", "li", "dt", "dd", "td", "th", "figcaption", "caption", "blockquote"}


class Block(NamedTuple):
    """A run of text that a reader sees as one: the element it is in and the text it begins with (their places), line,
    text, what parts it from the block before (0 nothing or a line break, 1 more), whether it is bold or large
    throughout, and the link that it ends with (-1 for none)."""

    element: int
    at: int
    line: int
    text: str
    gap: int = 1
    strong: bool = False
    link: int = -1
    link_text: str = ""


def hides(element: Element) -> bool:
    """Tell whether an element's text is never seen on the page."""
    style = element.attributes.get("style", "")
    return element.tag in HIDDEN or "hidden" in element.attributes or bool(re.search(r"display\s*:\s*none", style))


def blocks(page: Tree, breaks: Collection[int] = (), paragraphs: bool = False) -> Iterator[Block]:
    """Flow a page's text into blocks, hidden elements left out.

    `breaks` are inline elements that part blocks as block elements do. With `paragraphs`, blank lines and line ends in
    the text are paragraphs and line breaks, as WordPress stores its posts.
    """
    flow = _Flow(page)
    i = 0
    while i < len(page.elements):
        element = page.elements[i]
        yield from flow.close(i)
        if not element.tag:
            yield from _texts(flow, i, element, paragraphs)
        elif hides(element):
            i = element.end
            continue
        elif element.tag == "br":
            yield from flow.flush(0 if flow.texts else 1)
        elif element.tag in BLOCKS or i in breaks:
            yield from flow.open(i)
        else:
            flow.inline(i, element)
        i += 1
    yield from flow.close(len(page.elements))
    yield from flow.flush()


def _texts(flow: _Flow, i: int, element: Element, paragraphs: bool) -> Iterator[Block]:
    """Add a text to the flow, line by line where lines count."""
    if not (paragraphs or flow.is_preformatted()):
        flow.add(i, element.text, element.line)
        return
    first = element.line - newlines(element.text[: len(element.text) - len(element.text.lstrip())])
    for number, part in enumerate(element.text.split("\n")):
        if number:
            yield from flow.flush(0 if flow.texts else 1)
        flow.add(i, part, first + number)


class _Flow:
    """The block being read: its texts, and the elements open around it."""

    def __init__(self, page: Tree) -> None:
        self.elements = page.elements
        self.stack: list[int] = []
        self.strong_to = self.link_to = 0
        self.link = -1
        self.gap = 1
        self.fresh = True  # nothing has been read yet of the innermost block element
        self.texts: list[str] = []
        self.line = self.at = 0
        self.strong = True
        self.linked = (-1, 0)

    def is_preformatted(self) -> bool:
        """Tell whether line ends count here."""
        return any(self.elements[i].tag == "pre" for i in self.stack[-3:])

    def open(self, i: int) -> Iterator[Block]:
        """Begin a block element."""
        yield from self.flush(1)
        self.stack.append(i)
        self.fresh = True

    def close(self, i: int) -> Iterator[Block]:
        """End the block elements that end before element `i`."""
        while self.stack and self.elements[self.stack[-1]].end <= i:
            yield from self.flush(1)
            self.stack.pop()
            self.fresh = False

    def inline(self, i: int, element: Element) -> None:
        """Note what an inline element means for the texts in it."""
        if is_strong(element):
            self.strong_to = max(self.strong_to, element.end)
        if element.tag == "a":
            self.link, self.link_to = i, element.end

    def add(self, i: int, text: str, line: int) -> None:
        """Add a text to the block."""
        if not text.strip():
            self.texts.extend([" "] if self.texts and text else [])
            return
        if not self.line:
            here = self.elements[self.stack[-1]] if self.stack else None
            own = self.fresh and here is not None and (here.tag in _OWN_LINE or here.tag not in BLOCKS)
            self.line = here.line if own and here is not None else line
            self.at = i
        if i < self.link_to:
            if self.linked[0] != self.link:
                self.linked = (self.link, len(self.texts))
        elif re.search(r"\w", text):
            self.linked = (-1, 0)
        self.strong = self.strong and (i < self.strong_to or not re.search(r"\w", text))
        self.texts.append(text)
        self.fresh = False

    def flush(self, gap: int = 1) -> Iterator[Block]:
        """End the block; `gap` is what parts the next one from it."""
        text = " ".join("".join(self.texts).split())
        if text:
            here = self.stack[-1] if self.stack else 0
            link, begin = self.linked
            tail = " ".join("".join(self.texts[begin:]).split()) if link >= 0 else ""
            yield Block(here, self.at, self.line, text, self.gap, self.strong, link, tail)
            self.gap = gap
        else:
            self.gap = max(self.gap, gap)
        self.texts, self.line, self.strong, self.linked = [], 0, True, (-1, 0)


def is_strong(element: Element) -> bool:
    """Tell whether an inline element makes its text bold or large, as old pages mark their headings."""
    style = element.attributes.get("style", "")
    return (
        element.tag in ("b", "strong", "big")
        or (
            element.tag == "font"
            and element.attributes.get("size", "").strip() in ("4", "5", "6", "7", "+1", "+2", "+3", "+4")
        )
        or (element.tag in ("span", "u", "em") and bool(re.search(r"font-weight\s*:\s*(bold|[6-9]00)", style)))
    )
