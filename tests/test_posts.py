"""Posts: title, credits, sections and passages as they stand on the page, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ARCHIVE, LABOURLIST, REPORT, read

from necdata.formats import pages
from necdata.reading import posts


def test_a_post_has_its_sections_and_passages_with_lines():
    """Title, opening, heading, text: each with the line of the file it begins on."""
    (post,) = read(REPORT).posts
    assert (post.line, post.title, post.number) == (1, "Labour NEC Report – 3 July 2018", 0)
    assert [(s.line, s.heading) for s in post.sections] == [(3, ""), (5, "Leader’s Report")]
    assert [(p.line, p.section, p.form) for p in post.passages] == [(3, 0, "paragraph"), (7, 1, "paragraph")]


def test_a_post_that_opens_with_a_heading_has_no_empty_section():
    """The first section is the headed one where nothing stands before it."""
    opened = REPORT.replace("The NEC met", "Frost and slugs\n\nThe NEC met")
    assert [s.heading for s in read(opened).posts[0].sections] == ["Frost and slugs", "Leader’s Report"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Cordelia Marsh", ("Cordelia Marsh",)),
        ("Posted on 5 July 2018 by Cordelia Marsh and Tobias Wren", ("Cordelia Marsh", "Tobias Wren")),
        ("Posted on 5 July 2018 by admin", ()),
        ("Report by Cordelia Marsh", ("Cordelia Marsh",)),
    ],
)
def test_the_author_is_taken_from_the_byline(line: str, authors: tuple[str, ...]):
    """Who a byline names; an account is nobody."""
    assert read(REPORT.replace("2018\n", f"2018\n\n{line}\n", 1)).posts[0].authors == authors


@pytest.mark.parametrize(
    "sign", ["Cordelia Marsh is a member of the NEC", "Cordelia Marsh, NEC member", "Cordelia Marsh"]
)
def test_the_author_is_taken_from_the_signature(sign: str):
    """A name that closes a post signs it, and a bare one is no heading."""
    (post,) = read(f"{REPORT}\n{sign}\n").posts
    assert post.authors == ("Cordelia Marsh",)
    assert [s.heading for s in post.sections] == ["", "Leader’s Report"]


def test_a_byline_is_believed_before_a_signature():
    """Who publishes under a byline wrote it, whoever is named at the end."""
    text = REPORT.replace("2018\n", "2018\n\nBy Tobias Wren\n", 1) + "\nCordelia Marsh is a member of the NEC\n"
    assert read(text).posts[0].authors == ("Tobias Wren",)


def test_a_teaser_that_trails_off_is_partial():
    """An excerpt that ends in dots is cut off though no mark says so."""
    text = "Labour NEC Report – 3 July 2018\n\nThe NEC met in the long shed and agreed that the rota be read, and…\n"
    assert read(text).posts[0].is_partial


def test_comments_are_counted_on_their_own_post():
    """Posts without comments have none."""
    assert [p.n_comments for p in read(ARCHIVE).posts] == [0] * 5
    assert read(LABOURLIST).posts[0].n_comments == 6


@pytest.mark.parametrize(
    ("header", "owner"),
    [
        (["Author: Jo Bloggs"], "Jo Bloggs"),
        (["Jo Bloggs’s blog"], "Jo Bloggs"),
        (["Jo Bloggs | Labour NEC"], "Jo Bloggs"),
        (["Left Futures"], ""),
        (["Tag Archives: Conference"], ""),
        (["Reports by Jo Bloggs and Kim Lee"], ""),
        ([], ""),
        (["All posts by Jo Bloggs"], "Jo Bloggs"),
        (["A blog by Jo Bloggs about politics"], "Jo Bloggs"),
        (["A blog by Jo Bloggs about politics, elections, and the county - with pictures"], "Jo Bloggs"),
    ],
)
def test_whose_site_it_is_is_read_from_its_header(header: list[str], owner: str):
    """One person named as the owner; a site's name, a tag and two people are none."""
    assert posts.owner(header) == owner


@given(
    st.lists(st.from_regex(r"[a-z]+([’'-][a-z]+){0,2}", fullmatch=True), max_size=30),
    st.sampled_from([" ", ", ", " – ", "… ", "\n"]),
)
def test_words_are_counted_whatever_parts_them(words: list[str], gap: str):
    """Hyphens and apostrophes join; commas, dashes, dots and line ends part."""
    assert posts.count_words(gap.join(words)) == len(words)


def test_a_post_keeps_the_address_that_its_feed_states(tmp_path: Path):
    """A feed's link is the post's own address, whatever address the feed came from."""
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Spade</title><item><title>NEC report, 3 May 2016</title>'
        "<link>https://spade.example/nec/</link><description>&lt;p&gt;The NEC met for six hours in a barn and heard "
        "that the roof had gone.&lt;/p&gt;</description></item></channel></rss>"
    )
    path = tmp_path / "feed.xml"
    path.write_text(feed, "utf-8")
    assert [p.url for p in posts.read(pages.read(path)).posts] == ["https://spade.example/nec/"]
