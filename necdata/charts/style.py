"""The house style of charts: sizes, colours, fonts and the measuring of text.

Nothing here draws. Sizes are in millimetres (columns of a printed page) and points (type).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from threading import RLock
from typing import Any, Final, ParamSpec, TypeVar

import matplotlib
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

COLUMN_WIDTH: Final = 89.0
"""Width in mm of a chart in one column of a journal page."""
FULL_WIDTH: Final = 183.0
"""Width in mm of a chart across both columns."""
MARGIN: Final = 2.0
"""Blank mm at the left, right, top and bottom of every chart."""

FONT: Final = "DejaVu Sans"
TITLE_SIZE: Final = 9.5
TEXT_SIZE: Final = 7.0
SMALL_SIZE: Final = 6.0
LEADING: Final = 1.3
"""Height of a line over the size of its type."""

INK: Final = "#1F1F1F"
QUIET: Final = "#595959"
RULE: Final = "#BDBDBD"
GRID: Final = "#E3E3E3"
SHADE: Final = "#F1F1F1"
PAPER: Final = "#FFFFFF"
NEUTRAL: Final = "#6B6B6B"

# Ordered by lightness (CIE L* 19, 40, 52, 64), so that they stay apart in greyscale too, and each
# has a marker of its own, so that colour never stands alone. tests/test_style.py simulates colour
# blindness on them.
SERIES: Final = ("#0B2F5B", "#A63A1E", "#37898A", "#CB9219")
MARKERS: Final = ("o", "s", "^", "D")
ACCENT: Final = SERIES[0]
CONTRAST: Final = SERIES[1]

SEQUENCE: Final = ("#E9EFF5", "#B9CFE2", "#7FA6C8", "#41759F", "#0B2F5B")
"""From none to much: one hue, lightness falling all the way."""

HOUSE: Final[dict[str, Any]] = {
    "font.family": [FONT],
    "font.size": TEXT_SIZE,
    "text.color": INK,
    # Words from pages are data: a "$" is a dollar sign and a backslash a backslash.
    "text.parse_math": False,
    "text.usetex": False,
    "axes.formatter.use_mathtext": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.labelsize": TEXT_SIZE,
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 2.5,
    "ytick.major.pad": 2.5,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.bbox": None,
    "svg.fonttype": "none",
    "svg.hashsalt": "necdata",
    "pdf.fonttype": 42,
}

P = ParamSpec("P")
R = TypeVar("R")


# matplotlib's settings are one for all threads, and JupyterLab answers each widget in a thread of its own: two charts
# drawn at once would take each other's sizes away.
_DRAWING = RLock()


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style, whatever settings the user's matplotlibrc or notebook made; one thread at a time."""
    with _DRAWING, matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(HOUSE)  # type: ignore[arg-type]
        yield


def in_house_style(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function inside `house_style()`."""

    @wraps(function)
    def styled(*args: P.args, **kwargs: P.kwargs) -> R:
        with house_style():
            return function(*args, **kwargs)

    return styled


@cache
def sequence() -> LinearSegmentedColormap:
    """The colour map from `SEQUENCE`, for values from zero up."""
    return LinearSegmentedColormap.from_list("necdata", list(SEQUENCE))


@cache
def text_width(text: str, size: float = TEXT_SIZE, weight: str = "normal") -> float:
    """The width in mm of one line of text; of several lines, the widest.

    >>> text_width("NEC") < text_width("NEC report")
    True
    """
    font = FontProperties(family=FONT, size=size, weight=weight)
    measure = TextToPath().get_text_width_height_descent
    widths = (measure(line, font, False)[0] for line in text.split("\n"))
    # Renderers fit letters to pixels, which widens a line by up to a fiftieth.
    return float(max(widths)) * 25.4 / 72 * 1.02


def line_height(size: float = TEXT_SIZE) -> float:
    """The height in mm of one line of type of a size in points."""
    return size * LEADING * 25.4 / 72


def wrap(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` mm; a word that is wider is broken too.

    >>> wrap("a report of the meeting", 18)
    ['a report of', 'the meeting']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            grown = f"{line} {word}".strip()
            if text_width(grown, size, weight) <= width:
                line = grown
                continue
            lines += [line] if line else []
            *full, line = broken(word, width, size, weight)
            lines += full
        lines.append(line)
    return lines


def balanced(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> list[str]:
    """Text wrapped to `width` mm in the fewest lines, these as even as may be.

    >>> balanced("one two three four five", 25)
    ['one two three', 'four five']
    """
    lines = wrap(text, width, size, weight)
    for narrower in (0.9, 0.8, 0.7, 0.6, 0.55):
        tried = wrap(text, width * narrower, size, weight)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def broken(word: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> list[str]:
    """Cut a word into pieces no wider than `width` mm, one character at least; after a hyphen where it has one.

    >>> broken("Kamal-Hart", 12)
    ['Kamal-', 'Hart']
    """
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, weight) > width:
            whole, hyphen, rest = pieces[-1].rpartition("-")
            pieces[-1:] = [whole + hyphen, rest] if hyphen else [pieces[-1], ""]
        pieces[-1] += character
    return pieces


def shortened(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> str:
    """Text cut to `width` mm, with an ellipsis where something went.

    >>> shortened("Gypsy, Roma and Traveller people", 20)
    'Gypsy, Roma…'
    """
    if text_width(text, size, weight) <= width:
        return text
    kept = text
    while kept and text_width(kept.rstrip() + "…", size, weight) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
