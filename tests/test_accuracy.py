"""How well pages are read: floors a little under what is measured, and none of what must never happen."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    """The benchmark's own functions."""
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["pages", "saved"])
def folder(request: pytest.FixtureRequest) -> Path:
    """The pages of plain text, and the saved web pages, each with its truth."""
    return ROOT / "tests" / request.param


@pytest.fixture(scope="module")
def rows(accuracy: ModuleType, folder: Path) -> pd.DataFrame:
    """Every post of the truth beside what was found."""
    found: pd.DataFrame = accuracy.read(folder)
    return found


@pytest.fixture(scope="module")
def marks(accuracy: ModuleType, rows: pd.DataFrame) -> pd.DataFrame:
    """Which of them are right."""
    found: pd.DataFrame = accuracy.score(rows)
    return found


# Measured: split 0.969 and 1.000, kind 0.989 and 1.000, date 0.972 and 1.000, author 0.989 and 1.000.
FLOORS = {
    "split": 0.95, "title": 0.98, "kind": 0.97, "date": 0.95, "published": 0.96, "author": 0.97, "partial": 0.97,
    "comments": 0.97,
}  # fmt: skip


@pytest.mark.parametrize("what", FLOORS)
def test_reading_is_as_good_as_it_was(marks: pd.DataFrame, what: str):
    """Each figure stays above its floor; whoever raises a figure raises the floor."""
    values = marks[what].dropna().astype(bool)
    assert len(values) > 40 and values.mean() >= FLOORS[what], f"{what}: {values.sum()} of {len(values)}"


def test_no_date_is_silently_wrong(rows: pd.DataFrame, marks: pd.DataFrame):
    """A date that is given holds the true one: not one post in two hundred is dated wrongly."""
    wrong = rows[marks["silent"].eq(False)]
    assert wrong.empty, wrong[["file", "line", "title", "start", "start_found"]].to_string()


def test_no_meetings_are_falsely_merged(accuracy: ModuleType, folder: Path, rows: pd.DataFrame):
    """Two meetings are never taken for one; most accounts of one meeting are brought together."""
    said = accuracy.merging(folder, rows[rows["_merge"].ne("right_only")])
    joined, should, false = (int(n) for n in re.findall(r"\d+", said.splitlines()[0]))
    assert false == 0, said
    assert joined >= 0.9 * should


def test_every_page_of_the_truth_is_read(rows: pd.DataFrame, folder: Path):
    """No page is skipped, and none is without a truth."""
    known = {p.name for p in folder.iterdir()} - {"truth.csv", "README.md"}
    assert set(rows["file"]) == known
    assert set(rows.loc[rows["_merge"].ne("left_only"), "file"]) == known


def test_the_measure_tells_right_from_wrong(accuracy: ModuleType, rows: pd.DataFrame):
    """Another kind, date or author in the truth is marked wrong: the benchmark can fail."""
    dated = rows[rows["precision"].eq("day") & rows["precision_found"].eq("day")]
    for column, mark in (
        ("kind_found", "kind"),
        ("start_found", "date"),
        ("author_found", "author"),
        ("title_found", "title"),
    ):
        assert not accuracy.score(dated.assign(**{column: "2001-01-01"}))[mark].any(), column
    assert not accuracy.score(dated.assign(start_found="2001-01-01", end_found="2001-01-01"))["silent"].any()
