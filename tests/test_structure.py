"""One direction: a package knows those before it and none after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import necdata

PACKAGE = Path(necdata.__file__).parent

# Each row knows the rows above it. Rooms of one row are peers; catalogue and the ledger of fetching know each other.
ROWS = [
    {"plain"},
    {"reading", "reference", "charts"},
    {"formats", "dating", "coding"},
    {"counting", "storage"},
    {"catalogue", "fetching", "status"},
    {"corpus", "adding", "pipeline"},
    {"parts", "auditing"},
    {"publishing"},
    {"interactive"},
    {"cli"},
]
RANK = {room: rank for rank, row in enumerate(ROWS) for room in row}
PEERS = {("catalogue", "fetching"), ("fetching", "catalogue")}


def room(path: Path) -> str:
    """The package or module directly under necdata that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def known(source: str) -> Iterator[str]:
    """The rooms that a module's imports name, wherever in it they stand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "necdata":
            yield from (name.name for name in node.names if name.name in RANK)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("necdata."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("necdata."))


MODULES = sorted(p for p in PACKAGE.rglob("*.py") if room(p) not in {"__init__", "__main__"})


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_knows_only_the_rooms_before_its_own(path: Path):
    """Reading knows nothing of coding, charts count nothing, the library does not know the command line."""
    own = room(path)
    wrong = {
        other
        for other in known(path.read_text(encoding="utf-8"))
        if other != own and RANK[other] >= RANK[own] and (own, other) not in PEERS
    }
    assert not wrong, f"{own} reaches for {', '.join(sorted(wrong))}"


def test_every_room_has_its_row():
    """A new package has to say where it stands."""
    assert {room(path) for path in MODULES} == set(RANK)


def test_imports_are_seen_wherever_they_stand():
    """Of modules and of names, at the top and inside functions; necdata's own names are no rooms."""
    source = "from necdata import charts, load\ndef f():\n    from necdata.coding.engine import x\nimport necdata.cli"
    assert sorted(known(source)) == ["charts", "cli", "coding"]
