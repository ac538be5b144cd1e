"""Whether the words of a chart can be read: nothing cut off, nothing on top of something else."""

from __future__ import annotations

from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from necdata.charts import style
from necdata.charts.figure import Chart

TOLERANCE = 0.1
"""The mm by which boxes of two texts may share room: less than the blank at the edge of a box."""


@style.in_house_style
def text_problems(chart: Chart) -> list[str]:
    """What is wrong with the text of a chart: a sentence for each clipped or overlapping one.

    The boxes are those that the renderer itself gives, at the 300 dots an inch of the PNG.
    """
    old = chart.get_dpi()
    chart.set_dpi(300)
    try:
        boxes = text_boxes(chart)
        page = chart.bbox.padded(1)
        problems = [
            f"{words!r} is cut off at the edge of the chart"
            for words, box in boxes
            if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)
        ]
        slack = TOLERANCE / 25.4 * 300
        for (one, first), (other, second) in combinations(boxes, 2):
            wide = min(first.x1, second.x1) - max(first.x0, second.x0)
            deep = min(first.y1, second.y1) - max(first.y0, second.y0)
            if wide > slack and deep > slack:
                problems.append(f"{one!r} and {other!r} overlap")
        return problems
    finally:
        chart.set_dpi(old)


def text_boxes(chart: Chart) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with its box in dots."""
    chart.draw_without_rendering()
    canvas = chart.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()
    unseen = {id(text) for axes in chart.axes for text in off_scale(axes)}
    return [
        (text.get_text(), text.get_window_extent(renderer))
        for text in chart.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip() and id(text) not in unseen
    ]


def off_scale(axes: Axes) -> list[Text]:
    """Texts of ticks that matplotlib keeps but does not draw."""
    found: list[Text] = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = (high - low) * 1e-9
        for tick in axis.get_major_ticks():
            if not axes.axison or not low - slack <= tick.get_loc() <= high + slack:
                found += [tick.label1, tick.label2]
    return found
