"""Notebooks run the same way twice, tell nothing of the machine, and say where they fail."""

import base64
import io
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.image import imsave
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from necdata import cells, notebooks

SETTINGS = "import os\nprint(os.environ['IPYTHONDIR'] == os.environ['JUPYTER_RUNTIME_DIR'])"
CHART = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()"
WIDGET = "import ipywidgets\nipywidgets.IntSlider()"
UNKNOWN_CELL = (
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells":'
    ' [{"cell_type": "heading", "id": "a", "metadata": {}, "source": ""}]}'
)
STREAMS = "for n in range(300): print(n, flush=True)"


def a_notebook(*sources: str, heading: str = "# Which way?", **metadata: object) -> NotebookNode:
    listed = [new_markdown_cell(heading), *map(new_code_cell, sources)]
    for position, cell in enumerate(listed):
        cell.id = f"own-id-{position}"
    return new_notebook(cells=listed, metadata=metadata)


def save(path: Path, node: NotebookNode) -> Path:
    path.write_text(cells.to_json(node), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("with a space")
    return save(folder / "one.ipynb", a_notebook(SETTINGS, CHART, WIDGET, STREAMS))


@pytest.fixture(scope="module")
def run(written: Path) -> NotebookNode:
    return notebooks.execute(written)


def test_two_runs_give_the_same_bytes(written: Path, run: NotebookNode) -> None:
    """Both forms of a second run are byte for byte those of the first."""
    again = notebooks.execute(written)
    assert cells.to_json(again) == cells.to_json(run)
    assert notebooks.to_html(again, "one") == notebooks.to_html(run, "one")


def test_a_run_leaves_the_notebook_alone(written: Path, run: NotebookNode) -> None:
    """Executing changes neither the file nor the ids of its cells."""
    assert cells.read(written).cells[1].outputs == []
    assert [cell.id for cell in run.cells] == [f"own-id-{n}" for n in range(5)]


def test_a_kernel_has_no_settings_of_the_user(run: NotebookNode) -> None:
    """IPython and Jupyter write to a folder of their own."""
    assert run.cells[1].outputs[0].text == "True\n"


def test_charts_show_although_the_tests_have_no_display(run: NotebookNode) -> None:
    """MPLBACKEND=Agg, set for the tests, does not reach the notebook's kernel."""
    assert "image/png" in run.cells[2].outputs[0].data


def test_views_of_widgets_are_left_out(run: NotebookNode) -> None:
    """A widget draws nothing without a kernel, and its id is random."""
    assert run.cells[3].outputs == []
    assert "widgets" not in run.metadata


def test_printed_lines_arrive_as_one_output(run: NotebookNode) -> None:
    """However the kernel cut its stream, there is one output with all of it."""
    assert [o.text.count("\n") for o in run.cells[4].outputs] == [300]


def test_metadata_name_no_version_and_no_time(run: NotebookNode) -> None:
    """Python 3.12 writes the same metadata as 3.11, and no cell says when it ran."""
    assert run.metadata.kernelspec.name == "python3"
    assert "version" not in run.metadata.language_info
    assert all(cell.metadata == {} for cell in run.cells)


def test_html_needs_nothing_from_elsewhere(run: NotebookNode) -> None:
    """The page has its title and its chart inside, and no script or address to load."""
    page = notebooks.to_html(run, "one")
    assert "<title>Which way?</title>" in page
    assert 'src="data:image/png;base64,' in page
    assert not re.search(r"<script|(?:src|href)=[\"']https?:|@import", page)


def test_an_error_names_notebook_cell_and_exception(tmp_path: Path) -> None:
    """One line, the cell counted as Jupyter counts code cells."""
    path = save(tmp_path / "bad.ipynb", a_notebook("1", "{}['topic']\n# no such key", "3"))
    with pytest.raises(cells.NotebookError) as error:
        notebooks.execute(path)
    assert str(error.value) == f"{path}, code cell 2: KeyError: 'topic'"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"cell_seconds": 1}, "code cell 2: took longer than 1 seconds"),
        ({"notebook_seconds": 4}, "code cell 2: reached when the notebook had taken 4 seconds"),
    ],
)
def test_a_notebook_that_hangs_is_ended(tmp_path: Path, limits: dict[str, float], message: str) -> None:
    """One cell and all cells together are bounded, and the kernel does not live on."""
    left = tmp_path / "left"
    slow = f"import time\ntime.sleep(15)\nopen({str(left)!r}, 'w').close()"
    path = save(tmp_path / "slow.ipynb", a_notebook("1", slow))
    with pytest.raises(cells.NotebookError, match=message):
        notebooks.execute(path, **limits)
    assert not left.exists()


