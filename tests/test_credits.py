"""Who wrote a post, whose site it is and when it was published, on small invented pages."""

from __future__ import annotations

import pytest
from written import read

from necdata.reading import bylines, owners
from necdata.reading.given import begins_a_name

BODY = "The NEC met in the long shed and agreed that the rota should be read aloud at every meeting until May."
REPORT = f"NEC report – 3 July 2018\n\n{BODY}\n"


def authors(text: str) -> list[str]:
    """Give each post's author as the tables have it: full names, else the site's owner, else what there is."""
    found = read(text)
    return ["; ".join(a for a in p.authors if " " in a) or found.owner or "; ".join(p.authors) for p in found.posts]


def published(text: str) -> list[str]:
    """Give each post's day of publication."""
    return [str(p.published or "") for p in read(text).posts]


@pytest.mark.parametrize(
    ("header", "owner"),
    [
        ("Keith Lomax\n\nArchive for July, 2018", "Keith Lomax"),
        ("Spade Lomax\n\nArchive for July, 2018", ""),
        ("Left Compass\n\nNEC reports", ""),
        ("Lomax Land\n\nNotes by Keith Lomax", "Keith Lomax"),
        ("Report no. 17 of Keith Lomax, sheds section", "Keith Lomax"),
        ("The Shed Union\n\nKeith Lomax sits for the sheds on the National Executive Committee.", "Keith Lomax"),
        ("The Shed Union\n\nKeith Lomax sits for the sheds on the parish council.", ""),
    ],
)
def test_the_owner_is_read_from_the_header(header: str, owner: str):
    """A name that begins with a given name, a line that says whose site it is, and who sits on the NEC."""
    assert read(f"{header}\n\n{REPORT.strip()} {BODY} {BODY}\n").owner == owner


@pytest.mark.parametrize(
    ("byline", "owner"),
    [("July 5, 2018 by oonaghlomax", "Oonagh Lomax"), ("July 5, 2018 by olomax", "Oonagh Lomax"), ("July 5, 2018", "")],
)
def test_a_login_confirms_whose_site_it_is(byline: str, owner: str):
    """Two capitalised words are a person where the byline's login is made of them."""
    assert not begins_a_name("Oonagh Lomax")
    assert read(f"Oonagh Lomax\n\nSheds and hedges\n\nNEC report – 3 July 2018\n\n{byline}\n\n{BODY}\n").owner == owner


def test_a_header_in_small_letters_is_a_name_where_the_byline_has_it():
    """A site that prints its owner in small letters."""
    text = f"keith lomax\nsheds / hedges\n\nNEC report – 3 July 2018\n5 July 2018 · keith\n\n{BODY}\n"
    assert authors(text) == ["Keith Lomax"]
    assert authors(text.replace("· keith", "· admin")) == [""]


@pytest.mark.parametrize("foot", ["About me\n\nKeith Lomax has been a shed steward since 2012.", "© 2018 Keith Lomax"])
def test_the_owner_is_read_from_the_foot(foot: str):
    """What the page says of its author below the post; of a site it says nothing."""
    assert authors(f"the view from a shed\n\n{REPORT}\n{foot}\n") == ["Keith Lomax"]
    assert authors(f"the view from a shed\n\n{REPORT}\n{foot.replace('Keith Lomax', 'Left Compass')}\n") == [""]


def test_a_line_below_the_tags_says_who_sits_on_the_nec():
    """Below a single post's foot; on a page of several posts it is one post's."""
    foot = "\nPosted in Sheds\n\nKeith Lomax is on the NEC. He speaks only for himself\n"
    assert read(f"the view from a shed\n\n{REPORT}{foot}").owner == "Keith Lomax"
    assert read(f"the view from a shed\n\n{REPORT}\nPosted in Sheds\n\n{REPORT}{foot}").owner == ""


