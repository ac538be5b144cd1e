"""The shelf: what was read of a page is not read again, and never stands in for what is no longer so."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, REPORT, save

from necdata import catalogue, pipeline
from necdata.coding import codebook
from necdata.pipeline import leaves, shelf
from necdata.pipeline.leaves import Maker
from necdata.storage import manifest

PAGES = {"archive.txt": ARCHIVE, "blogspot.txt": BLOGSPOT, "labourlist.txt": LABOURLIST}
OWN = 'name = "Mine"\nversion = "1"\n[[topic]]\nkey = "a"\nname = "A"\ngroup = "party"\ndefinition = "d"\nterms = ["plots"]\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of three pages, built with a shelf."""
    for name, text in PAGES.items():
        save(tmp_path / "raw", name, text)
    build(tmp_path)
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    really = leaves.read

    def noted(path: Path, name: str) -> pipeline.gathering.Reading:
        names.append(name)
        return really(path, name)

    monkeypatch.setattr(leaves, "read", noted)
    return names


def build(place: Path, **options: object) -> pipeline.Built:
    """Build with a shelf, which few pages would not have."""
    return pipeline.build(place / "raw", place / "out", cache=True, **options)  # type: ignore[arg-type]


def tables(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every table."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def from_scratch(place: Path, **options: object) -> dict[str, bytes]:
    """Build the same pages without a shelf, elsewhere."""
    pipeline.build(place / "raw", place / "scratch", cache=False, **options)  # type: ignore[arg-type]
    return tables(place / "scratch")


def file(place: Path) -> Path:
    """The shelf's file."""
    return place / ".out-cache" / shelf.FILE


def test_nothing_is_read_twice(place: Path, read: list[str]):
    """The same pages: the same bytes, off the shelf."""
    before = tables(place / "out")
    build(place)
    assert read == [] and tables(place / "out") == before == from_scratch(place)


def test_a_new_page_is_read_and_nothing_else(place: Path, read: list[str]):
    """And the tables are those of a build from scratch, copies and meetings told anew."""
    save(place / "raw", "report.txt", REPORT)
    save(place / "raw", "again.txt", ARCHIVE.replace("Allotments", "Ladders"))  # copies of posts on the shelf
    build(place)
    assert sorted(read) == ["again.txt", "report.txt"]
    assert tables(place / "out") == from_scratch(place)


def test_a_changed_a_renamed_and_a_removed_page_are_noticed(place: Path, read: list[str]):
    """A change is read, a new name is not, and what is gone leaves tables and shelf."""
    save(place / "raw", "archive.txt", ARCHIVE.replace("chilly", "warm"))
    (place / "raw" / "blogspot.txt").rename(place / "raw" / "z.txt")
    (place / "raw" / "labourlist.txt").unlink()
    build(place)
    assert read == ["archive.txt"] and tables(place / "out") == from_scratch(place)
    held = {sha256 for (sha256,) in sqlite3.connect(file(place)).execute("SELECT sha256 FROM leaf")}
    assert held == {manifest.of_file(p) for p in (place / "raw").iterdir()}


def test_another_codebook_empties_the_shelf(place: Path, read: list[str]):
    """Codings are part of what is kept."""
    own = save(place, "own.toml", OWN)
    built = build(place, codes=own)
    assert len(read) == 3 and set(built.frames["codings"]["topic"]) == {"a"}
    assert tables(place / "out") == from_scratch(place, codes=own)


def test_other_code_empties_the_shelf(place: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A rule changed by a character is another rule."""
    books = [codebook.load(), codebook.load("election_kinds")]
    shutil.copytree(shelf.PACKAGE, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(shelf, "_code", shelf._code.__wrapped__)  # which is else looked up once a process
    build(place)
    read.clear()
    monkeypatch.setattr(shelf, "PACKAGE", tmp_path / "copy")
    before = shelf.digest(books)
    for module in ("reading/titles.py", "coding/engine/chunks.py", "catalogue.py"):
        with (tmp_path / "copy" / module).open("a", encoding="utf-8") as handle:
            handle.write("#")
        assert shelf.digest(books) != before
        before = shelf.digest(books)
    build(place)
    assert len(read) == 3


def test_leaders_elections_and_sources_are_not_kept(place: Path, read: list[str]):
    """They are joined when the tables are made, and a change of theirs shows without reading a page."""
    leaders = save(place, "leaders.csv", "leader,start,end\nUna Bright,1994-01-01,\n")
    entry = catalogue.entry(manifest.hashed(ARCHIVE.encode()), "archive.txt", "https://plots.example/1", "Una Bright")
    save(place / "raw", "sources.toml", entry)
    built = build(place, leaders=leaders)
    assert read == [] and set(built.frames["meetings"]["leader"]) == {"Una Bright"}
    assert "Una Bright" in set(built.frames["posts"]["author"])
    assert tables(place / "out") == from_scratch(place, leaders=leaders)


def _bytes_in_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = b"\x55" * 400
    path.write_bytes(data)


def _rows(change: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(change)

    return damage


DAMAGE: dict[str, Callable[[Path], object]] = {
    "bytes": _bytes_in_the_middle,
    "half": lambda p: p.write_bytes(p.read_bytes()[: p.stat().st_size // 2]),
    "empty": lambda p: p.write_bytes(b""),
    "no database": lambda p: p.write_text("a shelf"),
    "a folder": lambda p: (p.unlink(), p.mkdir()),
    "light of another page": _rows("UPDATE leaf SET light = (SELECT light FROM leaf ORDER BY sha256 LIMIT 1)"),
    "whole rows of another page": _rows(
        "UPDATE leaf SET (light, shingles, sum, bodies, body_sum) = "
        "(SELECT light, shingles, sum, bodies, body_sum FROM leaf ORDER BY sha256 LIMIT 1)"
    ),
    "bodies cut": _rows("UPDATE leaf SET bodies = substr(bodies, 1, 50)"),
    "bodies gone": _rows("UPDATE leaf SET bodies = NULL"),
    "shingles": _rows("UPDATE leaf SET shingles = zeroblob(length(shingles))"),
    "words": _rows("UPDATE leaf SET bodies = 'plots'"),
    "no table": _rows("DROP TABLE leaf"),
    "another table": _rows("ALTER TABLE leaf RENAME COLUMN light TO heavy"),
    "of nobody": _rows("UPDATE made_by SET digest = 'x'"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_shelf_costs_time_and_no_figure(place: Path, damage: str):
    """Whatever became of it, the tables are those of the pages, and the next build has a shelf again."""
    before = tables(place / "out")
    DAMAGE[damage](file(place))
    build(place)
    assert tables(place / "out") == before
    build(place)
    assert tables(place / "out") == before


def test_a_shelf_that_cannot_be_written_is_done_without(place: Path, monkeypatch: pytest.MonkeyPatch):
    """Half-way a disk is full, or another build holds the file: this build goes on."""
    before = tables(place / "out")
    shutil.rmtree(place / ".out-cache")
    save(place, ".out-cache", "somebody's file")
    build(place)
    assert tables(place / "out") == before and (place / ".out-cache").read_text() == "somebody's file"
    (place / ".out-cache").unlink()
    build(place)
    held = sqlite3.connect(file(place))
    held.execute("BEGIN EXCLUSIVE")
    save(place / "raw", "report.txt", REPORT)
    build(place)
    held.rollback()
    assert tables(place / "out") == from_scratch(place)


def test_the_shelf_is_hidden_and_not_tracked(place: Path):
    """It holds words of the pages: version control passes it over."""
    assert {p.name for p in place.iterdir()} == {"raw", "out", ".out-cache"}
    assert "*" in (place / ".out-cache" / ".gitignore").read_text().splitlines()


def test_few_pages_have_no_shelf(tmp_path: Path):
    """Reading them takes no longer than looking them up."""
    save(tmp_path / "raw", "report.txt", REPORT)
    pipeline.build(tmp_path / "raw", tmp_path / "out")
    assert {p.name for p in tmp_path.iterdir()} == {"raw", "out"}


def test_a_page_that_changes_during_the_build_stops_it(place: Path, monkeypatch: pytest.MonkeyPatch):
    """Its words are asked for again where the shelf lost them, and are other words."""
    before = tables(place / "out")
    with sqlite3.connect(file(place)) as connection:
        connection.execute("UPDATE leaf SET bodies = 'plots'")
    really = pipeline.telling.told

    def changing(*arguments: object) -> list[pipeline.telling.Told]:
        save(place / "raw", "archive.txt", ARCHIVE.replace("chilly", "warm"))
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.telling, "told", changing)
    with pytest.raises(ValueError, match=r"archive.txt: changed while the tables were made; run `necdata build` again"):
        build(place)
    assert tables(place / "out") == before


STRANGE = ["a\ud83d\ude00b", "\ud800", "a\x00b", "\u2028", "“q”", '"\\', "\U0001f600"]


@pytest.mark.parametrize("word", STRANGE)
def test_any_words_come_back(word: str):
    """Lone surrogates too, and two of them side by side stay two."""
    books = [codebook.load(), codebook.load("election_kinds")]
    reading = leaves.read(save_as(ARCHIVE), "archive.txt")
    first = reading.posts[0]
    passage = first.passages[0]._replace(text=word)
    reading = reading._replace(posts=(first._replace(passages=(passage,), title=word),))
    (written,) = Maker(books).written([reading])
    light, shingles = leaves.leaf(reading)
    assert leaves.light_of(written.light) == light and light.posts[0].title == word
    (body,) = leaves.bodies_of(written.bodies)
    assert body.passages[0][1] == word
    assert [s.tolist() for s in leaves.shingles_of(light, written.shingles)] == [s.tolist() for s in shingles]


def save_as(text: str) -> Path:
    """Write a page somewhere."""
    import tempfile

    return save(Path(tempfile.mkdtemp()), "archive.txt", text)
