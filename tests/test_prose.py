"""Prose: numbers and dates as people write them, and nothing from a page read as mark-up."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.publishing import prose


@pytest.mark.parametrize(
    ("n", "written"), [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (1234, "1,234"), (-3, "-3")]
)
def test_counts_are_words_up_to_ten(n: int, written: str):
    """Words for the small, digits with commas for the large."""
    assert prose.number(n) == written


def test_nouns_agree_with_their_number():
    """One report, two reports, no reports; plurals that are not made with s can be given."""
    said = [prose.count(n, "report") for n in (0, 1, 2, 22)]
    assert said == ["no reports", "one report", "two reports", "22 reports"]
    assert prose.count(3, "body", "bodies") == "three bodies"


def test_shares_are_whole_percentages():
    """A little is not written as nothing, and of nothing there is no share."""
    assert [prose.share(0.456), prose.share(1, 3), prose.share(0, 7), prose.share(2, 500)] == [
        "46%",
        "33%",
        "0%",
        "0.4%",
    ]
    assert prose.share(0, 0) == "no share"


def test_lists_are_joined_as_in_a_sentence():
    """None, one, two, three."""
    assert [prose.listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"estimate": 0.25, "low": 0.104, "high": 0.4}, "25% (95% interval 10 to 40%)"),
        ({"estimate": 0.25, "low": None, "high": None, "interval": "none: 3 of them"}, "25% (no interval: 3 of them)"),
    ],
)  # fmt: skip
def test_estimates_come_with_their_interval_or_say_that_there_is_none(row: dict[str, object], said: str):
    """Never a bare estimate."""
    assert prose.interval(pd.Series(row)) == said


def test_long_lists_are_cut_and_the_rest_counted():
    """Of five, three: two by name, the rest by number."""
    assert prose.listed(list("abcde"), 3) == "a, b and three others"
    assert prose.listed(list("abc"), 3) == "a, b and c"


def test_verbs_and_sentences_fit_their_counts():
    """One is, two are; the first letter is a capital and the others stay."""
    assert [prose.verb(n) for n in (0, 1, 2)] == ["are", "is", "are"]
    assert prose.sentence("two NEC meetings") == "Two NEC meetings" and prose.sentence("") == ""


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2023-11-28", "2023-11-28", "28 November 2023"),
        ("2017-07-01", "2017-07-31", "July 2017"),
        ("2020-07-21", "2020-09-29", "21 July to 29 September 2020"),
        ("2019-12-30", "2020-01-02", "30 December 2019 to 2 January 2020"),
        (None, None, "a day that is not known"),
    ],
)
def test_dates_are_written_as_exactly_as_they_are_known(start: str | None, end: str | None, said: str):
    """A day, a month, a span, or that nobody knows."""
    assert prose.when(pd.Series({"start": pd.Timestamp(start), "end": pd.Timestamp(end)})) == said


@given(st.text())
def test_what_a_page_says_is_no_mark_up(text: str):
    """Every sign that Markdown or HTML would read is escaped, and the words can be got back."""
    import html
    import re

    escaped = prose.plain(text).replace("<span>&#36;</span>", "&dollar;").replace("&#58;", "&colon;")
    assert not re.search(r"(?<!\\)[`*_{}\[\]#|$~]", escaped.replace("\\\\", "")) and "<" not in escaped
    assert html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+!|$~])", r"\1", escaped)) == html.unescape(
        text.replace("&", "&amp;")
    )


def test_sentences_are_shown_as_markdown():
    """A notebook shows them as one paragraph."""
    shown = prose.say("One report.", "Two *reports*.")
    assert shown._repr_markdown_() == "One report. Two *reports*."
