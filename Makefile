# doctrine-sim. `make` alone says what there is to make; `make demo` is the place to start.
#
# PYTHON is the Python that makes the virtual environment, VENV the folder it is made in:
#     make test PYTHON=python3.12 VENV=.venv-3.12

PYTHON ?= python3
VENV ?= .venv
WORLDS ?= 1000
DEMO = results/demo
WHEELS = results/wheels
PYTEST_ARGS ?= -n auto
BENCH_ARGS ?=
VERSION ?=
APP_ARGS ?=

BIN = $(VENV)/bin
PIP = PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip install -qq

# Stamps say what has been installed into VENV: the package as a user gets it, or the checkout itself with the
# tools for tests. The second serves both purposes and follows every edit, so it only asks for pyproject.toml.
INSTALLED = $(VENV)/.doctrine-installed
INSTALLED_DEV = $(VENV)/.doctrine-installed-dev
INSTALLED_LOWEST = $(VENV)/.doctrine-installed-lowest
INSTALLED_BENCH = $(VENV)/.doctrine-installed-bench
INSTALLED_EXPLORE = $(VENV)/.doctrine-installed-explore
INSTALLED_GAME = $(VENV)/.doctrine-installed-game
INSTALLED_COVERAGE = $(VENV)/.doctrine-installed-coverage
INSTALLED_RELEASE = $(VENV)/.doctrine-installed-release
INSTALLED_DOCS = $(VENV)/.doctrine-installed-docs
INSTALLED_BROWSER = $(VENV)/.doctrine-installed-browser
INSTALLED_APP = $(VENV)/.doctrine-installed-app
SOURCES = $(shell find sim scenarios -type f ! -name '*.pyc' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo app test test-coverage test-lowest test-explore test-game test-browser test-page test-load lint release docs bench clean

help:
	@echo "make demo    install into $(VENV), then compare two doctrines over the same $(WORLDS) worlds; results in $(DEMO)/"
	@echo "make app     the same with NiceGUI, then serve the app in the browser (APP_ARGS='--host 0.0.0.0' lets a class in)"
	@echo "make test    install into $(VENV) with the tools for tests, then run the tests"
	@echo "make test-lowest VENV=.venv-lowest    the tests with the lowest version of everything that pyproject.toml allows"
	@echo "make lint    check style, formatting, types and which room imports which"
	@echo "make test-coverage    the tests, and which lines of the program they run; fails under a floor"
	@echo "make test-game    the same with pygambit, and the tests that are held against it"
	@echo "make test-explore    the same with the tools for scenario discovery, and its tests"
	@echo "make test-browser    the same with selenium, and the tests of the pages in Chromium, which must be there"
	@echo "make test-page    get a Python for browsers into $(WHEELS), then test the page that runs the model, in Chromium"
	@echo "make test-load    forty students on this machine at once, while worlds run; nobody waits for a second"
	@echo "make docs    build the documents as a site, in some minutes; open results/site/index.html"
	@echo "make release    build the wheel and the source archive, and try each outside the checkout (VERSION=1.2.3: refuse"
	@echo "             what is not ready to be released as that); see RELEASE.md"
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

# A virtual environment of its own: the lowest versions stay in it.
test-lowest: $(INSTALLED_LOWEST)
	@echo "Running the tests with the lowest versions: python -m pytest $(PYTEST_ARGS)"
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

# What the tests run of the program: lines, in every process that they start. Python 3.12 and later have a cheap way to
# count them (COVERAGE_CORE=sysmon). Under the share that pyproject.toml asks for, it fails; a part of the tests does, too.
test-coverage: $(INSTALLED_COVERAGE)
	@echo "Running the tests and counting lines: python -m pytest $(PYTEST_ARGS) --cov"
	@COVERAGE_CORE=sysmon $(BIN)/python -m pytest $(PYTEST_ARGS) --cov --cov-report=term:skip-covered

# pygambit is the oracle of solvers that do not need it: its tests are asked for by name.
test-game: $(INSTALLED_GAME)
	@echo "Running the tests that are held against pygambit: python -m pytest $(PYTEST_ARGS) -m gambit"
	@$(BIN)/python -m pytest $(PYTEST_ARGS) -m gambit tests/questions tests/cli

# Scenario discovery needs ema_workbench, about 200 MB with what it brings: its tests are asked for by name.
test-explore: $(INSTALLED_EXPLORE)
	@echo "Running the tests of scenario discovery: python -m pytest $(PYTEST_ARGS) tests/explore"
	@$(BIN)/python -m pytest $(PYTEST_ARGS) tests/explore

# Chromium and its driver come with the system, not from the package index. Asked for by name, their absence is a
# failure; in `make test` the tests in a browser are left out where there is none, and the head of the run says so.
test-browser: $(INSTALLED_BROWSER)
	@command -v chromedriver >/dev/null 2>&1 || { \
	    echo "The tests in a browser need Chromium and its driver. On Debian: apt install chromium chromium-driver"; \
	    exit 1; }
	@echo "Running the tests in a browser: python -m pytest tests/browser"
	@$(BIN)/python -m pytest tests/browser

# The page with the model in it: the same worlds in Chromium and here. It needs npm, pip and a way to what they get.
test-page: $(INSTALLED_BROWSER)
	@command -v chromedriver >/dev/null 2>&1 || { \
	    echo "The tests in a browser need Chromium and its driver. On Debian: apt install chromium chromium-driver"; \
	    exit 1; }
	@$(BIN)/python tests/wheels.py $(WHEELS)
	@echo "Running the tests of the page in a browser: python -m pytest tests/browser/test_live_page.py"
	@DOCTRINE_WHEELS=$(WHEELS) $(BIN)/python -m pytest tests/browser/test_live_page.py

# Alone on the machine: it measures seconds. `python tests/load/class_of_forty.py` prints the table.
test-load: $(INSTALLED_DEV)
	@echo "Running the load test: python -m pytest tests/load"
	@$(BIN)/python -m pytest tests/load

lint: $(INSTALLED_DEV)
	@echo "Checking style: ruff check"
	@$(BIN)/python -m ruff check .
	@echo "Checking formatting: ruff format --check"
	@$(BIN)/python -m ruff format --check .
	@echo "Checking that imports only go down: lint-imports"
	@$(BIN)/lint-imports --no-cache
	@echo "Checking types: mypy"
	@$(BIN)/python -m mypy

release: $(INSTALLED_RELEASE)
	@echo "Building and trying a release: python tests/release.py $(VERSION)"
	@$(BIN)/python tests/release.py $(VERSION)

docs: $(INSTALLED_DOCS)
	@echo "Building the documents, in which a warning is an error: python -m docs.site"
	@$(BIN)/python -m docs.site

bench: $(INSTALLED_BENCH)
	@echo "Measuring: python -m bench $(BENCH_ARGS)"
	@$(BIN)/python -m bench $(BENCH_ARGS)

clean:
	@if [ -f "$(VENV)/pyvenv.cfg" ]; then echo "Removing $(VENV)"; rm -rf "$(VENV)"; fi
	@echo "Removing caches and $(DEMO)"
	@rm -rf $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
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

$(INSTALLED_LOWEST): $(BIN)/python pyproject.toml tests/lowest.py
	@echo "Installing doctrine-sim with the lowest version of everything it needs into $(VENV)"
	@$(BIN)/python tests/lowest.py test > $(VENV)/lowest.txt
	@$(PIP) -c $(VENV)/lowest.txt -e '.[test]'
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	@echo "Installing what doctrine-sim is measured against into $(VENV)"
	@$(PIP) -e '.[dev,bench]'
	@touch $@

$(INSTALLED_EXPLORE): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing ema_workbench into $(VENV)"
	@$(PIP) -e '.[dev,explore]'
	@touch $@

$(INSTALLED_GAME): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing pygambit into $(VENV)"
	@$(PIP) -e '.[dev,game]'
	@touch $@

$(INSTALLED_COVERAGE): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing what counts lines into $(VENV)"
	@$(PIP) -e '.[dev,coverage]'
	@touch $@

$(INSTALLED_BROWSER): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing selenium into $(VENV)"
	@$(PIP) -e '.[dev,browser]'
	@touch $@

$(INSTALLED_RELEASE): $(INSTALLED_DEV) pyproject.toml
	@echo "Installing what builds a release into $(VENV)"
	@$(PIP) -e '.[dev,release]'
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
	@rm -f $(INSTALLED) $(INSTALLED_DEV) $(INSTALLED_LOWEST) $(INSTALLED_BENCH) $(INSTALLED_EXPLORE) \
	    $(INSTALLED_BROWSER) $(INSTALLED_DOCS) $(INSTALLED_RELEASE) $(INSTALLED_APP) $(INSTALLED_GAME) \
	    $(INSTALLED_COVERAGE)
	@"$(PYTHON)" -m venv "$(VENV)" || { \
	    rm -f "$(BIN)/python"; \
	    echo "'$(PYTHON)' could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; \
	    exit 1; }
