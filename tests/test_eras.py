"""Leadership eras and distances to elections, joined to frames with one date or two."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.reference.eras import elections, leaders, with_elections, with_eras

DAYS = st.dates(date(1993, 1, 1), date(2027, 12, 31))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 2000)).map(lambda s: (s[0], s[0] + timedelta(days=s[1]))) | st.just((None, None)),
    max_size=8,
)


def spans(*pairs: tuple[object, object]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["start", "end"], dtype="object")


def eras_of(*pairs: tuple[object, object]) -> list[tuple[object, bool]]:
    joined = with_eras(spans(*pairs))
    names = joined["leader"].astype("object").where(joined["leader"].notna(), None)
    return list(zip(names, joined["era_is_certain"].tolist(), strict=True))


def distances(*days: str, **options) -> list[object]:
    frame = with_elections(pd.DataFrame({"day": days}), start="day", end=None, **options)
    return frame["days_to_election"].astype("object").where(lambda n: n.notna(), None).tolist()


# Leadership eras


def test_handover_day_belongs_to_the_new_leader() -> None:
    assert eras_of(("2020-04-03", "2020-04-03"), ("2020-04-04", "2020-04-04")) == [
        ("Jeremy Corbyn", True),
        ("Keir Starmer", True),
    ]


def test_acting_leaders_are_eras_of_their_own() -> None:
    """Both of Harriet Harman's terms, and Margaret Beckett's."""
    assert eras_of(("2010-05-11", "2010-09-24"), ("2015-07-01", "2015-07-31"), ("1994-06-01", "1994-06-01")) == [
        ("Harriet Harman (acting, 2010)", True),
        ("Harriet Harman (acting, 2015)", True),
        ("Margaret Beckett (acting, 1994)", True),
    ]


def test_straddling_span_goes_to_the_larger_part_and_is_not_certain() -> None:
    """Handover on 4 April 2020: 3 days and 2, 2 and 3, 2 and 2 (the earlier of equals)."""
    assert eras_of(("2020-04-01", "2020-04-05"), ("2020-04-02", "2020-04-06"), ("2020-04-02", "2020-04-05")) == [
        ("Jeremy Corbyn", False),
        ("Keir Starmer", False),
        ("Jeremy Corbyn", False),
    ]


def test_span_over_three_eras_goes_to_the_one_with_most_days() -> None:
    """May to December 2010 is Brown's for 10 days, Harman's for 137 and Miliband's for 98."""
    assert eras_of(("2010-05-01", "2010-12-31")) == [("Harriet Harman (acting, 2010)", False)]


def test_days_outside_the_known_terms_belong_to_nobody() -> None:
    """Before the first term and after the latest was last checked; most of a span decides."""
    checked = leaders()["last_checked"].iloc[-1]
    after = checked + pd.Timedelta(days=1)
    assert eras_of(
        ("1994-05-11", "1994-05-11"),
        ("1994-05-12", "1994-05-12"),
        (checked, checked),
        (after, after),
        (checked, after + pd.Timedelta(days=1)),
        (checked - pd.Timedelta(days=1), after),
    ) == [
        (None, False),
        ("Margaret Beckett (acting, 1994)", True),
        ("Keir Starmer", True),
        (None, False),
        (None, False),
        ("Keir Starmer", False),
    ]


def test_unknown_date_has_no_leader() -> None:
    """Neither has a span with one end: its other end could lie in any era."""
    assert eras_of((None, None), ("2012-01-01", None), (pd.NaT, "2012-01-01"), ("", "")) == [(None, False)] * 4


def test_unknown_date_is_not_taken_for_a_day_of_1970(tmp_path) -> None:
    """Also where a table reaches back that far."""
    file = tmp_path / "own.csv"
    file.write_text("leader,start,end\nAda Moss,1963-02-14,\n")
    frame = spans((None, None), ("1970-01-01", "1970-01-01"))
    assert with_eras(frame, file)["leader"].isna().tolist() == [True, False]
    file.write_text("date,kind,name\n1970-06-18,general,Election of 1970\n")
    assert with_elections(frame, file)["next_election"].isna().tolist() == [True, False]


def test_leader_is_a_category_in_the_order_of_office() -> None:
    joined = with_eras(spans(("2021-01-01", "2021-01-01"), ("1997-05-01", "1997-05-01")))
    assert joined["leader"].cat.ordered
    assert joined["leader"].cat.categories.tolist() == leaders()["era"].tolist()
    assert joined.sort_values("leader")["start"].tolist() == ["1997-05-01", "2021-01-01"]
    assert joined["era_is_certain"].dtype == bool


