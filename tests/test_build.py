"""The build from end to end: a folder of pages becomes a folder of tables, whatever else lies in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, save

import necdata
from necdata import catalogue
from necdata.pipeline import Built, leaves, rows, tabulate
from necdata.reading.page import PageError
from necdata.reading.posts import Reading
from necdata.storage import invariants, store
from necdata.storage.store import InvariantError, StoreError
from necdata.storage.tables import TABLES

OTHERS = {"text.csv", "datapackage.json", "manifest.json"}
PAGES = {"archive.txt": ARCHIVE, "blogspot.txt": BLOGSPOT, "labourlist.txt": LABOURLIST}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with a page of each layout."""
    for name, text in PAGES.items():
        save(tmp_path / "raw", name, text)
    return tmp_path / "raw"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tables of a page of each layout."""
    raw = tmp_path_factory.mktemp("raw")
    for name, text in PAGES.items():
        save(raw, name, text)
    return tabulate(raw)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file of a folder."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_the_function_is_the_command(raw: Path, tmp_path: Path):
    """`necdata.build` writes every table, returns them, and can be called again."""
    first = necdata.build(str(raw), str(tmp_path / "one"))
    second = necdata.build(raw, tmp_path / "two")
    assert {p.name for p in (tmp_path / "one").iterdir()} == {f"{n}.csv" for n in TABLES} | OTHERS
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert first.skipped == second.skipped == [] and set(first.frames) == set(TABLES)


def test_the_order_and_names_of_folders_change_nothing(raw: Path, tmp_path: Path):
    """Elsewhere, saved in another order, with other times: the same bytes."""
    other = tmp_path / "elsewhere"
    for name in sorted(PAGES, reverse=True):
        os.utime(save(other, name, PAGES[name]), (1, 1))
    necdata.build(raw, tmp_path / "one")
    necdata.build(other, tmp_path / "two")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_pages_and_posts_are_as_printed(built: Built):
    """Three pages, seven posts, seven meetings; every character in one of three accounts."""
    pages, posts = built.frames["pages"], built.frames["posts"]
    assert pages["layout"].tolist() == ["archive", "blogspot", "labourlist"] and pages["n_posts"].tolist() == [5, 1, 1]
    assert pages["n_characters"].tolist() == [len(t) for t in PAGES.values()]
    parts = pages[["n_post_characters", "n_comment_characters", "n_boilerplate_characters"]].sum(axis=1)
    assert parts.equals(pages["n_characters"])
    assert len(posts) == 7 and posts["is_partial"].sum() == 4
    assert built.frames["meetings"]["meeting_id"].tolist() == [
        "2012-06-12", "2017-01-24", "2017-03", "2017-07-away_day", "2017-09-19", "2017-11-21", "2018-11-13",
    ]  # fmt: skip


def test_leaders_and_elections_are_joined(built: Built):
    """Who led on the day, the next general election, and the days to it from the middle of the span."""
    meetings = built.frames["meetings"].set_index("meeting_id")
    assert meetings["leader"].unique().tolist() == ["Ed Miliband", "Jeremy Corbyn"]
    assert (
        meetings.loc["2012-06-12", "days_to_election"] == (pd.Timestamp("2015-05-07") - pd.Timestamp("2012-06-12")).days
    )
    assert meetings.loc["2017-03", "next_election"] == pd.Timestamp("2017-06-08")
    assert meetings.loc["2017-03", "days_to_election"] == (pd.Timestamp("2017-06-08") - pd.Timestamp("2017-03-16")).days


def test_headings_keep_their_words_and_get_their_standard_name(built: Built):
    """As printed beside the canonical name."""
    sections = built.frames["sections"]
    named = sections[sections["standard_heading"].eq("Leader's report")]["heading"].tolist()
    assert named == ["Leader’s Report", "Leader’s Report;"]


def test_every_figure_can_be_walked_back(built: Built, tmp_path: Path):
    """A passage's page and line hold its first words."""
    passages = built.frames["passages"].merge(built.text, on="passage_id").merge(built.frames["pages"], on="page_id")
    assert len(passages) == len(built.text) > 20
    for row in passages.itertuples():
        line = PAGES[row.file].splitlines()[row.line - 1]
        assert " ".join(row.text.split()[:3]) in " ".join(line.split()), (row.file, row.line)


