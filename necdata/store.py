"""processed/ in and out: typed frames to plain CSVs and back, replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necdata import tables
from necdata.tables import TABLES, TEXT, Table

if TYPE_CHECKING:
    from necdata.codebook import Codebook

PROCESSED = Path(__file__).resolve().parent.parent / "processed"
_NUMPY = {"integer": "Int64", "number": "float64", "string": "str", "date": "str", "boolean": "str"}


class StoreError(ValueError):
    """Tables that are missing, unreadable or cannot be written: the path and the remedy in one sentence."""


class InvariantError(ValueError):
    """A table that breaks its own rules: table, row, and the raw file and line behind it."""


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read one table of a folder as a typed frame; raises StoreError where it is missing or not that table."""
    table = TEXT if name == "text" else TABLES[name]
    path = folder / f"{name}.csv"
    try:
        # Only an empty cell is missing: "NA", "None" and "null" are words.
        frame = pd.read_csv(
            path, dtype={c.name: _NUMPY[c.type] for c in table.columns},
            keep_default_na=False, na_values=[""], encoding="utf-8",
        )  # fmt: skip
    except FileNotFoundError as error:
        raise StoreError(f"{path}: is not there; run `necdata build` first, or name another folder") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); run `necdata build` again") from error
    expected = [c.name for c in table.columns]
    if list(frame.columns) != expected:
        raise StoreError(f"{path}: has columns {list(frame.columns)}, not {expected}; run `necdata build` again")
    return typed(frame, table)


def read_package(folder: Path) -> dict[str, Any]:
    """Read a folder's datapackage.json; raises StoreError where it is missing or broken."""
    path = folder / "datapackage.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); run `necdata build` again") from error
    return found


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give a frame's columns the types of its schema: dates, booleans, ordered categories, "" for no text."""
    columns: dict[str, Any] = {}
    for column in table.columns:
        values = frame[column.name]
        if column.type == "date":
            columns[column.name] = pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[us]")
        elif column.type == "boolean":
            columns[column.name] = values.astype("str").str.lower().eq("true")
        elif column.type == "integer":
            columns[column.name] = values.astype("Int64" if column.null else "int64")
        elif column.type == "number":
            columns[column.name] = values.astype("float64")
        elif column.values:
            columns[column.name] = pd.Categorical(values, categories=list(column.values), ordered=True)
        else:
            columns[column.name] = values.astype("str").fillna("")
    return pd.DataFrame(columns, index=frame.index)


def write(
    frames: Mapping[str, pd.DataFrame],
    folder: Path,
    text: pd.DataFrame | None = None,
    codebooks: Sequence[Codebook] = (),
) -> None:
    """Write all tables and datapackage.json into a folder, as a whole or not at all.

    The same frames give the same bytes. Files in the folder that are not tables are kept. Raises StoreError where
    the folder cannot be written; what was there is then still there.
    """
    try:
        with replacing(folder) as new:
            for name, table in TABLES.items():
                _write_table(frames[name], table, new / f"{name}.csv")
            if text is not None:
                _write_table(text, TEXT, new / "text.csv")
            (new / "datapackage.json").write_text(package(codebooks), "utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}); check space and permissions") from error


def _write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    columns = {}
    for column in table.columns:
        values = frame[column.name]
        if column.type == "boolean":
            values = values.map({True: "true", False: "false"})
        elif column.type == "number":
            values = values.round(6)
        columns[column.name] = values
    pd.DataFrame(columns).to_csv(path, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8")


def package(codebooks: Sequence[Codebook] = ()) -> str:
    """Write datapackage.json (Data Package, version 2): every table with its schema, and the codebooks used."""
    resources = [
        {"name": name, "type": "table", "path": f"{name}.csv", "description": f"One row is {table.row}.",
         "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": tables.schema(table)}
        for name, table in TABLES.items()
    ]  # fmt: skip
    description = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "necdata",
        "title": "Published accounts of meetings of the Labour Party's National Executive Committee",
        "description": "Facts and figures from reports by NEC members; the words of the reports are their authors'.",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "codebooks": [
            {"name": b.name, "version": b.version, "topics": b.topics[["key", "name", "group"]].to_dict("records")}
            for b in codebooks
        ],
        "resources": resources,
    }
    return json.dumps(description, indent=1, ensure_ascii=False) + "\n"


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; on success it takes the old folder's place in one step, on failure it goes."""
    recover(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=folder.parent))
    try:
        new.chmod(0o755)
        yield new
        _keep_others(folder, new)
        for path in new.rglob("*"):
            if path.is_file():
                with path.open("rb") as handle:
                    os.fsync(handle.fileno())
        _swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _keep_others(folder: Path, new: Path) -> None:
    """Carry over what stands in the folder and is not a table."""
    ours = {f"{name}.csv" for name in (*TABLES, "text")} | {"datapackage.json"}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in ours and not (new / path.name).exists():
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, new / path.name)


def _swap(new: Path, folder: Path) -> None:
    """Exchange two folders in one step where the system can (renameat2), else in two that `recover` can finish."""
    if not folder.exists():
        new.rename(folder)
        return
    if not _exchange(new, folder):
        old = folder.with_name(f".{folder.name}-old")
        folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old)


def _exchange(a: Path, b: Path) -> bool:
    at_fdcwd, rename_exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return renameat2(at_fdcwd, os.fsencode(a), at_fdcwd, os.fsencode(b), rename_exchange) == 0


def recover(folder: Path) -> None:
    """Put back what an interrupted swap left aside, and clear what an interrupted build left behind."""
    old = folder.with_name(f".{folder.name}-old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for debris in folder.parent.glob(f".{folder.name}-*"):
        if debris.is_dir() and (debris.name == old.name or debris.name.startswith(f".{folder.name}-new-")):
            shutil.rmtree(debris, ignore_errors=True)
