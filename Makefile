# make demo      reads the bundled affair into a case and prints its account
# make test      the tests
# make check     lint, types, floor plan, docs
# make evaluate  scores against public gold data, where it lies in ../shared (not part of the project)
# make lock      writes the lock files anew (the only target that chooses versions)

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/ready
SOURCES := onrecord tests benchmarks evaluation examples docs
WRITTEN := README.md $(wildcard docs/*.md)

.PHONY: demo test check evaluate benchmark lock docs clean

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "onrecord needs Python 3.11 or newer"'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -c 'open("$(READY)", "w").close()'

demo: $(READY)
	$(BIN)/python -c 'import pathlib; [p.unlink() for p in pathlib.Path(".").glob("demo.onrecord*")]'
	$(BIN)/onrecord add demo.onrecord examples/affair
	$(BIN)/onrecord account demo.onrecord

test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(READY)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_floorplan.py tests/export/test_schema.py
	$(BIN)/cog --check $(WRITTEN)

docs: $(READY)
	$(BIN)/cog -r $(WRITTEN)

evaluate: $(READY)
	$(BIN)/python -m evaluation.evaluate

benchmark: $(READY)
	$(BIN)/python benchmarks/speed.py

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -c requirements-dev.lock -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis demo.onrecord*
