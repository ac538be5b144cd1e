"""`necdata check`: are the tables what the build wrote, and what the pages give?"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from necdata import pipeline
from necdata.coding import codebook
from necdata.formats import pages
from necdata.pipeline import Progress
from necdata.reading import posts
from necdata.reading.page import PageError
from necdata.storage import manifest, store
from necdata.storage.manifest import Item, Manifest

TEXT = "text.csv"  # never shared, so it may be missing


def check(
    processed: str | Path,
    raw: str | Path | None = None,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Hold a folder of tables against its manifest, and against the pages where `raw` names them.

    Gives one line for each fault, none where all is as it was built. `codes`, `leaders` and `elections` are what the
    build was given. With pages, and where nothing is wrong with them, the tables are built once more and compared
    byte for byte. Raises ManifestError where there is no manifest, ValueError for a broken codebook.
    """
    folder = Path(processed)
    store.recover(folder)
    said = manifest.read(folder)
    found = [*table_faults(folder, said), *reference_faults(said, codes, leaders, elections)]
    if raw is not None:
        of_pages = page_faults(said, Path(raw))
        found += of_pages
        if not found:
            found += rebuilt_faults(said, folder, Path(raw), codes, leaders, elections, progress)
    return found


def table_faults(folder: Path, said: Manifest) -> list[str]:
    """Name the tables that are missing, are not as they were built, or that no manifest knows."""
    found = []
    for name, item in said.tables.items():
        path = folder / name
        if Path(name).name != name:
            found.append(f"{folder / manifest.NAME}: names {name!r}, which is no file of the folder; build again")
        elif not path.is_file():
            found += [] if name == TEXT else [f"{path}: is missing; run `necdata build` again"]
        elif not _same(path, item.sha256):
            found.append(f"{path}: was changed after the build; run `necdata build` again, or undo the change")
    missing = store.OURS - set(said.tables) - {manifest.NAME, TEXT}
    found += [f"{folder / manifest.NAME}: does not name {name}; run `necdata build` again" for name in sorted(missing)]
    if TEXT not in said.tables and (folder / TEXT).is_file():
        found.append(f"{folder / TEXT}: is not from this build; run `necdata build` again")
    return found or _disagreements(folder, said)


def _same(path: Path, sha256: str) -> bool:
    """Compare a file with a hash; line ends that version control changed do not count."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return sha256 in (manifest.hashed(data), manifest.hashed(data.replace(b"\r\n", b"\n")))


def _disagreements(folder: Path, said: Manifest) -> list[str]:
    """Name where manifest and tables contradict each other: then the manifest itself was changed."""
    where = folder / manifest.NAME
    frame = store.read(folder, "pages")
    of_table = dict(zip(frame["file"], frame["sha256"], strict=True))
    of_manifest = {name: item.sha256 for name, item in said.pages.items()}
    books = {str(b.get("name")): str(b.get("version")) for b in store.read_package(folder).get("codebooks", [])}
    found = []
    if of_table != of_manifest:
        found.append(f"{where}: lists other pages than pages.csv; run `necdata build` again")
    if books != {name: item.version for name, item in said.codebooks.items()}:
        found.append(f"{where}: lists other codebooks than datapackage.json; run `necdata build` again")
    return found


def reference_faults(
    said: Manifest,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
) -> list[str]:
    """Name the codebooks and reference tables that are not those which the tables were made with."""
    books = [manifest.of_codebook(codebook.load(source)) for source in (codes, "election_kinds")]
    used = manifest.inputs(".", leaders, elections)
    tables = manifest.reference(used) if said.reference else []
    return [
        *_other("codebook", said.codebooks, books, "with --codebook"),
        *_other("reference table", said.reference, tables, "with --leaders or --elections"),
    ]


def _other(what: str, before: Mapping[str, Item], now: Iterable[Item], how: str) -> list[str]:
    here = {item.name: item for item in now}
    found = [
        f"the tables were made with the {what} {name} {_version(item)}, here is {_version(here[name])}; "
        f"run `necdata build` again, or name the other one {how}"
        for name, item in before.items()
        if name in here and here[name].sha256 != item.sha256
    ]
    gone, come = (sorted(set(a) - set(b)) for a, b in ((before, here), (here, before)))
    if gone or come:
        names = " and ".join(gone or ["none"]), " and ".join(come or ["none"])
        found.append(f"the tables were made with the {what} {names[0]}, here is {names[1]}; name the one used {how}")
    return found


def _version(item: Item) -> str:
    return f"{item.version} ({item.sha256[:8]})".strip()


def page_faults(said: Manifest, raw: Path) -> list[str]:
    """Name the pages that are missing, have changed under their names, or are not in the tables."""
    now: dict[str, str] = {}
    found: list[str] = []
    for path in pages.files(raw):
        name = path.relative_to(raw).as_posix()
        try:
            now[manifest.portable(name)] = pages.read(path, name).sha256
        except PageError as error:  # skipped by the build as well, unless it was a page then
            if manifest.portable(name) in said.pages:
                found.append(str(error))
                now[manifest.portable(name)] = said.pages[manifest.portable(name)].sha256
    before = {name: item.sha256 for name, item in said.pages.items()}
    # A second copy of a page, and a page without a post, are in no table for a reason.
    there = {before[name] for name in before if name in now}
    now = {name: sha256 for name, sha256 in now.items() if name in before or sha256 not in there}
    extra = [name for name in now if name not in before and now[name] not in before.values()]
    idle = {name for name in extra if not posts.read(pages.read(raw / name, name)).posts}
    now = {name: sha256 for name, sha256 in now.items() if name not in idle}
    return [*found, *manifest.page_changes(before, now), *manifest.page_moves(before, now)]


def pages_at_hand(raw: Path) -> Path | None:
    """Give a folder back where it holds pages, None where it does not."""
    return raw if raw.is_dir() and pages.files(raw) else None


def known_pages(processed: Path) -> dict[str, str]:
    """Give the pages (file -> sha256) that a folder's tables were built from; none where no manifest says."""
    try:
        return {name: item.sha256 for name, item in manifest.read(processed).pages.items()}
    except manifest.ManifestError:
        return {}


def changed_names(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Name the pages that hold another text under the name they had when the tables were built."""
    return manifest.page_changes(before, {manifest.portable(name): sha256 for name, sha256 in now.items()})


def rebuilt_faults(
    said: Manifest,
    folder: Path,
    raw: Path,
    codes: str | Path | None = None,
    leaders: str | Path | None = None,
    elections: str | Path | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Build the tables once more, beside, and name those whose bytes differ, with the first line that does."""
    built = pipeline.tabulate(raw, codes, leaders, elections, progress)
    with tempfile.TemporaryDirectory(prefix="necdata-check-") as place:
        store.fill(Path(place), built.frames, built.text, built.codebooks, manifest.inputs(raw, leaders, elections))
        again = manifest.read(Path(place)).tables
        return [
            f"{folder / name}: the pages now give another table (from line {_first(folder / name, Path(place) / name)} "
            f"on; built by necdata {said.necdata}); run `necdata build` again"
            for name, item in said.tables.items()
            if name in again and again[name].sha256 != item.sha256
        ]


def _first(before: Path, now: Path) -> str:
    """Give the number of the first line in which two files differ."""
    if not before.is_file():
        return "unknown"
    with before.open("rb") as a, now.open("rb") as b:
        lines = itertools.zip_longest(a, b)
        return str(next((n for n, (x, y) in enumerate(lines, 1) if x != y), "the end"))
