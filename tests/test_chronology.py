"""Chronology: the order of a page decides between the dates its posts propose."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.dating import chronology
from necdata.dating.candidates import Candidate
from necdata.dating.chronology import settle
from necdata.dating.evidence import candidates
from necdata.reading.posts import Passage, Post

D = dt.date


def dated(*titles: str, published: dict[int, dt.date] | None = None) -> list[chronology.Dating]:
    """Date posts of these titles as they stand on a page."""
    days = [(published or {}).get(i) for i in range(len(titles))]
    told = [
        Post("0badcafe", i, i + 1, title, (), day, (), (Passage(i + 1, "We met.", "paragraph", 0),), False, 0)
        for i, (title, day) in enumerate(zip(titles, days, strict=True))
    ]
    return settle([candidates(p) for p in told], days, [True] * len(told))


def one(day: dt.date, cost: float = 0.0, anchored: bool = True) -> Candidate:
    """Make a candidate of a day."""
    return Candidate(day, day, "day", cost, "title", anchored)


CANDIDATES = st.lists(
    st.builds(one, st.dates(D(2000, 1, 1), D(2025, 12, 31)), st.floats(0, 4), st.booleans()), max_size=4
)


def in_order(days: list[dt.date]) -> bool:
    """Tell whether days run newest first, or oldest first."""
    return days == sorted(days, reverse=True) or days == sorted(days)


@given(st.lists(st.dates(D(2000, 1, 1), D(2025, 12, 31)), min_size=1, max_size=8), st.data())
def test_dates_keep_newest_first_where_candidates_allow_it(days: list[dt.date], data: st.DataObject):
    """One post of a page slips by a year, the true one is offered at a price: the order of the page is kept."""
    days = sorted(days, reverse=True)
    slip, by = data.draw(st.integers(0, len(days) - 1)), data.draw(st.sampled_from([-1, 1]))
    options = [[one(d)] for d in days]
    written = D(days[slip].year + by, days[slip].month, min(days[slip].day, 28))
    options[slip] = [one(written), one(days[slip], 3.5), one(D(written.year + by, 1, 1), 4.0)]
    chosen = [d.start for d in settle(options, [None] * len(days), [True] * len(days))]
    assert in_order([d for d in chosen if d is not None]) and len(chosen) == len(days)


@given(st.lists(st.dates(D(2000, 1, 1), D(2025, 12, 31)), min_size=2, max_size=8))
def test_one_cheap_way_to_keep_the_order_is_taken(days: list[dt.date]):
    """Where the cheapest candidates are in order, newest first, they are chosen as they are."""
    days = sorted(days, reverse=True)
    found = settle([[one(d), one(D(1999, 1, 1), 30.0)] for d in days], [None] * len(days), [True] * len(days))
    assert [d.start for d in found] == days


@given(st.lists(CANDIDATES, max_size=6), st.data())
def test_nothing_is_dated_that_nobody_proposed(options: list[list[Candidate]], data: st.DataObject):
    """A date is a candidate's of its own post, or a span between neighbours that is called one; else it is empty."""
    n = len(options)
    published = data.draw(st.lists(st.none() | st.dates(D(2000, 1, 1), D(2025, 12, 31)), min_size=n, max_size=n))
    reports = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    found = settle(options, published, reports)
    assert len(found) == n
    for dating, offered, report in zip(found, options, reports, strict=True):
        if dating.precision == "between":
            assert report and dating.start is not None and dating.end is not None and dating.start <= dating.end
            assert dating.evidence.startswith("page order")
        elif dating.start is None:
            assert (dating.end, dating.precision) == (None, "unknown")
        else:
            assert any((c.start, c.end, c.precision) == dating[:3] for c in offered)
        assert dating.evidence


@given(st.lists(CANDIDATES.filter(bool), min_size=1, max_size=4))
def test_the_sequence_chosen_is_the_cheapest(options: list[list[Candidate]]):
    """The quick way finds what trying every sequence finds."""
    from itertools import pairwise, product

    def cost(path: tuple[Candidate, ...]) -> float:
        steps = sum(chronology._step(a, b, newest_first=True) for a, b in pairwise(path))
        return sum(c.cost for c in path) + steps

    _, total = chronology._cheapest(options, [None] * len(options), newest_first=True)
    assert total == pytest.approx(min(cost(path) for path in product(*options)))


def test_a_day_gets_its_year_from_its_neighbours():
    """17 September between January 2020 and March 2019 is 2019's."""
    found = dated("NEC Report – 14 January 2020", "NEC Report – 17 September", "NEC Report – March 2019")
    assert (found[1].start, found[1].precision, found[1].evidence) == (
        D(2019, 9, 17),
        "day",
        "title, year from page order",
    )


