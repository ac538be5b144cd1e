"""The five real documents: what is in them was counted by hand, and every figure leads back to its line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import necdata
from necdata import pipeline
from necdata.formats import pages
from necdata.pipeline import Built
from necdata.reading import kinds, lines, posts
from necdata.storage import store
from necdata.storage.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent

MEETINGS = """
2012-05-29                               full_meeting     day
2016-09-20-conference                    conference       day
2016-11                                  full_meeting     month
2017-03-21                               full_meeting     day
2017-04-special_meeting                  special_meeting  month
2017-05-11-clause_v                      clause_v         day
2017-07                                  full_meeting     month
2017-07-sub_committee                    sub_committee    month
2019-01                                  full_meeting     month
2019-03                                  full_meeting     month
2019-09-17                               full_meeting     day
2020-01-away_day                         away_day         month
2020-01-14-sub_committee                 sub_committee    day
2020-07-21                               full_meeting     day
2020-07-21-to-2020-09-29-special_meeting special_meeting  between
2020-09-29                               full_meeting     day
2020-11-24-away_day                      away_day         day
2021-01-14-sub_committee                 sub_committee    day
2021-01-21-sub_committee                 sub_committee    day
2021-03-04-sub_committee                 sub_committee    range
2021-05-25                               full_meeting     day
2023-11-28-away_day                      away_day         day
"""

NOT_REPORTS = ("How Labour’s NPF works", "Oppose the cuts", "What is Labour’s Clause V meeting", "Why I am standing")


@pytest.fixture(scope="module")
def out(real_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables built from the real documents, in a folder of their own."""
    folder = tmp_path_factory.mktemp("real") / "processed"
    assert necdata.build(real_raw, folder).skipped == []
    return folder


@pytest.fixture(scope="module")
def built(real_raw: Path) -> Built:
    """The tables of the real documents and their text."""
    return pipeline.tabulate(real_raw)


def test_five_pages_hold_28_posts_as_printed(built: Built):
    """Layouts and numbers of posts, page by page."""
    found = built.frames["pages"]
    assert found["layout"].tolist() == ["archive", "archive", "blogspot", "labourlist", "archive"]
    assert found["n_posts"].tolist() == [10, 10, 1, 1, 6] and len(found) == 5


def test_26_posts_are_distinct(built: Built):
    """Two posts stand on two pages each; both pages are named."""
    found = built.frames["posts"]
    assert len(found) == 26
    twice = found[found["page_ids"].str.contains(";")]
    assert sorted(twice["title"]) == [
        "Labour NEC Report – July 2017",
        "NEC Report: Special meeting on 2019 election defeat and lessons for the future",
    ]


def test_22_posts_report_a_meeting_and_four_do_not(built: Built):
    """The explainers, the candidate's statement and the letter report none."""
    found = built.frames["posts"]
    none = found[found["kind"].eq("not_a_report")]
    assert len(none) == 4 and all(map(str.startswith, sorted(none["title"]), NOT_REPORTS))
    assert none["meeting_id"].eq("").all()
    assert found[found["kind"].ne("not_a_report")]["meeting_id"].ne("").sum() == 22


def test_22_meetings_with_kind_and_precision(built: Built):
    """Each meeting by its date, kind and how exactly the date is known."""
    found = built.frames["meetings"]
    told = list(zip(found["meeting_id"], found["kind"].astype("str"), found["precision"].astype("str"), strict=True))
    assert told == [tuple(line.split()) for line in MEETINGS.strip().splitlines()]


def test_meetings_by_leader(built: Built):
    """1 under Ed Miliband, 12 under Jeremy Corbyn, 9 under Keir Starmer."""
    counts = built.frames["meetings"]["leader"].value_counts().to_dict()
    assert counts == {"Ed Miliband": 1, "Jeremy Corbyn": 12, "Keir Starmer": 9}


def test_what_was_inferred_is_said(built: Built):
    """The year supplied, the year overruled and the span between neighbours each name their evidence."""
    evidence = built.frames["meetings"].set_index("meeting_id")["evidence"]
    assert "year from page order" in evidence["2019-09-17"] and "year from page order" in evidence["2021-05-25"]
    assert "2020 overruled" in evidence["2021-03-04-sub_committee"]
    assert "between 2020-07-21 and 2020-09-29" in evidence["2020-07-21-to-2020-09-29-special_meeting"]
    assert evidence.ne("").all()


def test_authors_are_known(built: Built):
    """Three reporters; one is named by no page, so by the catalogue."""
    authors = built.frames["posts"]["author"].value_counts().to_dict()
    assert authors == {"Alice Perry": 24, "Luke Akehurst": 1, "Johanna Baxter": 1}


def test_comments_are_counted(built: Built):
    """Three under the blog post, eight under the article (two of them empty or one word)."""
    found = built.frames["posts"].set_index("title")["n_comments"]
    assert found[found > 0].to_dict() == {
        "NEC Report – 28 November 2023": 3, "Report of NEC meeting – 29th May 2012": 8,
    }  # fmt: skip


