"""Copies: the same post on several pages is one; posts that share some sentences are not."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necdata.reading import shared
from necdata.reading.distinct import fingerprint, groups
from necdata.reading.posts import Passage, Post

WORDS = [
    a + b
    for a in ("gra", "plo", "slu", "mar", "twi", "bar", "hed", "fro")
    for b in ("wer", "tting", "ggish", "row", "ne", "ley", "ge", "sty", "ll")
]


def text(seed: int, n: int = 120) -> str:
    """Make n words that no other seed makes in that order."""
    return " ".join(random.Random(seed).choices(WORDS, k=n))


def post(page: str, body: str, title: str = "NEC Report", number: int = 0, **more: object) -> Post:
    """Make a post of a body on a page."""
    made = Post(page, number, 1, title, (), None, (), (Passage(2, body, "paragraph", 0),), False, 0)
    return made._replace(**more)  # type: ignore[arg-type]


def test_the_same_words_on_two_pages_are_one_post():
    """Whatever the titles, and whatever stands between them on the pages."""
    found = groups([post("a", text(1), "NEC Report"), post("b", text(2)), post("c", text(1), "A long day")])
    assert found == [[0, 2], [1]]


def test_the_fullest_copy_is_kept():
    """A complete one before a longer one that is cut off, then the longer, then one that tells its day."""
    body = text(1)
    cut = post("a", body, is_partial=True)
    short = post("b", " ".join(body.split()[:90]))
    whole = post("c", body)
    told = post("d", body, published=dt.date(2019, 1, 2))
    assert groups([cut, short, whole, told]) == [[3, 2, 1, 0]]


def test_a_teaser_is_a_copy_of_its_post():
    """The first sentences under the same title are cut from the whole."""
    body = text(1)
    teaser = post("a", " ".join(body.split()[:30]), is_partial=True)
    assert groups([teaser, post("b", body)]) == [[1, 0]]


def test_edits_do_not_make_another_post():
    """A word in forty changed: still a copy."""
    words = text(1, 200).split()
    edited = " ".join("corrected" if i % 40 == 39 else w for i, w in enumerate(words))
    assert len(groups([post("a", " ".join(words)), post("b", edited)])) == 1


def test_shared_sentences_do_not_make_copies():
    """Two reports that share two fifths of their words are two."""
    shared = text(9, 60)
    assert len(groups([post("a", shared + " " + text(1, 90)), post("b", shared + " " + text(2, 90))])) == 2


def test_short_posts_are_copies_only_when_the_same():
    """Below a dozen runs of words nothing is told but sameness of title and text."""
    assert len(groups([post("a", "The NEC met.", "One"), post("b", "The NEC met.", "Two")])) == 2
    assert len(groups([post("a", "The NEC met.", "One"), post("b", "The NEC met.", "One")])) == 1


def test_a_short_quotation_is_no_copy():
    """A post of thirty words that all stand in the middle of another report is not its teaser."""
    body = text(1, 200)
    assert len(groups([post("a", " ".join(body.split()[80:110]), "A quotation"), post("b", body)])) == 2


def test_posts_without_words_are_left_apart():
    """Two empty posts of two titles are not each other's copies."""
    assert groups([post("a", "", "One"), post("b", "", "Two")]) == [[0], [1]]


def test_a_sentence_that_everybody_prints_is_no_sign_of_copying():
    """Forty reports with the same disclaimer stay forty."""
    said = text(0, 40)
    many = [post(f"p{i}", f"{text(i + 1, 60)} {said}") for i in range(60)]
    assert len(groups(many)) == 60


@given(st.lists(st.integers(0, 4), max_size=12))
def test_every_post_is_in_one_group_with_its_copies(bodies: list[int]):
    """Groups part the posts: nothing lost, nothing twice, one group per body."""
    found = groups([post(f"p{i}", text(body, 80)) for i, body in enumerate(bodies)])
    assert sorted(i for g in found for i in g) == list(range(len(bodies)))
    assert len(found) == len(set(bodies)) and all(len({bodies[i] for i in g}) == 1 for g in found)


def test_a_post_printed_on_a_hundred_pages_is_one():
    """More copies than `COMMON` allows of a shingle: those of the very same words stand for one another."""
    body = text(1)
    many = [post(f"p{i}", body) for i in range(100)]
    assert groups([*many, post("longer", body + " " + text(2, 20)), post("other", text(3))]) == [
        [100, *range(100)], [101],
    ]  # fmt: skip


def test_the_same_words_twice_on_a_page_are_two_posts_where_their_titles_differ():
    """They are not each other's copies, however many pages print them once."""
    assert groups([post("a", text(1), "One", 0), post("a", text(1), "Two", 1)]) == [[0], [1]]
    assert groups([post("a", text(1), "One", 0), post("a", text(1), "One", 1)]) == [[0, 1]]
    assert groups([post("b", text(1)), post("a", text(1), "One", 0), post("a", text(1), "Two", 1)]) == [[0, 1, 2]]


def test_fingerprints_are_the_same_on_every_machine():
    """They are kept from one build to the next, and made by several processes: nothing of Python's own hashing."""
    taken, shingles = fingerprint(post("a", "Six words make two shingles here", "NEC"))
    assert (taken.n_shingles, shingles.tolist()) == (2, [2752503489070498991, 8995742298523492834])
    assert fingerprint(post("b", "Shingles words six here two make", "NEC"))[1].tolist() != shingles.tolist()


def counted(posts: list[list[int]], most: int) -> dict[tuple[int, int], int]:
    """Count what pairs share by comparing all of them."""
    holders: dict[int, list[int]] = {}
    for number, shingles in enumerate(posts):
        for shingle in shingles:
            holders.setdefault(shingle, []).append(number)
    found = [pair for held in holders.values() for pair in itertools.combinations(held[:most], 2)]
    return dict(Counter(found))


HASHES = st.lists(st.sampled_from([0, 1, 2, 3, 2**57, 2**58, 2**63, 2**64 - 1, 5, 6, 7, 8]), unique=True, max_size=12)


@given(st.lists(HASHES, max_size=15), st.integers(1, 6), st.integers(1, 20), st.integers(1, 9))
def test_shared_shingles_are_counted_as_by_comparing_all(posts: list[list[int]], most: int, held: int, at_once: int):
    """In memory and by way of the disk, some at a time or all: each pair once, with what it shares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "HELD", held)
        patch.setattr(shared, "AT_ONCE", at_once)
        numbered = ((i, np.array(sorted(p), np.uint64)) for i, p in enumerate(posts))
        ((a, b, n),) = shared.pairs(numbered, most)
    assert dict(zip(zip(a.tolist(), b.tolist(), strict=True), n.tolist(), strict=True)) == counted(posts, most)