def test_a_slip_of_the_year_is_overruled_and_said():
    """4 to 9 March 2020 between May 2021 and January 2021 is 2021's, and the evidence names the year overruled."""
    found = dated("NEC Report – 25 May 2021", "NEC Report – 4 to 9 March 2020", "NEC Report – 21 January 2021")
    assert (found[1].start, found[1].end, found[1].precision) == (D(2021, 3, 4), D(2021, 3, 9), "range")
    assert found[1].evidence == "title; year 2020 overruled by page order"


def test_a_post_without_a_date_is_bounded_by_its_neighbours():
    """Between the post above and the post below: a span that says so."""
    found = dated("NEC Report – 29 September 2020", "NEC Report", "NEC Report – 21 July 2020")
    assert found[1][:3] == (D(2020, 7, 21), D(2020, 9, 29), "between")
    assert found[1].evidence == "page order: between 2020-07-21 and 2020-09-29"


def test_a_post_without_a_neighbour_on_one_side_stays_unknown():
    """At the end of a page nothing bounds a post: its date is empty."""
    found = dated("NEC Report – 29 September 2020", "NEC Report")
    assert found[1][:3] == (None, None, "unknown") and found[1].evidence == "no date told"


def test_neighbours_in_the_wrong_order_bound_nothing():
    """A post above an older and below a newer one has no span to be in."""
    options = [[one(D(2019, 3, 5))], [], [one(D(2020, 7, 21))], [one(D(2018, 1, 9))], [one(D(2017, 1, 9))]]
    found = settle(options, [None] * 5, [True] * 5)
    assert found[1][:3] == (None, None, "unknown")


def test_the_day_of_publication_bounds_too():
    """A post at the top of a page happened between the one below and its own publication."""
    found = dated("NEC Report", "NEC Report – 21 July 2020", published={0: D(2020, 9, 30)})
    assert found[0][:3] == (D(2020, 7, 21), D(2020, 9, 30), "between")


def test_posts_that_report_nothing_are_not_bounded():
    """An explainer between two reports gets no date."""
    options = [[one(D(2020, 9, 29))], [], [one(D(2020, 7, 21))]]
    found = settle(options, [None] * 3, [True, False, True])
    assert found[1].precision == "unknown"


def test_days_without_any_year_on_the_page_are_not_dated():
    """Where no post tells a year, none is supplied, and the reason is said."""
    found = dated("NEC Report – 17 September", "NEC Report – 19 July")
    assert [d.start for d in found] == [None, None]
    assert found[0].evidence == "day and month told, but no year"


def test_a_page_may_run_oldest_first():
    """Where newest first would overrule most titles, the page is read the other way."""
    found = dated(
        "NEC Report – 16 May 2006", "NEC Report – 18 July", "NEC Report – 14 November 2006", "NEC Report – 23 January"
    )
    assert [d.start for d in found[:3]] == [D(2006, 5, 16), D(2006, 7, 18), D(2006, 11, 14)]


def test_a_conflict_with_the_text_is_named():
    """Where the text says another day than the title, the evidence names both."""
    options = [[one(D(2019, 3, 5)), Candidate(D(2019, 5, 7), D(2019, 5, 7), "day", 1.0, "text")]]
    assert settle(options, [None], [True])[0].evidence == "title; conflict: text gives 2019-05-07"


def test_what_overruled_a_year_is_named():
    """On a page of one post the byline, and no order, shows that the year is a slip."""
    found = dated("NEC Report – 14 January 2020", published={0: D(2019, 1, 15)})
    assert found[0].start == D(2019, 1, 14)
    assert "page order" not in found[0].evidence and "byline" in found[0].evidence


def test_no_posts_are_no_dates():
    """An empty page is dated in no time."""
    assert settle([], [], []) == []


def test_a_page_in_no_order_of_time_orders_nothing():
    """Search results rise and fall: a report between an older and an older one keeps the day that its text tells."""
    january = [Candidate(D(2017, 1, 24), D(2017, 1, 24), "day", 0.0, "title")]
    may = [
        Candidate(D(2017, 5, 11), D(2017, 5, 11), "day", 0.4, "text says yesterday"),
        Candidate(D(2017, 1, 1), D(2017, 12, 31), "year", 3.0, "title"),
    ]
    april = [Candidate(D(2017, 4, 19), D(2017, 4, 19), "day", 1.0, "text")]
    days = [D(2017, 2, 1), D(2017, 5, 12), D(2017, 4, 20)]
    assert settle([january, may, april], days, [True] * 3)[1].start == D(2017, 5, 11)
    ordered = [D(2017, 6, 1), D(2017, 5, 12), D(2017, 4, 20)]
    assert settle([january, may, april], ordered, [True] * 3)[1].precision == "year"
