# Every command with its sentence: `make help`. `make run` and `make test` do all set-up themselves.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
WORKERS ?= 2
export PATH := $(CURDIR)/$(BIN):$(PATH)
FLASK := $(BIN)/flask --app wsgi
BUNDLE_SOURCES := $(shell find static/js static/css templates/field -type f 2>/dev/null) static/build.mjs

.DEFAULT_GOAL := help
.PHONY: help setup run test soak bench shots demo golden messages lock clean

help: ## Print every command with its sentence
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(STAMPS)/python $(STAMPS)/bundle $(STAMPS)/words ## Environment, packages, bundle, translations; safe to repeat

run: setup ## Set up, migrate, load the demonstration on the very first start, serve
	@$(FLASK) serve

test: setup $(STAMPS)/tests ## Everything that proves it: lint, types, rules, database, script, browsers
	@$(BIN)/python -m tests.engines
	$(BIN)/ruff check shadowing tests wsgi.py
	$(BIN)/mypy
	$(BIN)/node --test 'tests/js/*.test.mjs'
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

soak: setup $(STAMPS)/tests ## What takes longer: a hundred kills while phones send, two hundred phone-days of bad weather, Firefox
	SHADOWING_TEST_KILLS=100 $(BIN)/python -m pytest tests/operations/test_killed.py -k nothing_acknowledged
	SHADOWING_TEST_DAYS=200 $(BIN)/python -m pytest tests/chaos -s
	SHADOWING_TEST_FIREFOX=1 $(BIN)/python -m pytest tests/firefox

bench: setup $(STAMPS)/tests ## Speed beside floors measured in the same run (SIZE=1m)
	@$(BIN)/python -m tests.bench

shots: setup $(STAMPS)/tests ## Pictures of every page: phone and desk, light and dark, English and Chinese, into shots/
	@$(BIN)/python -m tests.browser.shots

demo: setup ## Reset the demonstration
	@$(FLASK) demo --reset

golden: setup $(STAMPS)/tests ## Write anew what is public (tests/golden/surfaces), where a change of it is meant
	@$(BIN)/python -m tests.golden

messages: setup ## Collect new sentences into the catalogue, to be translated
	@$(BIN)/pybabel -q extract -F shadowing/translations/babel.cfg -k _l -k N_ --no-location --sort-output -o shadowing/translations/messages.pot .
	@$(BIN)/pybabel -q update -i shadowing/translations/messages.pot -d shadowing/translations -l zh_Hans_CN --no-fuzzy-matching --ignore-obsolete

lock: ## Write requirements.txt anew from pyproject.toml
	@rm -rf .lock && $(PYTHON) -m venv .lock
	@.lock/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > .lock/direct
	@.lock/bin/pip install -q --disable-pip-version-check -r .lock/direct && .lock/bin/pip freeze > .lock/list
	@{ echo "# Everything that runs in production, made by \`make lock\` from pyproject.toml."; cat .lock/list; } > requirements.txt; rm -rf .lock

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