def test_copies_on_several_pages_are_one_post(raw: Path, tmp_path: Path):
    """The whole post kept, the pages of its copies named, its teaser's page after it."""
    body = " ".join(
        f"{a} {b} were counted in the {c} shed."
        for a, b, c in zip(
            "One Two Six Ten Few All".split(),
            "rakes hoes forks spades barrows ladders".split(),
            "long short upper lower old new".split(),
            strict=True,
        )
    )
    save(raw, "whole.txt", f"NEC report, 3 July 2018\n\nThe NEC met and agreed to count its tools. {body}\n")
    save(
        raw,
        "teaser.txt",
        f"NEC report, 3 July 2018\n\nThe NEC met and agreed to count its tools. {body[:150]} Continue reading\n",
    )
    frames = tabulate(raw).frames
    ids = frames["pages"].set_index("file")["page_id"]
    copy = frames["posts"][frames["posts"]["title"].eq("NEC report, 3 July 2018")]
    assert copy["page_ids"].tolist() == [f"{ids['whole.txt']};{ids['teaser.txt']}"] and not copy["is_partial"].any()


def test_who_says_what_is_kept(raw: Path):
    """Author, address and day, each with its source: the page, the catalogue, the user."""
    digest = tabulate(raw).frames["pages"].set_index("file")["sha256"]
    entry = catalogue.entry(digest["labourlist.txt"], "labourlist.txt", "https://plots.example/1", "Cordelia Marsh")
    save(raw, "sources.toml", entry)
    frames = tabulate(raw).frames
    told = frames["provenance"].merge(frames["posts"][["post_id", "page_ids"]], on="post_id")
    said = {(r.field, r.value, str(r.source)) for r in told.itertuples() if r.page_ids == digest["labourlist.txt"][:8]}
    assert said == {
        ("author", "Cordelia Marsh", "user"), ("published", "2012-06-13", "page"),
        ("site", "plots.example", "user"), ("url", "https://plots.example/1", "user"),
    }  # fmt: skip
    by_page = {(r.value, str(r.source)) for r in told.itertuples() if r.page_ids == digest["blogspot.txt"][:8]}
    assert ("Hester Lomax", "page") in by_page
    assert frames["posts"].set_index("page_ids").loc[digest["archive.txt"][:8], "author"].eq("").all()


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (b"\x00\x01\x02\x03NEC" * 99, "binary"),
    "report.pdf": (b"%PDF-1.7\n", "is a PDF"),
    "report.docx": (b"PK\x03\x04" + b"\x00" * 40, "is a zip"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "is a picture"),
    "furniture.txt": ("« Older posts\n\nProudly powered by WordPress\n".encode(), "has no post in it"),
    "invisible.txt": ("\u200b\u200b\n".encode(), "has no post in it"),
    "twin.txt": (ARCHIVE.encode(), "is the same, byte for byte, as archive.txt"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_skipped_in_one_line_and_the_rest_is_built(raw: Path, tmp_path: Path, built: Built, name: str):
    """The line begins with the file; the tables are those of the good pages."""
    data, problem = BAD[name]
    save(raw, name, data)
    found = necdata.build(raw, tmp_path / "out")
    (line,) = found.skipped
    assert line.startswith(f"{name}: ") and problem in line and ";" in line and "\n" not in line
    assert found.frames["meetings"].equals(built.frames["meetings"])
    assert not list(tmp_path.glob(".*"))


def test_large_linked_and_nested_files_are_told_apart(raw: Path, tmp_path: Path):
    """50 MB and a link to nowhere are skipped; a folder is looked into."""
    with (raw / "huge.txt").open("wb") as handle:
        handle.truncate(50_000_000)
    (raw / "gone.txt").symlink_to(tmp_path / "nowhere")
    save(raw / "2018", "report.txt", REPORT)
    found = tabulate(raw)
    assert [line.split(":")[0] for line in found.skipped] == ["gone.txt", "huge.txt"]
    assert "2018/report.txt" in found.frames["pages"]["file"].tolist()


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_an_unreadable_file_is_skipped(raw: Path):
    """One page without permission does not stop the others."""
    save(raw, "shut.txt", REPORT).chmod(0)
    assert "shut.txt: cannot be read (Permission denied)" in tabulate(raw).skipped[0]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_pages_in_other_encodings_are_read(tmp_path: Path, encoding: str):
    """The same post comes out of each, and what is not UTF-8 is noted with its file."""
    text = (
        REPORT.replace("’", "'")
        .replace("–", "-")
        .replace("wells", "wells of Zoë’s field" if encoding == "cp1252" else "wells of Zoë")
    )
    save(tmp_path / "raw", "odd.txt", text.encode(encoding))
    found = tabulate(tmp_path / "raw")
    assert found.frames["meetings"]["meeting_id"].tolist() == ["2018-07-03"]
    assert found.text["text"].str.contains("Zoë").any()
    assert [n.split(":")[0] for n in found.notes] == ([] if encoding.startswith("utf-8") else ["odd.txt"])


def test_a_file_name_that_is_not_text_stops_nobody(raw: Path, tmp_path: Path):
    """A name from another system's character set is read or said; the rest is built, and can be read again."""
    save(raw, os.fsdecode(b"caf\xe9.txt"), REPORT)
    skipped = necdata.build(raw, tmp_path / "out").skipped
    assert len(necdata.load(tmp_path / "out").pages) + len(skipped) == 4


def test_no_page_at_all_is_an_error_with_the_remedy(tmp_path: Path):
    """An empty folder, and one with nothing but a bad file, build nothing and say why."""
    with pytest.raises(PageError, match=r"nowhere: is not a folder"):
        necdata.build(tmp_path / "nowhere", tmp_path / "out")
    (tmp_path / "raw").mkdir()
    with pytest.raises(PageError, match=r"raw: holds no page that can be read; add pages with `necdata add FILE...`"):
        necdata.build(tmp_path / "raw", tmp_path / "out")
    save(tmp_path / "raw", "empty.txt", b"")
    with pytest.raises(PageError, match=r"can be read; empty.txt: is empty; .*; add pages"):
        necdata.build(tmp_path / "raw", tmp_path / "out")
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".*"))


