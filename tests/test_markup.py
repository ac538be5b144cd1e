"""Saved HTML, feeds and exports: what the format states is used, line by line, and nothing hostile gets through."""

from __future__ import annotations

import datetime as dt
import html
import quopri
import random
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from necdata import pipeline
from necdata.formats import feeds, hints, hypertext, markup, pages, themes
from necdata.reading import lines as reading_lines
from necdata.reading import posts
from necdata.reading.page import Line, PageError

SAVED = Path(__file__).parent / "saved"
FILES = sorted(p for p in SAVED.iterdir() if p.suffix not in (".csv", ".md"))
LONG = "We met for seven hours in a hot room and agreed that it was too long by half for anybody's good."
ITEM = "<item><title>NEC report</title><description>{}</description></item>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Notes</title>{}</channel></rss>'

BOMBED = RSS[21:].format(ITEM.format("&b;"))


def _hints(source: str, kind: str = "html") -> list[tuple[str, str]]:
    return [(line.text.strip(), line.hint) for line in markup.lines(source, kind, "x") if line.text.strip()]


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    """Every post found on the saved pages beside its row of the truth."""
    readings, skipped = pipeline.read_all(SAVED)
    assert [s for s in skipped if not s.startswith("truth.csv")] == []
    rows = [
        (r.page.file, p.line, p.title, str(p.published or ""), "; ".join(p.authors) or r.owner,
         str(p.is_partial).lower(), p.n_comments, len(p.passages))
        for r in readings for p in r.posts if r.page.file != "truth.csv"
    ]  # fmt: skip
    names = ["file", "line", "title", "published", "author", "is_partial", "n_comments", "n_passages"]
    truth = pd.read_csv(SAVED / "truth.csv", keep_default_na=False)
    return truth.merge(
        pd.DataFrame(rows, columns=names), on=["file", "line"], how="outer", suffixes=("", "_found"), indicator=True
    )


def test_every_post_is_found_at_its_line_and_no_other(found: pd.DataFrame):
    """Pages of one post and of many split where their themes say, sidebars and related posts left out."""
    assert len(found) >= 50 and found["file"].nunique() >= 25
    assert found[found["_merge"].ne("both")][["file", "line", "title", "title_found"]].to_dict("records") == []


@pytest.mark.parametrize("column", ["title", "published", "is_partial", "n_comments"])
def test_what_a_format_states_is_read_as_stated(found: pd.DataFrame, column: str):
    """Titles, days of publication, cut-off posts and comments agree with the truth on every saved page."""
    true, read = found[column].astype(str).str.lower(), found[f"{column}_found"].astype(str).str.lower()
    wrong = found[true.ne(read)]
    assert wrong[["file", "line", column, f"{column}_found"]].to_dict("records") == []


def test_authors_are_read_from_marked_names(found: pd.DataFrame):
    """Nine authors in ten, the rest being told by a site's name alone."""
    assert found["author"].eq(found["author_found"]).mean() >= 0.9


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_emitted_lines_stand_where_they_say(path: Path):
    """The first word of every line is on the raw line of its number, or where its tag ends a little below."""
    page = pages.read(path)
    raw = [line.text for line in pages.number(pages.decode(path.read_bytes())[0])]
    for line in page.lines:
        if line.hint in ("text", "heading", "item", "title", "") and line.text.strip() not in ("", "(no title)"):
            near = " ".join(raw[line.number - 1 : line.number + 3])
            if path.suffix == ".mhtml":  # quoted-printable
                near = quopri.decodestring("".join(raw[line.number - 1 : line.number + 3])).decode("utf-8", "replace")
            near = html.unescape(html.unescape(near))
            assert line.text.split()[0] in near, line


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_emitted_characters_never_exceed_the_page(path: Path):
    """What is not emitted is markup; it cannot be negative."""
    page = pages.read(path)
    assert 0 < sum(len(line.text) for line in page.lines) <= page.characters


def test_a_title_comes_before_the_credits_above_it():
    """A date heading and author above a title belong to the post under them."""
    source = (
        "<div class=post><div class=entry-meta><span class=author>Jo Bloggs</span> <time datetime=2019-05-03>yesterday"
        f"</time></div><h2 class=entry-title>NEC report</h2><div class=entry-content><p>{LONG}</p></div></div>"
    )
    assert _hints(source) == [
        ("NEC report", "title"), ("By Jo Bloggs", "byline"), ("3 May 2019", "byline"), (LONG, "text"),
    ]  # fmt: skip


