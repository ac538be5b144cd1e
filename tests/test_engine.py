"""Both cores of the engine find what the plain matcher finds, in any text, however they take the texts."""

from __future__ import annotations

import importlib.util
import pickle
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necdata.coding import codebook, engine, topics
from necdata.coding.engine import Engine, arrays, chunk_types, hashing, sieve
from necdata.coding.matching import Match, Matcher, forms

SOURCE = Path(engine.__file__).with_name("_scan.c")
BUILT = importlib.util.find_spec("necdata.coding.engine._scan") is not None
COMPILER = shutil.which((sysconfig.get_config_var("CC") or "cc").split()[0])
HEADERS = sysconfig.get_path("include")
CAN_BUILD = COMPILER is not None and Path(HEADERS, "Python.h").exists()

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


@pytest.fixture(scope="module", params=engine.CORES)
def core(request: pytest.FixtureRequest) -> str:
    if request.param == "c" and not BUILT:
        pytest.skip("the core in C is not built: there was no compiler, or no Python.h, when necdata was installed")
    return request.param


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch, core: str) -> None:
    if core == "c":
        monkeypatch.setattr("necdata.coding.engine.compiled.BLOCK", 1)
    else:
        monkeypatch.setattr(arrays, "FIRST_BLOCK", 1)
        monkeypatch.setattr(arrays, "BLOCK", 100)


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
def test_the_shipped_codebook_is_found_as_the_plain_matcher_finds_it(core: str, kind: str) -> None:
    texts = hostile(300) if kind == "hostile" else generated(150_000, kind)
    terms = BOOK.terms["term"].tolist()
    found = all_at_once(Engine(terms, core=core), texts)
    assert len(found) > 500
    assert found == Matcher(terms)(texts)


@settings(max_examples=300, deadline=None)
@given(texts_of_pieces, st.lists(st.sampled_from(TERMS), unique=True, min_size=1))
def test_any_pieces_are_found_as_the_plain_matcher_finds_them(core: str, texts: list[str], terms: list[str]) -> None:
    assert all_at_once(Engine(terms, core=core), texts) == Matcher(terms)(texts)


@pytest.mark.parametrize(
    "term", ["*s", "=*s", "*-=S", "*union*", "?nion", "*ed of", "=*S", "women*s", "*committee", "=C?F*"]
)
def test_wildcards_anywhere_in_a_word_are_found_too(core: str, term: str) -> None:
    texts = [*hostile(60), "LABOUR'S women's ’s", "subcommittee's “Subcommittees” COMMITTEE CÔFE cafe"]
    found = all_at_once(Engine([term], core=core), texts)
    assert found
    assert found == Matcher([term])(texts)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_can_be_searched(core: str, texts: list[str]) -> None:
    assert all_at_once(Engine(TERMS, core=core), texts) == Matcher(TERMS)(texts)


@settings(max_examples=100, deadline=None)
@given(texts_of_pieces, st.lists(st.sampled_from("abc"), min_size=len(TERMS), max_size=len(TERMS)))
def test_terms_of_different_scopes_do_not_compete(core: str, texts: list[str], scopes: list[str]) -> None:
    assert all_at_once(Engine(TERMS, scopes, core=core), texts) == Matcher(TERMS, scopes)(texts)


def test_a_shorter_term_of_another_scope_is_found_within_a_longer_one(core: str) -> None:
    finder = Engine(["general election", "general election defeat"], ["kind", "phase"], core=core)
    assert finder.find("the general election defeat") == [(0, 4, 20), (1, 4, 27)]


@pytest.mark.usefixtures("small_blocks")
def test_hits_do_not_depend_on_how_texts_are_put_into_blocks(core: str) -> None:
    texts = hostile(60)
    whole = Matcher(TERMS)(texts)
    finder = Engine(TERMS, core=core)
    assert all_at_once(finder, texts) == whole
    assert all_at_once(finder, texts) == whole, "what was learnt of the first pass changes the second"
    assert [Match(n, *hit) for n, hits in enumerate(map(finder.find, texts)) for hit in hits] == whole


