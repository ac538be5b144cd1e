"""Words from pages are data everywhere they go: browsers, terminals, typesetters and spreadsheets obey none of them.

tests/hostile.py has the pages; tests/browser/test_hostile.py opens what is made of them in a browser.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
import xml.dom.minidom
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hostile import ATTACKS, AUTHORS, FORMULAS, MARK, NAMES, SCRIPTS, TERMINAL, corpus, notebook
from hypothesis import given
from hypothesis import strategies as st
from written import save

import necdata
from necdata import catalogue, cli, plain
from necdata.charts.export import FORMATS
from necdata.coding import codebook
from necdata.corpus import Corpus
from necdata.fetching import platforms
from necdata.interactive import exploring, places, widgets
from necdata.interactive.exploring import Question
from necdata.parts import Part
from necdata.publishing import gallery, prose, readable, site
from necdata.storage import store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hostile pages in raw/ and the tables of them in processed/."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus(folder / "raw")
    assert cli.main(["build", "--raw", str(folder / "raw"), "--out", str(folder / "processed")]) == cli.OK
    return folder


@pytest.fixture(scope="module")
def told(place: Path) -> Corpus:
    """The corpus of the hostile pages."""
    return necdata.load(place / "processed")


def test_the_corpus_holds_the_attacks(told: Corpus):
    """Else nothing below would be tried: in titles, headings, authors, addresses, file names and passages."""
    assert len(told.meetings) > 30 and told.codings["topic"].nunique() >= 8 and told.meetings["leader"].nunique() == 3
    for words in (told.posts["title"], told.sections["heading"], told.posts["author"], told.pages["file"], told.text):
        assert words.str.contains(MARK).any()
    assert told.posts["url"].str.contains("<script>", regex=False).any() and set(told.pages["file"]) == set(NAMES)
    assert any("\x1b" in words for words in told.sections["heading"])
    whole = "\n".join(told.text)
    assert all(" ".join(a.split()) in whole for a in SCRIPTS) and whole.count("$") > 40


# Browsers


class Active(HTMLParser):
    """What in a document could act or ask a network."""

    TAGS = {"script", "iframe", "object", "embed", "base", "svg", "form", "style", "link", "meta", "template", "math"}

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed, self.found, self.words = allowed, list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.TAGS - set(self.allowed):
            self.found.append(tag)
        for name, value in attrs:
            said = "".join((value or "").split()).lower()
            asks = name in ("src", "srcset", "data", "action", "ping", "poster", "background", "formaction", "href")
            elsewhere = re.match(r"(javascript|data:text|vbscript|file|//)", said) or (
                said.startswith("http") and not (tag == "a" and name == "href")
            )
            if name.startswith("on") or name == "srcdoc" or (asks and elsewhere) or "url(" in said * (name == "style"):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def active(html: str, *allowed: str) -> list[str]:
    """List what in a document could act; `allowed` names elements that are the library's own."""
    reader = Active(allowed)
    reader.feed(html)
    reader.close()
    return reader.found


def words(html: str) -> str:
    """Give the words that a document shows, white space folded."""
    reader = Active()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.words).split())


def test_the_reader_of_documents_finds_what_acts():
    """The test of the tests: each of the scripts, left as it is, is found."""
    acting = [s for s in SCRIPTS if not active(s)]
    assert all(s.startswith(("[", "!", "&lt;", "`", "'")) for s in acting) and len(acting) < len(SCRIPTS) / 2


TABLES = ["posts", "sections", "pages", "provenance", "passages"]


@pytest.mark.parametrize("name", TABLES)
def test_a_frame_set_as_a_table_shows_its_words_and_does_nothing(place: Path, told: Corpus, name: str):
    """Every cell is there as it stands in the frame, in HTML and in plain text; title, unit, note and labels too."""
    frame = store.read(place / "processed", name)
    if name == "passages":
        frame = frame.assign(text=frame["passage_id"].map(told.text))[["passage_id", "text"]]
    made = readable.table(frame.astype("str"), SCRIPTS[0], SCRIPTS[1], note=SCRIPTS[4], labels={"title": SCRIPTS[5]})
    html = made.as_raw_html()
    assert active(html, "style") == [] and html.count("<style>") == 1
    shown = words(html)
    for column in frame.select_dtypes(["str", "object"]):
        for value in frame[column].astype("str").unique():
            assert " ".join(str(value).split()) in shown
    assert made._repr_mimebundle_()["text/plain"]