def test_a_day_heading_dates_every_post_of_that_day():
    """Blogger prints a day once, over all its posts."""
    post = f"<h3 class=post-title>NEC {{}}</h3><div class=post-body>{LONG}</div>"
    source = f"<h2 class=date-header>Sunday, 3 May 2009</h2>{post.format(1)}{post.format(2)}"
    assert [text for text, hint in _hints(source) if hint == "byline"] == ["Sunday, 3 May 2009"] * 2


def test_what_stands_between_and_after_posts_belongs_to_none():
    """On a page of several posts, text outside all of them is furniture, whatever it says."""
    post = f"<div class=post><h2>NEC report</h2><p>{LONG}</p></div>"
    told = _hints(f"<main>{post}<div>{LONG} Join us!</div>{post}<div>{LONG} Join us!</div></main>")
    assert [hint for _, hint in told] == ["title", "text", "sidebar"] * 2


def test_titles_of_other_posts_are_not_this_pages():
    """A related post's title is none in a sidebar, nor at the foot of a page whose head names its own first-level title."""
    other = f"<h3 class=entry-title>NEC report, March</h3><p>{LONG}</p>"
    own = f"<h1 class=entry-title>NEC report</h1><div class=entry-content><p>{LONG}</p></div>"
    for source in (own + f"<aside>{other}</aside>", f"<title>NEC report | Notes</title>{own}<div>{other}</div>"):
        assert [text for text, hint in _hints(source) if hint == "title"] == ["NEC report"]


@pytest.mark.parametrize("name", ["widget Blog", "post-meta", "footer"])
def test_furniture_cannot_hold_a_post(name: str):
    """A name such as "widget" on what holds the post itself (Blogger does so) means nothing."""
    source = f"<div class='{name}'><h1>NEC report</h1><div class=post-body><p>{LONG}</p></div></div>"
    told = [("NEC report", "title"), (LONG, "text")]
    assert _hints(f"<title>NEC report</title>{source}")[1:] == told
    assert _hints(f"<div class=post-meta><h2 class=entry-title>NEC report</h2><p>{LONG}</p></div>") == told


def test_a_title_without_text_under_it_is_a_link():
    """In a list of posts a title that nothing follows is not one of the page's posts."""
    links = "<h2 class=entry-title>NEC report, May</h2><h2 class=entry-title>NEC report, March</h2>"
    source = f"<h2 class=entry-title>NEC report</h2><p>{LONG}</p>{links}"
    assert [text for text, hint in _hints(source) if hint == "title"] == ["NEC report"]


def test_hidden_and_unread_text_is_not_emitted():
    """Scripts, styles, comments and hidden elements are no text of the page."""
    source = (
        f"<title>NEC report</title><style>p{{x}}</style><h1>NEC report</h1><!-- no --><script>'<p>no</p>'</script>"
        f"<p hidden>no</p><p style='display: none'>no</p><noscript>no</noscript><p>{LONG}</p>"
    )
    assert [text for text, _ in _hints(source)] == ["NEC report", "NEC report", LONG]


def test_headings_lists_captions_and_links_to_the_rest():
    """Each of them has its hint, in themes and in old HTML."""
    source = (
        f"<article><h1>NEC report</h1><div class=entry-content><figure><figcaption>The hall</figcaption></figure>"
        f"<p>{LONG}"
        "<p><b>Leader's report</b><p>Short.<ul><li>One<li>Two <b>three</b></ul><h3>Finance</h3>"
        f"<p>{LONG} <a class=more-link href=/a>Continue reading</a></div>"
        "<div class=sharedaddy>Share this:</div></article>"
    )
    assert _hints(source) == [
        ("NEC report", "title"), ("The hall", "caption"), (LONG, "text"), ("Leader's report", "heading"),
        ("Short.", "text"), ("One", "item"), ("Two three", "item"), ("Finance", "heading"), (LONG, "text"),
        ("Continue reading", "cut"), ("Share this:", "share line"),
    ]  # fmt: skip


def test_line_breaks_make_paragraphs_where_there_are_no_others():
    """Two breaks part paragraphs, as old pages do it; one break parts lines."""
    source = f"<body><h1>NEC report</h1><font size=2>Leader<br>{LONG}<br><br>{LONG}</font>"
    texts = [(line.text.strip(), line.number) for line in markup.lines(source.replace("<br>", "<br>\n"), "html", "x")]
    assert texts == [("NEC report", 1), ("", 1), ("Leader", 1), (LONG, 2), ("", 4), (LONG, 4)]


