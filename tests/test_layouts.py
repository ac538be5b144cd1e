"""Layouts: every trap of the three real ones, on pages about an invented committee."""

from __future__ import annotations

from collections import Counter

import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, read

from necdata.reading.posts import Post, Reading


def roles(reading: Reading, role: str) -> list[str]:
    """Give the texts of a page that have a role."""
    return [s.piece.text for s in reading.spans if s.role == role]


def headings(post: Post) -> list[str]:
    """Give a post's headings, the empty one before the first left out."""
    return [s.heading for s in post.sections if s.heading]


def complete(reading: Reading) -> bool:
    """Tell whether the accounts add up and no line was left without a name."""
    return reading.accounts().total() == reading.page.characters and not roles(reading, "unrecognised")


@pytest.fixture(scope="module")
def archive() -> Reading:
    """The WordPress archive page."""
    return read(ARCHIVE)


@pytest.fixture(scope="module")
def blogspot() -> Reading:
    """The Blogspot page."""
    return read(BLOGSPOT)


@pytest.fixture(scope="module")
def labourlist() -> Reading:
    """The LabourList page."""
    return read(LABOURLIST)


def test_an_archive_page_is_parted_into_its_posts(archive: Reading):
    """Five titles, each a line that looks like a heading, each with its line."""
    assert archive.layout == "archive"
    assert [(p.line, p.title) for p in archive.posts] == [
        (3, "Labour NEC Report – 21 November 2017"),
        (13, "Labour NEC Report – 19 September"),
        (19, "NEC Away-day Report – July 2017"),
        (31, "Labour NEC Report – March 2017"),
        (41, "Labour NEC Report – 24 January 2017"),
    ]
    assert complete(archive)


def test_section_headings_of_an_archive_are_not_titles(archive: Reading):
    """A heading glued to the cut-off mark and one under a picture stay headings of their posts."""
    assert [headings(p) for p in archive.posts] == [
        ["Leader’s Report", "Conference"], [], ["What the marrow growers told us"],
        ["General Secretary Report"], ["Any other business"],
    ]  # fmt: skip


def test_the_cut_off_mark_is_seen_wherever_it_stands(archive: Reading):
    """Glued to a heading, glued to a paragraph, on its own; the post without one runs into the next title."""
    assert [p.is_partial for p in archive.posts] == [True, True, True, False, True]
    assert roles(archive, "cut-off marker") == ["Continue reading"] * 4
    assert not any("Continue reading" in passage.text for p in archive.posts for passage in p.passages)


def test_images_and_captions_are_boilerplate(archive: Reading):
    """On lines of their own and glued to the next word: none is a passage, each has its name."""
    assert roles(archive, "image") == ["img_2041", "scarecrow-and-friends.jpg"]
    assert roles(archive, "caption") == ["Delegates beside the compost heap", "marrow show", "img_0077"]
    starts = [passage.text.split()[0] for p in archive.posts for passage in p.passages]
    assert starts == ["The", "Tobias", "The", "The", "The", "Oonagh", "We", "The", "The", "The"]


def test_a_post_that_is_not_cut_off_ends_at_the_next_title(archive: Reading):
    """Its last passage is its own, and the next post begins with its own."""
    assert archive.posts[3].passages[-1].text.startswith("We were told that the bees")
    assert archive.posts[4].passages[0].text.startswith("The NEC discussed ladders")


def test_the_furniture_of_an_archive_has_names(archive: Reading):
    """Header, navigation and footer of the site are told apart."""
    assert roles(archive, "archive header") == ["Tag Archives: Allotments"]
    assert roles(archive, "navigation") == ["« Older posts"] and len(roles(archive, "footer")) == 1
    assert set(archive.boilerplate()) == {
        "archive header", "cut-off marker", "image", "caption", "navigation", "footer",
    }  # fmt: skip


@pytest.mark.parametrize(
    "glue", ["Continue reading", "Continue reading →", "Continue reading “Labour NEC Report”", "(more…)", "[…]"]
)
@pytest.mark.parametrize("where", ["line", "paragraph", "glued"])
def test_every_cut_off_mark_parts_two_posts(glue: str, where: str):
    """Each mark of the common themes, at each place, ends a post and leaves no word in it."""
    between = {"line": f"\n\n{glue}", "paragraph": f" {glue}", "glued": glue}[where]
    body = "The NEC met in the long shed and agreed that the rota should be read aloud at every meeting."
    text = "".join(f"Labour NEC Report – {d} May 2018\n\n{body}{between}\n\n" for d in (22, 8, 1))
    found = read(text)
    assert [(p.is_partial, p.text) for p in found.posts] == [(True, body)] * 3
    assert complete(found)