QUESTIONS = [
    Question(topics=("elections", "leadership")),
    Question(topics=(), terms=(SCRIPTS[1], "$frac", "election*"), unit="per_1000_words", view="together"),
    Question(view="reporters"),
    Question(view="years", part=Part(reporters=(AUTHORS[0],))),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_widgets_show_words_and_do_nothing(told: Corpus, question: Question):
    """Chart, table and concordance of what is asked, and the sentence where it cannot be answered."""
    try:
        made = [exploring.figures(told, question).as_raw_html(), places.concordance(told, question)]
        made.append(widgets._image(exploring.chart(told, question)))
    except ValueError as error:
        made = [widgets._sentence(str(error))]
    assert all(active(html, "style") == [] for html in made)
    if "elections" in question.topics and question.view == "meetings":
        assert f"window.{MARK}=1" in words(made[1]) and NAMES[0] in words(made[1])


def test_every_control_takes_the_names(told: Corpus):
    """Reporters are options of a list, which is text to the browser."""
    box = widgets.explore(told)
    options = [o for child in box.children[0].children for c in child.children for o in getattr(c, "options", ())]
    assert AUTHORS[0] in options


@pytest.mark.parametrize("attack", ATTACKS)
def test_escaped_words_are_no_markdown(attack: str):
    """In a paragraph and in a list, a name of a page is words: no element but those, no picture, no formula."""
    for shown in (prose.say(f"By {prose.plain(attack)}."), prose.points(prose.quoted(attack), prose.plain(attack))):
        assert not re.search(r"(?<!\\)(\\\\)*\$", shown.data)  # JupyterLab would set what stands between two of them
        html = site._markdown(shown.data)
        tags = set(re.findall(r"<([a-z0-9]+)", html))
        assert active(html) == [] and tags <= {"p", "ul", "li", "a", "span"}
        links = re.findall(r'href="([^"]*)"', html)  # an address that stands in a name may become a link to itself
        assert all(link.startswith(("http", "mailto:")) for link in links)
        if "http" not in attack:
            assert links == [] and "".join(attack.split()[:1]) in words(html)


def test_a_page_of_the_site_does_nothing():
    """Streams, text, tables, sentences, alt texts and code: one style sheet, no script, nothing from elsewhere."""
    html = site.page(notebook(), SCRIPTS[1], [SCRIPTS[1], SCRIPTS[5]])
    assert active(html, "style", "meta", "link") == []
    assert html.count("<link") == 1 and "<title>" in html and f"<script>window.{MARK}" not in html


# Charts


@pytest.fixture(scope="module")
def drawn(place: Path) -> Path:
    """Charts that name reporters, in every format."""
    out = place / "exports"
    list(gallery.draw(place / "processed", out, ["coverage-by-reporter", "coverage", "keyness"]))
    site.contact_sheet(out)
    return out


def test_charts_take_no_word_for_mathematics_or_mark_up(drawn: Path):
    """The dollar signs, backslashes and angle brackets of a name stand in the picture; SVG is XML without scripts."""
    for path in drawn.glob("*.svg"):
        tree = xml.dom.minidom.parse(str(path))
        tags = {e.tagName for e in tree.getElementsByTagName("*")}
        assert not {"script", "image", "foreignObject", "a"} & tags, path.name
        assert active(path.read_text("utf-8"), "svg", "style") == []
        links = re.findall(r'(?:href|src)="([^"]*)"', path.read_text("utf-8"))
        assert all(link.startswith("#") for link in links)
    svg = xml.dom.minidom.parse(str(drawn / "coverage-by-reporter.svg"))
    said = " ".join(t.firstChild.data for t in svg.getElementsByTagName("text") if t.firstChild)
    assert r"$\frac{1}{0}$" in said and f"<script>window.{MARK}=1</script>" in said


def test_every_format_has_the_words_as_they_are(drawn: Path):
    """Alt text and title in all of them, without a control character."""
    assert {p.suffix[1:] for p in drawn.glob("coverage.*")} == set(FORMATS)
    text = (drawn / "coverage-by-reporter.txt").read_text("utf-8")
    assert AUTHORS[0] in text and not [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    from PIL import Image

    with Image.open(drawn / "coverage-by-reporter.png") as picture:
        assert AUTHORS[0] in picture.info["Description"]


def test_the_contact_sheet_does_nothing(drawn: Path):
    """Alt texts and sources hold the names of reporters."""
    html = (drawn / "index.html").read_text("utf-8")
    assert active(html, "style", "meta", "link") == [] and f"window.{MARK}=1" in words(html)


def test_a_catalogue_cannot_say_what_no_picture_takes(tmp_path: Path):
    """TOML can state any character; an escape in an author made an SVG that is no XML."""
    text = '[[page]]\nsha256 = "aa"\nauthor = "Jo\\u001b[2J\\u0000 \\u202eBloggs"\nurl = "https://a.example/\\u0007"\n'
    save(tmp_path, "sources.toml", text)
    assert catalogue.load(tmp_path).pages["aa"] == ("", "https://a.example/", "Jo [2J Bloggs", "catalogue")


# Terminals


def obeyed(text: str) -> set[str]:
    """What a terminal would obey, or what turns text round, in what a command said."""
    return {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}


OWN = (
    'name = "\\u001b[2Jmine"\nversion = "\\u202e1"\n[[topic]]\nkey = "a\\u0007"\nname = "\\u009b31m"\ngroup = "g\\u001b"\n'
    + ('definition = "d \\u2066 d"\nterms = ["tax\\u200b*", "tax", "tax\\u202e bill"]\n')
)
COMMANDS = [
    (["build", "--out", "made\x1b[2J"], cli.OK), (["status", "--lines", "50"], cli.OK), (["check"], cli.OK),
    (["add", "in/\x1b[31m.txt", "in/\u202ebad.txt", "--raw", "more"], cli.SKIPPED), (["add", "no\x1bsuch.txt"], cli.PROBLEM),
    (["sample", "\x1b[2Jdrawn.csv", "-n", "9", "--processed", "processed"], cli.OK),
    (["validate", "gold.csv", "--processed", "processed"], cli.OK),
    (["codebook", "list", "--codebook", "own.toml"], cli.OK),
    (["codebook", "show", "a\x07", "--codebook", "own.toml"], cli.OK),
    (["codebook", "check", "--codebook", "own.toml", "--processed", "processed"], cli.OK),
    (["codebook", "export", "\x1b[2J.csv", "--codebook", "own.toml"], cli.OK),
    (["codebook", "show", "\x1b[2J"], cli.PROBLEM), (["codebook", "list", "--codebook", "no\x1b.toml"], cli.PROBLEM),
    (["charts", "coverage", "--processed", "processed", "--out", "\x1b]0;x\x07", "--format", "csv"], cli.OK),
    (["charts", "\x1b[2J"], cli.PROBLEM), (["charts", "--processed", "\u202ehere"], cli.PROBLEM),
    (["fetch", "--dry-run"], cli.OK), (["fetch", "\x1b[2J.example", "--dry-run"], cli.PROBLEM),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code"),
    COMMANDS,
    ids=lambda x: " ".join(x[:2]).encode("unicode_escape").decode() if isinstance(x, list) else "",
)
def test_no_command_says_what_a_terminal_obeys(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], code: int
):  # fmt: skip
    """Titles, headings, unrecognised lines, file names, terms and the arguments themselves, on both streams."""
    for name in ("raw", "processed"):
        shutil.copytree(place / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "in", "\x1b[31m.txt", (place / "raw" / NAMES[0]).read_text("utf-8") + "\x1b[2J")
    save(tmp_path / "in", "\u202ebad.txt", b"")
    save(tmp_path, "own.toml", OWN)
    lines = pd.read_csv(tmp_path / "processed" / "passages.csv", dtype="str").merge(
        pd.read_csv(tmp_path / "processed" / "pages.csv", dtype="str"), on="page_id"
    )
    lines.assign(topics="health")[["file", "line", "topics"]].to_csv(tmp_path / "gold.csv", index=False)
    first = platforms.ways(platforms.sites(Path("raw"))["aliceperry.wordpress.com"], "")[0].first
    dated = {
        "site": "aliceperry.wordpress.com",
        "status": 200,
        "next": "https://a/\x1b[2J",
        "file": "\x1b[2J",
        "posts": ["a"],
    }
    found = [{**dated, "url": u} for u in (first, "https://a/\x1b[2J")]
    save(tmp_path / "raw", "ledger.jsonl", "\n".join(map(json.dumps, found)))
    capsys.readouterr()
    assert cli.main(command) == code
    said = capsys.readouterr()
    assert said.out + said.err and obeyed(said.out) == set() == obeyed(said.err)


def test_wrong_use_is_shown_as_it_stands(capsys: pytest.CaptureFixture[str]):
    """A file name that a shell put where an option stands is named by the parser itself."""
    with pytest.raises(SystemExit):
        cli.main(["build", "--\x1b[2J"])
    said = capsys.readouterr().err
    assert r"--\x1b[2J" in said and obeyed(said) == set()


def test_status_keeps_a_line_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A file name with a line end in it cannot speak for another page."""
    save(tmp_path, "a\nb.txt  text, archive, 9 posts, 7 characters.txt", "NEC report – 3 March 2019\n\nWe met again.\n")
    assert cli.main(["status", "--raw", str(tmp_path)]) == cli.OK
    assert capsys.readouterr().out.startswith("a\\nb.txt  text")


# Spreadsheets


@given(st.text(st.sampled_from("'=+-@ \t\r\n\"a1＝＋"), max_size=8) | st.sampled_from(FORMULAS) | st.text(max_size=20))
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str):
    """Nothing that Excel or LibreOffice takes for the beginning of a formula; and nothing is lost."""
    assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", plain.cell(cell))
    assert plain.uncelled(plain.cell(cell)) == cell


def test_words_are_guarded_and_numbers_are_not():
    """Nor truth values, dates and what is missing."""
    frame = pd.DataFrame({
        "a": ["=1", "b"], "n": [-1, 2], "x": [-0.5, None], "d": pd.to_datetime(["2019-03-01", None]), "t": [True, False],
        "k": pd.Categorical(["@k", "l"]), "m": pd.array([-1, None], dtype="Int64"),
    })  # fmt: skip
    found = plain.cells(frame)
    assert found["a"].tolist() == ["'=1", "b"] and found["k"].tolist() == ["'@k", "l"]
    pd.testing.assert_frame_equal(found[["n", "x", "d", "t", "m"]], frame[["n", "x", "d", "t", "m"]])


def test_a_carriage_return_ends_no_row():
    """Left bare, what stands after it is a cell of its own: LibreOffice calculated it."""
    said = plain.sheet(pd.DataFrame({"a": ["b\r=1+1", "c"], "n": [-1.5, 2.0]}), "%.10g")
    assert said == '"a","n"\n"b\r=1+1","-1.5"\n"c","2"\n'
    assert plain.sheet(pd.DataFrame({"a": ["b", "=c"], "n": [-1, 2]})) == "a,n\nb,-1\n'=c,2\n"


def test_a_codebook_comes_back_from_its_table(tmp_path: Path):
    """Terms marked with = are formulas to a spreadsheet, which would write back an error in their place."""
    terms = [("a", "=Unite", "strong"), ("a", "tax*", "weak"), ("a", "'=x", "strong"), ("a", "-x", "strong")]
    book = codebook.build("t", "1", [{"key": "a", "name": "a"}], terms)
    codebook.write_csv(book, tmp_path / "own.csv")
    assert "\na,'=Unite,strong\n" in (tmp_path / "own.csv").read_text("utf-8")
    assert codebook.load(tmp_path / "own.csv").terms.equals(book.terms)


def test_a_sample_is_guarded_and_its_files_are_found_again(place: Path, told: Corpus, tmp_path: Path):
    """No cell of what people fill in in a spreadsheet is a formula; `validate` reads the names that were meant."""
    out = tmp_path / "gold.csv"
    assert cli.main(["sample", str(out), "-n", "200", "--processed", str(place / "processed")]) == cli.OK
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    formulas = re.compile(r"\s*[=+\-@]|[\t\r]")
    assert [r for r in rows for c in r.values() if formulas.match(c)] == []
    assert any(r["text"].startswith("'=") for r in rows) and any(r["file"].startswith("'=1+1") for r in rows)
    assert cli.main(["validate", str(out), "--processed", str(place / "processed")]) == cli.OK
    from necdata.counting import validation

    report = validation.validate(
        out, told.codings, told.passages, told.pages, [str(k) for k in told.topics["topic"].unique()]
    )
    assert report.n_passages == len({(r["file"], r["line"]) for r in rows}) and report.unmatched.empty


def test_the_tables_are_data_as_it_is(place: Path, told: Corpus):
    """processed/ is not guarded: what is loaded is what the pages say, formulas and all."""
    assert any(text.startswith("=HYPERLINK") for text in told.text)
    assert "\n=" in "".join(
        f"\n{r['text']}" for r in csv.DictReader((place / "processed" / "text.csv").open(encoding="utf-8"))
    )


SHEETS = pytest.mark.skipif(not os.environ.get("NECDATA_SPREADSHEET"), reason="NECDATA_SPREADSHEET=1 opens LibreOffice")


@SHEETS
def test_libreoffice_takes_guarded_cells_for_text(place: Path, told: Corpus, tmp_path: Path):
    """Opened by LibreOffice itself: every attack unguarded and guarded, and a sample; only unguarded ones calculate."""
    office = shutil.which("soffice")
    assert office, "install LibreOffice Calc (apt install libreoffice-calc --no-install-recommends)"
    frame = pd.DataFrame({"attack": FORMULAS})
    frame.to_csv(tmp_path / "bare.csv", index=False)
    save(tmp_path, "guarded.csv", plain.sheet(frame))
    cli.main(["sample", str(tmp_path / "sample.csv"), "-n", "200", "--processed", str(place / "processed")])
    names = ["bare", "guarded", "sample"]
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "fods",
         "--infilter=CSV:44,34,76,1", "--outdir", str(tmp_path), *(str(tmp_path / f"{n}.csv") for n in names)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    formulas = {name: (tmp_path / f"{name}.fods").read_text("utf-8").count("table:formula=") for name in names}
    assert formulas["bare"] >= 3 and formulas["guarded"] == formulas["sample"] == 0


# Names of files


@pytest.mark.parametrize("name", [*NAMES, *(f"{i}{t}.txt" for i, t in enumerate(TERMINAL) if "/" not in t)])
def test_a_page_of_any_name_stays_in_its_folder(tmp_path: Path, name: str):
    """Added under its own name, which is not looked into."""
    page = save(
        tmp_path / "in", name, "NEC report – 3 March 2019\n\nThe NEC met and talked about hedges for a while.\n"
    )
    assert cli.main(["add", str(page), "--raw", str(tmp_path / "raw")]) == cli.OK
    assert {p.name for p in (tmp_path / "raw").iterdir()} == {name} and {p.name for p in tmp_path.iterdir()} == {
        "in",
        "raw",
    }


def test_an_own_codebook_shows_its_words(tmp_path: Path):
    """The terms of the hostile codebook are terms: it loads, and its faults are found."""
    book = codebook.load(save(tmp_path, "own.toml", OWN))
    assert len(codebook.check(book)) >= 1
