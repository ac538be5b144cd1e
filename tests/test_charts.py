"""Every chart, on a corpus like the shipped one and on one ten times as large, at both widths."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from necdata import charts
from necdata.charts import findings, style
from necdata.charts.context import Context, context
from necdata.charts.coverage import reporter_colours, reporters_key
from necdata.charts.dates import dated, gaps, months, timescale
from necdata.charts.export import content
from necdata.charts.ranking import few_key, top_of

NAMES = {
    "elections": "Public elections",
    "campaigning": "Campaigning",
    "selections": "Candidate selections",
    "leadership": "Party leadership",
    "membership": "Members and local parties",
    "finance": "Party finance",
    "conference": "Party conferences",
    "policy_making": "Policy-making",
    "rules": "Rules and governance",
    "discipline": "Discipline and conduct",
    "antisemitism": "Antisemitism",
    "equalities": "Equalities and representation",
    "staff": "Staff and headquarters",
    "trade_unions": "Trade unions and affiliates",
    "local_government": "Local government",
    "nations": "Nations and devolution",
    "economy": "Economy",
    "health": "Health",
    "covid": "Covid-19",
    "employment": "Work and employment",
    "education": "Education and childcare",
    "environment": "Environment and energy",
    "justice": "Crime, justice and home affairs",
    "welfare": "Social security and social care",
    "housing": "Housing and planning",
    "international": "International affairs and defence",
    "europe": "Europe and Brexit",
    "opponents": "Government and other parties",
    "media": "Media and communications",
}
KEYS = list(NAMES)
REPORTERS = ["Ada Bell", "Cornelius Dunn", "Eve Featherstonehaugh", "G. Hill; I. Jarrow", "K. Lee", "Mo North"]
ERAS = pd.DataFrame(
    [
        ("Gordon Brown", "Brown", "2007-06-24", "2010-05-11"),
        ("Harriet Harman", "Harman", "2010-05-11", "2010-09-25"),
        ("Ed Miliband", "Miliband", "2010-09-25", "2015-05-08"),
        ("Harriet Harman", "Harman", "2015-05-08", "2015-09-12"),
        ("Jeremy Corbyn", "Corbyn", "2015-09-12", "2020-04-04"),
        ("Keir Starmer", "Starmer", "2020-04-04", None),
    ],
    columns=["leader", "short_name", "start", "end"],
).astype({"start": "datetime64[us]", "end": "datetime64[us]"})
ELECTIONS = pd.DataFrame(
    [
        ("2010-05-06", "general", "2010 UK general election"),
        ("2015-05-07", "general", "2015 UK general election"),
        ("2016-06-23", "referendum", "2016 referendum on the European Union"),
        ("2017-06-08", "general", "2017 UK general election"),
        ("2019-12-12", "general", "2019 UK general election"),
        ("2024-07-04", "general", "2024 UK general election"),
    ],
    columns=["date", "kind", "name"],
).astype({"date": "datetime64[us]"})
DATES = [
    f"{year}-{day}"
    for year, days in {
        2012: "05-29",
        2016: "09-17 11-22",
        2017: "01-24 03-21 05-03 07-18",
        2019: "01-22 03-26 05-21 07-23 09-21 11-16",
        2020: "01-14 05-19 07-21 09-15 11-24",
        2021: "01-26 03-04 05-13",
        2023: "11-28",
    }.items()
    for day in days.split()
]


def make_meetings(dates: list[str], reporters: list[str]) -> pd.DataFrame:
    """Meetings on these dates, some known to a span only, some cut off, in three kinds."""
    start = pd.to_datetime(pd.Series(dates)).astype("datetime64[us]")
    count = len(start)
    place = np.arange(count)
    precision = np.select([place % 11 == 5, place % 11 == 8, place % 11 == 10], ["month", "range", "between"], "day")
    length = pd.to_timedelta(np.select([place % 11 == 5, place % 11 == 8, place % 11 == 10], [30, 1, 75], 0), unit="D")
    end = start + length
    general = ELECTIONS.loc[ELECTIONS["kind"] == "general", "date"]
    after = [general[general >= date].min() for date in start + length / 2]
    leader = [ERAS.loc[ERAS["start"] <= date, "leader"].iloc[-1] for date in start]
    kinds = [
        "full_meeting",
        "full_meeting",
        "away_day",
        "full_meeting",
        "sub_committee",
        "special_meeting",
        "full_meeting",
    ]
    return pd.DataFrame(
        {
            "meeting_id": [f"{date}-{number}" for number, date in enumerate(dates)],
            "kind": [kinds[number % len(kinds)] for number in place],
            "start": start,
            "end": end.astype("datetime64[us]"),
            "precision": precision,
            "evidence": "title",
            "leader": leader,
            "next_election": pd.Series(after),
            "days_to_election": (pd.Series(after) - (start + length / 2)).dt.days.astype("Int64"),
            "n_posts": 1,
            "n_passages": 20,
            "n_words": 900,
            "is_partial": place % 3 == 1,
            "reporter": [reporters[number * (number + 1) // 2 % len(reporters)] for number in place],
        }
    )


def make_topics(meetings: pd.DataFrame) -> pd.DataFrame:
    """Every topic in every meeting, most of them rare, some never."""
    draw = np.random.default_rng(7)
    usual = np.linspace(3.2, 0, len(KEYS))
    passages = draw.poisson(usual, (len(meetings), len(KEYS)))
    hits = passages + draw.poisson(usual * 0.7, passages.shape)
    return pd.DataFrame(
        {
            "meeting_id": np.repeat(meetings["meeting_id"].to_numpy(), len(KEYS)),
            "topic": KEYS * len(meetings),
            "n_passages": passages.ravel(),
            "n_hits": hits.ravel(),
            "share_of_passages": passages.ravel() / 20,
            "per_1000_words": hits.ravel() / 0.9,
        }
    )


def make_rates(topics: pd.DataFrame, meetings: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Mean share of each topic in groups of meetings; limits where there are ten meetings."""
    table = topics.merge(meetings.assign(all="all"), on="meeting_id")
    found = (
        table.groupby([by or "all", "topic"], sort=False)["share_of_passages"]
        .agg(["mean", "sem", "size"])
        .reset_index()
    )
    enough = found["size"] >= 10
    low, high = (found["mean"] + side * 2 * found["sem"] for side in (-1, 1))
    return pd.DataFrame(
        {
            (by or "all"): found[by or "all"],
            "topic": found["topic"],
            "measure": "share_of_passages",
            "estimate": found["mean"],
            "low": low.clip(lower=0).where(enough & (found["mean"] > 0)),
            "high": high.where(enough & (found["mean"] > 0)),
            "n_meetings": found["size"],
            "group": ["party" if KEYS.index(key) < 14 else "policy" for key in found["topic"]],
        }
    )


