# Everything a person does with a clone. `make` alone says what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export UV_PYTHON_DOWNLOADS := never

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
UV ?= $(or $(shell command -v uv),.tools/bin/uv)
SHARED ?= ../shared
WORKERS ?= 2
ENGINES ?= duckdb,clickhouse,spark$(if $(wildcard /usr/lib/postgresql/*/bin/initdb),$(comma)postgres)
comma := ,
# What the web application's files are built from: a change builds them anew.
ASSETS = hatch_build.py package.json package-lock.json latido/report/tokens.py $(shell find latido/web/assets -type f)
INSTALL = $(UV) pip install --quiet --python .venv/bin/python
# Nothing younger than a week is locked: time for a bad release to be found out.
LOCK_UNTIL = $(shell $(PYTHON) -c 'import datetime as d; print(d.date.today() - d.timedelta(7))')
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--exclude-newer $(LOCK_UNTIL) --upgrade

.PHONY: help
help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: .venv/run.stamp ## Simulate a whole company in ./demo, print its figures and serve its pages
	.venv/bin/latido demo demo
	.venv/bin/latido -w demo serve --stop > /dev/null
	.venv/bin/latido -w demo serve --background

.PHONY: test
test: .venv/dev.stamp ## Run every test, the documentation's examples among them
	.venv/bin/python -m pytest -n $(WORKERS) --dist loadfile

.PHONY: test-engines
test-engines: .venv-engines/stamp ## Compare every figure on ENGINES (duckdb,clickhouse,spark,postgres)
	.venv-engines/bin/python -m pytest tests/engines --engines=$(ENGINES) \
		-W ignore::ResourceWarning -W ignore::pytest.PytestUnraisableExceptionWarning

.PHONY: lint
lint: .venv/dev.stamp ## Check style and format (ruff)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

.PHONY: types
types: .venv/dev.stamp ## Check types, strictly (mypy)
	.venv/bin/mypy

.PHONY: validate
validate: .venv/dev.stamp ## Repeat published figures from real data in SHARED (../shared)
	LATIDO_SHARED=$(SHARED) .venv/bin/python -m validate

.PHONY: coverage
coverage: .venv/dev.stamp ## Simulate how often intervals hold the truth; writes docs/coverage.md
	.venv/bin/python -m benchmarks.coverage

.PHONY: bench
bench: .venv/dev.stamp ## Measure speed and memory against pandas, Polars and plain SQL
	.venv/bin/python -m benchmarks

.PHONY: docs
docs: .venv/dev.stamp ## Write the reference pages and build the site into ./site
	.venv/bin/python -m docs.generate
	.venv/bin/python -m docs.odd_files
	.venv/bin/mkdocs build --strict --quiet

.PHONY: wheel
wheel: .venv/dev.stamp ## Build the wheel into ./dist
	rm -rf dist
	.venv/bin/python -m hatchling build -t wheel

.PHONY: lock
lock: | $(UV) ## Lock the dependencies anew, with hashes, none younger than a week
	$(LOCK) pyproject.toml -o requirements/run.lock
	$(LOCK) pyproject.toml -c requirements/run.lock --group dev --group docs --group bench --group build -o requirements/dev.lock
	$(LOCK) pyproject.toml -c requirements/dev.lock --extra spark --extra postgres --group engines --group test -o requirements/engines.lock
	printf 'hatchling>=1.27\nsetuptools>=75\n' | $(LOCK) - -c requirements/dev.lock -o requirements/build.lock
	echo 'uv>=0.9' | $(LOCK) - -o requirements/tools.lock

.PHONY: clean
clean: ## Remove the environment, the demo and everything else that was made
	rm -rf .venv .venv-engines .tools dist site demo node_modules latido/web/static/dist
	rm -rf .coverage .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python: | $(UV)
	$(UV) venv --quiet --python $(PYTHON) .venv

# Editable: what stands in the clone is what runs. A changed pyproject.toml or lock installs anew.
.venv/run.stamp: requirements/run.lock requirements/build.lock pyproject.toml $(ASSETS) | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements/run.lock
	$(INSTALL) --no-deps --build-constraints requirements/build.lock --editable .
	touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	$(INSTALL) --require-hashes -r requirements/dev.lock
	touch $@

# Apart from .venv: Spark and ClickHouse are 2 GB that most work does without.
.venv-engines/stamp: requirements/engines.lock requirements/build.lock pyproject.toml | $(UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv-engines
	$(UV) pip install --quiet --python .venv-engines/bin/python --require-hashes --build-constraints requirements/build.lock -r requirements/engines.lock
	$(UV) pip install --quiet --python .venv-engines/bin/python --no-deps --build-constraints requirements/build.lock --editable .
	touch $@

.tools/bin/uv: requirements/tools.lock
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --require-hashes -r requirements/tools.lock
	touch $@
