# Twee opdrachten op een verse machine: `make demo` en `make test`. De rest is gemak.
PYTHON ?= python3
BIN := .venv/bin

ZAAD ?= 7
MINUTEN ?= 30

.PHONY: help demo test test-crash run lock clean
help: ## toon deze lijst
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 16

.venv/klaar: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 of nieuwer is nodig (PYTHON=... wijst een andere aan).'; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { echo 'Maken van .venv lukt niet; op Debian: apt install python3-venv'; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/klaar ## verwerk de voorbeeldberichten in een kladmap en toon wat er gebeurde
	@$(BIN)/python tests/demo.py

test: .venv/klaar ## alle controles: stijl, typen, lagen, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

test-crash: .venv/klaar ## de lange proef: sterven bij elke stap, fouten, verloren schrijfacties, vijandige bestanden, belasting
	cd tests && ../$(BIN)/python -m crash --zaad $(ZAAD) --minuten $(MINUTEN) $(if $(VERDER),--verder)

run: .venv/klaar ## start de service op config/, inbox/ en outbox/ van deze map
	$(BIN)/corv --map . start

lock: .venv/klaar ## leg de afhankelijkheden opnieuw vast (vraagt uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 -o requirements.txt pyproject.toml
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev -o requirements-dev.txt pyproject.toml

clean: ## gooi .venv en tussenbestanden weg
	rm -rf .venv .demo .crash .mypy_cache .ruff_cache .pytest_cache .hypothesis
