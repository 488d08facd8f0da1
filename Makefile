# Whose Word. "make" alone lists what there is to do.

VENV    := .venv
BIN     := $(VENV)/bin
LOCKED  := $(VENV)/.locked
READY   := $(VENV)/.ready
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input

# What comes from Debian, because PyPI has no such thing: what reads scans; what lays out PDFs; and for
# the tests a browser, letters for it to draw, a library that its driver is linked against, and Go with
# its libraries for transparency logs, an outside judge of proofs.
DEBIAN_PACKAGES := chromium fonts-dejavu-core golang-go golang-golang-x-mod-dev libatomic1 \
	libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 tesseract-ocr

# Two runs of a test at a time, each on a core of its own.
WORKERS := 2

.DEFAULT_GOAL := help
.PHONY: help demo test laws lint bench lock system clean
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

help: ## list these commands
	@echo "make COMMAND, where COMMAND is one of"
	@sed -n 's/^\([a-z]*\):.*## /  \1	/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(READY) ## set up, then tell the first example from its documents to its account
	@$(BIN)/whoseword demo

test: system $(READY) ## set up all that the tests need, then run every test
	@echo "Running every test"
	@$(BIN)/python -m pytest -n $(WORKERS)

laws: system $(READY) ## the laws at full length
	@echo "Trying the laws at full length"
	@$(BIN)/python -m pytest -n $(WORKERS) tests/laws --laws

lint: $(READY) ## style, types and the order of imports
	@echo "Checking style, types and the order of imports"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

bench: $(READY) ## measure against peers in the same run; gates nothing
	@set -e; for script in benchmarks/*.py; do echo "Measuring $$script"; $(BIN)/python "$$script"; done

lock: ## write requirements.lock anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@echo "Resolving every dependency, for every Python from 3.11 on"
	@uv --quiet pip compile pyproject.toml --group dev --group build --universal --python-version 3.11 \
		--no-config --upgrade --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock

system: ## install from Debian what reads scans and lays out PDFs, and what the tests need
	@sh packaging/system.sh $(DEBIAN_PACKAGES)

clean: ## remove all that these commands made
	@echo "Removing $(VENV), whoseword-demo and caches"
	@rm -rf $(VENV) whoseword-demo whoseword-told build dist .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis
	@find src tests benchmarks examples -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Set-up happens once: each stamp is newer than the file that it was made from.
$(LOCKED): requirements.lock
	@sh packaging/environment.sh $(VENV)
	@echo "Installing the locked packages from PyPI (a minute or two, once)"
	@$(INSTALL) --only-binary :all: --require-hashes --requirement requirements.lock
	@touch $@

$(READY): pyproject.toml $(LOCKED)
	@echo "Installing whoseword itself into $(VENV)"
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