def make_terms(count: int) -> pd.DataFrame:
    """Words on both sides, with the columns of keyness."""
    ratio = np.linspace(5.5, -4.2, count)
    words = ["$5bn", "a\\b", "antidisestablishmentarianism", "R&D", "100%", "x_1^2$", "“we”"]
    return pd.DataFrame(
        {
            "term": [words[number] if number < len(words) else f"word{number}" for number in range(count)],
            "target": "Keir Starmer",
            "reference": "Jeremy Corbyn",
            "log_ratio": ratio,
            "z": ratio * 1.7,
            "n_target": np.arange(count)[::-1] * 3,
            "n_reference": np.arange(count) * 2,
            "target_meetings": np.arange(count)[::-1] % 10 + 1,
            "reference_meetings": np.arange(count) % 10 + 1,
        }
    )


def make_curve(along: str, places: list[object]) -> pd.DataFrame:
    """A smooth curve that rests on few meetings in its first third."""
    estimate = np.linspace(0.1, 0.2, len(places))
    few = np.arange(len(places)) < len(places) // 3
    return pd.DataFrame(
        {
            along: places,
            "estimate": estimate,
            "low": estimate - 0.03,
            "high": estimate + 0.03,
            "n_meetings": np.where(few, 4, 14),
        }
    )


class Corpus:
    """The frames of a corpus."""

    def __init__(self, times: int) -> None:
        days = pd.to_datetime(pd.Series(DATES))
        dates = [f"{date:%Y-%m-%d}" for number in range(times) for date in days + pd.Timedelta(days=26 * number)]
        self.meetings = make_meetings(sorted(dates), REPORTERS[:3] if times == 1 else REPORTERS)
        self.topics = make_topics(self.meetings)
        period = "Y" if times == 1 else "Q"
        self.meetings["period"] = self.meetings["start"].dt.to_period(period)
        self.terms = make_terms(40 * times)

    def rates(self, by: str | None = None) -> pd.DataFrame:
        return make_rates(self.topics, self.meetings, by)


SIZES = {"small": Corpus(1), "large": Corpus(10)}
SOURCE = charts.source_line(meetings=22, posts=22, pages=5, reporters=REPORTERS[:3], codebook="1.0.0")


@cache
def draw(name: str, size: str = "small", width: float = style.FULL_WIDTH) -> charts.Chart:
    """One chart of one of the corpora."""
    corpus = SIZES[size]
    c, topics, meetings = charts, corpus.topics, corpus.meetings
    around, look = (ERAS, ELECTIONS), {"names": NAMES, "source": SOURCE, "width": width}
    distances = make_curve("days_to_election", list(np.linspace(0, 1500, 60)))
    days = make_curve("date", list(pd.date_range("2016-06-01", "2021-06-01", periods=60)))
    match name:
        case "timeline":
            return c.timeline(meetings, *around, source=SOURCE, width=width)
        case "timeline-by-reporter":
            return c.timeline(meetings, *around, rows="reporter", source=SOURCE, width=width)
        case "ranked-topics":
            return c.ranked_topics(corpus.rates(), topics, meetings, **look)
        case "ranked-topics-few":
            few = meetings.head(6)
            told = topics[topics["meeting_id"].isin(few["meeting_id"])]
            return c.ranked_topics(make_rates(told, few), told, few, **look)
        case "heat-map":
            return c.heat_map(corpus.rates("period"), *around, **look)
        case "small-multiples":
            return c.small_multiples(topics, meetings, *around, **look)
        case "small-multiples-chosen":
            return c.small_multiples(topics, meetings, *around, chosen_topics=KEYS[:6], **look)
        case "topics-by-era":
            return c.topics_by_era(corpus.rates("leader"), topics, meetings, ERAS, **look)
        case "era-contrast":
            return c.era_contrast(corpus.rates("leader"), "Corbyn", "Starmer", topics, meetings, ERAS, **look)
        case "election-talk":
            return c.over_time(topics, meetings, *around, **look)
        case "election-talk-curve":
            return c.over_time(topics, meetings, *around, curve=days, **look)
        case "per-1000-words":
            return c.over_time(topics, meetings, *around, value="per_1000_words", **look)
        case "election-distance":
            return c.by_distance(topics, meetings, **look)
        case "election-distance-curve":
            return c.by_distance(topics, meetings, curve=distances, **look)
        case "keyness":
            return c.keyness_plot(corpus.terms, source=SOURCE, width=width)
        case "reporters":
            return c.reporter_comparison(corpus.rates("reporter"), topics, meetings, **look)
    raise ValueError(name)


ALL = [
    "timeline",
    "timeline-by-reporter",
    "ranked-topics",
    "ranked-topics-few",
    "heat-map",
    "small-multiples",
    "small-multiples-chosen",
    "topics-by-era",
    "era-contrast",
    "election-talk",
    "election-talk-curve",
    "per-1000-words",
    "election-distance",
    "election-distance-curve",
    "keyness",
    "reporters",
]


WIDTHS = [style.COLUMN_WIDTH, style.FULL_WIDTH]
EVERY = [
    (name, size, width)
    for name in ALL
    for size in SIZES
    for width in WIDTHS
    if (name, size) != ("ranked-topics-few", "large")
]
TIMED = ["timeline", "heat-map", "small-multiples-chosen", "election-talk"]


def texts(chart: charts.Chart) -> list[str]:
    """All text on a chart."""
    return [text.get_text() for text in chart.findobj(Text) if text.get_text()]


@pytest.mark.parametrize(("name", "size", "width"), EVERY)
def test_no_text_is_clipped_or_overlaps(name: str, size: str, width: float) -> None:
    """The renderer's boxes of all text lie inside the chart and apart from each other."""
    assert charts.text_problems(draw(name, size, width)) == []


