"""The manifest: what the tables were made from and what they are, the same bytes for the same pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ARCHIVE, LABOURLIST, save

import necdata
from necdata import pipeline
from necdata.coding import codebook
from necdata.storage import manifest, store
from necdata.storage.manifest import ManifestError
from necdata.storage.tables import TABLES


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Built:
    """The tables of two pages, made once."""
    raw = tmp_path_factory.mktemp("raw")
    save(raw, "archive.txt", ARCHIVE)
    save(raw, "labourlist.txt", LABOURLIST)
    return pipeline.tabulate(raw)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The two pages."""
    save(tmp_path / "raw", "archive.txt", ARCHIVE)
    save(tmp_path / "raw", "labourlist.txt", LABOURLIST)
    return tmp_path / "raw"


def written(built: pipeline.Built, folder: Path, used: manifest.Inputs | None = None) -> Path:
    """Write the tables into a folder."""
    store.write(built.frames, folder, built.text, built.codebooks, used)
    return folder


def test_every_page_and_table_is_named_with_its_hash(built: pipeline.Built, raw: Path, tmp_path: Path):
    """The hashes are what sha256sum gives, the sizes those of the files; text and data package are among the tables."""
    folder = written(built, tmp_path / "out", manifest.inputs(raw))
    said = manifest.read(folder)
    for name, item in said.pages.items():
        data = (raw / name).read_bytes()
        assert (item.sha256, item.size, item.page_id) == (hashlib.sha256(data).hexdigest(), len(data), item.sha256[:8])
    assert set(said.pages) == {"archive.txt", "labourlist.txt"}
    assert set(said.tables) == {*(f"{name}.csv" for name in TABLES), "text.csv", "datapackage.json"}
    for name, item in said.tables.items():
        data = (folder / name).read_bytes()
        assert (item.sha256, item.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_codebooks_and_reference_tables_are_named_with_version_and_hash(
    built: pipeline.Built, raw: Path, tmp_path: Path
):
    """Both codebooks, leaders and elections; and the version of necdata."""
    said = manifest.read(written(built, tmp_path / "out", manifest.inputs(raw)))
    assert {name: item.version for name, item in said.codebooks.items()} == {b.name: b.version for b in built.codebooks}
    assert set(said.reference) == {"leaders", "elections"} and all(r.version for r in said.reference.values())
    assert said.necdata == necdata.__version__


def test_the_same_pages_give_the_same_manifest(built: pipeline.Built, raw: Path, tmp_path: Path):
    """Wherever and whenever: no date, no path, nothing of the machine."""
    one = written(built, tmp_path / "one", manifest.inputs(raw))
    two = written(built, tmp_path / "elsewhere" / "two", manifest.inputs(raw))
    data = (one / manifest.NAME).read_bytes()
    assert data == (two / manifest.NAME).read_bytes()
    assert manifest.digest(one) == manifest.digest(two) == hashlib.sha256(data).hexdigest()[:12]
    assert str(tmp_path).encode() not in data


def test_another_page_gives_another_digest(built: pipeline.Built, raw: Path, tmp_path: Path):
    """A letter is enough."""
    before = manifest.digest(written(built, tmp_path / "out"))
    save(raw, "archive.txt", ARCHIVE.replace("chilly", "chilli"))
    written(pipeline.tabulate(raw), tmp_path / "out")
    assert manifest.digest(tmp_path / "out") != before


def test_a_page_that_changed_while_the_tables_were_made_has_no_size(built: pipeline.Built, raw: Path, tmp_path: Path):
    """The hash is of what was read; a size of something else is not put beside it."""
    save(raw, "archive.txt", "another page")
    (raw / "labourlist.txt").unlink()
    said = manifest.read(written(built, tmp_path / "out", manifest.inputs(raw)))
    assert [item.size for item in said.pages.values()] == [None, None]


def test_the_corpus_is_named_by_its_manifest(built: pipeline.Built, tmp_path: Path):
    """corpus.digest, for source lines; empty where older tables have no manifest."""
    folder = written(built, tmp_path / "out")
    assert necdata.load(folder).digest == manifest.digest(folder) and len(manifest.digest(folder)) == 12
    (folder / manifest.NAME).unlink()
    assert necdata.load(folder).digest == ""


def test_line_ends_of_a_reference_table_do_not_count(tmp_path: Path):
    """A checkout on Windows is no other version; another cell is."""
    unix = save(tmp_path, "a.csv", "date,kind\n2019-12-12,general\n")
    windows = save(tmp_path, "b.csv", b"date,kind\r\n2019-12-12,general\r\n")
    other = save(tmp_path, "c.csv", "date,kind\n2019-12-13,general\n")
    assert manifest.of_reference("elections", unix) == manifest.of_reference("elections", windows)
    assert manifest.of_reference("elections", unix).version == "2019-12-12"
    assert manifest.of_reference("elections", other).sha256 != manifest.of_reference("elections", unix).sha256


def test_a_codebook_is_known_by_what_it_says(tmp_path: Path):
    """Comments do not count, a term does."""
    text = 'name = "t"\nversion = "1"\n[[topic]]\nkey = "a"\nname = "A"\ngroup = "party"\ndefinition = "d"\nterms = ["x"]\n'
    one = codebook.load(save(tmp_path, "a.toml", text))
    two = codebook.load(save(tmp_path, "b.toml", "# mine\n" + text))
    three = codebook.load(save(tmp_path, "c.toml", text.replace('"x"', '"y"')))
    assert manifest.of_codebook(one) == manifest.of_codebook(two)
    assert manifest.of_codebook(one).sha256 != manifest.of_codebook(three).sha256


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda p: p.unlink(), "is not there; run `necdata build` again"),
        (lambda p: p.write_text(""), "cannot be read"),
        (lambda p: p.write_bytes(b"\xff"), "cannot be read"),
        (lambda p: p.write_text("[" * 100_000), "cannot be read"),
        (lambda p: p.write_text("[]"), "is no manifest of form 1"),
        (lambda p: p.write_text('{"manifest": 2}'), "is no manifest of form 1"),
        (lambda p: p.write_text('{"manifest": 1, "pages": 3}'), "has no list of pages"),
        (lambda p: p.write_text('{"manifest": 1, "pages": [7]}'), "pages, entry 1, has no name or no sha256"),
        (lambda p: p.write_text('{"manifest": 1, "pages": [{"file": "a", "sha256": "x"}]}'), "pages, entry 1"),
        (
            lambda p: p.write_text(json.dumps({"manifest": 1, "pages": [{"file": "a", "sha256": "0" * 64}] * 2})),
            "pages lists 'a' twice",
        ),
    ],
)
def test_a_broken_manifest_is_said_with_the_remedy(tmp_path: Path, damage: Callable[[Path], object], problem: str):
    """One sentence, which begins with the file."""
    path = save(tmp_path, manifest.NAME, "{}")
    damage(path)
    with pytest.raises(ManifestError, match=problem) as caught:
        manifest.read(tmp_path)
    assert str(caught.value).startswith(str(path)) and "build` again" in str(caught.value)


NAMES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1" * 64, "2" * 64, "3" * 64]))


@given(NAMES, NAMES)
def test_changes_and_moves_together_name_every_difference(before: dict[str, str], now: dict[str, str]):
    """Nothing is said where nothing differs, and a line stands for every page that does."""
    said = [*manifest.page_changes(before, now), *manifest.page_moves(before, now)]
    assert (said == []) == (before == now)
    changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    assert all(any(name in line.replace("has changed", "").split(":")[0] or f"called {name};" in line for line in said)
               for name in changed)  # fmt: skip


def test_many_pages_do_not_make_many_lines():
    """A folder of other pages is said in ten lines."""
    now = {f"{i:04d}.txt": f"{i:064d}" for i in range(1000)}
    said = manifest.page_moves({}, now)
    assert len(said) == 10 and "990 more" in said[-1]
