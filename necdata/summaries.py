"""Small tables for reading: what the corpus covers, by era, kind and reporter."""

from __future__ import annotations

import pandas as pd

from necdata.corpus import Corpus


def by_era(corpus: Corpus) -> pd.DataFrame:
    """Count meetings, cut-off ones and words in each leader's era.

    Columns: leader, meetings, cut_off (meetings known only from posts that are cut off), words, words_per_meeting.
    """
    known = corpus.meetings.dropna(subset=["leader"])
    grouped = known.groupby("leader", observed=True)
    table = grouped.agg(meetings=("meeting_id", "size"), cut_off=("is_partial", "sum"), words=("n_words", "sum"))
    return table.assign(words_per_meeting=(table["words"] / table["meetings"]).round().astype("int64")).reset_index()


def by_kind(corpus: Corpus) -> pd.DataFrame:
    """Count meetings of each kind in each era: kind, then a column for each leader with meetings."""
    known = corpus.meetings.dropna(subset=["leader"])
    table = pd.crosstab(known["kind"], known["leader"].cat.remove_unused_categories())
    return table[table.sum(axis=1) > 0].rename_axis(columns=None).reset_index()


def by_reporter(corpus: Corpus) -> pd.DataFrame:
    """Count posts that report a meeting, their words, first and last meeting by who wrote them.

    Columns: author, posts, words, first, last (dates).
    """
    told = corpus.posts[corpus.posts["meeting_id"].ne("")].merge(
        corpus.meetings[["meeting_id", "start", "end"]], on="meeting_id"
    )
    told = told.assign(author=told["author"].where(told["author"].ne(""), "not known"))
    table = told.groupby("author").agg(
        posts=("post_id", "size"), words=("n_words", "sum"), first=("start", "min"), last=("end", "max")
    )
    return table.sort_values(["posts", "words"], ascending=False).reset_index()


def characters(corpus: Corpus) -> pd.DataFrame:
    """Say where the characters of each page went: file, layout, posts, then shares in posts, comments, boilerplate."""
    pages = corpus.pages
    parts = {
        name: (pages[f"n_{name}_characters"] / pages["n_characters"]).round(3)
        for name in ("post", "comment", "boilerplate")
    }
    return pages[["file", "layout", "n_posts", "n_characters"]].assign(**parts)


def longest_gap(corpus: Corpus) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Find the longest time between two meetings with a report: its first and last day."""
    dated = corpus.meetings.dropna(subset=["start"]).sort_values("start")
    reached = dated["end"].cummax().shift()
    gaps = (dated["start"] - reached).dropna()
    at = int(gaps.to_numpy().argmax())
    return reached[gaps.index].iloc[at], dated["start"][gaps.index].iloc[at]


def exactness(corpus: Corpus) -> pd.DataFrame:
    """Count meetings by how exactly their date is known: precision, meetings."""
    sizes = corpus.meetings["precision"].value_counts(sort=False)
    return sizes[sizes > 0].rename_axis("precision").rename("meetings").reset_index()
