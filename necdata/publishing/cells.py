"""What stands in a notebook file: its normal form, traces of a machine, differences of two runs."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

# How far one channel of a pixel (0-255) may be off: another processor's last binary digit shows
# as a shade of the edge it draws, another figure in the data as a dark dot on a white ground.
PIXEL_TOLERANCE = 8

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_TYPE = "application/vnd.jupyter.widget-view+json"
KEPT_METADATA = ("necdata", "title")
KEPT_CELL_METADATA = ("tags", "jupyter", "slideshow", "editable", "deletable")

MACHINE_TRACES = {
    "an address in memory": re.compile(r"\S* at 0x[0-9a-fA-F]{6,}"),
    "a path of this machine": re.compile(
        r"(?<![\w:/.+-])(?:/(?:home|Users|root|tmp|usr|opt|var|private|mnt|srv)/|[A-Z]:\\+\w)"
        r"[^\s'\"<>]*"
    ),
}


class NotebookError(Exception):
    """A notebook that cannot be used as it is; the message is one line that names the place."""


def read(notebook: Path) -> NotebookNode:
    """Read a notebook of any format version; cells without an id get one from their position.

    Raises NotebookError where the file cannot be read or is no notebook.
    """
    try:
        node = nbformat.reader.reads(notebook.read_text(encoding="utf-8"))
        node = nbformat.convert(node, 4) if node.nbformat < 4 else node
        taken: set[str] = set()
        for position, cell in enumerate(node.cells, start=1):
            if node.nbformat_minor < 5 or cell.get("id", "") in taken | {""}:
                cell.id = f"cell-{position}"
            taken.add(cell.id)
        node.nbformat, node.nbformat_minor = 4, 5
        nbformat.validate(node)
    except OSError as error:
        raise NotebookError(f"{notebook}: cannot be read ({error.strerror})") from error
    except Exception as error:
        raise NotebookError(f"{notebook}: not a notebook that Jupyter can open") from error
    return node


def normalise(node: NotebookNode) -> NotebookNode:
    """Return the notebook without what differs from run to run or from machine to machine.

    Views of widgets go: without a kernel they draw nothing, and their ids are random.
    """
    node = nbformat.from_dict(node)
    language = {k: v for k, v in node.metadata.get("language_info", {}).items() if k != "version"}
    own = {k: v for k, v in node.metadata.items() if k in KEPT_METADATA}
    node.metadata = nbformat.from_dict({**own, "kernelspec": KERNELSPEC, "language_info": language})
    for cell in node.cells:
        kept = {k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA}
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if WIDGET_TYPE not in o.get("data", {})]
    return node


def committed_form(node: NotebookNode) -> NotebookNode:
    """Return a fresh run as it is to be committed: without outputs where its metadata says so."""
    if node.metadata.get("necdata", {}).get("outputs") != "none":
        return node
    node = nbformat.from_dict(node)
    for _, cell in code_cells(node):
        cell.outputs, cell.execution_count = [], None
    return node


def code_cells(node: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield each code cell with its number among the code cells, from 1."""
    return enumerate((cell for cell in node.cells if cell.cell_type == "code"), start=1)


def machine_traces(node: NotebookNode) -> Iterator[tuple[int, str]]:
    """Yield (code cell, trace) for each output that holds a path or an address of this machine.

    A line plot whose value is shown gives (2, "an address in memory: <Line2D at 0x7f01c2d8e150").
    """
    here = [str(p) for p in (Path.cwd(), Path.home(), Path(sys.prefix)) if len(p.parts) > 1]
    for number, cell in code_cells(node):
        for text in _texts(cell):
            for name, pattern in MACHINE_TRACES.items():
                if found := pattern.search(text):
                    yield number, f"{name}: {found[0].strip()}"
            for path in here:
                if path in text:
                    yield number, f"a path of this machine: {path}"


def _texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        yield output.get("text", "")
        for kind, data in output.get("data", {}).items():
            if not kind.startswith("image/") or kind == "image/svg+xml":
                yield str(data)


def differences(committed: NotebookNode, fresh: NotebookNode) -> Iterator[str]:
    """Yield one line for each cell of a committed notebook that a fresh run does not bear out.

    Pictures count as the same when no pixel differs visibly (PIXEL_TOLERANCE).
    """
    for (number, old), (_, new) in zip(code_cells(committed), code_cells(fresh), strict=True):
        if old.execution_count != new.execution_count:
            yield f"code cell {number}: numbered [{old.execution_count or ' '}], so not run from the top"
        elif not _same(old.outputs, new.outputs):
            yield f"code cell {number}: its output is another one when run again"
    if normalise(committed) != committed or committed.metadata != fresh.metadata:
        yield "its metadata are not those of a fresh run"


def _same(old: Any, new: Any, kind: str = "") -> bool:
    """Compare outputs piece by piece, pictures by their pixels."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[k], new[k], k) for k in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return bool(old == new) or (kind == "image/png" and _same_picture(old, new))


def _same_picture(old: str, new: str) -> bool:
    import numpy as np
    from matplotlib.image import imread

    before, after = (imread(io.BytesIO(base64.b64decode(png)), "png") for png in (old, new))
    if before.shape != after.shape:
        return False
    return bool(np.abs(before - after).max() * 255 <= PIXEL_TOLERANCE)


def to_json(node: NotebookNode) -> str:
    """Return the notebook as the text of an .ipynb file."""
    return str(nbformat.writes(node)) + "\n"
