"""Compare rules that turn hits into codings on a hand-coded sample, cross-validated by post.

    python benchmarks/coding_rules.py RAW GOLD.csv [GOLD.csv ...]

RAW is a folder of pages, GOLD.csv a file as `necdata validate` takes it. Each post is scored with what the
other posts choose: rules with a threshold choose it by micro-F1 there. Prints one row per rule: F1 of the
cross-validated codings, precision and recall, and the threshold that all posts together choose.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import necdata
from necdata.coding import codebook, topics
from necdata.counting import validation


class Candidate(NamedTuple):
    """A rule: what weighs the hits, which passages they code at a threshold, which to try."""

    name: str
    rule: topics.Rule
    coded: Callable[[pd.DataFrame, float], pd.Series]
    thresholds: tuple[float, ...]


def at_least(weighed: pd.DataFrame, threshold: float) -> pd.Series:
    return weighed["weight"] >= threshold


def per_hundred_words(weighed: pd.DataFrame, threshold: float) -> pd.Series:
    return 100 * weighed["n_hits"] / weighed["n_words"] >= threshold


def weight_for_length(weighed: pd.DataFrame, threshold: float) -> pd.Series:
    """Up to `threshold` words a weight of 1 is enough, in longer passages 1.5."""
    return weighed["weight"] >= 1 + 0.5 * (weighed["n_words"] > threshold)


PLAIN = topics.ANY_HIT._replace(weak=0.5)
LISTS = PLAIN._replace(list_items=topics.RULE.list_items)
CANDIDATES = [
    Candidate("any hit", topics.ANY_HIT, at_least, (0.5,)),
    Candidate("hits per 100 words", topics.ANY_HIT, per_hundred_words, (1, 1.5, 2, 3, 4, 6)),
    Candidate("number of hits", topics.ANY_HIT, at_least, (1, 2, 3)),
    Candidate("strong and weak terms", PLAIN, at_least, (0.5, 1, 1.5, 2)),
    Candidate("+ bare lists", LISTS, at_least, (1,)),
    Candidate("+ frames", LISTS._replace(framed=topics.RULE.framed), at_least, (1,)),
    Candidate("+ heading (ours)", topics.RULE, at_least, (1,)),
    Candidate("ours, strong terms only", topics.RULE._replace(weak=0.0), at_least, (1,)),
    Candidate("ours, lists of four or more", topics.RULE._replace(list_items=4), at_least, (1,)),
    Candidate("ours, framed hits count nothing", topics.RULE._replace(framed=0.0), at_least, (1,)),
    Candidate("ours, more weight in long passages", topics.RULE, weight_for_length, (40, 60, 80, 120)),
]


def decisions(weighed: pd.DataFrame, coded: pd.Series, gold: pd.DataFrame) -> pd.DataFrame:
    """Passage, post and whether right, wrong or missed, for each undisputed topic of either."""
    chosen = weighed[coded].groupby("passage_id")["topic"].agg(set).to_dict()
    rows = []
    for row in gold.itertuples(index=False):
        ours = chosen.get(row.passage_id, set()) - row.disputed
        rows += [
            (row.post_id, topic in ours and topic in row.topics, topic not in row.topics, topic not in ours)
            for topic in ours | row.topics
        ]
    return pd.DataFrame(rows, columns=["post_id", "tp", "fp", "fn"])


def f1(counts: pd.DataFrame) -> float:
    tp, fp, fn = (int(counts[c].sum()) for c in ("tp", "fp", "fn"))
    return validation.f1_score(tp, fp, fn)[0] if tp + fp + fn else 0.0


def cross_validated(candidate: Candidate, passages: pd.DataFrame, gold: pd.DataFrame) -> dict[str, object]:
    """One row of the result: each post coded with the threshold that the others choose."""
    weighed = topics.weigh(passages, codebook.load(), candidate.rule)
    weighed = weighed.merge(passages[["passage_id", "n_words"]], on="passage_id")
    tried = {t: decisions(weighed, candidate.coded(weighed, t), gold) for t in candidate.thresholds}
    posts = sorted(set(gold["post_id"]))
    best = [max(tried, key=lambda t: f1(tried[t][tried[t]["post_id"] != post])) for post in posts]
    counts = pd.concat([tried[t][tried[t]["post_id"] == post] for t, post in zip(best, posts, strict=True)])
    tp, fp, fn = (int(counts[c].sum()) for c in ("tp", "fp", "fn"))
    middle, low, high = validation.f1_score(tp, fp, fn)
    return {
        "rule": candidate.name,
        "F1": middle,
        "low": low,
        "high": high,
        "precision": tp / (tp + fp),
        "recall": tp / (tp + fn),
        "threshold": max(tried, key=lambda t: f1(tried[t])),
    }


def read(raw: str, golds: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Passages with text and heading, and the gold rows that meet one."""
    with tempfile.TemporaryDirectory() as folder:
        necdata.build(raw, str(Path(folder) / "processed"))
        corpus = necdata.load(Path(folder) / "processed")
        passages = corpus.passages.merge(
            corpus.sections[["section_id", "heading"]], on="section_id", how="left"
        ).fillna({"heading": ""})
        passages["text"] = passages["passage_id"].map(corpus.text)
        places = passages.merge(corpus.pages[["page_id", "file"]], on="page_id")
    gold = pd.concat([validation.read_gold(path, codebook.load().keys) for path in golds])
    return passages, gold.merge(places[["file", "line", "passage_id", "post_id"]], on=["file", "line"])


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    passages, gold = read(sys.argv[1], sys.argv[2:])
    print(f"{len(gold)} passages of {gold['post_id'].nunique()} posts")
    rows = [cross_validated(candidate, passages, gold) for candidate in CANDIDATES]
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
