"""Scores against hand coding are worked out rightly, and samples are drawn blind."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.coding import codebook
from necdata.counting import validation

BOOK = codebook.build("book", "1", [{"key": k} for k in ("tax", "war", "rail")], [("tax", "tax", "strong")])
PAGES = pd.DataFrame({"page_id": ["f1", "f2"], "file": ["one.txt", "two.txt"]})
PASSAGES = pd.DataFrame(
    {
        "passage_id": ["a", "b", "c", "d"],
        "page_id": ["f1", "f1", "f1", "f2"],
        "line": [3, 5, 5, 3],
        "post_id": ["p1", "p1", "p1", "p2"],
        "meeting_id": ["m1", "m1", "m1", "m2"],
        "n_words": [20, 30, 9, 7],
    }
)
GOLD = pd.DataFrame(
    {
        "file": ["one.txt", "one.txt", "two.txt", "gone.txt"],
        "line": [3, 5, 3, 1],
        "topics": ["tax war", "", "war", "tax"],
        "disputed": ["", "rail", "", ""],
    }
)


def coded(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["passage_id", "topic"], dtype="str")


@pytest.fixture
def report() -> validation.Report:
    codings = coded(("a", "tax"), ("a", "rail"), ("b", "rail"), ("c", "tax"))
    return validation.validate(GOLD, codings, PASSAGES, PAGES, BOOK.keys)


def test_hits_errors_and_misses_are_counted_by_topic(report: validation.Report) -> None:
    counts = report.topics[["topic", "n", "n_coded", "tp", "fp", "fn"]].values.tolist()
    assert counts == [["tax", 1, 2, 1, 1, 0], ["war", 2, 0, 0, 0, 2], ["rail", 0, 1, 0, 1, 0]]


def test_a_disputed_topic_is_scored_neither_way(report: validation.Report) -> None:
    # "rail" of passage b is disputed: only that of a counts as wrong
    assert report.topics.set_index("topic").loc["rail", "fp"] == 1
    assert "rail" not in report.worst.set_index("passage_id").loc["b", "wrong"]


def test_passages_that_begin_at_one_line_are_scored_as_one(report: validation.Report) -> None:
    assert report.n_passages == 3
    assert report.worst.set_index("passage_id").loc["b", "wrong"] == "tax"


def test_averages_are_micro_and_macro(report: validation.Report) -> None:
    micro, macro = (report.overall.set_index("topic").loc[k] for k in ("micro", "macro"))
    assert (micro["tp"], micro["fp"], micro["fn"]) == (1, 2, 2)
    assert micro["f1"] == pytest.approx(2 / 6)
    assert macro["f1"] == pytest.approx((2 / 3 + 0 + 0) / 3)


def test_gold_rows_without_a_passage_are_named(report: validation.Report) -> None:
    assert report.unmatched.values.tolist() == [["gone.txt", 1]]


def test_the_worst_passages_come_first_with_page_and_line(report: validation.Report) -> None:
    assert report.worst.values.tolist() == [
        ["one.txt", 3, "a", "war", "rail", 2],
        ["one.txt", 5, "b", "", "tax", 1],
        ["two.txt", 3, "d", "war", "", 1],
    ]


def test_scores_without_cases_are_missing() -> None:
    report = validation.validate(GOLD.head(1), coded(("a", "tax"), ("a", "war")), PASSAGES, PAGES, BOOK.keys)
    rail = report.topics.set_index("topic").loc["rail"]
    assert math.isnan(rail["precision"]) and math.isnan(rail["f1"]) and math.isnan(rail["alpha"])
    assert report.overall["f1"].tolist() == [1.0, 1.0]


def test_the_card_gives_the_topics_that_occur(report: validation.Report) -> None:
    card = validation.card(report)
    assert card.startswith("3 passages; micro-F1 0.33 (")
    assert "| tax | 1 | 0.50 (0.09-0.91) | 1.00 (0.21-1.00) | 0.67 (" in card
    assert "| war | 2 | - | 0.00 (0.00-0.66) |" in card


def test_f1_has_the_interval_of_jaccards_share() -> None:
    # Wilson's interval of 8 in 12 is 0.391 to 0.862; 2J / (1 + J) of these
    assert validation.f1_score(8, 2, 2) == pytest.approx((0.8, 0.562, 0.926), abs=5e-4)


def test_alpha_is_that_of_krippendorffs_example() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A: alpha = 0.095
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert validation.krippendorff_alpha(first, second) == pytest.approx(0.095, abs=5e-4)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_alpha_agrees_with_nltk(pairs: list[tuple[bool, bool]]) -> None:
    from nltk.metrics.agreement import AnnotationTask

    ours = validation.krippendorff_alpha([a for a, _ in pairs], [b for _, b in pairs])
    if len({code for pair in pairs for code in pair}) == 1:
        assert math.isnan(ours)
        return
    rows = [(coder, item, code) for item, pair in enumerate(pairs) for coder, code in zip("xy", pair, strict=True)]
    assert ours == pytest.approx(AnnotationTask(data=rows).alpha())


def test_a_gold_file_is_read_with_its_empty_answers(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    GOLD.head(2).to_csv(path, index=False)
    frame = validation.read_gold(path, BOOK.keys)
    assert frame["topics"].tolist() == [{"tax", "war"}, set()]
    assert frame["disputed"].tolist() == [set(), {"rail"}]


def test_rows_of_one_line_are_united_and_what_one_agrees_on_is_not_disputed() -> None:
    twice = pd.DataFrame({"file": "one.txt", "line": [3, 3], "topics": ["tax", "war"], "disputed": ["war rail", ""]})
    assert validation.read_gold(twice, BOOK.keys).values.tolist() == [["one.txt", 3, {"tax", "war"}, {"rail"}]]


@pytest.mark.parametrize(
    "frame, fault",
    [
        (GOLD.drop(columns="topics"), "column topics missing"),
        (GOLD.assign(line="x"), "row 2: line 'x' is no number"),
        (GOLD.assign(topics="boats"), "row 2: no topic boats in the codebook; it has tax, war, rail"),
        (GOLD.assign(file="other.txt"), "no gold row meets a passage"),
    ],
)
def test_a_faulty_gold_is_refused(frame: pd.DataFrame, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        validation.validate(frame, coded(("a", "tax")), PASSAGES, PAGES, BOOK.keys)


def corpus(n: int = 60) -> dict[str, pd.DataFrame]:
    """Passages of a common post and, at the end, three of a rare one; one is on a rare topic."""
    ids = [f"p{i:02d}" for i in range(n)]
    posts = ["common"] * (n - 3) + ["rare"] * 3
    return {
        "passages": pd.DataFrame(
            {
                "passage_id": ids,
                "post_id": posts,
                "page_id": "f1",
                "meeting_id": posts,
                "line": range(1, n + 1),
                "n_words": 20,
            }
        ),
        "codings": coded(*[(i, "tax") for i in ids[:20]], (ids[n // 2], "war")),
        "posts": pd.DataFrame({"post_id": ["common", "rare"], "author": ["Ann", "Ben"]}),
        "meetings": pd.DataFrame({"meeting_id": ["common", "rare"], "leader": ["X", "Y"]}),
        "pages": PAGES.head(1),
    }


def test_a_sample_is_blind_and_has_the_rare_strata() -> None:
    drawn = validation.sample(**corpus(), n=6, seed=4)
    assert list(drawn) == ["file", "line", "topics", "disputed"]
    assert (drawn[["topics", "disputed"]] == "").all(axis=None) and len(drawn) == 6
    assert 31 in drawn["line"].tolist(), "the only passage on war"
    assert drawn["line"].max() > 57, "one of the rare reporter's"
    assert drawn["line"].min() <= 20, "one on tax"
    assert drawn["line"].is_monotonic_increasing


def test_the_rarest_strata_are_drawn_first() -> None:
    lines = validation.sample(**corpus(), n=2)["line"].tolist()
    assert lines[0] == 31 and lines[1] > 57


def test_a_sample_depends_on_its_seed_alone() -> None:
    first, again, other = (validation.sample(**corpus(), n=6, seed=s) for s in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first["line"].tolist() != other["line"].tolist()


def test_short_passages_are_not_drawn_and_a_small_corpus_is_drawn_whole() -> None:
    frames = corpus(10)
    frames["passages"].loc[0, "n_words"] = 7
    assert validation.sample(**frames, n=50)["line"].tolist() == list(range(2, 11))


def test_a_sample_can_carry_the_text() -> None:
    text = pd.Series({f"p{i:02d}": f"text {i}" for i in range(60)})
    drawn = validation.sample(**corpus(), text=text, n=5)
    assert list(drawn) == ["file", "line", "text", "topics", "disputed"]
    assert drawn["text"].tolist() == [f"text {line - 1}" for line in drawn["line"]]


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="n is 0"):
        validation.sample(**corpus(), n=0)