def test_a_page_that_states_no_title_keeps_its_lines_plain():
    """Where the markup says nothing the layouts for text decide: no title, no heading, is claimed."""
    source = f"<body><div>NEC report, 3 May 2019</div><div>{LONG}</div><b>Finance</b><div>{LONG}</div>"
    assert {hint for _, hint in _hints(source)} == {""}


def test_nested_comments_are_counted_once_each():
    """A comment's list item and the article in it are one comment, a reply another, a pingback none."""
    source = (
        f"<h1>NEC report</h1><p>{LONG}<div id=comments><h2>2 comments</h2><ol><li class=comment id=comment-1>"
        "<article id=div-comment-1><b class=fn>Ann</b><p>Yes.</article><ol><li class=comment><b>Bob</b><p>No.</ol>"
        "<li class=pingback id=comment-3>Elsewhere</ol></div>"
    )
    marked = [(t, h) for t, h in _hints(source) if h == "comment"]
    assert marked == [("Ann", "comment"), ("Bob", "comment")]


def test_dates_and_authors_of_the_head_serve_where_the_page_prints_none():
    """JSON-LD and meta tags are the last resort of a page with one post."""
    data = '{"@graph":[{"datePublished":"2022-11-29T19:05","author":{"name":"Jo Bloggs"}}]}'
    data = f'<script type="application/ld+json">{data}</script>'
    source = f"<title>NEC report</title>{data}<h1>NEC report</h1><p>{LONG}"
    assert ("29 November 2022", "byline") in _hints(source) and ("By Jo Bloggs", "byline") in _hints(source)
    printed = source.replace("<p>", "<p class=byline>By Kim Lee, 1 December 2022</p><p>")
    assert [t for t, h in _hints(printed) if h == "byline"] == ["By Kim Lee, 1 December 2022"]


@pytest.mark.parametrize(
    "data", ["[", "[" * 100_000, '{"author": 3}', '[3, {"author": [null]}]', '{"datePublished": "2022-13-40"}']
)
def test_malformed_json_ld_states_nothing(data: str):
    """Deep, broken and absurd JSON-LD is passed over."""
    assert hints.linked(data) == ("", None)


def test_an_export_keeps_posts_and_approved_comments_only():
    """Drafts, attachments, spam and pingbacks of a WordPress export are not emitted; a login gets its name."""
    text = (SAVED / "wxr-pomfret.xml").read_text("utf-8")
    told = _hints(text, "wxr")
    assert [t for t, h in told if h == "title"] == ["NEC report, 20 May 2014", "About", "November notes from the NEC"]
    assert [t for t, h in told if h == "comment"] == ["Walter Ince", "Ruby T"]
    assert ("By Len Duckworth", "byline") in told and ("The hall in Telford", "caption") in told
    assert not any("[gallery" in t or "Buy now" in t for t, _ in told)


def test_summaries_say_that_they_are_cut():
    """An entry of which the feed has only the beginning ends with a cut, whichever sign shows it."""
    for body in ("We met and [&amp;#8230;]", "We met and", "We met and..."):
        link = "<link>https://example.org/a</link></item>"
        assert _hints(RSS.format(ITEM.format(body).replace("</item>", link)), "feed")[-1][1] == "cut"
    assert all(h != "cut" for _, h in _hints(RSS.format(ITEM.format("We met. It was hot.")), "feed"))


def test_who_hides_a_profile_is_who_the_feed_is_by():
    """Blogger calls a hidden profile "Unknown"; where the feed itself names nobody else, it stays."""
    entry = "<entry><title>NEC report</title><author><name>Unknown</name></author><content>We met.</content></entry>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title>{{}}{entry}</feed>"
    named = feed.format("<author><name>Grace Lomax</name></author>")
    assert ("By Grace Lomax", "byline") in _hints(named, "feed")
    assert ("By Unknown", "byline") in _hints(feed.format(""), "feed")


def test_a_list_items_link_to_the_rest_says_that_it_is_cut():
    """Drupal prints "Read more about" and the title among a teaser's links; of another title it is but a link."""
    title, text = Line(1, "NEC report, 22 May 2019\n", "title"), Line(2, f"{LONG}\n", "text")
    for about, form in (("NEC report, 22 May 2019", "cut"), ("Slugs", "item")):
        link = Line(3, f"Read more about {about}\n", "item")
        assert reading_lines.pieces([title, text, link])[-1].form == form


