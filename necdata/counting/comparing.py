"""Accounts of one meeting side by side: what each reporter gives room to, and what only one of them tells."""

from __future__ import annotations

from typing import Any

import pandas as pd


def compare(corpus: Any, meeting: str) -> pd.DataFrame:
    """Lay the accounts of a meeting side by side, a row per topic that any of them is about.

    Columns: topic, name, then a column for each account (its author, or its post_id where nobody says) with the share
    of its passages about the topic, `spread` (largest less smallest share) and `only` (the account that alone is about
    it, else ""). Rows are in order of spread. Raises ValueError where the corpus has no such meeting.
    """
    told = corpus.posts[corpus.posts["meeting_id"].eq(meeting)]
    if told.empty:
        raise ValueError(f"no meeting {meeting!r}; see corpus.meetings.meeting_id")
    accounts = dict(zip(told["post_id"], _accounts(told), strict=True))
    passages = corpus.passages[corpus.passages["post_id"].isin(accounts)]
    sizes = passages.groupby("post_id").size().reindex(list(accounts), fill_value=0)
    about = corpus.codings.merge(passages[["passage_id", "post_id"]], on="passage_id")
    counts = pd.crosstab(about["topic"].astype("str"), about["post_id"]).reindex(columns=list(accounts), fill_value=0)
    shares = (counts / sizes.where(sizes > 0)).rename(columns=accounts)
    alone = (shares > 0).sum(axis=1).eq(1) & (len(accounts) > 1)
    return shares.assign(
        name=[corpus.topic_names.get(topic, topic) for topic in shares.index],
        spread=shares.max(axis=1) - shares.min(axis=1),
        only=shares.idxmax(axis=1).where(alone, "") if len(shares) else "",
    ).sort_values(["spread", "name"], ascending=[False, True]).reset_index()[
        ["topic", "name", *accounts.values(), "spread", "only"]
    ]  # fmt: skip


def _accounts(told: pd.DataFrame) -> list[str]:
    """Name each account by its author, with its post_id where two have the same name or none."""
    names = told["author"].where(told["author"].ne(""), told["post_id"])
    twice = names.duplicated(keep=False)
    return list(names.where(~twice, names + " (" + told["post_id"] + ")"))
