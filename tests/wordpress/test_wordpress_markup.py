"""What a real WordPress showed the readers to get wrong, each in the fewest lines that show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from necdata.formats import pages
from necdata.reading import kinds, posts
from necdata.reading.posts import Reading

FORM = (
    '<form action="http://committee.example/wp-login.php?action=postpass" class="post-password-form" method="post">'
    "<p>This content is password protected. To view it please enter your password below:</p><p><label>Password: "
    '<input name="post_password" type="password"></label> <input type="submit" value="Enter"></p></form>'
)
LONG = "The treasurer put the deficit at forty turnips, of which Saltmere owes a third, and nobody could say why."


def reading(tmp_path: Path, text: str, name: str = "page.html") -> Reading:
    (tmp_path / name).write_text(text)
    return posts.read(pages.read(tmp_path / name))


def feed(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Notes from the table</title>'
        "<description>Two members of Labour’s National Executive Committee report back</description>"
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


def article(number: int, title: str, text: str) -> str:
    return (
        f'<article id="post-{number}" class="post-{number} post type-post status-publish hentry">'
        f'<h2 class="entry-title"><a href="http://committee.example/{number}/">{title}</a></h2>'
        f'<div class="entry-content"><p>{text}</p></div></article>'
    )


def blog(*articles: str, title: str = "Notes from the table") -> str:
    return f"<html><head><title>{title}</title></head><body class='blog'><main>{''.join(articles)}</main></body></html>"


def test_a_post_under_a_password_in_a_feed_is_cut_off_at_its_title(tmp_path: Path):
    title = "<title>Protected: NEC report, 17 September 2019</title>"
    (post,) = reading(tmp_path, feed(f"{title}<content:encoded><![CDATA[{FORM}]]></content:encoded>"), "x.xml").posts
    assert post.is_partial and not post.passages


def test_a_post_under_a_password_on_its_own_page_is_cut_off_at_its_title(tmp_path: Path):
    page = blog(article(1, "Protected: NEC report, 17 September 2019", "X").replace("<p>X</p>", FORM))
    (post,) = reading(tmp_path, page).posts
    assert post.is_partial and not post.passages


def test_posts_with_a_short_excerpt_are_found_among_the_others(tmp_path: Path):
    page = blog(
        article(3, "NEC report, 22 January 2019", "A short one this time."),
        article(2, "Protected: NEC report, 8 January 2019", "There is no excerpt because this is a protected post."),
        article(1, "NEC report: 20 November 2018", LONG),
    )
    found = reading(tmp_path, page).posts
    assert [(p.title, p.is_partial, len(p.passages)) for p in found] == [
        ("NEC report, 22 January 2019", False, 1),
        ("Protected: NEC report, 8 January 2019", True, 0),
        ("NEC report: 20 November 2018", False, 1),
    ]


def test_lists_of_links_beside_the_posts_are_still_none(tmp_path: Path):
    links = '<div class="latest"><h2 class="entry-title"><a href="/9/">NEC report: 9 May</a></h2><p>Read it</p></div>'
    page = blog(
        article(2, "NEC report, 22 January 2019", LONG), article(1, "NEC report: 20 November 2018", LONG), links
    )
    assert len(reading(tmp_path, page).posts) == 2


def test_links_from_other_blogs_are_no_comments(tmp_path: Path):
    def remark(number: int, kind: str, who: str, says: str) -> str:
        return (
            f'<li id="comment-{number}" class="{kind} even depth-1"><article id="div-comment-{number}" '
            f'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{who}'
            f'</b> <span class="says">says:</span></div></footer><div class="comment-content"><p>{says}</p></div>'
            "</article></li>"
        )

    remarks = remark(4, "comment", "Noor Pettigrew", "Thank you.") + remark(
        7, "pingback", "Another blog", "[…] as here […]"
    )
    page = blog(article(1, "NEC report – 28 March 2017", LONG), f'<ol class="commentlist">{remarks}</ol>')
    (post,) = reading(tmp_path, page).posts
    assert post.n_comments == 1 and post.authors == ()


def test_results_of_a_search_are_nobodys_site(tmp_path: Path):
    title = "Search Results for “NEC report” – Notes from the table"
    page = blog("<h1>Results for “NEC report”</h1>", article(1, "NEC report, 22 January 2019", LONG), title=title)
    assert reading(tmp_path, page).owner == ""


@pytest.mark.parametrize("title", ["Where these reports come from", "About my NEC reports", "Why these notes are late"])
def test_a_page_about_the_reports_is_no_report(tmp_path: Path, title: str):
    item = f"<title>{title}</title><description>Each NEC report here is a personal account.</description>"
    (post,) = reading(tmp_path, feed(item), "x.xml").posts
    assert kinds.kind(post)[0] == "not_a_report"


def test_a_feed_of_comments_holds_no_posts(tmp_path: Path):
    item = (
        "<title>Comment on NEC report – 28 March 2017 by Zoë Ó Briain</title><link>http://committee.example/9/#comment-4"
        f"</link><dc:creator>Zoë Ó Briain</dc:creator><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded>"
    )
    found = reading(tmp_path, feed(item), "x.xml")
    assert found.posts == () and found.accounts()["post"] == 0
    title = "<title>NEC report – 28 March 2017</title><link>http://committee.example/9/#top</link>"
    assert len(reading(tmp_path, feed(f"{title}<description>{LONG}</description>"), "y.xml").posts) == 1
