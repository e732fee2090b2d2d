# The only list of commands. "make" alone prints it.
# A recipe that ends with 4 means: this machine lacks something, and the sentence says what.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help install demo test engines test-engines check fix journeys bench bench-full bench-paper docs audit hazards
.DELETE_ON_ERROR:
# the tests start the command hundreds of times; without what Python compiled, each start reads all of it again
unexport PYTHONDONTWRITEBYTECODE

bin := .venv/bin
with_engines := .venv-engines/bin
pip := $(bin)/python -m pip install --quiet --disable-pip-version-check
# each worker keeps to its own files in order, so that what a file or a whole run makes once is rarely made twice
side_by_side := -n 2 --dist worksteal
with_database := $(addprefix alongside/,core audit access todo addressbook information moderation rights care voice measures reporting evidence demo) \
  tests/test_access.py tests/test_rights.py tests/test_erased_stays_erased.py tests/test_public_pages.py tests/test_kept.py tests/test_killed.py tests/test_queries.py tests/test_headers.py tests/test_urls_say_nothing.py

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.project  ## make .venv and put the alongside command in it
	@echo "Alongside is installed. Try: $(bin)/alongside --help"

demo: .venv/.project  ## serve the site with invented people on http://localhost:8000, until Ctrl-C
	@$(bin)/alongside demo $(ARGS)

test: check node_modules/.installed  ## run every check and every test, on SQLite and on PostgreSQL (needs Chromium)
	@$(find_browser); $(bin)/pytest $(side_by_side) $(ARGS)
	@$(find_postgresql); $(bin)/python tests/with_postgresql.py $(bin)/pytest $(side_by_side) $(with_database) $(ARGS)

engines: .venv-engines/.installed  ## make .venv-engines, for evaluate --engine (Spark needs Java 17)
	@echo "Ready: source $(with_engines)/activate"

test-engines: .venv-engines/.installed  ## the same sums on DuckDB, PostgreSQL and Spark (needs Java 17)
	@$(find_java); $(find_postgresql); $(with_engines)/python tests/with_postgresql.py $(with_engines)/pytest alongside/evaluation/tests/test_engines.py $(ARGS)

check: .venv/.dev .venv/.project  ## style, types, floors, templates, locks
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/djlint --lint --quiet alongside
	@if grep -nE '"resolved"|https?://|--(extra-)?index-url|--find-links' requirements/*.txt package-lock.json .npmrc; then \
	  echo "A lock file names an address. Lock again as CONTRIBUTING.md says." >&2; exit 1; fi

fix: .venv/.dev  ## put style right
	$(bin)/ruff format .
	$(bin)/ruff check --fix .

journeys: .venv/.dev .venv/.project node_modules/.installed  ## only the browser tests
	@$(find_browser); $(bin)/pytest tests/journeys $(ARGS)

bench: .venv/.dev .venv/.project .venv-bench/.installed  ## measure a million scores, and 10,000 clients beside lme4 and statsmodels
	$(bin)/python benchmarks/imports.py
	$(bin)/python benchmarks/million_scores.py
	$(bin)/python benchmarks/scoring.py
	$(bin)/python benchmarks/exchange.py
	$(bin)/python benchmarks/trajectories.py 10000 $(ARGS)
	$(bin)/python benchmarks/funder_report.py 10000

bench-full: bench  ## the same for 100,000 and a million clients, and the site with 30,000 (45 minutes; 35 with ARGS=--without-statsmodels)
	$(bin)/python benchmarks/trajectories.py 100000 $(ARGS)
	$(bin)/python benchmarks/trajectories.py 1000000
	$(bin)/python benchmarks/funder_report.py 100000
	$(bin)/python benchmarks/funder_report.py 1000000
	$(bin)/python benchmarks/site.py
	@$(find_postgresql); $(bin)/python tests/with_postgresql.py $(bin)/python benchmarks/site.py

bench-paper: .venv/.dev .venv/.project  ## read invented forms on paper back, 20 of each kind (10 minutes; more with ARGS='--pages 100')
	$(bin)/python benchmarks/paper.py $(ARGS)

audit: .venv-audit/.installed  ## ask whether a known weakness touches a package, and write what Alongside is made of to report/bom
	@.venv-audit/bin/python tools/audit.py report/bom

hazards: .venv/.dev .venv/.project node_modules/.installed  ## before a release: run the tests that the hazard log names
	@$(find_browser); $(bin)/python tools/hazards.py $(ARGS)

docs: .venv/.project  ## write the reference pages again from the code
	$(bin)/python docs/make_reference.py

# ---- what the commands above stand on; each file named here is a stamp ----

.venv/.made:
	@found=; for python in python3 python3.13 python3.12 python3.14; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Alongside needs Python 3.12 or newer, and none was found: install one, then run this again." >&2; exit 4; \
	fi; \
	if ! $$found -c 'import ensurepip' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -qq -y --no-install-recommends $$found-venv; \
	  else \
	    echo "Install $$found-venv: apt install $$found-venv" >&2; exit 4; \
	  fi; \
	fi; \
	$$found -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made requirements/runtime.txt requirements/scan.txt
	@echo "Installing what Alongside needs, about a minute." >&2
	@$(pip) --require-hashes -r requirements/runtime.txt
	@$(pip) --require-hashes -r requirements/scan.txt
	@touch $@

.venv/.project: .venv/.runtime pyproject.toml
	@$(pip) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "Installing what the tests need, about a minute." >&2
	@$(pip) --require-hashes -r requirements/dev.txt
	@touch $@

.venv-engines/.installed: .venv/.made requirements/runtime.txt requirements/scan.txt requirements/dev.txt requirements/engines.txt pyproject.toml
	@echo "Installing Ibis and Spark beside what the tests need, about two minutes." >&2
	@$(bin)/python -m venv .venv-engines
	@for lock in runtime scan dev engines; do \
	  $(with_engines)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$$lock.txt || exit; \
	done
	@$(with_engines)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv-bench/.installed: .venv/.made requirements/bench.txt
	@echo "Installing statsmodels and pandas, about a minute." >&2
	@$(bin)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

.venv-audit/.installed: .venv/.made requirements/audit.txt
	@$(bin)/python -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "The browser tests need Node: ask an administrator to run apt install npm." >&2; exit 4; }
	@npm ci --silent
	@touch $@

define find_browser
look() { for name in "$$ALONGSIDE_CHROMIUM" chromium chromium-browser google-chrome; do \
  if [ -n "$$name" ] && "$$name" --version >/dev/null 2>&1; then ALONGSIDE_CHROMIUM=$$(command -v "$$name"); return; fi; \
done; return 1; }; \
if ! look; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; \
  fi; \
  look || { echo "The browser tests need Chromium: ask an administrator to run apt install chromium." >&2; exit 4; }; \
fi; \
export ALONGSIDE_CHROMIUM
endef

define find_java
if ! java -version >/dev/null 2>&1; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    apt-get update -qq && apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless; \
  else \
    echo "Spark needs Java 17: ask an administrator to run apt install openjdk-17-jre-headless." >&2; exit 4; \
  fi; \
fi
endef

define find_postgresql
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    apt-get update -qq && apt-get install -qq -y --no-install-recommends postgresql; \
  else \
    echo "The tests need PostgreSQL: ask an administrator to run apt install postgresql." >&2; exit 4; \
  fi; \
fi
endef
