"""What passages are about: terms become hits, hits codings, codings figures per meeting.

A strong term makes a passage be about its topic, a weak one needs company: a second hit of the
topic, or a heading that holds one. Hits in a bare list of subjects count for nothing unless the
list is mostly about the topic. docs/coding.md gives the reasons and what each part of the rule is
worth.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from necdata import matching
from necdata.codebook import WEIGHTS, Codebook

CODING_COLUMNS = ["passage_id", "topic", "n_hits", "terms"]
TOPIC_COLUMNS = ["meeting_id", "topic", "n_passages", "n_hits", "share_of_passages",
                 "per_1000_words"]


class Rule(NamedTuple):
    """How hits become codings; the defaults are what the library uses.

    ``enough``: weight that makes a coding (strong 1, weak 0.5 each, docs/coding.md).
    ``heading``: weight that a heading with a hit of the topic adds to a passage with one.
    ``list_items``: subjects that make a bare list (0: lists count like other text).
    ``list_share``: share of a list's items that make the list be about a topic.
    ``words_per_hit``: a passage of n words needs n / words_per_hit weight (0: length plays no part).
    ``distinct``: whether a term that is repeated counts once.
    """

    enough: float = 1.0
    heading: float = 0.5
    list_items: int = 3
    list_share: float = 0.4
    words_per_hit: float = 0.0
    distinct: bool = True
    framed: float = 0.5
    subject: float = 0.0
    short: int = 0
    fallback: bool = False
    most: float = 1.5


RULE = Rule()
ANY_HIT = Rule(enough=0.01, list_items=0, framed=1)

SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
# What announces subjects rather than a statement about them
CUE = re.compile(r"\b(?:questions?|comments?|contributions?|discuss\w*|issues?|topics?|subjects?|areas?|"
                 r"matters?|items?|points?|updates?|includ\w+|cover\w+|such as|rais\w+|like|concerning|"
                 r"regarding|relating to|spoke|talk(?:ed|ing)?|report\w*|asked|focus\w*|representatives)\b[^,;:]*?"
                 r"(?:\b(?:on|about|of|including|included|include|includes|like|such as|covering|cover|"
                 r"covered|discuss|discussed|from|over|around|regarding|concerning)\b|:)\s*"
                 r"|\b(?:including|include|included|includes|such as|covering):?\s+"
                 r"|\bdiscuss(?:ed|ing)?:?\s+|\brais(?:ed|ing):?\s+")
PARTING = re.compile(r"\s*[,;]\s*(?:and\s+|as well as\s+|or\s+|plus\s+|but also\s+)?"
                     r"|\s+(?:as well as|and also)\s+")
LAST_PARTING = re.compile(r"\s+(?:and|or)\s+")
# Words that show an item saying something of its own
OWN_STATEMENT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|can|may|must|need|needs|that|which|"
    r"who|because|how|why|whether|if|importance of|impact of|said|told|agreed|lost|won)\b", re.I)
LONG_ITEM = 10
# A time or an occasion for something else: "since the election", "at the local government conference"
FRAME = re.compile(
    r"\b(?:since|during|before|after|following|until|till|prior to|ahead of|in advance of|by the time of|as well as|along with|alongside|"
    r"in the (?:run[- ]?up|lead[- ]?up) to|in response to|at|for the (?:next|last|coming|forthcoming))"
    r"(?:\s+(?:the|a|an|this|that|last|next|our|its|their|these|those|any))?(?:\s+[\w’'-]+){0,3}\s+$", re.I)
# Whom somebody belongs to: "UNISON representative Wendy Nichols", "Tom Warnett from the GMB"
ROLE_AFTER = re.compile(r"(?:['’]s)?\s+(?:(?:representatives?|reps?|chair|vice-chair|leader|general secretary|director|"
                        r"co-?ordinator|convenor|officer|official|president|spokes\w+)\s+[A-Z][\w’'-]+\s+[A-Z]"
                        r"|(?<=['’]s\s)[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+)")
NAME_BEFORE = re.compile(r"[A-Z][a-z’'-]+\s+[A-Z][\w’'-]+(?:\s+MP)?,?\s+(?:from|of|for)\s+(?:the\s+)?$")
SPEAKERS_REPORT = re.compile(r"\breports?\b\W*$|^\W*reports? (?:from|of|by)\b", re.I)


class Hit(NamedTuple):
    """A term found in a passage: its row, first character, listed subject (-1: none), framed."""

    row: int
    start: int
    item: int
    framed: bool
    subject: bool


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences of a text; a full stop before a small letter ends none."""
    start = 0
    for gap in SENTENCE.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def listed_subjects(text: str, at_least: int = 3) -> list[list[tuple[int, int]]]:
    """Bare lists of subjects: "questions on schools, jobs and crime" => spans of the three items.

    A list is announced (questions on, issues including, discussed) and its items are short and say
    nothing of their own; items that do are left out, and fewer than ``at_least`` make no list.
    """
    found = []
    for start, end in sentences(text):
        cue = _cue(text, start, end)
        if cue < 0:
            continue
        items = [span for span in _items(text, cue, end) if _bare(text[slice(*span)])]
        if len(items) >= at_least:
            found.append(items)
    return found


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
    edges = [(start, start)]
    edges += [match.span() for match in PARTING.finditer(text, start, end)]
    spans = [(a[1], b[0]) for a, b in zip(edges, [*edges[1:], (end, end)], strict=True)]
    first, last = spans[-1]
    ands = list(LAST_PARTING.finditer(text, first, last))
    if ands:
        spans[-1:] = [(first, ands[-1].start()), (ands[-1].end(), last)]
    return spans


