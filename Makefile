# Everything one does to this project. `.ci/run` is what CI runs.
# Each command makes the environment it needs by itself; nothing outside .venv is touched.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test browser check lint types eval bench bench-pages golden serve fix fuzz crash lock audit sbom

demo: $(VENV)/.core            # the main job on the example story: extract, keep, resolve, show
	@$(BIN)/summitry demo

test: $(VENV)/.dev             # the tests, README and docstrings included
	$(BIN)/python -m pytest --numprocesses $(or $(WORKERS),auto) --dist loadfile

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

bench-pages: $(VENV)/.dev      # HTML pages and web archives against trafilatura and spaCy
	$(BIN)/python tools/bench_pages.py

fuzz: $(VENV)/.dev             # hostile input on every reader and the extractor: MINUTES=60 SEED=1
	$(BIN)/python tools/fuzz.py --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

crash: $(VENV)/.dev            # kill -9 at random points, and what is left: KILLS=200 SEED=1
	$(BIN)/python tools/crash_campaign.py --kills $(or $(KILLS),100) --seed $(or $(SEED),1)
	$(BIN)/python tools/watch_campaign.py --minutes 5 --kills 20 --seed $(or $(SEED),1)

lock:                          # versions and hashes of all that is installed, from pyproject.toml
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCKED) -o requirements/dev.lock --extra dev pyproject.toml
	$(LOCKED) -o requirements/core.lock -c requirements/dev.lock pyproject.toml
	rm -rf $(VENV)-lock

audit: $(VENV)/.dev            # known weaknesses of what is locked; asks the index or OSV
	$(PIP) pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/dev.lock

sbom: $(VENV)/.core            # what the installed program consists of, as CycloneDX
	$(PYTHON) -m venv $(VENV)-sbom
	$(VENV)-sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom
	$(VENV)-sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	    --of JSON -o sbom.json $(BIN)/python
	rm -rf $(VENV)-sbom

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

LOCKED = $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--generate-hashes

# What is locked comes first and by its hash; then nothing is left to choose.
# A stamp is touched last, so that an interrupted installation starts again.
$(VENV)/.core: pyproject.toml requirements/core.lock
	@$(PYTHON) -c 'import sys; sys.exit("Summitry needs Python 3.11 or newer: make PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (a minute or two, once) …"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/core.lock
	$(PIP) --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: pyproject.toml requirements/dev.lock $(VENV)/.core
	$(PIP) --require-hashes -r requirements/dev.lock
	$(PIP) --editable '.[dev]'
	@touch $@
