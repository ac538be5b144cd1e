"""Tables to be read: named, aligned, safe, the same every time."""

from __future__ import annotations

import re

import pandas as pd

from necdata.publishing import readable

FRAME = pd.DataFrame({
    "author": ["A. Bell <b>", "C. Dunn & Co *"], "n_words": [1204, 7], "share": [0.123, None], "rate": [1.25, 0.0],
    "first": pd.to_datetime(["2012-05-29", None]),
})  # fmt: skip


def made() -> readable.Table:
    return readable.table(
        FRAME, "Who <told>", "Share & more", labels={"author": "Reporter"}, percent=["share"], decimals={"rate": 1},
        dates={"first": "%B %Y"}, stress=[0], note="From 2 posts, <i>really</i>",
    )  # fmt: skip


def body(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html.split("gt_table_body")[-1], re.S)
    return [[re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)] for row in rows]


def test_cells_are_written_for_people():
    """Thousands parted, shares as percentages, dates in words, a dash for what is missing."""
    assert body(made().as_raw_html())[:2] == [
        ["A. Bell &lt;b&gt;", "1,204", "12%", "1.2", "May 2012"],
        ["C. Dunn &amp; Co *", "7", "–", "0.0", "–"],
    ]


def test_columns_have_names_and_heads():
    """A name of one's own, or the column's as words; every head says that it is one."""
    html = made().as_raw_html()
    heads = re.findall(r'<th [^>]*scope="col"[^>]*>(.*?)</th>', html)
    assert heads == ["Reporter", "N words", "Share", "Rate", "First"]
    assert 'aria-labelledby="table-who-told-title"' in html


def test_mark_up_is_shown_not_followed():
    """In title, unit, note and cells."""
    html = made().as_raw_html()
    assert "Who &lt;told&gt;" in html and "Share &amp; more" in html and "&lt;i&gt;really&lt;/i&gt;" in html
    assert "<i>really" not in html and "<b>" not in html.split("</style>")[1]


def test_rows_can_be_stressed():
    """The first row is bold, the second is not."""
    rows = re.findall(r"<tr>(.*?)</tr>", made().as_raw_html().split("gt_table_body")[-1], re.S)
    assert "font-weight: bold" in rows[0] and "font-weight: bold" not in rows[1]


def test_the_same_table_is_the_same_html():
    """No random identifier; another title, another identifier."""
    assert made().as_raw_html() == made().as_raw_html()
    assert readable.identifier("Meetings by era, 2012–2023") == "table-meetings-by-era-2012-2023"


def test_a_notebook_gets_html_and_text():
    """Text for where there is no HTML, with no address in memory."""
    shown = made()._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert "Reporter" in shown["text/plain"] and "0x" not in shown["text/plain"]
