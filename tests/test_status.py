"""The status: where each page's characters went, and the lines that no rule knew."""

from __future__ import annotations

import re

from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, read

from necdata import status


def test_every_character_is_shown():
    """Posts, comments and boilerplate add up to the page, the names of boilerplate to the boilerplate."""
    for text in (ARCHIVE, BLOGSPOT, LABOURLIST):
        said = status.report([read(text)]).replace(",", "")
        total, posts, comments, boilerplate = (
            int(n)
            for n in re.search(r"(\d+) characters\n  in posts (\d+) .*comments (\d+) boilerplate (\d+)", said).groups()  # type: ignore[union-attr]
        )
        named = sum(int(n) for n in re.findall(r"(?m)^    .*: (\d+)$", said))
        assert total == len(text) == posts + comments + boilerplate and named == boilerplate


def test_layout_and_posts_are_shown():
    """A line per page: file, format, layout, posts."""
    assert status.report([read(ARCHIVE)]).startswith("page.txt  text, archive, 5 posts, ")
    assert "archive header" in status.report([read(ARCHIVE)])


def test_lines_that_no_rule_knew_are_listed():
    """What stands after the end of a post and is nothing known is listed by line, up to a number."""
    odd = ARCHIVE.replace("« Older posts", "Zebra crossing ahead\n\nMind the gap between the rows\n\n« Older posts")
    found = status.report([read(odd)])
    assert "line 53, unrecognised: Zebra crossing ahead" in found and "line 55, unrecognised" in found
    shortened = status.report([read(odd)], most=1)
    assert "line 55" not in shortened and "and 1 more such lines (--lines 2 lists them)" in shortened


def test_a_terminal_is_not_obeyed():
    """Control signs of a page are shown as escapes."""
    said = status.report([read("\x1b[31mRed\x07 header\n\n" + REPORT.replace("Labour", "\n\nLabour"))])
    assert "\x1b" not in said and "\x07" not in said


def test_a_loss_is_no_markup():
    """Of a text page every character has its place: what lacks one is said to be lost; of HTML it is mark-up."""
    whole = read(ARCHIVE)
    assert whole.accounts().total() == whole.page.characters
    torn = whole._replace(spans=whole.spans[:-1])
    lost = whole.spans[-1].piece.size
    said = status.report([torn])
    assert f"\n  {lost} characters in no account: a fault of necdata" in said and "markup" not in said
    html = torn._replace(page=torn.page._replace(format="html"))
    assert f"\n    markup: {lost}\n" in status.report([html]) and "no account" not in status.report([html])
    assert "no account" not in status.report([whole])


def test_no_pages_are_said():
    """An empty folder has a status too."""
    assert status.report([]) == "no pages"
