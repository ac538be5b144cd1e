"""How right the coding is: scores against passages coded by hand, and samples to code by hand.

A gold file has the columns file, line, topics and disputed, the last two with keys parted by
spaces. Topics are what the coders agree on, disputed what only one of them gave: scored neither
way. An empty cell is an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from necdata import plain
from necdata.counting.inference import wilson

GOLD_COLUMNS = ["file", "line", "topics", "disputed"]
SCORE_COLUMNS = [
    "topic",
    "n",
    "n_coded",
    "tp",
    "fp",
    "fn",
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
    "f1",
    "f1_low",
    "f1_high",
    "alpha",
]
WORST_COLUMNS = ["file", "line", "passage_id", "missed", "wrong", "n_errors"]


class Report(NamedTuple):
    """What ``validate`` finds.

    ``topics``: one row per topic, ``overall``: rows micro and macro, both with SCORE_COLUMNS (n:
    passages that the gold gives the topic; shares 0 to 1 with 95 % intervals). ``worst``: passages
    with errors, most first. ``n_passages``: passages scored. ``unmatched``: gold rows that no
    passage begins at.
    """

    topics: pd.DataFrame
    overall: pd.DataFrame
    worst: pd.DataFrame
    n_passages: int
    unmatched: pd.DataFrame


def read_gold(source: str | Path | pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Read a gold file or frame: file, line, topics and disputed as sets, several rows of a line
    united.

    Raises ValueError for a missing column, a line that is no number, a topic that is not among `keys`.
    """
    name = "gold" if isinstance(source, pd.DataFrame) else str(source)
    frame = (
        source
        if isinstance(source, pd.DataFrame)
        else pd.read_csv(source, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    )
    missing = {"file", "line", "topics"} - set(frame.columns)
    if missing:
        raise ValueError(
            f"{name}: column {', '.join(sorted(missing))} missing; "
            f"a gold file has the columns {', '.join(GOLD_COLUMNS)}"
        )
    gold = frame.assign(disputed=frame.get("disputed", "")).loc[:, GOLD_COLUMNS].fillna("")
    rows: dict[tuple[str, int], tuple[set[str], set[str]]] = {}
    for number, row in enumerate(gold.itertuples(index=False), start=2):
        if not str(row.line).strip().isdigit():
            raise ValueError(f"{name}, row {number}: line {row.line!r} is no number")
        topics, disputed = set(str(row.topics).split()), set(str(row.disputed).split())
        unknown = (topics | disputed) - set(keys)
        if unknown:
            raise ValueError(
                f"{name}, row {number}: no topic {', '.join(sorted(unknown))} in the codebook; it has {', '.join(keys)}"
            )
        file = plain.uncelled(str(row.file)) if isinstance(source, str | Path) else str(row.file)
        held = rows.setdefault((file, int(str(row.line))), (set(), set()))
        held[0].update(topics)
        held[1].update(disputed)
    found = [(file, line, topics, disputed - topics) for (file, line), (topics, disputed) in rows.items()]
    return pd.DataFrame(found, columns=GOLD_COLUMNS)


def validate(
    gold: str | Path | pd.DataFrame,
    codings: pd.DataFrame,
    passages: pd.DataFrame,
    pages: pd.DataFrame,
    keys: Sequence[str],
) -> Report:
    """Score codings against passages coded by hand, joined by file and line.

    ``codings`` has passage_id and topic, ``passages`` passage_id, page_id and line, ``pages`` page_id and file;
    ``keys`` are the topics of the codebook, in its order. Disputed topics count neither for nor against. Raises
    ValueError where no gold row meets a passage.
    """
    truth = read_gold(gold, keys)
    places = passages.merge(pages[["page_id", "file"]], on="page_id")
    joined = truth.merge(
        places.astype({"line": "int64"})[["file", "line", "passage_id"]], on=["file", "line"], how="left"
    )
    unmatched = joined.loc[joined["passage_id"].isna(), ["file", "line"]].reset_index(drop=True)
    joined = joined[joined["passage_id"].notna()]
    if joined.empty:
        raise ValueError("no gold row meets a passage; give file and line as in the pages read")
    coded = codings.groupby("passage_id")["topic"].agg(set).to_dict()
    scored = [
        (
            str(file),
            int(str(line)),
            rows["topics"].iloc[0],
            rows["disputed"].iloc[0],
            set().union(*(coded.get(p, set()) for p in rows["passage_id"])),
            rows["passage_id"].iloc[0],
        )
        for (file, line), rows in joined.groupby(["file", "line"], sort=False)
    ]
    decisions = pd.DataFrame(
        [
            (topic, topic in gold_topics, topic in coded_topics)
            for _, _, gold_topics, disputed, coded_topics, _ in scored
            for topic in keys
            if topic not in disputed
        ],
        columns=["topic", "gold", "coded"],
    )
    by_topic = [_scores(topic, rows["gold"], rows["coded"]) for topic, rows in decisions.groupby("topic", sort=False)]
    topics = pd.DataFrame(by_topic, columns=SCORE_COLUMNS)
    topics = topics.set_index("topic").reindex(list(keys)).reset_index()
    micro = _scores("micro", decisions["gold"], decisions["coded"])
    overall = pd.DataFrame([micro, _macro(topics)], columns=SCORE_COLUMNS)
    return Report(topics, overall, _worst(scored, keys), len(scored), unmatched)


def _scores(topic: object, gold: pd.Series, coded: pd.Series) -> tuple[object, ...]:
    tp, fp, fn = (int((gold & coded).sum()), int((~gold & coded).sum()), int((gold & ~coded).sum()))
    return (
        topic,
        tp + fn,
        tp + fp,
        tp,
        fp,
        fn,
        *_share(tp, tp + fp),
        *_share(tp, tp + fn),
        *f1_score(tp, fp, fn),
        krippendorff_alpha(gold.tolist(), coded.tolist()),
    )


def _macro(topics: pd.DataFrame) -> tuple[object, ...]:
    """Means over the topics with a passage in the gold or a coding; without intervals or alpha."""
    used = topics[(topics["n"] > 0) | (topics["n_coded"] > 0)]
    sums = [int(used[c].sum()) for c in SCORE_COLUMNS[1:6]]
    nan = math.nan
    means = [float(used[c].mean()) for c in ("precision", "recall")]
    return ("macro", *sums, means[0], nan, nan, means[1], nan, nan, float(used["f1"].mean()), nan, nan, nan)


def _share(part: int, whole: int) -> tuple[float, float, float]:
    """A share with Wilson's 95 % interval; missing for 0 of 0."""
    low, high = wilson(part, whole)
    return (part / whole if whole else math.nan), float(low), float(high)


def f1_score(tp: int, fp: int, fn: int) -> tuple[float, float, float]:
    """F1 = 2 tp / (2 tp + fp + fn) and its 95 % interval: (8, 2, 2) => (0.8, 0.563, 0.924).

    F1 is 2J / (1 + J) of Jaccard's share J = tp / (tp + fp + fn) and rises with it, so the ends of
    Wilson's interval for J give those for F1. Missing where all three are 0.
    """
    middle, low, high = (2 * share / (1 + share) for share in _share(tp, tp + fp + fn))
    return middle, low, high


def krippendorff_alpha(first: Sequence[object], second: Sequence[object]) -> float:
    """Krippendorff's alpha of two coders for nominal codes; missing where only one code occurs.

    alpha = 1 - observed / expected disagreement, expected from all 2n codes drawn without
    replacement. Krippendorff (2004), Content Analysis, 2nd ed., ch. 11.
    """
    n = 2 * len(first)
    if n < 2:
        return math.nan
    counts: dict[object, int] = {}
    for code in [*first, *second]:
        counts[code] = counts.get(code, 0) + 1
    observed = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)
    expected = 1 - sum(c * (c - 1) for c in counts.values()) / (n * (n - 1))
    return 1 - observed / expected if expected else math.nan


