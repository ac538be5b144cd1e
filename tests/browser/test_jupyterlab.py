"""Every notebook opens in a real JupyterLab and runs; the controls of 06-explore change what is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import Lab, open_notebook, run_all, server

from necdata.corpus import Corpus

NOTEBOOKS = sorted((Path(__file__).parent.parent.parent / "notebooks").glob("*.ipynb"))
EXPLORE = next(path for path in NOTEBOOKS if path.stem == "06-explore")
CHANGES_IN = 30_000


@pytest.fixture(scope="module")
def lab(browser: Any, tmp_path_factory: pytest.TempPathFactory, written: Corpus) -> Iterator[Lab]:
    """The project's notebooks as copies, and 06-explore once more for a corpus that has its text."""
    root = tmp_path_factory.mktemp("project")
    (root / "notebooks").mkdir()
    for path in NOTEBOOKS:
        shutil.copy(path, root / "notebooks")
    text = EXPLORE.read_text(encoding="utf-8")
    assert text.count("necdata.load()") == 1
    (root / "notebooks" / "with-text.ipynb").write_text(
        text.replace("necdata.load()", f"necdata.load('{written.folder}')"), encoding="utf-8"
    )
    with server(root, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window of its own, as large as a laptop's."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_jupyterlab(lab: Lab, page: Any, path: Path, shots: Path) -> None:
    """All its cells run from top to bottom without an error, and its pictures show."""
    open_notebook(page, lab, f"notebooks/{path.name}")
    cells = run_all(page)
    errors = [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"]
    assert errors == []
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert any("image/png" in output.get("data", {}) for cell in cells for output in cell["outputs"])
    page.screenshot(path=str(shots / f"lab-{path.stem}.png"))


def moved(page: Any, old: str) -> str:
    """Wait for another chart than the one described, and give its description."""
    page.wait_for_function(
        "old => { const i = document.querySelector('img.necdata-chart'); return i && i.alt !== old }", arg=old,
        timeout=CHANGES_IN,
    )  # fmt: skip
    return str(page.locator("img.necdata-chart").first.get_attribute("alt"))


def control(page: Any, words: str) -> Any:
    """The control with a label."""
    return page.locator(f'.widget-inline-hbox:has(> label:text-is("{words}"))').first


def choose(page: Any, words: str, option: str | list[str]) -> None:
    control(page, words).locator("select").select_option(label=option, timeout=CHANGES_IN)


def test_the_controls_change_what_is_shown(lab: Lab, page: Any, shots: Path) -> None:
    """With the text: topic, view, unit, leader and a typed term move the chart, table and concordance; then export."""
    open_notebook(page, lab, "notebooks/with-text.ipynb")
    run_all(page)
    page.locator("img.necdata-chart").wait_for(timeout=CHANGES_IN)
    control(page, "Topics").scroll_into_view_if_needed()
    page.screenshot(path=str(shots / "explore-start.png"))
    first = str(page.locator("img.necdata-chart").first.get_attribute("alt"))
    places = page.locator("table.concordance").first.inner_text()

    choose(page, "Topics", ["Work and employment", "Health"])
    second = moved(page, first)
    assert "2 topics" in second or "Health" in second
    page.wait_for_function(
        "old => document.querySelector('table.concordance').innerText !== old", arg=places, timeout=CHANGES_IN
    )
    assert set(page.locator("table.concordance").first.locator("tbody td:nth-child(2)").all_inner_texts()) == {
        "Work and employment", "Health"
    }  # fmt: skip
    assert page.locator("table.concordance mark").count() > 5
    assert "line" in page.locator("table.concordance tbody tr").first.inner_text()

    choose(page, "Show", "Leader by leader")
    third = moved(page, second)
    assert "by era" in third
    choose(page, "Unit", "Mentions per 1,000 words")
    fourth = moved(page, third)
    assert "1,000 words" in fourth
    choose(page, "Leader", "Jeremy Corbyn")
    fifth = moved(page, fourth)
    assert "Corbyn" in fifth and "Starmer" not in fifth

    page.get_by_placeholder("budget, canvass*").fill("minutes, subscription*")
    page.keyboard.press("Enter")
    sixth = moved(page, fifth)
    assert "“minutes”" in sixth
    page.screenshot(path=str(shots / "explore-moved.png"))

    name = control(page, "File name").locator("input")
    name.fill("from-the-browser")
    name.press("Enter")
    page.get_by_role("button", name="Export this chart").click()
    page.locator(".necdata-said").wait_for(timeout=CHANGES_IN)
    exported = {path.suffix for path in (lab.root / "exports").glob("from-the-browser.*")}
    assert exported == {".png", ".svg", ".pdf", ".csv", ".txt"}


def test_what_cannot_be_shown_is_said(lab: Lab, page: Any) -> None:
    """Share of meetings, meeting by meeting, makes no sense: a sentence says so, and moving on brings the chart back."""
    open_notebook(page, lab, "notebooks/with-text.ipynb")
    run_all(page)
    page.locator("img.necdata-chart").wait_for(timeout=CHANGES_IN)
    choose(page, "Unit", "Share of meetings")
    page.get_by_text("choose another unit or view").wait_for(timeout=CHANGES_IN)
    assert page.get_by_role("button", name="Export this chart").is_disabled()
    choose(page, "Show", "All meetings together")
    page.locator("img.necdata-chart").wait_for(timeout=CHANGES_IN)
