"""Where posts begin and end, comments and lists of other posts, on small invented pages in the manner of real themes."""

from __future__ import annotations

import pytest
from written import read

BODY = "The hall was cold and the tea was late, but nobody minded and the rota was read aloud to everybody there."


def titles(text: str) -> list[str]:
    """Give the titles of a page's posts."""
    return [p.title for p in read(text).posts]


def test_a_title_stands_over_its_subtitle():
    """Of two lines run together above a byline, the second of two sentences is the subtitle."""
    head = "The Spade Memo\n\n632 hoes before tea\nThe NEC counted Labour's hoes. I was there with a pencil\n\n"
    assert titles(f"{head}Kit Lomax\nJun 05, 2024\n\n{BODY}\n") == ["632 hoes before tea"]


def test_a_listing_holds_titles_subtitles_and_bylines():
    """Each entry is a post that is cut off; its subtitle is all of it that the page shows."""
    entries = "632 hoes before tea\nThe NEC counted its hoes. I was there\nJun 5, 2024 • Kit Lomax\n41\n\n"
    entries += (
        "NEC report: 26 March\nMoney, mostly\nMar 29, 2024 • Kit Lomax\n\nSlugs\nA note\nFeb 2, 2024 • Kit Lomax\n\n"
    )
    found = read(f"The Spade Memo\n\nHome\nArchive\n\n{entries}© 2024 Kit Lomax\n").posts
    assert [(p.title, p.text, p.is_partial) for p in found] == [
        ("632 hoes before tea", "The NEC counted its hoes. I was there", True),
        ("NEC report: 26 March", "Money, mostly", True),
        ("Slugs", "A note", True),
    ]
    assert [str(p.published) for p in found] == ["2024-06-05", "2024-03-29", "2024-02-02"]


@pytest.mark.parametrize("said", ["Sorry, but nothing matched your search terms. Please try again.", "Page not found"])
def test_a_page_that_found_nothing_has_no_post(said: str):
    """A search without results, and a page that is not there."""
    assert titles(f"Grace Lomax\nCouncillor · NEC rep\n\nSearch Results for: hoes\n\nNothing Found\n\n{said}\n") == []


def test_a_title_follows_a_posts_tags_or_its_foot():
    """On Tumblr after hashtags and notes, on Blogger after "posted by Jo at 9:48 PM": no date need stand over it."""
    foot = "\n\nMay 22nd, 2013\n#nec #labour\n12 notes\n\n"
    text = f"NEC, 21 May 2013\n\n{BODY}{foot}Some pictures of my cat\n\n{BODY} Miaow.{foot}NEC, 19 March 2013\n\n{BODY} Yes.\n"
    assert titles(text) == ["NEC, 21 May 2013", "Some pictures of my cat", "NEC, 19 March 2013"]
    foot = "\n\nposted by Keith L at 9:48 PM 2 comments\n\n"
    text = f"Wednesday, July 23, 2008\n\nMoney\n\n{BODY}{foot}Monday, July 21, 2008\n\nA rant\n\n{BODY} So.{foot}Pies\n\n{BODY} I"
    found = read(f"KEITH LOMAX'S BLOG\n\n{text} like them.{foot}").posts
    assert [(p.title, str(p.published)) for p in found] == [
        ("Money", "2008-07-23"), ("A rant", "2008-07-21"), ("Pies", "2008-07-21"),
    ]  # fmt: skip


def test_answers_in_a_forum_are_comments():
    """What begins "Re: " and the title above it."""
    text = f"NEC report July 2018\n\nPost by annw » Wed Jul 18, 2018 9:12 am\n\n{BODY}\n\nRe: NEC report July 2018\n\nThanks\n"
    (post,) = read(text).posts
    assert post.n_comments == 1 and [p.text for p in post.passages] == [BODY]


