"""Lines: pieces stand for every character of a page, glue is parted, broken sentences are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ARCHIVE, BLOGSPOT, LABOURLIST

from necdata.formats import pages
from necdata.reading import lines, posts
from necdata.reading.lines import look, unglue
from necdata.reading.page import Line, Page

# Lines that carry a rule's trigger, so that generated pages reach the rules.
SEEDS = [line for page in (ARCHIVE, BLOGSPOT, LABOURLIST) for line in page.splitlines()]
SEEDS += ["It will be held in the lower field from Wednesday 23 to Friday 25\n\nSeptember, rain or shine."] * 5
ANY_LINE = st.sampled_from(SEEDS) | st.text(max_size=80)
ANY_PAGE = st.lists(ANY_LINE, max_size=40).flatmap(
    lambda found: st.sampled_from(["\n", "\r\n", "\r", "\n\n"]).map(lambda end: end.join(found))
)


def formed(text: str) -> list[tuple[str, str]]:
    """Give text and form of each piece of a text."""
    return [(p.text, p.form) for p in lines.pieces(pages.number(text))]


@given(ANY_PAGE)
def test_sizes_add_up_to_the_characters_of_the_page(text: str):
    """Whatever a page holds, its pieces account for each of its characters."""
    found = lines.pieces(pages.number(text))
    assert sum(p.size for p in found) == (len(text) if any(lines.clean(x.text) for x in pages.number(text)) else 0)
    assert all(p.size >= 0 and p.text for p in found)


@given(ANY_PAGE)
def test_pieces_keep_every_word_in_order(text: str):
    """Parting and joining never lose, add or move a word; only spaces change."""
    before = "".join(lines.clean(line.text) for line in pages.number(text))
    after = "".join(p.text for p in lines.pieces(pages.number(text)))
    assert before.replace(" ", "") == after.replace(" ", "")


@given(ANY_PAGE)
def test_posts_comments_and_boilerplate_add_up(text: str):
    """The three accounts of any page add up to its characters, and every named span has a name."""
    page = Page("0" * 8, "p.txt", "0" * 64, "text", len(text), tuple(pages.number(text)))
    reading = posts.read(page)
    counts = reading.accounts()
    assert set(counts) <= {"post", "comment", "boilerplate"}
    visible = any(lines.clean(line.text) for line in page.lines)
    assert counts.total() == (len(text) if visible else 0)
    assert reading.boilerplate().total() == counts["boilerplate"]
    assert all(span.role for span in reading.spans)


@given(ANY_PAGE)
def test_every_passage_begins_on_its_line(text: str):
    """A passage's line holds the passage's first words; lines run down the page."""
    page = Page("0" * 8, "p.txt", "0" * 64, "text", len(text), tuple(pages.number(text)))
    for post in posts.read(page).posts:
        numbers = [p.line for p in post.passages]
        assert numbers == sorted(numbers)
        for passage in post.passages:
            printed = lines.clean(page.lines[passage.line - 1].text)
            assert passage.text.split()[:1] == [] or passage.text.split()[0] in printed


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Continue reading", [("Continue reading", "")]),
        ("The sheds were counted. Continue reading", [("The sheds were counted.", ""), ("Continue reading", "cut")]),
        ("The sheds were counted.Continue reading →", [("The sheds were counted.", ""), ("Continue reading →", "cut")]),
        ("Conference planning Continue reading", [("Conference planning", ""), ("Continue reading", "cut")]),
        ("Conference planningContinue reading", [("Conference planning", ""), ("Continue reading", "cut")]),
        ("Nobody could say why (more…)", [("Nobody could say why", ""), ("(more…)", "cut")]),
        ("I asked them to continue reading", [("I asked them to continue reading", "")]),
        ("Members may read more", [("Members may read more", "")]),
        ("The hall was cold. img_0042.jpg", [("The hall was cold. img_0042.jpg", "")]),
        ("The hall was cold.img_0042.jpg", [("The hall was cold.", ""), ("img_0042.jpg", "image")]),
    ],
)
def test_the_cut_off_mark_is_parted_from_what_it_is_glued_to(line: str, parts: list[tuple[str, str]]):
    """A mark of the site is parted from paragraph and heading; the same words in a sentence are not."""
    assert unglue(line) == parts


LONG = " met the growers of the county and heard from each of them about frost, slugs and the price of twine."


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("scarecrowThe NEC" + LONG, "scarecrow"),
        ("Wren at the gateTobias Wren" + LONG, "Wren at the gate"),
        ("img_0042The NEC" + LONG, "img_0042"),
        ("growersI" + LONG, "growers"),
        ("McTavish and MacLeod" + LONG, ""),
        ("LabourList readers" + LONG, ""),
        ("Our iPhone and eBay group" + LONG, ""),
        ("The MPs and PCCs" + LONG, ""),
        ("One, two, scarecrowThe NEC" + LONG, ""),
        ("Delegates at a long table in the great barn beside scarecrowThe NEC" + LONG, ""),
    ],
)
def test_a_caption_is_parted_from_the_paragraph_it_runs_into(line: str, caption: str):
    """Up to eight words that run into a capital are a caption; names with a capital inside are not."""
    parts = unglue(line)
    assert [text for text, form in parts if form == "caption"] == ([caption] if caption else [])
    assert "".join(text for text, _ in parts) == line


def test_a_caption_is_parted_from_a_short_sentence_too():
    """The length of the sentence after a caption does not matter."""
    assert unglue("rochesterJo Bloggs spoke first.")[0] == ("rochester", "caption")


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("Leader’s Report;", ("short", "")),
        ("Labour NEC Report – 14 January 2020", ("short", "")),
        ("The NEC met on Tuesday.", ("text", "")),
        ("Who counts the marrows?", ("short", "")),
        ("• The sheds are full", ("item", "")),
        ("·         A hundred new plots", ("item", "")),
        ("(ii) the second point", ("item", "")),
        ("3. The third point", ("item", "")),
        ("img_2041", ("image", "")),
        ("scarecrow-and-friends.jpg", ("image", "")),
        ("Pictured: Una Bright and a marrow", ("caption", "")),
        ("Continue reading →", ("cut", "")),
        ("June 13, 2012 1:49 pm", ("byline", "")),
        ("Anonymous Una Bright said...", ("comment", "")),
        ("3 years ago", ("stamp", "")),
        ("« Older posts", ("furniture", "navigation")),
        ("Share this Article", ("furniture", "share line")),
        ("Proudly powered by WordPress", ("furniture", "footer")),
    ],
)
def test_a_line_looks_like_what_it_is(line: str, form: tuple[str, str]):
    """The forms of lines that every layout is built from."""
    assert look(line) == form


def test_what_the_format_states_is_not_doubted():
    """A heading of an HTML page is one however it ends, a paragraph one however short."""
    assert look("We met.", "heading") == ("short", "")
    assert look("Yes", "text") == ("text", "")
    assert look("Continue reading", "navigation") == ("furniture", "navigation")


def test_a_sentence_broken_over_two_lines_is_joined():
    """A line that stops in mid-sentence goes on in the next, blank line or none."""
    broken = (
        "The show will be held in the lower field from Wednesday 23 to Friday 25\n\nSeptember 2019, weather allowing.\n"
    )
    assert formed(broken) == [(broken.replace("\n\n", " ").strip(), "text")]
    small = "The treasurer said that every plot would be measured again by the\nsummer, and nobody asked with what.\n"
    assert formed(small) == [(small.replace("\n", " ").strip(), "text")]


def test_a_date_broken_over_two_short_lines_is_joined():
    """A number at the end of a line and a month at the start of the next are one date at any length."""
    broken = "The show will be held from Saturday 14 to Sunday 15\n\nSeptember 2019, weather allowing.\n"
    assert len(formed(broken)) == 1


def test_a_list_item_broken_over_two_lines_is_joined():
    """An item that stops at a preposition goes on in a line that begins with a small letter."""
    broken = "·  One water butt for every four plots, paid for by\n\nthe county and not by the growers themselves\n"
    assert [form for _, form in formed(broken)] == ["item"]


def test_headings_and_lists_are_not_joined():
    """A heading, a line that ends in a colon and whole sentences keep to themselves."""
    apart = (
        "Matters arising\n\nWe heard that the barn is let until spring and that nobody minds at all:\nthe bees do.\n"
    )
    assert len(formed(apart)) == 3


def test_hard_wrapped_paragraphs_are_one_piece_each():
    """Text wrapped at a fixed width becomes paragraphs again, apart where a blank line parts them."""
    sentence = "Growers Of The County Met In The Long Shed And Heard About Frost And Slugs "
    words = ("The NEC met and " + sentence * 8).split()
    wrapped, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            wrapped.append(line.strip())
            line = ""
        line += word + " "
    text = "\n".join([*wrapped, line.strip() + "."])
    found = formed(f"{text}\n\n{text}\n")
    assert [form for _, form in found] == ["text", "text"]
    assert found[0][0] == " ".join(words) + "."


def test_a_short_line_under_an_image_and_above_a_heading_is_a_caption():
    """Image, caption, heading: the middle one is no heading; without a heading below it stays one."""
    image = "img_2041\n\nGrowers on the pier\n\nMatters arising\n\nThe NEC met and agreed on nothing at all.\n"
    assert formed(image)[1] == ("Growers on the pier", "caption")
    assert formed(image.replace("Matters arising\n\n", ""))[1] == ("Growers on the pier", "short")


def test_invisible_characters_are_dropped_from_text_but_counted():
    """Soft hyphens, zero-width and non-breaking spaces do not show; the page's size is still its own."""
    text = "The\u00a0NEC met\u200b in a cold\u00ad hall.\n"
    found = lines.pieces([Line(1, text)])
    assert (found[0].text, found[0].size) == ("The NEC met in a cold hall.", len(text))


def test_blank_lines_count_with_what_they_follow():
    """Blank lines at the top belong to the first piece, all others to the piece above them."""
    found = lines.pieces(pages.number("\n\nOne\n\n\nTwo\n"))
    assert [(p.text, p.size, p.gap) for p in found] == [("One", 8, 2), ("Two", 4, 2)]
