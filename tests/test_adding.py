"""Adding pages: checked, copied byte for byte, never over another file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from written import ARCHIVE, REPORT, save

from necdata import catalogue
from necdata.adding import add
from necdata.catalogue import CatalogueError
from necdata.formats import pages
from necdata.reading.page import PageError


def names(folder: Path) -> list[str]:
    """List a folder, hidden files included."""
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder for pages, not made yet."""
    return tmp_path / "raw"


def test_a_page_is_copied_byte_for_byte(tmp_path: Path, raw: Path):
    """Byte order mark, line ends and odd bytes included; the sentence says layout and posts."""
    data = b"\xef\xbb\xbf" + ARCHIVE.replace("\n", "\r\n").encode()
    said = add(save(tmp_path, "a.txt", data), raw)
    assert (raw / "a.txt").read_bytes() == data and names(raw) == ["a.txt"]
    assert said == f"a.txt: added to {raw} (archive, 5 posts)"


def test_the_same_page_is_added_once(tmp_path: Path, raw: Path):
    """Again, and under another name: it is there already."""
    add(save(tmp_path, "a.txt", REPORT), raw)
    assert "is there already as a.txt" in add(save(tmp_path, "b.txt", REPORT), raw)
    assert names(raw) == ["a.txt"]


def test_another_page_of_the_same_name_is_refused(tmp_path: Path, raw: Path):
    """What is in raw/ is never overwritten; the remedy is said."""
    save(raw, "a.txt", ARCHIVE)
    with pytest.raises(PageError, match=r"raw/a.txt: is there already with other contents; rename"):
        add(save(tmp_path, "a.txt", REPORT), raw)
    assert (raw / "a.txt").read_text("utf-8") == ARCHIVE and names(raw) == ["a.txt"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"", "is empty"), (b"%PDF-1.4", "is a PDF"), (b"Proudly powered by WordPress\n", "has no post in it")],
)
def test_what_is_no_page_is_refused(tmp_path: Path, raw: Path, data: bytes, problem: str):
    """Nothing is copied, and raw/ is not even made."""
    path = save(tmp_path, "bad.txt", data)
    with pytest.raises(PageError, match=f"^{path}: {problem}"):
        add(path, raw)
    assert not raw.exists()


def test_what_the_user_says_is_recorded(tmp_path: Path, raw: Path):
    """Address and author stand in raw/sources.toml by sha256, said by the user, after what stood there."""
    save(raw, "sources.toml", "# mine\n")
    add(save(tmp_path, "a.txt", REPORT), raw, "https://plots.example/1", 'Una "Spade" Bright; Wilf Tansy')
    digest = pages.read(raw / "a.txt").sha256
    found = catalogue.load(raw).of(digest)
    assert found == ("plots.example", "https://plots.example/1", 'Una "Spade" Bright; Wilf Tansy', "user")
    assert (raw / "sources.toml").read_text("utf-8").startswith("# mine\n")
    assert names(raw) == ["a.txt", "sources.toml"]


def test_what_the_user_says_later_wins(tmp_path: Path, raw: Path):
    """A page that is there already can be given another author."""
    path = save(tmp_path, "a.txt", REPORT)
    add(path, raw, author="Wilf")
    add(path, raw, author="Una Bright")
    assert catalogue.load(raw).of(pages.read(path).sha256).author == "Una Bright"


def test_a_page_whose_author_is_recorded_has_an_author(tmp_path: Path, raw: Path):
    """From the command to the table."""
    from necdata.pipeline import tabulate

    add(save(tmp_path, "a.txt", REPORT), raw, author="Una Bright; Wilf Tansy")
    assert tabulate(raw).frames["posts"]["author"].tolist() == ["Una Bright; Wilf Tansy"]


def test_a_failing_copy_leaves_nothing(tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch):
    """The disk is full: no half page in raw/."""

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device", str(self))

    path = save(tmp_path, "a.txt", REPORT)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        add(path, raw)
    assert names(raw) == []


def test_a_disk_without_hard_links_will_do(tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch):
    """A memory stick has none."""

    def no_links(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(target))

    monkeypatch.setattr(os, "link", no_links)
    add(save(tmp_path, "a.txt", REPORT), raw)
    assert names(raw) == ["a.txt"]


@pytest.mark.parametrize("name", ["README.md", "report.csv", "notes.json", ".hidden.txt"])
def test_a_page_that_is_added_is_built(tmp_path: Path, raw: Path, name: str):
    """A name that the build does not look at is refused, or the page gets another."""
    path = save(tmp_path, name, REPORT)
    try:
        add(path, raw)
    except PageError:
        assert names(raw) == []
    else:
        assert len(pages.files(raw)) == 1


def test_a_broken_catalogue_is_said_by_its_name(tmp_path: Path, raw: Path):
    """The user's sources.toml is to be mended first: nothing is added, nothing is left behind."""
    save(raw, "sources.toml", "[[page]\n")
    with pytest.raises(CatalogueError, match=r"raw/sources.toml: is not TOML"):
        add(save(tmp_path, "a.txt", REPORT), raw, author="Una Bright")
    assert names(raw) == ["sources.toml"]
