"""Posts for a blog of two members of an invented committee, and what should be read from each."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

OWNER, SECOND = "Prudence Ashgrove", "Siân Llewellyn-Wójcik"
SITE = {"title": "Notes from the table", "tagline": "Two members of Labour’s National Executive Committee report back",
        "timezone": "Europe/London"}  # fmt: skip
PLACES = (
    "Ambleford Brackwell Cattersby Dunmoor Eastholme Farleigh Grindlow Hathersby Inglethorpe Jarnwick Kelderby Lowick "
    "Marstow Netherby Ottersea Penwick Quenby Rawthorpe Saltmere Thornaby Ulverdale Westerleigh Yarrowby"
).split()
PEOPLE = (
    "Edna Larkspur|Tobias Quennell|Marguerite Oyelowo|Harjit Pellow|Iolanthe Greaves|Desmond Achterberg"
    "|Rukhsana Threlkeld|Barnaby Woolgar|Concepta Rafferty|Lionel Hesketh-Dunn|Bronwen Sprake|Cuthbert Nnamdi"
).split("|")
HEADINGS = ("Leader’s report", "General Secretary’s report", "Campaigns", "Selections", "Finance", "Equalities",
            "Conference arrangements", "Disputes and complaints", "Local government", "Any other business")  # fmt: skip
SENTENCES = (
    "{p} asked why the canvass returns from {a} had taken {n} days to arrive.",
    "The treasurer put the deficit at {n} thousand pounds, of which {a} owes a third.",
    "We heard that {n} branches have no secretary, most of them around {a} and {b}.",
    "I moved that the freeze date be put back by {n} days, and {p} seconded.",
    "A pamphlet on bus fares goes to {n} thousand homes in {a} before the autumn.",
    "The panel has interviewed {n} hopefuls, and {p} praised the field in {b}.",
    "{p} wants the boiler at head office replaced before another winter.",
    "Nobody could say who had signed the lease in {a}, which runs for {n} years more.",
    "On housing I quoted a tenant from {b} who has moved {n} times.",
    "The membership system lost {n} direct debits, and {p} apologised without being asked.",
    "Officers will visit {a}, {b} and any other place with fewer than {n} members.",
    "There was a long exchange on rule changes, which {p} summed up kindly.",
    "The women’s network met in {a} with {n} present, and asks for a budget of its own.",
    "{p} reported on the by-election in {b}, where we were {n} votes short.",
    "I voted against the timetable, as did {p}, because {n} days is no consultation.",
    "Stewards at {a} will be trained by {p}, at a cost of {n} pounds a head.",
    "The youth section asked for coaches from {b}, and {n} seats were found.",
    "Trade union colleagues spoke about pay at the depot in {a}, with {p} in the chair.",
    "The complaints backlog stands at {n}, and the oldest of them is from {b}.",
    "Our councillors in {a} froze their allowances, saving {n} thousand pounds.",
    "{p} described the flooding in {b} and thanked the {n} members who filled sandbags.",
    "A survey of candidates in {a} found that {n} in a hundred had never been telephoned.",
)


class Told(NamedTuple):
    """What a reader should find in a post: kind and day of the meeting, author, day of posting in Britain."""

    title: str
    kind: str
    start: str
    published: str
    author: str
    comments: int = 0


def body(number: int, day: str = "", headings: int = 3) -> str:
    """Invent a report: an opening with the day where it is told, and some headed parts."""
    draw = random.Random(number)
    opening = f"The NEC met on {day}. " if day else ""
    lines = [f"<p>{opening}{_said(draw, 2)}</p>"]
    for heading in draw.sample(HEADINGS, headings):
        lines += [f"<h3>{heading}</h3>", f"<p>{_said(draw, 4)}</p>", f"<p>{_said(draw, 3)}</p>"]
    return "\n".join(lines)


def _said(draw: random.Random, n: int) -> str:
    return " ".join(
        s.format(p=draw.choice(PEOPLE), a=draw.choice(PLACES), b=draw.choice(PLACES), n=draw.randint(11, 89))
        for s in draw.sample(SENTENCES, n)
    )


def comment(name: str, text: str, when: str, approved: str = "1", kind: str = "comment") -> dict[str, str]:
    """Write a reader's comment; approved is 1, 0 (held back) or spam."""
    return {"comment_author": name, "comment_author_email": "reader@committee.example", "comment_content": text,
            "comment_date": when, "comment_date_gmt": when, "comment_approved": approved, "comment_type": kind}  # fmt: skip


