"""The pages in exports/: each notebook as one page that needs no other file, and a contact sheet of all charts.

`python -m necdata.publishing.site exports` writes the contact sheet, exports/index.html, again.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from necdata.publishing.site_style import CSS

INDEX = "index.html"
WITHHELD = "The words of the reports are their authors': they show in JupyterLab and are left out of this page."
"""Stands where a cell tagged `words` shows sentences of the documents."""
TABLE_HEADING = re.compile(
    r'(\s*<tr class="gt_heading">\s*<td [^>]*class="([^"]*)" id="([^"]*)">(.*?)</td>\s*</tr>)', re.S
)
FORMATS = {"png": "PNG", "svg": "SVG", "pdf": "PDF", "csv": "CSV of what is drawn"}


def page(node: NotebookNode, name: str, names: Sequence[str] = ()) -> str:
    """Give an executed notebook as an HTML page that loads nothing and runs nothing.

    `name` is the file's name without its suffix, `names` those of all pages, for navigation. Charts have their alt
    text and, where the output's metadata hold one (`narrow`), a picture for narrow screens.
    """
    body = "\n".join(_cells(node))
    return _document(_title(node, name), body + _turn(name, names), _menu(name, names))


def _title(node: NotebookNode, name: str) -> str:
    headings = (re.search(r"^# (.+)", cell.source) for cell in node.cells if cell.cell_type == "markdown")
    return next((found[1] for found in headings if found), name)


def _document(title: str, body: str, menu: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="necdata">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{CSS}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>{menu}</header>
<main id="content">
{body}
</main>
<footer><p>Made by necdata from published accounts of NEC meetings. Figures and charts: CC BY 4.0. The accounts and
their words are their authors'.</p></footer>
</body>
</html>
"""


def label(name: str) -> str:
    """Name a page in the menu: "02-topic-frequency" => "Topic frequency"."""
    words = re.sub(r"^\d+[-_ ]*", "", name).replace("-", " ").replace("_", " ") or name
    return words[:1].upper() + words[1:]


