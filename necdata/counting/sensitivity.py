"""What a figure hangs on: one reporter, one term, the reports that are cut off.

Each function counts again from passages and codings, so a corpus without its text will do. The
frames go wherever those of `statistics.rates` go: every chart can be drawn again without a part.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import pandas as pd

from necdata.counting.reporters import reporters
from necdata.counting.resampling import Method
from necdata.counting.statistics import MIN_MEETINGS, By, Measure, rates

NOTHING = "nothing"


class Tables(Protocol):
    """Whatever holds the corpus's tables as attributes: what `necdata.load()` returns."""

    @property
    def meetings(self) -> pd.DataFrame: ...
    @property
    def posts(self) -> pd.DataFrame: ...
    @property
    def passages(self) -> pd.DataFrame: ...
    @property
    def codings(self) -> pd.DataFrame: ...


class Counted(NamedTuple):
    """Tables `meetings` and `topics` counted again; they serve wherever the corpus's own do."""

    meetings: pd.DataFrame
    topics: pd.DataFrame


def recount(
    meetings: pd.DataFrame,
    passages: pd.DataFrame,
    codings: pd.DataFrame,
    topics: list[str] | None = None,
) -> Counted:
    """Count passages, words and topics of each meeting again from the passages given.

    Zeros included, for `topics` or all of `codings`. Meetings keep their columns but for
    n_passages and n_words; one that lost all its passages stands there with 0. `topics` of the
    result has meeting_id, topic, n_passages, n_hits, share_of_passages (0 to 1), per_1000_words.
    """
    told = passages[passages["meeting_id"].isin(meetings["meeting_id"])]
    size = told.groupby("meeting_id").agg(n_passages=("n_words", "size"), n_words=("n_words", "sum"))
    size = size.reindex(meetings["meeting_id"], fill_value=0)
    kept = meetings.assign(n_passages=size["n_passages"].to_numpy(), n_words=size["n_words"].to_numpy())
    keys = [str(t) for t in (codings["topic"].unique() if topics is None else topics)]
    coded = codings.assign(topic=codings["topic"].astype(str)).merge(
        told[["passage_id", "meeting_id"]], on="passage_id"
    )
    counts = coded.groupby(["meeting_id", "topic"]).agg(n_passages=("n_hits", "size"), n_hits=("n_hits", "sum"))
    pairs = pd.MultiIndex.from_product([kept["meeting_id"], keys], names=["meeting_id", "topic"])
    counts = counts.reindex(pairs, fill_value=0).reset_index()
    return Counted(kept, _with_rates(counts, size))


def _with_rates(counts: pd.DataFrame, size: pd.DataFrame) -> pd.DataFrame:
    base = size.reindex(counts["meeting_id"]).reset_index(drop=True)
    base = base.where(base > 0)
    return counts.assign(
        share_of_passages=counts["n_passages"] / base["n_passages"],
        per_1000_words=counts["n_hits"] / base["n_words"] * 1000,
    )


def without(corpus: Tables, *, reporter: str | None = None, partial: bool = False, term: str | None = None) -> Counted:
    """The tables `meetings` and `topics` without a reporter, partial posts or a codebook term.

    `reporter` takes away every post with that author among its authors, `partial=True` every
    post that is cut off, `term` every coding that rests on that term alone; where other terms
    matched too the passage stays and loses its part of the hits (shared equally among its
    terms). Raises ValueError for a reporter or term that is not in the corpus.
    """
    posts, codings = corpus.posts, corpus.codings
    if reporter is not None:
        wrote = (
            posts["author"]
            .fillna("")
            .str.split(r"\s*;\s*", regex=True)
            .map(lambda names: reporter in names)
            .astype(bool)
        )
        if not wrote.any():
            raise ValueError(f"No post is by {reporter!r}; see corpus.posts.author.")
        posts = posts[~wrote]
    if partial:
        posts = posts[~posts["is_partial"].astype(bool)]
    if term is not None:
        codings = _without_term(codings, term)
    passages = corpus.passages[corpus.passages["post_id"].isin(posts["post_id"])]
    return recount(corpus.meetings, passages, codings, _topics(corpus.codings))


def _topics(codings: pd.DataFrame) -> list[str]:
    return [str(topic) for topic in codings["topic"].unique()]


def matched_terms(codings: pd.DataFrame) -> pd.Series:
    """The different terms of each coding as a list: "budget; tax*" => ["budget", "tax*"]."""
    return (
        codings["terms"]
        .fillna("")
        .str.split(r"\s*;\s*", regex=True)
        .map(lambda terms: sorted({term for term in terms if term}))
    )


def _without_term(codings: pd.DataFrame, term: str) -> pd.DataFrame:
    terms = matched_terms(codings)
    has = terms.map(lambda found: term in found).astype(bool)
    if not has.any():
        raise ValueError(f"No passage was coded by the term {term!r}; see corpus.codings.terms.")
    left = terms.map(len) - has
    kept = codings.assign(n_hits=codings["n_hits"] * left / terms.map(len).clip(lower=1))
    return kept[~has | (left > 0)]


def leave_one_out(
    corpus: Tables,
    by: By = None,
    *,
    measure: Measure = "share_of_passages",
    level: float = 0.95,
    method: Method = "jackknife",
    min_meetings: int = MIN_MEETINGS,
) -> pd.DataFrame:
    """Rates of all topics without partial posts and without each reporter in turn.

    Columns of `statistics.rates`, before them `without` ("nothing", "partial posts", "reporter:
    A. Bell") and after them `change` (estimate less the one without nothing, in its unit). A
    group with no meetings left has no row.
    """
    parts = {NOTHING: recount(corpus.meetings, corpus.passages, corpus.codings)}
    if corpus.posts["is_partial"].astype(bool).any():
        parts["partial posts"] = without(corpus, partial=True)
    told = reporters(corpus.posts).str.split("; ").explode()
    for name in sorted(told.unique()):
        parts[f"reporter: {name}"] = without(corpus, reporter=name)
    frames = {
        label: rates(*part, by, measure=measure, level=level, method=method, min_meetings=min_meetings)
        for label, part in parts.items()
    }
    return changes(frames, by)


def changes(frames: dict[str, pd.DataFrame], by: By) -> pd.DataFrame:
    """One frame of several drawings of a figure, each against the one without nothing."""
    keys = [*([] if by is None else [by] if isinstance(by, str) else by), "topic"]
    every = pd.concat(frames, names=["without"]).reset_index("without").reset_index(drop=True)
    start = frames[NOTHING].set_index(keys)["estimate"].rename("before")
    joined = every.join(start, on=keys)
    return joined.assign(change=joined["estimate"] - joined["before"]).drop(columns="before")
