"""Accounts of one meeting side by side: what each reporter chose to tell of what all of them sat through."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from necdata.corpus import Corpus
from necdata.counting.sensitivity import Counted, recount
from necdata.publishing.summaries import main_reporter

PAIRS = ["meeting_id", "first", "second", "words_first", "words_second", "both", "only_first", "only_second", "overlap"]
OUTSIDE = ["reporter", "accounts", "words_per_account", "n_topics", "above", "below"]
NOT_KNOWN = "not known"


def told_twice(corpus: Corpus) -> list[str]:
    """List the meetings that more than one reporter told of, in order of time."""
    several = corpus.reporters[corpus.reporters.str.contains("; ", regex=False)].index
    posts = corpus.posts[corpus.posts["meeting_id"].isin(several)]
    # Two names over one post are one account.
    authors = posts.groupby("meeting_id")["author"].nunique()
    found = set(authors[authors > 1].index)
    return [str(meeting) for meeting in corpus.meetings["meeting_id"] if meeting in found]


def as_meetings(corpus: Corpus, meetings: list[str] | None = None) -> Counted:
    """Count each account as if it were a meeting of its own, so that accounts of one meeting can be compared.

    `meetings` keeps the accounts of these only. In the result meeting_id is the post's id, `meeting` the meeting told
    of, `reporter` who told; n_passages, n_words and is_partial are the post's. `topics` is counted again by account.
    """
    posts = corpus.posts[corpus.posts["meeting_id"].ne("")]
    posts = posts if meetings is None else posts[posts["meeting_id"].isin(meetings)]
    posts = posts.assign(reporter=posts["author"].where(posts["author"].ne(""), NOT_KNOWN).astype("str"))
    own = posts[["post_id", "meeting_id", "reporter", "is_partial", "n_passages", "n_words"]]
    shared = corpus.meetings.drop(columns=["is_partial", "n_passages", "n_words", "n_posts"])
    frame = own.merge(shared, on="meeting_id").rename(columns={"meeting_id": "meeting", "post_id": "meeting_id"})
    passages = corpus.passages.assign(meeting_id=corpus.passages["post_id"])
    keys = list(dict.fromkeys(corpus.topics["topic"].astype(str)))
    return recount(frame, passages, corpus.codings, keys)


def pairs(corpus: Corpus) -> pd.DataFrame:
    """Compare every two accounts of a meeting by the topics that they speak of.

    Columns: meeting_id, first, second (reporters), words_first, words_second, both, only_first, only_second (numbers
    of topics), overlap (topics that both tell of by all topics that either tells of, 0 to 1: Jaccard's index).
    No rows where no meeting has two accounts.
    """
    counted = as_meetings(corpus, told_twice(corpus))
    spoken = counted.topics[counted.topics["n_passages"] > 0].groupby("meeting_id")["topic"].agg(set)
    rows = []
    for meeting, group in counted.meetings.groupby("meeting", sort=False):
        for (_, one), (_, other) in combinations(group.iterrows(), 2):
            a, b = (spoken.get(account["meeting_id"], set()) for account in (one, other))
            overlap = len(a & b) / len(a | b) if a | b else float("nan")
            sizes = (len(a & b), len(a - b), len(b - a), overlap)
            rows.append((meeting, one["reporter"], other["reporter"], one["n_words"], other["n_words"], *sizes))
    order = {meeting: position for position, meeting in enumerate(corpus.meetings["meeting_id"])}
    frame = pd.DataFrame(rows, columns=PAIRS)
    place = frame[PAIRS[0]].map(order)
    return frame.assign(place=place).sort_values(["place", *PAIRS[1:3]]).drop(columns="place").reset_index(drop=True)


def outside(corpus: Corpus) -> pd.DataFrame:
    """Say, for each reporter but the most frequent, how many topics lie outside what that one's accounts range over.

    Accounts of which nobody says who wrote them are left out. Columns: reporter, accounts, words_per_account, n_topics,
    above, below: topics whose share of all the reporter's passages is higher or lower than in any account by the most
    frequent reporter. Ranges, not tests: with few accounts on one side they are narrow, with short ones wide.
    """
    counted = as_meetings(corpus)
    told = counted.topics.merge(counted.meetings[["meeting_id", "reporter", "n_passages"]], on="meeting_id",
                                suffixes=("", "_all"))  # fmt: skip
    sizes = counted.meetings["reporter"].value_counts().drop(NOT_KNOWN, errors="ignore")
    most = main_reporter(corpus)["author"]
    if most not in sizes.index:
        return pd.DataFrame(columns=OUTSIDE)
    range_ = told[told["reporter"].eq(most)].groupby("topic")["share_of_passages"].agg(["min", "max"])
    rows = []
    for reporter in sizes.index.drop(most):
        mine = told[told["reporter"].eq(reporter)].groupby("topic")[["n_passages", "n_passages_all"]].sum()
        shares = mine["n_passages"] / mine["n_passages_all"]
        words = counted.meetings.loc[counted.meetings["reporter"].eq(reporter), "n_words"].mean()
        above, below = int((shares > range_["max"]).sum()), int((shares < range_["min"]).sum())
        rows.append((reporter, int(sizes[reporter]), round(words), len(shares), above, below))
    return pd.DataFrame(rows, columns=OUTSIDE)
