"""Keyness and collocations against published figures and independent implementations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import polygamma, psi

from necdata.counting.collocations import collocations
from necdata.counting.keyness import keyness, log_likelihood, log_ratio, weighted_log_odds

A, B = np.array([120, 3, 0, 40]), np.array([60, 0, 7, 60])


def test_log_likelihood_agrees_with_scipy():
    """The same as scipy's G test of the two counts against their expected ones, zeros included."""
    mine = log_likelihood(A, B, 20_000, 30_000)
    for a, b, g2 in zip(A, B, mine, strict=True):
        expected = np.array([20_000, 30_000]) * (a + b) / 50_000
        theirs = stats.power_divergence([a, b], expected, lambda_="log-likelihood").statistic
        assert g2 == pytest.approx(theirs)
    assert mine[3] == pytest.approx(0, abs=1e-9) and log_likelihood(0, 0, 10, 10) == 0


def test_log_ratio_counts_doublings():
    """Eight times as often is 3; half as often is -1; never said counts as half a time."""
    assert log_ratio([8, 1, 4, 0], [1, 2, 0, 2], 1000, 1000) == pytest.approx([3, -1, 3, -2])
    assert log_ratio(1, 1, 1000, 4000) == pytest.approx(2)


def test_weighted_log_odds_is_the_mean_and_spread_of_the_posterior():
    """Digamma and trigamma give the exact moments of the log-odds under the Dirichlet posterior."""
    words, prior = np.array([20_000, 30_000]), 1000
    odds, z = weighted_log_odds(A, B, *words, prior_words=prior)
    alpha = prior * (A + B) / words.sum()
    mean = sum(
        sign * (psi(n + alpha) - psi(size + prior - n - alpha))
        for sign, n, size in ((1, A, words[0]), (-1, B, words[1]))
    )
    spread = np.sqrt(
        sum(
            polygamma(1, n + alpha) + polygamma(1, size + prior - n - alpha)
            for n, size in ((A, words[0]), (B, words[1]))
        )
    )
    assert odds[[0, 3]] == pytest.approx(mean[[0, 3]], abs=0.01)
    assert z[[0, 3]] == pytest.approx((mean / spread)[[0, 3]], abs=0.05)


def test_weighted_log_odds_shrinks_rare_words():
    """No prior leaves raw log-odds, a huge one nothing; 3 of 3 is weaker than 120 of 180."""
    raw, _ = weighted_log_odds(A[:1], B[:1], 20_000, 30_000, prior_words=1e-9)
    assert raw[0] == pytest.approx(np.log((120 / 19_880) / (60 / 29_940)))
    assert abs(weighted_log_odds(A, B, 20_000, 30_000, prior_words=1e9)[0]).max() < 1e-3
    _, z = weighted_log_odds(A, B, 20_000, 30_000)
    assert z[0] > z[1] > 0 > z[2] and z[3] == pytest.approx(0, abs=1e-9)


