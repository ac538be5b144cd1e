"""Frames as tables that people like to read: named columns, aligned numbers, the same HTML on every run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from great_tables import GT, loc, style

LOOK: dict[str, Any] = {
    "table_width": "auto",
    "table_margin_left": "0",
    "table_font_size": "14px",
    "table_border_top_style": "hidden",
    "table_border_bottom_color": "#BDBDBD",
    "heading_align": "left",
    "heading_title_font_size": "15px",
    "heading_title_font_weight": "bold",
    "heading_subtitle_font_size": "13px",
    "column_labels_font_weight": "bold",
    "source_notes_font_size": "12px",
    "data_row_padding": "4px",
}


class Table(GT):
    """A great_tables table that shows itself as HTML and, where there is no HTML, as plain text."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        frame: Any = self._tbl_data
        labels = {column.var: str(column.column_label) for column in self._boxhead}
        plain = frame.rename(columns=labels).round(3).to_string(index=False)
        # JupyterLab would set what stands between two dollar signs as a formula.
        return {"text/html": f'<div class="mathjax_ignore">{self.as_raw_html()}</div>', "text/plain": plain}


def table(
    frame: pd.DataFrame,
    title: str,
    unit: str = "",
    *,
    labels: Mapping[str, str] | None = None,
    percent: Sequence[str] = (),
    decimals: Mapping[str, int] | None = None,
    dates: Mapping[str, str] | None = None,
    stress: Sequence[int] = (),
    note: str = "",
) -> Table:
    """Set a frame as a table with a title, a line for the unit and a note below.

    `percent` names columns of shares (0 to 1), `decimals` columns of other numbers with the digits after the point
    (counts need none), `dates` columns of dates with their form ("%B %Y"); `labels` gives columns better names than
    their own, `stress` numbers of rows (from 0) to set in bold. What is missing is a dash. Words are taken as they
    are: mark-up in a cell is shown, not followed.
    """
    shown = frame.reset_index(drop=True)
    for column, form in (dates or {}).items():
        shown[column] = shown[column].map(lambda day, form=form: "–" if pd.isna(day) else f"{day:{form}}").astype("str")
    made = Table(shown, id=identifier(title)).tab_header(title, unit or None)
    made = made.cols_label({name: (labels or {}).get(name, _wording(name)) for name in map(str, shown)})
    made = made.fmt_percent(list(percent), decimals=0) if percent else made
    for column, digits in (decimals or {}).items():
        made = made.fmt_number(column, decimals=digits)
    counts = [str(c) for c in shown.select_dtypes("integer") if c not in {*percent, *(decimals or {})}]
    made = made.fmt_integer(counts) if counts else made
    words = [str(c) for c in shown.select_dtypes(exclude="number")]
    made = made.cols_align("left", words) if words else made
    if stress:
        made = made.tab_style(style.text(weight="bold"), loc.body(rows=list(stress)))
    made = made.sub_missing(missing_text="–").tab_options(**LOOK)
    return made.tab_source_note(note) if note else made


def identifier(title: str) -> str:
    """Make an identifier of a title, the same on every run: "Meetings by era" => "table-meetings-by-era"."""
    return "table-" + re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def _wording(name: str) -> str:
    """Write a column's name as words: "words_per_meeting" => "Words per meeting"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
