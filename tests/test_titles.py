"""Titles: what the words of a title or heading tell, and the canonical names of standing items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.reading import titles

REPORTS = [
    "Labour NEC Report – March 2019", "NEC Report: Special meeting on the great frost", "NEC, 25 January",
    "Report of NEC meeting – 29th May 2012", "Report from April’s Emergency NEC meeting",
    "NEC Away-day Report – January 2020",
    "N.E.C. notes, July", "What happened at the National Executive meeting", "Executive report, 19 July 2011",
    "Organisation Committee and Disputes Panel - October 2018", "Clause V meeting – 11 May 2017", "My first NEC",
]  # fmt: skip
NOT_REPORTS = [
    "Leader’s Report", "NEC Rule Changes", "Why I am standing for the council", "How to grow marrows", "Away day",
    "General Secretary’s Report", "Conference 2016", "NEC-backed candidates", "The executive summary", "",
]  # fmt: skip


@pytest.mark.parametrize("title", REPORTS)
def test_titles_of_reports_are_told(title: str):
    """The NEC or a part of it, with a report, a meeting or a date."""
    assert titles.is_report(title)


@pytest.mark.parametrize("title", NOT_REPORTS)
def test_other_headings_are_not_taken_for_reports(title: str):
    """Standing items, rule changes and pieces that name no meeting of the NEC."""
    assert not titles.is_report(title)


@pytest.mark.parametrize(
    ("title", "explains"),
    [
        ("What is Labour’s Clause V meeting for?", True),
        ("How Labour’s NPF works – and how to get involved", True),
        ("The party’s rules explained", True),
        ("What the NEC decided in March", False),
        ("What happened when Labour met", False),
        ("Longest meeting ever?", False),
        ("Labour NEC Report – March 2019", False),
    ],
)
def test_explainers_are_told_from_reports_that_ask(title: str, explains: bool):
    """ "How it works" explains; "what was decided" reports."""
    assert titles.is_explainer(title) is explains


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Leader’s Report;", "Leader's report"), ("leader's report", "Leader's report"),
        ("1. Leader’s Report", "Leader's report"), ("Leader Report", "Leader's report"),
        ("Deputy Leader’s report", "Deputy Leader's report"),
        ("General Secretary Report", "General Secretary's report"),
        ("General Secretary’s Report:", "General Secretary's report"), ("Treasurer’s report;", "Treasurer's report"),
        ("Campaign Co-ordinator’s report;", "Campaign Co-ordinator's report"),
        ("International report", "International report"), ("EPLP Report", "EPLP report"),
        ("Conference Arrangements Committee Report", "Conference arrangements report"),
        ("Disputes Panel", "Disputes panel report"), ("Any other business", "Any other business"),
        ("Other issues;", "Any other business"), ("Local Government", "Local government report"),
        ("(b) Membership", "Membership report"), ("AOB", "Any other business"),
        ("Women’s Conference", "Women's conference"), ("By-elections", "By-elections"),
        ("Baby Leave", ""), ("Leadership election", ""), ("Leader of the band", ""),
        ("The general secretary resigns", ""), ("", ""),
    ],
)  # fmt: skip
def test_standing_items_get_their_canonical_name(heading: str, name: str):
    """Numbers, semicolons, apostrophes and typos fall away; the reporter's own headings get none."""
    assert titles.standing_item(heading) == name


def test_an_apostrophe_left_out_is_no_other_heading():
    """ "Leaders Report" is the Leader's report, as "General Secretarys Report" is the General Secretary's."""
    assert titles.standing_item("General Secretarys Report") == "General Secretary's report"
    assert titles.standing_item("Leaders Report") == "Leader's report"


def test_every_canonical_name_is_its_own():
    """A canonical name read as a heading gives itself, so that a table can be read again."""
    assert {name: titles.standing_item(name) for name, _ in titles.STANDING} == {n: n for n, _ in titles.STANDING}


@given(st.text(max_size=120))
def test_any_heading_can_be_asked(heading: str):
    """No heading makes a rule fail, and only listed names are given."""
    assert titles.standing_item(heading) in {"", *(name for name, _ in titles.STANDING)}
    titles.is_report(heading)
    titles.is_explainer(heading)
