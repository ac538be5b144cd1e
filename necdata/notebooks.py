"""Execute notebooks so that two runs give the same bytes: ``python -m necdata.notebooks --help``.

A notebook is run from top to bottom in a fresh kernel, put into a normal form (nothing in it tells
when, where or on which Python it ran) and then exported, written back, or compared with the
committed copy. A notebook whose metadata says ``"necdata": {"outputs": "none"}`` is committed
without outputs: it is made to be explored, but still has to run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode

from necdata.cells import (
    NotebookError,
    committed_form,
    differences,
    machine_traces,
    normalise,
    read,
    to_json,
)

CELL_SECONDS = 120.0
NOTEBOOK_SECONDS = 600.0

# A page that needs nothing from elsewhere: no scripts, text no wider than can be read.
OFFLINE_TEMPLATE = """
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block html_head_css -%}
<style>main { max-width: 66rem; margin: 0 auto; }</style>
{%- endblock -%}
"""


@contextmanager
def kernel_environment() -> Iterator[Path]:
    """Keep kernels away from the user's own settings and files while the block runs.

    Yields the temporary folder that IPython and Jupyter write to instead. MPLCONFIGDIR is kept
    where it is set (building the font list takes seconds); MPLBACKEND is taken away, since it
    would keep every chart out of the notebook.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="nb-", ignore_cleanup_errors=True) as folder:
        names = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        os.environ.update(dict.fromkeys(names, folder))
        os.environ.update(JUPYTER_PREFER_ENV_PATH="1", PYDEVD_DISABLE_FILE_VALIDATION="1")
        os.environ.setdefault("MPLCONFIGDIR", folder)
        os.environ.pop("MPLBACKEND", None)
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


def execute(
    notebook: Path, cell_seconds: float = CELL_SECONDS, notebook_seconds: float = NOTEBOOK_SECONDS
) -> NotebookNode:
    """Run a notebook in its own folder and return it in normal form; the file is left alone.

    Raises NotebookError, which names the notebook, the cell and the exception, where a cell fails
    or takes too long, where all cells together do, and where an output tells of this machine.
    """
    from nbclient import NotebookClient

    node = read(notebook)
    client = NotebookClient(
        node,
        timeout=cell_seconds,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(notebook.parent)}},
    )
    reached: list[NotebookNode] = []
    client.on_cell_start = lambda cell, cell_index: reached.append(cell)
    with kernel_environment() as folder:
        manager = client.create_kernel_manager()
        # Sockets in the folder rather than ports of this machine, where such a long path may be.
        if sys.platform == "linux" and len(str(folder)) < 50:
            manager.transport, manager.ip = "ipc", str(folder / "kernel")
        start = time.monotonic()
        try:
            asyncio.run(asyncio.wait_for(client.async_execute(), notebook_seconds))
        except Exception as error:
            number = sum(cell.cell_type == "code" for cell in reached)
            reason = _reason(error, cell_seconds)
            if time.monotonic() - start >= notebook_seconds:
                reason = f"reached when the notebook had taken {notebook_seconds:g} seconds"
            raise NotebookError(f"{notebook}, code cell {number}: {reason}") from error
    node = normalise(node)
    if traces := list(machine_traces(node)):
        lines = (f"{notebook}, code cell {n}: the output holds {trace}" for n, trace in traces)
        raise NotebookError("\n".join(lines))
    return node


def _reason(error: Exception, cell_seconds: float) -> str:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    if isinstance(error, CellTimeoutError):
        return f"took longer than {cell_seconds:g} seconds"
    if isinstance(error, CellExecutionError):
        return " ".join(f"{error.ename}: {error.evalue}".split())[:300]
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def to_html(node: NotebookNode, title: str) -> str:
    """Return the notebook as one HTML page that needs no other file and no network."""
    from jinja2 import DictLoader
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_file="offline.html.j2",
        extra_loaders=[DictLoader({"offline.html.j2": OFFLINE_TEMPLATE})],
        embed_images=True,
    )
    headings = (re.search(r"^# (.+)", c.source) for c in node.cells if c.cell_type == "markdown")
    title = next((found[1] for found in headings if found), title)
    page, _ = exporter.from_notebook_node(node, {"metadata": {"name": title}})
    return str(page)


def write(path: Path, text: str) -> None:
    """Write a whole file or none, and leave one alone that already holds the text."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(text.encode())
    os.replace(part, path)


def export(notebook: Path, out: Path) -> None:
    """Run a notebook and write it into a folder as .ipynb and .html."""
    node = execute(notebook)
    write(out / f"{notebook.stem}.html", to_html(node, notebook.stem))
    write(out / notebook.name, to_json(node))


def refresh(notebook: Path) -> None:
    """Run a notebook and write its outputs back into the file."""
    write(notebook, to_json(committed_form(execute(notebook))))


def check(notebook: Path) -> None:
    """Run a notebook and raise NotebookError, a line per cell, where its file says otherwise."""
    found = list(differences(read(notebook), committed_form(execute(notebook))))
    if found:
        remedy = f"to refresh: python -m necdata.notebooks --in-place {notebook}"
        raise NotebookError("\n".join([*(f"{notebook}, {line}" for line in found), remedy]))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m necdata.notebooks",
        description="Execute notebooks from top to bottom, the same bytes on every run.",
        epilog="Exit code: 0 all is well, 1 a notebook failed or differs, 2 no notebook given.",
    )
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="default: notebooks/*.ipynb")
    parser.add_argument("--out", type=Path, default=Path("exports"), help="folder for .ipynb and .html (exports)")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--in-place", action="store_true", help="refresh the notebooks themselves")
    mode.add_argument("--check", action="store_true", help="compare the notebooks with a fresh run")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; every notebook is tried, whatever befell the one before it."""
    options = parse(arguments)
    notebooks = options.notebooks or sorted(Path("notebooks").glob("*.ipynb"))
    if not notebooks:
        print("no notebook given, and none in notebooks/", file=sys.stderr)
        return 2
    failed = 0
    for notebook in notebooks:
        try:
            if options.check:
                check(notebook)
            elif options.in_place:
                refresh(notebook)
            else:
                export(notebook, options.out)
            print(f"{notebook}: {'as committed' if options.check else 'executed'}", flush=True)
        except NotebookError as error:
            print(error, file=sys.stderr, flush=True)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
