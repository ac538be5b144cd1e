"""Words from pages where programs would obey them: terminals and spreadsheets are shown what stands there, no more."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

_OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
# OWASP, "CSV Injection": =, +, -, @, tab and carriage return begin a formula; Excel takes full-width forms too.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r]")


def line(text: object) -> str:
    """Write one line that a terminal shows as it stands: what it would obey, and what turns text round, escaped.

    >>> line("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    words = str(text)
    obeyed = {c for c in words if unicodedata.category(c) in _OBEYED}
    return words.translate({ord(c): c.encode("unicode_escape").decode() for c in obeyed})


def lines(text: object) -> str:
    """Write a text of several lines, each as `line` does."""
    return "\n".join(map(line, str(text).split("\n")))


def cell(text: str) -> str:
    """Write a cell that a spreadsheet takes for text: an apostrophe before what it would take for a formula.

    >>> cell("=1+1"), cell("'=1+1"), cell("tax"), cell("'tis")
    ("'=1+1", "''=1+1", 'tax', "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def uncelled(text: str) -> str:
    """Read a cell back that `cell` wrote.

    >>> uncelled("'=1+1"), uncelled("''=1+1"), uncelled("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Guard the words of a frame for a spreadsheet, as `cell` does; numbers, booleans and dates stay themselves."""
    import pandas as pd

    def guarded(values: pd.Series) -> pd.Series:
        return values.map(lambda value: cell(value) if isinstance(value, str) else value)

    words = {
        name: guarded(values.astype("object") if values.dtype == "category" else values)
        for name, values in frame.items()
        if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_datetime64_any_dtype(values)
    }
    return frame.assign(**words)  # type: ignore[arg-type]


def sheet(frame: pd.DataFrame, float_format: str | None = None) -> str:
    """Write a frame as the CSV of a file that people open in a spreadsheet: cells guarded, a row a line.

    Every cell is quoted where one holds a carriage return: left bare it would end a row, and what follows be a formula.
    """
    made = cells(frame)
    words = made.select_dtypes(["str", "object"]).astype("str")
    quoted = any(words[name].str.contains("\r", regex=False).any() for name in words)
    quoting: Literal[0, 1] = 1 if quoted else 0  # csv.QUOTE_ALL, csv.QUOTE_MINIMAL
    return made.to_csv(index=False, lineterminator="\n", float_format=float_format, quoting=quoting)
