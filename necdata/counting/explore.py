"""Looking around in the corpus: concordance, n-grams over time, and the lines behind a figure.

`text` is a Series of passage_id -> text, here and in `collocations`. Terms are read as in the
codebook (see `matching`). Counts of words are in `words`, keyness in `keyness`, collocations in
`collocations`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from necdata.coding import matching
from necdata.counting.stopwords import STOPWORDS
from necdata.counting.words import ngram_counts

KWIC_COLUMNS = ["meeting_id", "start", "left", "keyword", "right", "page_id", "line", "passage_id"]
WHY_COLUMNS = [
    "meeting_id",
    "start",
    "topic",
    "about",
    "n_hits",
    "terms",
    "heading",
    "author",
    "page_id",
    "line",
    "url",
    "passage_id",
    "text",
]


def kwic(text: pd.Series, passages: pd.DataFrame, meetings: pd.DataFrame, term: str, width: int = 60) -> pd.DataFrame:
    """Every place where `term` is said, with `width` characters to its left and right.

    `term` is written as in the codebook: "budget", "canvass*", "trigger ballot", "NPF" (capitals
    only in capitals). Columns: meeting_id, start (date), left, keyword, right (left ends and
    right begins where the keyword does; cut at `width` characters), page_id, line, passage_id;
    in the order of meetings, passages and places. Raises ValueError for a term without a letter.
    """
    found = [(passage, *_context(body, start, end, width)) for passage, body, start, end in _hits(text, term)]
    rows = pd.DataFrame(found, columns=["passage_id", "left", "keyword", "right"], dtype="str")
    rows = rows.merge(_places(passages, meetings), on="passage_id", how="left")
    return rows.sort_values(["start", "passage_id"], kind="stable")[KWIC_COLUMNS].reset_index(drop=True)


def _hits(text: pd.Series, term: str) -> Iterator[tuple[Any, str, int, int]]:
    matcher = matching.Matcher([term])
    for passage, body in text.dropna().items():
        for _, start, end in matcher.find(str(body)):
            yield passage, str(body), start, end


def _context(body: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    flat = " ".join
    left, right = flat(body[:start].split()), flat(body[end:].split())
    left += " " if body[:start][-1:].isspace() else ""
    right = (" " if body[end:][:1].isspace() else "") + right
    return left[-width:] if width else "", flat(body[start:end].split()), right[:width]


def _places(passages: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    """Where each passage stands: passage_id, meeting_id, start, page_id, line."""
    return passages[["passage_id", "meeting_id", "page_id", "line"]].merge(
        meetings[["meeting_id", "start"]], on="meeting_id", how="left"
    )


def ngrams(
    text: pd.Series,
    passages: pd.DataFrame,
    meetings: pd.DataFrame,
    n: int = 2,
    *,
    by: str = "year",
    top: int = 20,
    of: Collection[str] | None = None,
    exclude: Collection[str] = STOPWORDS,
) -> pd.DataFrame:
    """Rates of the most frequent runs of `n` words, or of the terms `of`, over time.

    `by` is "year" (the year of the meeting; one whose dates span two years has none and is left
    out) or a column of `meetings` ("meeting_id", "leader"). `of` takes terms as in the codebook
    ("living wage", "canvass*") in place of the `top` runs. Columns: `by`, term, n, n_words (of
    the passages whose text is there), per_1000_words, n_meetings (with the term), zeros included.
    """
    told = passages[passages["passage_id"].isin(text.dropna().index)]
    size = told.groupby("meeting_id")["n_words"].sum()
    counts = ngram_counts(text, passages, n, exclude) if of is None else _term_counts(text, passages, of)
    period = _periods(meetings, by)
    periods = period[period.index.isin(size.index)].dropna()
    chosen = list(of) if of is not None else _most_frequent(counts[counts["meeting_id"].isin(periods.index)], top)
    rows = counts[counts["term"].isin(chosen)].assign(when=lambda f: f["meeting_id"].map(periods))
    found = rows.groupby(["when", "term"], observed=True).agg(n=("n", "sum"), n_meetings=("meeting_id", "nunique"))
    base = size.reindex(periods.index).groupby(periods, observed=True).sum()
    pairs = pd.MultiIndex.from_product([base.index, chosen], names=["when", "term"])
    frame = found.reindex(pairs, fill_value=0).reset_index()
    frame["n_words"] = frame["when"].map(base).astype(int)
    frame["per_1000_words"] = frame["n"] / frame["n_words"] * 1000
    return frame.rename(columns={"when": by})[[by, "term", "n", "n_words", "per_1000_words", "n_meetings"]]


def _periods(meetings: pd.DataFrame, by: str) -> pd.Series:
    frame = meetings.set_index("meeting_id", drop=False)
    if by != "year":
        return frame[by]
    year = frame["start"].dt.year
    return year.where(year == frame["end"].dt.year).astype("Int64")


def _most_frequent(counts: pd.DataFrame, top: int) -> list[str]:
    total = counts.groupby("term")["n"].sum().reset_index()
    return list(total.sort_values(["n", "term"], ascending=[False, True])["term"].head(top))


def _term_counts(text: pd.Series, passages: pd.DataFrame, of: Collection[str]) -> pd.DataFrame:
    meeting = passages.set_index("passage_id")["meeting_id"]
    rows = [(passage, term) for term in of for passage, *_ in _hits(text, term)]
    found = pd.DataFrame(rows, columns=["passage_id", "term"], dtype="str")
    found = found.assign(meeting_id=found["passage_id"].map(meeting))
    return found.groupby(["meeting_id", "term"]).size().rename("n").reset_index()


def why(corpus: Any, meeting: str | None = None, topic: str | None = None, *, mentions: bool = False) -> pd.DataFrame:
    """The passages behind a figure of the table `topics`: what was coded, by what, and where.

    One row per passage and topic of `meeting` (a meeting_id), of `topic`, or of both; there are
    as many as `topics` counts in n_passages, with as many hits in all as its n_hits.
    `mentions=True` adds passages that only mention the topic, False in the column `about`.
    Columns: meeting_id, start, topic, about, n_hits, terms, heading, author, page_id, line (of
    the raw file, from 1), url, passage_id, text (missing where the corpus is without its text).
    Raises ValueError where neither is given, or the corpus has no such meeting or topic.
    """
    if meeting is None and topic is None:
        raise ValueError("Say which figure: why(meeting=..., topic=...), or one of the two.")
    if meeting is not None and meeting not in set(corpus.meetings["meeting_id"]):
        raise ValueError(f"No meeting {meeting!r}; see corpus.meetings.meeting_id.")
    if topic is not None and topic not in set(corpus.topics["topic"].astype(str)):
        raise ValueError(f"No topic {topic!r}; see corpus.topics.topic.")
    coded = [corpus.codings.assign(about=True)]
    if mentions:
        coded.append(corpus.mentions.assign(about=False))
    rows = pd.concat(coded, ignore_index=True).merge(_sources(corpus), on="passage_id")
    rows = rows.assign(topic=rows["topic"].astype(str))
    rows = rows[rows["meeting_id"].notna()]
    if meeting is not None:
        rows = rows[rows["meeting_id"] == meeting]
    if topic is not None:
        rows = rows[rows["topic"] == topic]
    rows = rows.assign(text=_text_of(corpus, rows["passage_id"]))
    return rows.sort_values(["start", "passage_id", "topic"])[WHY_COLUMNS].reset_index(drop=True)


def _sources(corpus: Any) -> pd.DataFrame:
    """Each passage with its meeting's date, its heading, and who published it where."""
    passages = corpus.passages[["passage_id", "post_id", "section_id", "meeting_id", "page_id", "line"]]
    return (
        passages.merge(corpus.meetings[["meeting_id", "start"]], on="meeting_id")
        .merge(corpus.posts[["post_id", "author", "url"]], on="post_id", how="left")
        .merge(corpus.sections[["section_id", "heading"]], on="section_id", how="left")
    )


def _text_of(corpus: Any, passage_ids: pd.Series) -> pd.Series:
    if not corpus.has_text:
        return pd.Series(pd.NA, index=passage_ids.index, dtype="str")
    return passage_ids.map(corpus.text)
