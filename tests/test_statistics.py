"""Rates, intervals and corrections against worked examples and independent implementations."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from necdata.counting import resampling
from necdata.counting.correction import correct
from necdata.counting.inference import adjust, permutation_p, shuffles, wilson
from necdata.counting.moving import moving_rates
from necdata.counting.simulation import coverage
from necdata.counting.statistics import rates, share_of_meetings


def tables(
    hits: dict[str, list[int]],
    words: list[int],
    passages: dict[str, list[int]] | None = None,
    n_passages: int = 10,
    **columns: object,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames `meetings` and `topics` of an invented committee."""
    ids = [f"m{i:02}" for i in range(len(words))]
    meetings = pd.DataFrame({"meeting_id": ids, "n_words": words, "n_passages": n_passages, **columns})
    topics = pd.DataFrame(
        [
            {"meeting_id": name, "topic": topic, "n_hits": n, "n_passages": m}
            for topic, counts in hits.items()
            for name, n, m in zip(ids, counts, (passages or hits)[topic], strict=True)
        ]
    )
    return meetings, topics


def overdispersed(n: int, mean: float, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.integers(200, 1500, n).astype(float)
    y = rng.poisson(rng.gamma(2, mean / 2, (n, 3)) * x[:, None] / 1000).astype(float)
    return y, x


def test_rates_are_ratios_of_sums_not_means_of_ratios():
    """One hit in 100 words and none in 900 make 1 per 1,000 words, not 5."""
    meetings, topics = tables({"tax": [1, 0]}, [100, 900])
    row = rates(meetings, topics).iloc[0]
    assert row["estimate"] == pytest.approx(1.0)
    assert (row["n_counted"], row["n_base"], row["n_meetings_with"]) == (1, 1000, 1)


def test_shares_use_passages():
    """Three of twenty passages make a share of 0.15, whatever the words and hits."""
    meetings, topics = tables({"tax": [9, 9]}, [100, 900], passages={"tax": [3, 0]})
    assert rates(meetings, topics, measure="share_of_passages")["estimate"].iloc[0] == 0.15


def test_a_group_that_is_mostly_one_meeting_says_so():
    """900 of 1,000 words are one meeting's; of 20 passages each has half."""
    meetings, topics = tables({"tax": [1, 0]}, [100, 900])
    assert rates(meetings, topics)["largest_meeting"].iloc[0] == 0.9
    assert rates(meetings, topics, measure="share_of_passages")["largest_meeting"].iloc[0] == 0.5
    assert share_of_meetings(meetings, topics)["largest_meeting"].iloc[0] == 0.5


def test_groups_keep_their_order_and_meetings_without_a_group_are_left_out():
    """Leaders come in the order of their category; an unknown one is in no group."""
    leader = pd.Categorical(["Zed", "Zed", "Abe", None], ["Zed", "Abe"], ordered=True)
    meetings, topics = tables({"tax": [1, 2, 3, 4]}, [100] * 4, leader=leader)
    found = rates(meetings, topics, "leader")
    assert found["leader"].to_list() == ["Zed", "Abe"]
    assert found["leader"].dtype == meetings["leader"].dtype
    assert found["n_counted"].to_list() == [3, 3]


def test_two_columns_group_and_topics_of_other_meetings_are_ignored():
    """Filtering `meetings` is enough: the topics of the others do not count."""
    meetings, topics = tables({"tax": [1, 2, 3, 4]}, [100] * 4, leader=list("aabb"), kind=list("xyxy"))
    found = rates(meetings.iloc[:3], topics, ["leader", "kind"])
    assert found[["leader", "kind", "n_counted"]].to_numpy().tolist() == [["a", "x", 1], ["a", "y", 2], ["b", "x", 3]]


def test_topics_missing_from_a_meeting_count_as_zero_and_twice_is_an_error():
    """A row that is not there is a zero; a row that is there twice is a mistake."""
    meetings, topics = tables({"tax": [1, 0, 2]}, [100] * 3)
    assert rates(meetings, topics.iloc[[0, 2]])["estimate"].iloc[0] == pytest.approx(10)
    with pytest.raises(ValueError, match="twice"):
        rates(meetings, pd.concat([topics, topics]))


def test_meetings_without_words_do_not_count_as_meetings():
    """An empty meeting must not help a group over the threshold of ten."""
    meetings, topics = tables({"tax": [3] * 9 + [0]}, [100] * 9 + [0])
    row = rates(meetings, topics).iloc[0]
    assert row["n_meetings"] == 9
    assert np.isnan(row["low"]) and row["interval"] == "none: fewer than 10 meetings"


@pytest.mark.parametrize("method", resampling.METHODS)
def test_intervals_hold_the_estimate_and_say_how_they_were_made(method):
    """Ten meetings get an interval; a topic never seen gets none and says why."""
    meetings, topics = tables(
        {"tax": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], "moon": [0] * 10}, [400, 300, 500, 200, 900, 800, 300, 700, 400, 500]
    )
    tax, moon = rates(meetings, topics, method=method).itertuples()
    assert 0 < tax.low < tax.estimate < tax.high and tax.interval == method
    assert np.isnan(moon.low) and np.isnan(moon.high) and moon.interval == "none: never seen"