Post = dict[str, Any]


def post(
    number: int, title: str, kind: str, met: str, when: str, content: str = "", author: str = OWNER, **other: Any
) -> tuple[Post, Told]:
    """Write a post as WordPress is given it (`when` in British time), and what should be read from it."""
    login = "prudence" if author == OWNER else "sian"
    given: Post = {
        "post_title": title, "post_content": content or body(number), "post_name": f"post-{number}", "author": login,
        "post_status": "publish", "post_date": when, "categories": ["NEC"], "tags": [], "sticky": False,
        "comments": [], "comment_status": "open", **other,
    }  # fmt: skip
    seen = sum(c["comment_approved"] == "1" and c["comment_type"] == "comment" for c in given["comments"])
    return given, Told(title, kind, met, when[:10], author, seen)


def in_blocks(content: str) -> str:
    """Write a body as the block editor stores it."""
    marked = []
    for line in content.split("\n"):
        kind = "heading" if line.startswith("<h3") else "paragraph"
        level = ' {"level":3}' if kind == "heading" else ""
        marked.append(f"<!-- wp:{kind}{level} -->\n{line}\n<!-- /wp:{kind} -->")
    return "\n\n".join(marked)


PICTURE = (
    '[caption id="attachment_9" align="alignright" width="300"]'
    '<img class="size-medium" src="/wp-includes/images/media/default.png" alt="A door with a brass plate" width="300" '
    'height="200" /> The door of the committee room, 9 May 2014[/caption]'
)
TALK = [
    comment("Wilfred Ashdown", "Thank you for this. The meeting on 3 March 2015 was no better.", "2017-03-31 08:14:00"),
    comment(
        "Noor Pettigrew", "Second page of my questions follows.\n\nWho pays for the coaches?", "2017-03-31 21:02:00"
    ),
    comment("Zoë Ó Briain", "Diolch — most helpful. 👍", "2017-04-02 10:00:00"),
    comment("cheap-watches", "Buy a watch", "2017-04-03 10:00:00", approved="spam"),
    comment("Held Back", "Not let through yet", "2017-04-04 10:00:00", approved="0"),
    comment("Another blog", "[…] as reported here […]", "2017-04-05 10:00:00", kind="pingback"),
]
MORE = "<!--more-->"


def _with(number: int, mark: str) -> str:
    """Put a mark behind the first paragraph of a body."""
    first, _, rest = body(number).partition("\n")
    return f"{first}\n{mark}\n{rest}"