def test_a_title_stands_between_its_date_and_its_writer():
    """Not the masthead above the date, nor the category under it."""
    head = "THE SPADE\nFounded 1931\n\n11.12.2020\nPolitics / Sheds\n\nMinutes of a Kind\n\nBy Kit Lomax\n\n"
    assert titles(f"{head}{BODY}\n") == ["Minutes of a Kind"]


def test_an_aggregators_posts_begin_with_their_writers():
    """Several posts under one date line, each "Writer: title"; each has its writer and that date."""
    text = "Shed Planet\n\nAll the sheds\n\nLast updated: 24 July 2018 06:00 GMT\n\n"
    text += f"July 24, 2018\n\nFiona Lomax: Frost, 6 a.m.\n\n{BODY}\n\nJuly 23, 2018\n\nKeith Wren: On slugs\n\n{BODY} So.\n\n"
    found = read(f"{text}Ruth Barrow: Money, mostly\n\n{BODY} And so on.\n").posts
    assert [(p.title, p.authors, str(p.published)) for p in found] == [
        ("Fiona Lomax: Frost, 6 a.m.", ("Fiona Lomax",), "2018-07-24"),
        ("Keith Wren: On slugs", ("Keith Wren",), "2018-07-23"),
        ("Ruth Barrow: Money, mostly", ("Ruth Barrow",), "2018-07-23"),
    ]


def test_other_events_stand_among_titles_that_are_dates():
    """A page of dated notes holds a place and its date too."""
    heads = ["24th July 2001", "25th September 2001", "Shed Forum, Leeds, 3rd-4th November 2001", "29th January 2002"]
    assert titles("NOTES\n\n" + "".join(f"{h}\n\n{BODY} {h}.\n\n" for h in heads)) == heads


def test_the_masthead_over_a_menu_is_no_title():
    """The first line of a page is a title only where its text follows."""
    head = "SHED - the union for sheds\n\nSearch | Site map\n\nShed news\n\nWe sit on the NEC of the Labour Party each year.\n\n"
    reports = "".join(f"Labour Party NEC, {m} 2005\n\n{BODY} {m}.\n\n" for m in ("March", "January"))
    assert titles(head + reports) == ["Labour Party NEC, March 2005", "Labour Party NEC, January 2005"]


def test_a_long_question_among_reports_is_a_title():
    """An explainer between two reports that no mark parts; a short question is a heading."""
    report = "NEC report – 21 March 2017\n\n{0}\n\n{1}\n\n{0} Again.\n\nNEC report – 24 January 2017\n\n{0} More.\n"
    asked = "What is a combined shed, and does it need a door?"
    assert titles(report.format(BODY, asked)) == ["NEC report – 21 March 2017", asked, "NEC report – 24 January 2017"]
    assert len(titles(report.format(BODY, "What next?"))) == 2


@pytest.mark.parametrize("opens", ["Related", "Also on Spade", "Read more"])
def test_a_list_of_other_posts_is_none_of_the_post(opens: str):
    """Its titles, bylines and "Read more" are other posts'."""
    text = f"NEC report on frost\n\nBy Kit Lomax\n\n{BODY}\n\n{opens}\nWho's who in the shed\nPoll: hoes level\n"
    text += "Tobias Wren\n19th July, 2018, 5:05 pm\n\nRead more\n"
    (post,) = read(text).posts
    assert (post.authors, post.published, post.is_partial, len(post.passages)) == (("Kit Lomax",), None, False, 1)


def test_links_to_reports_below_a_post_are_no_posts():
    """Jetpack's related posts have titles and dates, but no text."""
    text = (
        f"Marjorie Lomax\n\nNEC report, 21 May 2019\nPosted on 24 May 2019 by Marjorie Lomax\n\n{BODY}\n\nRelated\n\n"
    )
    text += 'NEC report, 26 March 2019\n29 March 2019\nIn "Sheds"\n\nAway day notes\n4 February 2019\nIn "Sheds"\n\n'
    assert titles(f"{text}2 thoughts on “NEC report, 21 May 2019”\n") == ["NEC report, 21 May 2019"]