@pytest.fixture
def frames() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts of stems in five meetings under two leaders and one unknown."""
    meetings = pd.DataFrame(
        {"meeting_id": list("abcde"), "n_words": [100, 300, 200, 400, 50], "leader": ["Old", "Old", "New", "New", None]}
    )
    said = {
        "tax": [8, 4, 1, 0, 9],
        "moon": [0, 0, 30, 0, 9],
        "vote": [2, 6, 4, 8, 9],
        "rare": [1, 1, 0, 0, 9],
        "the": [9, 9, 1, 1, 9],
        "levi": [0, 1, 4, 9, 0],
    }
    rows = [(m, t, n) for t, counts in said.items() for m, n in zip("abcde", counts, strict=True) if n]
    return pd.DataFrame(rows, columns=["meeting_id", "term", "n"]), meetings


def test_keyness_compares_rates_of_all_words(frames):
    """12 in 400 words against 1 in 600; the meeting without a leader is in neither group."""
    found = keyness(*frames, by="leader", target="Old").set_index("term")
    tax = found.loc["tax"]
    assert (tax["n_target"], tax["n_reference"], tax["target_meetings"]) == (12, 1, 2)
    assert tax["target_per_1000_words"] == 30
    assert tax["log_ratio"] == pytest.approx(np.log2((12 / 400) / (1 / 600)))
    assert tax["log_likelihood"] == pytest.approx(float(log_likelihood(12, 1, 400, 600)))
    assert list(found.index) == ["tax", "vote", "levi"] and found.loc["levi", "z"] < 0


def test_keyness_leaves_out_the_rare_the_local_and_function_words(frames):
    """Left out: "rare" said twice, "moon" in one meeting only, the function word "the"."""
    every = keyness(*frames, by="leader", target="Old", min_count=1, min_meetings=1, exclude=())
    assert set(every["term"]) == {"tax", "moon", "vote", "rare", "the", "levi"}
    assert "moon" not in set(keyness(*frames, by="leader", target="Old")["term"])


def test_keyness_against_a_named_group_is_the_mirror_image(frames):
    """Old against New is New against Old with the signs changed."""
    one = keyness(*frames, by="leader", target="Old", reference="New").set_index("term")
    two = keyness(*frames, by="leader", target="New", reference="Old").set_index("term")
    assert one["z"].sort_index().to_numpy() == pytest.approx(-two["z"].sort_index().to_numpy())
    with pytest.raises(ValueError, match="Newer"):
        keyness(*frames, by="leader", target="Old", reference="Newer")


def test_keyness_takes_each_group_in_turn(frames):
    """Without a target both leaders are one, in turn, against all others."""
    found = keyness(*frames, by="leader")
    assert list(found["target"].unique()) == ["New", "Old"]
    alone = keyness(*frames, by="leader", target="Old")
    pd.testing.assert_frame_equal(found[found["target"] == "Old"].reset_index(drop=True), alone)
    assert list(keyness(*frames, by="leader", reference="New")["target"].unique()) == ["Old"]


def test_collocations_give_dunnings_figure():
    """Dunning (1993), table 1: "the swiss" 110 times, 2,442 other "the", 111 "swiss": 270.72."""
    texts = ["the swiss"] * 110 + ["the"] * 2442 + ["swiss"] * 111 + ["word " * 29_004]
    found = collocations(pd.Series(texts), exclude=()).set_index(["word_1", "word_2"])
    assert found.loc[("the", "swiss"), "likelihood_ratio"] == pytest.approx(270.72, abs=0.005)
    assert found.loc[("the", "swiss"), ["n", "n_passages"]].to_list() == [110, 110]


def test_collocations_leave_out_pairs_that_avoid_each_other_and_function_words():
    """After "tax" stands mostly "bill" and hardly "moon"; "of" is in no pair."""
    texts = pd.Series(["tax bill of", "moon of bill"] * 20 + ["tax moon"] * 3 + ["moon rise"] * 20)
    found = collocations(texts)
    pairs = set(zip(found["word_1"], found["word_2"], strict=True))
    assert ("tax", "bill") in pairs and ("tax", "moon") not in pairs
    assert not any("of" in pair for pair in pairs)


def test_collocations_stay_within_passages_and_windows():
    """Words of two passages never meet; a window of three reaches over one word."""
    texts = pd.Series(["tax new bill", "moon set rise"] * 10)
    assert set(collocations(texts)["word_1"]) == {"tax", "new", "moon", "set"}
    wide = collocations(texts, window=3)
    assert ("tax", "bill") in set(zip(wide["word_1"], wide["word_2"], strict=True))
    assert ("bill", "moon") not in set(zip(wide["word_1"], wide["word_2"], strict=True))


def test_collocations_of_a_term_by_pmi():
    """Only pairs with the term; pmi is log2 of observed by expected: 10 × 60 / (10 × 10) = 6."""
    texts = pd.Series(["taxes bill round", "moon rise falls"] * 10)
    found = collocations(texts, term="tax*", measure="pmi")
    assert found[["word_1", "word_2"]].to_numpy().tolist() == [["taxes", "bill"]]
    assert found["pmi"].iloc[0] == pytest.approx(np.log2(6))
    with pytest.raises(ValueError, match="pmi"):
        collocations(texts, measure="z")