def test_pages_without_a_report_build_empty_tables(tmp_path: Path):
    """A page that is read but reports no meeting: posts, no meetings, and tables that can be read."""
    save(
        tmp_path / "raw",
        "marrows.txt",
        "How to grow marrows\n\nMarrows want sun, patience and a good deal of water, in that order.\n",
    )
    necdata.build(tmp_path / "raw", tmp_path / "out")
    corpus = necdata.load(tmp_path / "out")
    assert (len(corpus.posts), len(corpus.meetings), len(corpus.topics), len(corpus.terms)) == (1, 0, 0, 0)


def change(frames: dict[str, pd.DataFrame], table: str, column: str, value: object) -> dict[str, pd.DataFrame]:
    """Set a column's first cell in a copy of the tables."""
    frame = frames[table].copy()
    if isinstance(frame[column].dtype, pd.CategoricalDtype):
        frame[column] = frame[column].astype("str")
    frame.loc[0, column] = value
    return {**frames, table: frame}


FAULTS: list[tuple[str, str, object, str]] = [
    ("pages", "n_characters", 1, "posts, comments and boilerplate do not add up .*archive.txt"),
    ("pages", "page_id", "", "page_id is empty .*archive.txt"),
    ("posts", "n_words", 9, "n_words is not that of its passages .archive.txt, line 3."),
    ("posts", "kind", "picnic", "kind is none of full_meeting"),
    ("posts", "meeting_id", "2001-01-01", "meeting_id is not in meetings.meeting_id .archive.txt, line 3."),
    ("passages", "line", 0, "line is below 1"),
    ("passages", "section_id", "nowhere", "section_id is not in sections.section_id .archive.txt, line 5."),
    ("meetings", "end", pd.Timestamp("2001-01-01"), "start is after end"),
    ("meetings", "start", pd.NaT, "start and end must both be known"),
    ("meetings", "n_passages", 99, "n_passages is not that of its posts"),
    ("meetings", "precision", "unknown", "precision and dates disagree"),
    ("topics", "share_of_passages", 1.5, "share_of_passages is above 1"),
    ("topics", "topic", "", "topic is empty"),
    ("terms", "n", 0, "n is below 1"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "value", "problem"), FAULTS, ids=lambda v: str(v)[:20])