def cut_off(*titles: str) -> str:
    """Write an archive of posts that are cut off, under any titles."""
    body = "The hall was cold and the tea was late, but nobody minded and the rota was read aloud to everybody."
    return "Tag Archives: Sheds\n\n" + "".join(f"{title}\n\n{body}\n\nContinue reading\n\n" for title in titles)


def test_a_title_after_a_cut_off_mark_need_not_be_a_reports():
    """Where the post above was cut off, the next short line over a text begins another."""
    titles = ["Labour NEC Report – 22 May 2018", "Frost", "On slugs and kings"]
    assert [p.title for p in read(cut_off(*titles)).posts] == titles


def test_the_first_title_of_an_archive_need_not_be_a_reports():
    """A post under the archive's header is one, whatever its title: its text is no page header."""
    found = read(cut_off("A long day by the river", "Frost", "On slugs and kings"))
    assert len(found.posts) == 3 and "page header" not in found.boilerplate()


def test_a_blogspot_post_has_its_date_line_title_and_author(blogspot: Reading):
    """The date line over the title is the day of publication, the foot of the post names its author."""
    (post,) = blogspot.posts
    assert (blogspot.layout, post.title, str(post.published)) == (
        "blogspot",
        "NEC Report – 13 November 2018",
        "2018-11-14",
    )
    assert post.authors == ("Hester Lomax",)
    assert headings(post) == [] and not post.is_partial
    assert complete(blogspot)


def test_blogspot_bullets_are_items_without_their_marks(blogspot: Reading):
    """Three items, one of them broken across a line, each without its dot."""
    items = [p.text for p in blogspot.posts[0].passages if p.form == "item"]
    assert [item.split()[0] for item in items] == ["A", "One", "Fewer"]
    assert items[1].endswith("paid for by the county and not by the growers themselves")


def test_a_sentence_broken_across_two_lines_is_one_passage(blogspot: Reading):
    """The day at the end of one line and the month at the start of the next come together."""
    joined = [p for p in blogspot.posts[0].passages if "Sunday 15 September 2019" in p.text]
    assert [p.line for p in joined] == [21]


def test_blogspot_comments_are_counted_and_kept_out_of_the_post(blogspot: Reading):
    """Three comments with names and times; the dates in them are nobody's byline."""
    assert blogspot.posts[0].n_comments == 3
    assert len(roles(blogspot, "comment text")) == 7
    assert blogspot.accounts()["comment"] > 300
    assert "treasurer" not in blogspot.posts[0].text


def test_the_frame_of_a_blogspot_page_is_boilerplate(blogspot: Reading):
    """The blog's header, the form for comments and the footer."""
    assert Counter(s.role for s in blogspot.spans if s.account == "boilerplate") == {
        "page header": 1, "comments header": 1, "comment form": 1, "navigation": 1, "footer": 1,
    }  # fmt: skip


def test_the_owner_is_read_from_the_header(blogspot: Reading):
    """ "Spade and Barrow: notes by Hester Lomax on ..." is Hester Lomax's."""
    assert blogspot.owner == "Hester Lomax"


def test_a_comments_short_last_paragraph_opens_no_comment():
    """Where comments open with "X said...", a short line above the date is the end of one."""
    last = "And who, once they have been paid for, is to eat every one of them?"
    assert read(BLOGSPOT.replace(last, "And who eats them?")).posts[0].n_comments == 3


def test_a_blogspot_month_has_a_post_under_each_date_line():
    """A page of two days: two posts, each with its own day of publication and comments."""
    second = BLOGSPOT[BLOGSPOT.index("Wednesday") : BLOGSPOT.index("Post a Comment")]
    second = second.replace("Wednesday, November 14, 2018", "Thursday, September 20, 2018")
    second = second.replace("NEC Report – 13 November 2018", "NEC Report – 18 September 2018")
    first = BLOGSPOT[: BLOGSPOT.index("3 comments:")]
    found = read(first + second)
    assert [(p.title, str(p.published)) for p in found.posts] == [
        ("NEC Report – 13 November 2018", "2018-11-14"), ("NEC Report – 18 September 2018", "2018-09-20"),
    ]  # fmt: skip
    assert [p.n_comments for p in found.posts] == [0, 3]