COMMENTS = {
    "medium": "Responses (2)\n\nDelroy Barrow\nSep 18, 2020\nSend this round.\n\nM. Wren\nSep 19, 2020 (edited)\nOuch.\n",
    "substack": (
        "Discussion about this post\n\nComments    Restacks\n\nLorna Barrow\nJun 5\nI'll have one.\nLike (6)  Reply  Share\n\n"
        "Peter W\nJun 6\nOwn it.\nLike  Reply  Share\n\n3 more comments...\n"
    ),
    "wordpress": (
        "2 thoughts on “Frost”\n\nHarriet Barrow\nsays:\n25 May 2019 at 8:14 am\nThank you.\nReply\n\n"
        "Clive Wren\nsays:\n27 May 2019 at 11:40 pm\nAny news?\nReply\n"
    ),
    "facebook": (
        "12 comments   5 shares\n\nPete Barrow\nThanks Kit\nLike · Reply · 2y\n\nDarren Wren\nGood one\nLike · Reply · 2y\n"
    ),
    "bars": "2 comments\n\nslug | 28 May 2019 at 21:03\nWhy her?\n\nhoe | 29 May 2019 at 21:03\nWhy not?\n",
}


@pytest.mark.parametrize("theme", COMMENTS)
def test_comments_are_counted_in_the_manner_of_each_theme(theme: str):
    """Names with a day, a time or a verb under them or beside them; what readers write is none of the post."""
    (post,) = read(f"NEC report on frost\n\nBy Kit Lomax\n\n24 May 2019\n\n{BODY}\n\n{COMMENTS[theme]}").posts
    assert post.n_comments == 2 and [p.text for p in post.passages] == [BODY]


def test_short_notes_with_comments_between_them():
    """WordPress's P2: the same credit under a title opens a post, under a text a comment."""
    credit = "Lucy Lomax {} pm on May {}, 2012 Permalink | Reply\n"
    text = (
        f"Lucy in the shed\n\nOut of NEC\n\n{credit.format('6:12', 22)}\n{BODY}\n\n{credit.format('6:40', 22)}Why?\n\n"
    )
    text += f"{credit.format('6:55', 22)}Can't say.\n\nSlugs\n\n{credit.format('9:03', 9)}\n{BODY} Again.\n\n"
    text += f"Boots\n\n{credit.format('9:03', 2)}\n{BODY} Once more.\n"
    assert [(p.title, p.n_comments) for p in read(text).posts] == [("Out of NEC", 2), ("Slugs", 0), ("Boots", 0)]


def test_a_count_of_comments_closes_a_post_of_an_archive():
    """Under "2 comments" stands the next title, where its date line has the shape of those above; else a comment."""
    head = "Grace Lomax\n\nShowing posts from July, 2025\n\nNEC Report 22nd July 2025\n\nJuly 27, 2025\n\n"
    rest = f"Organisation Committee\n\nJuly 10, 2025\n\n{BODY} So.\n\nOn slugs\n\nJuly 4, 2025\n\n{BODY} Yes.\n"
    text = f"{head}{BODY}\n\n2 comments\n\n{rest}"
    assert titles(text) == ["NEC Report 22nd July 2025", "Organisation Committee", "On slugs"]
    single = read(text.replace("Showing posts from July, 2025\n\n", "")).posts
    assert [(p.title, p.n_comments) for p in single] == [("NEC Report 22nd July 2025", 2)]


def test_a_login_above_the_title_opens_no_comments():
    """ "Log In" in a site's menu: the writer's name under the title is a byline, not a reader's."""
    head = "GRACE LOMAX\nLog In\nBlog\n\nWhat happened at the NEC on 26 September?\n\nGrace Lomax\nSep 28, 2023\n"
    (post,) = read(f"{head}3 min read\n\nHello all!\n\n{BODY}\n\n{BODY} So.\n").posts
    assert (post.authors, str(post.published), post.n_comments) == (("Grace Lomax",), "2023-09-28", 0)
    assert [p.text for p in post.passages][-1] == f"{BODY} So."


