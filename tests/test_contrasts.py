"""Two eras compared: effects, limits, and the reporter held constant where that can be done."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from necdata.counting.contrasts import contrast
from necdata.counting.inference import permutation_p
from necdata.counting.reporters import reporters
from necdata.counting.simulation import contrast_coverage
from necdata.counting.statistics import rates


def eras(n_old: int, n_new: int, seed: int = 4, times: float = 2.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Meetings under two leaders; "tax" is spoken of `times` as often under the second."""
    rng = np.random.default_rng(seed)
    n = n_old + n_new
    leader = np.array(["Old"] * n_old + ["New"] * n_new)
    meetings = pd.DataFrame(
        {
            "meeting_id": [f"m{i:03}" for i in range(n)],
            "leader": leader,
            "n_words": rng.integers(300, 1200, n),
            "n_passages": 20,
        }
    )
    means = {"tax": np.where(leader == "New", 4 * times, 4.0), "moon": np.full(n, 3.0)}
    topics = pd.concat(
        [
            pd.DataFrame(
                {
                    "meeting_id": meetings["meeting_id"],
                    "topic": topic,
                    "n_hits": rng.poisson(rng.gamma(3, mean / 3) * meetings["n_words"] / 1000),
                }
            )
            for topic, mean in means.items()
        ]
    )
    return meetings, topics.assign(n_passages=topics["n_hits"].clip(upper=20))


def by(posts: list[str], meetings: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"meeting_id": meetings["meeting_id"], "author": posts})


def test_effects_are_those_of_the_pooled_rates():
    """Difference and ratio of second against first, in the unit of the measure."""
    meetings, topics = eras(12, 15)
    pooled = rates(meetings, topics, "leader").set_index(["leader", "topic"])["estimate"]
    row = contrast(meetings, topics, "leader", "Old", "New").set_index("topic").loc["tax"]
    old, new = pooled["Old", "tax"], pooled["New", "tax"]
    assert (row["n_first"], row["n_second"]) == (12, 15)
    assert row["difference"] == pytest.approx(new - old)
    assert row["ratio"] == pytest.approx(new / old)
    back = contrast(meetings, topics, "leader", "New", "Old").set_index("topic").loc["tax"]
    assert back["difference"] == pytest.approx(-row["difference"])
    assert back["difference_low"] == pytest.approx(-row["difference_high"])
    assert back["ratio_low"] == pytest.approx(1 / row["ratio_high"])


@pytest.mark.parametrize("measure", ["per_1000_words", "share_of_passages"])
def test_jackknife_limits_agree_with_the_bootstrap_where_meetings_are_many(measure):
    """Two methods that share no formula meet at 300 meetings a side."""
    meetings, topics = eras(300, 300)
    mine, boot = (
        contrast(meetings, topics, "leader", "Old", "New", measure=measure, method=m)
        for m in ("jackknife", "percentile")
    )
    for name in ("difference", "ratio"):
        width = boot[f"{name}_high"] - boot[f"{name}_low"]
        for end in ("low", "high"):
            assert (abs(mine[f"{name}_{end}"] - boot[f"{name}_{end}"]) < 0.06 * width).all()


def test_few_meetings_have_no_limits_but_a_test():
    """Nine meetings get no interval; the permutation test does not need ten."""
    meetings, topics = eras(12, 9)
    found = contrast(meetings, topics, "leader", "Old", "New")
    assert found["difference_low"].isna().all() and found["ratio_high"].isna().all()
    assert (found["interval"] == "none: fewer than 10 meetings").all()
    assert found["p_value"].notna().all()
    assert contrast(meetings, topics, "leader", "Old", "New", min_meetings=9)["difference_low"].notna().all()


