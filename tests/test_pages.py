"""Pages: any bytes become numbered lines, or one sentence that names the file and the remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from written import REPORT, save

from necdata.formats import pages
from necdata.reading.page import PageError


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""), ("utf-8-sig", ""), ("cp1252", "cp1252"), ("latin-1", "cp1252"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_the_same_text_comes_out_of_every_encoding(tmp_path: Path, encoding: str, note: str):
    """Accents, pounds and dashes survive, and a page that was not UTF-8 says so."""
    text = "Zoë Núñez met the NEC. It cost £5.\n" * 3
    page = pages.read(save(tmp_path, "a.txt", text.encode(encoding)))
    assert "".join(line.text for line in page.lines) == text
    assert page.characters == len(text)
    assert (note in page.notes[0]) if note else page.notes == ()


def test_windows_quotes_and_dashes_are_read():
    """The typographic marks of Windows-1252 are themselves, not control characters."""
    text, notes = pages.decode("the leader’s “report” – at last…".encode("cp1252"))
    assert text == "the leader’s “report” – at last…" and notes


def test_bytes_of_no_encoding_are_refused_by_place():
    """A byte that Windows-1252 leaves undefined is named by its offset, with the remedy."""
    with pytest.raises(PageError, match=r"^a.txt: is neither .* \(byte 4\); save it as UTF-8$"):
        pages.decode("Café".encode("latin-1") + b"\x81", "a.txt")


def test_doubly_encoded_text_is_repaired_and_said():
    """An apostrophe that was decoded with the wrong character set is one again."""
    text, notes = pages.decode("the leaderâ€™s report".encode())
    assert text == "the leader’s report" and "repaired" in notes[0]


def test_text_that_only_looks_doubly_encoded_is_left_alone():
    """Accents that stand where they belong are not repaired."""
    assert pages.decode("São Tomé, château, naïve".encode()) == ("São Tomé, château, naïve", [])


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_page_error(data: bytes):
    """Decoding gives text or raises PageError with the name: nothing else, whatever the bytes."""
    try:
        text, notes = pages.decode(data, "odd.txt")
    except PageError as error:
        assert str(error).startswith("odd.txt: ") and error.file == "odd.txt"
    else:
        assert isinstance(text, str) and isinstance(notes, list)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
@example("  two spaces on each side  ")
def test_utf_8_text_comes_out_as_it_went_in(text: str):
    """Plain UTF-8 is not changed, except where it is repaired and said."""
    try:
        decoded, notes = pages.decode(text.encode())
    except PageError:
        assert text.encode().startswith(tuple(pages.FOREIGN))
    else:
        assert decoded == text.removeprefix("\ufeff") or notes


@given(st.text())
def test_numbering_lines_loses_nothing(text: str):
    """The lines put together again are the text, numbered from 1 without a gap."""
    lines = pages.number(text)
    assert "".join(line.text for line in lines) == text
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_lines_end_where_an_editor_ends_them():
    """LF, CRLF and CR end a line; a form feed or a line separator does not."""
    found = pages.number("a\r\nb\rc\n\nd\x0ce\u2028f")
    assert [line.text for line in found] == ["a\r\n", "b\r", "c\n", "\n", "d\x0ce\u2028f"]


@pytest.mark.parametrize(
    ("head", "format"),
    [
        ("<!DOCTYPE html><html><p>NEC</p>", "html"),
        ("\ufeff  <html>", "html"),
        ("<?xml version='1.0'?>\n<rss version='2.0'><channel>", "feed"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'>", "wxr"),
        ("The NEC met. x < y and <b is not a tag", "text"),
        ("NEC report\n\nThe rss feed of the body was agreed.", "text"),
    ],
)
def test_the_format_is_told_by_the_beginning(head: str, format: str):
    """HTML, feeds and exports are told from plain text by what they begin with."""
    assert pages.sniff(head) == format


@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (b"", "is empty", "save the page again"),
        (b" \n\t \r\n", "is empty", "save the page again"),
        (b"%PDF-1.7 \x00\x01", "is a PDF", "pdftotext"),
        (b"PK\x03\x04" + b"\x00" * 99, "is a zip", "save it as plain text"),
        (b"\x1f\x8b\x08\x00", "is gzipped", "gunzip"),
        (b"\x89PNG\r\n\x1a\n", "is a picture", "text"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 60, "old Word file", "save it as plain text"),
        (b"\x01\x02NEC\x03\x07" * 99, "is binary", "save the page as text"),
        ("\u00a0 \n".encode(), "holds no text", "save the page again"),
    ],
)  # fmt: skip
def test_what_is_not_a_page_is_refused_in_one_line(tmp_path: Path, data: bytes, problem: str, remedy: str):
    """The sentence begins with the file, says what it is, and what to do about it."""
    path = save(tmp_path, "bad.txt", data)
    with pytest.raises(PageError) as caught:
        pages.read(path, "sub/bad.txt")
    said = str(caught.value)
    assert said.startswith("sub/bad.txt: ") and problem in said and remedy in said and "\n" not in said


def test_a_page_of_fifty_megabytes_is_refused_unread(tmp_path: Path):
    """Its size is told from the folder's entry; the message names the limit."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)
    with pytest.raises(PageError, match=r"huge.txt: is too large \(50 MB, the limit is 25 MB\); split it"):
        pages.read(path)