def test_refreshed_notebooks_pass_the_check_and_others_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check names the notebook and the cell whose output was changed by hand."""
    path = save(tmp_path / "two.ipynb", a_notebook("6 * 7", "print('one')"))
    assert notebooks.main(["--check", str(path)]) == 1
    assert notebooks.main(["--in-place", str(path)]) == 0
    assert notebooks.main(["--check", str(path)]) == 0
    node = cells.read(path)
    node.cells[2].outputs[0].text = "two\n"
    save(path, node)
    capsys.readouterr()
    assert notebooks.main(["--check", str(path)]) == 1
    complaint = capsys.readouterr().err
    assert f"{path}, code cell 2: its output is another one when run again" in complaint
    assert "code cell 1" not in complaint


def test_export_writes_both_forms_and_goes_on_after_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A notebook that fails leaves nothing behind, and the next is exported all the same."""
    bad = save(tmp_path / "bad.ipynb", a_notebook("1 / 0"))
    good = save(tmp_path / "good.ipynb", a_notebook("1"))
    out = tmp_path / "out"
    assert notebooks.main(["--out", str(out), str(bad), str(good)]) == 1
    assert sorted(p.name for p in out.iterdir()) == ["good.html", "good.ipynb"]
    assert capsys.readouterr().err == f"{bad}, code cell 1: ZeroDivisionError: division by zero\n"


def test_an_output_with_an_address_ends_the_run(tmp_path: Path) -> None:
    """What a later run could not repeat is refused when it is made."""
    path = save(tmp_path / "address.ipynb", a_notebook("object()"))
    with pytest.raises(cells.NotebookError, match="code cell 1: the output holds an address"):
        notebooks.execute(path)


def test_a_notebook_can_be_committed_without_outputs(tmp_path: Path) -> None:
    """Metadata ask for it; the notebook is run all the same, and outputs count as a difference."""
    node = a_notebook("1", necdata={"outputs": "none"})
    node.cells[1].outputs = [new_output("execute_result", {"text/plain": "1"}, execution_count=1)]
    node.cells[1].execution_count = 1
    node = cells.normalise(node)
    bare = cells.committed_form(node)
    assert (bare.cells[1].outputs, bare.cells[1].execution_count) == ([], None)
    assert list(cells.differences(bare, bare)) == []
    assert len(list(cells.differences(node, bare))) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[<matplotlib.lines.Line2D at 0x7f01c2d8e150>]", "an address in memory"),
        ("&lt;object object at 0x7f01c2d8e150&gt;", "an address in memory"),
        ("/tmp/ipykernel_42/12.py:1: UserWarning: dear me", "a path of this machine"),
        ("read '/home/ann/reports/page.txt'", "a path of this machine"),
        (r"C:\Users\Ann\page.txt", "a path of this machine"),
        (str(Path.cwd()), "a path of this machine"),
        ("https://example.org/home/ann and 3/4 and exports/home/chart.svg", None),
        ("at 0x2 of 5", None),
    ],
)
def test_traces_of_the_machine(text: str, found: str | None) -> None:
    """Paths and addresses are found in printed text and in results; web addresses are let be."""
    node = a_notebook("1", "2")
    node.cells[2].outputs = [
        new_output("stream", name="stderr", text=text),
        new_output("display_data", {"text/html": text}),
    ]
    traces = set(cells.machine_traces(node))
    assert {number for number, _ in traces} == ({2} if found else set())
    assert all(trace.startswith(f"{found}: ") for _, trace in traces)


