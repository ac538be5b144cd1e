"""Every chart, on a corpus like the shipped one and on one ten times as large, at both widths."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from necdata import charts, style

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
REPORTERS = ["Ada Bell", "Cornelius Dunn", "Eve Featherstonehaugh", "G. Hill; I. Jarrow", "K. Lee",
             "Mo North"]
ERAS = pd.DataFrame(
    [("Gordon Brown", "Brown", "2007-06-24", "2010-05-11"),
     ("Harriet Harman", "Harman", "2010-05-11", "2010-09-25"),
     ("Ed Miliband", "Miliband", "2010-09-25", "2015-05-08"),
     ("Harriet Harman", "Harman", "2015-05-08", "2015-09-12"),
     ("Jeremy Corbyn", "Corbyn", "2015-09-12", "2020-04-04"),
     ("Keir Starmer", "Starmer", "2020-04-04", None)],
    columns=["leader", "short_name", "start", "end"],
).astype({"start": "datetime64[us]", "end": "datetime64[us]"})
ELECTIONS = pd.DataFrame(
    [("2010-05-06", "general", "2010 UK general election"),
     ("2015-05-07", "general", "2015 UK general election"),
     ("2016-06-23", "referendum", "2016 referendum on the European Union"),
     ("2017-06-08", "general", "2017 UK general election"),
     ("2019-12-12", "general", "2019 UK general election"),
     ("2024-07-04", "general", "2024 UK general election")],
    columns=["date", "kind", "name"],
).astype({"date": "datetime64[us]"})
DATES = [f"{year}-{day}" for year, days in {
    2012: "05-29", 2016: "09-17 11-22", 2017: "01-24 03-21 05-03 07-18",
    2019: "01-22 03-26 05-21 07-23 09-21 11-16", 2020: "01-14 05-19 07-21 09-15 11-24",
    2021: "01-26 03-04 05-13", 2023: "11-28"}.items() for day in days.split()]


def make_meetings(dates: list[str], reporters: list[str]) -> pd.DataFrame:
    """Meetings on these dates, some known to a span only, some cut off, in three kinds."""
    start = pd.to_datetime(pd.Series(dates)).astype("datetime64[us]")
    count = len(start)
    place = np.arange(count)
    precision = np.select([place % 11 == 5, place % 11 == 8, place % 11 == 10],
                          ["month", "range", "between"], "day")
    length = pd.to_timedelta(np.select([place % 11 == 5, place % 11 == 8, place % 11 == 10],
                                       [30, 1, 75], 0), unit="D")
    end = start + length
    general = ELECTIONS.loc[ELECTIONS["kind"] == "general", "date"]
    after = [general[general >= date].min() for date in start + length / 2]
    leader = [ERAS.loc[ERAS["start"] <= date, "leader"].iloc[-1] for date in start]
    kinds = ["full_meeting", "full_meeting", "away_day", "full_meeting", "sub_committee",
             "special_meeting", "full_meeting"]
    return pd.DataFrame({
        "meeting_id": [f"{date}-{number}" for number, date in enumerate(dates)],
        "kind": [kinds[number % len(kinds)] for number in place],
        "start": start, "end": end.astype("datetime64[us]"), "precision": precision,
        "evidence": "title", "leader": leader, "next_election": pd.Series(after),
        "days_to_election": (pd.Series(after) - (start + length / 2)).dt.days.astype("Int64"),
        "n_posts": 1, "n_passages": 20, "n_words": 900, "is_partial": place % 3 == 1,
        "reporter": [reporters[number * (number + 1) // 2 % len(reporters)] for number in place],
    })


def make_topics(meetings: pd.DataFrame) -> pd.DataFrame:
    """Every topic in every meeting, most of them rare, some never."""
    draw = np.random.default_rng(7)
    usual = np.linspace(3.2, 0, len(KEYS))
    passages = draw.poisson(usual, (len(meetings), len(KEYS)))
    hits = passages + draw.poisson(usual * 0.7, passages.shape)
    return pd.DataFrame({
        "meeting_id": np.repeat(meetings["meeting_id"].to_numpy(), len(KEYS)),
        "topic": KEYS * len(meetings),
        "n_passages": passages.ravel(), "n_hits": hits.ravel(),
        "share_of_passages": passages.ravel() / 20, "per_1000_words": hits.ravel() / 0.9,
    })


def make_rates(topics: pd.DataFrame, meetings: pd.DataFrame, by: str | None = None
               ) -> pd.DataFrame:
    """Mean share of each topic in groups of meetings; limits where there are ten meetings."""
    table = topics.merge(meetings.assign(all="all"), on="meeting_id")
    found = table.groupby([by or "all", "topic"], sort=False)["share_of_passages"].agg(
        ["mean", "sem", "size"]).reset_index()
    enough = found["size"] >= 10
    low, high = (found["mean"] + side * 2 * found["sem"] for side in (-1, 1))
    return pd.DataFrame({
        (by or "all"): found[by or "all"], "topic": found["topic"],
        "measure": "share_of_passages", "estimate": found["mean"],
        "low": low.clip(lower=0).where(enough & (found["mean"] > 0)),
        "high": high.where(enough & (found["mean"] > 0)), "n_meetings": found["size"],
        "group": ["party" if KEYS.index(key) < 14 else "policy" for key in found["topic"]],
    })


def make_terms(count: int) -> pd.DataFrame:
    """Words on both sides, with the columns of keyness."""
    ratio = np.linspace(5.5, -4.2, count)
    words = ["$5bn", "a\\b", "antidisestablishmentarianism", "R&D", "100%", "x_1^2$", "“we”"]
    return pd.DataFrame({
        "term": [words[number] if number < len(words) else f"word{number}"
                 for number in range(count)],
        "target": "Keir Starmer", "reference": "Jeremy Corbyn",
        "log_ratio": ratio, "z": ratio * 1.7,
        "target_n": np.arange(count)[::-1] * 3, "reference_n": np.arange(count) * 2,
        "target_meetings": np.arange(count)[::-1] % 10 + 1,
        "reference_meetings": np.arange(count) % 10 + 1,
    })


def make_curve(along: str, places: list[object]) -> pd.DataFrame:
    """A smooth curve that rests on few meetings in its first third."""
    estimate = np.linspace(0.1, 0.2, len(places))
    few = np.arange(len(places)) < len(places) // 3
    return pd.DataFrame({along: places, "estimate": estimate, "low": estimate - 0.03,
                         "high": estimate + 0.03, "n_meetings": np.where(few, 4, 14)})


class Corpus:
    """The frames of a corpus."""

    def __init__(self, times: int) -> None:
        days = pd.to_datetime(pd.Series(DATES))
        dates = [f"{date:%Y-%m-%d}" for number in range(times)
                 for date in days + pd.Timedelta(days=26 * number)]
        self.meetings = make_meetings(sorted(dates), REPORTERS[:3] if times == 1 else REPORTERS)
        self.topics = make_topics(self.meetings)
        period = "Y" if times == 1 else "Q"
        self.meetings["period"] = self.meetings["start"].dt.to_period(period)
        self.terms = make_terms(40 * times)

    def rates(self, by: str | None = None) -> pd.DataFrame:
        return make_rates(self.topics, self.meetings, by)


SIZES = {"small": Corpus(1), "large": Corpus(10)}
SOURCE = charts.source_line(meetings=22, posts=22, pages=5, reporters=REPORTERS[:3],
                            codebook="1.0.0")


def draw(name: str, corpus: Corpus, width: float) -> charts.Chart:
    """One chart of a corpus."""
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
            return c.era_contrast(corpus.rates("leader"), "Corbyn", "Starmer", topics, meetings,
                                  ERAS, **look)
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


ALL = ["timeline", "timeline-by-reporter", "ranked-topics", "ranked-topics-few", "heat-map",
       "small-multiples", "small-multiples-chosen", "topics-by-era", "era-contrast",
       "election-talk", "election-talk-curve", "per-1000-words", "election-distance",
       "election-distance-curve", "keyness", "reporters"]


@pytest.mark.parametrize("width", [style.COLUMN_WIDTH, style.FULL_WIDTH])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ALL)
def test_no_text_is_clipped_or_overlaps(name: str, size: str, width: float) -> None:
    """The renderer's boxes of all text lie inside the chart and apart from each other."""
    assert charts.text_problems(draw(name, SIZES[size], width)) == []
