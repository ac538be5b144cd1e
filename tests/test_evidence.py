"""Evidence: which dates a post proposes for its meeting, at what cost, and in which words."""

from __future__ import annotations

import datetime as dt

import pytest

from necdata.dating.candidates import Candidate, years_around
from necdata.dating.evidence import candidates
from necdata.dating.titled import is_dated, title_dates
from necdata.reading import dates
from necdata.reading.posts import Passage, Post

D = dt.date


def post(title: str, *passages: str, published: dt.date | None = None, context: str = "") -> Post:
    """Make a post of a title and passages."""
    told = tuple(Passage(i, text, "paragraph", 0) for i, text in enumerate(passages, 2))
    return Post("0badcafe", 0, 1, title, (), published, (), told, False, 0, context=context)


def best(title: str, *passages: str, published: dt.date | None = None, context: str = "") -> Candidate | None:
    """Give the cheapest date a post proposes."""
    found = candidates(post(title, *passages, published=published, context=context))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("title", "start", "end", "precision"),
    [
        ("Labour NEC Report – 14 January 2020", D(2020, 1, 14), D(2020, 1, 14), "day"),
        ("Report of NEC meeting – 29th May 2012", D(2012, 5, 29), D(2012, 5, 29), "day"),
        ("NEC report, 17/18 November 2015", D(2015, 11, 17), D(2015, 11, 18), "range"),
        ("Labour NEC Report – July 2017", D(2017, 7, 1), D(2017, 7, 31), "month"),
        ("NEC meeting 20/9/2016", D(2016, 9, 20), D(2016, 9, 20), "day"),
    ],
)
def test_a_date_in_the_title_is_the_cheapest(title: str, start: dt.date, end: dt.date, precision: str):
    """A full date, a range, a month: as written, and its evidence is the title."""
    found = best(title, "The NEC met in a barn.")
    assert found is not None
    assert (found.start, found.end, found.precision, found.evidence, found.anchored) == (
        start,
        end,
        precision,
        "title",
        True,
    )


@pytest.mark.parametrize(
    "title",
    [
        "NEC Report: Special meeting on 2019 election defeat and lessons", "NEC report on the 2020 conference plans",
        "Results of the elections of May 2016", "Deadline 3 June 2018",
    ],
)  # fmt: skip
def test_a_number_in_the_title_is_not_always_a_date(title: str):
    """The year of an election, a deadline, the next meeting date other things."""
    assert title_dates(title) == []


def test_a_day_without_a_year_is_offered_every_year():
    """ "17 September" could be any year's; none of them is anchored, and each says so."""
    found = candidates(post("Labour NEC Report – 17 September"))
    assert [c.start.year for c in sorted(found)] == list(range(dates.FIRST_YEAR, dates.LAST_YEAR + 1))
    assert {(c.start.month, c.start.day, c.anchored) for c in found} == {(9, 17, False)}
    assert all(c.evidence == "title, year from page order" for c in found)


def test_a_year_said_in_the_text_is_the_likelier_one():
    """Of all the years, one that the post names is cheaper."""
    said = best("Labour NEC Report – 17 September", "The rules of 2018 are worn out.")
    assert said is not None and said.start == D(2018, 9, 17)


def test_the_day_of_publication_tells_the_year():
    """The latest such day that is not after publication, and the evidence says where the year is from."""
    found = best("NEC report – 17 December", published=D(2019, 1, 4))
    assert found is not None and (found.start, found.anchored) == (D(2018, 12, 17), True)
    assert "year from byline 2019-01-04" in found.evidence


def test_the_pages_header_tells_the_year():
    """An archive of 2006-07 leaves two years to choose from."""
    found = candidates(post("NEC report – 17 May", context="Reports from the NEC, 2006-07"))
    assert {c.start.year for c in found} == {2006, 2007}
    assert years_around("From 1998 to 2001 and 2005") == set()


def test_a_wrong_year_can_be_overruled_at_a_price():
    """The years beside the one in the title are offered, dear, and say what they overrule."""
    found = candidates(post("Labour NEC Report – 4 to 9 March 2020"))
    by_year = {c.start.year: c for c in found}
    assert set(by_year) == {2019, 2020, 2021} and by_year[2020].cost < by_year[2021].cost
    assert by_year[2021].evidence == "title; year 2020 overruled"


