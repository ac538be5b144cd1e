"""The house style: colours that stay apart, text that fits, files that come out the same."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path
from threading import Thread

import matplotlib
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from matplotlib.image import imread

from necdata import charts
from necdata.charts import style
from necdata.charts.export import FORMATS, export

Array = npt.NDArray[np.float64]

# Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", IEEE TVCG 15(6), 1291-1298: severity 1.0, for linear RGB.
SIGHT = {
    "ordinary": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# IEC 61966-2-1, sRGB to CIE XYZ, white D65.
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> Array:
    """A hex colour as linear RGB."""
    value = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light: Array) -> Array:
    """Linear RGB as CIE L*a*b*."""
    ratio = XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1, 1.08883])
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, WCAG 2.1."""
    dark, light = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), list(combinations(style.SERIES, 2)))
def test_series_stay_apart_for_the_colour_blind(sight: str, one: str, other: str) -> None:
    """Two series differ by 25 or more in CIE 1976 colour difference, however they are seen."""
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 25


def test_series_stay_apart_in_greyscale() -> None:
    """Lightness rises by 10 or more from one series to the next."""
    lightness = [lab(linear(colour))[0] for colour in style.SERIES]
    assert min(after - before for before, after in pairwise(lightness)) >= 10


def test_series_have_markers_of_their_own() -> None:
    """Colour never stands alone."""
    assert len(set(style.MARKERS)) == len(style.SERIES) == len(style.MARKERS)


@pytest.mark.parametrize("sight", SIGHT)
def test_more_is_darker(sight: str) -> None:
    """The colours of the heat map darken all the way, and the lightest differs from blank paper."""
    steps = [
        f"#{''.join(f'{round(part * 255):02x}' for part in style.sequence()(place)[:3])}"
        for place in np.linspace(0, 1, 9)
    ]
    lightness = [lab(SIGHT[sight] @ linear(colour))[0] for colour in [style.PAPER, *steps]]
    assert all(before - after > 4 for before, after in pairwise(lightness))


