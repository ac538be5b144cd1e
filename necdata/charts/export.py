"""Charts into files: pictures, the data behind them and the words for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from necdata import plain
from necdata.charts import style
from necdata.charts.figure import Chart

DPI = 300
FORMATS = ("png", "svg", "pdf", "csv", "txt")
"""What `export` writes unless told: three pictures, the data drawn (CSV), the alt text (txt)."""


def export(chart: Chart, folder: str | Path, name: str, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write a chart as `folder/name.*` and return the paths, in the order of `formats`.

    PNG has 300 dots an inch; SVG and PDF keep text as text; CSV is the frame that was drawn (UTF-8,
    LF, ISO dates); txt is title, subtitle, alt text and source. The same chart gives the same
    bytes, whenever and wherever it is written. Every format is made before any file is written.
    Raises ValueError for a format that is not one of `FORMATS` and a name that is not a plain
    file name.
    """
    unknown = [form for form in formats if form not in FORMATS]
    if unknown:
        raise ValueError(f"cannot export as {', '.join(map(repr, unknown))}: choose from {', '.join(FORMATS)}")
    if not name or Path(name).name != name or name.startswith("."):
        raise ValueError(f"{name!r} is no name for a file: give one without a folder or a suffix")
    made = {form: content(chart, form) for form in formats}
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = [Path(folder) / f"{name}.{form}" for form in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    return paths


def content(chart: Chart, form: str) -> bytes:
    """A chart as the bytes of one format of `FORMATS`."""
    if form == "csv":
        return plain.sheet(chart.drawn, "%.10g").encode()
    if form == "txt":
        words = (chart.title, chart.subtitle, chart.alt, chart.source)
        return ("\n\n".join(filter(None, words)) + "\n").encode()
    buffer = BytesIO()
    with style.house_style():
        chart.savefig(buffer, format=form, dpi=DPI, metadata=metadata(chart, form))
    return buffer.getvalue()


def metadata(chart: Chart, form: str) -> dict[str, str | None]:
    """Title and alt text in the form that a format knows; no date, program or version."""
    match form:
        case "png":
            return {"Title": chart.title, "Description": chart.alt, "Software": None}
        case "svg":
            return {
                "Title": chart.title,
                "Description": chart.alt,
                "Source": chart.source,
                "Date": None,
                "Creator": None,
            }
        case _:
            return {"Title": chart.title, "Subject": chart.alt, "CreationDate": None, "Creator": None, "Producer": None}
