# make run   installs into .venv, builds the pages, starts Frontdesk
# make test  the same with everything that tests need, then every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PACKAGE := pyproject.toml hatch_build.py requirements/node.txt

.DELETE_ON_ERROR:
.PHONY: run test pages requirements clean

run: $(VENV)/run.stamp pages
	$(BIN)/frontdesk run

test: $(VENV)/test.stamp pages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py check
	chromium=$$($(BIN)/python tests/browser/find_chromium.py) && \
	FRONTDESK_CHROMIUM="$$chromium" $(BIN)/python -m pytest

pages: $(VENV)/run.stamp
	$(BIN)/python hatch_build.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Frontdesk runs on Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Pages first, with the Node of PyPI where there is none, so that the editable install finds them built.
$(VENV)/run.stamp: $(VENV)/bin/python requirements/run.txt $(PACKAGE)
	@echo "Installing Frontdesk into $(VENV) ..."
	$(PIP) --require-hashes -r requirements/run.txt
	$(BIN)/python -c 'import hatch_build, sys; sys.exit(not hatch_build.node_on_path())' || \
	  $(PIP) --require-hashes -r requirements/node.txt
	$(BIN)/python hatch_build.py
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements/test.txt
	@echo "Installing what the tests need ..."
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# New versions for the hashed lists; wants `uv` on PATH.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-header --no-annotate \
           --no-emit-index-url --no-emit-find-links
requirements:
	cd requirements && $(COMPILE) --upgrade ../pyproject.toml build.in -o run.txt
	cd requirements && $(COMPILE) --upgrade ../pyproject.toml build.in --extra test -c run.txt -o test.txt
	cd requirements && $(COMPILE) --upgrade node.in -o node.txt

clean:
	rm -rf $(VENV) node_modules bot/static build dist
