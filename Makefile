# Two commands set everything up on a fresh machine: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo test lint docs lock clean

demo: $(INSTALLED)  ## extract the sample speeches and show what was found
	@mkdir -p out
	$(BIN)/speechmine extract corpus/texts corpus/encoded -o out/demo.jsonl
	$(BIN)/speechmine extract corpus/texts/s01_city_project_meeting.txt --format table
	@echo
	@echo "The records of all sample speeches lie in out/demo.jsonl, one JSON line a document."
	@echo "Your own: $(BIN)/speechmine extract FILE_OR_FOLDER -o OUT.jsonl"
	@echo
	$(BIN)/speechmine index out/demo.jsonl --texts corpus/texts --texts corpus/encoded --store out/demo.sqlite
	@echo
	@echo "Search it in the browser: $(BIN)/speechmine serve --store out/demo.sqlite"

test: $(INSTALLED) lint  ## everything that must hold before a change lands
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

docs: $(INSTALLED)  ## paste --help and the schema into the docs
	$(BIN)/python docs/paste.py

$(INSTALLED): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "speechmine needs Python 3.11 or newer")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock:  ## pin what is installed now, without addresses
	$(BIN)/python -m pip freeze --exclude speechmine --exclude-editable | sort > requirements.lock

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