def test_a_feeds_times_are_days_in_britain():
    """Universal time is turned into British time; a stated offset is kept."""
    assert feeds.read_day("Fri, 03 May 2019 23:30:00 +0000") == dt.date(2019, 5, 4)
    assert feeds.read_day("2019-01-03T23:30:00Z") == dt.date(2019, 1, 3)
    assert feeds.read_day("2019-05-03T23:30:00-07:00") == dt.date(2019, 5, 3)
    for wrong in ("", "soon", "2019-02-30", "Fri, 99 May 2019", "0000-00-00 00:00:00", "9" * 50):
        assert feeds.read_day(wrong) is None


def test_untidy_xml_is_repaired_and_its_lines_kept():
    """Bare ampersands, HTML's entities, control characters and blank lines before the declaration."""
    source = "\n\n" + RSS.format("\n" + ITEM.format("Jam &amp; tea & cake&nbsp;&pound;5\x0b, and so to bed."))
    line = next(line for line in markup.lines(source, "feed", "x") if "Jam" in line.text)
    assert line == Line(4, "Jam & tea & cake £5 , and so to bed.\n", "")
    broken = "&lt;p&gt;One&#10;&#xA;&lt;/p&gt;" + "\n&lt;p&gt;Two"  # line ends written as references are no lines
    lines = markup.lines(RSS.format(ITEM.format(broken)), "feed", "x")
    assert [(line.number, line.text) for line in lines if line.text.strip()][-2:] == [(1, "One\n"), (2, "Two\n")]


def test_addresses_come_from_links_or_the_pages_own():
    """A title's own link, made absolute; for one post the canonical address; never anything but the web's."""
    post = (
        "<article class=post>\n<h2 class=entry-title><a href='{}'>NEC</a></h2><div class=entry-content><p>"
        + LONG
        + "</div></article>"
    )
    base = "<base href='https://example.org/blog/'>"
    two = base + post.format("may") + post.format("javascript:alert(1)")
    assert markup.addresses(two, "html") == {2: "https://example.org/blog/may"}
    one = "<link rel=canonical href='https://example.org/x'>" + post.format("/elsewhere")
    assert markup.addresses(one, "html") == {2: "https://example.org/x"}
    same = base + (post.format("a") + post.format("b")).replace("\n", "")
    assert markup.addresses(same, "html") == {}
    item = ITEM.format("x").replace("<title>", "<link>{}</link><title>")
    assert markup.addresses(RSS.format(item.format("https://example.org/a")), "feed") == {1: "https://example.org/a"}
    for wrong in ("file:///etc/passwd", "ftp://example.org/a", "//example.org/a", "https://exa mple.org", "https://[x"):
        assert markup.addresses(RSS.format(item.format(wrong)), "feed") == {}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + BOMBED, "declares XML entities"),
        ('<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + BOMBED, "declares XML entities"),
        (RSS.format("<a>" * 200), "nests elements more than 100 deep"),
        (RSS.format(ITEM.format("<p>open")), "is not well-formed XML (line 1: mismatched tag)"),
        ("\n\n" + RSS.format("</item>"), "(line 3: mismatched tag)"),
        (RSS[:-20].format(ITEM.format("cut off")), "is not well-formed XML"),
        ("<?xml version='1.0'?><html/>", "is XML but no feed"),
    ],
)  # fmt: skip
def test_what_is_no_safe_feed_is_refused_in_one_line(source: str, problem: str):
    """The sentence names the file, what is wrong and the remedy."""
    with pytest.raises(PageError, match="odd.xml: ") as caught:
        markup.lines(source, "feed", "odd.xml")
    assert problem in str(caught.value) and "\n" not in str(caught.value) and ";" in str(caught.value)


def test_absurd_pages_are_refused(monkeypatch: pytest.MonkeyPatch):
    """More elements than any report has, in either format, and formats that are none."""
    monkeypatch.setattr(hypertext, "MOST_ELEMENTS", 50)
    monkeypatch.setattr("necdata.formats.xml.MOST_ELEMENTS", 50)
    for source, kind in (("<p>x" * 60, "html"), (RSS.format("<a/>" * 60), "feed")):
        with pytest.raises(PageError, match="big: has more than 50 "):
            markup.lines(source, kind, "big")
    with pytest.raises(PageError, match="cannot be read as 'pdf'"):
        markup.lines("x", "pdf", "x")


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote><p", "font color=red><p"])
def test_no_text_is_lost_however_deep_it_is_nested(tag: str):
    """Elements deeper than a page's can be are flattened, as browsers do; the text in them stays."""
    source = f"<body>{f'<{tag}>' * 5000}deep down</div></b> and out again</body>"
    assert " ".join(t for t, _ in _hints(source)).split() == "deep down and out again".split()