def _bare(item: str) -> bool:
    return len(item.split()) <= LONG_ITEM and not OWN_STATEMENT.search(item)


def hits_of(text: str, matcher: matching.Matcher, at_least: int = 3) -> tuple[list[Hit], int]:
    """Hits of a text, and the number of subjects in its longest bare list."""
    lists = listed_subjects(text, at_least) if at_least else []
    items = [span for spans in lists for span in spans]
    found = []
    starts = [a for a, _ in sentences(text)]
    for row, start, end in matcher.find(text):
        item = next((i for i, (a, b) in enumerate(items) if a <= start < b), -1)
        framed = (FRAME.search(text, max(0, start - 60), start) is not None
                  or ROLE_AFTER.match(text, end) is not None
                  or NAME_BEFORE.search(text, max(0, start - 60), start) is not None)
        subject = len(text[starts[bisect.bisect_right(starts, start) - 1]:start].split()) < 2
        found.append(Hit(row, start, item, framed, subject))
    return found, len(items)


def _scores(hits: list[Hit], n_items: int, n_words: int, codebook_rows: list[tuple[str, str, float]],
            in_heading: set[str], rule: Rule) -> dict[str, tuple[float, float]]:
    """Weight and weight needed by topic, for every topic with a hit."""
    weights: dict[str, dict[object, float]] = {}
    items: dict[str, set[int]] = {}
    seen: set[tuple[str, int]] = set()
    for hit in sorted(hits, key=lambda h: (h.start, -codebook_rows[h.row][2])):
        topic, _, weight = codebook_rows[hit.row]
        if weight == 0:
            continue
        places = weights.setdefault(topic, {})
        if (topic, hit.start) in seen:
            continue
        seen.add((topic, hit.start))
        if hit.item >= 0:
            items.setdefault(topic, set()).add(hit.item)
            continue
        if hit.subject:
            weight += rule.subject
        key: object = ("term", hit.row) if weight < 1 and rule.distinct else hit.start
        if hit.framed:
            weight *= rule.framed
        places[key] = max(weight, places.get(key, 0))
    needed = rule.enough
    if n_words <= rule.short:
        needed = 0.5
    if rule.words_per_hit:
        needed = min(max(rule.enough, n_words / rule.words_per_hit), rule.most)
    scores = {}
    for topic, places in weights.items():
        score = sum(places.values())
        if len(items.get(topic, ())) >= max(2, rule.list_share * n_items):
            score += 1
        if topic in in_heading and places:
            score += rule.heading
        scores[topic] = (score, needed)
    return scores


