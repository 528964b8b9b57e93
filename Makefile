# `make` lists what there is. Everything runs in .venv, which any target that needs it makes by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/.stamp
BIN := .venv/bin
SYNC := $(BIN)/uv pip sync --quiet --require-hashes

# uv and npm keep what they download below the home folder; where that cannot be written to, beside the environment.
HOME_CACHE := $(shell mkdir -p "$${HOME:-/nonexistent}/.cache" 2>/dev/null && test -w "$$HOME/.cache" && echo yes)
ifeq ($(HOME_CACHE),)
export UV_CACHE_DIR ?= $(CURDIR)/.venv/cache/uv
export npm_config_cache ?= $(CURDIR)/.venv/cache/npm
endif

# Without its bytecode every process compiles all that it imports: half of what starting one takes.
unexport PYTHONDONTWRITEBYTECODE

export PORT ?= 4566
export DATA_DIR ?= .local

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV): requirements-dev.txt requirements-uv.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment: install its venv package first (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements-uv.txt
	@$(SYNC) --python $(BIN)/python requirements-dev.txt
	@touch $@

.PHONY: venv
venv: $(VENV) ## make .venv, with what develops, tests and runs the embedded stack

CHECKOV := .venv/checkov/.stamp
CHECKOV_BIN := .venv/checkov/bin

$(CHECKOV): requirements-checkov.txt | $(VENV)
	@test -x $(CHECKOV_BIN)/python || $(BIN)/python -m venv --without-pip .venv/checkov
	@$(SYNC) --python $(CHECKOV_BIN)/python requirements-checkov.txt
	@touch $@

POLICIES := .venv/policies/.stamp

$(POLICIES): requirements-policies.txt | $(VENV)
	@test -x .venv/policies/bin/python || $(BIN)/python -m venv --without-pip .venv/policies
	@$(SYNC) --python .venv/policies/bin/python requirements-policies.txt
	@touch $@

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --annotation-style line --generate-hashes
NEVER_CALLED := dnspython

.PHONY: lock
lock: $(VENV) ## write requirements*.txt from requirements*.in, with the hash of every file that may be installed
	$(LOCK) -o requirements-uv.txt requirements-uv.in
	$(LOCK) -o requirements-dev.txt requirements-dev.in
	$(LOCK) $(patsubst %,--no-emit-package %,$(NEVER_CALLED)) --constraint requirements-dev.txt -o requirements.txt requirements.in
	$(LOCK) -o requirements-bench.txt requirements-bench.in
	$(LOCK) -o requirements-checkov.txt requirements-checkov.in
	$(LOCK) -o requirements-policies.txt requirements-policies.in
	$(LOCK) -o requirements-fuzz.txt requirements-fuzz.in
	$(LOCK) -o requirements-audit.txt requirements-audit.in

.PHONY: format
format: $(VENV) ## put the code into shape
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

.PHONY: check
check: lint template-check console-check test test-stack test-console ## everything that CI runs

.PHONY: lint
lint: $(VENV) ## shape, style, types, who imports whom
	$(BIN)/ruff format --check
	$(BIN)/ruff check --no-cache
	$(BIN)/mypy --strict chalicelib infra app.py bench/ours.py
	$(BIN)/lint-imports
	$(BIN)/python -m infra.words

.PHONY: template-check
template-check: rehearse ## the templates: cfn-lint, checkov, AWS's definitions, and the rehearsal of a stage's life
	$(BIN)/cfn-lint build/local.template.json

# A file's tests share what they set up. The files come in the order of their names: those with the longest tests first.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: test
test: $(VENV) ## all tests that need no stack, but those that take minutes: unit, integration, architecture
	$(BIN)/pytest $(PARALLEL) -m "not long and not browser and not stack"

.PHONY: test-fast
test-fast: $(VENV) ## the tests that need no stack and a few seconds at most
	$(BIN)/pytest -q $(PARALLEL) -m "not slow and not long and not browser and not stack"

.PHONY: fault-injection
fault-injection: $(VENV) ## let every AWS call of every workflow go wrong in every way (CASE=activate-3 for some)
	@CASE=$(CASE) $(BIN)/pytest -q -n auto -p no:cacheprovider --show-capture=no -m long tests/fault_injection

.PHONY: simulate
simulate: $(VENV) ## play random months with everything going wrong (SEEDS=2000, or SEED=7 to see one)
	@PYTHONHASHSEED=0 SEEDS=$(SEEDS) SEED=$(SEED) $(BIN)/python -m tests.simulation

.PHONY: load
load: $(VENV) ## 50 clients for two minutes on a stack of their own (CLIENTS, SECONDS_LONG)
	@$(BIN)/python -m tests.load

.PHONY: access
access: $(VENV) ## try every route with every role and every trick: forged tokens, another partner's ids
	@$(BIN)/python -m tests.access

.PHONY: permissions
permissions: $(VENV) ## hold the functions' policies to all that their code can do; WRITE=1 writes the policies from it
	@$(BIN)/python -m infra.permissions $(if $(WRITE),--write)

AUDIT := .venv/audit/.stamp

$(AUDIT): requirements-audit.txt | $(VENV)
	@test -x .venv/audit/bin/python || $(BIN)/python -m venv --without-pip .venv/audit
	@$(SYNC) --python .venv/audit/bin/python requirements-audit.txt
	@touch $@

.PHONY: audit
audit: $(AUDIT) ## hold all locked packages to the known vulnerabilities, as far as their lists can be reached
	@$(BIN)/python -m infra.audit

.PHONY: sbom
sbom: $(AUDIT) ## write the bills of materials (CycloneDX) of the zip and the console into build/sbom
	@$(BIN)/python -m infra.sbom

FUZZ := .venv/fuzz/.stamp

$(FUZZ): requirements-fuzz.txt | $(VENV)
	@test -x .venv/fuzz/bin/python || $(BIN)/python -m venv --without-pip .venv/fuzz
	@$(SYNC) --python .venv/fuzz/bin/python requirements-fuzz.txt
	@touch $@

.PHONY: fuzz
fuzz: $(FUZZ) ## attack the whole API with Schemathesis: all checks, thousands of cases (CASES, SEED)
	@$(BIN)/python -m tests.fuzz

BENCHES := reports readers memory requests cold_start capacity
BESIDE_THE_USUAL := reports memory

.PHONY: bench
bench: $(VENV) ## measure everything, beside the usual stack: printed, and kept in bench/results.json (BENCHES="reports")
	@bench/setup
	@missed=0; for bench in $(filter $(BESIDE_THE_USUAL),$(BENCHES)); do .venv/bench/bin/python -m bench.$$bench || missed=1; done; \
	for bench in $(filter-out $(BESIDE_THE_USUAL),$(BENCHES)); do $(BIN)/python -m bench.$$bench || missed=1; done; exit $$missed

.PHONY: properties
properties: $(VENV) ## 2,000 random sequences of all that can happen keep the twenty invariants; takes minutes
	$(BIN)/pytest tests/properties

.PHONY: check-data
check-data: $(VENV) ## hold counters, names, admins and due days to the accounts; REPAIR=1 repairs (running stack, or STAGE=prod)
	@$(BIN)/python -m infra.check_data

.PHONY: package
package: $(VENV) ## package the app: one zip, one template for AWS and one for the embedded stack
	@$(BIN)/python -m infra.package
	@$(BIN)/python -m infra.template

.PHONY: openapi
openapi: $(VENV) ## write docs/openapi.json, docs/access.md and docs/aws.md from routes, types, the table of roles and the tests' markers
	@$(BIN)/python -m infra.openapi
	@$(BIN)/python -m infra.access
	@$(BIN)/python -m infra.aws_rules

.PHONY: docs
docs: openapi ## write all generated pages of docs
	@$(BIN)/python -m infra.data

NODE := VITE_CONFIG_NATIVE_IGNORE_WARNING=true PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix console
CONSOLE_SOURCES := $(shell find console/src console/public console/index.html console/*.ts console/*.json -type f)

console/node_modules/.stamp: console/package-lock.json | $(VENV)
	@$(NODE) ci --silent
	@touch $@

console/dist/index.html: console/node_modules/.stamp $(CONSOLE_SOURCES)
	@$(NODE) run --silent build -- --logLevel warn
	@touch $@

.PHONY: console
console: console/dist/index.html ## build the web console, with a Node that comes from PyPI

.PHONY: console-check
console-check: console/node_modules/.stamp ## the console's types, as the API has them, and its unit tests
	@$(NODE) run --silent types
	@git diff --exit-code console/src/api/schema.d.ts || { echo "console/src/api/schema.d.ts is not what docs/openapi.json says." >&2; exit 1; }
	@$(NODE) run --silent check
	@$(NODE) test --silent

GET_CHROMIUM := { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	chromium fonts-liberation >/dev/null; }

.PHONY: test-stack
test-stack: $(VENV) console/dist/index.html ## end to end on the embedded stack
	$(BIN)/pytest -m "stack and not long and not browser"

.PHONY: test-console
test-console: $(VENV) console/dist/index.html ## drive the console in Chromium on the embedded stack (PICTURES=all takes new ones)
	@command -v chromium >/dev/null || $(GET_CHROMIUM)
	$(BIN)/pytest -m browser tests/e2e/console

.PHONY: run
run: $(VENV) console/dist/index.html ## run the whole product on this machine (PORT, DATA_DIR, TODAY=2026-11-05); Ctrl-C stops it
	@exec $(BIN)/python -m infra.local.run

.PHONY: nightly
nightly: $(VENV) ## run a night on the running stack (same PORT and DATA_DIR), and wait for all it sets off
	@$(BIN)/python -m infra.local.nightly

.PHONY: operator
operator: $(VENV) ## let an operator sign in: EMAIL, NAME (ROLE=platform, LIST=1, REMOVE=1; running stack, or STAGE=prod)
	@$(BIN)/python -m infra.operators

.PHONY: unused-sign-ins
unused-sign-ins: $(VENV) ## list the sign-ins of people on no team (REMOVE=1 deletes them; running stack, or STAGE=prod)
	@$(BIN)/python -m infra.unused_sign_ins

.PHONY: redrive
redrive: $(VENV) ## put given-up messages back: QUEUE=reports, on the running stack or on AWS with STAGE=prod
	@$(BIN)/python -m infra.redrive $(QUEUE)

.PHONY: deploy
deploy: $(VENV) console/dist/index.html ## deploy to AWS: STAGE=dev MAIL_FROM=partnerbook@example.com (more: docs/operations.md)
	@$(BIN)/python -m infra.deploy $(STAGE)

.PHONY: rehearse
rehearse: package $(CHECKOV) $(POLICIES) ## rehearse deployments without an account: linters, policies, names, a stage's whole life
	@$(BIN)/python -m infra.rehearse

.PHONY: restore
restore: $(VENV) ## put a stage's tables back: STAGE=prod AT=2026-11-05T09:30:00Z, then SWITCH=<set> or SWITCH=own
	@$(BIN)/python -m infra.restore

.PHONY: clean
clean: ## remove what can be made again; the stack's data in DATA_DIR stays
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
