"""Pages written for the tests, a layout each, with the traps that real ones hold; the committee is invented."""

from __future__ import annotations

from pathlib import Path

from necdata.formats import pages
from necdata.reading import posts
from necdata.reading.page import Page
from necdata.reading.posts import Reading

ARCHIVE = """Tag Archives: Allotments

Labour NEC Report – 21 November 2017

The NEC met in a chilly hall above the seed library and Priya Nandakumar took the chair for the first time.

Leader’s Report

Tobias Wren reported on a week of visits to plots and paddocks, and answered nine questions about water butts and frost.

Conference Continue reading

Labour NEC Report – 19 September

img_2041

The NEC agreed a budget for hedges, and Delyth Parry asked why nobody had counted the spades. Continue reading

NEC Away-day Report – July 2017

scarecrow-and-friends.jpg

Delegates beside the compost heap

What the marrow growers told us

The away day looked at the year ahead, and the NEC heard from three growers who had never met a committee before.

Continue reading

Labour NEC Report – March 2017

marrow showThe NEC met for five hours and discussed paths, sheds and the price of twine with some heat on every side.

General Secretary Report

Oonagh Brady noted that the plots were full, that the waiting list had grown, and that the gate now shuts.

img_0077We were told that the bees had been moved twice and that nobody had been stung on either of these occasions.

Labour NEC Report – 24 January 2017

The NEC discussed ladders, and it was agreed that no member should climb one without somebody to hold it steady.

Any other business

• The kettle will be mended

• The minutes will be numbered

Continue reading

« Older posts

Proudly powered by WordPress
"""

BLOGSPOT = """Spade and Barrow: notes by Hester Lomax on plots, politics and the Labour Party

Wednesday, November 14, 2018

NEC Report – 13 November 2018

 The NEC met on Tuesday and began with the accounts, which Rafe Okonkwo presented in verse and nobody objected.


The targets for the spring are:

·         A hundred new plots by the end of April

·         One water butt for every four plots of the upper field, paid for by

the county and not by the growers themselves

·         Fewer slugs


The county show will be held in the lower field from Saturday 14 to Sunday 15

September 2019, with the entries closing a week before and the judges named by the summer meeting of the NEC.


I asked who counts the marrows, and was told that nobody had done so since the year of the great hailstorm.


Posted by Hester Lomax at 10:47 am

3 comments:

Anonymous Old Digger said...

Twelve is not a hundred, whatever the treasurer may think of it.

9:39 pm, November 14, 2018

Blogger Wilf Tansy said...

Who pays for the slugs?

And who, once they have been paid for, is to eat every one of them?

8:52 am, November 15, 2018

Anonymous Una Bright said...

Thank you for this.

1:15 pm, December 04, 2018


Post a Comment

<< Home

Free Hit Counters
"""

LABOURLIST = """Report of NEC meeting – 12th June 2012

June 13, 2012 1:49 pm


Share this Article

The NEC met in a barn this month, since the hall was let to a brass band, and Cordelia Marsh took the chair.

Leader’s Report;

Tobias Wren thanked the growers and was asked about hosepipes, the price of seed and the future of the county show.

  • The plots in the north are full and those in the south are under water until at least July
  • The waiting list has been printed, bound and lost, in that order, according to the report we heard
  • Marrows did well

Other issues;

  • A report on the sheds was received, and the treasurer was congratulated on having counted every one of them

This is a personal account of the meeting and not the official record, so do pass it on to other growers.

Keeping in touch…

Questions are welcome at any time and I answer all of them in the end, though seldom before the first frost.

  • Barnaby Tull

    Good to hear about the sheds, though I counted more of them than the treasurer did when I walked round.


  • Mulcher

    When will the waiting list be found?

    P.S. I have sent my form and kept a copy of it this time.

    • tessa green

      Oddly the list is on the wall of the library, where nobody has thought of looking for it since May.

      • Mulcher


        Naturally.

      • Old Digger

  • Ned Fenn

    A good report but not a long one.


  • News Scarecrow resigns over the theft of a hat

    Scarecrow resigns over the theft of a hat

    The scarecrow of the upper field has stepped down after a summer of questions about a hat that was not his.

    Read more →
  • Comment We must dig the lower field while we still can

    We must dig the lower field while we still can

    In the holidays some of us dug and some of us watched, and the field is no nearer to being ready than before.

    Read more →
"""

REPORT = """Labour NEC Report – 3 July 2018

The NEC met in the long shed and agreed that the rota should be read aloud at every meeting from now on.

Leader’s Report

Tobias Wren reported on the drought, and it was noted that the wells had been measured and found to be low.
"""


def save(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a page into a folder and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def page(text: str, name: str = "page.txt") -> Page:
    """Make a page of a text without a file."""
    return Page("0badcafe", name, "0badcafe" * 8, "text", len(text), tuple(pages.number(text)))


def read(text: str) -> Reading:
    """Read a page's posts from its text."""
    return posts.read(page(text))