@pytest.mark.parametrize("short", ["Keith", "Keith L", "keithl", "keithlomax", "klomax"])
def test_a_short_name_is_the_owners(short: str):
    """A first name, an initial or a login under a post is the person whose site it is."""
    text = f"KEITH LOMAX'S BLOG\n\nNEC report – 3 July 2018\n\nPosted by {short} on 5 July 2018\n\n{BODY}\n"
    assert authors(text) == ["Keith Lomax"]


def test_another_short_name_is_not_the_owners():
    """Somebody else's login stays as it is."""
    assert owners.in_full(["Kim"], ["Keith Lomax"]) == ("Kim",)
    assert not owners.abbreviates("lomax", "Keith Lomax") and not owners.abbreviates("", "Keith Lomax")


def test_a_login_is_the_name_that_signs_another_post():
    """Where one post is signed in full, the others of that login are the same person's."""
    posts = f"Frost\nSubmitted by gillian on 5 July 2018\n\n{BODY}\n\nGillian Wren (NEC member)\n\n"
    posts += (
        f"Slugs\nSubmitted by gillian on 3 May 2018\n\n{BODY} And more.\n\nHedges\nSubmitted by kim on 2 May 2018\n\n"
    )
    found = read(f"gillian's blog\n\n{posts}{BODY} And so on.\n").posts
    assert [p.authors for p in found] == [("Gillian Wren",), ("Gillian Wren",), ()]


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("NEC report from Keith Lomax, 3 July", "Keith Lomax"),
        ("NEC away day (Keith Lomax)", "Keith Lomax"),
        ("Guest post: Keith Lomax on the NEC away day", "Keith Lomax"),
        ("NEC report from Spade House, 3 July", ""),
        ("NEC report (Corrected Version)", ""),
    ],
)
def test_a_title_names_who_wrote_the_post(title: str, author: str):
    """After "report from", in brackets, as a guest: whoever put it on the site."""
    assert authors(f"Category: NEC\n\n{title}\n\nPosted by clpsecretary on 5 July 2018\n\n{BODY}\n") == [author]


def test_a_guest_is_named_before_who_posted_it():
    """The byline of a guest's post is its host's."""
    title = "Guest post: Keith Lomax on the NEC away day"
    assert authors(f"{title}\n\nPosted on 5 July 2018 by Tessa Wren\n\n{BODY}\n") == ["Keith Lomax"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Keith Lomax, Councillors' section", "Keith Lomax"),
        ("Keith Lomax, North Trent seat", "Keith Lomax"),
        ("Leader's report", ""),
    ],
)
def test_a_name_with_a_role_under_the_title_wrote_the_post(line: str, author: str):
    """A line under the title that is a person and what they sit for."""
    assert authors(f"NEC report – 3 July 2018\n{line}\n\n{BODY}\n") == [author]


def test_a_joint_report_is_by_all_who_wrote_a_part():
    """The sentence that says who wrote on what."""
    opening = "All three of us were there. Ruth Lomax wrote on policy, Simon Wren on sheds and Keith Barrow on money."
    text = f"NEC report – 3 July 2018\n\nPosted by execs on 5 July 2018\n\n{opening}\n\n{BODY}\n"
    assert authors(text) == ["Ruth Lomax; Simon Wren; Keith Barrow"]


@pytest.mark.parametrize("sign", ["", "Ruth Lomax\nSimon Wren\nKeith Barrow"])
def test_all_who_sign_wrote_the_report(sign: str):
    """In the sentence that says so, or each on a line of their own at the end; none of them is a heading."""
    says = "" if sign else "This is a joint report by Ruth Lomax, Simon Wren and Keith Barrow."
    text = f"Spade Alliance\nFor members\n\nNEC report – 3 July 2018\n\n{says}\n\n{BODY}\n\n{BODY} So.\n\n{sign}\n"
    (post,) = read(text).posts
    assert post.authors == ("Ruth Lomax", "Simon Wren", "Keith Barrow")
    assert [s.heading for s in post.sections if s.heading] == []


