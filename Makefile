# Everything one does to this project. `.ci/run` is what CI runs.
# Each command makes the environment it needs by itself; nothing outside .venv is touched.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test browser check lint types eval bench golden serve fix

demo: $(VENV)/.core            # the main job on the example story: extract, keep, resolve, show
	@$(BIN)/summitry demo

test: $(VENV)/.dev             # the tests, README and docstrings included
	$(BIN)/python -m pytest

browser: $(VENV)/.dev          # Chromium for the tests of the page, where the system has none
	@command -v chromium || command -v chromium-browser || command -v google-chrome || $(BIN)/playwright install chromium

check: lint types test         # what has to be green before a change is shared

lint: $(VENV)/.dev             # style, layout, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

eval: $(VENV)/.dev             # scores on labelled reports, against floors that only go up
	$(BIN)/python tools/eval_gate.py

bench: $(VENV)/.dev            # speed against spaCy's full pipeline, memory, start
	$(BIN)/python tools/bench.py

golden: $(VENV)/.dev           # takes met cards off their list, rewrites documents, golden files; review
	$(BIN)/python tests/test_cards.py
	$(BIN)/python tests/test_docs.py
	$(BIN)/python tests/test_golden.py

fix: $(VENV)/.dev              # what the tools can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

serve: $(VENV)/.dev            # the page in a browser, on the example story
	@$(BIN)/summitry read src/summitry/examples/story --ledger $(VENV)/story.db >/dev/null
	$(BIN)/summitry serve --ledger $(VENV)/story.db

# A stamp is touched last, so that an interrupted installation starts again.
$(VENV)/.core: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Summitry needs Python 3.11 or newer: make PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (a minute or two, once) …"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.core
	$(PIP) --editable '.[dev]'
	@touch $@
