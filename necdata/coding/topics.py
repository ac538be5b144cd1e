"""What passages are about: terms become hits, hits become codings, codings figures per meeting.

A strong term makes a passage be about its topic, a weak one needs company: another term of the
topic, or a heading that names it. A passage that is about nothing by its own words is about what
its heading names with a strong term. Hits that only date or place something else count half, and
hits in a bare list of subjects count for nothing unless much of the list is about the topic.
docs/coding.md gives the reasons, and what each part of the rule is worth.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

import pandas as pd

from necdata.coding import engine
from necdata.coding.codebook import WEIGHTS, Codebook

CODING_COLUMNS = ["passage_id", "topic", "n_hits", "terms"]
TOPIC_COLUMNS = ["meeting_id", "topic", "n_passages", "n_hits", "share_of_passages", "per_1000_words"]


class Rule(NamedTuple):
    """How hits weigh; a passage is about a topic from a weight of 1 on.

    ``weak``: weight of a weak term (a strong one weighs 1). ``heading``: weight that a heading
    which names the topic adds to a passage that does too. ``framed``: share of its weight that a
    hit keeps which only dates or places something else. ``list_items``: how many subjects make a
    bare list (0: lists are read like other text). ``list_share``: share of its items that makes a
    list be about a topic.
    """

    weak: float = WEIGHTS["weak"]
    heading: float = 1.0
    framed: float = 0.5
    list_items: int = 3
    list_share: float = 0.4


RULE = Rule()
ANY_HIT = Rule(weak=1.0, heading=0.0, framed=1.0, list_items=0)

SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
# Announces subjects: "questions on", "a range of issues including", "discussed", "spoke about"
CUE = re.compile(
    r"\b(?:questions?|comments?|contributions?|discuss\w*|issues?|topics?|subjects?|areas?|matters?|"
    r"items?|points?|updates?|includ\w+|cover\w+|rais\w+|spoke|talk(?:ed|ing)?|report\w*|asked|"
    r"focus\w*|representatives)\b[^,;:]*?"
    r"(?:\b(?:on|about|of|includ(?:ing|ed|es?)|like|such as|cover(?:ing|ed|s)?|discuss(?:ed|ing)?|"
    r"from|over|around|regarding|concerning)\b|:)\s*"
    r"|\b(?:includ(?:ing|ed|es?)|such as|covering|discuss(?:ed|ing)?|rais(?:ed|ing)):?\s+",
    re.I,
)
PARTING = re.compile(
    r"\s*[,;]\s*(?:(?:and|as well as|or|plus|but also)\s+)?"
    r"|\s+(?:as well as|and also)\s+"
)
LAST_PARTING = re.compile(r"\s+(?:and|or)\s+")
# An item with one of these says something of its own
OWN_STATEMENT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|can|may|must|needs?|that|which|who|"
    r"because|how|why|whether|if|importance of|impact of|said|told|agreed|lost|won)\b"
)
LONGEST_ITEM = 10
# Shorter passages say too little to be given their heading's subject
FRAGMENT = 8
# A time or an occasion: "since the election", "at the local government conference"
OCCASIONS = [
    "since",
    "during",
    "before",
    "after",
    "following",
    "until",
    "till",
    "prior to",
    "ahead of",
    "in advance of",
    "as well as",
    "by the time of",
    "along with",
    "alongside",
    "in response to",
    *(f"in the {way}{gap}up to" for way in ("run", "lead") for gap in ("-", " ", "")),
    "at",
    *(f"for the {when}" for when in ("next", "last", "coming", "forthcoming")),
]
DETERMINERS = "the a an this that last next our its their these those any".split()
VERBS = "is are was were has have had will would could can should".split()


def _backwards(words: list[str]) -> str:
    return "|".join(re.escape(word[::-1]) for word in words)


# For the text before a hit read backwards, which begins where the hit does: an occasion, a
# determiner or none, and up to three words of which none is a verb
FRAME = re.compile(
    rf"\s+(?:(?!(?:{_backwards(VERBS)})\s)[\w’'-]+\s+){{0,3}}"
    rf"(?:(?:{_backwards(DETERMINERS)})\s+)?(?:{_backwards(OCCASIONS)})\b",
    re.I,
)
# Whom somebody belongs to: "UNISON representative Jane Smith", "Jane Smith from the GMB"
NAME = r"[A-Z][a-z’'-]+\s+[A-Z][\w’'-]+"
ROLE_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:representatives?|reps?|(?:vice-)?chair|leader|general secretary|director|"
    rf"co-?ordinator|convenor|officer|official|president|spokes\w+)\s+{NAME}|['’]s\s+{NAME}"
)
NAME_BEFORE = re.compile(rf"{NAME}(?:\s+MP)?,?\s+(?:from|of|for)\s+(?:the\s+)?$")
LINKS = ("from", "of", "for", "the")
REACH = 80
SPEAKERS_REPORT = re.compile(r"\breports?\b\W*$|^\W*reports? (?:from|of|by)\b", re.I)


# Rows of the terms: topic, term, weight. What is found in a text: row, start, end.
Rows = list[tuple[str, str, float]]
Found = list[tuple[int, int, int]]


class Hit(NamedTuple):
    """A term in a passage: its row, its subject in a list (-1: in none), framed or not."""

    row: int
    item: int
    framed: bool


class Weighed(NamedTuple):
    """A topic in a passage: weight, number of hits, and the terms in the order of the text."""

    weight: float
    n_hits: int
    terms: list[str]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences of a text; a full stop before a small letter ends none."""
    start = 0
    for gap in SENTENCE.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def listed_subjects(text: str, at_least: int = RULE.list_items) -> list[tuple[int, int]]:
    """Subjects of bare lists: "asked about schools, jobs and crime" => spans of the three.

    A list is announced (questions on, issues including, discussed), its items are short and none
    says anything of its own: items that do are left out, and fewer than ``at_least`` make no list.
    """
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if _most_items(text, start, end) < at_least:
            continue
        cue = _cue(text, start, end)
        items = [] if cue < 0 else [(a, b) for a, b in _items(text, cue, end) if _bare(text[a:b])]
        found += items if len(items) >= at_least else []
    return found


