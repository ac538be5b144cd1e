"""The shipped tables of leaders and elections, and how files of a user's own are read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from necdata.reference.reference_tables import REFERENCE, elections, leaders

# Public votes since 1994 that were not held on a Thursday.
OTHER_WEEKDAYS = {
    "1998 Good Friday Agreement referendum": "Friday",
    "2003 Northern Ireland Assembly election": "Wednesday",
    "2007 Northern Ireland Assembly election": "Wednesday",
}
LEADERS = "leader,start,end\nAda Moss,2001-01-01,2003-05-01\nBen Ford,2003-05-01,\n"
ELECTIONS = "date,kind,name\n2001-06-07,general,Election of 2001\n"


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        file = tmp_path / "own.csv"
        file.write_text(text, encoding=encoding)
        return file

    return write


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_shipped_terms_of_office() -> None:
    """Every shipped term, its first day and its era, in the order of office."""
    assert dict(zip(leaders()["era"], leaders()["start"].dt.strftime("%Y-%m-%d"), strict=True)) == {
        "Margaret Beckett (acting, 1994)": "1994-05-12",
        "Tony Blair": "1994-07-21",
        "Gordon Brown": "2007-06-24",
        "Harriet Harman (acting, 2010)": "2010-05-11",
        "Ed Miliband": "2010-09-25",
        "Harriet Harman (acting, 2015)": "2015-05-08",
        "Jeremy Corbyn": "2015-09-12",
        "Keir Starmer": "2020-04-04",
    }
    assert leaders()["short_name"].tolist() == [
        *("Beckett", "Blair", "Brown", "Harman", "Miliband", "Harman", "Corbyn", "Starmer")
    ]


def test_shipped_terms_leave_no_gap_and_the_latest_is_open_and_checked() -> None:
    table = leaders()
    assert table["end"].iloc[:-1].tolist() == table["start"].iloc[1:].tolist()
    assert table["end"].isna().tolist() == [False] * (len(table) - 1) + [True]
    assert table["last_checked"].notna().tolist() == table["end"].isna().tolist()


def test_leaders_elected_in_a_contest_start_on_its_day_of_result() -> None:
    """The two tables agree: five leaders took office on the day of a leadership result."""
    contests = elections().query("kind == 'leadership_contest'")
    results = set(contests["end_date"].fillna(contests["date"]))
    starts = set(leaders().loc[~leaders()["acting"], "start"])
    assert starts - results == set()
    assert results - starts == {day("2016-09-24")}  # the sitting leader won again


@pytest.mark.parametrize("read", [leaders, elections])
def test_every_shipped_row_names_its_source(read) -> None:
    assert read()["source"].str.fullmatch(r"https://en\.wikipedia\.org/wiki/\S+").all()


def test_public_votes_were_held_on_thursdays_with_named_exceptions() -> None:
    public = elections().query("public")
    weekdays = dict(zip(public["name"], public["date"].dt.day_name(), strict=True))
    assert {name: on for name, on in weekdays.items() if on != "Thursday"} == OTHER_WEEKDAYS


def test_only_contests_inside_the_party_are_not_public() -> None:
    table = elections()
    contests = {"leadership_contest", "deputy_leadership_contest"}
    assert set(table.loc[~table["public"], "kind"].astype("str")) == contests
    assert not (table["public"] & table["kind"].isin(contests)).any()


def test_shipped_general_elections() -> None:
    general = elections().query("kind == 'general'")["date"].dt.strftime("%Y-%m-%d")
    assert general.tolist() == [
        *("1997-05-01", "2001-06-07", "2005-05-05", "2010-05-06"),
        *("2015-05-07", "2017-06-08", "2019-12-12", "2024-07-04"),
    ]


def test_english_local_elections_are_yearly_but_for_the_postponed_ones() -> None:
    """32 years with a row, and none in 2020; moved days share a day with what they moved to."""
    table = elections().set_index("kind")["date"]
    local = table.loc["english_local"]
    assert local.dt.year.tolist() == [year for year in range(1994, 2027) if year != 2020]
    in_may_early = (local.dt.month == 5) & (local.dt.day <= 8)
    moved = set(local[~in_may_early])
    assert moved == {day("2001-06-07"), day("2004-06-10"), day("2009-06-04"), day("2014-05-22")}
    assert moved <= set(table.loc["european"]) | set(table.loc["general"])


def test_name_starts_with_its_year() -> None:
    table = elections()
    year = table["end_date"].fillna(table["date"]).dt.year.astype("str")
    assert table["name"].str[:4].eq(year).all()


def test_types_of_the_tables() -> None:
    for table, dates in ((leaders(), 3), (elections(), 2)):
        assert table.dtypes.astype("str").eq("datetime64[us]").sum() == dates
        assert table.dtypes.astype("str").eq("bool").sum() == 1
    assert not elections()["kind"].cat.ordered


def test_shipped_files_have_all_columns_and_plain_line_ends() -> None:
    headers = {
        "leaders": "leader,short_name,acting,start,end,last_checked,source,note",
        "elections": "date,end_date,kind,name,scope,public,source,note",
    }
    for name, header in headers.items():
        content = (REFERENCE / f"{name}.csv").read_bytes()
        assert content.startswith(header.encode() + b"\n") and content.endswith(b"\n")
        assert b"\r" not in content


def test_own_leaders_need_three_columns(write) -> None:
    """What a file leaves out is filled: short name, acting, no day of last check."""
    table = leaders(write(LEADERS))
    assert table["short_name"].tolist() == ["Moss", "Ford"]
    assert table["acting"].tolist() == [False, False]
    assert table["last_checked"].isna().all() and table["source"].eq("").all()


def test_own_leaders_may_stand_in_any_order_and_come_back(write) -> None:
    later, acting, earlier = (
        " Ada Moss ,2005-01-01,,",
        "Ben Ford,2003-05-01,2005-01-01,true",
        "Ada Moss,2001-01-01,2003-05-01,false",
    )
    head = "\ufeffleader,start,end,acting\n\n"
    table = leaders(write(head + "\n".join([later, acting, earlier])))
    assert table["era"].tolist() == [*("Ada Moss (2001)", "Ben Ford (acting, 2003)", "Ada Moss (2005)")]


def test_own_elections_need_three_columns(write) -> None:
    table = elections(write(ELECTIONS))
    assert table["public"].tolist() == [True]
    assert table["end_date"].isna().all() and table["scope"].tolist() == [""]


def test_by_elections_of_one_day_differ_in_scope(write) -> None:
    rows = "date,kind,name,scope\n2001-06-07,by_election,A,Anyton\n2001-06-07,by_election,B,Borough\n"
    assert len(elections(write(rows))) == 2
    with pytest.raises(ValueError, match=r"line 3: kind by_election, date 2001-06-07, scope Anyton"):
        elections(write(rows.replace("Borough", "Anyton")))


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("leader,start", "name,start", 1, "no column is named leader"),
        ("Ben Ford", "", 3, "leader is empty"),
        ("2001-01-01", "", 2, "start is empty"),
        ("2001-01-01", "01/01/2001", 2, "'01/01/2001' is not a date; write it as YYYY-MM-DD"),
        ("2001-01-01", "2001-02-29", 2, "'2001-02-29' is not a date"),
        ("2001-01-01", "20010101", 2, "'20010101' is not a date"),
        ("Ford,2003-05-01", "Ford,2003-05-02", 3, "2003-05-01, and Ben Ford, .* leave a gap"),
        ("Ford,2003-05-01", "Ford,2003-04-30", 3, "overlap; write the same day in both"),
        ("2003-05-01\n", "\n", 3, "which has no end, and Ben Ford, .* overlap"),
        ("2003-05-01\n", "2001-01-01\n", 2, "ends before a day of it has passed"),
        ("Ben Ford,", 'Ford, Ben,', 3, "4 cells stand under 3 columns; quote"),
        ("Ben Ford,", '"Ben" Ford,', 3, "quote a cell"),
        ("Ben Ford", "Ada Moss", None, None),
    ],
)  # fmt: skip
def test_own_leaders_with_a_fault(write, old: str, new: str, line: int | None, says: str) -> None:
    """The message names file, line and remedy; somebody who follows herself is no fault."""
    assert old in LEADERS
    file = write(LEADERS.replace(old, new, 1))
    if line is None:
        assert leaders(file)["era"].tolist() == ["Ada Moss (2001)", "Ada Moss (2003)"]
        return
    with pytest.raises(ValueError, match=rf"own\.csv, line {line}: .*{says}"):
        leaders(file)


def test_own_leaders_with_a_faulty_flag_check_or_era(write) -> None:
    head = "leader,start,end,acting,last_checked\n"
    with pytest.raises(ValueError, match="line 2: acting is 'yes'; write true or false"):
        leaders(write(head + "Ada Moss,2001-01-01,,yes,\n"))
    with pytest.raises(ValueError, match="line 2: last_checked comes before start"):
        leaders(write(head + "Ada Moss,2001-01-01,,true,2000-12-31\n"))
    with pytest.raises(ValueError, match=r"line 3: era Ada Moss \(2001\) was listed before"):
        leaders(write(head + "Ada Moss,2001-01-01,2001-05-01,,\nAda Moss,2001-05-01,,,\n"))
    with pytest.raises(ValueError, match="line 1: no leader stands below the header"):
        leaders(write(head))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: no column is named date"),
        (ELECTIONS.replace("2001-06-07", "7 June"), "line 2: date '7 June' is not a date"),
        (ELECTIONS.replace("general", ""), "line 2: kind is empty"),
        (
            ELECTIONS + "2001-06-08,general,Election of 2001\n",
            "line 3: kind general, name Election",
        ),
        (
            "date,end_date,kind,name\n2001-06-07,2001-06-06,a,b\n",
            "line 2: the election ends before",
        ),
        ("date,kind,name,public\n2001-06-07,a,b,1\n", "line 2: public is '1'; write true or false"),
    ],
)
def test_own_elections_with_a_fault(write, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=rf"own\.csv, {says}"):
        elections(write(text))


def test_lines_are_counted_as_in_the_file(write) -> None:
    """A cell that runs over two lines and a blank line do not put the count out."""
    text = 'leader,start,end,note\nAda Moss,2001-01-01,2003-05-01,"two\nlines"\n\nBen Ford,2003,,\n'
    with pytest.raises(ValueError, match=r"own\.csv, line 5: start '2003' is not a date"):
        leaders(write(text))


def test_file_that_is_not_utf_8(write) -> None:
    with pytest.raises(ValueError, match=r"own\.csv is not UTF-8 text: save it as CSV in UTF-8"):
        leaders(write(LEADERS.replace("Ada", "Zoë"), encoding="cp1252"))
