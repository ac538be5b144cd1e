"""What fuzzing and ill-treatment found, each with the input that showed it; docs/reliability.md lists them.

The findings of `benchmarks/torture.py` (killed builds, links, odd names, cells that no build writes, closed streams)
stand with their promises in test_faults.py, test_store.py and test_adding.py.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from written import save

from necdata.coding import codebook, matching
from necdata.dating import titled
from necdata.fetching import ledger
from necdata.formats import pages
from necdata.reading import bylines, dates, furniture, lines, posts
from necdata.reading.page import Page
from necdata.storage import store
from necdata.storage.store import StoreError


@contextlib.contextmanager
def ends() -> Iterator[None]:
    """Guard against work without end: 30 seconds of processor time, for what needs none to speak of."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise AssertionError("30 seconds of processor time were not enough")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, 30)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# Dates


@pytest.mark.parametrize(
    ("text", "month", "weekday"),
    [("ſunday 3 March 2019", 3, 6), ("ſat 2 March 2019", 3, 5), ("3 Auguſt 2019", 8, None), ("ſept 3, 2019", 9, None)],
)
def test_a_long_s_is_an_s(text: str, month: int, weekday: int | None):
    """To patterns that ignore case it is one, so it must be one to the tables of names: it ended in StopIteration."""
    found = dates.find(text)
    assert [(e.month, e.weekday) for e in found] == [(month, weekday)]
    assert dates.weekday_of("met on ſunday") == 6


def test_numbers_before_a_month_are_read_once():
    """Each of thousands of numbers was taken for the first of a list of days; no list is longer than a month."""
    with ends():
        assert dates.find("1, " * 100_000 + "March") == []
    assert dates.find("4, 7, 8 and 9 March 2019")[0].span(2019) == dates.find("4 to 9 March 2019")[0].span(2019)


def test_dates_in_one_line_do_not_multiply():
    """Each was held against all that were found before it."""
    line = "1 March 2019 " * 30_000
    with ends():
        found = dates.find(line, loose=True)
    assert len(found) == 30_000 and all(line[e.begin : e.end] == "1 March 2019" for e in found)


def test_the_first_form_that_takes_a_place_keeps_it():
    """As before the dates were put in order while they are found: long forms first, nothing overlaps."""
    said = "2019, 4 to 9 March 2020, May; 3/4/2017 and 28 November to 2 December 2017, June 2016"
    assert [e.text.strip(" ,;") for e in dates.find(said, loose=True)] == [
        "2019", "4 to 9 March 2020", "May", "3/4/2017", "28 November to 2 December 2017", "June 2016",
    ]  # fmt: skip


def test_a_title_of_dates_is_no_work():
    """What stands before each date is looked at for a few words only."""
    with ends():
        assert len(titled.title_dates("1 March " * 20_000)) == 20_000
    assert titled.title_dates("NEC report, posted on 3 March 2019") == []


# Lines


@pytest.mark.parametrize("tail", ["x", "!", " ago", " weeks"])
def test_a_row_of_digits_is_read_once(tail: str):
    """45 digits have 2⁴⁴ partings."""
    with ends():
        assert not bylines.is_stamp("1" * 45 + tail)
    assert bylines.is_stamp("13 weeks ago") and bylines.is_stamp("+5 · Reply · 2 weeks ago")


def test_a_long_word_in_a_trail_of_links_is_read_once():
    """A word of 80 letters can be parted into five in a million and a half ways, two of them in as many squared."""
    with ends():
        assert furniture.name("home | " + "a" * 80 + " | " + "b" * 80 + "!") == ""
    assert furniture.name("home | about us | what we do now") == "navigation"


def test_a_credit_of_spaces_is_read_once():
    """Each run of white space was sought through from each of its places."""
    with ends():
        assert bylines.names("By A" + " \t\u00a0" * 50_000 + "B") == ()
    assert bylines.names("Jo  Bloggs \t and\nKim\u00a0Lee") == ("Jo Bloggs", "Kim Lee")


def test_a_page_of_traps_is_read_and_adds_up():
    """The digits and the trail, from a page of 4 KB; every character is in an account."""
    text = "NEC report – 3 March 2019\n\n" + "\n".join(["1" * 45 + "x", "home | " + "a" * 80 + "!", "We met."] * 30)
    with ends():
        reading = posts.read(Page("0badcafe", "page", "0" * 64, "text", len(text), tuple(pages.number(text))))
    assert reading.accounts().total() == len(text) and reading.posts[0].title == "NEC report – 3 March 2019"
    assert lines.look("1" * 45 + "x") == ("short", "")


@pytest.mark.parametrize("word", ["A", "O’", "Ab-"])
def test_a_title_of_capitals_is_read_once(word: str):
    """A name was sought from each of its letters to the end of the line."""
    text = word * 200_000 + "1\n\nNEC report – 3 March 2019\n\nWe met and talked about hedges for some hours.\n"
    with ends():
        reading = posts.read(Page("0badcafe", "page", "0" * 64, "text", len(text), tuple(pages.number(text))))
    assert reading.accounts().total() == len(text)


def test_nothing_is_no_heading():
    """An empty line has no first character to look at."""
    assert not lines.is_short("") and lines.look("") == ("text", "")


# Codebooks


