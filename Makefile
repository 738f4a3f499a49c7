# Everything a fresh machine needs is Python 3.11 or newer, make and git.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: demo test check types contracts docs bench torture clients lock clean

demo: $(STAMP)  ## the program's main job on an example workspace
	$(BIN)/solidarity demo leeds

test: $(STAMP)  ## every check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy src tests
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

bench: $(STAMP)  ## speed, as ratios to a floor measured in the same run
	$(BIN)/python benchmarks/bench.py

torture: $(STAMP)  ## a hundred kills in the middle of writing, two hundred of sending, ten thousand hostile texts in messages
	SOLIDARITY_KILLS=100 $(BIN)/pytest -q tests/torture tests/exchange/test_mail_generated.py
	SOLIDARITY_TEXTS=10000 $(BIN)/pytest -q tests/exchange/test_generated_letters.py

clients: $(STAMP)  ## our files in ical.js, LibreOffice, Chromium, Graphviz, notmuch, mblaze and Dovecot, which it installs where it may
	$(BIN)/pytest -q tests/clients/*.py

docs: $(STAMP)  ## docs/commands.md and the answers shown in the README, from the program
	$(BIN)/python docs/make_docs.py

lock:  ## requirements.lock and requirements-dev.lock anew, with hashes
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src .venv/lib || true
	touch $(STAMP)

clean:
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .hypothesis
