"""Pages and the contact sheet: whole, safe, described, and the same on every run."""

from __future__ import annotations

import base64
import io
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imsave
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from necdata import charts
from necdata.charts import style
from necdata.publishing import readable, site


def png(width: int = 4) -> str:
    file = io.BytesIO()
    imsave(file, np.zeros((2, width, 3)))
    return base64.b64encode(file.getvalue()).decode()


def notebook() -> dict:
    """A question, an answer, a chart, a table, something printed."""
    shown = [
        new_output("display_data", {"text/markdown": "**22** meetings"}),
        new_output(
            "display_data", {"image/png": png()}, metadata={"image/png": {"alt": 'He said "22" < 23', "width": 4}}
        ),
        new_output("display_data", {"text/html": "<div><table><tr><th scope=col>n</th></tr></table></div>"}),
        new_output("stream", name="stdout", text="1 < 2 & <script>"),
    ]
    code = [new_code_cell(f"draw({n})  # <b>", outputs=[output]) for n, output in enumerate(shown)]
    return new_notebook(cells=[new_markdown_cell("# Which <way>?"), new_code_cell("import necdata"), *code])


def test_a_page_needs_nothing_from_elsewhere():
    """Its title, style and chart are inside; there is no script and no address to load."""
    page = site.page(notebook(), "01-ways")
    assert "<title>Which &lt;way&gt;?</title>" in page
    assert 'src="data:image/png;base64,' in page and '<html lang="en-GB">' in page
    assert not re.search(r"<script|(?:src|href|srcset)=[\"']?(?:https?:|//)|@import|url\(", page)


def test_a_chart_is_described():
    """The alt text of the output's metadata is the picture's, quotation marks and all."""
    page = site.page(notebook(), "01-ways")
    assert 'alt="He said &quot;22&quot; &lt; 23" width="4"' in page and page.count("<img ") == 1


def test_a_narrow_picture_is_for_narrow_screens():
    """Where metadata hold one, the page offers both."""
    node = notebook()
    node.cells[3].outputs[0].metadata["image/png"]["narrow"] = png(2)
    found = re.search(
        r'<picture><source media="\(max-width: \d+px\)" srcset="data:image/png;base64,([^"]+)"', site.page(node, "x")
    )
    assert found and found[1] == png(2)


def test_a_tables_title_is_not_scrolled_away():
    """Title and unit stand above the box that scrolls, and name it; the table keeps its heads and rows."""
    html = readable.table(pd.DataFrame({"n": [1]}), "Meetings & words", "Words")._repr_mimebundle_()["text/html"]
    shown = [new_output("display_data", {"text/html": html})]
    page = site.page(new_notebook(cells=[new_code_cell("x", outputs=shown)]), "x")
    above, box = page.split('<div class="table"')
    assert '<p class="table-title" id="table-meetings-words-title">Meetings &amp; words</p>' in above
    assert '<p class="table-unit" id="table-meetings-words-subtitle">Words</p>' in above
    assert box.startswith(' role="region" aria-labelledby="table-meetings-words-title" tabindex="0">')
    assert "gt_heading gt_title" not in box.split("</style>")[1] and box.count('scope="col"') == 1


def test_printed_text_and_code_are_shown_not_followed():
    """What stands in an output is escaped; code that shows nothing joins the code of the next cell."""
    page = site.page(notebook(), "01-ways")
    assert "1 &lt; 2 &amp; &lt;script&gt;" in page
    assert page.count("<details") == 4 and page.index("22</strong> meetings") < page.index("<details")


def test_pages_lead_to_each_other():
    """The menu has every page and marks this one; before and next stand at the end."""
    page = site.page(notebook(), "02-two", ["01-one", "02-two", "03-three"])
    assert re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page) == [
        ("index.html", "All charts"), ("01-one.html", "One"), ("02-two.html", "Two"), ("03-three.html", "Three"),
        ("01-one.html", "Before: One"), ("03-three.html", "Next: Three"),
    ]  # fmt: skip
    assert page.count("aria-current=page") == 1 and '"02-two.html" aria-current=page' in page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two charts and a page, as `make` leaves them."""
    for name, title in (("zebra", "A <b>finding</b>"), ("coverage", "Accounts of 22 meetings")):
        with style.house_style():
            chart = charts.sheet(89, 20)
            charts.finish(chart, pd.DataFrame({"n": [1]}), title=title, subtitle="Meetings", alt=f"{name} in words",
                          source="Source: 22 meetings")  # fmt: skip
        chart.export(tmp_path, name, ["png", "csv", "txt"] if name == "coverage" else ["png"])
    (tmp_path / "01-ways.html").write_text(site.page(notebook(), "01-ways"), encoding="utf-8")
    return tmp_path


def test_the_contact_sheet_shows_every_chart(folder: Path):
    """Charts of the gallery first; each with its words and the files that there are; pages by their questions."""
    sheet = site.contact_sheet(folder).read_text(encoding="utf-8")
    assert re.findall(r'<figure id="([^"]+)"', sheet) == ["coverage", "zebra"]
    assert 'alt="coverage in words"' in sheet and 'alt="zebra in words"' in sheet
    assert "<figcaption>Meetings · <code>necdata charts coverage</code></figcaption>" in sheet
    assert re.findall(r'href="([^"]+)" download', sheet) == ["coverage.png", "coverage.csv", "zebra.png"]
    assert '<a href="01-ways.html">Which &lt;way&gt;?</a>' in sheet
    assert "A &lt;b&gt;finding&lt;/b&gt;" in sheet and "<b>finding" not in sheet
    assert re.search(r'<img src="coverage.png"[^>]*width="1051" height="\d+"', sheet)


def test_the_contact_sheet_is_the_same_twice_and_knows_only_what_is_there(folder: Path):
    """No date, no order of the disk; a chart that goes takes its place along, and itself is not listed."""
    first = site.contact_sheet(folder).read_text(encoding="utf-8")
    assert site.contact_sheet(folder).read_text(encoding="utf-8") == first
    (folder / "zebra.png").unlink()
    assert "zebra" not in site.contact_sheet(folder).read_text(encoding="utf-8")
    assert '<li><a href="index.html">' not in first.split("<main")[1]


def test_a_broken_picture_is_named(folder: Path):
    """One sentence, with the remedy."""
    (folder / "zebra.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match=r"zebra\.png: is no picture; draw it again"):
        site.contact_sheet(folder)


def test_write_leaves_an_equal_file_alone(tmp_path: Path):
    """What has not changed keeps its time, so make does not build on it again; nothing is left half written."""
    path = tmp_path / "new folder" / "one.html"
    site.write(path, "één")
    os.utime(path, (1, 1))
    before = path.stat()
    site.write(path, "één")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    site.write(path, "twee")
    assert path.read_text(encoding="utf-8") == "twee"
    assert [p.name for p in path.parent.iterdir()] == ["one.html"]