def test_a_broken_invariant_stops_the_build_with_the_place(
    built: Built, table: str, column: str, value: object, problem: str
):
    """Limits, keys, joins, sums and spans: one cell wrong is found, and said with table, row, file and line."""
    invariants.check(built.frames)
    with pytest.raises(InvariantError, match=f"^{table}: .*{problem}"):
        invariants.check(change(built.frames, table, column, value))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tables of an archive and of another page with the same posts."""
    raw = tmp_path_factory.mktemp("raw")
    save(raw, "archive.txt", ARCHIVE)
    save(raw, "again.txt", ARCHIVE.replace("Allotments", "Ladders"))
    return tabulate(raw)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_twice_is_found_in_every_table(built: Built, copied: Built, table: str):
    """Keys are unique."""
    frames = copied.frames if table == "copies" else built.frames
    twice = pd.concat([frames[table], frames[table].head(1)], ignore_index=True)
    assert len(twice) > 1
    with pytest.raises(InvariantError, match=f"^{table}: .* is not unique"):
        invariants.check({**frames, table: twice})


def test_other_columns_than_the_contracts_are_found(built: Built):
    """A column renamed stops the build."""
    frames = {**built.frames, "terms": built.frames["terms"].rename(columns={"n": "count"})}
    with pytest.raises(InvariantError, match="terms: columns are"):
        invariants.check(frames)


def sabotage_invariants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the check of the tables fail."""

    def stop(frames: object) -> None:
        raise InvariantError("posts: 0badcafe-01: line is below 1 (archive.txt, line 3)")

    monkeypatch.setattr(invariants, "check", stop)


def sabotage_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the writing of the description fail, after the tables."""

    def stop(codebooks: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "package", stop)


def sabotage_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C while the tables are written."""

    def stop(codebooks: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "package", stop)


@pytest.mark.parametrize("sabotage", [sabotage_invariants, sabotage_disk, sabotage_user])
def test_a_failed_build_leaves_the_old_tables(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sabotage: Callable[[pytest.MonkeyPatch], None]
):
    """A violation, a full disk, Ctrl-C: processed/ is as it was, byte for byte, and nothing lies beside it."""
    out = tmp_path / "out"
    necdata.build(raw, out)
    before = bytes_of(out)
    save(raw, "report.txt", REPORT)
    sabotage(monkeypatch)
    with pytest.raises((ValueError, KeyboardInterrupt)):
        necdata.build(raw, out)
    assert bytes_of(out) == before
    assert {p.name for p in tmp_path.iterdir()} == {"raw", "out"}


def test_a_folder_of_other_files_is_no_place_for_tables(raw: Path):
    """--out that names the pages' own folder is refused with the remedy, and the pages are as they were."""
    before = bytes_of(raw)
    with pytest.raises(
        StoreError, match="raw: holds other files and no tables; name a new or an empty folder with --out"
    ):
        necdata.build(raw, raw)
    assert bytes_of(raw) == before


def test_words_are_stemmed_and_function_words_left_out():
    """Snowball's stems; "the", numbers and possessives count nothing; the table is in order, a row a stem."""
    found = leaves.stem_counts("The growers’ marrows and the grower’s 44 marrow: by-elections")
    assert found == {"by-elect": 1, "grower": 2, "marrow": 2}
    table = rows.terms({"a": found, "b": {}})
    assert table["term"].tolist() == ["by-elect", "grower", "marrow"] and table["n"].tolist() == [1, 2, 2]
    assert set(table["meeting_id"]) == {"a"}


def test_a_text_page_that_lost_characters_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is left over of a page of plain text is a loss, and never counted as mark-up."""
    save(tmp_path / "raw", "report.txt", REPORT)
    whole = Reading.accounts
    monkeypatch.setattr(Reading, "accounts", lambda self: whole(self) - Counter(post=7))
    with pytest.raises(InvariantError, match=r"report.txt: its accounts hold [\d,]+ of [\d,]+ characters"):
        necdata.build(tmp_path / "raw", tmp_path / "processed")
