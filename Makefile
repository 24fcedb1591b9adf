# Two commands matter: `make demo` does the main job end to end, `make test` passes the tests.
# Both bring what they need into .venv/ in this checkout and nothing anywhere else.

PYTHON ?= python3
RUN := .venv/bin/python
FROM ?=
DEMO_OUT ?= demo-out

.PHONY: demo test check bench proof system lock clean ready ready-to-test

demo: ready
	$(RUN) -m holdfast demo --out "$(DEMO_OUT)" $(if $(FROM),--from "$(FROM)")

test: ready-to-test
	@$(RUN) tools/pythons.py
	$(RUN) -m pytest -m "not proof"

check: ready-to-test
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	@$(RUN) tools/pythons.py
	$(RUN) -m pytest tests/house
	$(RUN) -m holdfast check content --summary

proof: ready-to-test
	$(RUN) -m pytest -m proof --timeout 3600

bench: ready-to-test
	$(RUN) bench/all.py

# What only tests want. Without it those tests skip by name; CI skips nothing.
system:
	sh tools/system.sh

# Pins every package with its hashes, for every system and Python at once. Needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group test -o requirements/test.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		requirements/inner.in -c requirements/run.txt -o requirements/inner.txt

ready:
	@$(PYTHON) tools/bring.py run

ready-to-test:
	@$(PYTHON) tools/bring.py test

clean:
	rm -rf .venv .cache demo-out