def test_adversarial_nesting_grows_no_tree():
    """Formatting left open is not cloned into every paragraph after it, and depth has a limit."""
    fonts = hypertext.tree("".join(f"<p><font color={i}>x" for i in range(500))).elements
    assert len(fonts) < 1700
    deep = hypertext.tree("<div>" * 5000 + "x").elements
    assert len(deep) < 250 and deep[-1].text == "x"


def test_lines_are_counted_where_no_tag_begins_one():
    """Text after an end tag, in a tag that spans lines, and after a comment or script that does, has its own line."""
    source = f"<h1>NEC report</h1>\n<div>\n{LONG}\n\n{LONG}</div>\r\nsix<!--\n--><script>\n</script>\rnine"
    source += "<hr\n\n/>eleven"
    assert markup.lines("<p>\n\nwords", "html", "x")[-1].number == 1  # an element's line is that of its tag
    lines = {line.text.split()[0]: line.number for line in markup.lines(source, "html", "x") if line.text.strip()}
    assert lines == {"NEC": 1, "We": 3, "six": 6, "eleven": 11}


PIECES = st.sampled_from(
    [
        *"<p> </p> <h1> </h1> <div> </div> <b> </b> <br> <ul> <li> </ul> <table> <tr> <td> </table> <pre>".split(),
        *"<nav> <aside> <!-- --> <script> </script> <title> </title> <textarea> <option> <svg> <footer>".split(),
        *"]]> <![CDATA[ <item> </item> <description> </a> &nbsp; &#8217; &#10; & < > \" ' = \x00 é".split(" "),
        *("<h2 class=entry-title>", "<div class='post hentry'>", "<div class=entry-content>", "<a href=x rel=author>"),
        *(
            "<time datetime=2019-05-03>",
            "<div id=comments>",
            "<li class=comment>",
            "<h2 class=date-header>",
            "<p hidden>",
        ),
        *("NEC report", "3 May 2019", "By Jo Bloggs", "Continue reading", "\n", "\r\n", "<p hidden>"),
    ]
)
SOUP = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join)


@pytest.mark.parametrize("source", ["<h1 class=posttitle><title>NEC report, and so on", "NEC"])
def test_text_is_emitted_once(source: str):
    """Found by fuzzing: a page's name inside its heading; text with no markup, that leaves no room for a line end."""
    assert sum(len(line.text) for line in markup.lines(source, "html", "x")) <= len(source)


def test_a_late_body_tag_moves_no_line():
    """Found by fuzzing: a body tag after text gives its attributes to the page, not its line to what stands before."""
    lines = [line for line in markup.lines("one\n</p><body class=single>two", "html", "x") if line.text.strip()]
    assert lines == [Line(1, "one\n"), Line(2, "two\n")]


@given(SOUP)
@settings(max_examples=300)
def test_any_html_is_read_within_its_size(source: str):
    """No input crashes the reader, no line is out of range, and no character is made up."""
    lines = markup.lines(source, "html", "x")
    assert sum(len(line.text) for line in lines) <= len(source)
    assert all(1 <= line.number <= hypertext.newlines(source) + 1 for line in lines)
    markup.addresses(source, "html")


@given(SOUP)
@settings(max_examples=200)
def test_any_feed_is_read_or_refused_in_one_line(source: str):
    """A feed of anything at all gives lines within its size, or a PageError."""
    for body in (html.escape(source), f"<![CDATA[{source}]]>", source):
        text = RSS.format(ITEM.format("@@")).replace("@@", body)
        try:
            lines = markup.lines(text, "feed", "x")
        except PageError as error:
            assert "\n" not in str(error)
            continue
        assert sum(len(line.text) for line in lines) <= len(text)
        assert all(1 <= line.number <= hypertext.newlines(text) + 1 for line in lines)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_damaged_copies_of_real_looking_pages_are_read_or_refused(path: Path, tmp_path: Path):
    """Pages with stretches cut, doubled and swapped end in accounts that add up, or are refused."""
    from necdata.reading import posts

    draw = random.Random(path.name)
    text = pages.decode(path.read_bytes())[0]
    for _ in range(8):
        a, b, c = sorted(draw.randrange(len(text)) for _ in range(3))
        damaged = draw.choice([text[:a] + text[b:], text[:b] + text[a:], text[:a] + text[b:c] + text[a:b] + text[c:]])
        (tmp_path / "p").write_text(damaged, "utf-8", newline="")
        try:
            page = pages.read(tmp_path / "p")
        except PageError as error:
            assert "\n" not in str(error)
            continue
        accounts = posts.read(page).accounts()
        assert accounts.total() == sum(len(line.text) for line in page.lines) <= page.characters


