# One verb per task; CI runs `lint` and `test`, nothing else. Needs only make and Python 3.11 or newer: the first verb
# that needs it builds .venv from the lock, a later one finds it ready.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
# Name a Python to use another than the first that is new enough: make dev PYTHON=/usr/bin/python3.12
PYTHON :=
UPGRADE :=
# Counting which lines run makes the tests take half as long again: a developer asks for it, CI always does it.
DEKKING :=
# One more than there are processors: a test often waits, for a database or for another process.
WORKERS = $(shell $(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)")

# The stamp holds the folder it was made in. Another folder (a moved checkout), no stamp (a half-made venv) or a Python
# that went away (an upgrade of the system) all mean: make it again.
VENV_READY := $(shell test -x $(BIN)/python && test "$$(cat $(STAMP) 2>/dev/null)" = "$(CURDIR)" && echo yes)
ifneq ($(VENV_READY),yes)
$(STAMP): FORCE
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: FORCE help dev demo test test-slow lint fix bench doc lock clean

help:  ## deze lijst
	@echo "Koppelradar: make WERKWOORD"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	    awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

dev: $(STAMP)  ## maak .venv met alles wat nodig is (gaat vanzelf bij de andere werkwoorden)

demo: $(STAMP)  ## laat zien hoe het werkt: organisaties, signalen, een match
	$(BIN)/koppelradar demo

test: $(STAMP)  ## de snelle tests; DEKKING=1 bewaakt ook de ondergrens voor dekking, zoals CI doet
	$(BIN)/python -m pytest -m "not slow" --numprocesses $(WORKERS) --dist loadfile \
	    $(if $(DEKKING),--cov --cov-report=term:skip-covered)

test-slow: $(STAMP)  ## de langzame tests
	$(BIN)/python -m pytest -m slow

lint: $(STAMP)  ## controleer stijl, typen, importregels en lockbestanden; verandert niets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python requirements/lock.py --check

fix: $(STAMP)  ## herstel wat ruff zelf kan herstellen
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)  ## meet hoe goed gevonden wordt en wat een aanvaller leert; docs/snelheid.md zegt hoe de snelheid gemeten wordt
	$(BIN)/koppelradar bench koppelkwaliteit
	$(BIN)/koppelradar bench aanval

doc: $(STAMP)  ## maak de gegenereerde bestanden in docs/ opnieuw
	$(BIN)/python docs/generate.py

lock: $(STAMP)  ## maak requirements/*.txt opnieuw; UPGRADE=1 neemt de nieuwste versies
	$(BIN)/python requirements/lock.py $(if $(UPGRADE),--upgrade)

clean:  ## verwijder .venv en wat de hulpmiddelen achterlieten
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Written last, so that an install that broke off is never taken for a whole one.
$(STAMP): requirements/dev.txt pyproject.toml
	@rm -f $@
	@$(FIND_PYTHON); $(MAKE_VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "$(CURDIR)" > $@

define FIND_PYTHON
for candidate in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$candidate"; break; fi; \
done; \
if [ -z "$${found:-}" ]; then \
    echo "Geen Python 3.11 of nieuwer gevonden. Installeer die, of geef hem op: make dev PYTHON=/pad/naar/python3" >&2; \
    echo "No Python 3.11 or newer found. Install one, or name it: make dev PYTHON=/path/to/python3" >&2; \
    exit 1; \
fi
endef

# A venv that can still run pip, and whose scripts name this folder, is kept and brought up to date; any other is made
# from nothing.
define MAKE_VENV
if $(BIN)/python -m pip --version >/dev/null 2>&1 && \
    $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && \
    grep -qF "$(CURDIR)/$(BIN)/python" $(BIN)/pip; then \
    exit 0; \
fi; \
"$$found" -m venv --clear $(VENV) || { \
    echo "Python kan geen venv maken. Op Debian en Ubuntu: apt-get install python3-venv" >&2; \
    echo "Python cannot make a venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
    exit 1; \
}
endef
