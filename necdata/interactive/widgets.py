"""Knobs on `exploring`: choose, and see the chart, the table and the lines behind them; then export."""

from __future__ import annotations

import base64
from pathlib import Path
from threading import RLock
from typing import Any

import ipywidgets as ipw

from necdata.corpus import Corpus
from necdata.interactive import exploring, places
from necdata.interactive.exploring import INTERVALS, UNITS, VIEWS, Question
from necdata.parts import Part

EVERY = "All"
STYLE = {"description_width": "7.5rem"}
WIDE = ipw.Layout(width="26rem")


def explore(corpus: Corpus, out: str | Path = "exports") -> ipw.VBox:
    """Show the controls of a question and its answer; whatever is moved, the answer follows.

    `out` is the folder that the button writes to: the chart as PNG, SVG, PDF, CSV and alt text. What cannot be shown
    (a unit that a view has not, a term that needs the text) is said in a sentence in place of the chart.
    """
    controls = _controls(corpus)
    chart, figures, lines = (ipw.HTML() for _ in range(3))
    name, button, said = _export_row()
    shown: dict[str, Any] = {}

    one_at_a_time = RLock()  # JupyterLab tells of each control in a thread of its own; the last answer must stand

    def answer(_: object = None) -> None:
        with one_at_a_time:
            reply(_question(controls))

    def reply(question: Question) -> None:
        shown.clear()
        try:
            shown["chart"] = exploring.chart(corpus, question)
            chart.value, figures.value = _image(shown["chart"]), exploring.figures(corpus, question).as_raw_html()
            lines.value = places.concordance(corpus, question)
        except ValueError as error:
            chart.value, figures.value, lines.value = _sentence(str(error)), "", ""
        button.disabled = not shown

    def export(_: object) -> None:
        try:
            with one_at_a_time:
                files = shown["chart"].export(out, name.value.strip())
            said.value = _sentence(f"Written: {', '.join(map(str, files))}")
        except (ValueError, OSError) as error:
            said.value = _sentence(str(error))

    for control in controls.values():
        control.observe(answer, names="value")
    button.on_click(export)
    answer()
    return _laid_out(controls, chart, figures, lines, ipw.HBox([name, button, said]))


def _controls(corpus: Corpus) -> dict[str, Any]:
    """Make the controls by what they choose."""
    topics = [(corpus.topic_names[key], key) for key in corpus.topics["topic"].astype(str).unique()]
    kinds = [(t["name"], t["key"]) for t in corpus.codebooks[1]["topics"]]
    leaders = [str(name) for name in corpus.meetings["leader"].cat.remove_unused_categories().cat.categories]
    reporters = sorted(set(corpus.reporters.str.split("; ").explode()))
    keys = [key for _, key in topics]
    first = ("elections",) if "elections" in keys else tuple(keys[:1])
    return {
        "topics": _several("Topics", topics, first, 8),
        "kinds": _several("Kinds of election", kinds, (), 5),
        "terms": ipw.Text(
            description="Terms", placeholder="budget, canvass*, trigger ballot", continuous_update=False, style=STYLE,
            layout=WIDE,
        ),
        "era": _one("Leader", [EVERY, *leaders]),
        "reporter": _one("Reporter", [EVERY, *reporters]),
        "view": _one("Show", [(words, key) for key, words in VIEWS.items()]),
        "unit": _one("Unit", [(words, key) for key, words in UNITS.items()]),
        "interval": _one("95% interval", [(words, key) for key, words in INTERVALS.items()]),
    }  # fmt: skip


def _several(words: str, options: list[tuple[str, str]], chosen: tuple[str, ...], rows: int) -> ipw.SelectMultiple:
    return ipw.SelectMultiple(description=words, options=options, value=chosen, rows=rows, style=STYLE, layout=WIDE)


def _one(words: str, options: list[Any]) -> ipw.Dropdown:
    return ipw.Dropdown(description=words, options=options, style=STYLE, layout=WIDE)


def _export_row() -> tuple[ipw.Text, ipw.Button, ipw.HTML]:
    name = ipw.Text(description="File name", value="explored", style=STYLE, layout=WIDE)
    return name, ipw.Button(description="Export this chart", button_style="primary"), ipw.HTML()


def _question(controls: dict[str, Any]) -> Question:
    """Read the controls."""
    value = {name: control.value for name, control in controls.items()}
    return Question(
        topics=value["topics"], kinds=value["kinds"],
        terms=tuple(filter(None, map(str.strip, value["terms"].split(",")))),
        part=Part(
            eras=() if value["era"] == EVERY else (value["era"],),
            reporters=() if value["reporter"] == EVERY else (value["reporter"],),
        ),
        view=value["view"], unit=value["unit"], interval=value["interval"],
    )  # fmt: skip


def _image(chart: Any) -> str:
    from html import escape

    data, metadata = chart._repr_mimebundle_()
    png = base64.b64encode(data["image/png"]).decode()
    width = metadata["image/png"]["width"]
    return (
        f'<img class="necdata-chart" src="data:image/png;base64,{png}" alt="{escape(chart.alt, quote=True)}" '
        f'width="{width}" style="max-width:100%">'
    )


def _sentence(words: str) -> str:
    from html import escape

    return f'<p class="necdata-said">{escape(words)}</p>'


def _laid_out(controls: dict[str, Any], chart: ipw.HTML, figures: ipw.HTML, lines: ipw.HTML, row: ipw.HBox) -> ipw.VBox:
    what = ipw.VBox([controls["topics"], controls["kinds"], controls["terms"]])
    how = ipw.VBox([controls[name] for name in ("view", "unit", "interval", "era", "reporter")])
    panel = ipw.HBox([what, how], layout=ipw.Layout(flex_flow="row wrap"))
    scrolled = ipw.Box([lines], layout=ipw.Layout(max_height="28rem", overflow="auto"))
    return ipw.VBox([panel, chart, row, figures, scrolled])
