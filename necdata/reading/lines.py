"""What the lines of a page look like, before anybody asks which site they are from.

A page's lines become pieces: a line, a part of one where two things are glued together, or several where one
sentence was broken. Each piece keeps the number of characters of the page it stands for, so that whatever becomes of
it, the page's characters add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from necdata.reading import bylines, furniture, titles
from necdata.reading.page import Line

LONGEST_HEADING = 120  # characters; headings and titles seen run to 90
MOST_HEADING_WORDS = 18
BULLET = re.compile(
    r"^\s*(?:[•·◦▪●‣■□✓➢*]|[-–—](?=\s)|o(?=\s{2,})|(?:\(?[ivx]{1,4}\)|\(?\d{1,2}[.)]|\(?[a-h]\))(?=\s))\s*"
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_MONTH_START = re.compile(r"(January|February|March|April|May|June|July|August|September|October|November|December)\b")


class Piece(NamedTuple):
    """A run of characters of a page that is one thing.

    `form` is what it looks like: text (a paragraph), short (a line that may be a title or heading), item (of a list),
    cut ("Continue reading"), image, caption, byline (author or date line), comment (opens a comment), stamp (a
    comment's date), or furniture, with its name. `hint` is what the page's format states (HTML, feeds), "" in plain
    text. `size` counts the characters of the page it accounts for, blank lines after it included.
    """

    line: int
    text: str
    size: int
    form: str
    name: str = ""
    gap: int = 0
    indent: int = 0
    hint: str = ""


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Turn numbered lines into pieces: glued things parted, broken sentences joined, blank lines counted in."""
    found: list[Piece] = []
    gap = spare = 0
    for line in lines:
        text = clean(line.text)
        if not text:
            gap += 1
            if found:
                found[-1] = found[-1]._replace(size=found[-1].size + len(line.text))
            else:
                spare += len(line.text)
            continue
        parts = list(_parts(line, text, gap))
        parts[0] = parts[0]._replace(size=parts[0].size + spare)
        found.extend(parts)
        gap = spare = 0
    return _joined(_subtitled(_credited(_captioned(_repeated(found)))))


MORE = re.compile(r"(?:read|see) (?:more|next|also)\W*", re.IGNORECASE)


def _repeated(found: list[Piece]) -> list[Piece]:
    """Take "Read more: The title" for a cut-off marker where that title stands above it, else for a link."""
    formed = list(found)
    said: set[str] = set()
    for i, piece in enumerate(found):
        listed = [p.form == "short" and p.gap == 0 for p in found[i + 1 : i + 3]]  # two titles right under it
        if listed == [True, True] and MORE.fullmatch(piece.text) and not piece.hint:
            formed[i] = piece._replace(form="furniture", name="sidebar")
        match = re.match(
            r"(?:read|see) more ?(?::|about|-|–|\.\.\.|…) ?(.+?)(?: ?(?:→|»|\.\.\.|…))*$", piece.text, re.IGNORECASE
        )
        above = match is not None and match.group(1).casefold() in said
        if match and len(piece.text) < 180 and (not piece.hint or piece.hint == "item" and above):
            formed[i] = piece._replace(form="cut") if above else piece._replace(form="furniture", name="related link")
        said.add(piece.text.casefold())
    return formed


FILED = re.compile(
    r"(?:in|under|filed under) [A-Z][\w &,’'-]{1,40}|[A-Z]\w+(?: [/>»] [A-Z]\w+){1,3}"
)  # a byline's category, on a line of its own


def _credited(found: list[Piece]) -> list[Piece]:
    """Take lines of names alone for bylines where they stand next to a date line, an account or another byline."""
    formed = list(found)
    small = [i for i, p in enumerate(found) if p.form not in ("stamp", "furniture", "image", "caption")]
    for place, i in enumerate(small):
        names, day = bylines.is_names(formed[i].text), bylines.is_day(formed[i].text)
        filed = place > 0 and formed[small[place - 1]].form == "byline" and FILED.fullmatch(formed[i].text)
        if filed and formed[i].form == "short" and not formed[i].hint:
            formed[i] = formed[i]._replace(form="furniture", name="post foot")
        if formed[i].form == "short" and place > 0 and _is_field(formed[small[place - 1]], formed[i]):
            formed[i] = formed[i]._replace(form="furniture", name="front matter")
        if formed[i].form == "short" and place > 0 and names and _is_label(formed[small[place - 1]].text):
            label = small[place - 1]
            formed[label] = formed[label]._replace(form="furniture", name="front matter")
            formed[i] = formed[i]._replace(form="byline")
        if formed[i].form != "short" or formed[i].hint or not (names or day):
            continue
        beside = [formed[small[j]] for j in (place - 1, place + 1) if 0 <= j < len(small)]
        above = [formed[small[j]].form for j in range(max(0, place - 2), place)]
        if "short" not in above:  # this line may be the title itself
            continue
        if formed[i].text.startswith("@") or any(
            p.form == "byline" and abs(p.line - formed[i].line) <= 8 for p in beside
        ):
            formed[i] = formed[i]._replace(form="byline")
    return formed


FIELD = re.compile(
    r"(author|date|published|posted|type|section|topic|category|organisation|region|kind): \S", re.IGNORECASE
)


def _is_field(above: Piece, piece: Piece) -> bool:
    """Tell one of a post's fields, each with its label, right under another one that is a credit."""
    return piece.gap == 0 and above.form == "byline" and bool(FIELD.match(above.text) and FIELD.match(piece.text))


def _is_label(text: str) -> bool:
    """Tell a field's label that stands on a line of its own: "Author:"."""
    return bool(re.fullmatch(r"(authors?|written by|reporters?|by): ?", text, re.IGNORECASE))


def _subtitled(found: list[Piece]) -> list[Piece]:
    """Take the line right under a title and over its byline for a subtitle, a text, as listings and newsletters print.

    The title opens a block of lines ("632 names before tea / The NEC endorsed its candidates / Jun 5 • Jo Bloggs").
    """
    formed = list(found)
    listed = _in_listing(found)
    for i in range(2, len(formed) - 1):
        title, piece, after = formed[i - 1 : i + 2]
        block = (
            title.form == piece.form == "short" and title.gap > 0 and piece.gap == 0 and not (title.hint or piece.hint)
        )
        if not block or after.form != "byline" or bylines.is_names(title.text):
            continue
        likely = titles.is_report(piece.text) <= titles.is_report(title.text)
        if (likely or i in listed) and furniture.name(title.text) == "":
            formed[i] = piece._replace(form="text", name="subtitle")
    return formed


def _in_listing(found: list[Piece]) -> set[int]:
    """Find the second lines of a listing's entries, each a title, a subtitle and a byline; three at the least."""
    forms = [(p.form, bool(p.gap)) for p in found]
    block = [("short", True), ("short", False), ("byline", False)]
    seconds = {i for i in range(1, len(found) - 1) if forms[i - 1 : i + 2] == block}
    return seconds if len(seconds) >= 3 else set()


def _captioned(found: list[Piece]) -> list[Piece]:
    """Take the short line under an image for its caption, where another short line (a heading) follows it."""
    formed = list(found)
    for i in range(1, len(formed) - 1):
        under_image = formed[i - 1].form == "image" and formed[i - 1].line != formed[i].line
        if under_image and formed[i].form == "short" and formed[i + 1].form == "short":
            formed[i] = formed[i]._replace(form="caption")
    return formed


def clean(text: str) -> str:
    """Fold white space and drop what cannot be seen: non-breaking spaces, soft hyphens, zero-width characters."""
    text = re.sub(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", text)
    text = re.sub(r"^\s*(?:> ?)+(?!>)", "", text)  # the mark of a quoted e-mail
    return " ".join(text.split())


def _parts(line: Line, text: str, gap: int) -> Iterable[Piece]:
    """Part what is glued on one line; the first part carries the characters that cleaning dropped."""
    texts = unglue(text, line.hint)
    indent = len(line.text) - len(line.text.lstrip())
    left = len(line.text)
    for i, (part, form) in enumerate(texts):
        size = left if i == len(texts) - 1 else min(len(part), left)
        left -= size
        form, name = (form, "") if form else look(part, line.hint)
        yield Piece(line.number, part, size, form, name, gap if i == 0 else 0, indent, line.hint)


def look(text: str, hint: str = "") -> tuple[str, str]:
    """Say what a line looks like: its form, and its name where it is furniture.

    >>> look("Share this Article"), look("Leader’s report"), look("• It is time")
    (('furniture', 'share line'), ('short', ''), ('item', ''))
    """
    if hint in STATED:
        return STATED[hint], hint
    if furniture.CUT.fullmatch(text):
        return "cut", ""
    if (
        bylines.STATES_MEETING.match(text)
        and re.search(r"\d", text)
        and len(text) < 100
        and not re.match(r"meeting \d", text, re.IGNORECASE)
    ):
        return "text", ""
    if re.match(r"(author|date|published): ", text) and hint == "":
        return "byline", ""
    if furniture.IMAGE.fullmatch(text):
        return "image", ""
    if bylines.opens_comment(text):
        return "comment", ""
    if bylines.is_stamp(text):
        return "stamp", ""
    if hint == "" and BULLET.match(text) and re.search(r"[;,](?: and| or)?$", text):  # one of several, whoever it names
        return "item", ""
    if hint not in ("heading", "title") and bylines.read(text) is not None:
        return "byline", ""
    if hint in ("heading", "title", "text", "item"):
        return {"heading": "short", "title": "short"}.get(hint, hint), ""
    if name := furniture.name(text):
        return "furniture", name
    if furniture.CAPTION.fullmatch(text):
        return "caption", ""
    if BULLET.match(text):
        return "item", ""
    return ("short" if is_short(text) else "text"), ""


# What a format may state of a line that settles its form.
STATED = {
    "caption": "caption",
    "byline": "byline",
    "cut": "cut",
    "comment": "comment",
    "comment text": "comment text",
    "stamp": "stamp",
    "markup": "furniture",
    "navigation": "furniture",
    "sidebar": "furniture",
    "footer": "furniture",
    "post foot": "furniture",
    "share line": "furniture",
}


def is_short(text: str) -> bool:
    """Tell whether a line could be a title or heading: short, and not closed as a sentence is."""
    if not text or len(text) > LONGEST_HEADING or len(text.split()) > MOST_HEADING_WORDS:
        return False
    if text.endswith("?"):
        return len(text.split()) <= 14
    if text.endswith(("…", "...")):
        return len(text.split()) <= 6
    if SENTENCE_END.search(text):
        return bool(re.search(r"\b(etc|No|St|Cllr|MP|[ap]\.m)\.$", text))
    return text[-1] not in ",-–—" and bool(re.search(r"[^\W\d_]", text)) and text[0] not in ",;)]"


NAME_PREFIXES = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "Van", "Von", "O", "D", "L", "i", "e", "St")
CAMEL = re.compile(
    r"(?:LabourList|YouTube|TikTok|LinkedIn|WhatsApp|FaceBook|PayPal|BlackRock|OpenLabour|JobCentre|JustGiving|ActBlue|"
    r"WordPress|BuzzFeed|HuffPost|SureStart|AnyVoter|AnonyVoter|eBay|LeftFutures|MoneySavingExpert|TfL|HoC|GovTech|"
    r"MPs|PCCs|CLPs|MEPs|AMs|MSPs|SpAds?|PhD|LGBTplus|LGBTQplus|\w*[A-Z]{2,}\w*)",
)
_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z’']*\b)|(?<=[a-z])(?=(?:I|A) )")


def unglue(text: str, hint: str = "") -> list[tuple[str, str]]:
    """Part a line where a caption, an image's name or "Continue reading" is glued to a sentence.

    >>> unglue("rochesterJo Bloggs reported on activity in the regions. Continue reading")
    [('rochester', 'caption'), ('Jo Bloggs reported on activity in the regions.', ''), ('Continue reading', 'cut')]
    """
    if hint in STATED or furniture.CUT.fullmatch(text):
        return [(text, "")]
    tail: list[tuple[str, str]] = []
    if (match := furniture.CUT_AT_END.search(text)) and match.start() > 0:
        tail, text = [(match.group(1), "cut")], text[: match.start()].rstrip()
    if match := re.search(r"(?<=[.!?”’)])((?:img|dsc[nf]?|image)[_-]?\d[\w-]*(?:\.\w{3,4})?)$", text, re.IGNORECASE):
        tail, text = [(match.group(1), "image"), *tail], text[: match.start()].rstrip()
    head = _caption(text) if len(text) > LONGEST_HEADING // 2 or SENTENCE_END.search(text) else ""
    if head:
        return [(head, "caption"), (text[len(head) :].lstrip(), ""), *tail]
    return [(text, ""), *tail]


def _caption(text: str) -> str:
    """Give the caption glued to the start of a paragraph, or "".

    It has no more than eight words and no end of sentence, and its last word runs into a capital ("CorbynThe"). Names
    with a capital inside (McNicol, LabourList) are not glue.
    """
    end = 0
    for number, match in enumerate(re.finditer(r"\S+", text)):
        word = match.group(0)
        if number == 8 or SENTENCE_END.search(word) or word[-1] in ",;:":
            break
        if glued := re.match(r"(?:img|dsc[nf]?|image)[_-]?\d+(?=[A-Z])", word, re.IGNORECASE):
            end = match.start() + glued.end()
            break
        place = _GLUE.search(word)
        if place and not CAMEL.match(word.strip("‘’“”\"'(")):
            before = word[: place.start()]
            if len(before) > 2 and before.lstrip("‘“\"'(") not in NAME_PREFIXES:
                end = match.start() + place.start()
                break
    return text[:end]


def _joined(found: list[Piece]) -> list[Piece]:
    """Join what belongs together: hard-wrapped paragraphs, and a sentence broken over two lines."""
    width = wrapped_at(found)
    joined: list[Piece] = []
    tail = 0  # length of the raw line that the last piece ends with
    for piece in found:
        if joined and _continues(joined[-1], piece, width, tail):
            last = joined[-1]
            text = f"{last.text} {piece.text}"
            form = "item" if last.form == "item" else look(text)[0] if width else "text"
            joined[-1] = last._replace(text=text, size=last.size + piece.size, form=form)
        else:
            joined.append(piece)
        tail = len(piece.text)
    return joined


def wrapped_at(found: Sequence[Piece]) -> int:
    """Give the width at which a page's paragraphs are hard-wrapped, 0 where they are not.

    Wrapped text has many lines that are followed at once by another, nearly all of them between 45 and 90 characters.
    """
    forms = ("text", "short", "item")
    follow = [
        len(a.text) for a, b in pairwise(found) if b.gap == 0 and b.line != a.line and a.form in forms and not b.hint
    ]
    if len(follow) < 8 or max((len(p.text) for p in found if p.form in ("text", "item")), default=0) > 130:
        return 0
    full = [n for n in follow if 45 <= n <= 100]
    return max(full) if len(full) >= 0.6 * len(follow) else 0


def _continues(last: Piece, piece: Piece, width: int, tail: int) -> bool:
    forms = ("text", "short", "item")
    if piece.form not in forms[:2] or last.form not in forms or piece.hint or last.hint:
        return False
    if piece.line == last.line:
        return False
    if width and piece.gap == 0:
        return tail >= 0.66 * width and not bylines.is_names(piece.text)
    if piece.gap > 1 or SENTENCE_END.search(last.text) or last.text[-1] in ":;":
        return False
    if re.search(r" \d{1,2}(st|nd|rd|th)?$", last.text) and tail >= 30 and _MONTH_START.match(piece.text):
        return True
    if tail < (30 if last.form == "item" else 60):
        return False
    return piece.text[0].islower() and not re.match(r"(img|dsc|www|http)", piece.text)
