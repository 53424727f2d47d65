# The two commands are `make run` and `make test`; both do all the set-up they need.

PYTHON ?= python3
SETUP = $(PYTHON) -m setup
UV = uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate

.PHONY: run test check format lock words faults bench-reports bench-pages bench-phone clean

run: ## set up and start the product (PORT, HOST, SHOPPER_INSTANCE, DEMO=0)
	@$(SETUP) run

test: ## set up and run every check
	@$(SETUP) test

check: ## set up and run the quick checks: format, lint, imports, types, scripts
	@$(SETUP) check

format: ## put the code into its one format
	@$(SETUP) prepare
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

lock: ## write the locks anew from pyproject.toml and package.json (needs uv and npm)
	$(UV) pyproject.toml --extra heic -o requirements/run.txt
	$(UV) pyproject.toml --extra heic --extra test -c requirements/run.txt -o requirements/test.txt
	$(UV) requirements/build.in -c requirements/test.txt -o requirements/build.txt
	$(UV) requirements/node.in -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts
	cd tests/benchmarks/lighthouse && npm install --package-lock-only --ignore-scripts

words: ## bring the Spanish catalogue up to date with the sources, and say what is untranslated
	@$(SETUP) prepare
	@.venv/bin/python -m shopper.catalogue

faults: ## the long form of tests/faults and of the intervals, which takes hours (SHARE=0.1: a tenth of it)
	@$(SETUP) prepare
	@SHOPPER_FAULTS=$(or $(SHARE),long) .venv/bin/python -m pytest -q tests/faults tests/evaluations/inference

bench-reports: ## time PDF reports against Chromium printing the same pages, and 500 of them at once
	@$(SETUP) measure
	@.venv/bin/python -m tests.benchmarks.reports
	@.venv/bin/python -m tests.benchmarks.batch

bench-pages: ## time every page of the demo agency, and every act of a designer at 150 questions
	@$(SETUP) prepare
	@.venv/bin/python -m tests.benchmarks.pages
	@.venv/bin/python -m tests.benchmarks.designer

bench-phone: ## measure the phone's pages on a slow phone with a slow network
	@$(SETUP) measure
	@.venv/bin/python -m tests.benchmarks.phone

clean: ## remove all that set-up and the tests made; the instance's data stays
	rm -rf .venv .setup node_modules static/vendor build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
