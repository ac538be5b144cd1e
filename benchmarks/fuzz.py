# ruff: noqa: E501
"""Feed every reader what nobody would write: count inputs, crashes, hangs and characters that went missing.

    .venv/bin/python benchmarks/fuzz.py [--inputs 20000] [--only dates,page-text] [--seed 1] [--save FOLDER]
    .venv/bin/python benchmarks/fuzz.py --growth [--only ...]

Inputs are bytes of the pages written for the tests, changed at random: bits, cut, doubled and swapped pieces, pieces of
other pages, words and marks that the readers look for, and random bytes. One in twenty is watched line by line, and what
reaches a line of the library not reached before is changed further (a small coverage-guided fuzzer). Right is an answer
or the reader's own error; any other exception, five seconds of work, or a character in no account is a finding.

`--growth` reads pages made to be slow at one, two and four times a size; time that grows with the size has ratios near
2, time that grows with its square near 4. Exit code 1 where something was found.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import random
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from necdata import catalogue, pipeline
from necdata.catalogue import Catalogue, CatalogueError
from necdata.coding import codebook, matching
from necdata.counting import validation
from necdata.dating import titled
from necdata.fetching import answers, feeds, ledger, links
from necdata.fetching.network import FetchError, NotThisWay
from necdata.formats import markup, pages
from necdata.formats.feeds import read_day
from necdata.reading import bylines, dates, furniture, lines, posts, titles
from necdata.reading.page import Line, Page, PageError
from necdata.reference import reference_tables
from necdata.storage import manifest, store
from necdata.storage.manifest import ManifestError
from necdata.storage.store import StoreError

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
LIBRARY = str(HERE.parent / "necdata")

LIMIT = 5.0  # seconds of processor time for one input

TOKENS = [
    *"– — - · • ” “ ’ ' \" : ; | / \\ . … , ( ) [ ] < > & # * _ ~ ` ^ $ % @ + = 0 1 2019 31 st nd rd th".split(),
    *"January Feb MARCH Sept Monday Tues NEC Labour Report report Posted by on at the of and to from By Author:".split(),
    "Continue reading", "Read more", "Leave a comment", "3 Comments", "Leader’s Report", "Any other business",
    "Tag Archives: ", "Share this:", "NEC Report – 21 November 2017", "17 September", "4 to 9 March 2020", "12/06/2019",
    "2020-01-14", "Posted by Jo Bloggs at 12:34", "28th and 29th of July", "\n", "\r\n", "\r", "\n\n", "\t", "\x0b", "\x0c",
    "\x1c", "\x85", "\u2028", "\xa0", "\xad", "\u200b", "\ufeff", "\u202e", "\x00", "\x1b[2J", "\U0001f600", "e\u0301", "ſ", "ẞ",
    "İ", "ﬁ", "²", "٣", "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<br>", "<li>", "<!--", "-->", "<![CDATA[", "]]>",
    "<script>", "</script>", "<title>", "<table><tr><td>", "<item>", "</item>", "<entry>", "<content:encoded>", "&amp;", "&#0;",
    "&#xD800;", "&#x110000;", "&nbsp;", "&lt;", '<a href="', "<time datetime=", "<pre>", "<blockquote>", "<template>", "<svg>",
    "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "[[page]]", "[[site]]", "[[topic]]", "sha256 = ", '"""', "'''",
    "{", "}", '{"a":', "[1,", "null", "1e999", "-1", "NaN", "key: ", "- ", "&a *a", "!!python/object:os.system", "\ud7ff",
]  # fmt: skip


class Late(BaseException):
    """An input that took longer than LIMIT."""


class Reader(NamedTuple):
    """Something that reads: what is fed to it, the errors it may raise, what it costs (shares of all inputs)."""

    read: Callable[[bytes], None]
    errors: tuple[type[BaseException], ...]
    seeds: Callable[[], list[bytes]]
    share: float
    largest: int = 20_000


# What is read, and what must hold of it


def text_of(data: bytes) -> str:
    """Decode as a page is decoded, without its refusals."""
    return data.decode("utf-8", "replace")