def test_a_term_of_hyphens_is_refused():
    """Each hyphen parts or joins, so that forty have 2⁴⁰ spellings; ten are more than anybody writes."""
    with ends(), pytest.raises(ValueError, match="the term 'a-a-.*…' has too many hyphens; write it as several terms"):
        matching.forms("-".join("a" * 41))
    with ends(), pytest.raises(ValueError, match="too many hyphens"):
        matching.forms(" ".join(["by-and-by-election"] * 20))
    assert len(matching.forms("-".join("abcdefghijk"))) == 1024


def test_stars_do_not_multiply():
    """A wildcard of many stars tried every way to share a long word out among them."""
    glob = "*a" * 30 + "*b?c*"
    with ends():
        assert not matching.matches_word(glob, "a" * 2000)
        assert matching.matches_word(glob, "a" * 2000 + "bxcd")
    assert matching.matches_word("c*mp*gn", "campaign") and not matching.matches_word("c*mp*gn", "campaigns")
    assert matching.matches_word("a*ab", "aab") and not matching.matches_word("a*ab", "ab")


BROKEN = [
    "a: [", "&a *a", "a: !!python/object:os.system x", "? [1]\n: 2", "a: 2019-13-45", "a: \x00", "[" * 5000, b"a: \xff",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_broken_yaml_is_one_sentence_that_names_the_file(tmp_path: Path, text: str | bytes):
    """It ended in YAML's own errors, of many lines and without the file."""
    with pytest.raises(ValueError, match=r"own\.yml: not valid YAML \(.*\); mend it") as caught:
        codebook.load(save(tmp_path, "own.yml", text))
    assert type(caught.value) is ValueError and "\n" not in str(caught.value)


UNREADABLE = [
    ("own.toml", b"\xff"), ("own.toml", "a = " + "[" * 5000), ("own.csv", b"\xff,\xfe"), ("own.csv", 'topic,term\na,"b'),
    ("own.csv", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), UNREADABLE)
def test_other_broken_codebooks_name_the_file(tmp_path: Path, name: str, text: str | bytes):
    """Bytes that are no UTF-8, brackets without end, an open quotation mark and nothing at all."""
    with pytest.raises(ValueError, match=rf"{name}: not valid {name[4:].upper()} \("):
        codebook.load(save(tmp_path, name, text))


TOPIC = 'name = "t"\nversion = "1"\n[[topic]]\nkey = "a"\n'
WRONG = [
    ("own.toml", TOPIC + "terms = 5", "topic a, terms: terms must be a list, not int"),
    ("own.toml", TOPIC + "weak = [['x']]", "topic a, weak: a term must be text, not list"),
    ("own.toml", TOPIC + "definition = 5", "topic 1: definition must be text"),
    ("own.toml", 'name = "t"\nversion = "1"\ntopic = [3]', "topic 1 is no table"),
    ("own.yml", "a: 5", "topic a: terms must be a list, not int"),
    ("own.yml", "a:\n  strong: 5", "topic a: terms must be a list, not int"),
    ("own.yml", "a:\n- no", "topic a: a term must be text, not bool; put it in quotation marks"),
    ("own.yml", "a: [2019-03-01]", "topic a: a term must be text, not date"),
]


@pytest.mark.parametrize(("name", "text", "problem"), WRONG)
def test_what_is_no_list_of_terms_is_said(tmp_path: Path, name: str, text: str, problem: str):
    """A number in its place ended in a TypeError."""
    with pytest.raises(ValueError, match=problem) as caught:
        codebook.load(save(tmp_path, name, text))
    assert str(tmp_path / name) in str(caught.value)


def test_one_term_and_a_number_are_terms(tmp_path: Path):
    """What stands alone is a list of one, and 1922 is a word."""
    book = codebook.load(save(tmp_path, "own.yml", "a: rail*\nb: [1922]\nc:\n"))
    assert book.terms["term"].tolist() == ["rail*", "1922"] and book.keys == ["a", "b", "c"]


def test_yaml_that_grows_is_not_unfolded(tmp_path: Path):
    """Nine lists of nine lists, nine deep, are refused for the first that is no term."""
    listed = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 10))
    with ends(), pytest.raises(ValueError, match="topic l1: a term must be text, not list"):
        codebook.load(save(tmp_path, "own.yml", "l0: &l0 [tax]\n" + listed))


# Files of our own that somebody changed


@pytest.mark.parametrize("name", ["a" * 5000, "b/" * 3000, "../" * 50 + "etc/" + "p" * 300])
def test_a_name_in_the_ledger_that_is_none_is_no_file(tmp_path: Path, name: str):
    """One too long for the file system stopped `fetch`."""
    entry = ledger.Entry(site="plots.example", status=200, sha256="aa", file=name, posts=("a",))
    ledger.append(tmp_path, entry)
    assert ledger.held(ledger.read(tmp_path), tmp_path) == set()


def test_an_integer_with_a_fraction_is_no_integer(tmp_path: Path):
    """It is said with its table, and not cut off."""
    row = {c.name: ["1"] for c in store.TABLES["copies"].columns}
    pd.DataFrame({**row, "line": ["1.5"]}).to_csv(tmp_path / "copies.csv", index=False)
    with pytest.raises(StoreError, match=r"copies\.csv: .*run `necdata build` again"):
        store.read(tmp_path, "copies")
