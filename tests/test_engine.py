"""The engine finds what the plain matcher finds, in any text, however it takes the texts."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necdata.coding import codebook, engine, topics
from necdata.coding.engine import Engine, chunk_types, hashing, sieve
from necdata.coding.matching import Match, Matcher

BOOK = codebook.load()
TERMS = [
    "by-election*",
    "election*",
    "general election*",
    "EHRC",
    "PCC",
    "A&E",
    "women",
    "women's conference",
    "trade union*",
    "union",
    "=Unite",
    "re-elect*",
    "café",
    "* councillors",
    "council",
    "elect* of the *",
    "labour's",
    "of the",
    "gen?ral",
    "*elected",
    "win * * election",
    "=MP*",
    "*s",
    "=O'NEIL",
    "o'neil*",
    "bjørn",
    "=Straße",
    "20*",
    "the",
    "don't",
    "* of *",
]
WORDS = [
    "general",
    "election",
    "Elections",
    "by",
    "by-election",
    "Byelections",
    "EHRC",
    "ehrc",
    "EHRCs",
    "women",
    "women’s",
    "WOMEN'S",
    "conference",
    "trade-union",
    "Unions",
    "Unite",
    "unite",
    "re-elected",
    "café",
    "cafe\u0301",
    "CAFÉ",
    "A&E",
    "the",
    "of",
    "two",
    "councillors",
    "Labour’s",
    "O’Neil",
    "O'NEILS",
    "MPs",
    "STRASSE",
    "Straße",
    "Bjørn",
    "2017",
    "1,234",
    "e.g.",
    "don’t",
    "elected",
    "won",
    "win",
    "gen\u00aderal",
    "x" * 23,
    "y" * 24,
    "z" * 25,
    "general-election-of-the-day,",
    "https://example.org/a-b_c?of=the#women",
]
MARKS = [
    *"-–—,.()/&’‘“”'`\"…_=*+;«²ﬁŒß中😀",
    "\u0301",
    "\u00ad",
    "\u200b",
    "\u00a0",
    "\u2003",
    "\u3000",
    "\x1c",
    "\x00",
    "\x07",
    "\x7f",
    "\ud800",
    "“" * 9,
    "\u2028",
    "\x85",
    "'s",
    "’S",
    "s’",
]
SPACES = [" ", " ", " ", " ", "", "  ", "\n", "\u00a0"]
pieces = st.lists(st.tuples(st.sampled_from(WORDS) | st.sampled_from(MARKS), st.sampled_from(SPACES)), max_size=25)
texts_of_pieces = st.lists(pieces.map(lambda found: "".join(word + space for word, space in found)), max_size=6)


def all_at_once(finder: Engine, texts: Sequence[str]) -> list[Match]:
    return [Match(*hit) for hit in zip(*(column.tolist() for column in finder.hits(texts)), strict=True)]


def generated(size: int, kind: str) -> list[str]:
    return corpora().passages(size, kind, seed=5)


def hostile(n: int) -> list[str]:
    return corpora().hostile(n)


@cache
def corpora() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "corpora.py"
    spec = importlib.util.spec_from_file_location("corpora", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", ["ordinary", "heavy", "hostile"])
def test_the_shipped_codebook_is_found_as_the_plain_matcher_finds_it(kind: str) -> None:
    texts = hostile(300) if kind == "hostile" else generated(150_000, kind)
    terms = BOOK.terms["term"].tolist()
    found = all_at_once(Engine(terms), texts)
    assert len(found) > 500
    assert found == Matcher(terms)(texts)


@settings(max_examples=300, deadline=None)
@given(texts_of_pieces, st.lists(st.sampled_from(TERMS), unique=True, min_size=1))
def test_any_pieces_are_found_as_the_plain_matcher_finds_them(texts: list[str], terms: list[str]) -> None:
    assert all_at_once(Engine(terms), texts) == Matcher(terms)(texts)


@pytest.mark.parametrize("term", ["*s", "=*s", "*union*", "?nion", "*ed of", "=*S", "women*s", "*committee", "=C?F*"])
def test_wildcards_anywhere_in_a_word_are_found_too(term: str) -> None:
    texts = [*hostile(60), "LABOUR'S women's ’s", "subcommittee's “Subcommittees” COMMITTEE CÔFE cafe"]
    found = all_at_once(Engine([term]), texts)
    assert found
    assert found == Matcher([term])(texts)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_can_be_searched(texts: list[str]) -> None:
    assert all_at_once(Engine(TERMS), texts) == Matcher(TERMS)(texts)


@settings(max_examples=100, deadline=None)
@given(texts_of_pieces, st.lists(st.sampled_from("abc"), min_size=len(TERMS), max_size=len(TERMS)))
def test_terms_of_different_scopes_do_not_compete(texts: list[str], scopes: list[str]) -> None:
    assert all_at_once(Engine(TERMS, scopes), texts) == Matcher(TERMS, scopes)(texts)


def test_a_shorter_term_of_another_scope_is_found_within_a_longer_one() -> None:
    finder = Engine(["general election", "general election defeat"], ["kind", "phase"])
    assert finder.find("the general election defeat") == [(0, 4, 20), (1, 4, 27)]


def test_hits_do_not_depend_on_how_texts_are_put_into_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = hostile(60)
    whole = all_at_once(Engine(TERMS), texts)
    monkeypatch.setattr(engine, "FIRST_BLOCK", 1)
    monkeypatch.setattr(engine, "BLOCK", 100)
    finder = Engine(TERMS)
    assert all_at_once(finder, texts) == whole
    assert all_at_once(finder, texts) == whole, "what was learnt of the first pass changes the second"
    assert [Match(n, *hit) for n, hits in enumerate(map(finder.find, texts)) for hit in hits] == whole


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "xyz" * 10
    texts = [text for piece in hostile(60) for text in (piece, f"{long} election", f"tax {long}")]
    whole = all_at_once(Engine(TERMS), texts)
    monkeypatch.setattr(engine, "BLOCK", 1)
    monkeypatch.setattr(engine, "FIRST_BLOCK", 1)
    monkeypatch.setattr(chunk_types, "ROOM", 5)
    finder = Engine(TERMS)
    assert all_at_once(finder, texts) == whole
    assert len(finder._types._told) < 200


def test_equal_hashes_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = hostile(40)
    whole = all_at_once(Engine(TERMS), texts)
    for module in (hashing, sieve):
        monkeypatch.setattr(module, "mixed", lambda *keys: np.zeros(keys[0].size, np.uint64))
    assert all_at_once(Engine(TERMS), texts) == whole


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    finder = Engine(["general election", "* election"])
    assert all_at_once(finder, ["the general", "election", "", "election"]) == []


def test_places_are_counted_in_characters_not_bytes() -> None:
    assert Engine(["café", "tax"]).find("“Thé” – £5 😀 café, tax") == [(0, 13, 17), (1, 19, 22)]


def test_no_texts_and_empty_texts_have_no_hits() -> None:
    for texts in ([], [""], ["", " \n", "–"]):
        hits = Engine(["tax"]).hits(texts)
        assert [column.size for column in hits] == [0, 0, 0, 0]
        assert list(Engine(["tax"]).each(texts)) == [[] for _ in texts]


def test_no_terms_find_nothing() -> None:
    assert Engine([]).find("the general election") == []


def test_most_chunks_are_never_read_in_python() -> None:
    """What the speed rests on: of words that no term can match, none is looked at by itself."""
    finder = Engine(BOOK.terms["term"].tolist())
    finder.hits(generated(200_000, "heavy"))
    looked_at = len(finder._types._told)
    distinct = len({chunk for text in generated(200_000, "heavy") for chunk in text.split()})
    assert looked_at < distinct / 4


@pytest.mark.parametrize("width", [1, 3])
def test_a_table_finds_its_keys_and_no_others(width: int) -> None:
    rng = np.random.default_rng(3)
    keys = tuple(rng.integers(1, 40, 3000, dtype=np.uint64) for _ in range(width))
    known = dict(zip(zip(*(k[:1500].tolist() for k in keys), strict=True), range(1500), strict=True))
    table = hashing.Table(width, room=4)
    table.add(np.array(list(known.values()), np.int32), *(np.array(k, np.uint64) for k in zip(*known, strict=True)))
    assert table.size == len(known)
    assert table.find(*keys).tolist() == [known.get(k, -1) for k in zip(*(k.tolist() for k in keys), strict=True)]


# The rule of the topics reads a passage backwards where that is faster; this is how it reads forwards.
FRAME = re.compile(
    r"\b(?:since|during|before|after|following|until|till|prior to|ahead of|in advance of|as well as|by the time of|"
    r"along with|alongside|in response to|in the (?:run|lead)[- ]?up to|at|for the (?:next|last|coming|forthcoming))"
    r"(?:\s+(?:the|a|an|this|that|last|next|our|its|their|these|those|any))?"
    r"(?:\s+(?!(?:is|are|was|were|has|have|had|will|would|could|can|should)\s)[\w’'-]+){0,3}\s+$",
    re.I,
)
FRAMING = [
    "since",
    "during the",
    "in the run-up to",
    "in the lead up to",
    "for the next",
    "At",
    "prior to",
    "these",
    "is",
    "would",
    "our",
    "boats",
    "co-op",
    "Boat’s",
    "as well as",
    ",",
    "(",
    "ſince",
    "ıs",
    "a",
    "of",
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FRAMING), st.sampled_from([" ", " ", "  ", "\n", ""])), max_size=8))
def test_frames_read_backwards_are_those_read_forwards(found: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in found)
    assert bool(topics.FRAME.match(text[::-1])) == bool(FRAME.search(text))


LISTED = [
    "questions on",
    "issues including",
    "schools",
    "jobs",
    "crime",
    "and",
    "or",
    "as well as",
    "and also",
    ",",
    ";",
    ".",
    "was lost",
    "The",
    "discussed",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LISTED), max_size=16))
def test_no_sentence_has_more_items_than_are_counted_beforehand(words: list[str]) -> None:
    text = " ".join(words)
    for start, end in topics.sentences(text):
        cue = topics._cue(text, start, end)
        if cue >= 0:
            assert len(topics._items(text, cue, end)) <= topics._most_items(text, start, end)
