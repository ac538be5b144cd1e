"""Parts of a corpus: fewer meetings, and every table with them."""

from __future__ import annotations

import pytest

import necdata
from necdata.corpus import Corpus
from necdata.parts import EVERYTHING, Part, part, resolved


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The shipped tables."""
    return necdata.load()


def test_the_whole_is_the_corpus_itself(corpus: Corpus):
    """Nothing asked for, nothing done."""
    assert part(corpus, EVERYTHING) is corpus and EVERYTHING.words == ""


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        (Part(since="2020"), lambda m: m["end"] >= "2020-01-01"),
        (Part(until="2017-03"), lambda m: m["start"] <= "2017-03-31"),
        (Part(since="2017-07-15", until="2017-07-15"), lambda m: m["meeting_id"].str.startswith("2017-07")),
        (Part(eras=["corbyn"]), lambda m: m["leader"] == "Jeremy Corbyn"),
        (Part(eras=["Keir Starmer", "Miliband"]), lambda m: m["leader"].isin(["Keir Starmer", "Ed Miliband"])),
        (Part(reporters=["akehurst"]), lambda m: m["meeting_id"].str.startswith("2023-11-28")),
        (Part(kinds=["away_day"]), lambda m: m["kind"] == "away_day"),
        (
            Part(since="2020", eras=["corbyn"]),
            lambda m: (m["leader"] == "Jeremy Corbyn") & (m["start"] >= "2020-01-01"),
        ),
    ],
)
def test_meetings_are_chosen(corpus: Corpus, chosen: Part, wanted):
    """By time (a span belongs where any day of it does), leader, reporter and kind, and by several at once."""
    kept = part(corpus, chosen).meetings["meeting_id"].tolist()
    assert kept == corpus.meetings.loc[wanted(corpus.meetings), "meeting_id"].tolist() and kept


def test_every_table_follows(corpus: Corpus):
    """What belongs to other meetings is in no table; what belongs to these all is; the whole is left as it was."""
    before = len(corpus.topics)
    kept = part(corpus, Part(eras=["Starmer"]))
    ids = set(kept.meetings["meeting_id"])
    for name in ("topics", "election_kinds", "terms", "posts", "passages"):
        whole = getattr(corpus, name)
        assert len(getattr(kept, name)) == whole["meeting_id"].isin(ids).sum() < len(whole), name
    assert set(kept.codings["passage_id"]) <= set(kept.passages["passage_id"])
    assert set(kept.pages["page_id"]) == set(kept.posts["page_ids"].str.split(";").explode())
    assert len(corpus.topics) == before and list(kept.topics) == list(corpus.topics)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (Part(since="2030"), r"no meeting since 2030: the corpus holds 22 meetings from May 2012 to November 2023"),
        (Part(since="yesteryear"), "'yesteryear' is no date: write 2019"),
        (Part(eras=["Attlee"]), "no meeting has the leader Attlee: choose from Ed Miliband"),
        (Part(reporters=["Nobody"]), "no meeting has the reporter Nobody: choose from Alice Perry"),
        (Part(kinds=["party"]), "no meeting has the kind of meeting party: choose from full_meeting"),
    ],
)
def test_what_is_not_there_is_named(corpus: Corpus, chosen: Part, message: str):
    """One sentence, with what there is."""
    with pytest.raises(ValueError, match=message):
        part(corpus, chosen)


def test_a_part_says_what_it_is(corpus: Corpus):
    """In words that stand after a number of meetings, names in full."""
    chosen = Part("2019", "2021-05", ("corbyn", "starmer"), ("perry",), ("away_day",))
    words = "under Jeremy Corbyn or Keir Starmer told by Alice Perry of kind away day since 2019 until 2021-05"
    assert resolved(corpus, chosen).words == words