def test_overlapping_and_clipped_text_is_found() -> None:
    """The check that all charts pass does not pass everything."""
    chart = charts.sheet(89, 30)
    axes = charts.panel(chart, 10, 5, 60, 20)
    axes.set_axis_off()
    axes.text(0.5, 0.5, "one")
    axes.text(0.51, 0.5, "two")
    axes.text(1, 0.2, "far out of the page")
    charts.finish(chart, pd.DataFrame(), title="t", alt="a")
    assert charts.text_problems(chart) == [
        "'far out of the page' is cut off at the edge of the chart",
        "'one' and 'two' overlap",
    ]


@pytest.mark.parametrize("name", ALL)
def test_every_chart_says_what_it_shows(name: str) -> None:
    """Title, unit, source and an alt text with numbers; the drawn data has the chart's rows."""
    chart = draw(name)
    assert chart.title and chart.subtitle and chart.source == SOURCE
    assert re.search(r"\d", chart.alt) and 80 < len(chart.alt) < 900
    assert len(chart.drawn) >= 20
    shown = " ".join(texts(chart))
    assert all(word in shown for word in (*chart.title.split(), *SOURCE.split()))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", TIMED)
def test_eras_and_elections_are_named(name: str, size: str, width: float) -> None:
    """Each leader's name and each general election in the range stand on time charts."""
    shown = texts(draw(name, size, width))
    assert {"Miliband", "Harman", "Corbyn", "Starmer"} <= set(shown)
    assert "Brown" not in shown
    for year in (2015, 2017, 2019):
        assert any(text.startswith(f"{year} UK gen") or text == str(year) for text in shown)
    assert not any("referendum" in text for text in shown)


def test_years_of_elections_stand_beside_their_lines() -> None:
    """A year is written within its own width of the line of its election."""
    flags = dates_context(90).flags
    assert [flag.words for flag in sorted(flags, key=lambda flag: flag.at)] == ["2015", "2017", "2019"]
    assert all(min(abs(flag.left - flag.at), abs(flag.right - flag.at)) < 1 for flag in flags)


def dates_context(width: float) -> Context:
    """The eras and elections around the small corpus on a scale of some mm."""
    scale = timescale(dated(SIZES["small"].meetings), width)
    return context(scale, ERAS, ELECTIONS)


def test_words_of_elections_find_room_by_trying_all_places() -> None:
    """Where one side of a line is taken, the other side or a higher lane is used."""
    scale = timescale(dated(SIZES["large"].meetings), 35)
    assert len(context(scale, ERAS, ELECTIONS).flags) == 4


def test_gaps_are_found_and_named() -> None:
    """Stretches of a year without a meeting are bracketed with their length."""
    found = gaps(dated(SIZES["small"].meetings))
    assert [months(right - left) for left, right in found] == [52, 18, 30]
    for name in ("timeline", "election-talk"):
        assert "no accounts for 52 months" in texts(draw(name))
    narrow = draw("timeline", width=style.COLUMN_WIDTH)
    assert {"18", "months without an account"} <= set(texts(narrow))


def test_an_unknown_day_is_a_bar_and_a_known_one_a_dot() -> None:
    """Meetings known to the month are drawn over all of it, and never as a point."""
    meetings = SIZES["small"].meetings
    spans = (meetings["precision"] != "day").sum()
    axes = charts.timeline(meetings.drop(columns="reporter"), width=183).axes[1]
    bars = [
        path
        for drawn in axes.collections
        for path in drawn.get_paths()
        if to_hex(drawn.get_color()[0]).upper() == style.ACCENT
    ]
    dots = sum(len(line.get_xdata()) for line in axes.lines if line.get_marker() == "o")
    assert (len(bars), dots) == (spans, len(meetings) - spans)
    between = meetings[meetings["precision"] == "between"].iloc[0]
    widths = [path.vertices[1][0] - path.vertices[0][0] for path in bars]
    assert (between["end"] - between["start"]).days + 1 in [round(width) for width in widths]