def code(passages: pd.DataFrame, codebook: Codebook, rule: Rule = RULE
         ) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Code passages: (codings, mentions), one row per passage and topic with a hit, disjoint.

    ``passages`` has passage_id, text, form, heading and post_id. Both results have passage_id,
    topic, n_hits and terms (the codebook's terms that matched, joined by "; "), in the order of the
    passages and of the codebook. ``codings`` tells what a passage is about, ``mentions`` which other
    topics it names; together they are every hit. Raises KeyError for a missing column.
    """
    matcher = matching.compile(codebook)
    rows = [(str(t.topic), str(t.term), WEIGHTS[str(t.strength)])
            for t in codebook.terms.itertuples(index=False)]
    codings, mentions = [], []
    headings: dict[str, set[str]] = {}
    strong_headings: dict[str, set[str]] = {}
    for passage in passages[["passage_id", "text", "heading"]].itertuples(index=False):
        if passage.heading not in headings:
            headings[passage.heading] = {rows[row][0] for row, _, _ in matcher.find(passage.heading)
                                         if rows[row][2] and not SPEAKERS_REPORT.search(
                                             passage.heading)}
            strong_headings[passage.heading] = {rows[row][0] for row, _, _ in matcher.find(passage.heading)
                                         if rows[row][2] >= 1 and not SPEAKERS_REPORT.search(
                                             passage.heading)}
        hits, n_items = hits_of(passage.text, matcher, rule.list_items)
        scores = _scores(hits, n_items, len(passage.text.split()), rows,
                         headings[passage.heading], rule)
        if rule.fallback and len(passage.text.split())>=8 and not any(a >= b for a, b in scores.values()):
            for topic in strong_headings[passage.heading]:
                scores[topic] = (1, 1)
        for topic in codebook.keys:
            if topic in scores:
                terms = [rows[hit.row][1] for hit in hits if rows[hit.row][0] == topic
                         and rows[hit.row][2]]
                row = (passage.passage_id, topic, len(terms), "; ".join(dict.fromkeys(terms)))
                score, needed = scores[topic]
                (codings if score >= needed else mentions).append(row)
    return tuple(pd.DataFrame(found, columns=CODING_COLUMNS)
                 .astype({"passage_id": "str", "topic": "str", "n_hits": "int64", "terms": "str"})
                 for found in (codings, mentions))  # type: ignore[return-value]


def tabulate(codings: pd.DataFrame, passages: pd.DataFrame, meetings: pd.DataFrame,
             codebook: Codebook) -> pd.DataFrame:
    """Topics by meeting, zeros included, in the order of the meetings and of the codebook.

    ``passages`` has passage_id, meeting_id, n_words; ``meetings`` has meeting_id. Columns: meeting_id,
    topic, n_passages (coded), n_hits, share_of_passages (of the meeting's, 0 to 1) and per_1000_words
    (hits in coded passages per 1,000 words of the meeting), both rounded to six decimals and missing
    where a meeting has no words.
    """
    index = pd.MultiIndex.from_product([meetings["meeting_id"], codebook.keys],
                                       names=["meeting_id", "topic"])
    placed = codings.merge(passages[["passage_id", "meeting_id"]], on="passage_id", how="inner")
    counted = placed.groupby(["meeting_id", "topic"]).agg(
        n_passages=("passage_id", "nunique"), n_hits=("n_hits", "sum"))
    table = counted.reindex(index, fill_value=0).reset_index()
    sizes = passages.groupby("meeting_id").agg(passages=("passage_id", "nunique"),
                                               words=("n_words", "sum"))
    sizes = table[["meeting_id"]].join(sizes, on="meeting_id")
    table["share_of_passages"] = (table["n_passages"] / sizes["passages"].where(
        sizes["passages"] > 0)).round(6)
    table["per_1000_words"] = (1000 * table["n_hits"] / sizes["words"].where(
        sizes["words"] > 0)).round(6)
    return table[TOPIC_COLUMNS]