def page(data: bytes) -> Page:
    """Read bytes as a page as `pages.read` does a file."""
    text, notes = pages.decode(data, "page")
    kind = pages.sniff(text)
    found: Sequence[Line] = pages.number(text) if kind == "text" else markup.lines(text, kind, "page")
    digest = manifest.hashed(data)
    return Page(digest[:8], "page", digest, kind, len(text), tuple(found), tuple(notes))


def whole_page(data: bytes) -> None:
    """Read a page through to dates and meetings; every character of a text page is in an account, once."""
    read = page(data)
    if not any(lines.clean(line.text) for line in read.lines):  # refused by `pages.read`, or without a post
        raise PageError("page", "holds no text")
    if read.format == "text":
        assert "".join(line.text for line in read.lines) == pages.decode(data)[0], "lines do not add up to the page"
    reading = posts.read(read)
    total = reading.accounts().total()
    assert total <= read.characters, f"accounts hold {total} of {read.characters} characters"
    assert read.format != "text" or total == read.characters, f"accounts hold {total} of {read.characters} characters"
    if reading.posts:
        for told in pipeline.tell([reading], Catalogue({}, {})):
            span = told.dating
            assert (span.start is None) == (span.end is None) and (not span.start or span.start <= span.end), "dates"


def only_text(data: bytes) -> None:
    """Read as a text page, whatever the bytes look like."""
    text = text_of(data)
    numbered = pages.number(text)
    assert "".join(line.text for line in numbered) == text, "lines do not add up to the page"
    if not any(lines.clean(line.text) for line in numbered):
        return
    reading = posts.read(Page("0badcafe", "page", "0" * 64, "text", len(text), tuple(numbered)))
    assert reading.accounts().total() == len(text), "characters went missing"


def decoded(data: bytes) -> None:
    """Decode, sniff, number."""
    text, _ = pages.decode(data)
    assert pages.sniff(text) in ("text", "html", "feed", "wxr")
    assert "".join(line.text for line in pages.number(text)) == text, "lines do not add up to the page"


def of_kind(kind: str) -> Callable[[bytes], None]:
    """Read as one format of markup; line numbers rise within the page and are in it."""

    def read(data: bytes) -> None:
        text = text_of(data)
        found = markup.lines(text, kind, "page")
        last = text.count("\n") + text.count("\r") + 1
        assert all(1 <= line.number <= last for line in found), "a line that is not in the page"
        markup.addresses(text, kind, "page")

    return read


def each_line(check: Callable[[str], object]) -> Callable[[bytes], None]:
    """Feed a reader of single lines every line of the bytes."""

    def read(data: bytes) -> None:
        for line in text_of(data).splitlines()[:50] or [""]:
            check(line)

    return read


def found_dates(line: str) -> None:
    """Find dates; what is found stands in the text, in order."""
    for loose in (False, True):
        found = dates.find(line, loose)
        assert all(0 <= e.begin < e.end <= len(line) for e in found), "outside the text"


def heading(line: str) -> None:
    """Ask everything that is asked of a title or heading."""
    titles.is_report(line)
    titles.is_explainer(line)
    titles.standing_item(line)
    titled.title_dates(line)
    furniture.name(line)
    lines.look(line)
    lines.unglue(line)
    if line.strip():
        lines.is_short(lines.clean(line) or "-")


def byline(line: str) -> None:
    """Ask everything that is asked of a credit."""
    bylines.read(line)
    bylines.names(line)
    bylines.is_names(line)
    bylines.opens_comment(line)
    bylines.is_stamp(line)
    bylines.is_day(line)


