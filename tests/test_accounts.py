"""Accounts of one meeting side by side, on pages written for the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from written import save

import necdata
from necdata.corpus import Corpus
from necdata.publishing import accounts

FIRST = """NEC Report – 14 March 2018

Posted on March 16, 2018 by Odile Marsh

The NEC met for three hours and agreed that turnout at the local elections would decide the year for the party.

Members asked about housing, and about rents, and were told that homes and council housing came before all else.
"""
SECOND = """NEC Report – 14 March 2018

Posted on March 18, 2018 by Piers Tolland

The local elections took up an hour of the meeting, and general election planning took up most of what was left.
"""
ALONE = """NEC Report – 16 May 2018

Posted on May 17, 2018 by Odile Marsh

The treasurer spoke of the party's finances, of affiliation fees and of donations, which had both gone up by half.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Two meetings, one of them told by two reporters."""
    place = tmp_path_factory.mktemp("accounts")
    pages = {"one": (FIRST, "Odile Marsh"), "two": (SECOND, "Piers Tolland"), "three": (ALONE, "Odile Marsh")}
    for name, (text, _) in pages.items():
        save(place / "raw", f"{name}.txt", text)
    necdata.build(place / "raw", place / "processed")
    return necdata.load(place / "processed")


def test_meetings_told_twice_are_found(corpus: Corpus):
    """Two accounts by two people; the other meeting has one."""
    assert len(corpus.meetings) == 2
    assert accounts.told_twice(corpus) == ["2018-03-14"]
    assert accounts.told_twice(necdata.load()) == []


def test_accounts_are_counted_as_meetings(corpus: Corpus):
    """Each post by itself, its passages and topics counted again, zeros included."""
    counted = accounts.as_meetings(corpus)
    assert sorted(counted.meetings["reporter"]) == ["Odile Marsh", "Odile Marsh", "Piers Tolland"]
    assert counted.meetings["n_passages"].sum() == corpus.meetings["n_passages"].sum()
    assert len(counted.topics) == 3 * corpus.topics["topic"].nunique()
    assert counted.topics["n_passages"].sum() == len(corpus.codings)


def test_two_accounts_are_compared_by_their_topics(corpus: Corpus):
    """Both tell of elections, one of housing too: that one's topics are more, and the overlap is what both tell."""
    (pair,) = accounts.pairs(corpus).itertuples(index=False)
    assert (pair.meeting_id, pair.first, pair.second) == ("2018-03-14", "Odile Marsh", "Piers Tolland")
    topics = {name: set(group["topic"]) for name, group in accounts.as_meetings(corpus, ["2018-03-14"]).topics.query(
        "n_passages > 0").merge(accounts.as_meetings(corpus).meetings, on="meeting_id").groupby("reporter")}  # fmt: skip
    one, other = topics["Odile Marsh"], topics["Piers Tolland"]
    assert "housing" in one - other and "elections" in one & other
    assert (pair.both, pair.only_first, pair.only_second) == (len(one & other), len(one - other), len(other - one))
    assert pair.overlap == pytest.approx(len(one & other) / len(one | other))
    assert pair.words_first > pair.words_second


def test_no_pair_where_nobody_told_twice():
    """The shipped corpus has no such meeting: an empty frame with its columns."""
    assert list(accounts.pairs(necdata.load())) == accounts.PAIRS and accounts.pairs(necdata.load()).empty


def test_others_are_held_against_the_range_of_the_most_frequent(corpus: Corpus):
    """Piers gives elections more room than any account by Odile; ranges from her two accounts."""
    (row,) = accounts.outside(corpus).itertuples(index=False)
    assert (row.reporter, row.accounts) == ("Piers Tolland", 1)
    counted = accounts.as_meetings(corpus)
    told = counted.topics.merge(counted.meetings[["meeting_id", "reporter"]], on="meeting_id")
    wide = told.pivot_table(index="topic", columns="reporter", values="share_of_passages", aggfunc=["min", "max"])
    theirs = wide["max"]["Piers Tolland"]
    assert row.above == (theirs > wide["max"]["Odile Marsh"]).sum() >= 1
    assert row.below == (theirs < wide["min"]["Odile Marsh"]).sum()


def test_where_nobody_is_named_there_is_nobody_to_compare_with(tmp_path: Path):
    """Empty frames, no error."""
    save(tmp_path / "raw", "a.txt", ALONE.replace("Posted on May 17, 2018 by Odile Marsh\n\n", ""))
    necdata.build(tmp_path / "raw", tmp_path / "processed")
    found = accounts.outside(necdata.load(tmp_path / "processed"))
    assert found.empty and list(found) == accounts.OUTSIDE