def test_a_topic_of_one_era_has_a_difference_and_no_ratio_limits():
    """Nothing is said of a ratio to zero; a topic in neither era is not tested at all."""
    meetings, topics = eras(12, 12)
    topics.loc[
        (topics["topic"] == "tax") & topics["meeting_id"].isin(meetings["meeting_id"][:12]), ["n_hits", "n_passages"]
    ] = 0
    topics.loc[topics["topic"] == "moon", ["n_hits", "n_passages"]] = 0
    for method in ("jackknife", "percentile"):
        found = contrast(meetings, topics, "leader", "Old", "New", method=method).set_index("topic")
        assert found.loc["tax", "difference"] > 0 and np.isnan(found.loc["tax", "ratio"])
        assert found[["ratio_low", "ratio_high"]].isna().all(axis=None)
        assert np.isnan(found.loc["moon", "p_value"]) and np.isnan(found.loc["moon", "p_bh"])
        assert np.isnan(found.loc["moon", "difference_low"])
        assert found.loc["tax", "p_holm"] == found.loc["tax", "p_value"] < 0.01


def test_adjusted_p_values_stand_beside_the_plain_ones():
    """Two topics: Holm doubles the smaller."""
    meetings, topics = eras(10, 10)
    found = contrast(meetings, topics, "leader", "Old", "New")
    least = found.loc[found["p_value"].idxmin()]
    assert least["p_holm"] == pytest.approx(min(1, 2 * least["p_value"]))


def test_one_reporter_in_both_eras_is_held_constant():
    """With one reporter the restricted test is the plain one, and the difference the pooled one."""
    meetings, topics = eras(6, 5)
    plain = contrast(meetings, topics, "leader", "Old", "New")
    held = contrast(meetings, topics, "leader", "Old", "New", posts=by(["Bell"] * 11, meetings))
    assert (plain["reporter_constant"] == "not tried").all()
    assert plain["difference_within"].isna().all()
    assert (held["reporter_constant"] == "yes").all() and (held["exact"]).all()
    assert held["difference_within"].to_numpy() == pytest.approx(held["difference"].to_numpy())
    assert held["p_value"].to_numpy() == pytest.approx(plain["p_value"].to_numpy())
    assert held["smallest_p"].iloc[0] == pytest.approx(1 / 462)


def test_reporters_of_one_era_only_are_not_shuffled():
    """Bell wrote up both eras, Cole only the old one, Dunn only the new: Bell's meetings decide."""
    meetings, topics = eras(6, 6)
    posts = by(["Bell"] * 3 + ["Cole"] * 3 + ["Bell"] * 3 + ["Dunn"] * 3, meetings)
    found = contrast(meetings, topics, "leader", "Old", "New", posts=posts)
    bells = meetings.iloc[[0, 1, 2, 6, 7, 8]]
    alone = contrast(bells, topics, "leader", "Old", "New")
    assert (found["reporter_constant"] == "partly").all() and (found["n_shuffled"] == 6).all()
    assert found["p_value"].to_numpy() == pytest.approx(alone["p_value"].to_numpy())
    assert found["difference_within"].to_numpy() == pytest.approx(alone["difference"].to_numpy())
    assert found["smallest_p"].iloc[0] == pytest.approx(1 / 20)


def test_two_reporters_are_compared_each_with_themselves():
    """Mantel-Haenszel difference and restricted p, both computed again here the long way."""
    meetings, topics = eras(7, 6)
    reporter = np.array(list("BBBBCCCBBCCCC"))
    found = contrast(meetings, topics, "leader", "Old", "New", posts=by(list(reporter), meetings))
    y = topics[topics["topic"] == "tax"]["n_hits"].to_numpy(dtype=float)
    x = meetings["n_words"].to_numpy(dtype=float)

    def parts(new: np.ndarray) -> tuple[float, float]:
        top = weight = 0.0
        for name in "BC":
            a, b = (reporter == name) & ~new, (reporter == name) & new
            w = x[a].sum() * x[b].sum() / (x[a].sum() + x[b].sum())
            top += w * (y[b].sum() / x[b].sum() - y[a].sum() / x[a].sum())
            weight += w
        return top, weight

    new = (meetings["leader"] == "New").to_numpy()
    top, weight = parts(new)
    assert found["difference_within"].iloc[0] == pytest.approx(top / weight * 1000)
    ways = [
        np.isin(np.arange(13), [*b, *c])
        for b in combinations(np.flatnonzero(reporter == "B"), 2)
        for c in combinations(np.flatnonzero(reporter == "C"), 4)
    ]
    p = np.mean([abs(parts(way)[0]) >= abs(top) - 1e-9 for way in ways])
    assert len(ways) == 15 * 35 and found["p_value"].iloc[0] == pytest.approx(p)
    assert (found["reporter_constant"] == "yes").all()


