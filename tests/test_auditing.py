"""`necdata check`: every way in which tables, manifest and pages can part is one clear line and exit code 1."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from written import ARCHIVE, LABOURLIST, REPORT, save

from necdata import auditing, cli, pipeline
from necdata.coding import codebook
from necdata.storage import manifest, store


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages and their tables, built once."""
    place = tmp_path_factory.mktemp("template")
    save(place / "raw", "archive.txt", ARCHIVE)
    save(place / "raw", "labourlist.txt", LABOURLIST)
    pipeline.build(place / "raw", place / "processed")
    return place


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a copy of them."""
    shutil.copytree(template, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def check(*arguments: str) -> int:
    """Run `necdata check` in this process."""
    return cli.main(["check", *arguments])


def test_what_was_just_built_is_as_built(place: Path, capsys: pytest.CaptureFixture[str]):
    """One line with the manifest's name, exit code 0, nothing changed, nothing left behind."""
    before = {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}
    assert check() == cli.OK
    said = capsys.readouterr()
    assert (
        said.err == ""
        and said.out
        == f"processed: as built, manifest {manifest.digest(place / 'processed')}; raw gives the same again\n"
    )
    assert before == {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}


def test_without_pages_only_the_tables_are_checked(place: Path, capsys: pytest.CaptureFixture[str]):
    """A clone has tables and no pages: that is said, and is no fault."""
    shutil.rmtree(place / "raw")
    (place / "processed" / "text.csv").unlink()  # never shared
    assert check() == cli.OK
    assert "no pages at hand" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda p: _edit(p / "processed/meetings.csv", ",day,", ",month,"), "processed/meetings.csv: was changed after the build"),
        (lambda p: _edit(p / "processed/text.csv", "spades", "shovels"), "processed/text.csv: was changed after the build"),
        (lambda p: _edit(p / "processed/datapackage.json", "CC-BY", "CC0"), "processed/datapackage.json: was changed"),
        (lambda p: (p / "processed/terms.csv").unlink(), "processed/terms.csv: is missing"),
        (lambda p: _edit(p / "processed/manifest.json", "archive.txt", "marrow.txt"), "lists other pages than pages.csv"),
        (lambda p: _edit(p / "processed/manifest.json", "terms.csv", "beans.csv"), "does not name terms.csv"),
        (lambda p: _edit(p / "processed/manifest.json", '"terms.csv"', '"../raw/archive.txt"'), "names '../raw/archive.txt'"),
        (lambda p: (p / "processed/manifest.json").unlink(), "manifest.json: is not there; run `necdata build`"),
        (lambda p: (p / "raw/archive.txt").unlink(), "archive.txt: is missing from the pages"),
        (lambda p: _edit(p / "raw/archive.txt", "chilly", "warm"), "archive.txt: has changed under its name since"),
        (lambda p: (p / "raw/archive.txt").rename(p / "raw/b.txt"), "archive.txt: is now called b.txt; run `necdata build`"),
        (lambda p: save(p / "raw", "new.txt", REPORT), "new.txt: is not in the tables; run `necdata build`"),
        (lambda p: save(p / "raw", "archive.txt", b""), "archive.txt: is empty"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)  # fmt: skip
def test_a_fault_is_one_line_and_exit_code_1(
    place: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], object], said: str
):
    """It names the file and the remedy."""
    damage(place)
    assert check() == cli.PROBLEM
    found = capsys.readouterr()
    lines = [line for line in found.err.splitlines() if said in line]
    assert found.out == "" and len(lines) == 1 and lines[0].startswith("necdata: ")
    assert all(line.startswith("necdata: ") for line in found.err.splitlines())


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_copies_and_pages_without_posts_are_no_fault(place: Path):
    """The build passes them over and says so; the tables are what they would be again."""
    save(place / "raw", "second-copy.txt", ARCHIVE)
    save(place / "raw", "footer.txt", "Proudly powered by WordPress\n")
    save(place / "raw", "empty.txt", b"")
    assert auditing.check("processed", "raw") == []


def test_another_codebook_is_named_with_both_versions(place: Path):
    """Whoever checks with another codebook than the tables were made with is told which."""
    own = place / "own.toml"
    shutil.copy(codebook.REFERENCE / "codebook.toml", own)
    _edit(own, f'version = "{codebook.load().version}"', 'version = "9.9.9"')
    found = auditing.check("processed", "raw", codes=own)
    assert (
        len(found) == 1
        and "NEC topics" in found[0]
        and f"{codebook.load().version} (" in found[0]
        and "9.9.9 (" in found[0]
    )


def test_a_codebook_of_another_name_is_named(place: Path):
    """The tables were made with one, here is another."""
    text = 'name = "Mine"\nversion = "1"\n[[topic]]\nkey = "a"\nname = "A"\ngroup = "party"\ndefinition = "d"\nterms = ["x"]\n'
    found = auditing.check("processed", codes=save(place, "own.toml", text))
    assert len(found) == 1 and "the codebook NEC topics, here is Mine" in found[0] and "--codebook" in found[0]


def test_other_leaders_are_named(place: Path):
    """A reference table of the user's that differs from the one used; where the manifest says which one was used."""
    built = pipeline.tabulate(place / "raw")
    store.write(built.frames, place / "processed", built.text, built.codebooks, manifest.inputs(place / "raw"))
    own = save(place, "leaders.csv", "leader,start,end\nUna Bright,1994-01-01,\n")
    found = auditing.check("processed", leaders=own)
    assert len(found) == 1 and "the reference table leaders" in found[0] and "1994-01-01" in found[0]


def test_tables_that_other_rules_made_are_found_by_building_again(place: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing was touched, but the pages now give something else: each table with its first line."""
    frames = pipeline.tabulate(place / "raw")
    changed = frames.frames["posts"].assign(title="Marrows")
    monkeypatch.setattr(pipeline, "tabulate", lambda *a: frames._replace(frames={**frames.frames, "posts": changed}))
    found = auditing.check("processed", "raw")
    assert len(found) == 1 and "processed/posts.csv: the pages now give another table (from line 2 on" in found[0]


def test_a_changed_line_end_is_no_hand_edit(place: Path):
    """Version control on Windows writes CRLF."""
    for path in (place / "processed").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert auditing.check("processed") == []


@pytest.mark.parametrize("command", ["build", "status"])
def test_build_and_status_notice_a_page_that_changed_under_its_name(
    place: Path, capsys: pytest.CaptureFixture[str], command: str
):
    """In one line, which is no reason to stop."""
    assert cli.main([command]) == cli.OK and capsys.readouterr().err == ""
    _edit(place / "raw" / "archive.txt", "chilly", "warm")
    assert cli.main([command]) == cli.OK
    said = capsys.readouterr().err
    assert said.startswith("necdata: archive.txt: has changed under its name since the tables were built (was ")
    assert said.count("\n") == 1


def test_control_characters_in_names_are_shown_not_obeyed(place: Path, capsys: pytest.CaptureFixture[str]):
    """A file name cannot clear the terminal, turn text round or begin a line of its own."""
    save(place / "raw", "a\x1b[2J\u202eb\nc.txt", b"")
    cli.main(["build"])
    said = capsys.readouterr().err
    assert said.startswith(r"necdata: a\x1b[2J\u202eb\nc.txt: is empty") and not {"\x1b", "\u202e"} & set(said)