def test_folders_and_missing_files_are_refused(tmp_path: Path):
    """A folder in place of a file, and a file that is not there, each say so."""
    with pytest.raises(PageError, match="is a folder"):
        pages.read(tmp_path)
    with pytest.raises(PageError, match="gone.txt: cannot be read .No such file"):
        pages.read(tmp_path / "gone.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_an_unreadable_file_is_refused(tmp_path: Path):
    """A file without permission to read is named with the reason."""
    path = save(tmp_path, "shut.txt", REPORT)
    path.chmod(0)
    with pytest.raises(PageError, match="shut.txt: cannot be read .Permission denied"):
        pages.read(path)


def test_an_error_of_the_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever the system says of a file is said with its name."""
    path = save(tmp_path, "shut.txt", REPORT)

    def deny(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(PageError, match="shut.txt: cannot be read .Permission denied.; check"):
        pages.read(path)


def test_the_id_is_that_of_the_bytes_whatever_the_name(tmp_path: Path):
    """Two names, one page: the first eight digits of the SHA-256 (of "abc" as FIPS 180-4 gives it)."""
    one, two = save(tmp_path, "one.txt", "abc"), save(tmp_path, "two.txt", "abc")
    assert pages.read(one).page_id == pages.read(two).page_id == "ba7816bf"
    assert pages.read(one).sha256.endswith("f20015ad")


def test_a_folder_lists_its_pages_in_the_order_of_their_names(tmp_path: Path):
    """Sub-folders are read; hidden files, tables, the catalogue and the README are no pages."""
    for name in ("b.txt", "a.html", "sub/c.xml", ".hidden.txt", "README.md", "sources.toml", "x.csv", "y.json"):
        save(tmp_path / Path(name).parent, Path(name).name, "text")
    (tmp_path / "empty").mkdir()
    found = [p.relative_to(tmp_path).as_posix() for p in pages.files(tmp_path)]
    assert found == ["a.html", "b.txt", "sub/c.xml"]


def test_the_order_of_pages_is_not_the_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """However a system lists a folder, its pages come in the order of their names."""
    found = [save(tmp_path, name, "text") for name in ("c.txt", "a.txt", "b.txt")]
    monkeypatch.setattr(Path, "rglob", lambda self, pattern: iter(found))
    assert [p.name for p in pages.files(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_is_not_there_is_said_with_the_remedy(tmp_path: Path):
    """A mistyped --raw is one sentence."""
    with pytest.raises(PageError, match="nowhere: is not a folder; name the folder .* --raw"):
        pages.files(tmp_path / "nowhere")