def test_a_labourlist_article_has_its_title_and_day(labourlist: Reading):
    """The byline has a date and time and no name; the share line below it is boilerplate."""
    (post,) = labourlist.posts
    assert (labourlist.layout, post.line, post.title) == ("labourlist", 1, "Report of NEC meeting – 12th June 2012")
    assert (post.authors, str(post.published)) == ((), "2012-06-13")
    assert roles(labourlist, "share line") == ["Share this Article"]
    assert complete(labourlist)


def test_labourlist_headings_may_end_in_a_semicolon(labourlist: Reading):
    """Headings as printed, semicolon and dots included."""
    assert headings(labourlist.posts[0]) == ["Leader’s Report;", "Other issues;", "Keeping in touch…"]


def test_labourlist_lists_and_sign_off_are_passages(labourlist: Reading):
    """Four items in two lists; the paragraph that disclaims and the one that signs off stay in the post."""
    post = labourlist.posts[0]
    assert [p.form for p in post.passages].count("item") == 4
    assert {p.text for p in post.passages if p.form == "item"} >= {"Marrows did well"}
    assert post.passages[-1].text.startswith("Questions are welcome")


def test_nested_and_empty_comments_are_counted(labourlist: Reading):
    """Six comments on three levels, one of them empty, none of them an item of the report's lists."""
    assert labourlist.posts[0].n_comments == 6
    assert [t.strip("• ") for t in roles(labourlist, "comment")] == [
        "Barnaby Tull", "Mulcher", "tessa green", "Mulcher", "Old Digger", "Ned Fenn",
    ]  # fmt: skip
    assert "Naturally." in roles(labourlist, "comment text")


def test_sidebar_teasers_are_neither_comments_nor_posts(labourlist: Reading):
    """Headlines, first lines and "Read more" of other articles are the sidebar's."""
    sidebar = roles(labourlist, "sidebar")
    assert len(sidebar) == 8 and sidebar[0].endswith("Scarecrow resigns over the theft of a hat")
    assert not labourlist.posts[0].is_partial


def test_a_labourlist_article_without_comments_keeps_its_lists():
    """Where no comments follow, the lists of the report are all that has bullets."""
    begin, end = LABOURLIST.index("  • Barnaby"), LABOURLIST.index("  • News Scarecrow")
    found = read(LABOURLIST[:begin] + LABOURLIST[end:])
    assert found.posts[0].n_comments == 0 and found.layout == "labourlist"
    assert [p.form for p in found.posts[0].passages].count("item") == 4


def test_a_page_of_no_known_site_is_one_article():
    """A title and text without a frame are read as one post."""
    found = read(REPORT)
    assert (found.layout, len(found.posts), headings(found.posts[0])) == ("article", 1, ["Leader’s Report"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["ARCHIVE", "BLOGSPOT", "LABOURLIST"])
def test_line_ends_do_not_change_what_is_read(name: str, end: str):
    """Posts, lines and passages are the same under the line ends of every system."""
    text = {"ARCHIVE": ARCHIVE, "BLOGSPOT": BLOGSPOT, "LABOURLIST": LABOURLIST}[name]
    assert read(text.replace("\n", end)).posts == read(text).posts


@pytest.mark.parametrize(
    "text", ["« Older posts\n\nProudly powered by WordPress\n", "Share this Article\n", "img_2041\n", "\u200b\n"]
)
def test_a_page_of_furniture_alone_has_no_post(text: str):
    """Nothing is made a post for want of one; its characters are boilerplate."""
    found = read(text)
    assert found.posts == () and not found.accounts()["post"]


def test_the_text_of_a_page_may_stand_between_untrusted_marks():
    """Brackets, mark-up and control signs in a post are words like others."""
    odd = REPORT.replace("long shed", "<b>long</b> shed & {barn} $x$ \x1b[31m")
    assert "<b>long</b> shed & {barn} $x$" in read(odd).posts[0].text