@pytest.mark.usefixtures("small_blocks")
def test_forgetting_changes_nothing(core: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "xyz" * 10
    texts = [
        text for piece in hostile(60) for text in (piece, f"{long} election", f"tax {long}", f"é{long} {long * 4}ö")
    ]
    whole = Matcher(TERMS)(texts)
    monkeypatch.setattr(chunk_types, "ROOM", 5)
    if core == "c":
        monkeypatch.setattr("necdata.coding.engine.compiled.ROOM", 5)
    finder = Engine(TERMS, core=core)
    assert all_at_once(finder, texts) == whole
    assert len(finder._core._known if core == "c" else finder._core._types._told) < 200


@pytest.mark.parametrize("bits", [0, 1, 7])
def test_equal_hashes_do_no_harm(core: str, bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = hostile(40)
    if core == "c":
        from necdata.coding.engine.compiled import Compiled

        finder = Engine(TERMS, core=core)
        finder._core = Compiled([forms(term) for term in TERMS], [0] * len(TERMS), hashes=bits)
    else:
        for module in (hashing, sieve):
            monkeypatch.setattr(module, "mixed", lambda *keys: np.full(keys[0].size, bits, np.uint64))
        finder = Engine(TERMS, core=core)
    assert all_at_once(finder, texts) == Matcher(TERMS)(texts)


letters = st.text("abAB'’-*?=é1s", min_size=1, max_size=6)
some_terms = st.lists(st.lists(letters, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12)
some_texts = st.lists(st.text("aabbAB'’`´-é1s .,—", max_size=30), max_size=4)


@settings(max_examples=500, deadline=None)
@given(some_terms, some_texts)
def test_any_terms_are_found_as_the_plain_matcher_finds_them(core: str, terms: list[str], texts: list[str]) -> None:
    terms = [term for term in terms if any(c.isalnum() for c in term)]
    assert all_at_once(Engine(terms, core=core), texts) == Matcher(terms)(texts)


def test_every_character_is_what_it_is_to_the_plain_matcher(core: str) -> None:
    """Between and beside words: a letter, a space, a mark that joins or that parts, part of the letter before."""
    near = [range(0x400), range(0x1680, 0x1690), range(0x2000, 0x2070), range(0x3000, 0x3010)]
    characters = [chr(code) for part in (*near, range(0x400, 0x20000, 61)) for code in part]
    texts = [f"tax{c}rise tax {c} rise {c}tax rise{c} a{c}'b" for c in characters]
    terms = ["tax", "tax rise", "a'b", "=Rise", "b"]
    assert all_at_once(Engine(terms, core=core), texts) == Matcher(terms)(texts)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 15, 16, 17, 23, 24, 25, 30, 31, 32, 33, 64, 65, 200])
def test_words_and_stems_of_any_length_are_found(core: str, size: int) -> None:
    word = ("abcdefghij" * 20)[:size]
    terms = [word, word + "*", "=" + word.upper(), f"?{word[1:]}a", f"*{word}", f"{word} {word}s", "a*", "ab*", "abcd*"]
    variants = [word, word + "s", word + "'s", word.upper(), word.upper() + "s", "x" + word, word[:-1], word + "é"]
    texts = [*variants, " ".join(variants), f"{word} {word}s", f"{word}-{word}s’s"]
    assert all_at_once(Engine(terms, core=core), texts) == Matcher(terms)(texts)


def test_a_phrase_does_not_reach_from_one_text_into_the_next(core: str) -> None:
    finder = Engine(["general election", "* election"], core=core)
    assert all_at_once(finder, ["the general", "election", "", "election"]) == []


def test_places_are_counted_in_characters_not_bytes(core: str) -> None:
    assert Engine(["café", "tax"], core=core).find("“Thé” – £5 😀 café, tax") == [(0, 13, 17), (1, 19, 22)]


def test_no_texts_and_empty_texts_have_no_hits(core: str) -> None:
    for texts in ([], [""], ["", " \n", "–"]):
        hits = Engine(["tax"], core=core).hits(texts)
        assert [column.size for column in hits] == [0, 0, 0, 0]
        assert list(Engine(["tax"], core=core).each(texts)) == [[] for _ in texts]


def test_an_engine_can_be_sent_to_another_process(core: str) -> None:
    texts = hostile(20)
    finder = Engine(TERMS, core=core)
    whole = all_at_once(finder, texts)
    assert all_at_once(pickle.loads(pickle.dumps(finder)), texts) == whole


def test_no_terms_find_nothing(core: str) -> None:
    assert Engine([], core=core).find("the general election") == []


def test_most_chunks_are_never_read_in_python() -> None:
    """What the speed of numpy rests on: of words that no term can match, none is looked at by itself."""
    finder = Engine(BOOK.terms["term"].tolist(), core="numpy")
    finder.hits(generated(200_000, "heavy"))
    looked_at = len(finder._core._types._told)
    distinct = len({chunk for text in generated(200_000, "heavy") for chunk in text.split()})
    assert looked_at < distinct / 4


needs_c = pytest.mark.skipif(not BUILT, reason="the core in C is not built")


@needs_c
def test_c_asks_python_about_words_beyond_ascii_only() -> None:
    finder = Engine(BOOK.terms["term"].tolist(), core="c")
    finder.hits([*hostile(100), *generated(100_000, "ordinary")])
    asked = list(finder._core._known)
    assert asked
    assert not [word for word in asked if word.isascii()]


@needs_c
def test_what_c_asks_python_may_use_the_engine_and_change_the_texts() -> None:
    texts = ["the café in May"] * 50 + ["Thé tax"]
    whole = Matcher(TERMS)(texts)
    finder = Engine(TERMS, core="c")
    told, finder._core._known = finder._core._matched_by, {}

    def ask(word: str) -> tuple[int, ...]:
        assert finder.find("two of the councillors")
        finder._core._known.clear()
        return told(word)

    finder._core._matched_by = ask
    assert all_at_once(finder, texts) == whole

    def cut(word: str) -> tuple[int, ...]:
        texts.clear()
        return told(word)

    finder._core._known, finder._core._matched_by = {}, cut
    assert all_at_once(finder, texts) == [hit for hit in whole if hit.text == 0]


@needs_c
def test_what_goes_wrong_in_c_is_raised() -> None:
    from necdata.coding.engine._scan import Scanner

    scanner = Scanner([[("tax",)]], [0])
    with pytest.raises(TypeError, match="str, not bytes"):
        scanner.scan(["tax", b"tax"], 0, 100, {}, lambda word: ())
    with pytest.raises(TypeError, match="list or a tuple"):
        scanner.scan("tax", 0, 100, {}, lambda word: ())
    with pytest.raises(ZeroDivisionError):
        scanner.scan(["thé"], 0, 100, {}, lambda word: 1 // 0)
    with pytest.raises(ValueError, match="number"):
        scanner.scan(["thé"], 0, 100, {}, lambda word: (5,))
    with pytest.raises(ValueError, match="from 0"):
        scanner.scan(["thé"], -1, 100, {}, lambda word: ())
    with pytest.raises(ValueError, match="one scope"):
        Scanner([[("tax",)]], [])
    with pytest.raises(TypeError, match="str"):
        Scanner([[(b"tax",)]], [0])


@pytest.mark.skipif(not CAN_BUILD, reason="there is no C compiler, or no Python.h")
def test_the_core_in_c_is_built_where_it_can_be() -> None:
    assert engine.core_named("c").__name__ == engine.core_named("").__name__ == "Compiled"


@pytest.mark.skipif(not CAN_BUILD, reason="there is no C compiler, or no Python.h")
def test_the_core_in_c_compiles_without_warnings() -> None:
    call = [COMPILER, "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{HEADERS}", str(SOURCE)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_core_can_be_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NECDATA_CORE", "numpy")
    assert isinstance(Engine(["tax"])._core, arrays.Arrays)
    monkeypatch.setenv("NECDATA_CORE", "fortran")
    with pytest.raises(ValueError, match="fortran.*NECDATA_CORE"):
        Engine(["tax"])


def test_numpy_does_it_where_c_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "necdata.coding.engine.compiled", raising=False)
    monkeypatch.setitem(sys.modules, "necdata.coding.engine._scan", None)
    monkeypatch.delenv("NECDATA_CORE", raising=False)
    assert Engine(["tax"]).find("a tax") == [(0, 2, 5)]
    assert isinstance(Engine(["tax"])._core, arrays.Arrays)
    with pytest.raises(ImportError, match="install a C compiler"):
        Engine(["tax"], core="c")


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