def test_shares_stay_between_0_and_1():
    """A topic in nearly every passage has an upper limit below 1 (logit scale)."""
    meetings, topics = tables({"tax": [10, 10, 9, 10, 8, 10, 10, 9, 10, 10]}, [100] * 10)
    row = rates(meetings, topics, measure="share_of_passages").iloc[0]
    assert row["low"] < 0.96 < row["high"] < 1


def test_unknown_measures_and_methods_are_refused():
    """The error names what there is."""
    meetings, topics = tables({"tax": [1]}, [100])
    with pytest.raises(ValueError, match="share_of_passages"):
        rates(meetings, topics, measure="count")
    with pytest.raises(ValueError, match="jackknife"):
        rates(meetings, topics, method="magic")


def test_jackknife_error_of_the_patch_data():
    """Efron & Tibshirani (1993), ch. 10 and 11: a ratio of -0.0713, its bias and its error."""
    z = np.array([8406, 2342, 8187, 8459, 4795, 3516, 4796, 10238], dtype=float)
    y = np.array([[-1200, 2601, -2705, 1982, -1290, 351, -638, -2719]], dtype=float).T
    assert resampling.ratio(y, z)[0] == pytest.approx(-0.0713, abs=5e-5)
    assert resampling.jackknife_error(y, z)[0] == pytest.approx(0.1055, abs=5e-5)
    bias = 7 * (resampling.left_out(y, z).mean() - resampling.ratio(y, z)[0])
    assert bias == pytest.approx(0.0080, abs=5e-5)


@pytest.mark.parametrize("method", ["bca", "percentile"])
def test_bootstrap_limits_agree_with_scipy(method):
    """The same limits as scipy.stats.bootstrap, within the noise of 50,000 resamples."""
    y, x = overdispersed(14, 6)
    low, high = resampling.interval(y, x, method=method, resamples=50_000)
    for topic in range(y.shape[1]):
        theirs = stats.bootstrap(
            (y[:, topic], x),
            lambda a, b, axis: a.sum(axis) / b.sum(axis),
            paired=True,
            n_resamples=50_000,
            method=method,
            vectorized=True,
            rng=np.random.default_rng(2),
        )
        assert low[topic] == pytest.approx(theirs.confidence_interval.low, rel=0.02)
        assert high[topic] == pytest.approx(theirs.confidence_interval.high, rel=0.02)


def test_jackknife_limits_agree_with_the_bootstrap_where_meetings_are_many():
    """With 400 meetings the scale and the t distribution no longer matter."""
    y, x = overdispersed(400, 6)
    mine = np.array(resampling.interval(y, x))
    boot = np.array(resampling.interval(y, x, method="percentile"))
    width = boot[1] - boot[0]
    assert np.all(np.abs(mine - boot) < 0.06 * width)


