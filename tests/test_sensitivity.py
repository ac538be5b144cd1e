"""Figures drawn again without a reporter, a term or the reports that are cut off."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from necdata.counting.drivers import drivers, leave_one_term_out, losses
from necdata.counting.sensitivity import leave_one_out, recount, without

# passage: post, meeting, words, and the topics it is about with hits and terms
PASSAGES = {
    "a1": ("pa", "m1", 50, {"tax": (2, "budget; levy*"), "moon": (1, "moon")}),
    "a2": ("pa", "m1", 50, {"tax": (3, "budget")}),
    "b1": ("pb", "m1", 100, {}),
    "c1": ("pc", "m2", 100, {"tax": (1, "levy*")}),
    "c2": ("pc", "m2", 100, {"moon": (4, "moon; lunar")}),
    "d1": ("pd", "m3", 40, {"tax": (5, "budget")}),
    "x1": ("px", "", 999, {"tax": (9, "budget")}),
}
POSTS = {
    "pa": ("m1", "Bell", False),
    "pb": ("m1", "Cole; Dunn", False),
    "pc": ("m2", "Cole", False),
    "pd": ("m3", "Bell", True),
    "px": ("", "Eyre", False),
}


@pytest.fixture
def corpus() -> SimpleNamespace:
    """Three meetings of an invented committee; one told by two posts, one cut off."""
    passages = pd.DataFrame(
        [(key, *row[:3]) for key, row in PASSAGES.items()], columns=["passage_id", "post_id", "meeting_id", "n_words"]
    )
    codings = pd.DataFrame(
        [(key, topic, *coded) for key, row in PASSAGES.items() for topic, coded in row[3].items()],
        columns=["passage_id", "topic", "n_hits", "terms"],
    )
    posts = pd.DataFrame(
        [(key, *row) for key, row in POSTS.items()], columns=["post_id", "meeting_id", "author", "is_partial"]
    )
    bare = pd.DataFrame(
        {"meeting_id": ["m1", "m2", "m3"], "leader": ["Old", "New", "New"], "n_passages": 0, "n_words": 0}
    )
    meetings, topics = recount(bare, passages, codings)
    return SimpleNamespace(meetings=meetings, topics=topics, posts=posts, passages=passages, codings=codings)


def counts(topics: pd.DataFrame, column: str = "n_passages") -> dict[tuple[str, str], float]:
    return topics.set_index(["meeting_id", "topic"])[column].to_dict()


def test_recount_counts_passages_words_and_hits_with_zeros(corpus):
    """Passages outside meetings do not count; every meeting has a row for every topic."""
    assert corpus.meetings[["n_passages", "n_words"]].to_numpy().tolist() == [[3, 200], [2, 200], [1, 40]]
    assert counts(corpus.topics) == {
        ("m1", "tax"): 2,
        ("m1", "moon"): 1,
        ("m2", "tax"): 1,
        ("m2", "moon"): 1,
        ("m3", "tax"): 1,
        ("m3", "moon"): 0,
    }
    assert counts(corpus.topics, "n_hits")["m1", "tax"] == 5
    assert counts(corpus.topics, "share_of_passages")["m1", "tax"] == pytest.approx(2 / 3)
    assert counts(corpus.topics, "per_1000_words")["m1", "tax"] == pytest.approx(25)


def test_without_a_reporter_only_the_posts_of_others_remain(corpus):
    """Bell's post on m1 goes, Cole's stays; a joint post goes with either author."""
    meetings, topics = without(corpus, reporter="Bell")
    assert meetings["n_words"].to_list() == [100, 200, 0]
    assert counts(topics)["m1", "tax"] == 0 and counts(topics)["m2", "moon"] == 1
    assert without(corpus, reporter="Dunn").meetings["n_words"].to_list() == [100, 200, 40]


def test_without_partial_posts(corpus):
    """The meeting known from a cut-off post alone is left with nothing."""
    meetings, topics = without(corpus, partial=True)
    assert meetings["n_passages"].to_list() == [3, 2, 0]
    assert counts(topics)["m3", "tax"] == 0


def test_without_a_term_passages_that_rest_on_it_alone_are_lost(corpus):
    """a1 keeps its other term and half its hits; a2 and d1 are lost; other topics do not change."""
    _, topics = without(corpus, term="budget")
    assert counts(topics)["m1", "tax"] == 1 and counts(topics)["m3", "tax"] == 0
    assert counts(topics, "n_hits")["m1", "tax"] == 1
    assert counts(topics)["m2", "moon"] == 1


def test_what_is_not_in_the_corpus_cannot_be_left_out(corpus):
    """Misspelt names and terms are errors, not unchanged figures."""
    with pytest.raises(ValueError, match="'Bel'"):
        without(corpus, reporter="Bel")
    with pytest.raises(ValueError, match="'levy'"):
        without(corpus, term="levy")


def test_leave_one_out_names_each_part_and_the_change(corpus):
    """Baseline first, then partial posts and each reporter of a meeting (Eyre reported none)."""
    found = leave_one_out(corpus)
    assert list(found["without"].unique()) == [
        "nothing",
        "partial posts",
        "reporter: Bell",
        "reporter: Cole",
        "reporter: Dunn",
    ]
    tax = found[found["topic"] == "tax"].set_index("without")
    assert tax.loc["nothing", "estimate"] == pytest.approx(4 / 6)
    assert tax.loc["partial posts", "estimate"] == pytest.approx(3 / 5)
    assert tax.loc["reporter: Bell", "change"] == pytest.approx(1 / 3 - 4 / 6)
    assert tax.loc["nothing", "change"] == 0


def test_leave_one_out_by_leader_compares_like_with_like(corpus):
    """The change is against the same leader's rate; a leader left without meetings has no row."""
    found = leave_one_out(corpus, "leader", measure="per_1000_words")
    new = found[(found["leader"] == "New") & (found["topic"] == "tax")].set_index("without")
    assert new.loc["nothing", "estimate"] == pytest.approx(6 / 240 * 1000)
    assert new.loc["partial posts", "change"] == pytest.approx(5 - 25)


