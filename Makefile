# `make run` serves the demo clinic, `make test` runs every test, `make check` is due before a commit.
# Each builds what it needs first, once: the stamps in .venv say what is already there.

PYTHON ?= python3
PORT ?= 8000
CORES ?= $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
# What else pytest and pip-compile are told: make test ARGS="-k screening", make requirements ARGS=--upgrade
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

# Debian's bare python3 makes an environment without pip; the system's own pip then installs into it.
PIP = $(shell test -x $(BIN)/pip && echo $(BIN)/pip || echo $(PYTHON) -m pip --python $(BIN)/python)
INSTALL = $(PIP) install -qq --disable-pip-version-check
# The build backend is among the pinned requirements, so nothing unpinned is fetched to build with.
INSTALL_SELF = $(INSTALL) --no-deps --no-build-isolation --editable .
COMPILE = CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile --quiet \
	--generate-hashes --allow-unsafe --strip-extras --no-emit-options $(ARGS)

.PHONY: help run test check format guide bench bench-slow chaos interleavings simulations requirements chromium clean
.DELETE_ON_ERROR:

help:
	@echo "make run            serve the demo clinic at http://127.0.0.1:$(PORT) (PORT= moves it)"
	@echo "make test           run every test, real browser and real PostgreSQL included"
	@echo "make check          lint, types, import contracts, templates: clean before a commit"
	@echo "make format         put code and templates into the house's form"
	@echo "make guide          write docs/guide/safety-check.md again, from the catalogue"
	@echo "make bench          every benchmark beside its floor"
	@echo "make bench-slow     let twenty people save beside 250 idle and slow connections"
	@echo "make chaos          kill browser, server and line under a typing person's hands, 200 times"
	@echo "make interleavings  let two people change one session at once, in 1,000 random orders on each store"
	@echo "make simulations    hold the statistics against 10,000 simulated clinics"
	@echo "make requirements   pin the dependencies of pyproject.toml again, with hashes"
	@echo "make clean          remove the environment and caches; the demo store stays"

run: $(READY)
	@$(BIN)/clinic-notes demo
	@exec $(BIN)/clinic-notes serve --port $(PORT)

# Compiled modules are kept, whatever the environment says: each worker and server would compile all.
test: $(READY_DEV) chromium
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(CORES) --dist worksteal $(ARGS)

check: $(READY_DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djlint templates --check --quiet

format: $(READY_DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djlint templates --reformat --quiet

guide: $(READY_DEV)
	@$(BIN)/clinic-notes guide > docs/guide/safety-check.md

bench: $(READY_DEV)
	@$(BIN)/python -m benchmarks

bench-slow: $(READY_DEV)
	@$(BIN)/python -m benchmarks.slow_clients

# These two take long: nothing counts as hanging.
chaos: $(READY_DEV) chromium
	@CLINIC_NOTES_CHAOS=200 $(BIN)/pytest -o faulthandler_timeout=0 tests/browser/test_autosave_chaos.py $(ARGS)

interleavings: $(READY_DEV)
	@CLINIC_NOTES_INTERLEAVINGS=1000 $(BIN)/pytest -o faulthandler_timeout=0 -n 2 \
		tests/charting/session_form/conflicts/test_interleavings.py $(ARGS)

simulations: $(READY_DEV)
	@CLINIC_NOTES_SIMULATIONS=10000 $(BIN)/pytest -o faulthandler_timeout=0 \
		tests/outcomes/statistics/test_simulated.py $(ARGS)

# The second file holds all of the first, so a developer's environment is the clinic's and more.
requirements: $(READY_DEV)
	$(COMPILE) --build-deps-for=wheel --output-file requirements.txt pyproject.toml
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" \
		| $(COMPILE) --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml -

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Clinic Notes needs Python 3.11 or newer; name it with make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
		|| { $(PYTHON) -m pip --version >/dev/null 2>&1 && $(PYTHON) -m venv --clear --without-pip $(VENV); } \
		|| { rm -rf $(VENV); echo "Python here has neither venv nor pip; on Debian: apt-get install python3-venv"; exit 1; }

$(READY): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Clinic Notes stands on into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL_SELF)
	@touch $@

$(READY_DEV): requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests and checks need into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@$(INSTALL_SELF)
	@touch $(READY) $@

# Chromium without its window draws the same pages for half the work. Without any browser its tests
# say so and are skipped; with CI=true they fail instead.
chromium:
	@command -v chromium-headless-shell >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Debian's Chromium ..."; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium-headless-shell >/dev/null && exit 0; \
	fi; \
	{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && exit 0; \
	echo "No Chromium here, so the browser tests are skipped; to run them: sudo apt-get install chromium-headless-shell"
