"""Everything else stands in pyproject.toml, where compiled modules are still an experiment of setuptools."""

from setuptools import Extension, setup

# Where it cannot be built, numpy does the same.
CORE = Extension(
    "necdata.coding.engine._scan",
    ["necdata/coding/engine/_scan.c"],
    extra_compile_args=["-std=c11", "-O2"],
    optional=True,
)
setup(ext_modules=[CORE])