def test_leave_one_term_out_agrees_with_without(corpus):
    """All terms at once, or each by itself: the same rates."""
    found = leave_one_term_out(corpus, "leader").set_index(["without", "leader", "topic"])
    assert set(found.index.get_level_values("without")) == {
        "nothing",
        "term: budget",
        "term: levy*",
        "term: moon",
        "term: lunar",
    }
    assert ("term: moon", "Old", "tax") not in found.index
    assert found.loc[("term: budget", "Old", "tax"), "estimate"] == pytest.approx(1 / 3)
    assert found.loc[("term: budget", "New", "tax"), "change"] == pytest.approx(1 / 3 - 2 / 3)
    only = leave_one_term_out(corpus, topics=["moon"])
    assert set(only["topic"]) == {"moon"} and "term: budget" not in set(only["without"])


def test_losses_count_what_only_that_term_holds(corpus):
    """In m1 "budget" is in two passages: all 3 hits of one, half of the 2 of the other."""
    row = losses(corpus).set_index(["topic", "term", "meeting_id"]).loc[("tax", "budget", "m1")]
    assert row.to_dict() == {"n_passages": 1, "n_hits": 4, "n_with": 2}


def test_drivers_name_the_term_and_where_the_peak_would_be(corpus):
    """m3 peaks by "budget" alone; without it m2 leads. Small meetings cannot be peaks."""
    tax = drivers(corpus, min_passages=1).set_index("topic").loc["tax"]
    assert (tax["peak"], tax["term"], tax["estimate"]) == ("m3", "budget", 1)
    assert tax["share_of_peak"] == 1 and tax["peak_without"] == "m2" and not tax["peak_stays"]
    large = drivers(corpus, min_passages=2).set_index("topic").loc["tax"]
    assert (large["peak"], large["term"], large["n_with"]) == ("m1", "budget", 2)
    assert large["estimate_without"] == pytest.approx(1 / 3)
    assert drivers(corpus, min_passages=7).empty


def test_drivers_of_an_era(corpus):
    """By leader, in hits per 1,000 words: m1's is the old era's, and it stays the peak."""
    found = drivers(corpus, "leader", measure="per_1000_words", min_passages=1).set_index("topic")
    assert (found.loc["moon", "peak"], found.loc["moon", "term"]) == ("New", "lunar")
    assert found.loc["moon", "share_of_peak"] == pytest.approx(0.5)
    assert found.loc["moon", "peak_stays"]
