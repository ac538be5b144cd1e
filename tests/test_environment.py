"""pyproject.toml, environment.yml and requirements.lock.txt say the same of the same packages."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock.txt").read_text(encoding="utf-8")

RUNTIME = PYPROJECT["project"]["dependencies"]
EXTRAS = PYPROJECT["project"]["optional-dependencies"]


def ranges(requirements: Iterable[str]) -> dict[str, SpecifierSet]:
    """Parse ["PyYAML>=6,<7"] => {"pyyaml": SpecifierSet(">=6,<7")}."""
    parsed = map(Requirement, requirements)
    return {canonicalize_name(each.name): each.specifier for each in parsed}


def locked() -> list[tuple[Requirement, list[str]]]:
    """Parse the lock => [(requirement, its sha256 hashes)]."""
    joined = LOCK.replace("\\\n", " ").splitlines()
    entries = [line.split(" --hash=") for line in joined if line and not line.startswith("#")]
    return [(Requirement(name.strip()), [h.strip() for h in hashes]) for name, *hashes in entries]


def test_conda_and_pip_users_get_the_same_ranges() -> None:
    """environment.yml lists what pyproject.toml needs and the dev extra, range for range."""
    listed = [each for each in ENVIRONMENT["dependencies"] if isinstance(each, str)]
    conda = ranges(listed)
    assert conda.pop("python") == SpecifierSet(PYPROJECT["project"]["requires-python"])
    conda.pop("pip")
    assert conda == ranges([*RUNTIME, *EXTRAS["dev"]])


def test_environment_takes_everything_from_conda_forge_but_the_package() -> None:
    """The package is installed from the checkout, and no default channel slips in."""
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert ENVIRONMENT["dependencies"][-2:] == ["pip", {"pip": ["-e ."]}]


def test_every_locked_requirement_is_one_version_with_hashes() -> None:
    """pip --require-hashes accepts nothing less."""
    entries = locked()
    assert len(entries) > 100
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


def test_lock_names_no_place_to_download_from() -> None:
    """It holds names, versions, markers and hashes: no address, option, comment or path."""
    assert "://" not in LOCK
    assert " @ " not in LOCK
    lines = [line for line in LOCK.splitlines() if not line.startswith("    --hash=sha256:")]
    assert [line for line in lines if not re.match(r"[a-z0-9]", line)] == []


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_lock_holds_one_fitting_version_of_each_requirement(python: str, platform: str) -> None:
    """For each Python, what pyproject.toml names stands in the lock once, within its range."""
    target = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": platform,
    }
    pins: dict[str, list[str]] = {}
    for requirement, _ in locked():
        if requirement.marker is None or requirement.marker.evaluate(target):
            version = str(requirement.specifier).removeprefix("==")
            pins.setdefault(canonicalize_name(requirement.name), []).append(version)
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}
    for name, wanted in ranges([*RUNTIME, *sum(EXTRAS.values(), [])]).items():
        assert name in pins, f"{name} is not locked; run: make lock"
        assert wanted.contains(pins[name][0]), f"{name} {pins[name][0]} is locked; run: make lock"


def imported(file: Path) -> set[str]:
    """Parse "from nltk.text import Text" => {"nltk"}, wherever in the file it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_everything_the_package_imports_is_declared() -> None:
    """No module leans on a library that only happens to come with another one."""
    distributions = packages_distributions()
    declared = ranges(RUNTIME)
    files = sorted((ROOT / "necdata").rglob("*.py"))
    assert files
    undeclared = {
        f"{file.relative_to(ROOT)}: {module}"
        for file in files
        for module in imported(file) - sys.stdlib_module_names - {"necdata"}
        if not declared.keys() & {canonicalize_name(d) for d in distributions.get(module, [])}
    }
    assert undeclared == set()
