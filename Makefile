# Two commands are all that is needed: make run, make test. The rest is for those who change it.
PYTHON ?= python3
VENV := .venv/bin
JOBS ?= 2

NIGHTLY ?= 20000
COUNT ?= 2000
SEED ?= 1

.PHONY: run packs test lint types imports check nightly fuzz bench package requirements screenshots clean help

help:            ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run:             ## set everything up and open the program on a sample project
	@$(PYTHON) tools/bootstrap.py run
	@$(VENV)/python tools/run.py

packs:           ## add the library that reads language packs (docs/suggest.md); nothing else needs it
	@$(PYTHON) tools/bootstrap.py run
	@$(PYTHON) tools/bootstrap.py packs

test:            ## set everything up and run the tests
	@$(PYTHON) tools/bootstrap.py dev
	@QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q -n $(JOBS) $(ARGS)

lint:            ## style, spelling of names, layers
	@$(PYTHON) tools/bootstrap.py dev
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/lint-imports

types:           ## pyright, strict in the core
	@$(PYTHON) tools/bootstrap.py dev
	@$(VENV)/pyright

check: lint types test  ## all of it, as the continuous check does

nightly:         ## the long counts: every importer against NIGHTLY mutants of its files, and the slow tests
	@$(PYTHON) tools/bootstrap.py dev
	@$(VENV)/python tests/fuzz_importers.py --count $(NIGHTLY)
	@QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q -n $(JOBS) tests/unit/importers tests/contracts/test_importers.py

fuzz:            ## fuzz importers: make fuzz FORMAT=pdf COUNT=5000 SEED=2 (all of them without FORMAT)
	@$(PYTHON) tools/bootstrap.py dev
	@$(VENV)/python tests/fuzz_importers.py --count $(COUNT) --seed $(SEED) $(addprefix --format ,$(FORMAT))

bench:           ## measure; results go to benchmarks/RESULTS.md
	@$(PYTHON) tools/bootstrap.py dev
	@QT_QPA_PLATFORM=offscreen $(VENV)/python benchmarks/run.py

package:         ## make a one-folder program in dist/ and start it once
	@$(PYTHON) tools/bootstrap.py dev
	@$(VENV)/python packaging/build.py
	@$(VENV)/python packaging/smoke.py

requirements:    ## pin all packages anew, with hashes
	@$(VENV)/python tools/pin.py

clean:           ## forget the environment and what was built
	rm -rf .venv build dist out
