"""Bylines: who wrote a thing and when, and which lines only look like one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.reading import bylines
from necdata.reading.bylines import Byline

JUNE = dt.date(2012, 6, 13)


@pytest.mark.parametrize(
    ("line", "authors", "date"),
    [
        ("June 13, 2012 1:49 pm", (), JUNE),
        ("Wednesday, June 13, 2012", (), JUNE),
        ("13/06/2012", (), JUNE),
        ("13th June, 2012", (), JUNE),
        ("By Cordelia Marsh", ("Cordelia Marsh",), None),
        ("Posted by Cordelia Marsh at 10:47 am", ("Cordelia Marsh",), None),
        ("Posted on 13 June 2012 by Cordelia Marsh", ("Cordelia Marsh",), JUNE),
        ("13 June 2012 | Cordelia Marsh | 4 comments", ("Cordelia Marsh",), JUNE),
        ("Cordelia Marsh — 13 June 2012", ("Cordelia Marsh",), JUNE),
        ("By Cllr Cordelia Marsh and Tobias Wren on 13 June 2012", ("Cordelia Marsh", "Tobias Wren"), JUNE),
        ("Author: Cordelia Marsh Date: 13 June 2012", ("Cordelia Marsh",), JUNE),
        ("From: Cordelia Marsh <cm@example.org>", ("Cordelia Marsh",), None),
        ("Sent: 13 June 2012 23:51", (), JUNE),
        ("Posted on 13 June 2012 by admin", (), JUNE),
        ("Published 13 June 2012, last updated 2 May 2019", (), JUNE),
        ("Last updated 2 May 2019, published 13 June 2012", (), JUNE),
        ("This was first published on 13 June 2012.", (), JUNE),
    ],
)
def test_bylines_are_read(line: str, authors: tuple[str, ...], date: dt.date | None):
    """Names without titles, the day of publication, in the shapes that sites print."""
    assert bylines.read(line) == Byline(authors, date)


@pytest.mark.parametrize(
    "line",
    [
        "NEC Report – 28 November 2023",
        "Labour NEC Report – 14 January 2020",
        "Labour NEC Report – March 2019",
        "The NEC met on 13 June 2012.",
        "On 13 June 2012, Cordelia Marsh, we all went home early.",
        "Date of meeting: 13 June 2012",
        "Meeting held on 13 June 2012",
        "Leader’s Report",
        "13 June",
        "June 2012",
        "The next meeting is on Tuesday 13 June 2012 in the upper field",
        "By and large the meeting was a good one",
        "",
    ],
)
def test_titles_and_sentences_with_dates_are_no_bylines(line: str):
    """A report's title, what it says of its meeting, and a date without a year are not credits."""
    assert bylines.read(line) is None


@pytest.mark.parametrize(
    "line", ["Photo by Una Bright", "Speech by Una Bright", "Motion by Una Bright", "Presentation by Una Bright"]
)
def test_who_took_a_picture_or_moved_a_motion_did_not_write_the_post(line: str):
    """A credit of something else, and a heading with "by" in it, name no author."""
    assert bylines.read(line) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cordelia Marsh", ("Cordelia Marsh",)),
        ("CORDELIA MARSH", ("Cordelia Marsh",)),
        ("Cordelia Marsh, Tobias Wren & Una McBride", ("Cordelia Marsh", "Tobias Wren", "Una McBride")),
        ("Dr Una O’Leary / Wilf de Souza", ("Una O’Leary", "Wilf de Souza")),
        ("Cordelia Marsh, Cordelia Marsh", ("Cordelia Marsh",)),
        ("Labour Party", ()),
        ("Annual Conference", ()),
        ("guest post", ()),
        ("November Meeting", ()),
    ],
)
def test_names_are_told_from_words(text: str, found: tuple[str, ...]):
    """People, without their titles and each once; bodies, months and accounts are nobody."""
    assert bylines.names(text) == found


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Anonymous Old Digger said...", True),
        ("Old Digger said…", True),
        ("Una Bright says:", True),
        ("Una Bright says: 13 June 2012 at 10:02", True),
        ("The leader said that nobody had said anything...", False),
        ("Una Bright said the sheds were full", False),
        ("Leader’s Report", False),
    ],
)
def test_lines_that_open_a_comment_are_told_from_reported_speech(line: str, opens: bool):
    """ "X said..." opens a comment; a sentence in which somebody said something does not."""
    assert bylines.opens_comment(line) is opens


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("3 years ago", True), ("Reply", True), ("Like · Reply", True), ("2 likes", True), ("Leader", False),
        ("The NEC met an hour ago", False), ("", False), ("•", False),
    ],
)  # fmt: skip
def test_small_print_of_comments_is_told_from_words(line: str, stamp: bool):
    """Ages, votes and buttons are small print; words are not."""
    assert bylines.is_stamp(line) is stamp


@given(st.text(max_size=200))
def test_any_line_is_a_byline_or_not(line: str):
    """No line makes the reading of bylines fail, and names found stand in the line."""
    found = bylines.read(line)
    assert found is None or all(name.casefold().split()[0] in line.casefold() for name in found.authors)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2026, 12, 31)))
def test_a_date_line_gives_its_date_back(day: dt.date):
    """Whatever the day, the date line over a blog post is read as it."""
    assert bylines.read(f"{day:%A}, {day:%B} {day.day}, {day.year}") == Byline((), day)
    assert bylines.read(f"Posted on {day.day} {day:%B %Y} by Una Bright") == Byline(("Una Bright",), day)


@pytest.mark.parametrize(
    ("printed", "found"), [("By Unknown", ()), ("By Jo Bloggs", ("Jo Bloggs",)), ("by Jo Bloggs", ("Jo Bloggs",))]
)
def test_by_is_no_given_name(printed: str, found: tuple[str, ...]):
    """A feed that states "Unknown" as its writer states nobody."""
    assert bylines.names(printed) == found
