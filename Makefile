# make            set up, build the tables from raw/, run the notebooks, export the charts
# make help       every target
#
# File names in raw/ and notebooks/ may hold spaces, so pages are never prerequisites themselves:
# a checksum list stands for them, and is only touched when it changes.

PYTHON ?= python3
PYTEST_ARGS ?= -n auto
BIN := .venv/bin
SHELL := /bin/bash

CODE := $(shell find necdata -type f ! -name '*.pyc' ! -name '*.so')
NOTEBOOKS := $(shell find notebooks -maxdepth 1 -name '*.ipynb' 2>/dev/null | sort \
	| sed 's/ /\\ /g; s|^notebooks/|exports/|; s|ipynb$$|html|')
PAGES = find -L raw -type f ! -name '.*' ! -name README.md ! -name sources.toml ! -name ledger.jsonl

# Kernels and charts neither read the user's own settings nor build a font list each.
export MPLCONFIGDIR := $(CURDIR)/build/matplotlib

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all accuracy browser html setup tables notebooks charts test torture wordpress wordpress-install bench lint lab refresh lock clean help FORCE

all: notebooks charts  ## Set up, build the tables, run the notebooks, export the charts
	@echo "Charts and notebooks are in exports/ (open exports/index.html), the tables in processed/."

setup: .venv/.installed  ## Create .venv with the locked dependencies and the package

tables: build/tables  ## Build the tables in processed/ from the pages in raw/

notebooks: $(NOTEBOOKS)  ## Run every notebook into exports/ as .ipynb and .html (a site: exports/index.html)

charts: exports/.charts  ## Export every chart into exports/

test: .venv/.installed  ## Run the tests (NECDATA_RAW=/folder/with/pages adds those on real documents)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

torture: .venv/.installed  ## Ill-treat every command and count what comes of it (SECONDS=600)
	$(BIN)/python benchmarks/torture.py --seconds $(or $(SECONDS),600)

accuracy: .venv/.installed  ## Measure how well pages are read, against the truth in tests/pages
	$(BIN)/python benchmarks/accuracy.py

html: all  ## The same as make: every notebook and chart as a site that needs no network, exports/index.html

# One worker drives JupyterLab, the other looks at the pages.
browser: html  ## Drive JupyterLab and the exported pages in Chromium (apt install chromium)
	NECDATA_BROWSER=1 NECDATA_SITE=exports $(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

bench: build/peers/.installed  ## Measure coding beside other libraries (ROUNDS=3) and write docs/benchmarks.md's table
	build/peers/bin/python benchmarks/coding_speed.py --rounds $(or $(ROUNDS),3) --write $(BENCH_ARGS)

wordpress: .venv/.installed  ## Fetch from a real WordPress on loopback, and read it (make wordpress-install first)
	NECDATA_WORDPRESS=1 $(BIN)/python -m pytest -n0 tests/wordpress

wordpress-install:  ## What that needs, by apt as root: PHP, MariaDB; WordPress is unpacked into build/wordpress
	sh tests/wordpress/install.sh

lint: .venv/.installed  ## Check style (ruff) and types (mypy)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: build/tables  ## Open JupyterLab on notebooks/
	$(BIN)/jupyter lab --ServerApp.root_dir='$(CURDIR)' --LabApp.default_url=/lab/tree/notebooks

refresh: build/tables  ## Run the notebooks and write their outputs back into notebooks/
	$(BIN)/python -m necdata.publishing.notebooks --in-place

lock: .venv/.installed  ## Bring requirements.lock.txt up to date with pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade --quiet -o requirements.lock.txt

clean:  ## Remove .venv, exports/ and everything else that make can make again
	rm -rf .venv build exports *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f necdata/coding/engine/*.so
	find necdata tests -name __pycache__ -prune -exec rm -rf {} +

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 24

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "necdata needs Python 3.11 or later as $(PYTHON); or say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "$(PYTHON) has no venv module; install it first (Debian: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.locked: requirements.lock.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock.txt
	@touch $@

.venv/.installed: pyproject.toml setup.py necdata/coding/engine/_scan.c .venv/.locked
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -c 'import necdata.coding.engine._scan' 2>/dev/null \
		|| echo "No C compiler or no Python headers: texts are coded by numpy, which finds the same and takes longer."
	@touch $@

# The other libraries' environment sees the project's own packages, so that all use the same numpy.
build/peers/.installed: benchmarks/peers.txt .venv/.installed
	$(BIN)/python -m venv build/peers
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$(build/peers/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/project.pth"
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	@touch $@

# What the tables are made from and what they are: make builds when either is no longer as it was.
INPUTS = { $(PAGES) -exec cksum {} +; find -L raw/sources.toml processed -type f -exec cksum {} +; } \
	2>/dev/null | sort -k 3

build/inputs: FORCE
	@mkdir -p build
	@$(INPUTS) > $@.new || true
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Exit code 3 says that the tables were built but a page was skipped; necdata has named it.
build/tables: build/inputs $(CODE) .venv/.installed
	@if [ -n "$$($(PAGES) 2>/dev/null | head -n 1)" ]; then \
		$(BIN)/necdata build --raw raw --out processed || [ $$? -eq 3 ]; \
	else \
		echo "raw/ holds no page: using the tables in processed/ as they are."; \
	fi
	@$(INPUTS) > build/inputs || true
	@touch $@

exports/%.html: notebooks/%.ipynb build/tables
	@$(BIN)/python -m necdata.publishing.notebooks --out exports "$<"
	@touch "$@"

exports/.charts: build/tables
	$(BIN)/necdata charts --processed processed --out exports
	@touch $@

FORCE:
