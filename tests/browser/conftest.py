"""A real browser: Debian's chromium, driven by playwright, with no network but this machine's loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import necdata
from necdata.corpus import Corpus

PAGES = Path(__file__).parent.parent / "pages"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip that says what to install."""
    if not os.environ.get("NECDATA_BROWSER"):
        pytest.skip("a browser is driven on demand: make browser")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("needs a browser: apt install chromium, or name one: CHROMIUM=/path/to/chromium")
    sync = pytest.importorskip("playwright.sync_api", reason="needs playwright: .venv/bin/pip install playwright")
    with sync.sync_playwright() as playwright:
        # Nothing in these pages may ask another machine for anything; names resolve to nowhere.
        arguments = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """The folder for screenshots: build/screenshots, to be looked at."""
    folder = Path(__file__).parent.parent.parent / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The tables of the pages written for the tests, with their text."""
    processed = tmp_path_factory.mktemp("written") / "processed"
    necdata.build(PAGES, processed)
    return necdata.load(processed)