def picture(pixels: np.ndarray) -> NotebookNode:
    file = io.BytesIO()
    imsave(file, pixels, vmin=0, vmax=255, cmap="gray")
    node = a_notebook("1")
    png = base64.b64encode(file.getvalue()).decode()
    node.cells[1].outputs = [new_output("display_data", {"image/png": png})]
    return cells.normalise(node)


@pytest.mark.parametrize(("change", "lines"), [(0, 0), (5, 0), (60, 1)])
def test_pictures_are_compared_by_what_is_seen(change: int, lines: int) -> None:
    """A shade on one pixel is no difference; a grey dot that was not there is one."""
    old = np.full((20, 30), 200)
    new = old.copy()
    new[3, 4] -= change
    assert len(list(cells.differences(picture(old), picture(new)))) == lines
    assert len(list(cells.differences(picture(old), picture(new[1:])))) == 1


def test_leftover_metadata_are_a_difference() -> None:
    """A notebook saved from JupyterLab names its Python version: the check asks for a refresh."""
    node = cells.normalise(a_notebook("1"))
    saved = nbformat.from_dict(node)
    saved.metadata = {**node.metadata, "language_info": {"name": "python", "version": "3.13.0"}}
    assert list(cells.differences(node, node)) == []
    assert len(list(cells.differences(nbformat.from_dict(saved), node))) == 1
    run = nbformat.from_dict({**node, "metadata": {**node.metadata, "title": "run"}})
    assert len(list(cells.differences(node, run))) == 1


def test_cells_keep_their_tags_and_lose_their_times() -> None:
    """What the author set stays; what an execution left behind goes."""
    node = a_notebook("1")
    node.cells[1].metadata = {"tags": ["hide"], "execution": {"iopub.execute_input": "09:41"}}
    assert cells.normalise(node).cells[1].metadata == {"tags": ["hide"]}


def test_cells_without_ids_get_them_from_their_position(tmp_path: Path) -> None:
    """An older notebook reads the same each time it is read."""
    node = a_notebook("1", "2")
    for cell in node.cells:
        del cell["id"]
    node.nbformat_minor = 2
    path = tmp_path / "old.ipynb"
    nbformat.write(node, path)
    assert [cell.id for cell in cells.read(path).cells] == ["cell-1", "cell-2", "cell-3"]


@pytest.mark.parametrize("content", ["", "{}", "# a script", UNKNOWN_CELL])
def test_what_is_no_notebook_is_named(tmp_path: Path, content: str) -> None:
    """The message names the file, in one line."""
    path = tmp_path / "page.ipynb"
    path.write_text(content)
    with pytest.raises(cells.NotebookError, match=r"page\.ipynb: not a notebook"):
        cells.read(path)
    with pytest.raises(cells.NotebookError, match="cannot be read"):
        cells.read(tmp_path / "missing.ipynb")


def test_no_notebook_at_all_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty folder is not a success."""
    monkeypatch.chdir(tmp_path)
    assert notebooks.main(["--check"]) == 2
    assert "no notebook" in capsys.readouterr().err


def test_write_leaves_an_equal_file_alone(tmp_path: Path) -> None:
    """What has not changed keeps its time, so make does not build on it again."""
    path = tmp_path / "new folder" / "one.html"
    notebooks.write(path, "één")
    path.touch()
    before = path.stat()
    notebooks.write(path, "één")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    notebooks.write(path, "twee")
    assert path.read_text(encoding="utf-8") == "twee"
    assert [p.name for p in path.parent.iterdir()] == ["one.html"]
