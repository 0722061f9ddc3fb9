# doctrine-sim. `make` alone says what there is to make; `make demo` is the place to start.
#
# PYTHON is the Python that makes the virtual environment, VENV the folder it is made in:
#     make test PYTHON=python3.12 VENV=.venv-3.12

PYTHON ?= python3
VENV ?= .venv
WORLDS ?= 1000
DEMO = results/demo
PYTEST_ARGS ?= -n auto
BENCH_ARGS ?=
APP_ARGS ?=

BIN = $(VENV)/bin
PIP = PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip install -qq

# Stamps say what has been installed into VENV: the package as a user gets it, or the checkout itself with the
# tools for tests. The second serves both purposes and follows every edit, so it only asks for pyproject.toml.
INSTALLED = $(VENV)/.doctrine-installed
INSTALLED_DEV = $(VENV)/.doctrine-installed-dev
INSTALLED_BENCH = $(VENV)/.doctrine-installed-bench
INSTALLED_EXPLORE = $(VENV)/.doctrine-installed-explore
INSTALLED_DOCS = $(VENV)/.doctrine-installed-docs
INSTALLED_BROWSER = $(VENV)/.doctrine-installed-browser
INSTALLED_APP = $(VENV)/.doctrine-installed-app
SOURCES = $(shell find sim scenarios -type f ! -name '*.pyc' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo app test test-explore test-browser test-load lint docs bench clean

help:
	@echo "make demo    install into $(VENV), then compare two doctrines over the same $(WORLDS) worlds; results in $(DEMO)/"
	@echo "make app     the same with NiceGUI, then serve the app in the browser (APP_ARGS='--host 0.0.0.0' lets a class in)"
	@echo "make test    install into $(VENV) with the tools for tests, then run the tests"
	@echo "make lint    check style, formatting and types"
	@echo "make test-explore    the same with the tools for scenario discovery, and its tests"
	@echo "make test-browser    the same with selenium, and the tests of the pages in Chromium, which must be there"
	@echo "make test-load    forty students on this machine at once, while worlds run; nobody waits for a second"
	@echo "make docs    build the documents as a site, in about a minute; open results/site/index.html"
	@echo "make bench   measure how fast it is, in some minutes; writes docs/performance.md (BENCH_ARGS=--quick for a look)"
	@echo "make clean   remove $(VENV), caches and $(DEMO)/; other results stay"
	@echo
	@echo "Needs Python 3.11 or newer. To choose one: make demo PYTHON=python3.12"

demo: $(INSTALLED)
	@echo "Running history under two doctrines, in the same $(WORLDS) worlds:"
	@echo "    doctrine compare history architectural transactional --worlds $(WORLDS) --out $(DEMO) --force"
	@$(BIN)/doctrine compare history architectural transactional --worlds $(WORLDS) --out $(DEMO) --force

app: $(INSTALLED_APP)
	@echo "Serving the app until Ctrl-C: doctrine app $(APP_ARGS)"
	@$(BIN)/doctrine app $(APP_ARGS)

test: $(INSTALLED_DEV)
	@echo "Running the tests: python -m pytest $(PYTEST_ARGS)"
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

# Scenario discovery needs ema_workbench, about 200 MB with what it brings: its tests are asked for by name.
test-explore: $(INSTALLED_EXPLORE)
	@echo "Running the tests of scenario discovery: python -m pytest tests/explore"
	@$(BIN)/python -m pytest tests/explore

# Chromium and its driver come with the system, not from the package index. Asked for by name, their absence is a
# failure; in `make test` the tests in a browser are left out where there is none, and the head of the run says so.
test-browser: $(INSTALLED_BROWSER)
	@command -v chromedriver >/dev/null 2>&1 || { \
	    echo "The tests in a browser need Chromium and its driver. On Debian: apt install chromium chromium-driver"; \
	    exit 1; }
	@echo "Running the tests in a browser: python -m pytest tests/browser"
	@$(BIN)/python -m pytest tests/browser

# Alone on the machine: it measures seconds. `python tests/load/class_of_forty.py` prints the table.
test-load: $(INSTALLED_DEV)
	@echo "Running the load test: python -m pytest tests/load"
	@$(BIN)/python -m pytest tests/load

lint: $(INSTALLED_DEV)
	@echo "Checking style: ruff check"
	@$(BIN)/python -m ruff check .
	@echo "Checking formatting: ruff format --check"
	@$(BIN)/python -m ruff format --check .
	@echo "Checking types: mypy"
	@$(BIN)/python -m mypy

docs: $(INSTALLED_DOCS)
	@echo "Building the documents, in which a warning is an error: python -m docs.site"
	@$(BIN)/python -m docs.site

bench: $(INSTALLED_BENCH)
	@echo "Measuring: python -m bench $(BENCH_ARGS)"
	@$(BIN)/python -m bench $(BENCH_ARGS)

clean:
	@if [ -f "$(VENV)/pyvenv.cfg" ]; then echo "Removing $(VENV)"; rm -rf "$(VENV)"; fi
	@echo "Removing caches and $(DEMO)"
	@rm -rf $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find sim tests bench docs scenarios -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(INSTALLED): $(BIN)/python pyproject.toml README.md $(SOURCES)
	@if [ -f $(INSTALLED_DEV) ]; then \
	    $(MAKE) -s --no-print-directory $(INSTALLED_DEV); \
	else \
	    echo "Installing doctrine-sim into $(VENV) (the first time this takes a minute or two)"; \
	    $(PIP) .; \
	fi
	@touch $@

# The tools for tests hold NiceGUI, too, and the checkout itself is then what runs.
$(INSTALLED_APP): $(INSTALLED)
	@if [ ! -f $(INSTALLED_DEV) ]; then \
	    echo "Installing NiceGUI into $(VENV)"; \
	    $(PIP) '.[app]'; \
	fi
	@touch $@

$(INSTALLED_DEV): $(BIN)/python pyproject.toml
	@echo "Installing doctrine-sim with the tools for tests into $(VENV) (the first time this takes a minute or two)"
	@$(PIP) -e '.[dev]'
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	@echo "Installing what doctrine-sim is measured against into $(VENV)"
	@$(PIP) -e '.[dev,bench]'
	@touch $@

$(INSTALLED_EXPLORE): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing ema_workbench into $(VENV)"
	@$(PIP) -e '.[dev,explore]'
	@touch $@

$(INSTALLED_BROWSER): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing selenium into $(VENV)"
	@$(PIP) -e '.[dev,browser]'
	@touch $@

$(INSTALLED_DOCS): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing what builds the documents into $(VENV)"
	@$(PIP) -e '.[docs]'
	@touch $@

# A virtual environment made anew holds nothing yet, whatever an older one's stamps say; one that could not be
# finished must not look finished the next time.
$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	    echo "doctrine-sim needs Python 3.11 or newer, and there is no '$(PYTHON)' here."; \
	    echo "Install Python, or name another one: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3.12"; \
	    exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "doctrine-sim needs Python 3.11 or newer, and '$(PYTHON)' is `"$(PYTHON)" --version 2>&1`."; \
	    echo "Name another one: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12"; \
	    exit 1; }
	@echo "Making a virtual environment in $(VENV) with `"$(PYTHON)" --version 2>&1`"
	@rm -f $(INSTALLED) $(INSTALLED_DEV) $(INSTALLED_BENCH) $(INSTALLED_EXPLORE) $(INSTALLED_BROWSER) $(INSTALLED_DOCS) \
	    $(INSTALLED_APP)
	@"$(PYTHON)" -m venv "$(VENV)" || { \
	    rm -f "$(BIN)/python"; \
	    echo "'$(PYTHON)' could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; \
	    exit 1; }