def test_a_wrong_weekday_is_said_and_dearer():
    """3 July 2018 was a Tuesday: written as a Monday, another year's is offered and the conflict named."""
    right, wrong = best("NEC, Tuesday 3 July 2018"), best("NEC, Monday 3 July 2018")
    assert right is not None and wrong is not None
    assert right.cost < wrong.cost and "Monday is not that day's weekday" in wrong.evidence


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The NEC met on 3 July 2018 in a barn.", D(2018, 7, 3)),
        ("The meeting took place on Tuesday 3 July 2018.", D(2018, 7, 3)),
        ("Date of meeting: 3 July 2018", D(2018, 7, 3)),
        ("The away day was held on 3 July 2018.", D(2018, 7, 3)),
    ],
)
def test_the_text_may_say_when_it_met(sentence: str, day: dt.date):
    """What the opening says of the meeting is a date where the title gives none."""
    found = best("Report back from the NEC", sentence)
    assert found is not None and (found.start, found.precision) == (day, "day") and found.evidence.startswith("text")


@pytest.mark.parametrize(
    "sentence",
    [
        "The next meeting of the NEC will be on 3 July 2018.",
        "Nominations close on 3 July 2018.",
        "Polling day is 3 July 2018 and the NEC wished everybody luck.",
        "The meeting of 3 July 2018 was cancelled.",
        "The deadline for motions is noon on 3 July 2018.",
        "He was born on 3 July 2018.",
    ],
)
def test_dates_of_other_things_are_no_bait(sentence: str):
    """The next meeting, a deadline, an election, a meeting called off: none is this meeting's day."""
    assert best("Report back from the NEC", sentence) is None


def test_the_day_in_the_text_refines_the_month_in_the_title():
    """Where both agree, the day is cheaper than the month and says so."""
    found = best("Labour NEC Report – March 2017", "The NEC met on 21 March in a barn.")
    assert found is not None and (found.start, found.precision) == (D(2017, 3, 21), "day")
    assert "year from title" in found.evidence


def test_a_day_in_the_text_does_not_overrule_another_month_in_the_title():
    """Where they disagree, the title's month stays the cheapest."""
    found = best("Labour NEC Report – March 2017", "The NEC met on 4 May 2016 for the first time in a barn.")
    assert found is not None and found.precision == "month" and found.start == D(2017, 3, 1)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The NEC met today for six hours.", D(2018, 7, 5)),
        ("Yesterday the NEC met for six hours.", D(2018, 7, 4)),
        ("The NEC met on Tuesday for six hours.", D(2018, 7, 3)),
        ("Last night’s NEC meeting was long.", D(2018, 7, 4)),
    ],
)
def test_words_for_days_are_resolved_against_publication(sentence: str, day: dt.date):
    """Published on Thursday 5 July 2018: today, yesterday and Tuesday have dates; without it they have none."""
    found = best("Report back from the NEC", sentence, published=D(2018, 7, 5))
    assert found is not None and found.start == day and "byline 2018-07-05" in found.evidence
    assert best("Report back from the NEC", sentence) is None


def test_a_date_after_publication_is_doubted_and_said():
    """A report does not come before its meeting, nor a year late: the year before is likelier, the doubt is said."""
    offered = {c.start: c for c in candidates(post("NEC report – 14 January 2020", published=D(2019, 1, 15)))}
    assert min(offered.values(), key=lambda c: c.cost).start == D(2019, 1, 14)
    assert "after its byline 2019-01-15" in offered[D(2020, 1, 14)].evidence
    stale = {c.start: c for c in candidates(post("NEC report – 14 January 2019", published=D(2020, 6, 1)))}
    assert "long before its byline" in stale[D(2019, 1, 14)].evidence


def test_a_post_that_tells_nothing_proposes_nothing():
    """No date is made up."""
    assert candidates(post("A long day by the river", "We met and it was cold.")) == []


def test_a_dated_title_names_the_nec():
    """A conference's year alone does not make a title a meeting's."""
    assert is_dated(post("Labour NEC Report – March 2019")) and not is_dated(post("Spring 2019"))


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("NEC report received", "The following was received and noted at the January meeting (10 January)."),
        ("NEC report to January GC", "Thanks for sending us this report for our January meeting, held on Thursday 10 January."),
    ],
)  # fmt: skip
def test_where_a_report_was_heard_is_not_its_meeting(title: str, opening: str):
    """A local party met on one day to hear of what the NEC did on another."""
    found = best(title, opening, "I attended the NEC on 4 December in a barn.", published=D(2019, 1, 20))
    assert found is not None and found.start == D(2018, 12, 4)


def test_yesterday_evening_may_close_a_meeting():
    """ "By the end of it" is no deadline."""
    opening = "An emergency meeting: seven hours, two legal opinions, one ballot, many speeches, cold tea"
    found = best(
        "That meeting",
        f"{opening}, and by the end of it yesterday evening there were people who wept, we saw.",
        published=D(2016, 7, 13),
    )
    assert found is not None and found.start == D(2016, 7, 12)