HOSTILE = {
    "nested div": lambda n: "<div>" * n + "x",
    "nested lists": lambda n: "<ul><li>x" * n,
    "fonts": lambda n: "".join(f"<p><font color={i}>x" for i in range(n)),
    "unclosed tags": lambda n: "<a " * n,
    "unclosed quotes": lambda n: '<a ="' * n,
    "comments": lambda n: "<!-- " * n,
    "brackets": lambda n: "<" * n,
    "closing tags": lambda n: "<span>" * n + "</em>" * n,
    "titles": lambda n: "<title>" * n * 5,
    "headings": lambda n: "<h2>NEC report May</h2>" * n,
    "long line": lambda n: "<p>" + "word " * n * 5,
    "white space": lambda n: "<p>" + " " * n * 20 + "x",
    "dots": lambda n: "<div class=excerpt>x" + " ." * n * 5 + "y",
    "one long name": lambda n: f"<p class='{'post-' * n}'>x",
    "cells": lambda n: "<table><tr>" + "<td>x" * n,
    "replies": lambda n: "<div id=comments>" + "<li class=comment>x<ul>" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_in_the_size_of_hostile_pages(name: str):
    """Eight times the page takes about eight times as long, where a quadratic reader would take sixty-four."""
    times = []
    for n in (800, 6400):
        source = HOSTILE[name](n)
        best = min(_seconds(source) for _ in range(2))
        times.append(max(best, 0.02))
    assert times[1] / times[0] < 28, times


def _seconds(source: str) -> float:
    begin = time.process_time()
    markup.lines(source, "html", "x")
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("entry-title", "title"), ("post_body", "body"), ("wp-block-post-title", "title"), ("comment-12", "comment"),
        ("date-header", "date"), ("more-link", "cut"), ("widget_area", "sidebar"), ("jp-relatedposts", "sidebar"),
        ("contentheading", "title"), ("sharedaddy", "share"), ("main", ""),
    ],
)  # fmt: skip
def test_names_that_themes_share(name: str, kind: str):
    """Case, underscores and numbers make no difference to a name."""
    assert themes.name_kind(name) == themes.name_kind(name.upper()) == kind


OLD = """<html><head><title>Edna Wren - your voice on the shed</title></head><body><center><h1>Edna Wren</h1></center>
<p><font size="5"><b>Edna Wren: NEC reports</b></font></p>
{}
</body></html>
"""
UNDER = (
    "<p>{} The NEC met in the long shed and agreed that the rota should be read aloud at every meeting until May.</p>"
)


def old(folder: Path, *rows: str) -> list[str]:
    """Read an old page's titles."""
    path = folder / "old.htm"
    path.write_text(OLD.format("\n".join(rows)), "utf-8")
    return [p.title for p in posts.read(pages.read(path)).posts]


def test_an_old_pages_titles_look_alike(tmp_path: Path):
    """What looks as a report's title does is one, whatever its words; what looks otherwise is a heading."""
    title, heading = '<p class="big"><b><font size="4" color="#800000">{}</font></b></p>', "<p><b>{}</b></p>"
    rows = [title.format("Report from the May NEC"), UNDER.format(1), heading.format("Slugs"), UNDER.format(2)]
    rows += [
        title.format("A short account of a short meeting"),
        UNDER.format(3),
        heading.format("Hoes"),
        UNDER.format(4),
    ]
    assert old(tmp_path, *rows) == ["Report from the May NEC", "A short account of a short meeting"]


def test_a_report_in_bold_comes_before_the_name_of_its_site(tmp_path: Path):
    """A first-level heading that is a person heads the site."""
    cell = '<table><tr><td bgcolor="#CC0000"><font color="#FFFFFF"><b>NEC Report - 23rd May 2001</b></font></td></tr>'
    rows = [
        cell,
        f"<tr><td>{UNDER.format(1)}<p><font size=3><b>Slugs</b></font></p>{UNDER.format(2)}</td></tr></table>",
    ]
    assert old(tmp_path, *rows) == ["NEC Report - 23rd May 2001"]
