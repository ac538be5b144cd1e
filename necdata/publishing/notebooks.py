"""Execute notebooks so that two runs give the same bytes: ``python -m necdata.publishing.notebooks --help``.

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

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from necdata.publishing import site
from necdata.publishing.cells import (
    NotebookError,
    code_cells,
    committed_form,
    differences,
    machine_traces,
    normalise,
    read,
    to_json,
)

CELL_SECONDS = 120.0
NOTEBOOK_SECONDS = 600.0

PHONE_WIDTH = 89.0
"""The width in mm of the charts that a narrow screen gets."""
DRAWS = re.compile(r"\b(?:gallery|exploring)\.[a-z_]+\(")


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
    notebook: Path,
    cell_seconds: float = CELL_SECONDS,
    notebook_seconds: float = NOTEBOOK_SECONDS,
    narrow: bool = False,
) -> NotebookNode:
    """Run a notebook in its own folder and return it in normal form; the file is left alone.

    With `narrow` the charts of `gallery` and `exploring` are drawn a second time, for narrow screens: the picture
    stands in the output's metadata beside the alt text.

    Raises NotebookError, which names the notebook, the cell and the exception, where a cell fails
    or takes too long, where all cells together do, and where an output tells of this machine.
    """
    from nbclient import NotebookClient

    node = read(notebook)
    own = len(node.cells)
    if narrow:
        node.cells += list(_narrow_copies(node))
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
    if narrow:
        _attach(node.cells[:own], node.cells[own:])
        node.cells = node.cells[:own]
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


def _narrow_copies(node: NotebookNode) -> Iterator[NotebookNode]:
    """Give the cells that draw again, for a phone: the first sets the width, each names the cell it is a copy of."""
    setting = f"from necdata.publishing import gallery\ngallery.WIDTH = {PHONE_WIDTH}"
    yield new_code_cell(setting, id="narrow")
    for cell in node.cells:
        if cell.cell_type == "code" and DRAWS.search(cell.source):
            yield new_code_cell(cell.source, id=f"narrow-{cell.id}"[:64], metadata={"copy_of": cell.id})


def _attach(cells: list[NotebookNode], copies: list[NotebookNode]) -> None:
    """Put each picture of a copy into the metadata of the picture that it is a narrow form of."""
    drawn = {copy.metadata.get("copy_of"): copy.outputs for copy in copies}
    for cell in cells:
        for output, narrow in zip(cell.get("outputs", []), drawn.get(cell.id, []), strict=False):
            if "image/png" in output.get("data", {}) and "image/png" in narrow.get("data", {}):
                output.metadata.setdefault("image/png", NotebookNode())["narrow"] = narrow.data["image/png"]


def without_narrow(node: NotebookNode) -> NotebookNode:
    """Return a copy without the pictures for narrow screens."""
    node = nbformat.from_dict(node)
    for _, cell in code_cells(node):
        for output in cell.outputs:
            output.get("metadata", {}).get("image/png", {}).pop("narrow", None)
    return node


def without_words(node: NotebookNode) -> NotebookNode:
    """Return a copy in which cells tagged `words`, which show sentences of the documents, have no output."""
    node = nbformat.from_dict(node)
    for _, cell in code_cells(node):
        if "words" in cell.metadata.get("tags", []):
            cell.outputs = []
    return node


def export(notebook: Path, out: Path) -> None:
    """Run a notebook and write it into a folder as .ipynb and .html, without the words of the documents."""
    node = without_words(execute(notebook, narrow=True))
    names = sorted(path.stem for path in notebook.parent.glob("*.ipynb"))
    site.write(out / f"{notebook.stem}.html", site.page(node, notebook.stem, names))
    site.write(out / notebook.name, to_json(without_narrow(node)))


def refresh(notebook: Path) -> None:
    """Run a notebook and write its outputs back into the file."""
    site.write(notebook, to_json(committed_form(execute(notebook))))


def check(notebook: Path) -> None:
    """Run a notebook and raise NotebookError, a line per cell, where its file says otherwise."""
    found = list(differences(read(notebook), committed_form(execute(notebook))))
    if found:
        remedy = f"to refresh: python -m necdata.publishing.notebooks --in-place {notebook}"
        raise NotebookError("\n".join([*(f"{notebook}, {line}" for line in found), remedy]))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m necdata.publishing.notebooks",
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
    if not options.check and not options.in_place and options.out.is_dir():
        site.contact_sheet(options.out)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