def _most_items(text: str, start: int, end: int) -> int:
    """How many items a sentence has at most: what parts them, one more, and one for an "and"."""
    return 2 + sum(text.count(mark, start, end) for mark in (",", ";", "as well as", "and also"))


def _cue(text: str, start: int, end: int) -> int:
    """Where the subjects begin: after the last announcement before the first comma (-1: none)."""
    found = -1
    for cue in CUE.finditer(text, start, end):
        if found >= 0 and PARTING.search(text, found, cue.start()):
            break
        found = cue.end()
    return found


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between commas, semicolons and the last "and" of the rest of a sentence."""
    edges = [(start, start), *(m.span() for m in PARTING.finditer(text, start, end)), (end, end)]
    spans = [(a[1], b[0]) for a, b in zip(edges[:-1], edges[1:], strict=True)]
    first, last = spans.pop()
    ands = list(LAST_PARTING.finditer(text, first, last))
    middle = ands[-1].span() if ands else (last, last)
    return [*spans, (first, middle[0]), *([(middle[1], last)] if ands else [])]


def _bare(item: str) -> bool:
    return len(item.split()) <= LONGEST_ITEM and not OWN_STATEMENT.search(item)


def _framed(text: str, start: int, end: int) -> bool:
    """Whether the words around a hit make it a time, an occasion or somebody's affiliation."""
    before = text[max(0, start - REACH) : start]
    if FRAME.match(before[::-1]) or ROLE_AFTER.match(text, end):
        return True
    return before.rstrip().endswith(LINKS) and NAME_BEFORE.search(before) is not None


def _hits(text: str, found: Found, items: list[tuple[int, int]]) -> list[Hit]:
    return [
        Hit(row, next((i for i, (a, b) in enumerate(items) if a <= start < b), -1), _framed(text, start, end))
        for row, start, end in found
    ]


def _best_of_place(found: Found, rows: Rows) -> Found:
    """One hit per topic and place, the strongest term of those that match the same words."""
    best: dict[tuple[str, int], tuple[int, int, int]] = {}
    for hit in found:
        topic, _, weight = rows[hit[0]]
        held = best.get((topic, hit[1]))
        if weight and (held is None or weight > rows[held[0]][2]):
            best[topic, hit[1]] = hit
    return list(best.values())


def _named(heading: str, found: Found, rows: Rows) -> dict[str, bool]:
    """Topics that a heading names, and whether by a strong term; none for "Leader's report"."""
    named: dict[str, bool] = {}
    if not SPEAKERS_REPORT.search(heading):
        for row, _, _ in found:
            topic, _, weight = rows[row]
            if weight:
                named[topic] = named.get(topic, False) or weight >= 1
    return named


def _says_nothing_else(text: str, weighed: dict[str, Weighed], rule: Rule) -> bool:
    """Whether a passage is left to its heading: about nothing by its own words, yet no fragment."""
    return rule.heading >= 1 and len(text.split()) >= FRAGMENT and all(topic.weight < 1 for topic in weighed.values())


def _weigh(hits: list[Hit], n_items: int, heading: Container[str], rows: Rows, rule: Rule) -> dict[str, Weighed]:
    """Weight by topic: strong terms by hit, weak terms once each, lists and heading as a whole."""
    by_topic: dict[str, list[Hit]] = {}
    for hit in hits:
        by_topic.setdefault(rows[hit.row][0], []).append(hit)
    weighed = {}
    for topic, own in by_topic.items():
        weights: dict[object, float] = {}
        for number, hit in enumerate(own):
            if hit.item < 0:
                strong = rows[hit.row][2] >= 1
                key = number if strong else (hit.row,)
                weight = (1.0 if strong else rule.weak) * (rule.framed if hit.framed else 1)
                weights[key] = max(weight, weights.get(key, 0))
        n_listed = len({hit.item for hit in own if hit.item >= 0})
        listed = n_listed >= max(2, rule.list_share * n_items)
        named = rule.heading if topic in heading else 0
        weighed[topic] = Weighed(
            sum(weights.values()) + listed + named, len(own), list(dict.fromkeys(rows[hit.row][1] for hit in own))
        )
    return weighed


