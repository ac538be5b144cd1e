"""Dates: what is written is read back, what is not written is not filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from necdata.reading import dates
from necdata.reading.dates import find

DAYS = st.dates(dt.date(dates.FIRST_YEAR, 1, 1), dt.date(dates.LAST_YEAR, 12, 31))


def ordinal(n: int) -> str:
    """Write a day as 1st, 2nd, 3rd, 11th."""
    return f"{n}{'th' if 10 < n % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


FORMS: list[Callable[[dt.date], str]] = [
    lambda d: f"{d.day} {d:%B %Y}",
    lambda d: f"{d.day} {d:%b %Y}",
    lambda d: f"{ordinal(d.day)} {d:%B}, {d.year}",
    lambda d: f"the {ordinal(d.day)} of {d:%B %Y}",
    lambda d: f"{d:%A} {d.day} {d:%B %Y}",
    lambda d: f"{d:%A}, the {ordinal(d.day)} {d:%B} {d.year}",
    lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%B} {ordinal(d.day)}, {d.year}",
    lambda d: f"{d:%b}. {d.day}, {d.year}",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d.day} {d:%B} ’{d:%y}",
]


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_a_day_in_any_form_is_read_back(form: Callable[[dt.date], str], day: dt.date):
    """Fourteen ways to write a day, in a title and in a sentence: exactly that day, and no other date."""
    for text in (form(day), f"NEC report – {form(day)}", f"They met on {form(day)} in a barn."):
        found = find(text)
        assert [e.span() for e in found] == [(day, day)], text
        assert found[0].precision == "day"


@given(DAYS, st.integers(1, 40), st.sampled_from(["-", " – ", " to ", "/", " and ", " & "]))
def test_a_range_in_any_form_is_read_back(first: dt.date, length: int, link: str):
    """Days of a month with the month once, and days of two months with each."""
    last = first + dt.timedelta(days=length)
    assume(last.year == first.year)
    if last.month == first.month:
        text = f"NEC, {first.day}{link}{last.day} {first:%B %Y}"
    else:
        text = f"NEC, {first.day} {first:%B} to {last.day} {last:%B %Y}"
    found = find(text)
    assert [(e.span(), e.precision) for e in found] == [((first, last), "range")], text


@given(DAYS)
def test_a_month_is_a_whole_month(day: dt.date):
    """ "March 2019" spans its first to its last day, leap years included."""
    (found,) = find(f"Labour NEC Report – {day:%B %Y}")
    assert found.precision == "month"
    first, last = found.span() or (None, None)
    assert (first, last) == (day.replace(day=1), dates.month_end(day.year, day.month))
    assert last is not None and (last + dt.timedelta(days=1)).day == 1
    assert (last.year, last.month) == (day.year, day.month)


@given(DAYS)
def test_a_day_without_a_year_is_not_given_one(day: dt.date):
    """ "17 September" has no year, and no span until somebody tells it one."""
    (found,) = find(f"Labour NEC Report – {day.day} {day:%B}")
    assert (found.year, found.day, found.month) == (None, day.day, day.month)
    assert found.span() is None and found.span(day.year) == (day, day)


def test_a_range_over_new_year_ends_in_the_next_year():
    """From December to January the year named in between is the first one's."""
    found = find("the office is shut from 28 December to 3 January 2020")[0]
    assert found.span(2019) is not None
    assert (found.span() or (None,))[0] in (dt.date(2019, 12, 28), dt.date(2020, 12, 28))


@pytest.mark.parametrize(
    "text",
    [
        "version 3.14", "at 10.30 on the dot", "£12,000", "it may 2 or may not",
        "we march on", "a ratio of 3/4", "5-4 in favour", "room 2012", "carried by 12 to 9", "44 times since",
    ],
)  # fmt: skip
def test_numbers_that_are_no_dates_are_left_alone(text: str):
    """Votes, sums, times, impossible days and the verbs may and march give no date."""
    assert find(text) == []


def test_a_day_that_never_was_leaves_its_month():
    """ "31 June 2019" says June at least."""
    assert find("31 June 2019")[0].span() == (dt.date(2019, 6, 1), dt.date(2019, 6, 30))
    assert find("30/2/2020") == []


def test_months_and_years_alone_are_for_titles():
    """ "March’s meeting" and "2019" are dates only where the reader asks for loose ones."""
    title = "Report from March’s meeting 2019"
    assert find(title) == []
    assert [e.precision for e in find(title, loose=True)] == ["month", "year"]
    assert find("the march was long and we may win", loose=True) == []


def test_the_american_order_is_taken_only_where_no_other_fits():
    """5/6 is the fifth of June; 6/25 can only be June."""
    assert find("5/6/2012")[0].span() == (dt.date(2012, 6, 5),) * 2
    assert find("6/25/2012")[0].span() == (dt.date(2012, 6, 25),) * 2


def test_several_days_of_a_month_are_one_range():
    """ "4, 7, 8 and 9 March" is from the fourth to the ninth."""
    assert find("4, 7, 8 and 9 March 2021")[0].span() == (dt.date(2021, 3, 4), dt.date(2021, 3, 9))
    assert find("November 27-28, 2012")[0].span() == (dt.date(2012, 11, 27), dt.date(2012, 11, 28))
    assert find("24-27/09/2018")[0].span() == (dt.date(2018, 9, 24), dt.date(2018, 9, 27))


def test_dates_come_in_the_order_of_the_text():
    """Whatever their forms: the first written is the first given."""
    found = find("on 5/6/2012, in May 2013 and on 1 July 2011")
    assert [e.year for e in found] == [2012, 2013, 2011]


def test_the_weekday_written_is_kept():
    """It is evidence: a Tuesday that was none speaks against the date."""
    assert find("Tuesday 3 July 2018")[0].weekday == 1
    assert dates.weekday_of("we met on Sunday last") == 6
    assert dates.weekday_of("sunk without trace") is None


@given(st.text(max_size=200), st.booleans())
def test_dates_of_any_text_stand_in_it_in_order(text: str, loose: bool):
    """No text makes reading fail; expressions do not overlap, and each can be cut out of the text."""
    found = find(text, loose)
    assert all(a.end <= b.begin for a, b in zip(found, found[1:], strict=False))
    assert all(0 <= e.begin < e.end <= len(text) and e.text in text for e in found)
