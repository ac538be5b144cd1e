"""Which of the codebook's terms a figure hangs on, and which one drives a peak."""

from __future__ import annotations

import pandas as pd

from necdata.counting.resampling import Method
from necdata.counting.sensitivity import NOTHING, Counted, Tables, changes, matched_terms, recount
from necdata.counting.statistics import MIN_MEETINGS, By, Measure, rates

COLUMNS = [
    "topic",
    "measure",
    "peak",
    "estimate",
    "term",
    "n_with",
    "share_of_peak",
    "estimate_without",
    "peak_without",
    "peak_stays",
]


def leave_one_term_out(
    corpus: Tables,
    by: By = None,
    *,
    topics: list[str] | None = None,
    measure: Measure = "share_of_passages",
    method: Method = "jackknife",
    min_meetings: int = MIN_MEETINGS,
) -> pd.DataFrame:
    """Rates of each topic without each of the terms that coded it, one at a time.

    `topics` limits the topics (None: all). Columns as in `sensitivity.leave_one_out`; `without`
    reads "nothing" or "term: spending". It works on the codings as they stand: a passage is lost
    where the term was its only one, and hits are shared equally among a passage's terms. Where
    weak terms need company the true loss can be larger; coding anew with the term struck from
    the codebook tells.
    """
    counted, lost = recount(corpus.meetings, corpus.passages, corpus.codings), losses(corpus)
    if topics is not None:
        counted = counted._replace(topics=counted.topics[counted.topics["topic"].isin(topics)])
    parts = {NOTHING: rates(*counted, by, measure=measure, method=method, min_meetings=min_meetings)}
    if len(lost):
        fewer = _rates_without(counted, lost, by, measure, method, min_meetings)
        parts |= {f"term: {term}": rows.drop(columns="term") for term, rows in fewer.groupby("term")}
    return changes(parts, by)


def drivers(
    corpus: Tables,
    by: str = "meeting_id",
    *,
    measure: Measure = "share_of_passages",
    min_passages: int = 5,
) -> pd.DataFrame:
    """Name, for each topic, the term that drives its peak: the one without which it falls most.

    The peak is the value of `by` (a meeting, a leader, a year) with the highest rate, among those
    with at least `min_passages` passages; below that one passage makes a peak. Columns: topic,
    measure, peak, estimate (in the unit of `measure`), term, n_with (passages of the peak in
    which it matched), share_of_peak (0 to 1: how much of the peak goes with it; 0 where no passage
    rests on one term alone, the term is then the most frequent), estimate_without, peak_without
    (where the peak would be; missing if nowhere), peak_stays. Topics never seen have no row.
    """
    counted, lost = recount(corpus.meetings, corpus.passages, corpus.codings), losses(corpus)
    size = counted.meetings.groupby(by, observed=True)["n_passages"].sum()
    large = counted.meetings[by].isin(size.index[size >= min_passages])
    counted = counted._replace(meetings=counted.meetings[large])
    if lost.empty or not large.any():
        return pd.DataFrame(columns=COLUMNS)
    # No interval is wanted here: more meetings are asked for than there are.
    none = len(counted.meetings) + 1
    peaks = _peaks(rates(*counted, by, measure=measure, min_meetings=none), ["topic"], by)
    fewer = _rates_without(counted, lost, by, measure, "jackknife", none)
    return _name_terms(
        peaks,
        fewer,
        lost.merge(counted.meetings[["meeting_id"]] if by == "meeting_id" else counted.meetings[["meeting_id", by]]),
        by,
    )


def _peaks(found: pd.DataFrame, keys: list[str], by: str) -> pd.DataFrame:
    """The row of `by` with the highest rate for each of `keys`, the first of equals."""
    seen = found[found["estimate"] > 0].sort_values("estimate", ascending=False, kind="stable")
    return seen.drop_duplicates(keys)


def _name_terms(peaks: pd.DataFrame, fewer: pd.DataFrame, lost: pd.DataFrame, by: str) -> pd.DataFrame:
    keys = ["topic", "term", by]
    matched = lost.groupby(keys, observed=True)[["n_with", "n_hits"]].sum().reset_index()
    after = _peaks(fewer, ["topic", "term"], by)[["topic", "term", by]]
    rows = peaks[["topic", "measure", by, "estimate"]].merge(
        fewer[["topic", "term", by, "estimate"]], on=["topic", by], suffixes=("", "_without")
    )
    rows = rows.merge(matched, on=["topic", "term", by]).merge(
        after.rename(columns={by: "peak_without"}), on=["topic", "term"], how="left"
    )
    rows = rows.sort_values(
        ["topic", "estimate_without", "n_with", "n_hits", "term"], ascending=[True, True, False, False, True]
    ).drop_duplicates("topic")
    rows = rows.rename(columns={by: "peak"})
    rows["share_of_peak"] = 1 - rows["estimate_without"] / rows["estimate"]
    rows["peak_stays"] = rows["peak"].astype(object) == rows["peak_without"].astype(object)
    return rows[COLUMNS].reset_index(drop=True)


def losses(corpus: Tables) -> pd.DataFrame:
    """What each meeting would lose of each topic without each term that matched there.

    Columns: topic, term, meeting_id, n_passages (those with no other term), n_hits (equal parts
    of a passage's hits), n_with (passages in which the term matched).
    """
    terms = matched_terms(corpus.codings)
    rows = corpus.codings.assign(topic=corpus.codings["topic"].astype(str), term=terms, n_terms=terms.map(len))
    rows = (
        rows[rows["n_terms"] > 0].merge(corpus.passages[["passage_id", "meeting_id"]], on="passage_id").explode("term")
    )
    rows = rows.assign(n_passages=(rows["n_terms"] == 1).astype(int), n_hits=rows["n_hits"] / rows["n_terms"], n_with=1)
    keys = ["topic", "term", "meeting_id"]
    return rows.groupby(keys)[["n_passages", "n_hits", "n_with"]].sum().reset_index()


def _rates_without(
    counted: Counted,
    lost: pd.DataFrame,
    by: By,
    measure: Measure,
    method: Method,
    min_meetings: int,
) -> pd.DataFrame:
    """Rates of every topic without each of its terms: one call, a topic and term as one topic."""
    pairs = lost[["topic", "term"]].drop_duplicates()
    keys = ["topic", "term", "meeting_id"]
    rows = pairs.merge(counted.topics[["meeting_id", "topic", "n_passages", "n_hits"]], on="topic")
    gone = rows[keys].merge(lost, how="left", on=keys).fillna({"n_passages": 0, "n_hits": 0})
    rows = rows.assign(
        n_passages=rows["n_passages"] - gone["n_passages"],
        n_hits=rows["n_hits"] - gone["n_hits"],
        topic=rows["topic"] + "\n" + rows["term"],
    )
    found = rates(counted.meetings, rows, by, measure=measure, method=method, min_meetings=min_meetings)
    parts = found["topic"].str.split("\n", n=1, expand=True)
    return found.assign(topic=parts[0], term=parts[1])