def test_a_first_name_that_closes_a_letter_signs_it():
    """A lone first name after "All good wishes" is who wrote, and no heading."""
    (post,) = read(f"{REPORT}\nAll good wishes\nKeith\n").posts
    assert post.authors == ("Keith",) and "Keith" not in [s.heading for s in post.sections]
    assert read(f"{REPORT}\nSheds\n").posts[0].authors == ()


def test_a_quoted_sender_is_a_name():
    """An e-mail's sender in quotation marks."""
    mail = f'From: "Joan Wren"\nSent: Sunday, July 8, 2018 4:40 PM\nSubject: nec july\n\nNEC, JULY 2018\n\n{BODY}\n'
    assert authors(mail) == ["Joan Wren"] and published(mail) == ["2018-07-08"]


def test_an_e_mails_date_may_stand_before_its_sender():
    """The headers are one block, in any order."""
    mail = f"Date: Thu, 5 Jul 2018 07:58:03 +0100\nFrom: Joan Wren <jw@example.org>\nSubject: nec\n\n{REPORT}"
    assert published(mail) == ["2018-07-05"]


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("From Keith Lomax: notes on sheds on 5 July 2018", ("Keith Lomax",)),
        ("From The Lomax Letter on 5 July 2018", ()),
        ("From Keith's Corner on 5 July 2018", ()),
        ("July 5, 2018 / Keith", ()),
        ("Published by Keith Lomax July 5th, 2018 in nec and politics.", ("Keith Lomax",)),
        ("(This was first published by SpadeLedger on 5 July 2018.)", ()),
    ],
)
def test_credits_of_feeds_and_themes_are_read(line: str, read_as: tuple[str, ...]):
    """Where an entry was collected from, a first name behind a bar, a credit closed with a full stop."""
    found = bylines.read(line)
    assert found is not None and str(found.date) == "2018-07-05" and found.authors == read_as


@pytest.mark.parametrize("line", ["From Brighton we went home on 5 July 2018, tired", "5 July 2018 – Cardiff"])
def test_what_only_looks_like_such_a_credit_is_none(line: str):
    """A sentence that begins with "From", and an event with its place."""
    assert bylines.read(line) is None


def test_an_item_of_a_list_is_no_byline():
    """One of several things, whoever wrote it."""
    items = "• comment by Keith Lomax;\n• 3 May 2018, Kim Wren;\n• the rota."
    (post,) = read(f"{REPORT}\n{items}\n").posts
    assert [p.form for p in post.passages] == ["paragraph", "item", "item", "item"] and post.authors == ()


def test_a_byline_without_its_year_has_the_titles():
    """ "Jul 21" under a title of July 2018; a day before the title's month is of the year after."""
    text = f"KEITH LOMAX\n\nReports\n\nNEC report: {{}}\n\n{{}}\nWritten By Keith Lomax\n\n{BODY}\n"
    assert published(text.format("July 2018", "Jul 21")) == ["2018-07-21"]
    assert published(text.format("November 2018", "Jan 4")) == ["2019-01-04"]
    assert published(text.format("winter", "Jan 4")) == [""]


def test_a_date_under_a_signature_is_that_posts():
    """The date line after the name that closes a report does not head the next one."""
    first = f"NEC REPORT 25.11.03\n\n{BODY}\n\nDorothy Wren\n30 November 2003\n\n"
    assert published(f"{first}NEC REPORT 23.9.03\n\n{BODY} And more.\n\nDorothy Wren\n") == ["2003-11-30", ""]


def test_the_date_over_a_title_counts_where_only_the_writer_stands_under_it():
    """Date, title, writer; date, category, title, writer."""
    text = f"the view from a shed\n\nThursday, July 5, 2018\n\n{{}}NEC report on frost\n\nBy Keith Lomax\n\n{BODY}\n"
    assert published(text.format("")) == ["2018-07-05"]
    assert published(text.format("Politics / Sheds\n\n")) == ["2018-07-05"]


