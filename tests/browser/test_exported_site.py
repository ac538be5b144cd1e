"""The pages of exports/ in a real browser: whole without a network, readable on a phone and in the dark."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import LIMIT

ROOT = Path(__file__).parent.parent.parent
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
CONTRAST = """() => {
    const channel = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
    const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
    const read = s => { const n = s.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n.slice(0, 3), 1] : n };
    const behind = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
        if (c[3] > 0) return c; } return [255, 255, 255, 1] };
    const poor = [];
    for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (!own || e.closest('style, head') || !e.getClientRects().length) continue;
        const a = light(read(getComputedStyle(e).color)), b = light(behind(e));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) poor.push(`${ratio.toFixed(1)}: ${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
    }
    return poor }"""
OVERFLOWING = """() => [...document.querySelectorAll('main *')].filter(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table, pre, .unseen'))
    .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40))"""


@pytest.fixture(scope="module")
def pages(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of the site: the folder that NECDATA_SITE names, as `make browser` does, or one made here."""
    given = os.environ.get("NECDATA_SITE")
    folder = ROOT / given if given else tmp_path_factory.mktemp("site") / "exports"
    if not given:
        # In processes of their own: the browser's driver keeps an event loop running in this one.
        notebooks = [sys.executable, "-m", "necdata.publishing.notebooks", "--out", str(folder)]
        charts = [sys.executable, "-m", "necdata.cli", "charts", "--out", str(folder)]
        for command in (notebooks, charts):
            subprocess.run(command, cwd=ROOT, check=True, timeout=LIMIT)
    found = sorted(folder.glob("*.html"))
    sources = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert sources | {"index"} <= {path.stem for path in found}, f"{folder} lacks pages: make html"
    return found


@pytest.fixture(params=["light", "dark", "phone"])
def window(request: pytest.FixtureRequest, browser: Any) -> Iterator[tuple[str, Any]]:
    """A wide window in light and in dark, and a phone."""
    look = request.param
    context = browser.new_context(
        viewport=PHONE if look == "phone" else WIDE, color_scheme="dark" if look == "dark" else "light"
    )
    yield look, context.new_page()
    context.close()


def test_pages_are_whole_and_readable(pages: list[Path], window: tuple[str, Any], shots: Path) -> None:
    """No request leaves the folder, no script, no sideways scrolling; all pictures load and are described, all text shows."""
    look, page = window
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        asked.clear()
        page.goto(path.as_uri(), wait_until="load")
        outside = [url for url in asked if not url.startswith(("data:", path.parent.as_uri()))]
        assert outside == [], path.name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        assert page.evaluate(OVERFLOWING) == [], path.name
        pictures = page.evaluate("[...document.images].map(i => { i.loading = 'eager'; return i.alt.length })")
        assert pictures and min(pictures) > 40, path.name
        page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth > 300)", timeout=60_000)
        assert page.evaluate("document.scripts.length") == 0, path.name
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(CONTRAST) == [], path.name
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (look != "dark"), path.name
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
        page.screenshot(path=str(shots / f"site-{path.stem}-{look}.png"), full_page=True)


def test_headings_and_landmarks_make_an_outline(pages: list[Path], browser: Any) -> None:
    """One first heading, no level left out, a main part, a language, links that lead somewhere, tables with heads."""
    page = browser.new_page()
    for path in pages:
        page.goto(path.as_uri())
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1, path.name
        assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False)), path.name
        assert page.locator("main").count() == 1 and page.locator("html").get_attribute("lang") == "en-GB"
        assert page.evaluate("[...document.querySelectorAll('table')].every(t => t.querySelector('th[scope]'))")
        menu = page.locator("header nav a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
        assert sorted(menu) == [other.name for other in pages], path.name
        assert page.locator("header nav a[aria-current=page]").get_attribute("href") == path.name
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
        missing = [link for link in links if not link.startswith("#") and not (path.parent / link).is_file()]
        assert missing == [], path.name
    page.close()


def test_a_phone_gets_the_narrow_chart(pages: list[Path], browser: Any) -> None:
    """The picture that a narrow screen shows is another one than that of a wide screen, and about half as wide."""
    charted = [path for path in pages if path.stem != "index"]
    assert len(charted) == 6
    for path in charted:
        sizes = []
        for viewport in (WIDE, PHONE):
            page = browser.new_page(viewport=viewport)
            page.goto(path.as_uri(), wait_until="load")
            page.wait_for_function("[...document.images].every(i => i.complete)", timeout=60_000)
            sizes.append(page.evaluate("[...document.images].map(i => i.naturalWidth)"))
            page.close()
        wide, narrow = sizes
        assert narrow == pytest.approx([size * 89 / 183 for size in wide], rel=0.02), path.name


def test_the_contact_sheet_has_every_chart_with_its_files(pages: list[Path], browser: Any) -> None:
    """Each chart of the gallery stands there with its picture and downloads, each once."""
    from necdata.publishing import gallery

    page = browser.new_page()
    page.goto(next(path for path in pages if path.stem == "index").as_uri())
    found = page.locator(".charts figure").evaluate_all("figures => figures.map(f => f.id)")
    assert set(gallery.CHARTS) <= set(found) and len(found) == len(set(found))
    files = page.locator("#coverage .files a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert files == [f"coverage.{suffix}" for suffix in ("png", "svg", "pdf", "csv")]
    page.close()
