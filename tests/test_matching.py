"""Terms are found as whole words, wildcards and phrases; the longest match wins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necdata.coding import matching
from necdata.coding.matching import Match, Matcher

TERMS = [
    "by-election*",
    "election*",
    "general election*",
    "general secretary",
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
]


def found(text: str, terms: list[str]) -> list[tuple[str, str]]:
    return [(terms[row], text[start:end]) for row, start, end in Matcher(terms).find(text)]


@pytest.mark.parametrize(
    "term, text, hits",
    [
        ("canvass*", "Canvassing, canvassers and recanvass", ["Canvassing", "canvassers"]),
        ("by-election", "by-election, by election, byelection, by–election", 4),
        ("EHRC", "The EHRC’s report, ehrc and Ehrc", ["EHRC’s"]),
        ("PCC", "PCC, PCCs, PCCS and pcc", ["PCC", "PCCs"]),
        ("A&E", "A&E waits; a & e", ["A&E"]),
        ("=Unite", "Unite asked us to unite", ["Unite"]),
        ("labour", "LABOUR and Labour’s and Labour's", 3),
        ("women's conference", "Women’s conference; women conference", ["Women’s conference"]),
        ("café", "Cafe, cafe\u0301 and CAFÉS", ["Cafe", "cafe\u0301"]),
        ("council tax", "council tax. Council, tax; council/tax", ["council tax", "council/tax"]),
        ("general election", "a general – election", []),
        ("* councillors", "two councillors. Councillors", ["two councillors"]),
        ("trade union*", "trade-unionists", ["trade-unionists"]),
        ("wom?n", "woman, women, womon, womaan", ["woman", "women", "womon"]),
    ],
)
def test_a_term_is_matched_as_it_is_read(term: str, text: str, hits: list[str] | int) -> None:
    matched = [words for _, words in found(text, [term])]
    assert (len(matched) if isinstance(hits, int) else matched) == hits


def test_the_longest_match_uses_up_its_words() -> None:
    terms = ["general election", "election*", "general election manifesto"]
    assert found("The general election manifesto for the general election, an election.", terms) == [
        ("general election manifesto", "general election manifesto"),
        ("general election", "general election"),
        ("election*", "election"),
    ]


def test_of_two_equally_long_matches_the_first_wins() -> None:
    assert found("trade union members", ["union members", "trade union"]) == [("trade union", "trade union")]


def test_a_longer_match_further_on_beats_a_shorter_one_before_it() -> None:
    assert found("labour women's conference arrangements", ["labour women's", "women's conference arrangements"]) == [
        ("women's conference arrangements", "women's conference arrangements")
    ]


def test_terms_of_different_scopes_do_not_compete() -> None:
    matcher = Matcher(["general election", "general election defeat"], ["kind", "phase"])
    assert [row for row, _, _ in matcher.find("the general election defeat")] == [0, 1]


def test_the_same_term_twice_is_found_twice() -> None:
    assert [row for row, _, _ in Matcher(["poverty", "poverty"]).find("child poverty")] == [0, 1]


def test_matches_name_text_term_and_place() -> None:
    assert Matcher(["tax", "schools"])(["No.", "Schools and tax"]) == [Match(1, 1, 0, 7), Match(1, 0, 12, 15)]


@pytest.mark.parametrize("term", ["", "  ", "*", "- &"])
def test_a_term_without_letters_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        Matcher([term])


def plain_find(text: str, terms: list[str]) -> list[tuple[int, int, int]]:
    """The same search without trie, index or cache: every term at every word."""
    words = list(matching.WORD.finditer(text))
    gaps = [text[a.end() : b.start()] for a, b in zip(words, words[1:], strict=False)]
    joined = [
        matching.JOINING.fullmatch(gap) is not None
        and not any(set(chunk) & set(matching.HYPHENS) for chunk in re.findall(r"(?<=\s)\S+(?=\s)", gap))
        for gap in gaps
    ]
    spans = []
    for row, term in enumerate(terms):
        for form in matching.forms(term):
            for first in range(len(words) - len(form) + 1):
                last = first + len(form)
                if all(joined[first : last - 1]) and all(
                    matching.matches_word(atom, matching.plain(word.group()))
                    for atom, word in zip(form, words[first:last], strict=True)
                ):
                    spans.append((first, last, row))
    kept: list[tuple[int, int, int]] = []
    for first, last, row in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(last <= a or b <= first or (a, b) == (first, last) for a, b, _ in kept):
            kept.append((first, last, row))
    return [(row, words[a].start(), words[b - 1].end()) for a, b, row in sorted(set(kept))]


PIECES = [
    "general",
    "election",
    "elections",
    "by",
    "by-election",
    "Byelections",
    "EHRC",
    "ehrc",
    "EHRCs",
    "women",
    "women’s",
    "Women's",
    "conference",
    "trade-union",
    "Union",
    "unions",
    "Unite",
    "unite",
    "re-elected",
    "café",
    "cafe\u0301",
    "CAFÉ",
    "A&E",
    "a&e",
    "secretary",
    "the",
    "of",
    "council",
    "councillors",
    "Labour’s",
    "labour",
    "-",
    "–",
    "—",
    ",",
    ".",
    "(",
    ")",
    "/",
    "&",
    "’",
    "“",
    "elected",
    "gen\u00aderal",
    "PCC’s",
    "PCCs",
    "x",
]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", "\n"])), max_size=25),
    st.lists(st.sampled_from(TERMS), unique=True, min_size=1),
)
def test_the_matcher_agrees_with_a_plain_search(pieces: list[tuple[str, str]], terms: list[str]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    assert Matcher(terms).find(text) == plain_find(text, terms)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    assert Matcher(TERMS).find(text) == plain_find(text, TERMS)