def test_where_no_reporter_is_common_the_frame_says_no():
    """Eras and reporters change together: the test runs on all meetings and is marked."""
    meetings, topics = eras(6, 5)
    found = contrast(meetings, topics, "leader", "Old", "New", posts=by(["Bell"] * 6 + ["Cole"] * 5, meetings))
    assert (found["reporter_constant"] == "no").all() and (found["n_shuffled"] == 11).all()
    assert found["difference_within"].isna().all() and found["p_value"].notna().all()


def test_a_reporters_style_is_not_taken_for_an_era():
    """Cole says "tax" ten times as often, and wrote more in the new era: no difference within."""
    rng = np.random.default_rng(8)
    reporter = np.array(["Bell"] * 12 + ["Cole"] * 3 + ["Bell"] * 3 + ["Cole"] * 12)
    meetings = pd.DataFrame(
        {
            "meeting_id": [f"m{i}" for i in range(30)],
            "n_passages": 20,
            "leader": ["Old"] * 15 + ["New"] * 15,
            "n_words": 1000,
        }
    )
    hits = rng.poisson(np.where(reporter == "Cole", 20, 2))
    topics = pd.DataFrame({"meeting_id": meetings["meeting_id"], "topic": "tax", "n_hits": hits, "n_passages": 1})
    plain = contrast(meetings, topics, "leader", "Old", "New").iloc[0]
    held = contrast(meetings, topics, "leader", "Old", "New", posts=by(list(reporter), meetings)).iloc[0]
    assert plain["p_value"] < 0.01 < 0.05 < held["p_value"]
    assert abs(held["difference_within"]) < abs(plain["difference"]) / 4


def test_reporters_are_named_once_and_unknown_ones_are_absent():
    """Two posts on one meeting, a joint post, an unknown author, a post that reports no meeting."""
    posts = pd.DataFrame(
        {
            "meeting_id": ["m1", "m1", "m2", "m3", "m3", "", None],
            "author": ["Cole", "Bell", "Cole; Bell", "Bell", None, "Dunn", "Dunn"],
        }
    )
    assert reporters(posts).to_dict() == {"m1": "Bell; Cole", "m2": "Bell; Cole"}


def test_p_values_count_ties():
    """Equal statistics that differ by rounding count as reached."""
    shuffled = np.array([[0.1 + 0.2], [0.3], [0.1], [0.0]])
    assert permutation_p(np.array([0.3]), shuffled, exact=True)[0] == 0.5
    assert permutation_p(np.array([0.1 + 0.2]), shuffled, exact=True)[0] == 0.5


def test_unknown_groups_and_columns_are_named():
    """The error lists the groups that there are."""
    meetings, topics = eras(3, 3)
    with pytest.raises(ValueError, match="Old"):
        contrast(meetings, topics, "leader", "Old", "Newer")
    with pytest.raises(ValueError, match="no column 'chair'"):
        contrast(meetings, topics, "chair", "Old", "New")
    with pytest.raises(ValueError, match="jackknife or percentile"):
        contrast(meetings, topics, "leader", "Old", "New", method="bca", min_meetings=2)


def test_false_alarms_stay_near_five_per_cent_where_reports_grow_longer():
    """The same rate in reports 2.5 times as long is no difference (docs/statistics.md)."""
    found = contrast_coverage(12, 9, longer=2.5, simulations=400, resamples=499)
    assert found["significant"].iloc[0] < 0.09
    assert found.set_index("method").loc["jackknife", "difference"] > 0.9