def test_partial_accounts_are_hollow() -> None:
    """Marks of accounts that were cut off are filled with the paper's colour."""
    meetings = SIZES["small"].meetings
    axes = charts.timeline(meetings.drop(columns="reporter"), width=183).axes[1]
    hollow = sum(
        len(line.get_xdata())
        for line in axes.lines
        if line.get_marker() == "o" and to_hex(line.get_markerfacecolor()).upper() == style.PAPER
    )
    assert hollow == (meetings["is_partial"] & (meetings["precision"] == "day")).sum() > 0


def test_zeros_stay() -> None:
    """A topic that no meeting speaks of has its row in every chart of topics."""
    name = NAMES[KEYS[-1]]
    assert SIZES["small"].rates().set_index("topic").loc[KEYS[-1], "estimate"] == 0
    for chart in ("ranked-topics", "heat-map", "small-multiples", "topics-by-era", "era-contrast", "reporters"):
        assert name in texts(draw(chart)), chart


def test_periods_without_a_meeting_stay_blank() -> None:
    """The heat map has a column for every year of its range, and paints none without a meeting."""
    mesh = draw("heat-map").axes[2].collections[0]
    values = mesh.get_array()
    assert values.shape == (29, 12)
    assert values.mask.all(axis=0).tolist() == [
        year not in SIZES["small"].meetings["start"].dt.year.to_list() for year in range(2012, 2024)
    ]


def test_no_interval_below_ten_meetings() -> None:
    """An interval from nine meetings is not drawn even where it is given; every meeting is."""
    meetings = SIZES["small"].meetings.head(9)
    topics = SIZES["small"].topics.query("topic == 'economy'")
    rates = pd.DataFrame({"topic": ["economy"], "estimate": [0.1], "low": [0.05], "high": [0.15], "n_meetings": [9]})
    assert drawn_marks(charts.ranked_topics(rates, topics, meetings)) == (0, 9)
    enough = rates.assign(n_meetings=10)
    assert drawn_marks(charts.ranked_topics(enough, topics, meetings)) == (1, 1)


def drawn_marks(chart: charts.Chart) -> tuple[int, int]:
    """How many intervals and how many dots a chart of one row has."""
    lines = chart.axes[0].lines[1:]
    return (sum(line.get_linestyle() == "-" for line in lines), sum(line.get_marker() == "o" for line in lines))


def test_a_curve_is_drawn_only_where_it_rests_on_enough_meetings() -> None:
    """The thin end of a curve is left out, and all of it where none of it is warranted."""
    chart = draw("election-distance-curve")
    curve = chart.drawn[chart.drawn["series"] == "curve"]
    assert len(curve) == 40 and (curve["n_meetings"] >= 10).all()
    thin = make_curve("days_to_election", list(range(30))).assign(n_meetings=9)
    small = SIZES["small"]
    charts.by_distance(small.topics, small.meetings, curve=thin.head(0))
    plain = charts.by_distance(small.topics, small.meetings, curve=thin)
    assert "series" not in plain.drawn and "moving rate (10 meetings or more), 95% band" not in texts(plain)


def test_rates_in_another_unit_are_labelled_in_it() -> None:
    """Rates per 1,000 words are not written as shares."""
    chart = draw("per-1000-words")
    assert chart.subtitle == "Hits of “Public elections” per 1,000 words, 22 meetings"
    assert not any("%" in text for text in texts(chart))


def test_words_are_not_read_as_mathematics() -> None:
    """Dollars and backslashes of the pages stand in the chart and the SVG as they are."""
    chart = draw("keyness")
    assert {"$5bn", "a\\b", "x_1^2$"} <= set(texts(chart))
    assert not any(text.get_parse_math() for text in chart.findobj(Text))
    title = charts.finish(charts.sheet(89, 10), pd.DataFrame(), title="$a_1$ and $b^2$", alt="x")
    picture = content(title, "svg").decode()
    assert "$a_1$ and $b^2$" in picture


