"""Kinds: what meeting a post reports, told from its words, and which posts report none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, read

from necdata.reading.kinds import KINDS, kind
from necdata.reading.posts import Passage, Post, Section

AGREED = "We heard reports from the regions, and it was agreed that the rota should be read aloud."


def post(title: str, *passages: str, headings: tuple[str, ...] = ()) -> Post:
    """Make a post of a title and passages."""
    sections = (Section(2, ""), *(Section(3, h) for h in headings))
    told = tuple(Passage(i, text, "paragraph", 0) for i, text in enumerate(passages, 2))
    return Post("0badcafe", 0, 1, title, (), None, sections, told, False, 0)


@pytest.mark.parametrize(
    ("expected", "title", "opening"),
    [
        ("full_meeting", "Labour NEC Report – March 2019", "The NEC met in the long shed."),
        ("full_meeting", "Report of NEC meeting – 29th May 2012", "The NEC met in the barn for once."),
        ("full_meeting", "A long day by the river", "The NEC met on Tuesday and I asked about ladders."),
        ("away_day", "NEC Away-day Report – January 2020", "The NEC spent a day on plans."),
        ("away_day", "NEC Report – 28 November 2023", "The Away Day of the NEC came late this year."),
        ("sub_committee", "Labour NEC Sub-Committees Report – July 2017", "The committees met this week."),
        ("sub_committee", "Labour NEC Report – 14 January 2020", "Two sub-committees of the NEC met this week."),
        ("sub_committee", "Organisation Committee report – May 2018", "The organisation committee met and read rules."),
        ("special_meeting", "Report from April’s Emergency NEC meeting", "The NEC met at an hour’s notice."),
        ("special_meeting", "NEC Report: Special meeting on the great frost", "The NEC looked at what had happened."),
        ("clause_v", "NEC Report: Clause 5 Manifesto Meeting", "The NEC and the shadow cabinet agreed the manifesto."),
        ("clause_v", "Clause V meeting – 11 May 2017", "The NEC was one of many bodies in the room."),
        ("conference", "NEC Report – Labour Party Conference 2016", "Conference week began in the rain by the sea."),
    ],
)  # fmt: skip
def test_reports_are_told_by_kind(expected: str, title: str, opening: str):
    """The title's words first, then those of the opening."""
    assert kind(post(title, opening, AGREED))[0] == expected


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        (
            "What is Labour’s Clause V meeting for?",
            "The meeting will be held in a few weeks, and this is who goes to it.",
        ),
        ("How Labour’s NPF works – and how to get involved", "The forum has two hundred members and a website."),
        ("Why I am standing for the NEC", "I have been a member for thirty years and ask for your vote."),
        ("Letter to council leaders on hedges", "Dear colleagues, we write about hedges and their keepers."),
        ("Unison NEC report – May 2018", "The union’s national executive council met and discussed pay."),
        ("Welsh Executive: report of the March meeting", "The Welsh Executive met in Cardiff and agreed on leeks."),
        ("Notes from the National Policy Forum", "The forum met in Leeds and split into groups."),
        ("NEC to vote on hedges next week", "According to sources the committee will decide on Tuesday."),
        ("NEC meeting cancelled", "The meeting of the NEC was cancelled on account of snow."),
        ("How to grow marrows", "Marrows want sun, patience and a good deal of water."),
        ("", "Marrows want sun, patience and a good deal of water."),
    ],
)
def test_posts_that_report_no_meeting_are_told(title: str, opening: str):
    """Explainers, candidates, letters, other bodies, news, a meeting called off: none is a report."""
    assert kind(post(title, opening))[0] == "not_a_report"


def test_a_post_is_known_by_its_standing_items_too():
    """Without a telling title, the agenda of a meeting of the NEC gives it away."""
    items = ("Leader’s Report", "General Secretary’s Report", "International report")
    assert kind(post("A long day by the river", "The NEC had much to do.", AGREED, headings=items))[0] == "full_meeting"


def test_the_next_meeting_is_not_this_one():
    """A special meeting, an away day and a sub-committee still to come do not make this one theirs."""
    for coming in ("special meeting of the NEC", "away day", "organisation committee"):
        told = post(
            "Labour NEC Report – March 2019", "The NEC met in the shed.", AGREED, f"The next {coming} is in May."
        )
        assert kind(told)[0] == "full_meeting", coming


def test_a_reason_is_given_in_words():
    """Where a kind is from: the title, the opening, or what spoke against a report."""
    assert kind(post("NEC Away-day Report – January 2020", AGREED)) == ("away_day", "title")
    assert "explainer" in kind(post("What is Labour’s Clause V meeting for?", AGREED))[1]


def test_the_pages_written_for_the_tests_are_reports():
    """Every post of the layouts' pages is a meeting's, one of them an away day."""
    found = [kind(p)[0] for page in (ARCHIVE, BLOGSPOT, LABOURLIST, REPORT) for p in read(page).posts]
    assert found == ["full_meeting", "full_meeting", "away_day", *["full_meeting"] * 5]


@given(st.text(max_size=100), st.lists(st.text(max_size=200), max_size=4))
def test_any_post_has_a_kind(title: str, passages: list[str]):
    """No text makes the telling fail."""
    assert kind(post(title, *passages))[0] in KINDS


@pytest.mark.parametrize(
    ("title", "opening", "more"),
    [
        (
            "National Policy Forum, Leeds, 14-15 December 2012",
            "At the first full NPF for two years we elected a chair, argued about the agenda and heard of conference.",
            (),
        ),
        (
            "Motions passed at the September meeting",
            "This constituency party calls on the National Executive Committee to support open selection.",
            ("Carried, 41 to 6. The chair of conference was thanked, and it was agreed.",),
        ),
        (
            "What does the Organisation Sub do?",
            "The organisation committee of the NEC meets before the full committee.",
            (AGREED, AGREED),
        ),
    ],
)
def test_what_stands_beside_reports_is_none(title: str, opening: str, more: tuple[str, ...]):
    """The policy forum's own meeting, a local party's motion and what a committee is for."""
    assert kind(post(title, opening, *more)._replace(context="NEC reports"))[0] == "not_a_report"


@pytest.mark.parametrize(
    ("expected", "title", "opening"),
    [
        ("full_meeting", "What we talked about at the NEC", "Thanks to all who came on the coach on Saturday."),
        ("special_meeting", "That meeting", "An emergency meeting with one secret ballot, and yesterday evening we left."),
        ("clause_v", "632 names", "Yesterday the NEC sat with the cabinet to agree our manifesto under Clause V of the rules."),
    ],
)  # fmt: skip
def test_reports_in_few_words_are_told(expected: str, title: str, opening: str):
    """A title that says what was talked about, a secret ballot, a manifesto agreed under the clause."""
    told = post(title, opening, AGREED)._replace(context="NEC reports" if title == "That meeting" else "")
    assert kind(told)[0] == expected