FULL = "full_meeting"
SHOWN: list[tuple[Post, Told]] = [
    post(1, "NEC report – 26 January 2016", FULL, "2016-01-26", "2016-01-28 09:30:00"),
    post(2, "NEC Report: 22 March 2016", FULL, "2016-03-22", "2016-03-24 19:00:00", _with(2, MORE)),
    post(3, "NEC meeting, 24 May 2016 – report", FULL, "2016-05-24", "2016-05-26 12:00:00"),
    post(4, "Report from the NEC, 12 July 2016", FULL, "2016-07-12", "2016-07-14 22:15:00"),
    post(5, "NEC report, 20 September 2016", FULL, "2016-09-20", "2016-09-22 07:45:00", _with(5, "<!--more Read on-->")),
    post(6, "NEC report: November", FULL, "2016-11-22", "2016-11-24 10:00:00", body(6, "Tuesday 22 November")),
    post(7, "NEC Report, 24 January 2017", FULL, "2017-01-24", "2017-01-26 10:00:00", _with(7, PICTURE)),
    post(8, "NEC away day report, 4 February 2017", "away_day", "2017-02-04", "2017-02-06 10:00:00"),
    post(9, "NEC report – 28 March 2017", FULL, "2017-03-28", "2017-03-30 10:00:00", comments=TALK),
    post(10, "Report of the Clause V meeting, 11 May 2017", "clause_v", "2017-05-11", "2017-05-12 10:00:00",
         body(10) + "\n<p>The NEC and the policy forum agreed the manifesto, and I report what may be told.</p>"),
    post(11, "NEC report – 18 July 2017", FULL, "2017-07-18", "2017-07-20 10:00:00", in_blocks(body(11))),
    post(12, "NEC report: 19 September 2017", FULL, "2017-09-19", "2017-09-21 10:00:00", tags=["conference", "rules"]),
    post(13, "NEC Organisation Committee report, 16 November 2017", "sub_committee", "2017-11-16", "2017-11-23 10:00:00",
         author=SECOND, categories=["NEC", "Committees"]),
    post(14, "NEC report, 21 November 2017", FULL, "2017-11-21", "2017-11-24 10:00:00"),
    post(15, "My report of the NEC on 21 November 2017", FULL, "2017-11-21", "2017-11-25 10:00:00", author=SECOND),
    post(16, "NEC report, 16 January 2018", FULL, "2018-01-16", "2018-01-18 10:00:00"),
    post(17, "NEC report: 20 March 2018 – “naïveté”, façades & Ynys Môn", FULL, "2018-03-20", "2018-03-22 10:00:00",
         author=SECOND),
    post(18, "NEC report: 22 May 2018", FULL, "2018-05-22", "2018-05-24 10:00:00", sticky=True),
    post(19, "Why every branch should read its NEC report", "not_a_report", "", "2018-06-10 10:00:00",
         "<p>An NEC report is only of use if somebody reads it out. Print one, pass it round, and ask your branch what "
         "it would like to know.</p>\n<p>I am always glad of an invitation to come and speak.</p>"),
    post(20, "NEC report – 17 July 2018", FULL, "2018-07-17", "2018-07-19 10:00:00", in_blocks(body(20))),
    post(21, "NEC report: 18 September 2018 🌹", FULL, "2018-09-18", "2018-09-20 10:00:00"),
    post(22, "NEC report: 20 November 2018", FULL, "2018-11-20", "2018-11-22 10:00:00", author=SECOND),
    post(23, "NEC report, 22 January 2019", FULL, "2019-01-22", "2019-01-24 10:00:00",
         post_excerpt="A short one this time."),
    post(24, "NEC report, 26 March 2019", FULL, "2019-03-26", "2019-03-28 10:00:00",
         body(24) + '\n<ul><li>The next meeting is on 21 May 2019.</li><li>Leaflets by 2 May 2019.</li></ul>'),
    post(25, "NEC report: 21 May 2019", FULL, "2019-05-21", "2019-05-24 00:30:00"),  # 23 May by universal time
    post(26, "NEC report: 23 July 2019", FULL, "2019-07-23", "2019-07-25 10:00:00", author=SECOND),
]  # fmt: skip
OTHER: list[tuple[Post, Told]] = [
    post(30, "Beans and brassicas", "not_a_report", "", "2018-08-01 10:00:00", "<p>The slugs have had the lot.</p>",
         categories=["Allotment"]),
    post(31, "Where these reports come from", "not_a_report", "", "2016-01-01 10:00:00",
         "<p>Each NEC report here is a personal account.</p>", post_type="page", categories=[]),
]  # fmt: skip
HIDDEN: list[Post] = [
    post(40, "NEC report: draft of 17 September 2019", FULL, "", "2019-09-18 10:00:00", post_status="draft")[0],
    post(41, "NEC report: private notes, 17 September 2019", FULL, "", "2019-09-19 10:00:00", post_status="private")[0],
    post(42, "NEC report for our branch, 17 September 2019", FULL, "", "2019-09-20 10:00:00", post_password="turnip")[0],
    post(43, "NEC report: 19 November 2099", FULL, "", "2099-11-20 10:00:00", post_status="future")[0],
    post(44, "NEC report: waiting, 17 September 2019", FULL, "", "2019-09-21 10:00:00", post_status="pending")[0],
]  # fmt: skip


def path(given: Post) -> str:
    """Give the path of a post's own page."""
    year, month = given["post_date"][:7].split("-")
    return f"/{given['post_name']}/" if given.get("post_type") == "page" else f"/{year}/{month}/{given['post_name']}/"


def wanted() -> dict[str, Any]:
    """Give everything that setup.php is to put into the blog."""
    given = [p for p, _ in SHOWN + OTHER] + HIDDEN
    return {"site": SITE, "authors": {"prudence": OWNER, "sian": SECOND}, "posts": given}