PLACE = Path(tempfile.mkdtemp(prefix="necdata-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))


def in_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """Feed a reader of files a file of some name."""

    def reader(data: bytes) -> None:
        path = PLACE / name
        path.write_bytes(data)
        read(path)

    return reader


BOOK = codebook.load()
MATCHER = matching.compile(BOOK)


def own_codebook(path: Path) -> None:
    """Load a codebook and use it."""
    book = codebook.load(path)
    manifest.of_codebook(book)
    matching.compile(book)


def table(path: Path) -> None:
    """Read a table; what comes has the columns of its schema."""
    frame = store.read(path.parent, path.stem)
    assert list(frame.columns) == [c.name for c in store.TABLES[path.stem].columns]


def listing(data: bytes) -> None:
    """Read what a site answers, each way."""
    for read in (feeds.read_feed, links.read_rest, links.read_links):
        with contextlib.suppress(FetchError, NotThisWay):
            read(data, {}, "https://plots.example/feed/")
    answers.clean(text_of(data))
    answers.scrub(text_of(data[:500]))
    answers.retry_after(text_of(data[:50]))
    ledger.slug(text_of(data[:200]))
    feeds.join("https://plots.example/", text_of(data[:300]))


def ledger_lines(path: Path) -> None:
    """Read a ledger with every line."""
    entries = ledger.read(path.parent)
    ledger.unfinished(entries, "plots.example")
    ledger.held(entries, path.parent)


# Seeds


def files(*patterns: str) -> Callable[[], list[bytes]]:
    """Give the bytes of files of the tests and the library as seeds."""
    return lambda: [p.read_bytes() for pattern in patterns for p in sorted(HERE.parent.glob(pattern)) if p.is_file()]


def split(*patterns: str) -> Callable[[], list[bytes]]:
    """Give the lines of files as seeds, one of each."""

    def seeds() -> list[bytes]:
        found = {line.strip() for data in files(*patterns)() for line in data.splitlines() if line.strip()}
        return sorted(line for line in found if len(line) < 400)

    return seeds


def small_codebooks() -> list[bytes]:
    """Cut the library's codebooks after their third topic."""
    mark = b"[[topic]]"
    return [mark.join(data.split(mark)[:4]) for data in files("necdata/reference/*.toml")()]


def made_tables() -> list[bytes]:
    """Build some tables and give posts.csv and meetings.csv."""
    raw = PLACE / "raw"
    raw.mkdir(exist_ok=True)
    for name in ("ll-2017-lund.txt", "wp-single-pell-may-2019.txt", "wp-tag-pell-selections.txt"):
        (raw / name).write_bytes((TESTS / "pages" / name).read_bytes())
    pipeline.build(raw, PLACE / "processed")
    return [(PLACE / "processed" / "posts.csv").read_bytes()]


def made_manifest() -> list[bytes]:
    """Give the manifest of those tables."""
    made_tables()
    return [(PLACE / "processed" / manifest.NAME).read_bytes()]


LEDGER = (
    b'{"site": "plots.example", "url": "https://plots.example/feed/", "time": "2031-01-01T10:00:00+00:00", "status": 200,'
    b' "sha256": "aa", "file": "plots.example/a.xml", "bytes": 3, "posts": ["a", "b"]}\n{"site": "plots.example", "done": true}\n'
)
GOLD = b"file,line,topics,disputed\na.txt,1,elections,\na.txt,2,elections leadership,membership\nb.txt,10,,\n"
QUANTEDA = b"elections:\n  - general election*\n  - strong: [by-election]\nleadership:\n  strong: [leader]\n  weak: ['lead*']\n"
TABLE_OF_TERMS = b"topic,term,strength\nelections,general election*,strong\nelections,=MP,weak\n"

VALUE, PAGE = (ValueError,), (PageError,)
READERS: dict[str, Reader] = {
    "decode": Reader(decoded, PAGE, files("tests/pages/*.txt", "tests/saved/*.*ml"), 8, 3000),
    "dates": Reader(each_line(found_dates), (), split("tests/pages/*.txt"), 20, 300),
    "bylines": Reader(each_line(byline), (), split("tests/pages/*.txt"), 18, 300),
    "headings": Reader(each_line(heading), (), split("tests/pages/*.txt"), 14, 300),
    "feed-days": Reader(each_line(read_day), (), split("tests/saved/*.rss"), 4, 100),
    "terms": Reader(each_line(matching.forms), VALUE, split("necdata/reference/codebook.toml"), 6, 100),
    "matches": Reader(each_line(MATCHER.find), (), split("tests/pages/*.txt"), 3, 400) if hasattr(MATCHER, "find") else
    Reader(each_line(matching.plain), (), split("tests/pages/*.txt"), 3, 400),
    "listings": Reader(listing, (), files("tests/saved/*.xml", "tests/saved/*.rss", "tests/saved/*.html"), 4, 4000),
    "ledger": Reader(in_file("ledger.jsonl", ledger_lines), (), lambda: [LEDGER], 5, 2000),
    "sources.toml": Reader(in_file("sources.toml", lambda p: catalogue.load(p.parent)), (CatalogueError,), lambda: [
        files("raw/sources.toml")()[0][:1500],
        catalogue.entry("aa", "a.txt", "https://a.example/", 'Una "Spade" Bright').encode(),
    ], 5, 2500),
    "codebook.toml": Reader(in_file("c.toml", own_codebook), VALUE, small_codebooks, 2, 4000),
    "codebook.yml": Reader(in_file("c.yml", own_codebook), VALUE, lambda: [QUANTEDA], 1.5, 1000),
    "codebook.csv": Reader(in_file("c.csv", own_codebook), VALUE, lambda: [TABLE_OF_TERMS], 1.5, 1000),
    "gold": Reader(in_file("gold.csv", lambda p: validation.read_gold(p, BOOK.keys)), VALUE, lambda: [GOLD], 3, 1000),
    "leaders": Reader(in_file("leaders.csv", reference_tables.leaders), VALUE, files("necdata/reference/leaders.csv"), 1.5, 6000),
    "elections": Reader(in_file("elections.csv", reference_tables.elections), VALUE, lambda: [files("necdata/reference/elections.csv")()[0][:2000]], 1.5, 3000),
    "tables": Reader(in_file("posts.csv", table), (StoreError,), made_tables, 2, 3000),
    "datapackage": Reader(in_file("datapackage.json", lambda p: store.read_package(p.parent)), (StoreError,), lambda: [b'{"codebooks": []}'], 2, 500),
    "manifest": Reader(in_file(manifest.NAME, lambda p: manifest.read(p.parent)), (ManifestError,), made_manifest, 3, 4000),
    "page-text": Reader(only_text, (), files("tests/pages/*.txt"), 1.5, 8000),
    "page-any": Reader(whole_page, PAGE, files("tests/pages/*.txt", "tests/saved/*.*"), 1.5, 12000),
    "html": Reader(of_kind("html"), PAGE, files("tests/saved/*.html"), 1.5, 12000),
    "feed": Reader(of_kind("feed"), PAGE, files("tests/saved/*.rss", "tests/saved/atom*", "tests/saved/*.rdf"), 2, 8000),
    "wxr": Reader(of_kind("wxr"), PAGE, files("tests/saved/wxr*"), 1, 8000),
}  # fmt: skip


# Mutation


def mutated(dice: random.Random, pool: Sequence[bytes], largest: int) -> bytes:
    """Take a seed and change it a few times."""
    if dice.random() < 0.02:
        return dice.randbytes(dice.randint(0, min(largest, 500)))
    data = dice.choice(pool)
    if len(data) > largest:
        at = dice.randrange(len(data) - largest + 1) if dice.random() < 0.5 else 0
        data = data[at : at + largest]
    for _ in range(min(int(dice.expovariate(0.4)) + 1, 12)):
        data = _changed(dice, data, pool)
    return data[:largest]


def _changed(dice: random.Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    a, b = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    b = min(b, a + int(dice.expovariate(1 / 60)))
    match dice.randrange(11):
        case 0 if data:
            at = dice.randrange(len(data))
            return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:a] + data[b:]
        case 2:
            return data[:b] + data[a:b] * dice.choice((1, 1, 2, 5, 50)) + data[b:]
        case 3:
            other = dice.choice(pool)
            c = dice.randint(0, len(other))
            return data[:a] + other[c : c + int(dice.expovariate(1 / 100))] + data[b:]
        case 4:
            return data[:a] + dice.randbytes(dice.randint(1, 4)) + data[b:]
        case 5:
            return data[:a] + data[a:b].swapcase() + data[b:]
        case 6:
            return data[:a]
        case 7:
            return (
                data[:a]
                + b"%d" % dice.choice((0, 1, -1, 12, 13, 31, 32, 99, 1900, 2100, 10**9, 2**63, 10**40))
                + data[b:]
            )
        case _:
            token = dice.choice(TOKENS).encode("utf-8", "surrogatepass") * dice.choice((1, 1, 1, 2, 3, 40))
            return data[:a] + token + data[a if dice.random() < 0.7 else b :]


# Running


def _alarm(*_: object) -> None:
    raise Late


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise Late where the block takes more processor time."""
    before = signal.signal(signal.SIGPROF, _alarm)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def watched(read: Callable[[bytes], None], data: bytes, seen: set[tuple[str, int]]) -> bool:
    """Read with every line of the library noted; tells whether one of them was new."""
    known = len(seen)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(LIBRARY):
            return None
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        read(data)
    finally:
        sys.settrace(None)
    return len(seen) > known


class Found(NamedTuple):
    """What came of one reader: inputs, answers among them (the rest were refused), findings by what went wrong."""

    inputs: int
    answers: int
    findings: dict[str, tuple[str, bytes]]
    slowest: float


def fuzz(name: str, inputs: int, seed: int) -> Found:
    """Feed one reader so many inputs."""
    reader, dice = READERS[name], random.Random(f"{seed} {name}")
    pool = reader.seeds()
    seen: set[tuple[str, int]] = set()
    findings: dict[str, tuple[str, bytes]] = {}
    answers, slowest = 0, 0.0
    for number in range(inputs):
        data = pool[number] if number < len(pool) and number < inputs // 10 else mutated(dice, pool, reader.largest)
        began = time.process_time()
        try:
            with limited(LIMIT * (4 if number % 20 == 0 else 1)):
                if number % 20 == 0:
                    if watched(reader.read, data, seen):
                        pool.append(data)
                else:
                    reader.read(data)
            answers += 1
        except reader.errors:
            pass
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            what, said = _place(error)
            if what not in findings or len(data) < len(findings[what][1]):
                findings[what] = said, data
        if number % 20:
            slowest = max(slowest, time.process_time() - began)
    return Found(inputs, answers, findings, slowest)


def _place(error: BaseException) -> tuple[str, str]:
    """Name an exception by its type and the innermost line of the library; and what it says."""
    import traceback

    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(LIBRARY)]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "the check itself"
    what = f"{type(error).__name__} at {where}"
    return (what if frames else f"{what}: {error}"[:60]), str(error)[:90]


# Growth


TRAPS: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "word " * (n // 5),
    "one long word": lambda n: "w" * n,
    "one long number": lambda n: "1" * n,
    "numbers": lambda n: "12 " * (n // 3),
    "spaces": lambda n: "NEC" + " " * n + "report",
    "spaces in lines": lambda n: ("a" + " " * 98 + "b\n") * (n // 100),
    "tabs": lambda n: "NEC\t" + "\t" * n + "x",
    "no-break spaces": lambda n: "NEC" + "\xa0" * n + "x",
    "dashes": lambda n: "-" * n + "x",
    "spaced dashes": lambda n: "– " * (n // 2) + "x",
    "dots": lambda n: "By A" + "." * n + "x",
    "initials": lambda n: "By " + "A." * (n // 2) + "1",
    "spaced initials": lambda n: "By " + "A. " * (n // 3) + "1",
    "capitals": lambda n: "A" * n + "1",
    "capitalised words": lambda n: "By " + "Ab " * (n // 3) + "1",
    "capitalised words and commas": lambda n: "By " + "Ab Cd, " * (n // 7) + "1",
    "names joined by and": lambda n: "By " + "Ab Cd and " * (n // 10) + "1",
    "hyphenated capitals": lambda n: "By " + "Ab-" * (n // 3) + "1",
    "apostrophes": lambda n: "O’" * (n // 2) + "1",
    "quotes": lambda n: "“" * n + "x",
    "quoted words": lambda n: "“a” " * (n // 4),
    "brackets": lambda n: "(" * n + "x" + ")" * 3,
    "square brackets": lambda n: "[" * n,
    "slashes": lambda n: "1/" * (n // 2),
    "colons": lambda n: "12:" * (n // 3),
    "commas": lambda n: "a," * (n // 2),
    "semicolons": lambda n: ";" * n,
    "pipes": lambda n: "a | " * (n // 4),
    "at signs": lambda n: "a@" * (n // 2),
    "addresses": lambda n: "http://a." * (n // 9),
    "image names": lambda n: "a-b_" * (n // 4) + ".jp",
    "image names glued": lambda n: "img_1.jpg" * (n // 9),
    "months": lambda n: "March " * (n // 6),
    "days and months": lambda n: "1 March " * (n // 8),
    "day lists": lambda n: "1, " * (n // 3) + "March",
    "days joined by and": lambda n: "1st and " * (n // 8) + "March",
    "dates": lambda n: "Monday 1st March 2019 " * (n // 22),
    "weekdays": lambda n: "Monday, " * (n // 8),
    "ranges": lambda n: "1 – " * (n // 4) + "March 2019",
    "posted by": lambda n: "Posted by " * (n // 10),
    "posted on": lambda n: "Posted on 1 March 2019 by A B " * (n // 30),
    "Continue reading": lambda n: "Continue reading " * (n // 17),
    "comments counted": lambda n: "3 comments " * (n // 11),
    "share lines": lambda n: "Share this: Twitter Facebook " * (n // 29),
    "tags": lambda n: "Tags: a, b " * (n // 11),
    "NEC": lambda n: "NEC " * (n // 4),
    "NEC report": lambda n: "NEC report " * (n // 11),
    "National Executive": lambda n: "National Executive " * (n // 19),
    "report of": lambda n: "report of the " * (n // 14),
    "short lines": lambda n: "a\n" * (n // 2),
    "empty lines": lambda n: "\n" * n,
    "carriage returns": lambda n: "\r" * n,
    "headings": lambda n: "Leader’s Report\n\n" * (n // 17),
    "numbered headings": lambda n: "".join(f"Item {i}\n\n" for i in range(n // 11)),
    "titles": lambda n: "".join(f"NEC Report – {i % 28 + 1} March 2019\n\nWe met and talked.\n\n" for i in range(n // 48)),
    "titles alone": lambda n: "NEC Report – 1 March 2019\n" * (n // 26),
    "bullets": lambda n: "• item\n" * (n // 7),
    "bullets in a line": lambda n: "• item " * (n // 7),
    "sentences": lambda n: "We met on 1 March 2019 and agreed. " * (n // 35),
    "paragraphs": lambda n: ("We met again and agreed on hedges, spades and twine in the hall. " * 3 + "\n\n") * (n // 200),
    "comments": lambda n: "Jo Bloggs said...\nGood.\n1 March 2019 at 12:34\n" * (n // 45),
    "comment heads": lambda n: "3 comments:\n" * (n // 12),
    "quoted lines": lambda n: "> " * (n // 2),
    "quoted mail": lambda n: "> a line of it\n" * (n // 15),
    "mail headers": lambda n: "From: A B\nSubject: NEC\nDate: 1 March 2019\n\n" * (n // 42),
    "contents list": lambda n: "NEC report – March 2019\nNEC report – May 2019\n" * (n // 48),
    "wrapped lines": lambda n: "we met in the hall and talked about the hedges for some hours of\n" * (n // 66),
    "combining marks": lambda n: "e" + "\u0301" * n,
    "emoji": lambda n: "\U0001f469\u200d" * (n // 2),
    "right to left": lambda n: "\u202e" * n,
    "mojibake": lambda n: "â€™ " * (n // 4),
    "ligatures": lambda n: "ﬁ" * n,
}  # fmt: skip

MARKUP_TRAPS: dict[str, Callable[[int], str]] = {
    "nested divs": lambda n: "<html><body>" + "<div>" * (n // 11) + "x" + "</div>" * (n // 11),
    "unclosed divs": lambda n: "<html><body>" + "<div>x" * (n // 6),
    "nested lists": lambda n: "<html><body>" + "<ul><li>" * (n // 8) + "x",
    "many items": lambda n: "<html><body><ul>" + "<li>item</li>" * (n // 13) + "</ul>",
    "many paragraphs": lambda n: "<html><body>" + "<p>We met and talked.</p>" * (n // 25),
    "many headings": lambda n: "<html><body>" + "<h2>NEC report – 1 March 2019</h2><p>We met.</p>" * (n // 50),
    "many articles": lambda n: "<html><body>" + "<article><h2>NEC report</h2><p>We met.</p></article>" * (n // 55),
    "many entries": lambda n: "<html><body>" + "<div class='post'><h3 class='entry-title'>A</h3><p>We met.</p></div>" * (n // 68),
    "nested tables": lambda n: "<html><body>" + "<table><tr><td>" * (n // 15) + "x",
    "many cells": lambda n: "<html><body><table>" + "<tr><td>a</td><td>b</td></tr>" * (n // 29),
    "nested bold": lambda n: "<html><body><p>" + "<b>" * (n // 3) + "x",
    "unclosed links": lambda n: "<html><body>" + "<a href='x'>y" * (n // 13),
    "open angles": lambda n: "<html><body>" + "<" * n,
    "open comments": lambda n: "<html><body>" + "<!--" * (n // 4),
    "open tags": lambda n: "<html><body>" + "<a " * (n // 3),
    "attributes": lambda n: "<html><body><p " + "a=1 " * (n // 4) + ">x",
    "one long attribute": lambda n: "<html><body><p title='" + "a" * n + "'>x",
    "open attribute": lambda n: "<html><body><p title='" + "<p>" * (n // 3),
    "classes": lambda n: "<html><body><div class='" + "post " * (n // 5) + "'>x</div>",
    "ampersands": lambda n: "<html><body>" + "&" * n,
    "entities": lambda n: "<html><body>" + "&amp;" * (n // 5),
    "breaks": lambda n: "<html><body><p>" + "a<br>" * (n // 5),
    "scripts": lambda n: "<html><body>" + "<script>x</script>" * (n // 18),
    "open scripts": lambda n: "<html><body>" + "<script>" * (n // 8),
    "open styles": lambda n: "<html><body>" + "<style>" * (n // 7),
    "open textareas": lambda n: "<html><body>" + "<textarea>" * (n // 10) + "</x>" * 10,
    "templates": lambda n: "<html><body>" + "<template>" * (n // 10),
    "svg": lambda n: "<html><body>" + "<svg><p>" * (n // 8),
    "text in html": lambda n: "<html><body><p>" + "word " * (n // 5),
    "lines in html": lambda n: "<html><body><pre>" + "a\n" * (n // 2),
    "comments in html": lambda n: "<html><body>" + "<ol class='commentlist'><li class='comment'><p>x</p></li></ol>" * (n // 64),
    "items in a feed": lambda n: "<rss><channel>" + "<item><title>a</title><description>b</description></item>" * (n // 57) + "</channel></rss>",
    "html in an item": lambda n: "<rss><channel><item><title>a</title><description>" + "&lt;p&gt;b" * (n // 10) + "</description></item></channel></rss>",
    "nested items": lambda n: "<rss><channel>" + "<item>" * (n // 6),
    "open cdata": lambda n: "<rss><channel><item><title>a</title><description>" + "<![CDATA[" * (n // 9),
    "entities declared": lambda n: "<?xml version='1.0'?><!DOCTYPE r [" + "<!ENTITY a 'b'>" * (n // 15) + "]><rss><channel></channel></rss>",
    "billion laughs": lambda n: "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i + 1} '&a{i};&a{i};&a{i};'>" for i in range(n // 30)) + f"]><rss><channel><item><title>&a{n // 30};</title></item></channel></rss>",
}  # fmt: skip


class Growth(NamedTuple):
    """Seconds at one, two and four times a size."""

    seconds: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Give the growth from each size to the next."""
        return tuple(b / max(a, 1e-4) for a, b in zip(self.seconds, self.seconds[1:], strict=False))

    @property
    def is_bad(self) -> bool:
        """Tell whether four times the size took more than nine times the time (16: the square), and time that counts."""
        return self.seconds[-1] == float("inf") or (self.seconds[-1] > 0.3 and self.seconds[-1] > 9 * self.seconds[0])


def seconds_for(read: Callable[[bytes], None], data: bytes, limit: float) -> float:
    """Measure the processor time of one read, the better of two where it is short; infinite over the limit."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        try:
            with limited(limit):
                read(data)
        except PageError:
            pass
        except Late:
            return float("inf")
        best = min(best, time.process_time() - began)
        if best > 0.5:
            break
    return best


def growth(traps: dict[str, Callable[[int], str]], size: int, limit: float = 20) -> Iterator[tuple[str, Growth]]:
    """Read every trap at three sizes as a page, through to its dates."""
    for name, make in traps.items():
        yield f"page: {name}", _grown(whole_page, make, size, limit)


def _grown(read: Callable[[bytes], None], make: Callable[[int], str], size: int, limit: float) -> Growth:
    found: list[float] = []
    for factor in (1, 2, 4):
        found.append(seconds_for(read, make(size * factor).encode(), limit))
        if found[-1] == float("inf"):
            break
    return Growth((*found, *[float("inf")] * (3 - len(found))))


def line_growth(size: int, limit: float = 10) -> Iterator[tuple[str, Growth]]:
    """Give the readers of single lines the traps that are one line."""
    for reader in ("dates", "bylines", "headings"):
        for name, make in TRAPS.items():
            if "\n" in make(200) or "\r" in make(200):
                continue
            yield f"{reader}: {name}", _grown(READERS[reader].read, make, size, limit)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000, help="inputs in all, cheap readers get more (20000)")
    parser.add_argument("--only", default="", help=f"names with commas: {', '.join(READERS)}")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs (1)")
    parser.add_argument("--save", type=Path, help="folder to keep the inputs of findings in")
    parser.add_argument("--growth", action="store_true", help="measure time against size instead")
    parser.add_argument(
        "--size", type=int, default=20_000, help="characters at the smallest size, for --growth (20000)"
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    return measure(options.size) if options.growth else feed(options)


def feed(options: argparse.Namespace) -> int:
    """Fuzz the readers chosen and print what came of it."""
    names = options.only.split(",") if options.only else list(READERS)
    shares = sum(READERS[name].share for name in names)
    total: Counter[str] = Counter()
    print(f"{'reader':16}{'inputs':>9}{'answered':>10}{'findings':>10}  slowest (s)   all (s)")
    for name in names:
        began = time.monotonic()
        found = fuzz(name, max(int(options.inputs * READERS[name].share / shares), 20), options.seed)
        total.update(inputs=found.inputs, findings=len(found.findings))
        print(f"{name:16}{found.inputs:9}{found.answers:10}{len(found.findings):10}{found.slowest:13.2f}"
              f"{time.monotonic() - began:10.0f}", flush=True)  # fmt: skip
        for number, (what, (said, data)) in enumerate(found.findings.items()):
            print(f"    {what}: {said!r} ({len(data)} bytes)", flush=True)
            if options.save:
                options.save.mkdir(parents=True, exist_ok=True)
                (options.save / f"{name}-{options.seed}-{number}.bin").write_bytes(data)
    print(f"{'all':16}{total['inputs']:9}{'':10}{total['findings']:10}")
    return 1 if total["findings"] else 0


def measure(size: int) -> int:
    """Print time against size for every trap."""
    bad = 0
    print(f"{'trap':44}{'1x (s)':>9}{'2x':>7}{'4x':>7}   (times the step before)")
    for name, grown in itertools.chain(line_growth(size // 10), growth({**TRAPS, **MARKUP_TRAPS}, size)):
        bad += grown.is_bad
        a, b = grown.ratios
        verdict = "   NOT LINEAR" if grown.is_bad else ""
        print(f"{name:44}{grown.seconds[0]:9.3f}{a:7.1f}{b:7.1f}{verdict}", flush=True)
    print(f"{bad} not linear")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
