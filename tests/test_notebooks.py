"""Notebooks run the same way twice, tell nothing of the machine, and say where they fail."""

import base64
import io
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.image import imread, imsave
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import necdata
from necdata.publishing import cells, notebooks, site

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
    assert site.page(again, "one") == site.page(run, "one")


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
    assert sorted(p.name for p in out.iterdir()) == ["good.html", "good.ipynb", "index.html"]
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


COMMITTED = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
READ = [path for path in COMMITTED if path.stem != "06-explore"]
TEXT = re.compile(r"\.text\b|\.kwic\(|\.has_text|\.collocations\(|\bplaces\.|\.why\(")
DRAWN = """
from necdata import charts
from necdata.charts import style
from necdata.publishing import gallery
import pandas as pd
drawn = charts.sheet(gallery.WIDTH, 20)
charts.finish(drawn, pd.DataFrame({"width": [gallery.WIDTH]}), title="Gallery", alt=f"{gallery.WIDTH:g} mm wide")
# as if drawn by gallery.coverage(corpus)
"""


def test_charts_are_drawn_again_for_phones(tmp_path: Path) -> None:
    """The narrow picture stands in the page only: cells, outputs and counts are those of a plain run."""
    path = save(tmp_path / "drawn.ipynb", a_notebook(DRAWN + "drawn", "1 + 1"))
    plain, both = notebooks.execute(path), notebooks.execute(path, narrow=True)
    told = both.cells[1].outputs[0].metadata["image/png"]
    widths = [io.BytesIO(base64.b64decode(png)) for png in (both.cells[1].outputs[0].data["image/png"], told["narrow"])]
    wide, narrow = (imread(file).shape[1] for file in widths)
    assert narrow / wide == pytest.approx(notebooks.PHONE_WIDTH / 183, rel=0.02)
    assert cells.to_json(notebooks.without_narrow(both)) == cells.to_json(plain)


def test_words_of_the_documents_are_not_exported(tmp_path: Path) -> None:
    """A cell tagged `words` shows in JupyterLab; neither exported form has its output."""
    node = a_notebook("print('said ' + 'in confidence')", "print('shared ' + 'freely')")
    node.cells[1].metadata["tags"] = ["words"]
    path = save(tmp_path / "words.ipynb", node)
    notebooks.export(path, tmp_path / "out")
    for form in ("html", "ipynb"):
        written = (tmp_path / "out" / f"words.{form}").read_text(encoding="utf-8")
        assert "shared freely" in written and "said in confidence" not in written
    assert site.WITHHELD.split(":")[0].replace("'", "&#x27;") in (tmp_path / "out" / "words.html").read_text()


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_a_notebook_reads_as_an_article(path: Path) -> None:
    """It asks in its title, answers at once with numbers, reads every chart, says how sure it is, and ends with points."""
    node = cells.read(path)
    headings = [line for c in node.cells if c.cell_type == "markdown" for line in re.findall("^#+ .*", c.source, re.M)]
    assert headings[0].startswith("# ") and headings[0].endswith("?")
    assert headings[-1] == "## What to take away" and "## What is missing" in headings
    assert any(heading.startswith("## How sure") for heading in headings)
    said = [kinds(cell) for cell in node.cells]
    first = next(what for what in said if what)
    assert re.search(r"\d", first["text/markdown"])
    for at, what in enumerate(said):
        if "image/png" in what:
            after = next(later for later in said[at + 1 :] if "text/markdown" in later)
            assert re.search(r"\d", after["text/markdown"]), f"no number after the chart of cell {at}"
            assert "alt" in node.cells[at].outputs[0].metadata["image/png"]


def kinds(cell: NotebookNode) -> dict[str, str]:
    """What a cell shows, by type."""
    return {kind: text for output in cell.get("outputs", []) for kind, text in output.get("data", {}).items()}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_cells_are_short_and_call_the_library(path: Path) -> None:
    """A few lines a cell, nothing defined, and no prose that states a number by itself."""
    for number, cell in cells.code_cells(cells.read(path)):
        assert len(cell.source.splitlines()) <= 18, f"code cell {number} is too long"
        assert not re.search(r"^(?:@|(?:def|class|for|while|with|if|try)\b)", cell.source, re.M), f"code cell {number}"


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_committed_outputs_do_not_need_the_text(path: Path) -> None:
    """A fresh clone has no text: the outputs must be the same there, so nothing may ask for it."""
    used = [cell.source for _, cell in cells.code_cells(cells.read(path)) if TEXT.search(cell.source)]
    assert used == []


def test_exploring_is_committed_without_outputs() -> None:
    """06-explore may show words of the documents, which must not be committed."""
    node = cells.read(next(path for path in COMMITTED if path.stem == "06-explore"))
    assert node.metadata["necdata"] == {"outputs": "none"}
    assert all(not cell.outputs and cell.execution_count is None for _, cell in cells.code_cells(node))
    shown = [cell for _, cell in cells.code_cells(node) if "concordance" in cell.source]
    assert shown and all("words" in cell.metadata["tags"] for cell in shown)


@pytest.fixture(scope="module")
def pages_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    processed = tmp_path_factory.mktemp("written") / "processed"
    necdata.build(Path(__file__).parent / "pages", processed)
    return processed


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_notebooks_hold_for_another_corpus(path: Path, pages_of_tests: Path, tmp_path: Path) -> None:
    """Built from other pages, with several accounts of a meeting, unknown reporters and many eras, they run and read on."""
    text = path.read_text(encoding="utf-8")
    assert "necdata.load()" in text
    other = tmp_path / path.name
    other.write_text(text.replace("necdata.load()", f"necdata.load('{pages_of_tests}')"), encoding="utf-8")
    node = notebooks.execute(other)
    said = "\n".join(filter(None, (kinds(cell).get("text/markdown") for cell in node.cells)))
    assert not re.search(r"\bnan\b|not known wrote|\bNone\b|  ", said), said
    if path.stem == "05-reporters":
        assert "with several accounts" in said and "No meeting in this corpus" not in said
