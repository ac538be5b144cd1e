"""processed/ in and out: typed frames to plain CSVs and back, replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from necdata.storage import manifest, tables
from necdata.storage.locks import guard, held, lock, sync, undisturbed
from necdata.storage.manifest import Inputs
from necdata.storage.tables import TABLES, TEXT, Table

if TYPE_CHECKING:
    from necdata.coding.codebook import Codebook

PROCESSED = Path(__file__).resolve().parents[2] / "processed"
OURS = {f"{name}.csv" for name in (*TABLES, "text")} | {"datapackage.json", manifest.NAME}
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
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); run `necdata build` again") from error
    expected = [c.name for c in table.columns]
    if list(frame.columns) != expected:
        raise StoreError(f"{path}: has columns {list(frame.columns)}, not {expected}; run `necdata build` again")
    try:
        return typed(frame, table)
    except (ValueError, TypeError, OverflowError) as error:
        raise StoreError(f"{path}: holds what no build writes ({error}); run `necdata build` again") from error


def read_package(folder: Path) -> dict[str, Any]:
    """Read a folder's datapackage.json; raises StoreError where it is missing or broken."""
    path = folder / "datapackage.json"
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); run `necdata build` again") from error
    if not isinstance(found, dict):
        raise StoreError(f"{path}: cannot be read (it is no description of tables); run `necdata build` again")
    return found


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a folder by name, each read whenever it is asked for."""

    def __init__(self, folder: Path):
        self._folder = folder

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise KeyError(name)
        return read(self._folder, name)

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give a frame's columns the types of its schema: dates, booleans, ordered categories, "" for no text.

    Raises ValueError for a value that the schema does not know, which would else be lost as missing or false.
    """
    columns: dict[str, Any] = {}
    for column in table.columns:
        values = frame[column.name]
        if column.type == "date":
            columns[column.name] = pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[us]")
        elif column.type == "boolean":
            words = values.astype("str").str.lower()
            _known(words, ("true", "false"), column.name)
            columns[column.name] = words.eq("true")
        elif column.type == "integer":
            columns[column.name] = values.astype("Int64" if column.null else "int64")
        elif column.type == "number":
            columns[column.name] = values.astype("float64")
        elif column.values:
            _known(values, column.values, column.name)
            columns[column.name] = pd.Categorical(values, categories=list(column.values), ordered=True)
        else:
            columns[column.name] = values.astype("str").fillna("")
    return pd.DataFrame(columns, index=frame.index)


def _known(values: pd.Series, known: Sequence[str], column: str) -> None:
    strange = values[~values.isin(known) & values.notna()]
    if len(strange):
        raise ValueError(f"{column} {strange.iloc[0]!r} is none of {', '.join(known)}")


def write(
    frames: Mapping[str, pd.DataFrame],
    folder: Path,
    text: pd.DataFrame | None = None,
    codebooks: Sequence[Codebook] = (),
    used: Inputs | None = None,
) -> None:
    """Write all tables, datapackage.json and manifest.json into a folder, as a whole or not at all.

    The same frames give the same bytes. Files in the folder that are not tables are kept. Raises StoreError where
    the folder cannot be written, or is being written by another build; what was there is then still there.
    """
    with replacing(folder) as new:
        fill(new, frames, text, codebooks, used)


def fill(
    new: Path,
    frames: Mapping[str, pd.DataFrame],
    text: pd.DataFrame | None = None,
    codebooks: Sequence[Codebook] = (),
    used: Inputs | None = None,
) -> None:
    """Write all tables and what describes them into an empty folder; `used` says what the manifest cannot know."""
    for name, table in TABLES.items():
        _write_table(frames[name], table, new / f"{name}.csv")
    if text is not None:
        _write_table(text, TEXT, new / "text.csv")
    describe(new, frames["pages"], codebooks, used)


def describe(new: Path, pages: pd.DataFrame, codebooks: Sequence[Codebook] = (), used: Inputs | None = None) -> None:
    """Write what describes the tables that are all there: datapackage.json and manifest.json."""
    from necdata import __version__

    _write(new / "datapackage.json", package(codebooks))
    _write(new / manifest.NAME, manifest.text(new, pages, codebooks, used, __version__))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", errors="backslashreplace", newline="\n")


def _write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    made = cells(frame, table)
    write_cells(made, path, has_cr(made, table))


