# Everything a reviewer runs is what the checks run. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.made

# Tests write into memory where there is room for all of it: small builds wait for a disk longer than they work.
ROOM := $(shell grep ' /dev/shm ' /proc/mounts 2>/dev/null | grep -qv noexec && \
    df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')

.PHONY: demo data test interop test-pythons strings conformance soak lint fix docs bench wheel clean

demo: $(STAMP)           ## build the shipped case, ask it, walk it, draw it
	@$(BIN)/python scripts/demo.py

data: $(STAMP)           ## the shipped case without a warning, its graph by its shapes, and through lenses
	@$(BIN)/kg check --strict
	@$(BIN)/kg build
	@$(BIN)/kg validate
	@$(BIN)/python scripts/lenses.py 40

test: $(STAMP)           ## all tests; installs a browser for them if there is none
	@$(BIN)/python scripts/install_browser.py
	@PYTHONDONTWRITEBYTECODE= PYTEST_DEBUG_TEMPROOT=$(ROOM) $(BIN)/python -m pytest -n auto --dist worksteal
	@$(BIN)/python scripts/pythons.py --tell

test-pythons: $(STAMP)   ## all tests with each other Python on this machine, each in a .venv-3.x of its own
	@$(BIN)/python scripts/pythons.py

interop: $(STAMP)        ## what kg writes read by other programs, what they write read by kg: needs Debian or the like
	@$(BIN)/python scripts/install_interop.py
	@$(BIN)/python -m pytest -p no:cacheprovider tests/interop/interop_*.py

strings: $(STAMP)        ## public suites of hostile texts and tables through every field: make strings SUITE=DIR
	@$(BIN)/python scripts/strings.py "$(SUITE)"

conformance: $(STAMP)    ## the W3C's SPARQL tests in the folder SUITE; CHECK=--check compares with the published list
	@$(BIN)/python scripts/conformance.py $(CHECK) "$(SUITE)"

soak: $(STAMP)           ## the faults that the tests sample, all of them, and random tests at length: some 20 minutes
	@$(BIN)/python -m pytest -p no:cacheprovider -o faulthandler_timeout=0 tests/soak/soak_*.py
	@DRAWS=30 $(BIN)/python -m pytest -p no:cacheprovider -o faulthandler_timeout=0 -n auto --dist worksteal -m hypothesis

lint: $(STAMP)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

fix: $(STAMP)            ## format, and mend what can be mended by machine
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(STAMP)           ## write again what is generated: command table, reference pages, README outputs
	@$(BIN)/python scripts/generate_docs.py

bench: $(STAMP)          ## measure, side by side, and write docs/benchmarks.md
	@$(BIN)/python bench/run.py

wheel: $(STAMP)
	@$(BIN)/python -m build --wheel --outdir dist . >/dev/null

clean:
	rm -rf $(VENV) .venv-* dist .pytest_cache .mypy_cache .ruff_cache

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12"; exit 1; }
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