def test_resampling_is_repeatable_and_seeded():
    """The same seed gives the same limits, another seed others."""
    y, x = overdispersed(12, 6)
    first, again, other = (resampling.interval(y, x, method="percentile", seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_intervals_widen_with_the_level():
    """A 99 % interval holds the 80 % one."""
    meetings, topics = tables({"tax": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]}, [400] * 10)
    for method in resampling.METHODS:
        wide = rates(meetings, topics, level=0.99, method=method).iloc[0]
        narrow = rates(meetings, topics, level=0.8, method=method).iloc[0]
        assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_wilson_gives_newcombes_figures():
    """Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3."""
    low, high = wilson([81, 15, 0, 1], [263, 148, 20, 29])
    assert low == pytest.approx([0.2553, 0.0624, 0, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_wilson_agrees_with_scipy_and_knows_its_limits():
    """Every k of 12, at two levels; 0 of 0 is unknown."""
    for level in (0.8, 0.95):
        low, high = wilson(np.arange(13), 12, level)
        theirs = [stats.binomtest(k, 12).proportion_ci(level, method="wilson") for k in range(13)]
        assert low == pytest.approx([ci.low for ci in theirs], abs=1e-12)
        assert high == pytest.approx([ci.high for ci in theirs], abs=1e-12)
    assert np.isnan(wilson(0, 0)[0]) and wilson(0, 6)[0] == 0 and wilson(6, 6)[1] == 1


def test_share_of_meetings_counts_meetings():
    """Four of five meetings, though the fifth is the longest."""
    meetings, topics = tables({"tax": [1, 1, 1, 1, 0]}, [10, 10, 10, 10, 9000])
    row = share_of_meetings(meetings, topics).iloc[0]
    assert row["estimate"] == 0.8 and (row["n_counted"], row["n_base"]) == (4, 5)
    assert (row["low"], row["high"]) == pytest.approx(tuple(stats.binomtest(4, 5).proportion_ci(method="wilson")))
    assert share_of_meetings(meetings, topics, at_least=2)["estimate"].iloc[0] == 0


BENJAMINI_HOCHBERG = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0000,
]


def test_adjustment_rejects_what_benjamini_and_hochberg_reject():
    """Their example (1995, section 3.2): four at a false discovery rate of 5 %, three by Holm."""
    shuffled = np.random.default_rng(0).permutation(BENJAMINI_HOCHBERG)
    assert sorted(shuffled[adjust(shuffled, "bh") <= 0.05]) == BENJAMINI_HOCHBERG[:4]
    assert sorted(shuffled[adjust(shuffled, "holm") <= 0.05]) == BENJAMINI_HOCHBERG[:3]


def test_holm_by_hand_and_missing_values_stay_out_of_the_count():
    """0.01 × 3, 0.02 × 2, and the third never below the second; NaN is no test."""
    assert adjust([0.03, np.nan, 0.01, 0.02], "holm") == pytest.approx([0.04, np.nan, 0.03, 0.04], nan_ok=True)
    assert adjust([0.04, np.nan, 0.01], "bh") == pytest.approx([0.04, np.nan, 0.02], nan_ok=True)
    assert np.isnan(adjust([np.nan], "bh")).all() and adjust([0.6, 0.9], "holm").max() == 1
    with pytest.raises(ValueError, match="holm"):
        adjust([0.1], "none")


def test_permutation_agrees_with_scipy():
    """All 462 ways to deal 5 labels to 11 meetings: the p value of scipy.stats."""
    values = overdispersed(11, 6)[0]
    values -= values.mean(axis=0)
    second = np.arange(11) >= 6
    labels, exact = shuffles(second, np.zeros(11, dtype=int))
    assert exact and len(labels) == 462 and len(np.unique(labels, axis=0)) == 462
    p = permutation_p(values[second].sum(axis=0), labels @ values, exact)
    for topic in range(3):
        theirs = stats.permutation_test(
            (values[second, topic], values[~second, topic]),
            lambda a, b, axis: np.abs(a.sum(axis)),
            vectorized=True,
            alternative="greater",
        )
        assert p[topic] == pytest.approx(theirs.pvalue)


def test_shuffles_stay_within_strata_listed_or_drawn():
    """Each stratum keeps its number of labels, whether all ways are listed or some are drawn."""
    second = np.array([1, 0, 0, 1, 1, 0, 0, 0], dtype=bool)
    strata = np.array([0, 0, 0, 1, 1, 1, 1, 1])
    listed, exact = shuffles(second, strata)
    drawn, sampled = shuffles(second, strata, resamples=29)
    assert exact and len(listed) == 3 * 10 and len(np.unique(listed, axis=0)) == 30
    assert not sampled and len(drawn) == 29
    for labels in (listed, drawn):
        assert (labels[:, :3].sum(axis=1) == 1).all() and (labels[:, 3:].sum(axis=1) == 2).all()
    assert len(np.unique(drawn, axis=0)) > 10


def test_random_permutations_never_give_p_of_zero():
    """(0 + 1) / (99 + 1): the observed order is one of the orders."""
    assert permutation_p(np.array([5.0]), np.zeros((99, 1)), exact=False)[0] == 0.01


def validated(**cells: tuple[int, int, int]) -> pd.DataFrame:
    return pd.DataFrame([(t, *c) for t, c in cells.items()], columns=["topic", "tp", "fp", "fn"])


def test_correction_is_observed_times_precision_by_recall():
    """Precision 0.8 and recall 0.5: 10 observed are 16; unknown or thin topics stay as they are."""
    meetings, topics = tables({"tax": [1] * 10, "moon": [1] * 10, "sun": [1] * 10}, [100] * 10)
    table = rates(meetings, topics, measure="share_of_passages")
    tax, moon, sun = correct(table, validated(tax=(40, 10, 40), moon=(4, 1, 1))).itertuples()
    assert tax.factor == pytest.approx(0.8 / 0.5) and tax.corrected == pytest.approx(0.16)
    assert tax.n_gold == 80 and tax.correction == "precision / recall"
    assert np.isnan(moon.corrected) and moon.correction.startswith("none: fewer than 10")
    assert np.isnan(sun.corrected) and sun.n_gold == 0


def test_correction_carries_the_doubt_of_the_gold_sample():
    """More gold passages, a narrower interval; never narrower than that of the rate itself."""
    meetings, topics = tables({"tax": [1, 2, 3, 1, 2, 3, 1, 2, 3, 1]}, [100] * 10)
    table = rates(meetings, topics, measure="share_of_passages")
    small, large, vast = (correct(table, validated(tax=(8 * k, 2 * k, 2 * k))).iloc[0] for k in (2, 20, 10**7))
    width = [row["corrected_high"] - row["corrected_low"] for row in (small, large, vast)]
    assert width[0] > width[1] > width[2]
    assert width[2] == pytest.approx(table["high"].iloc[0] - table["low"].iloc[0], rel=1e-3)


def test_error_of_the_correction_agrees_with_resampled_gold_passages():
    """The delta method gives the spread of log(gold / coded) over bootstrapped gold samples."""
    from necdata.counting.correction import _log_error

    cells = np.array([60, 20, 30])
    draws = np.random.default_rng(1).multinomial(1000, [*(cells / 1000), 0.89], 20_000)
    tp, fp, fn = draws[:, :3].T
    spread = np.log((tp + fn) / (tp + fp)).std()
    assert _log_error(*(np.array([c], dtype=float) for c in cells))[0] == pytest.approx(spread, rel=0.03)


def test_correction_refuses_what_it_cannot_correct():
    """Shares of meetings, and a topic with two cards."""
    meetings, topics = tables({"tax": [1, 1]}, [100, 100])
    with pytest.raises(ValueError, match="share of meetings"):
        correct(share_of_meetings(meetings, topics), validated(tax=(9, 1, 1)))
    with pytest.raises(ValueError, match="twice"):
        correct(rates(meetings, topics), pd.concat([validated(tax=(9, 1, 1))] * 2))


def test_moving_rates_pool_the_meetings_in_the_window():
    """At a point between two meetings of a window of 200 days both count, far off one does."""
    days = pd.to_datetime(["2020-01-01", "2020-03-01", "2021-03-01"])
    meetings, topics = tables({"tax": [1, 3, 5]}, [100, 100, 100], start=days, end=days)
    curve = moving_rates(meetings, topics, window=200, step=30, measure="per_1000_words")
    first, last = curve.iloc[0], curve.iloc[-1]
    assert (first["estimate"], first["n_meetings"]) == (20.0, 2) and np.isnan(first["low"])
    assert (last["estimate"], last["n_meetings"]) == (50.0, 1)
    assert first["date"] == days[0] and not curve["date"].between("2020-06-20", "2020-11-01").any()


def test_moving_rates_take_any_line_and_leave_out_what_is_not_on_it():
    """Distances to elections; a meeting after the last election has none."""
    meetings, topics = tables({"tax": [1] * 11}, [100] * 11, days_to_election=[float(d) for d in range(10)] + [np.nan])
    curve = moving_rates(meetings, topics, "days_to_election", window=100, step=5)
    assert (curve["n_meetings"] == 10).all() and curve["days_to_election"].to_list() == [0, 5, 10]


def test_jackknife_covers_better_than_the_percentile_bootstrap():
    """With ten overdispersed meetings: at least 90 % against less (docs/statistics.md)."""
    found = coverage(10, simulations=400, seed=3).set_index("method")["coverage"]
    assert found["jackknife"] >= 0.90 > found["percentile"] > found["wilson over words"]


def test_importing_statistics_does_not_import_scipy_or_nltk():
    """Both are slow, and imported when first needed."""
    code = (
        "import sys, necdata.counting.statistics, necdata.counting.contrasts, necdata.counting.sensitivity, "
        "necdata.counting.drivers, necdata.counting.correction, necdata.counting.keyness, necdata.counting.collocations; "
        "sys.exit('scipy' in sys.modules or 'nltk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