def _weighed(text: str, found: Found, heading: dict[str, bool], rows: Rows, rule: Rule) -> dict[str, Weighed]:
    """Topics of one passage: by its own words, or else by its heading's."""
    items = listed_subjects(text, rule.list_items) if found and rule.list_items else []
    weighed = _weigh(_hits(text, found, items), len(items), heading, rows, rule) if found else {}
    if heading and _says_nothing_else(text, weighed, rule):
        weighed |= {topic: Weighed(rule.heading, 0, []) for topic, strong in heading.items() if strong}
    return weighed


def weigh(
    passages: pd.DataFrame, codebook: Codebook, rule: Rule = RULE, finder: engine.Engine | None = None
) -> pd.DataFrame:
    """Weight of every topic that a passage names: passage_id, topic, n_hits, terms, weight.

    ``finder`` is the codebook's engine, for whoever codes in several goes: it remembers the words it has met.
    """
    finder = finder or engine.compile(codebook)
    topic, term, strength = (codebook.terms[column].tolist() for column in ("topic", "term", "strength"))
    rows = list(zip(topic, term, map(WEIGHTS.__getitem__, strength), strict=True))
    ids, texts, headings = (passages[column].tolist() for column in ("passage_id", "text", "heading"))
    texts, headings = [str(text) for text in texts], [str(heading) for heading in headings]
    distinct = list(dict.fromkeys(headings))
    named = {
        heading: _named(heading, hits, rows) for heading, hits in zip(distinct, finder.each(distinct), strict=True)
    }
    order = {topic: number for number, topic in enumerate(codebook.keys)}
    found = []
    for passage_id, text, heading, matches in zip(ids, texts, headings, finder.each(texts), strict=True):
        weighed = _weighed(text, _best_of_place(matches, rows), named[heading], rows, rule)
        found += [
            (passage_id, topic, weighed[topic].n_hits, "; ".join(weighed[topic].terms), weighed[topic].weight)
            for topic in sorted(weighed, key=order.__getitem__)
        ]
    frame = pd.DataFrame(found, columns=[*CODING_COLUMNS, "weight"])
    return frame.astype({"passage_id": "str", "topic": "str", "n_hits": "int64", "terms": "str", "weight": "float64"})


def code(passages: pd.DataFrame, codebook: Codebook, rule: Rule = RULE) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Code passages: (codings, mentions), one row per passage and topic with a hit, disjoint.

    ``passages`` has passage_id, text, form, heading and post_id. Both results have passage_id,
    topic, n_hits and terms (the codebook's terms that matched, joined by "; "), in the order of
    the passages and of the codebook. ``codings`` tells what a passage is about, ``mentions`` which
    other topics it names; together they are every hit. Raises KeyError for a missing column.
    """
    weighed = weigh(passages, codebook, rule)
    about = weighed["weight"] >= 1
    return (
        weighed.loc[about, CODING_COLUMNS].reset_index(drop=True),
        weighed.loc[~about, CODING_COLUMNS].reset_index(drop=True),
    )


def tabulate(codings: pd.DataFrame, passages: pd.DataFrame, meetings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Topics by meeting, zeros included, in the order of the meetings and of the codebook.

    ``passages`` has passage_id, meeting_id, n_words; ``meetings`` has meeting_id. Columns:
    meeting_id, topic, n_passages (coded), n_hits, share_of_passages (of the meeting's, 0 to 1) and
    per_1000_words (hits in coded passages per 1,000 words of the meeting), both rounded to six
    decimals and missing where a meeting has no passages.
    """
    index = pd.MultiIndex.from_product([meetings["meeting_id"], codebook.keys], names=["meeting_id", "topic"])
    placed = codings.merge(passages[["passage_id", "meeting_id"]], on="passage_id", how="inner")
    counted = placed.groupby(["meeting_id", "topic"]).agg(
        n_passages=("passage_id", "nunique"), n_hits=("n_hits", "sum")
    )
    table = counted.reindex(index, fill_value=0).reset_index()
    sizes = passages.groupby("meeting_id").agg(n=("passage_id", "nunique"), words=("n_words", "sum"))
    sizes = table[["meeting_id"]].join(sizes, on="meeting_id")
    n, words = (sizes[c].where(sizes[c] > 0) for c in ("n", "words"))
    table["share_of_passages"] = (table["n_passages"] / n).round(6)
    table["per_1000_words"] = (1000 * table["n_hits"] / words).round(6)
    return table[TOPIC_COLUMNS]
