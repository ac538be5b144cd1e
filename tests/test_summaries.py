"""Summaries: small tables for reading, counted from a corpus small enough to count by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, save

import necdata
from necdata.corpus import Corpus
from necdata.publishing import summaries


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Seven meetings on three pages: one under Ed Miliband, six under Jeremy Corbyn."""
    place = tmp_path_factory.mktemp("corpus")
    for name, text in (("archive.txt", ARCHIVE), ("blogspot.txt", BLOGSPOT), ("labourlist.txt", LABOURLIST)):
        save(place / "raw", name, text)
    necdata.build(place / "raw", place / "processed")
    return necdata.load(place / "processed")


def test_meetings_are_counted_by_era(corpus: Corpus):
    """Eras in order of office, with cut-off meetings and words per meeting; eras without a meeting are absent."""
    found = summaries.by_era(corpus)
    assert found["leader"].tolist() == ["Ed Miliband", "Jeremy Corbyn"]
    assert found["meetings"].tolist() == [1, 6] and found["cut_off"].tolist() == [0, 4]
    assert found["words"].sum() == corpus.meetings["n_words"].sum()
    assert found["words_per_meeting"].tolist() == [
        round(w / m) for w, m in zip(found["words"], found["meetings"], strict=True)
    ]


def test_meetings_are_counted_by_kind(corpus: Corpus):
    """A row for each kind that there is, a column for each era; the cells add up to the meetings."""
    found = summaries.by_kind(corpus)
    assert found["kind"].astype("str").tolist() == ["full_meeting", "away_day"]
    assert found[["Ed Miliband", "Jeremy Corbyn"]].to_numpy().tolist() == [[1, 5], [0, 1]]


def test_posts_are_counted_by_reporter(corpus: Corpus):
    """Who told, how much, from when to when; nobody's posts are "not known"."""
    found = summaries.by_reporter(corpus).set_index("author")
    assert found["posts"].to_dict() == {"not known": 6, "Hester Lomax": 1}
    assert found.loc["Hester Lomax", ["first", "last"]].tolist() == [pd.Timestamp("2018-11-13")] * 2
    assert found.loc["not known", "first"] == pd.Timestamp("2012-06-12")


def test_characters_are_shared_out(corpus: Corpus):
    """A row per page; the three shares add up to one."""
    found = summaries.characters(corpus)
    assert found["file"].tolist() == ["archive.txt", "blogspot.txt", "labourlist.txt"]
    assert found[["post", "comment", "boilerplate"]].sum(axis=1).round(2).eq(1).all()
    assert found["comment"].gt(0).tolist() == [False, True, True]


def test_the_longest_gap_is_found(corpus: Corpus):
    """From the meeting of June 2012 to that of January 2017."""
    assert summaries.longest_gap(corpus) == (pd.Timestamp("2012-06-12"), pd.Timestamp("2017-01-24"))


def test_spans_are_no_gaps(corpus: Corpus):
    """A meeting somewhere between two days fills the time between them."""
    wide = corpus.meetings.assign(
        end=corpus.meetings["end"].where(corpus.meetings.index != 0, pd.Timestamp("2016-12-31"))
    )
    other = Corpus(corpus.folder)
    other.__dict__["meetings"] = wide
    assert summaries.longest_gap(other)[0] != pd.Timestamp("2012-06-12")


def test_dates_are_counted_by_how_exact_they_are(corpus: Corpus):
    """In order of exactness, absent ones left out."""
    found = summaries.exactness(corpus)
    assert dict(zip(found["precision"].astype("str"), found["meetings"], strict=True)) == {"day": 5, "month": 2}
