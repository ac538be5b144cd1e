"""Draw what coding_speed.py measured: a dot per library and corpus, on a scale that doubles and halves alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TITLES = {"80K": "80 KB", "16M": "16 MB", "256M": "256 MB"}
# Filled: 400 terms, hollow: 4,000; colours of ColorBrewer's Dark2, told apart by colour-blind readers.
COLOURS = {"ordinary": "#1b6ca8", "heavy": "#d95f02"}


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the chart as SVG; `rows` are those of coding_speed.json."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "necdata", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    sizes = [size for size in TITLES if any(row["size"] == size for row in rows)]
    names = list(dict.fromkeys(row["name"] for row in rows))
    figure, panels = pyplot.subplots(1, len(sizes), figsize=(9, 3.4), sharey=True, squeeze=False, layout="constrained")
    for panel, size in zip(panels[0], sizes, strict=True):
        panel.axvline(1, color="#888", linewidth=1)
        for row in (row for row in rows if row["size"] == size):
            colour, many = COLOURS[row["kind"]], row["terms"] > 1000
            up = (-0.24 if row["kind"] == "ordinary" else 0.08) + 0.16 * many
            panel.plot(
                row["cold"], names.index(row["name"]) + up, "o", ms=5, mec=colour, mfc="white" if many else colour
            )
        panel.set(xscale="log", title=TITLES[size], xlim=(0.0008, 12), yticks=range(len(names)), yticklabels=names)
        panel.set_xticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
        panel.grid(axis="y", color="#e5e5e5")
        panel.set_axisbelow(True)
        panel.spines[["top", "right", "left"]].set_visible(False)
        panel.tick_params(axis="y", length=0)
    panels[0][0].invert_yaxis()
    figure.supxlabel(
        "speed, making the coder included; 1 is one pass of re.findall(r'\\w+') over the same text", fontsize=9
    )
    keys = [
        pyplot.Line2D(
            [], [], ls="", marker="o", mec=colour, mfc="white" if many else colour, label=f"{kind}, {terms} terms"
        )
        for kind, colour in COLOURS.items()
        for many, terms in ((False, "400"), (True, "4,000"))
    ]
    figure.legend(handles=keys, loc="outside upper center", ncols=4, frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
