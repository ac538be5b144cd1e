"""Every notebook opens in a real JupyterLab and runs; the controls of 06-explore change what is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import Lab, open_notebook, run_all, server, show

from necdata.corpus import Corpus

NOTEBOOKS = sorted((Path(__file__).parent.parent.parent / "notebooks").glob("*.ipynb"))
EXPLORE = next(path for path in NOTEBOOKS if path.stem == "06-explore")
CHANGES_IN = 60_000


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
    """A window of its own, higher than a laptop's, so that a cell with its output is seen whole."""
    context = browser.new_context(viewport={"width": 1440, "height": 1400})
    context.set_default_timeout(CHANGES_IN)
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
    show(page)
    page.screenshot(path=str(shots / f"lab-{path.stem}.png"))


CHART, PLACES = "img.necdata-chart", "table.concordance"


def moved(page: Any, old: str) -> str:
    """Wait for another chart than the one described, and give its description."""
    page.wait_for_function(
        f"old => {{ const i = document.querySelector('{CHART}'); return i && i.complete && i.alt !== old }}", arg=old
    )
    return str(page.locator(CHART).get_attribute("alt"))


def other_places(page: Any, old: str) -> str:
    """Wait for another concordance than the one shown, and give its words."""
    page.wait_for_function(
        f"old => {{ const t = document.querySelector('{PLACES}'); return t && t.innerText !== old }}", arg=old
    )
    return str(page.locator(PLACES).first.inner_text())


def settled(page: Any) -> None:
    """Wait until the kernel rests, so that the answer to the last change is whole."""
    page.wait_for_function("() => window.opened.sessionContext.session.kernel.status === 'idle'")


def asked(page: Any, lab: Lab, name: str) -> tuple[str, str]:
    """Open a notebook with controls, run it, bring them into view; gives the first chart and concordance in words."""
    open_notebook(page, lab, f"notebooks/{name}")
    cells = run_all(page)
    assert [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"] == []
    show(page, page.evaluate("() => window.opened.content.widgets.findIndex("
                             "c => c.model.sharedModel.source.includes('widgets.explore'))"))  # fmt: skip
    page.locator(CHART).wait_for()
    return str(page.locator(CHART).get_attribute("alt")), str(page.locator(PLACES).first.inner_text())


def control(page: Any, words: str) -> Any:
    """The control with a label."""
    return page.locator(f'.widget-inline-hbox:has(> label:text-is("{words}"))').first


def choose(page: Any, words: str, option: str | list[str]) -> None:
    control(page, words).locator("select").select_option(label=option)


def test_the_controls_change_what_is_shown(lab: Lab, page: Any, shots: Path) -> None:
    """With the text: each control moves the chart, and those that choose passages move the concordance; then export."""
    alt, places = asked(page, lab, "with-text.ipynb")
    page.screenshot(path=str(shots / "explore-start.png"))

    choose(page, "Topics", ["Work and employment", "Health"])
    alt, places = moved(page, alt), other_places(page, places)
    assert "2 topics" in alt
    settled(page)
    about = set(page.locator(PLACES).first.locator("tbody td:nth-child(2)").all_inner_texts())
    assert about == {"Work and employment", "Health"}
    assert page.locator(PLACES).first.locator("mark").count() > 5
    assert ", line " in page.locator(PLACES).first.locator("tbody tr").first.inner_text()

    choose(page, "Show", "Leader by leader")
    alt = moved(page, alt)
    assert "by era" in alt
    choose(page, "Unit", "Hits per 1,000 words")
    alt = moved(page, alt)
    assert "1,000 words" in alt
    choose(page, "Leader", "Jeremy Corbyn")
    alt, places = moved(page, alt), other_places(page, places)
    assert "Corbyn" in alt and "Starmer" not in alt

    page.get_by_placeholder("budget, canvass*").fill("minutes, subscription*")
    page.keyboard.press("Enter")
    alt, places = moved(page, alt), other_places(page, places)
    assert "“minutes”" in alt
    choose(page, "Kinds of election", ["General elections"])
    alt, places = moved(page, alt), other_places(page, places)
    assert "General elections" in places

    choose(page, "Show", "All meetings together")
    alt = moved(page, alt)
    with_interval = page.locator(CHART).get_attribute("src")
    choose(page, "95% interval", "None")
    moved(page, alt)
    assert " to " in alt.split("Highest:")[1] and page.locator(CHART).get_attribute("src") != with_interval
    choose(page, "Reporter", "Eileen Cropper")
    choose(page, "Leader", "All")
    alone = page.locator(f'{CHART}[alt*="from 6 meetings"]')  # the answer to both, however many came before
    alone.wait_for(timeout=30_000)
    settled(page)
    assert alone.count() == 1
    page.screenshot(path=str(shots / "explore-moved.png"))

    name = control(page, "File name").locator("input")
    name.fill("from-the-browser")
    name.press("Enter")
    page.get_by_role("button", name="Export this chart").click()
    page.locator(".necdata-said").wait_for()
    exported = {path.suffix: path for path in (lab.root / "exports").glob("from-the-browser.*")}
    assert set(exported) == {".png", ".svg", ".pdf", ".csv", ".txt"}
    shown = page.locator(CHART).get_attribute("alt")
    assert shown and shown in exported[".txt"].read_text(encoding="utf-8")


def test_without_the_text_lines_are_named_but_not_shown(lab: Lab, page: Any, shots: Path) -> None:
    """On the shipped tables a topic moves the chart and the concordance, which has terms, pages and lines alone."""
    alt, places = asked(page, lab, EXPLORE.name)
    choose(page, "Topics", ["Europe and Brexit"])
    alt, places = moved(page, alt), other_places(page, places)
    assert "Europe and Brexit" in alt
    assert "words are not here" in places and ", line " in places
    page.screenshot(path=str(shots / "explore-without-text.png"))


def test_what_cannot_be_shown_is_said(lab: Lab, page: Any) -> None:
    """Share of meetings, meeting by meeting, makes no sense: a sentence says so, and moving on brings the chart back."""
    asked(page, lab, "with-text.ipynb")
    choose(page, "Unit", "Share of meetings")
    page.get_by_text("choose another unit or view").wait_for()
    assert page.get_by_role("button", name="Export this chart").is_disabled()
    choose(page, "Show", "All meetings together")
    page.locator(CHART).wait_for()