def cells(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give a table's cells as they are written."""
    columns = {}
    for column in table.columns:
        values = frame[column.name]
        if column.type == "boolean":
            values = values.map({True: "true", False: "false"})
        elif column.type == "number":
            values = values.round(6)
        columns[column.name] = values
    return pd.DataFrame(columns)


def has_cr(made: pd.DataFrame, table: Table) -> bool:
    """Tell whether a cell holds a lone CR, which ends a row for readers, but Python quotes it only from 3.13 on."""
    texts = [made[c.name] for c in table.columns if c.type == "string"]
    return any("\r" in "".join(t.astype("str").tolist()) for t in texts)


def write_cells(made: pd.DataFrame, path: Path, quoted: bool, more: bool = False) -> None:
    """Write cells as CSV, all of them quoted or only those that need it; `more` adds rows to those that are there."""
    made.to_csv(
        path, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8",
        errors="backslashreplace",  # a file name may be no UTF-8
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, mode="a" if more else "w", header=not more,
    )  # fmt: skip


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
    """Give an empty folder to fill; on success it takes the old folder's place in one step, on failure it goes.

    Raises StoreError where the place is no place for tables, cannot be written, or is being written by another.
    """
    with _said(folder):
        folder = _place(folder)
        missing = [parent for parent in folder.parents if not parent.exists()]
        folder.parent.mkdir(parents=True, exist_ok=True)
        with undisturbed(), guard(folder.parent):
            recover(folder, guarded=True)
            if any(held(path) for path in _leavings(folder)):
                raise StoreError(f"{folder}: is being written by another build; wait for it to end")
            new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=folder.parent))
            handle = lock(new)
    try:
        with _said(folder, new):
            new.chmod(0o755)
            yield new
        with _said(folder), undisturbed():
            for path in (*new.iterdir(), new):
                sync(path)
            with guard(folder.parent):
                _swap(new, folder)
            sync(folder.parent)
    finally:
        with undisturbed(), guard(folder.parent):
            if new.exists():
                _clear(new, folder)
            for parent in () if folder.exists() else missing:
                with contextlib.suppress(OSError):
                    parent.rmdir()
            if handle is not None:
                os.close(handle)


@contextlib.contextmanager
def _said(folder: Path, only: Path | None = None) -> Iterator[None]:
    """Say in one sentence that a folder cannot be written; with `only`, leave errors about other files alone."""
    try:
        yield
    except OSError as error:
        theirs = only and not str(error.filename or "").startswith(str(only))
        if theirs and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StoreError(f"{folder}: cannot be written ({error.strerror}); check space and permissions") from error


def _place(folder: Path) -> Path:
    """Follow links to the folder itself; refuse what tables must not take the place of."""
    real = Path(os.path.realpath(folder))
    if real.exists() and not real.is_dir():
        raise StoreError(f"{folder}: is a file; name a folder for the tables")
    names = {path.name for path in real.iterdir()} if real.exists() else set()
    if names and not names & OURS and not all(name.startswith(".") for name in names):
        raise StoreError(f"{folder}: holds other files and no tables; name a new or an empty folder with --out")
    if real == Path.cwd():
        raise StoreError(f"{folder}: is the folder you are in; go one up, from where --out can name it")
    return real


def _swap(new: Path, folder: Path) -> None:
    """Exchange two folders in one step where the system can (renameat2), else in two that `recover` can finish."""
    if not folder.exists():
        new.rename(folder)
        return
    if not _exchange(new, folder):
        old = folder.with_name(f".{folder.name}-old")
        folder.rename(old)
        new.rename(folder)
        _clear(old, folder)


def _exchange(a: Path, b: Path) -> bool:
    at_fdcwd, rename_exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return renameat2(at_fdcwd, os.fsencode(a), at_fdcwd, os.fsencode(b), rename_exchange) == 0


def _clear(old: Path, folder: Path) -> None:
    """Remove tables that have had their day; whatever else stands beside them goes to the folder, and never away."""
    for path in old.iterdir() if folder.is_dir() else ():
        if path.name not in OURS and not os.path.lexists(folder / path.name):
            path.rename(folder / path.name)
    if {path.name for path in old.iterdir()} <= OURS:
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path, guarded: bool = False) -> None:
    """Put back what an interrupted swap left aside, and clear what an interrupted build left behind.

    The folder of a build that is at work stays. Reading may call this: where nothing is to be mended it writes
    nothing, and what it cannot clear stays where it is.
    """
    folder = Path(os.path.realpath(folder))
    old = folder.with_name(f".{folder.name}-old")
    if not old.exists() and not _leavings(folder):
        return
    with contextlib.nullcontext() if guarded else guard(folder.parent), contextlib.suppress(OSError):
        if old.exists() and not folder.exists():
            old.rename(folder)
        for debris in (*_leavings(folder), old):
            if debris.is_dir() and not held(debris):
                _clear(debris, folder)


def _leavings(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.parent.iterdir() if p.name.startswith(f".{folder.name}-new-") and p.is_dir()]
    except OSError:
        return []