def _worst(scored: Iterable[tuple[str, int, set[str], set[str], set[str], str]], keys: Sequence[str]) -> pd.DataFrame:
    rows = []
    for file, line, gold, disputed, coded, passage in scored:
        missed = [k for k in keys if k in gold - coded]
        wrong = [k for k in keys if k in coded - gold - disputed]
        if missed or wrong:
            rows.append((file, line, passage, " ".join(missed), " ".join(wrong), len(missed) + len(wrong)))
    worst = pd.DataFrame(rows, columns=WORST_COLUMNS)
    return worst.sort_values(["n_errors", "file", "line"], ascending=[False, True, True], ignore_index=True)


def card(report: Report) -> str:
    """The validation card in Markdown: a line on the whole, then a row per topic that occurs."""
    micro, macro = (report.overall.iloc[i] for i in (0, 1))
    lines = [
        f"{report.n_passages} passages; micro-F1 {micro['f1']:.2f} "
        f"({micro['f1_low']:.2f}-{micro['f1_high']:.2f}), macro-F1 {macro['f1']:.2f}, "
        f"precision {micro['precision']:.2f}, recall {micro['recall']:.2f}, "
        f"Krippendorff's alpha {micro['alpha']:.2f}.",
        "",
        "| topic | n | precision | recall | F1 | alpha |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    occurs = (report.topics["n"] > 0) | (report.topics["n_coded"] > 0)
    for _, row in report.topics[occurs].iterrows():
        cells = [_interval(row, "precision"), _interval(row, "recall"), _interval(row, "f1"), _number(row["alpha"])]
        lines.append(f"| {row['topic']} | {row['n']:.0f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}"


def _interval(row: pd.Series, measure: str) -> str:
    if math.isnan(row[measure]):
        return "-"
    return f"{row[measure]:.2f} ({row[measure + '_low']:.2f}-{row[measure + '_high']:.2f})"


def sample(
    passages: pd.DataFrame,
    codings: pd.DataFrame,
    posts: pd.DataFrame,
    meetings: pd.DataFrame,
    pages: pd.DataFrame,
    text: pd.Series | None = None,
    n: int = 100,
    seed: int = 1,
    min_words: int = 8,
) -> pd.DataFrame:
    """Draw passages to code by hand, blind: file, line, (text,) and empty topics and disputed.

    Strata are topic × leader × author, taken in turn from the smallest on, so that rare topics,
    short leaderships and rare reporters are there; shares of the sample are therefore not shares
    of the corpus. ``text`` maps passage_id to text. Passages of fewer than ``min_words`` words are
    left out. The same seed gives the same sample. Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"n is {n}; draw one passage or more")
    frame = passages.loc[passages["n_words"] >= min_words, ["passage_id", "post_id", "page_id", "meeting_id", "line"]]
    frame = frame.merge(posts[["post_id", "author"]], on="post_id", how="left")
    frame = frame.merge(
        meetings[["meeting_id", "leader"]].astype({"leader": "str"}), on="meeting_id", how="left"
    ).merge(pages[["page_id", "file"]], on="page_id")
    frame = frame.sample(frac=1, random_state=seed)
    strata = frame.merge(codings[["passage_id", "topic"]].astype({"topic": "str"}), on="passage_id", how="left").fillna(
        {"topic": "", "leader": "", "author": ""}
    )
    drawn = _in_turn(
        [list(ids) for _, ids in strata.groupby(["topic", "leader", "author"], sort=True)["passage_id"]], n
    )
    chosen = frame[frame["passage_id"].isin(drawn)].sort_values(["file", "line"])
    blank = chosen[["file", "line"]].assign(topics="", disputed="").reset_index(drop=True)
    if text is not None:
        blank.insert(2, "text", chosen["passage_id"].map(text).fillna("").to_numpy())
    return blank


def _in_turn(strata: list[list[str]], n: int) -> set[str]:
    """n ids, one from each list in turn, the shortest list first; an id stands in several lists."""
    drawn: set[str] = set()
    waiting = sorted(strata, key=len)
    while waiting and len(drawn) < n:
        for stratum in waiting:
            while stratum and stratum[0] in drawn:
                stratum.pop(0)
            if stratum and len(drawn) < n:
                drawn.add(stratum.pop(0))
        waiting = [stratum for stratum in waiting if stratum]
    return drawn