def test_a_ranking_states_a_leader_only_where_its_interval_lies_apart() -> None:
    """The title names the first topic if no other's interval reaches its own, else none."""
    rates = pd.DataFrame(
        {
            "topic": ["health", "covid"],
            "estimate": [0.3, 0.1],
            "low": [0.25, 0.05],
            "high": [0.35, 0.2],
            "n_meetings": [20, 20],
        }
    )
    title = "Health takes up more of the accounts than any other topic"
    neutral = "What accounts of NEC meetings are about: 2 topics"
    assert charts.ranked_topics(rates).title == title
    assert charts.ranked_topics(rates.assign(high=[0.35, 0.26])).title == neutral
    assert charts.ranked_topics(rates.assign(n_meetings=9)).title == neutral
    assert charts.ranked_topics(rates.drop(columns=["low", "high"])).title == neutral


def test_a_ranking_of_one_topic_names_it() -> None:
    """One row is no ranking."""
    rates = pd.DataFrame({"topic": ["health"], "estimate": [0.3], "n_meetings": [20]})
    assert charts.ranked_topics(rates).title == "Health in accounts of NEC meetings"


@pytest.mark.parametrize(("told", "title"), [(0, "not in the accounts of any of 9"), (4, "of 4 of 9"), (9, "every")])
def test_a_chart_over_time_counts_the_meetings_that_tell_of_the_topic(told: int, title: str) -> None:
    """A count of accounts is a finding that needs no interval."""
    assert title in findings.told_title("Health", told, 9)


def test_one_meeting_does_not_squeeze_a_scale() -> None:
    """Where a few single meetings would more than halve all else the scale ends before them, and they are arrows."""
    table = pd.DataFrame({"estimate": [0.1, 0.05], "high": [0.15, 0.1], "banded": [True, True], "n_meetings": [20, 20]})
    shown = [0.0] * 30 + [0.1] * 9
    near, far = (pd.DataFrame({"shown": [*shown, last], "is_partial": False}) for last in (0.2, 1.0))
    assert top_of(table, near) == pytest.approx(0.2)
    assert top_of(table, far) == pytest.approx(0.15)
    assert top_of(table, None) == pytest.approx(0.15)
    assert not any(entry.symbol == ">" for entry in few_key(near, 0.2))
    assert any(entry.words == "one meeting, beyond the scale" for entry in few_key(far, 0.15))


def test_rows_of_a_timeline_are_as_deep_as_their_words() -> None:
    """A long name takes two lines and no more, and its row grows with them."""
    long = "Bartholomew Featherstonehaugh-Cholmondeley and Wilhelmina Throgmorton-Smythe"
    meetings = SIZES["small"].meetings.assign(reporter=long)
    chart = charts.timeline(meetings, ERAS, ELECTIONS, rows="reporter", width=89)
    label = next(text for text in texts(chart) if text.startswith("Bartholomew"))
    assert label.count("\n") == 1 and label.endswith(f"… ({len(meetings)})")
    assert charts.text_problems(chart) == []


def test_reporters_have_colours_only_where_these_tell_most_apart() -> None:
    """Four colours among forty reporters say nothing; those whose reporter is not known share the neutral mark."""
    one = pd.DataFrame({"reporter": ["A", "A", "B", None]})
    assert list(reporter_colours(one)) == ["A", "B"]
    assert [entry.words for entry in reporters_key(one, reporter_colours(one))][-1] == "not known (1)"
    assert reporter_colours(pd.DataFrame({"reporter": list("ABCDEFGHIJ")})) == {}


def test_a_contrast_states_a_change_only_where_the_tests_bear_it_out() -> None:
    """Neither an unsure change nor a change of reporters makes a title."""
    rates = SIZES["small"].rates("leader")
    told = pd.DataFrame(
        {
            "topic": ["economy", "health"],
            "difference": [0.3, -0.1],
            "p_holm": [0.2, 0.01],
            "reporter_constant": ["yes", "yes"],
        }
    )

    def title(contrasts: pd.DataFrame | None) -> str:
        return charts.era_contrast(rates, "Corbyn", "Starmer", eras=ERAS, names=NAMES, contrasts=contrasts).title

    neutral = "What accounts are about under Corbyn and under Starmer"
    assert title(None) == neutral
    assert title(told) == "Health: less of it under Starmer than under Corbyn"
    assert title(told.assign(p_holm=0.2)) == neutral
    assert title(told.assign(reporter_constant="no")) == neutral
    chart = charts.era_contrast(rates, "Corbyn", "Starmer", eras=ERAS, contrasts=told.assign(reporter_constant="no"))
    assert any("No reporter wrote about both eras" in text for text in texts(chart))


