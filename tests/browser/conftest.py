"""A real browser: Debian's chromium, driven by playwright, with no network but this machine's loopback."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import LIMIT

import necdata
from necdata.corpus import Corpus

PAGES = Path(__file__).parent.parent / "pages"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Nothing in these pages may ask another machine for anything; names resolve to nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """Bound each test, its fixtures included; what they started is ended by their own clean-up."""

    def late(*_: object) -> None:
        raise TimeoutError(f"{item.name} had not ended after {LIMIT} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LIMIT)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium with an empty profile of its own, or a skip that says what to install."""
    if not os.environ.get("NECDATA_BROWSER"):
        pytest.skip("a browser is driven on demand: make browser")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("no browser: apt install chromium, or name one: CHROMIUM=/path/to/chromium", pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Playwright gives every browser that it launches an empty profile, and removes it in the end.
        started = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS, timeout=60_000)
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
