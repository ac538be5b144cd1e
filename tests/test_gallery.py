"""The gallery: every chart by its name, drawn from a corpus, exported, or refused in one sentence."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, save

import necdata
from necdata.charts import Chart, text_problems
from necdata.corpus import Corpus
from necdata.publishing import gallery


def corpus_of(place: Path, **written: str) -> Corpus:
    """Build and load a corpus of some pages."""
    for name, text in written.items():
        save(place / "raw", f"{name}.txt", text)
    necdata.build(place / "raw", place / "processed")
    return necdata.load(place / "processed")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Seven meetings, one reporter known."""
    return corpus_of(tmp_path_factory.mktemp("small"), archive=ARCHIVE, blogspot=BLOGSPOT, labourlist=LABOURLIST)


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The shipped tables, without their text."""
    return necdata.load()


@pytest.mark.parametrize("name", gallery.CHARTS)
def test_every_chart_is_drawn_from_the_shipped_tables(shipped: Corpus, name: str):
    """It names what it rests on, holds what it drew as a table, and warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = gallery.CHARTS[name](shipped)
    assert isinstance(chart, Chart) and len(chart.drawn) > 0 and chart.title and chart.alt
    assert "22 meetings" in chart.source and "5 pages" in chart.source


@pytest.mark.parametrize("name", sorted(set(gallery.CHARTS) - {"era-contrast", "keyness"}))
def test_every_chart_is_drawn_of_seven_meetings(small: Corpus, name: str):
    """A user's first pages are few: the charts that compare no eras are drawn all the same."""
    assert len(gallery.CHARTS[name](small).drawn) > 0


@pytest.mark.parametrize("name", ["era-contrast", "keyness"])
def test_eras_with_too_few_meetings_are_not_compared(small: Corpus, name: str):
    """One sentence says why and what to do."""
    with pytest.raises(ValueError, match="no two eras have 5 meetings: add reports"):
        gallery.CHARTS[name](small)


def test_the_two_latest_eras_with_enough_meetings_are_compared(shipped: Corpus):
    """Twelve meetings and nine; the era with one is no side of a contrast."""
    assert gallery.contrasted(shipped) == ("Jeremy Corbyn", "Keir Starmer")


def test_the_source_line_counts_what_reports(small: Corpus):
    """Meetings, posts that report one, pages, reporters and the codebook's version."""
    said = gallery.source(small)
    assert "7 meetings" in said and "7 posts" in said and "3 pages" in said and "Hester Lomax" in said
    assert small.codebooks[0]["version"] in said


def test_a_corpus_without_a_known_reporter_is_drawn_without_a_warning(tmp_path: Path):
    """Where no page names an author, everybody is "Not known"."""
    corpus = corpus_of(tmp_path, archive=ARCHIVE, labourlist=LABOURLIST)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert gallery.reported(corpus)["reporter"].eq("Not known").all()


def test_charts_are_exported_under_their_names(small: Corpus, tmp_path: Path):
    """PNG, SVG, PDF and the CSV of what was drawn; the path of each is given."""
    found = list(gallery.draw(small.folder, tmp_path / "out", ["coverage"]))
    assert {f"coverage.{end}" for end in ("csv", "pdf", "png", "svg")} <= {p.name for p in found}
    assert all(p.is_file() and p.stat().st_size > 100 for p in found)


def test_a_name_that_is_none_is_refused_before_anything_is_drawn(small: Corpus, tmp_path: Path):
    """The sentence lists the names that there are."""
    with pytest.raises(ValueError, match="no chart is named marrows; choose from coverage, "):
        list(gallery.draw(small.folder, tmp_path / "out", ["coverage", "marrows"]))
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """More than a hundred meetings told by more than fifty reporters, some of them several to a post."""
    processed = tmp_path_factory.mktemp("many") / "processed"
    necdata.build(Path(__file__).parent / "pages", processed)
    return necdata.load(processed)


@pytest.mark.parametrize("width", [89, 183])
@pytest.mark.parametrize("name", ["coverage-by-reporter", "reporters"])
def test_charts_of_many_reporters_can_be_read(many: Corpus, name: str, width: int):
    """Those with most meetings have a row or panel; no name is cut off or lies on another; what is left out is told."""
    assert many.reporters.nunique() > 30
    chart = gallery.CHARTS[name](many, width=width)
    assert text_problems(chart) == []
    assert chart.drawn["reporter"].nunique() < 15
    assert "Other reporters" in chart.alt if name == "coverage-by-reporter" else "those with most" in chart.source
