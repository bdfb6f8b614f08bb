# Every command with its sentence: `make help`. `make run` and `make test` do all set-up themselves.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
WORKERS ?= 2
PARALLEL := -j2 $(if $(filter output-sync,$(.FEATURES)),-O)
export PATH := $(CURDIR)/$(BIN):$(PATH)
FLASK := $(BIN)/flask --app wsgi
BUNDLE_SOURCES := $(shell find static/js static/css templates/phone/shell -type f 2>/dev/null) static/build.mjs \
	shadowing/core/vocabulary.py shadowing/phone/vocabulary.py

.DEFAULT_GOAL := help
.PHONY: help setup run quick test soak bench shots demo golden messages lock clean
.PHONY: checks lint format types layers scripts script-types script-tests pure

help: ## Print every command with its sentence
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(STAMPS)/python $(STAMPS)/bundle $(STAMPS)/words ## Environment, packages, bundle, translations; safe to repeat

run: setup ## Set up, migrate, load the demonstration on the very first start, serve
	@$(FLASK) serve

quick: setup $(STAMPS)/tests ## In half a minute: lint, format, types, layers, and the tests that need no database and no browser
	@$(MAKE) --no-print-directory $(PARALLEL) pure checks

test: setup $(STAMPS)/tests ## Everything that proves it: the same, then rules, database and browsers
	@$(BIN)/python -m tests.engines
	@$(MAKE) --no-print-directory $(PARALLEL) checks
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

checks: lint format types layers scripts script-types script-tests

lint:
	$(BIN)/ruff check shadowing tests wsgi.py

format:
	$(BIN)/ruff format --check shadowing tests wsgi.py

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports --no-cache --no-logo

scripts:
	$(BIN)/npm run --silent lint

script-types:
	$(BIN)/npm run --silent types

script-tests:
	$(BIN)/npm run --silent test

pure:
	$(BIN)/python -m pytest --quick $(ARGS)

soak: setup $(STAMPS)/tests ## What takes longer: a hundred kills while phones send, a shift's end with two hundred, their bad weather, Firefox
	SHADOWING_TEST_KILLS=100 $(BIN)/python -m pytest tests/operations/test_killed.py -k nothing_acknowledged
	SHADOWING_TEST_SHIFT_MINUTES=20 $(BIN)/python -m pytest tests/soak -n 0 -s
	SHADOWING_TEST_DAYS=200 $(BIN)/python -m pytest tests/chaos -s
	SHADOWING_TEST_FIREFOX=1 $(BIN)/python -m pytest tests/firefox

bench: setup $(STAMPS)/tests ## Speed beside floors measured in the same run (SIZE=1m)
	@$(BIN)/python -m tests.bench

shots: setup $(STAMPS)/tests ## Pictures of every page: phone and desk, light and dark, English and Chinese, into shots/
	@$(BIN)/python -m tests.browser.shots

demo: setup ## Reset the demonstration (SHADOWING_DEMO=zh: in Chinese)
	@$(FLASK) demo --reset

golden: setup $(STAMPS)/tests ## Write anew what is public (tests/golden/surfaces), where a change of it is meant
	@$(BIN)/python -m tests.golden

messages: setup ## Collect new sentences into the catalogue, to be translated
	@$(BIN)/pybabel -q extract -F shadowing/translations/babel.cfg -k _l -k N_ --no-location --sort-output -o shadowing/translations/messages.pot .
	@$(BIN)/pybabel -q update -i shadowing/translations/messages.pot -d shadowing/translations -l zh_Hans_CN --no-fuzzy-matching --ignore-obsolete

# What pyproject.toml names under a table and a key, locked with all that it needs. The hashes are those of every file
# that the index has, for whatever machine and Python it was built.
define lock
@.lock/bin/python -c 'import sys, tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))[sys.argv[1]][sys.argv[2]], sep="\n")' $(1) \
	| CUSTOM_COMPILE_COMMAND="make lock" .lock/bin/pip-compile -q --generate-hashes --strip-extras --no-annotate --no-emit-options $(3) $(ARGS) -o $(2) -
endef

lock: ## Write the three requirements.txt from pyproject.toml; ARGS=--upgrade takes newer versions of what is not pinned there
	@rm -rf .lock && $(PYTHON) -m venv .lock && .lock/bin/pip install -q pip-tools==7.6.2
	$(call lock,project dependencies,requirements.txt)
	$(call lock,dependency-groups build,static/requirements.txt)
	$(call lock,dependency-groups test,tests/requirements.txt,-c requirements.txt)
	@rm -rf .lock

clean: ## Remove what set-up made; data in instance/ stays
	rm -rf $(VENV) $(STAMPS) node_modules static/dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Shadowing needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks venv. On Debian: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: requirements.txt static/requirements.txt | $(BIN)/python
	@echo "Setting up Python packages ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt -r static/requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node: package.json package-lock.json .npmrc $(STAMPS)/python
	@echo "Setting up script packages ..."
	@$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/bundle: $(BUNDLE_SOURCES) $(STAMPS)/node
	@echo "Building the bundle ..."
	@$(BIN)/node static/build.mjs > $(STAMPS)/bundle.log || { cat $(STAMPS)/bundle.log; exit 1; }
	@touch $@

$(STAMPS)/words: shadowing/translations/zh_Hans_CN/LC_MESSAGES/messages.po $(STAMPS)/python
	@$(BIN)/pybabel -q compile -d shadowing/translations
	@touch $@

$(STAMPS)/tests: tests/requirements.txt $(STAMPS)/python
	@echo "Setting up test tools ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt
	@touch $@