@pytest.mark.parametrize("join", [with_eras, with_elections])
def test_frame_with_one_date_of_any_form(join) -> None:
    """Texts, times of day, zones, dates and timestamps of 24 September 2016 come out alike."""
    forms = [
        pd.Series(["2016-09-24"]),
        pd.Series([" 2016-09-24T23:59:00+01:00 "]),
        pd.Series([date(2016, 9, 24)]),
        pd.Series([pd.Timestamp("2016-09-24 23:59")]),
        pd.Series([pd.Timestamp("2016-09-23 23:30", tz="UTC")]),  # past midnight in summer time
        pd.Series(pd.to_datetime(["2016-09-24"]).as_unit("ns")),
        pd.Series(["2016-09-24"], dtype="category"),
    ]
    rows = [join(pd.DataFrame({"on": form}), start="on", end=None).iloc[0, 1:] for form in forms]
    assert all(row.equals(rows[0]) for row in rows)
    assert rows[0].notna().all()


@pytest.mark.parametrize("join", [with_eras, with_elections])
def test_rows_index_and_columns_stay_as_they_were(join) -> None:
    """A repeated index is no obstacle, the frame itself is untouched, a second join replaces."""
    frame = spans(("2016-01-01", "2016-01-31"), (None, None), ("2012-01-01", "2012-01-01"))
    frame.index = pd.Index([7, 7, 3], name="id")
    before = frame.copy()
    joined = join(frame)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(joined[["start", "end"]], before)
    pd.testing.assert_frame_equal(join(joined), joined)
    assert joined.iloc[:, 2].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("join", [with_eras, with_elections])
def test_frame_without_rows_or_without_a_single_date(join) -> None:
    full = join(spans(("2016-01-01", "2016-01-31")))
    for frame in (spans(), spans((None, None)), spans((np.nan, np.nan)).astype("float64")):
        joined = join(frame)
        added = joined.columns[2:]
        assert joined[added].dtypes.equals(full[added].dtypes)
        assert len(joined) == len(frame) and not joined[added].replace(False, None).notna().any().any()


