# `make` lists what there is. Everything runs in .venv, which any target that needs it makes by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/.stamp
BIN := .venv/bin

export PORT ?= 4566
export DATA_DIR ?= .local

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV): requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.txt uv
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements-dev.txt
	@touch $@

.PHONY: venv
venv: $(VENV) ## make .venv, with what develops, tests and runs the embedded stack

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --annotation-style line
IN_LAMBDA := boto3 botocore jmespath python-dateutil s3transfer six urllib3

.PHONY: lock
lock: $(VENV) ## write requirements*.txt from requirements*.in
	$(LOCK) $(IN_LAMBDA:%=--no-emit-package %) -o requirements.txt requirements.in
	$(LOCK) -o requirements-dev.txt requirements-dev.in

.PHONY: format
format: $(VENV) ## put the code into shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.PHONY: package
package: $(VENV) ## package the app: one zip, one template for AWS and one for the embedded stack
	@$(BIN)/python -m infra.package
	@$(BIN)/python -m infra.template

.PHONY: openapi
openapi: $(VENV) ## write docs/openapi.json from the routes and their types
	@$(BIN)/python -m infra.openapi

.PHONY: run
run: $(VENV) ## run the whole product on this machine (PORT, DATA_DIR, TODAY=2026-11-05); Ctrl-C stops it
	@exec $(BIN)/python -m infra.local.run