def test_cut_off_posts_are_partial(built: Built):
    """The long posts of two sites and the three whole ones of the archive are complete."""
    found = built.frames["posts"]
    whole = found[~found["is_partial"] & found["kind"].ne("not_a_report")]
    assert set(whole["meeting_id"]) == {"2012-05-29", "2019-01", "2019-03", "2019-09-17", "2023-11-28-away_day"}


def test_every_character_is_accounted_for(real_raw: Path, built: Built):
    """Posts, comments and boilerplate add up to each file, nothing is unrecognised."""
    for row in built.frames["pages"].itertuples():
        text = (real_raw / row.file).read_text("utf-8")
        parts = row.n_post_characters + row.n_comment_characters + row.n_boilerplate_characters
        assert parts == row.n_characters == len(text)
        reading = posts.read(pages.read(real_raw / row.file))
        assert "unrecognised" not in reading.boilerplate()


def test_every_passage_leads_back_to_its_line(real_raw: Path, built: Built):
    """The line of the raw file that a passage names holds the passage's first words."""
    told = built.frames["passages"].merge(built.text, on="passage_id").merge(built.frames["pages"], on="page_id")
    raw = {file: pages.number((real_raw / file).read_text("utf-8")) for file in told["file"].unique()}
    assert len(told) > 200
    for row in told.itertuples():
        printed = lines.clean(raw[row.file][row.line - 1].text)
        assert " ".join(row.text.split()[:4]) in printed, (row.passage_id, row.file, row.line)


def test_every_heading_leads_back_to_its_line(real_raw: Path, built: Built):
    """Sections and titles stand on the line that they name, as printed."""
    found = built.frames["posts"].assign(page_id=lambda f: f["page_ids"].str.split(";").str[0])
    found = found.merge(built.frames["pages"][["page_id", "file"]], on="page_id")
    headed = built.frames["sections"].merge(found[["post_id", "file"]], on="post_id")
    printed = pd.concat([
        found[["file", "line", "title"]].rename(columns={"title": "heading"}),
        headed.loc[headed["heading"].ne(""), ["file", "line", "heading"]],
    ])  # fmt: skip
    raw = {file: pages.number((real_raw / file).read_text("utf-8")) for file in printed["file"].unique()}
    for row in printed.itertuples():
        assert row.heading in lines.clean(raw[row.file][row.line - 1].text), (row.file, row.line)


def test_copies_say_the_same_on_their_other_page(real_raw: Path, built: Built):
    """Where a passage stands again, the other page's line holds its first words too."""
    told = built.frames["copies"].merge(built.text, on="passage_id").merge(built.frames["pages"], on="page_id")
    assert len(told)
    for row in told.itertuples():
        line = pages.number((real_raw / row.file).read_text("utf-8"))[row.line - 1]
        assert " ".join(row.text.split()[:4]) in lines.clean(line.text), (row.passage_id, row.file, row.line)


def test_no_site_furniture_is_left_in_the_text(built: Built):
    """No cut-off mark, picture name or comment's time in any passage or heading."""
    odd = r"continue reading|\.jpe?g|img_\d|said\.\.\.|post a comment|share this article|read more →"
    said = built.text["text"]
    assert not said[said.str.contains(odd, case=False, regex=True)].size
    headings = built.frames["sections"]["heading"]
    assert not headings[headings.str.contains(odd, case=False, regex=True)].size


def test_standing_items_are_named_in_every_reporters_words(built: Built):
    """The Leader's report is found in several shapes, the printed heading kept beside it."""
    named = built.frames["sections"].set_index("heading")["standard_heading"]
    assert {"Leader's report", "International report", "Campaign Co-ordinator's report"} <= set(named)
    assert set(named[named.eq("Leader's report")].index) >= {"Leader’s report", "Leader’s Report"}


def test_a_rebuild_gives_the_same_bytes(real_raw: Path, out: Path, tmp_path: Path):
    """Built twice, byte for byte the same, the text included."""
    necdata.build(real_raw, tmp_path / "again")
    one, two = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in (out, tmp_path / "again"))
    assert one == two and set(one) >= {f"{name}.csv" for name in TABLES} | {"text.csv", "manifest.json"}


@pytest.mark.parametrize("name", [*(f"{n}.csv" for n in TABLES), "datapackage.json", "manifest.json"])
def test_the_committed_tables_are_those_of_a_fresh_build(out: Path, name: str):
    """processed/ as committed is what the code makes of the documents now."""
    assert (out / name).read_bytes() == (store.PROCESSED / name).read_bytes()


def test_reading_the_tables_back_gives_the_same_counts(out: Path):
    """What a notebook loads has the same meetings and topics as were built."""
    corpus = necdata.load(out)
    assert (len(corpus.pages), len(corpus.posts), len(corpus.meetings)) == (5, 26, 22)
    assert len(corpus.topics) == 22 * corpus.topics["topic"].nunique()
    assert corpus.text.index.equals(pd.Index(corpus.passages["passage_id"]))


def test_every_printed_post_has_a_kind_of_its_own_words(real_raw: Path):
    """Copies of a post are told alike on each page they stand on."""
    readings, _ = pipeline.read_all(real_raw)
    told: dict[str, set[str]] = {}
    for reading in readings:
        for post in reading.posts:
            told.setdefault(post.title, set()).add(kinds.kind(post)[0])
    assert len(told) == 26 and all(len(found) == 1 for found in told.values())