@pytest.mark.parametrize("join", [with_eras, with_elections])
@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (("2016-02-01", "2016-01-31"), r"1 spans end before they start, the first in row 1"),
        (("2016-02", "2016-03-01"), r"column 'start' holds '2016-02': write days as YYYY-MM-DD"),
        (("2016-02-01", 20160301), r"column 'end' holds '20160301'"),
        (("2016-02-30", "2016-03-01"), r"column 'start' holds a day that does not exist"),
    ],
)
def test_faulty_dates_are_named(join, pair, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        join(spans(("2016-01-01", "2016-01-01"), pair))


@pytest.mark.parametrize("join", [with_eras, with_elections])
def test_missing_columns_are_named(join) -> None:
    with pytest.raises(ValueError, match="the frame has no column 'end': name its columns"):
        join(spans()[["start"]])
    with pytest.raises(ValueError, match=r"has no column .*: read it with (leaders|elections)\(\)"):
        join(spans(), spans())


def test_eras_from_a_file_or_frame_of_ones_own(tmp_path) -> None:
    """Without a day of last check the latest term is open for good; a last `end` closes it."""
    file = tmp_path / "own.csv"
    file.write_text("leader,start,end\nAda Moss,2001-01-01,2003-05-01\nBen Ford,2003-05-01,\n")
    frame = spans(("2002-01-01", "2002-01-01"), ("2090-01-01", "2090-01-01"))
    assert with_eras(frame, file)["leader"].tolist() == ["Ada Moss", "Ben Ford"]
    assert with_eras(frame, leaders(file))["leader"].tolist() == ["Ada Moss", "Ben Ford"]
    file.write_text(file.read_text().replace("2003-05-01,\n", "2003-05-01,2005-01-01\n"))
    assert with_eras(frame, file)["leader"].isna().tolist() == [False, True]


@given(SPANS)
def test_eras_agree_with_counting_every_day(pairs) -> None:
    """The slow way: name the leader on each day of a span, and take the most frequent."""
    table = leaders()
    table["end"] = table["end"].fillna(table["last_checked"] + pd.Timedelta(days=1))
    terms = [(row.start.date(), row.end.date(), row.era) for row in table.itertuples(index=False)]

    def in_office(day: date) -> str | None:
        if day < terms[0][0]:
            return "before"
        return next((era for first, end, era in terms if first <= day < end), "after")

    expected = []
    for start, end in pairs:
        if start is None:
            expected.append((None, False))
            continue
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        counts = Counter(map(in_office, days))  # in the order of days, so the earlier of equals
        era = max(counts, key=counts.__getitem__)
        nobody = era in ("before", "after")
        expected.append((None, False) if nobody else (era, len(counts) == 1))
    assert eras_of(*pairs) == expected


# Distances to elections


def test_meeting_on_polling_day_is_no_days_away() -> None:
    assert distances("2019-12-11", "2019-12-12", "2019-12-13") == [1, 0, 1665]


def test_all_columns_beside_an_election() -> None:
    frame = with_elections(spans(("2017-06-07", "2017-06-09")))
    row = frame.iloc[0]
    assert row["next_election"] == pd.Timestamp("2017-06-08")
    assert row["next_election_name"] == "2017 UK general election"
    assert row["days_to_election"] == 0
    assert row["previous_election"] == pd.Timestamp("2015-05-07")
    assert row["days_since_election"] == 763
    assert frame.dtypes.iloc[2:].astype("str").to_dict() == {
        "next_election": "datetime64[us]",
        "next_election_name": "str",
        "days_to_election": "Int64",
        "previous_election": "datetime64[us]",
        "days_since_election": "Int64",
    }


def test_distance_is_from_the_middle_of_the_span_rounded_down() -> None:
    """1 to 31 July counts from the 16th, 1 to 30 July from the 15th."""
    july = spans(("2017-07-01", "2017-07-31"), ("2017-07-01", "2017-07-30"))
    polling = pd.Timestamp("2019-12-12")
    assert with_elections(july)["days_to_election"].tolist() == [
        (polling - pd.Timestamp("2017-07-16")).days,
        (polling - pd.Timestamp("2017-07-15")).days,
    ]


def test_after_the_last_election_there_is_no_next_one() -> None:
    row = with_elections(spans(("2024-07-05", "2024-07-05"))).iloc[0]
    assert row[["next_election", "next_election_name", "days_to_election"]].isna().all()
    assert row["previous_election"] == pd.Timestamp("2024-07-04")
    assert row["days_since_election"] == 1


def test_before_the_first_election_there_is_no_previous_one() -> None:
    row = with_elections(spans(("1997-05-01", "1997-05-01"))).iloc[0]
    assert row["days_to_election"] == 0
    assert row[["previous_election", "days_since_election"]].isna().all()


def test_ballot_that_runs_on_counts_on_its_last_day() -> None:
    """The leadership ballot of 2016 opened on 22 August; the result came on 24 September."""
    days = ("2016-08-21", "2016-09-01", "2016-09-24", "2016-09-25")
    result = pd.Timestamp("2020-04-04") - pd.Timestamp("2016-09-25")
    assert distances(*days, kind="leadership_contest") == [34, 23, 0, result.days]


def test_several_kinds_at_once() -> None:
    """The nearest of either kind counts."""
    kinds = ("general", "european")
    assert distances("2019-05-20", "2019-05-24", kind=kinds) == [3, 202]
    assert distances("2019-05-20", "2019-05-24") == [206, 202]


@pytest.mark.parametrize("kind", ["genral", ["general", "genral"], []])
def test_unknown_kind_lists_the_known_ones(kind) -> None:
    with pytest.raises(ValueError, match=r"of kind (genral|\(none named\)): the table has .*general"):
        with_elections(spans(), kind=kind)


def test_elections_from_a_file_or_frame_of_ones_own(tmp_path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("date,kind,name\n2031-05-01,parish,Parish poll\n")
    for table in (file, elections(file)):
        assert distances("2031-04-01", elections=table, kind="parish") == [30]


@given(SPANS)
def test_distances_agree_with_looking_at_every_election(pairs) -> None:
    """The slow way: compare the middle of each span with each general election."""
    polls = elections().query("kind == 'general'")["date"].dt.date.tolist()
    joined = with_elections(spans(*pairs))
    for row, (start, end) in zip(joined.itertuples(index=False), pairs, strict=True):
        middle = None if start is None else start + (end - start) // 2
        to_come = [poll for poll in polls if middle and poll >= middle]
        past = [poll for poll in polls if middle and poll < middle]
        assert pd.isna(row.next_election) == (not to_come)
        assert pd.isna(row.previous_election) == (not past)
        if to_come:
            assert row.next_election.date() == min(to_come)
            assert row.days_to_election == (min(to_come) - middle).days
            assert row.next_election_name == f"{min(to_come).year} UK general election"
        if past:
            assert row.previous_election.date() == max(past)
            assert row.days_since_election == (middle - max(past)).days


def test_joins_do_not_go_row_by_row() -> None:
    """Two hundred thousand spans take well under a second each way (0.1 s when measured)."""
    n = 200_000
    first = pd.Timestamp("1994-01-01") + pd.to_timedelta(np.arange(n) % 12_000, unit="D")
    frame = pd.DataFrame({"start": first, "end": first + pd.Timedelta(days=30)})
    began = perf_counter()
    joined = with_elections(with_eras(frame))
    assert perf_counter() - began < 3
    assert len(joined) == n