def test_contrasts_run_from_the_largest_rise_to_the_largest_fall() -> None:
    """Rows are in order of the difference, second era less first."""
    drawn = draw("era-contrast", "large").drawn
    assert drawn["change"].is_monotonic_decreasing
    assert np.allclose(drawn["change"], drawn["estimate_2"] - drawn["estimate_1"])


def test_groups_have_their_n() -> None:
    """Each panel of eras is headed with its number of meetings."""
    shown = texts(draw("topics-by-era"))
    sizes = SIZES["small"].meetings["leader"].value_counts()
    assert [text for text in shown if re.fullmatch(r"\d+ meetings?", text)] == [
        "1 meeting",
        f"{sizes['Jeremy Corbyn']} meetings",
        f"{sizes['Keir Starmer']} meetings",
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda c: charts.timeline(c.meetings.drop(columns="precision")), "no column precision"),
        (lambda c: charts.timeline(c.meetings.head(0)), "no rows to draw"),
        (lambda c: charts.timeline(c.meetings.assign(start=pd.NaT)), "no meeting to draw has a date"),
        (lambda c: charts.over_time(c.topics, c.meetings, topic="sport"), "no topic sport"),
        (lambda c: charts.era_contrast(c.rates("leader"), "Corbyn", "Attlee", eras=ERAS), "no era 'Attlee'"),
        (lambda c: charts.heat_map(c.rates().assign(period="soon")), "'2019Q3'"),
        (lambda c: charts.keyness_plot(c.terms.assign(log_ratio=0.0)), "no rows to draw"),
        (lambda c: charts.sheet(20, 20), "too small"),
        (lambda c: charts.finish(charts.sheet(89, 20), c.terms, title="t"), "alt text"),
    ],
)
def test_frames_that_cannot_be_drawn_are_refused(wrong: Callable[[Corpus], object], message: str) -> None:
    """The error says what is missing."""
    with pytest.raises(ValueError, match=message):
        wrong(SIZES["small"])


def test_meetings_that_are_not_drawn_are_counted() -> None:
    """Meetings without a date, and those without a later election, are in a note."""
    corpus = SIZES["small"]
    undated = corpus.meetings.assign(start=corpus.meetings["start"].mask(corpus.meetings.index < 2))
    assert "Not drawn: 2 meetings without a date." in texts(charts.timeline(undated))
    late = corpus.meetings.assign(days_to_election=corpus.meetings["days_to_election"].mask(corpus.meetings.index > 20))
    shown = " ".join(texts(charts.by_distance(corpus.topics, late)))
    assert "Not drawn: 1 meeting with no later election known." in shown


def test_charts_do_not_change_their_frames() -> None:
    """The caller's frames are as they were."""
    corpus = Corpus(1)
    before = [corpus.meetings.copy(), corpus.topics.copy(), ERAS.copy(), ELECTIONS.copy()]
    charts.timeline(corpus.meetings, ERAS, ELECTIONS)
    charts.over_time(corpus.topics, corpus.meetings, ERAS, ELECTIONS)
    charts.by_distance(corpus.topics, corpus.meetings)
    for old, new in zip(before, [corpus.meetings, corpus.topics, ERAS, ELECTIONS], strict=True):
        pd.testing.assert_frame_equal(old, new)


def test_a_notebook_gets_the_picture_with_its_alt_text() -> None:
    """The rich display of a chart is a PNG with alt text, and needs no pyplot."""
    data, metadata = draw("timeline")._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == draw("timeline").alt


def test_only_the_modules_of_charts_import_matplotlib() -> None:
    """No other module loads matplotlib when it is imported, and none loads pyplot."""
    package = Path(charts.__file__).parent.parent
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^(from|import) matplotlib", path.read_text(), re.M)
    }
    assert {name for name in users if not name.startswith("charts/")} <= {"style.py", "export.py"}
    probe = "import sys, necdata; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], cwd=package.parent).returncode == 0
    probe = "import sys, necdata.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], cwd=package.parent).returncode == 0
