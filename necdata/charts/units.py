"""What the numbers of a chart are called and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from necdata.charts import style
from necdata.charts.words import wording


class Unit(NamedTuple):
    """A unit: its words, and how a number is written in a sentence and at a tick."""

    words: str
    write: Callable[[float], str]
    tick: Callable[[float], str]

    def about(self, name: str) -> str:
        """The words for one topic: 'Share of passages about “Health”'."""
        return self.words.replace("the topic", f"“{name}”")


def percent(number: float) -> str:
    """A share in words.

    >>> percent(0.123), percent(0.004), percent(0.0)
    ('12%', '0.4%', '0%')
    """
    shown = number * 100
    return f"{shown:.1f}%" if 0 < abs(shown) < 0.95 else f"{shown:.0f}%"


def plain(number: float) -> str:
    """A rate in words.

    >>> plain(12.34), plain(1.234), plain(0.0)
    ('12', '1.2', '0')
    """
    if number == 0:
        return "0"
    return f"{number:.0f}" if abs(number) >= 9.95 else f"{number:.1f}"


def percent_tick(number: float) -> str:
    """A share at a tick: '12.5%'."""
    return f"{number * 100:g}%"


def plain_tick(number: float) -> str:
    """A rate at a tick: '2.5'."""
    return f"{number:g}"


UNITS = {
    "share_of_passages": Unit("Share of passages about the topic", percent, percent_tick),
    "per_1000_words": Unit("Hits of the topic per 1,000 words", plain, plain_tick),
    "share_of_meetings": Unit("Share of meetings with a passage about the topic", percent, percent_tick),
}


def unit(value: str) -> Unit:
    """The unit of a column; a column that is not known is named as it is."""
    return UNITS.get(value, Unit(wording(value), plain, plain_tick))


def scale_top(values: Sequence[float] | pd.Series) -> float:
    """A round number at or above all values; 1 where all are zero."""
    top = float(np.nanmax(np.asarray(values, dtype=float), initial=0.0))
    return float(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top)[-1]) if top else 1.0


def value_ticks(top: float, width: float, write: Callable[[float], str], *, inside: bool = False) -> list[float]:
    """Round ticks from zero to `top`, as many as can be read in `width` mm; at least zero.

    The words of a tick are centred on it; `inside`, those of the ends stay within the scale.
    """
    for most in (6, 5, 4, 3, 2, 1):
        steps = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top)
        found = [float(step) for step in steps if -1e-12 <= step <= top * 1.0001]
        boxes = []
        for place in found:
            words = style.text_width(write(place), style.SMALL_SIZE)
            left = place / top * width - words / 2
            boxes.append((min(max(left, 0), width - words) if inside else left, words))
        if all(right >= left + words + 1.2 for (left, words), (right, _) in zip(boxes, boxes[1:], strict=False)):
            return found
    return [0.0]
