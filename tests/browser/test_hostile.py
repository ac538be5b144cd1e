"""What is made of hostile pages, in a real browser: no script runs, no dialogue opens, nobody is asked for anything."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hostile import MARK, corpus, notebook
from lab import Lab, open_notebook, run_all, server

import necdata
from necdata.publishing import gallery, site

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWN = """
import sys
sys.path.insert(0, {tests!r})
import pandas as pd
from hostile import ATTACKS
from necdata.publishing.prose import plain, points, quoted, say
from necdata.publishing.readable import table
"""
ACTING = f"() => window.{MARK} !== undefined || document.title === '{MARK}'"


@pytest.fixture(scope="module")
def processed(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the hostile pages."""
    place = tmp_path_factory.mktemp("hostile")
    necdata.build(corpus(place / "raw"), place / "processed")
    return place / "processed"


@pytest.fixture(scope="module")
def root(processed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's notebooks, drawn from those tables, and one that shows every attack in every form."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "notebooks").mkdir()
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert text.count("necdata.load()") == 1
        text = text.replace("necdata.load()", f"necdata.load({str(processed)!r})".replace("'", '\\"'))
        nbformat.validate(json.loads(text))
        (folder / "notebooks" / path.name).write_text(text, encoding="utf-8")
    cells = [
        SHOWN.format(tests=str(ROOT / "tests")),
        "table(pd.DataFrame({'said': ATTACKS}), ATTACKS[0], ATTACKS[1], note=ATTACKS[4])",
        "say(*(f'By {plain(attack)}.' for attack in ATTACKS))",
        "points(*(quoted(attack) for attack in ATTACKS))",
        "for attack in ATTACKS:\n    print(attack)",
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=kernel)
    nbformat.write(book, folder / "notebooks" / "attacks.ipynb")
    return folder


class Watch:
    """What a page does beyond showing: addresses asked for outside its own place, dialogues, downloads, windows."""

    def __init__(self, page: Any, *own: str) -> None:
        self.page, self.own, self.found = page, (*own, "data:", "blob:", "about:"), list[str]()
        page.on("request", lambda r: None if r.url.startswith(self.own) else self.found.append(r.url))
        page.on(
            "websocket",
            lambda s: None if s.url.replace("ws", "http", 1).startswith(self.own) else self.found.append(s.url),
        )
        page.on("dialog", lambda d: (self.found.append(f"a dialogue: {d.message}"), d.dismiss()))
        page.on("popup", lambda p: self.found.append(f"a window: {p.url}"))
        page.on("download", lambda d: self.found.append(f"a download: {d.url}"))

    def acting(self) -> list[str]:
        """Give what was found so far, and the frames in which a script of the pages ran."""
        ran = [f"a script in {frame.url}" for frame in self.page.frames if frame.evaluate(ACTING)]
        return [*self.found, *ran]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


def test_the_watch_sees_what_acts(page: Any, tmp_path: Path) -> None:
    """The test of the tests: attacks that nobody escaped run, and ask."""
    from hostile import SCRIPTS

    (tmp_path / "bare.html").write_text("<!DOCTYPE html><meta charset=utf-8>" + "\n".join(SCRIPTS), encoding="utf-8")
    watch = Watch(page, tmp_path.as_uri())
    page.goto((tmp_path / "bare.html").as_uri())
    page.wait_for_timeout(500)
    found = watch.acting()
    assert any("a script in" in line for line in found) and any("evil.invalid" in line for line in found)


@pytest.fixture(scope="module")
def exported(root: Path, processed: Path) -> Path:
    """The site of the hostile corpus: three notebooks run, every chart, the contact sheet, a page of every attack."""
    out = root / "exports"
    chosen = [
        str(root / "notebooks" / f"{name}.ipynb") for name in ("01-corpus", "05-reporters", "06-explore", "attacks")
    ]
    # In a process of its own: the browser's driver keeps an event loop running in this one.
    command = [sys.executable, "-m", "necdata.publishing.notebooks", "--out", str(out), *chosen]
    subprocess.run(command, check=True, timeout=200)
    list(gallery.draw(processed, out, formats=["svg", "png", "txt"]))
    (out / "every.html").write_text(site.page(notebook(), "every"), encoding="utf-8")
    site.contact_sheet(out)
    return out


def test_the_site_shows_and_does_nothing(exported: Path, page: Any, shots: Path) -> None:
    """Every page, with all that is folded opened; what was attacked is there as words."""
    watch = Watch(page, exported.as_uri())
    pages = sorted(exported.glob("*.html"))
    assert len(pages) == 6
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.mouse.move(300, 300)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.scripts.length + document.querySelectorAll('iframe, object, embed').length") == 0
        assert watch.acting() == [], path.name
        if path.stem in ("05-reporters", "every"):
            assert f"<script>window.{MARK}=1</script>" in page.inner_text("main"), path.name
    page.screenshot(path=str(shots / "hostile-every.png"))


def test_pictures_that_can_hold_scripts_hold_none(exported: Path, page: Any) -> None:
    """SVG is a document: each chart opened as one."""
    watch = Watch(page, exported.as_uri())
    charts = sorted(exported.glob("*.svg"))
    assert len(charts) >= 10
    for path in charts:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.tagName") == "svg", path.name
        assert page.evaluate("document.querySelectorAll('script, foreignObject, parsererror, a').length") == 0
        images = page.evaluate("[...document.querySelectorAll('image')].map(i => i.href.baseVal)")  # of a colour bar
        assert all(address.startswith("data:image/png;base64,") for address in images), path.name
        assert watch.acting() == [], path.name


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab on the notebooks of the hostile corpus."""
    with server(root, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.mark.parametrize("name", ["attacks", "01-corpus", "05-reporters", "06-explore"])
def test_notebooks_show_and_do_nothing(lab: Lab, page: Any, name: str, shots: Path) -> None:
    """In JupyterLab, whose kernel's outputs are trusted: tables, sentences, lists, prints, widgets, the concordance."""
    watch = Watch(page, lab.url)
    open_notebook(page, lab, f"notebooks/{name}.ipynb")
    cells = run_all(page)
    assert [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"] == []
    said = json.dumps([cell["outputs"] for cell in cells])
    assert MARK in said or name == "06-explore"
    if name == "06-explore":
        page.locator("table.concordance").first.wait_for(timeout=30_000)
        assert f"window.{MARK}=1" in page.locator("table.concordance").first.inner_text()
    page.wait_for_timeout(1500)
    assert watch.acting() == []
    assert page.locator(".jp-OutputArea-output mjx-container, .jp-OutputArea-output math").count() == 0  # no formulas
    page.screenshot(path=str(shots / f"hostile-lab-{name}.png"))
