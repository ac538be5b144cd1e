"""A JupyterLab of our own on loopback: random port and token, a home that is thrown away, gone when the test is."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

LIMIT = 240
"""Seconds after which a test, or what it needs, is ended: a browser that hangs must not hold up the rest."""
STARTS_IN = 90
OPENS_IN = 90_000
RUNS_IN = 150_000
# Linux ends the server when the tests that started it are ended from outside: 1 is PR_SET_PDEATHSIG, 15 SIGTERM.
LAUNCH = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15)
os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *sys.argv[1:]])
"""
SETTINGS = '{"fetchNews": "false", "checkForUpdates": false}'


class Lab(NamedTuple):
    """A running server: its address, its token, the folder that it shows."""

    url: str
    token: str
    root: Path


@contextlib.contextmanager
def server(root: Path, home: Path) -> Iterator[Lab]:
    """Run JupyterLab on a folder; `home` takes everything that it would write elsewhere."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    settings = home / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(SETTINGS)
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    environment = {**os.environ, **own, "HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
    environment.update(JUPYTER_PREFER_ENV_PATH="1", JUPYTERLAB_SETTINGS_DIR=str(home / "lab" / "user-settings"))
    environment.pop("MPLBACKEND", None)
    command = [
        sys.executable, "-c", LAUNCH, "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        lab = Lab(f"http://127.0.0.1:{port}", token, root)
        try:
            _wait(lab, process, home / "server.log")
            yield lab
        finally:
            _stop(lab, process)


def _wait(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_IN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{lab.url}/api?token={lab.token}", timeout=2):
            return
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start in {STARTS_IN} seconds:\n{log.read_text()[-2000:]}")


def _stop(lab: Lab, process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, with its kernels; then end it, and every process that it started."""
    ask = urllib.request.Request(f"{lab.url}/api/shutdown?token={lab.token}", method="POST")
    with contextlib.suppress(OSError):
        urllib.request.urlopen(ask, timeout=5).close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def open_notebook(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook in the browser and wait until its kernel listens."""
    page.goto(f"{lab.url}/lab?token={lab.token}&reset", wait_until="domcontentloaded", timeout=OPENS_IN)
    page.wait_for_function("() => window.jupyterapp !== undefined", timeout=OPENS_IN)
    within(page, OPENS_IN, "() => window.jupyterapp.restored")
    within(
        page,
        OPENS_IN,
        """async path => {
            const panel = await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
            await panel.revealed;
            await panel.sessionContext.ready;
            window.opened = panel;
        }""",
        name,
    )


def within(page: Any, limit: int, script: str, argument: Any = None) -> None:
    """Run a script in the page and wait for its promise, which has no time limit of its own in playwright."""
    ended = page.evaluate(
        f"""given => Promise.race([
            Promise.resolve(({script})(given)).then(() => true),
            new Promise(resolve => setTimeout(() => resolve(false), {limit})),
        ])""",
        argument,
    )
    assert ended, f"this had not ended after {limit / 1000:g} seconds: {script}"


def run_all(page: Any) -> list[dict[str, Any]]:
    """Run every cell and give the outputs of each code cell, read from the notebook's model."""
    within(page, RUNS_IN, "() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    outputs: list[dict[str, Any]] = page.evaluate(
        """() => window.opened.content.model.toJSON().cells.filter(c => c.cell_type === 'code')
            .map(c => ({count: c.execution_count, source: c.source, outputs: c.outputs}))"""
    )
    return outputs


def show(page: Any, cell: int = 0) -> None:
    """Bring a cell into view and wait until it is drawn: cells far from the view are not in the page at all."""
    within(
        page,
        OPENS_IN,
        """async cell => {
            const notebook = window.opened.content;
            notebook.activeCellIndex = cell;
            await notebook.scrollToItem(cell, 'start');
        }""",
        cell,
    )
    page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{cell}"]').wait_for(timeout=OPENS_IN)
    page.wait_for_function("() => [...document.images].every(i => i.complete)", timeout=OPENS_IN)