def test_a_field_with_its_label_is_no_title():
    """Drupal prints "Author:", "Date:" and "Type:" under the title; "Author:" may stand on a line of its own."""
    head = "Spades for All\n\nWe dig: what your NEC reps said\n\nSubmitted by office on Thu, 2024-03-28 09:12\n\n"
    fields = "Author: Grace Lomax and Keith Wren\nDate: 2024-03-28\nType: NEC report\n\n"
    (post,) = read(f"{head}{fields}{BODY}\n").posts
    assert (post.title, post.authors) == ("We dig: what your NEC reps said", ("Grace Lomax", "Keith Wren"))
    (post,) = read(f"{head}Author:\n\nGrace Lomax\n\n{BODY}\n").posts
    assert post.authors == ("Grace Lomax",) and [s.heading for s in post.sections] == [""]


def test_a_listing_says_which_line_is_the_subtitle():
    """Where three entries have three lines each, the second is the subtitle, even if it alone tells of a report."""
    entries = [
        ("Who may dig?", "A question"),
        ("A hotel off the A38", "Report of the NEC away day"),
        ("Slugs", "A note"),
    ]
    text = "".join(f"{t}\n{s}\nDec {9 - i}, 2022 • Grace Lomax\n17\n\n" for i, (t, s) in enumerate(entries))
    found = read(f"The Spade Memo\n\nHome\nArchive\n\n{text}© 2022 Grace Lomax\n").posts
    assert [(p.title, p.text) for p in found] == entries


def test_a_collections_name_is_no_title():
    """A page's first line that says it is a box of reports heads the page, and says whose they are."""
    text = "GRACE LOMAX: A BOX OF NEC REPORTS\n\nNewest at the top, and some of these have lost their heads in the course of the years.\n\n"
    for day in ("20 July 2004", "23 March 2004", "27 January 2004"):
        text += f"Report of the NEC, {day}\n\n{BODY} On {day}.\n\n"
    found = read(text)
    assert [p.title for p in found.posts][0] == "Report of the NEC, 20 July 2004" and len(found.posts) == 3
    assert found.owner == "Grace Lomax"


def test_dates_at_a_posts_foot_are_beside_no_title():
    """A plugin that prints a post for saving puts its dates at the end; they date it all the same."""
    foot = (
        "Post date: 2016-11-26 19:04:18\nPost date GMT: 2016-11-26 19:04:18\nPost modified date: 2016-11-27 08:15:50\n"
    )
    items = "".join(f"{n}. {BODY} {BODY} {BODY}\n\n" for n in range(1, 6))
    text = f"Keith Lomax's NEC reports\n\nNEC away-day, Tuesday 22 November 2016\n\nHeld in a barn.\n\n{items}{foot}"
    (post,) = read(text).posts
    assert (post.title, str(post.published)) == ("NEC away-day, Tuesday 22 November 2016", "2016-11-26")


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("{ 1 comment… read it below or add one }\n\nSue March 24, 2013 at 6:22 pm\n\nTwo thirds!\n\nReply\n", 1),
        ("Share · Like · Comment\n\nBev Wren Which lights?\n24 May 2019 at 23:11 · Like\n", 1),
    ],
)
def test_comments_of_two_more_themes_are_counted(text: str, comments: int):
    """Thesis prints name and time on one line, Facebook's notes name and words; neither is the post's."""
    (post,) = read(f"NEC report on frost\n\nBy Kit Lomax\n\n24 May 2019\n\n{BODY}\n\n{text}").posts
    assert post.n_comments == comments and [p.text for p in post.passages] == [BODY]


def test_a_meeting_by_zoom_is_a_title():
    """How it met stands in the title where others have the day."""
    text = f"NEC report – July\n\n{BODY}\n\nNEC by Zoom\n\n{BODY} So.\n\nNEC report – 14 January 2020\n\n{BODY} Yes.\n"
    assert titles(text) == ["NEC report – July", "NEC by Zoom", "NEC report – 14 January 2020"]
