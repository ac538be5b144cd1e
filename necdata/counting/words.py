"""The words of a text and their runs, counted by meeting: those that n_words counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

import pandas as pd

from necdata.reading.posts import WORD

# What may stand between two words of a run; commas, full stops and lone dashes end it.
REACH = re.compile(r"[\s/&\"“”‘’']*")


def words(body: str) -> list[str]:
    """The words of a text as they are counted: "The NEC’s by-law" => ["the", "nec", "by-law"]."""
    return [_fold(match.group()) for match in WORD.finditer(body)]


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'").replace("\u2010", "-").removesuffix("'s")


def ngram_counts(text: pd.Series, passages: pd.DataFrame, n: int = 2, exclude: Collection[str] = ()) -> pd.DataFrame:
    """How often each run of `n` words is said in each meeting: meeting_id, term, n.

    Runs do not reach across passages or marks such as commas and full stops. Those that begin or
    end with a word of `exclude` are left out. Has the form of the table `terms`, for `keyness`.
    """
    if n < 1:
        raise ValueError(f"n is {n}; a run of words has at least one.")
    told = passages[passages["meeting_id"].notna() & (passages["meeting_id"] != "")]
    counts: Counter[tuple[str, str]] = Counter()
    for where, body in zip(told["meeting_id"], told["passage_id"].map(text), strict=True):
        if pd.notna(body):
            counts.update((str(where), run) for run in _runs(str(body), n, exclude))
    rows = [(where, run, count) for (where, run), count in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["meeting_id", "term", "n"]).astype(
        {"meeting_id": "str", "term": "str", "n": "int64"}
    )


def _runs(body: str, n: int, exclude: Collection[str]) -> Iterator[str]:
    found = list(WORD.finditer(body))
    folded = [_fold(match.group()) for match in found]
    apart = [REACH.fullmatch(body, a.end(), b.start()) is None for a, b in zip(found, found[1:], strict=False)]
    for i in range(len(found) - n + 1):
        run = folded[i : i + n]
        if not any(apart[i : i + n - 1]) and run[0] not in exclude and run[-1] not in exclude:
            yield " ".join(run)


def word_counts(text: pd.Series, passages: pd.DataFrame, exclude: Collection[str] = ()) -> pd.DataFrame:
    """How often each word (not stemmed) is said in each meeting: meeting_id, term, n."""
    return ngram_counts(text, passages, 1, exclude)