@pytest.mark.parametrize(
    "opening",
    [
        "This is a joint report by three of the local representatives, Ruth Lomax, Simon Wren and Keith Barrow.",
        "This report of Tuesday’s meeting was written by Ruth Lomax, Simon Wren and Keith Barrow.",
        "This time your three Spade Voice representatives, Ruth Lomax, Simon Wren and Keith Barrow, have pooled notes.",
    ],
)
def test_a_list_of_names_wrote_a_joint_report(opening: str):
    """Whoever put it on the site, a manager or the group itself."""
    for poster in ("Site Manager", "spadevoice"):
        text = f"Spade Voice\nFor members\n\nNEC report – 3 July 2018\n\nPosted by {poster} on 5 July 2018\n\n{opening}\n\n{BODY}\n"
        assert authors(text) == ["Ruth Lomax; Simon Wren; Keith Barrow"]


@pytest.mark.parametrize(
    "opening",
    [
        "Keith Lomax writes: the hall was cold.",
        "The following was received from Keith Lomax and noted.",
        "Thanks to Keith Lomax for sending us this report for our October meeting.",
    ],
)
def test_an_opening_names_who_sent_the_report(opening: str):
    """On a newsletter's page and on a local party's site; "Keith Lomax's reports" is no such credit."""
    text = "Spade Vale News\n\nNEC report – 3 July 2018\n\nPosted by webteam on 5 July 2018\n\n{}\n\n" + BODY
    assert authors(text.format(opening)) == ["Keith Lomax"]
    assert authors(text.format("Keith Lomax's reports deserve more readers.")) != ["Keith Lomax's"]


def test_a_title_names_whose_report_was_put_up_again():
    """The byline is then whoever put it there; where nothing was put up again, it stays."""
    text = "Frost: Keith Lomax's March report\n\nby Ruth Barrow\n\nMarch 24, 2013\n\n{}\n\n" + BODY
    assert authors(text.format("This is his account, which first appeared on his own site.")) == ["Keith Lomax"]
    assert authors(text.format("I read it twice and have three questions about the rota.")) == ["Ruth Barrow"]


def test_a_first_name_in_a_title_is_the_person_the_page_names():
    """ "Ruth's NEC report" on a page of several people; whose name stands first on the page wrote nothing."""
    text = f"SUSAN LOMAX\n\nI dig.\n\nRUTH BARROW\n\nI rake.\n\nReports from the NEC\n\nRuth's NEC report, 21/7/2020\n\n{BODY}\n\n"
    text += f"Ruth's NEC report, 26/5/2020\n\n{BODY} So.\n"
    assert authors(text) == ["Ruth Barrow", "Ruth Barrow"]


def test_a_bulletins_sender_wrote_less_than_its_byline():
    """Of the header's sender and the byline under the title, the byline counts."""
    head = "From: Spade Wren <bulletin@spades.example>\nSent: 21 July 2023 16:05\nSubject: bulletin 112\n\n"
    text = f"{head}July NEC: two of us in a hot shed\n\nBy Grace Lomax and Keith Barrow\n\n{BODY}\n"
    assert authors(text) == ["Grace Lomax; Keith Barrow"]


def test_a_trail_holds_the_writer_and_the_day():
    """What a print view says under the title: site, writer, day, link."""
    line = "Red Spade » Grace Lomax » 1 April 2015 » Print this page"
    text = f"NEC report: five weeks\n\n{line}\n\n{BODY}\n"
    assert (authors(text), published(text)) == (["Grace Lomax"], ["2015-04-01"])


def test_a_profile_under_about_me_says_whose_blog_it_is():
    """As Blogger prints it: the heading, the name alone, a link."""
    text = f"{REPORT}\nPosted at 10:00\n\nAbout Me\nGrace Lomax\nShed steward.\nView my complete profile\n"
    assert read(text).owner == "Grace Lomax"