def _menu(name: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    entries = [(INDEX, "All charts")] + [(f"{other}.html", label(other)) for other in names]
    here = INDEX if name == "index" else f"{name}.html"
    links = "".join(
        f'<li><a href="{escape(file)}"{" aria-current=page" if file == here else ""}>{escape(words)}</a></li>'
        for file, words in entries
    )
    return f'<nav aria-label="Pages"><ul>{links}</ul></nav>'


def _turn(name: str, names: Sequence[str]) -> str:
    """Link to the page before and the page after."""
    if name not in names:
        return ""
    at = list(names).index(name)
    around = [("Before", names[at - 1] if at else ""), ("Next", names[at + 1] if at + 1 < len(names) else "")]
    links = [f'<a href="{escape(to)}.html">{words}: {escape(label(to))}</a>' for words, to in around if to]
    return f'<nav class="turn" aria-label="Before and next">{"".join(links)}</nav>' if links else ""


def _cells(node: NotebookNode) -> Iterator[str]:
    """Set each cell: what it shows first, its code folded below; code that shows nothing joins the code after it."""
    pending: list[str] = []
    for cell in node.cells:
        if cell.cell_type == "code":
            pending += [cell.source] if cell.source.strip() else []
            if shown := _shown(cell):
                yield shown + _code(pending)
                pending = []
        else:
            yield _code(pending)
            pending = []
            yield _markdown(cell.source) if cell.cell_type == "markdown" else f"<pre>{escape(cell.source)}</pre>"
    yield _code(pending)


def _shown(cell: NotebookNode) -> str:
    if "words" in cell.metadata.get("tags", []):
        return f'<p class="note">{escape(WITHHELD)}</p>'
    return "\n".join(_output(output) for output in cell.outputs)


def _markdown(source: str) -> str:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    return str(markdown2html_mistune(source))


def _code(sources: Sequence[str]) -> str:
    from nbconvert.filters import Highlight2HTML

    if not sources:
        return ""
    lit = "".join(str(Highlight2HTML()(source, "ipython3")) for source in sources)
    return f'<details class="code"><summary>Code</summary>{lit}</details>'


def _output(output: NotebookNode) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return _table(data["text/html"])
    if "text/markdown" in data:
        return _markdown(data["text/markdown"])
    if "image/png" in data:
        return _figure(data["image/png"], output.get("metadata", {}).get("image/png", {}))
    text = output.get("text", "") or data.get("text/plain", "")
    return f"<pre>{escape(text)}</pre>" if text else ""


def _table(html: str) -> str:
    """Set a table in a box that can be scrolled, its title and unit above, where they are not cut off."""
    above, first = "", ""
    for _, kind, name, words in TABLE_HEADING.findall(html):
        above += f'<p class="{"table-title" if "gt_title" in kind else "table-unit"}" id="{name}">{words}</p>'
        first = first or name
    named = f'aria-labelledby="{first}"' if first else 'aria-label="Table"'
    return f'{above}<div class="table" role="region" {named} tabindex="0">{TABLE_HEADING.sub("", html)}</div>'


def _figure(png: str, told: dict[str, Any]) -> str:
    """Set a picture with its alt text; on a narrow screen the narrow one of the two."""
    alt = escape(str(told.get("alt", "Chart")), quote=True)
    width = f' width="{int(told["width"])}"' if "width" in told else ""
    image = f'<img src="data:image/png;base64,{png.strip()}" alt="{alt}"{width}>'
    if "narrow" in told:
        narrow = f'<source media="(max-width: 640px)" srcset="data:image/png;base64,{told["narrow"].strip()}">'
        image = f"<picture>{narrow}{image}</picture>"
    return f"<figure>{image}</figure>"


def contact_sheet(folder: str | Path) -> Path:
    """Write index.html: every chart of the folder with its words and files, and every page beside it.

    A chart is what `export` wrote: a picture with its words in it, and beside it NAME.txt, which has the unit too.
    """
    folder = Path(folder)
    names = sorted(path.stem for path in folder.glob("*.html") if path.name != INDEX)
    listed = "".join(f'<li><a href="{escape(name)}.html">{escape(_heading(folder, name))}</a></li>' for name in names)
    notebooks = f"<h2>What the notebooks ask</h2><ul>{listed}</ul>" if names else ""
    figures = "\n".join(_chart(folder, path.stem) for path in _charts(folder))
    charts = f'<h2>Every chart</h2><div class="charts">{figures}</div>' if figures else ""
    body = f"<h1>What NEC meetings are said to be about</h1>\n{notebooks}\n{charts}"
    target = folder / INDEX
    write(target, _document("necdata: all charts and notebooks", body, _menu("index", names)))
    return target


def _charts(folder: Path) -> Iterator[Path]:
    from necdata.publishing.gallery import CHARTS

    order = {name: position for position, name in enumerate(CHARTS)}
    yield from sorted(folder.glob("*.png"), key=lambda path: (order.get(path.stem, len(order)), path.stem))


def _heading(folder: Path, name: str) -> str:
    found = re.search(r"<title>(.*?)</title>", (folder / f"{name}.html").read_text(encoding="utf-8"), re.S)
    return unescape(found[1]).strip() if found else label(name)


def _chart(folder: Path, name: str) -> str:
    title, unit, alt, source, (width, height) = _told(folder, name)
    files = "".join(
        f'<li><a href="{escape(name)}.{suffix}" download>{words}</a></li>'
        for suffix, words in FORMATS.items() if (folder / f"{name}.{suffix}").is_file()
    )  # fmt: skip
    from necdata.publishing.gallery import CHARTS

    command = f" · <code>necdata charts {escape(name)}</code>" if name in CHARTS else ""
    picture = f'<img src="{escape(name)}.png" alt="{escape(alt, quote=True)}" width="{width}" height="{height}">'
    return f"""<figure id="{escape(name)}">
<h3 class="unseen">{escape(title)}</h3>
<a href="{escape(name)}.png">{picture}</a>
<figcaption>{escape(unit)}{command}</figcaption>
<details><summary>In words</summary><p>{escape(alt)}</p><p>{escape(source)}</p></details>
<ul class="files">{files}</ul>
</figure>"""


def _told(folder: Path, name: str) -> tuple[str, str, str, str, tuple[int, int]]:
    """Give title, unit, alt text, source and size of a chart: from NAME.txt, or the picture where that is not there."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(folder / f"{name}.png") as picture:
            size, told = picture.size, picture.info
    except UnidentifiedImageError as error:
        raise ValueError(f"{folder / name}.png: is no picture; draw it again (`necdata charts`)") from error
    words = folder / f"{name}.txt"
    if not words.is_file():
        return str(told.get("Title", label(name))), "", str(told.get("Description", "")), "", size
    title, *unit, alt, source = words.read_text(encoding="utf-8").strip().split("\n\n")
    return title, " ".join(unit), alt, source, size


def write(path: Path, text: str) -> None:
    """Write a whole file or none, and leave one alone that already holds the text."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(text.encode())
    os.replace(part, path)


if __name__ == "__main__":
    print(contact_sheet(sys.argv[1] if len(sys.argv) > 1 else "exports"))
