"""The cost of importing: what is not needed for the tables is not loaded for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = [
    "matplotlib",
    "nltk",
    "scipy",
    "IPython",
    "ftfy",
    "requests",
    "selectolax",
    "nbformat",
    "tqdm",
    "great_tables",
    "yaml",
]


def loaded(program: str) -> set[str]:
    """Run a program by itself and list the modules it loaded, as Python's own timing of imports prints them."""
    found = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program], capture_output=True, text=True, check=True
    )
    return {line.rsplit("|", 1)[1].strip() for line in found.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    "program", ["import necdata", "import necdata; necdata.load().meetings; necdata.load().topics"]
)
def test_neither_importing_nor_loading_needs_charts_or_languages(program: str):
    """pandas is enough; charts, stemming, notebooks and fetching load theirs when they are used."""
    modules = loaded(program)
    assert "pandas" in modules and "necdata.corpus" in modules
    assert {name.split(".")[0] for name in modules} & set(HEAVY) == set()


def test_help_does_not_wait_for_charts():
    """`necdata --help` and `necdata codebook list` draw nothing."""
    modules = loaded("import necdata.cli\ntry: necdata.cli.main(['--help'])\nexcept SystemExit: pass")
    assert {name.split(".")[0] for name in modules} & set(HEAVY) == set()


def test_importing_reads_no_table():
    """Tables are read when they are asked for, not before."""
    program = (
        "import sys; sys.addaudithook(lambda event, args: print(args[0]) if event == 'open' else None); import necdata"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not [line for line in found.stdout.splitlines() if line.endswith((".csv", ".toml"))]
