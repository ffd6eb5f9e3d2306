# Everything that people and CI run; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
PACKAGES := app ingestion knowledge_base evals ui
CODE := $(PACKAGES) tests scripts benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-weak-model test check style types architecture dead-code spelling prompts tests test-browser faults evaluate \
	format lock settings-page clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock pyproject.toml scripts/environment.py
	@$(PYTHON) scripts/environment.py $(VENV)

setup: $(STAMP) ## Build .venv from the lock (set TORCH_INDEX to take torch from another index)

demo: $(STAMP) ## Index the sample articles, start the API and the page
	@$(BIN)/python scripts/demo.py

test: check ## Everything that must be green, in a fresh clone too (the same as check)

check: style types architecture dead-code spelling prompts tests ## Style, types, architecture, dead code, spelling, prompts, tests

style: $(STAMP) ## Ruff: rules and format
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: $(STAMP) ## Mypy, strict
	@$(BIN)/mypy

architecture: $(STAMP) ## Import contracts and declared dependencies
	@$(BIN)/lint-imports
	@$(BIN)/deptry $(PACKAGES)

dead-code: $(STAMP) ## Code that nothing uses
	@$(BIN)/vulture

spelling: $(STAMP) ## Common misspellings
	@$(BIN)/codespell $(CODE) docs README.md CONTRIBUTING.md CHANGELOG.md Makefile

prompts: $(STAMP) ## Released prompts are what they were
	@$(BIN)/candor prompts list

tests: $(STAMP) ## All tests but the browser's, with branch coverage
	@$(BIN)/pytest -q -m "not browser" --cov --cov-report=term:skip-covered

test-browser: $(STAMP) ## The page in a real browser (needs chromium)
	@$(BIN)/pytest -q -m browser

faults: $(STAMP) ## The long form of the fault tests: 200 kills, 100 corruptions, full disks, 1,000 hostile replies
	@$(BIN)/python -m tests.faults.long_form

evaluate: $(STAMP) ## Ask the sample suites without a model, and gate the runs (evals/gates.toml)
	@$(BIN)/python -m scripts.evaluate

demo-weak-model: $(STAMP) ## A small model that invents freely, with the gate off and on
	@$(BIN)/python -m benchmarks.weak_model --data-dir .candor/weak-model --output .candor/weak-model/heard.jsonl

format: $(STAMP) ## Mend what ruff can mend
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

lock: $(STAMP) ## Write requirements.lock from what .venv holds
	@$(BIN)/python scripts/lock.py

settings-page: $(STAMP) ## Write docs/settings.md from the settings classes
	@$(BIN)/python -m scripts.settings_page

clean: ## Remove .venv and the caches (not .candor, which holds your data)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .coverage