@pytest.mark.parametrize("paper", [style.PAPER, style.SHADE])
@pytest.mark.parametrize("ink", [style.INK, style.QUIET, style.ACCENT, style.CONTRAST])
def test_text_can_be_read(ink: str, paper: str) -> None:
    """Text has a contrast of 4.5 or more on paper and on shaded eras (WCAG 2.1 AA)."""
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("width", [12.0, 30.0, 80.0])
def test_wrapped_text_fits_and_loses_nothing(width: float) -> None:
    """Lines are within the width, and joined again they hold every letter."""
    text = "Equalities and representation, antidisestablishmentarianism $5 a\\b"
    lines = style.wrap(text, width)
    assert all(style.text_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_balanced_titles_take_no_more_lines() -> None:
    """A title is evened out within the lines that it needs."""
    title = "Accounts of 22 meetings, and a gap of 52 months"
    plain, even = (wrap(title, 85, 9.5, "bold") for wrap in (style.wrap, style.balanced))
    assert len(plain) == len(even) == 2
    assert style.text_width(even[1]) > style.text_width(plain[1])


def test_shortened_text_fits() -> None:
    """Text that is too long ends in an ellipsis within its width."""
    short = style.shortened("Johanna Featherstonehaugh", 15)
    assert short.endswith("…") and style.text_width(short) <= 15
    assert style.shortened("NEC", 15) == "NEC"


def example() -> charts.Chart:
    """A chart of three meetings, with a term that is no mathematics."""
    meetings = pd.DataFrame(
        {
            "meeting_id": ["a", "b", "c"],
            "kind": ["full_meeting", "$x$", "full_meeting"],
            "start": pd.to_datetime(["2019-01-02", "2020-03-01", "2021-05-05"]),
            "end": pd.to_datetime(["2019-01-02", "2020-03-31", "2021-05-05"]),
            "precision": ["day", "month", "day"],
            "is_partial": [False, True, True],
        }
    )
    return charts.timeline(meetings, source=charts.source_line(meetings=3, posts=3, pages=1), width=style.COLUMN_WIDTH)


def test_the_users_settings_do_not_reach_a_chart(tmp_path: Path) -> None:
    """A matplotlibrc or a notebook's rcParams change neither a chart nor are changed by it."""
    plain = export(example(), tmp_path, "plain", ["png"])[0].read_bytes()
    odd = {
        "font.size": 30.0,
        "axes.grid": True,
        "xtick.labeltop": True,
        "lines.linewidth": 9.0,
        "savefig.bbox": "tight",
        "text.color": "red",
    }
    with matplotlib.rc_context(odd):
        styled = export(example(), tmp_path, "styled", ["png"])[0].read_bytes()
        assert {key: matplotlib.rcParams[key] for key in odd} == odd
    assert plain == styled


def test_export_writes_every_format(tmp_path: Path) -> None:
    """Pictures of the right size with real text, the data, the words."""
    chart = example()
    paths = chart.export(tmp_path / "new", "coverage")
    assert [path.name for path in paths] == [f"coverage.{form}" for form in FORMATS]
    png, svg, pdf, csv, txt = paths
    assert imread(png).shape[1] == pytest.approx(style.COLUMN_WIDTH / 25.4 * 300, abs=1)
    drawing = svg.read_text(encoding="utf-8")
    assert "<text" in drawing and ">$x$ (1)</text>" in drawing and chart.alt in drawing
    assert b"/Type0" in pdf.read_bytes() and b"/Type3" not in pdf.read_bytes()
    back = pd.read_csv(csv)
    assert back["start"].to_list() == ["2019-01-02", "2020-03-01", "2021-05-05"]
    assert b"\r" not in csv.read_bytes()
    words = txt.read_text(encoding="utf-8")
    assert all(text in words for text in (chart.title, chart.subtitle, chart.alt, chart.source))


def test_export_is_the_same_in_every_run(tmp_path: Path) -> None:
    """Two fresh processes with different hash seeds write the same bytes, without any date."""
    program = (
        "import sys; sys.path.insert(0, 'tests'); from test_style import example; example().export(sys.argv[1], 'c')"
    )
    for seed in "12":
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / seed)],
            check=True,
            cwd=Path(__file__).parent.parent,
            env={"PYTHONHASHSEED": seed},
        )
    for form in FORMATS:
        first, second = ((tmp_path / seed / f"c.{form}").read_bytes() for seed in "12")
        assert first == second, form
    drawing = (tmp_path / "1" / "c.svg").read_text(encoding="utf-8")
    assert not re.search(r"dc:date|dc:creator", drawing)
    assert b"CreationDate" not in (tmp_path / "1" / "c.pdf").read_bytes()
    assert b"Software" not in (tmp_path / "1" / "c.png").read_bytes()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Drawing a chart does not change it."""
    chart = example()
    first, second = (chart.export(tmp_path / name, "c") for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize(
    ("name", "formats", "message"),
    [
        ("c", ["jpeg"], "cannot export as 'jpeg'"),
        ("a/b", ["png"], "no name for a file"),
        ("", ["png"], "no name for a file"),
        ("..", ["png"], "no name for a file"),
    ],
)
def test_wrong_names_and_formats_write_nothing(tmp_path: Path, name: str, formats: list[str], message: str) -> None:
    """The error comes before any file."""
    with pytest.raises(ValueError, match=message):
        export(example(), tmp_path / "new", name, formats)
    assert not (tmp_path / "new").exists()


def test_charts_are_drawn_one_at_a_time():
    """Settings are one for all threads: a second chart waits, so that neither loses its sizes half way."""
    order: list[str] = []

    def second() -> None:
        with style.house_style():
            order.append("second")

    with style.house_style():
        waiting = Thread(target=second)
        waiting.start()
        waiting.join(0.3)
        order.append("first")
    waiting.join(30)
    assert order == ["first", "second"]
