"""Accounts of one meeting side by side."""

from types import SimpleNamespace

import pandas as pd
import pytest

from necdata.counting.comparing import compare


def corpus(authors=("A. Bell", "C. Dunn")):
    """Two accounts of one meeting: three passages and two, housing told by the first alone."""
    posts = pd.DataFrame({"post_id": ["p1", "p2"], "meeting_id": "m", "author": list(authors)})
    passages = pd.DataFrame({"passage_id": list("abcde"), "post_id": ["p1"] * 3 + ["p2"] * 2})
    codings = pd.DataFrame({"passage_id": ["a", "b", "d", "e"], "topic": ["housing", "rules", "rules", "rules"]})
    return SimpleNamespace(posts=posts, passages=passages, codings=codings, topic_names={"rules": "Rules"})


def test_shares_are_of_each_account():
    """Shares are of the account's own passages, so that a long report does not outweigh a short one."""
    table = compare(corpus(), "m").set_index("topic")
    assert table.loc["rules", "A. Bell"] == pytest.approx(1 / 3)
    assert table.loc["rules", "C. Dunn"] == 1
    assert table.loc["rules", "spread"] == pytest.approx(2 / 3)
    assert list(table.index) == ["rules", "housing"]


def test_what_only_one_tells_is_named():
    """A topic in one account alone names that account; a topic in both names none."""
    table = compare(corpus(), "m").set_index("topic")
    assert table.loc["housing", "only"] == "A. Bell"
    assert table.loc["rules", "only"] == ""


def test_accounts_without_author_are_told_apart():
    """Two accounts that nobody signs keep their post's id."""
    table = compare(corpus(("", "")), "m")
    assert {"p1", "p2"} <= set(table.columns)
    table = compare(corpus(("A. Bell", "A. Bell")), "m")
    assert {"A. Bell (p1)", "A. Bell (p2)"} <= set(table.columns)


def test_unknown_meeting_is_refused():
    """A meeting that is not there is an error with the remedy."""
    with pytest.raises(ValueError, match=r"corpus\.meetings"):
        compare(corpus(), "x")
