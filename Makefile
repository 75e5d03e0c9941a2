# make build: the release, from a fresh clone.   make test: style, types and tests.
# Needs Python 3.11 or newer with its venv module, git and make; sets up .venv by the hash-locked lock.

PYTHON ?= python3
VENV := .venv
VALIDATE := .venv-validate
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: build test check wheel lint types pytest fuzz validate generated lock clean help

build: $(READY)
	$(BIN)/python build_dataset.py build
	@$(MAKE) --no-print-directory wheel

wheel: $(READY)
	@rm -rf dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build --no-isolation --sdist --wheel --outdir dist . > $(VENV)/wheel.log 2>&1 || { cat $(VENV)/wheel.log; exit 1; }
	@ls dist/*.whl dist/*.tar.gz

test: lint types pytest

check: $(READY)
	$(BIN)/python build_dataset.py check

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python build_dataset.py fmt --check

types: $(READY)
	$(BIN)/mypy

pytest: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile

# A longer run of the fuzzer than the suite's: MUTANTS=1000000 make fuzz
fuzz: $(READY)
	ARMSLEDGER_MUTANTS=$${MUTANTS:-100000} $(BIN)/python -m pytest tests/test_fuzz.py -n 2

# For maintainers: a release's metadata against the tools of their own standards, MLCommons' mlcroissant and the
# types that Google generates from schema.org. Needs node and npm; sets up an environment outside the lock.
validate: $(READY) $(VALIDATE)/ready
	rm -rf $(VALIDATE)/release
	$(BIN)/python build_dataset.py build --out $(VALIDATE)/release > /dev/null
	$(BIN)/python validators/schema_org.py $(VALIDATE)/release/*/ $(VALIDATE)/node
	$(VALIDATE)/bin/python validators/croissant.py $(VALIDATE)/release/*/

$(VALIDATE)/ready: validators/requirements.txt validators/package-lock.json
	@$(PYTHON) -m venv --clear $(VALIDATE)
	$(VALIDATE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r validators/requirements.txt
	@mkdir $(VALIDATE)/node && cp validators/package.json validators/package-lock.json $(VALIDATE)/node
	npm ci --prefix $(VALIDATE)/node --silent --no-audit --no-fund
	@touch $@

# What is derived from schemas/ and datasets/ and committed.
generated: $(READY)
	$(BIN)/python -m schemas.export
	$(BIN)/python build_dataset.py build > /dev/null
	$(BIN)/python -m compiler.pages

# The lock of every dependency, for all Pythons and systems, and the validators' own; needs uv and npm.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--all-extras --output-file requirements.lock pyproject.toml --upgrade
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--output-file validators/requirements.txt validators/requirements.in --upgrade
	cd validators && npm install --package-lock-only --omit-lockfile-registry-resolved

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11; try make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "python's venv module is missing (on Debian: apt install python3-venv)"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	HATCH_BUILD_NO_HOOKS=true $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) $(VALIDATE) dist src/armsledger/_data .pytest_cache .mypy_cache .ruff_cache .hypothesis
