"""Meetings: accounts of one event come together, events close in date stay apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.dating.chronology import UNKNOWN, Dating
from necdata.dating.meetings import Report, merge
from necdata.reading.dates import month_end
from necdata.reading.kinds import KINDS

D = dt.date


def day(*when: int) -> Dating:
    """Date to a day."""
    return Dating(D(*when), D(*when), "day", "title", 0.0)


def month(year: int, m: int) -> Dating:
    """Date to a month."""
    return Dating(D(year, m, 1), month_end(year, m), "month", "title", 1.0)


def span(first: dt.date, last: dt.date, precision: str = "range") -> Dating:
    """Date to several days."""
    return Dating(first, last, precision, "title", 0.0)


def report(post: str, dating: Dating, kind: str = "full_meeting", *authors: str) -> Report:
    """Make a report of a meeting."""
    return Report(post, kind, dating, authors)


def ids(*reports: Report) -> dict[str, tuple[str, ...]]:
    """Give the meetings' ids with their posts."""
    return {m.meeting_id: m.post_ids for m in merge(reports)}


def test_reports_of_one_day_are_one_meeting():
    """Two reporters, one date: one event that says how many agree."""
    a, b = report("a", day(2020, 7, 21), "full_meeting", "Una"), report("b", day(2020, 7, 21), "full_meeting", "Wilf")
    (found,) = merge([b, a])
    assert (found.meeting_id, found.post_ids) == ("2020-07-21", ("a", "b"))
    assert found.evidence == "title; 2 reports agree"


def test_the_most_telling_kind_is_kept():
    """An away day that another reporter calls a meeting is an away day."""
    (found,) = merge([report("a", day(2020, 7, 21)), report("b", day(2020, 7, 21), "away_day")])
    assert (found.kind, found.meeting_id) == ("away_day", "2020-07-21-away_day")


def test_a_sub_committee_on_the_day_of_a_full_meeting_is_another():
    """Sub-committees, the Clause V meeting and conference are never the full meeting."""
    same = [report(k, day(2020, 7, 21), k) for k in ("full_meeting", "sub_committee", "clause_v", "conference")]
    assert len(merge(same)) == 4


def test_days_apart_are_meetings_apart():
    """A week between two sub-committees is two meetings; so is a day between two full ones."""
    assert (
        len(merge([report("a", day(2021, 1, 14), "sub_committee"), report("b", day(2021, 1, 21), "sub_committee")]))
        == 2
    )
    assert len(merge([report("a", day(2021, 1, 14)), report("b", day(2021, 1, 15))])) == 2


def test_a_day_within_a_range_is_the_same_meeting():
    """One reporter gives the two days of an away day, the other its first; the narrower is not lost."""
    found = ids(
        report("a", span(D(2015, 11, 17), D(2015, 11, 18)), "away_day"), report("b", day(2015, 11, 17), "away_day")
    )
    assert list(found.values()) == [("a", "b")]


def test_a_month_joins_that_months_one_meeting_of_another_reporter():
    """ "July 2018" of one and 3 July 2018 of the other are one, and the evidence says by month only."""
    (found,) = merge([
        report("a", day(2018, 7, 3), "full_meeting", "Una"), report("b", month(2018, 7), "full_meeting", "Wilf")
    ])  # fmt: skip
    assert (found.meeting_id, found.precision) == ("2018-07-03", "day")
    assert "1 by month only" in found.evidence


@pytest.mark.parametrize(
    "others",
    [
        [report("b", month(2018, 7), "full_meeting", "Una")],
        [report("b", month(2018, 7))],
        [report("b", month(2018, 7), "sub_committee", "Wilf")],
        [report("b", month(2018, 8), "full_meeting", "Wilf")],
        [report("c", day(2018, 7, 17), "full_meeting", "Una"), report("b", month(2018, 7), "full_meeting", "Wilf")],
        [report("b", span(D(2018, 6, 1), D(2018, 8, 1), "between"), "full_meeting", "Wilf")],
    ],
)
def test_a_month_is_not_joined_where_that_would_be_a_guess(others: list[Report]):
    """The same reporter, an unknown one, another kind or month, two meetings in it: they stay apart."""
    everyone = [report("a", day(2018, 7, 3), "full_meeting", "Una"), *others]
    assert len(merge(everyone)) == len(everyone)


def test_two_reports_by_month_are_one_where_they_are_the_only_two():
    """Two reporters of "July 2018" tell one meeting; three leave it open."""
    two = [report("a", month(2018, 7), "full_meeting", "Una"), report("b", month(2018, 7), "full_meeting", "Wilf")]
    assert ids(*two) == {"2018-07": ("a", "b")}
    assert len(merge([two[0], report("b", month(2018, 7), "full_meeting", "Una")])) == 2


def test_undated_reports_are_meetings_of_their_own():
    """Nothing is known of two undated reports, so they are two, last in order, with ids of their posts."""
    found = merge([report("x", UNKNOWN), report("y", UNKNOWN), report("z", day(2020, 1, 1))])
    assert [m.meeting_id for m in found] == ["2020-01-01", "undated-x", "undated-y"]
    assert found[1].start is None and found[1].precision == "unknown"


def test_ids_can_be_read():
    """Date or span, then the kind unless it is a full meeting, then a number where two would be the same."""
    found = ids(
        report("a", month(2017, 7)), report("b", month(2017, 7)), report("c", day(2020, 1, 14), "sub_committee"),
        report("d", span(D(2020, 7, 21), D(2020, 9, 29), "between"), "special_meeting"),
        report("e", span(D(2012, 1, 1), D(2012, 12, 31), "year")),
        report("f", span(D(2021, 3, 4), D(2021, 3, 9))),
    )  # fmt: skip
    assert list(found) == [
        "2012", "2017-07", "2017-07-2", "2020-01-14-sub_committee",
        "2020-07-21-to-2020-09-29-special_meeting", "2021-03-04",
    ]  # fmt: skip


DAYS = st.dates(D(2018, 1, 1), D(2018, 3, 31)).map(lambda d: Dating(d, d, "day", "title", 0.0))
RANGES = st.builds(
    lambda d, n: span(d, d + dt.timedelta(n)), st.dates(D(2018, 1, 1), D(2018, 1, 31)), st.integers(1, 9)
)
DATINGS = DAYS | RANGES | st.integers(1, 3).map(lambda m: month(2018, m)) | st.just(UNKNOWN)
REPORTS = st.lists(
    st.tuples(DATINGS, st.sampled_from(KINDS[:3]), st.sampled_from(["", "Una", "Wilf"])), max_size=10
).map(lambda drawn: [report(f"p{i}", d, k, *filter(None, [a])) for i, (d, k, a) in enumerate(drawn)])


@given(REPORTS, st.randoms(use_true_random=False))
def test_every_report_is_of_one_meeting_in_whatever_order_it_comes(reports: list[Report], chance):
    """No report lost or told twice, ids unique, dates in order, and the order of pages changes nothing."""
    found = merge(reports)
    assert sorted(p for m in found for p in m.post_ids) == sorted(r.post_id for r in reports)
    assert len({m.meeting_id for m in found}) == len(found)
    starts = [m.start or D.max for m in found]
    assert starts == sorted(starts)
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert {m.post_ids for m in merge(shuffled)} == {m.post_ids for m in found}
