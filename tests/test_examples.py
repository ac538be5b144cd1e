"""Examples in docstrings say what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import necdata

MODULES = [
    found.name for found in pkgutil.walk_packages(necdata.__path__, "necdata.") if not found.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str):
    """Each `>>>` of a module gives what is written under it; the core in C is not everywhere."""
    if name.startswith(("necdata.coding.engine.compiled", "necdata.coding.engine._scan")):
        pytest.importorskip("necdata.coding.engine._scan")
    tested = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tested.failed == 0, f"{tested.failed} of {tested.attempted} examples of {name}; see the output"


def test_there_are_examples():
    """The parsers' examples are found at all."""
    found = [doctest.DocTestFinder().find(importlib.import_module(f"necdata.reading.{m}")) for m in ("dates", "titles")]
    assert sum(len(test.examples) for tests in found for test in tests) >= 4
