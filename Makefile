# make demo · make test · make test-slow · make bench · make docs · make pictures · make soak. Needs Python 3.11 or newer; everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-slow bench docs messages pictures soak clean

demo: $(VENV)/installed
	$(BIN)/docgen build data/huong-thuy-2023
	$(BIN)/docgen report data/huong-thuy-2023 --period 2023-H1

test: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# The reports of 200 plans made by chance against an auditor's recount; the suite takes 60.
test-slow: $(VENV)/installed-test
	AUDIT_PLANS=200 $(BIN)/pytest -n auto tests/audit

bench: $(VENV)/installed-test $(VENV)/node
	$(BIN)/python tests/benchmarks/bench_data.py
	NODE_PATH=$(CURDIR)/$(VENV)/node/node_modules $(BIN)/python -m tests.benchmarks.bench_render
	NODE_PATH=$(CURDIR)/$(VENV)/node/node_modules $(BIN)/python -m tests.benchmarks.bench_rows
	$(BIN)/python tests/benchmarks/bench_collect.py 200 20
	$(BIN)/python -m tests.benchmarks.bench_workbooks 50 20 3
	$(BIN)/python -m tests.benchmarks.bench_batch 2000 100
	$(BIN)/python -m tests.benchmarks.bench_ledger 100000

# The pages that commands print, and the catalogues; a test fails when one is stale.
docs: $(VENV)/installed-test messages
	$(BIN)/docgen fields > docs/truong-du-lieu.md
	$(BIN)/docgen rules --format markdown > docs/quy-tac-the-thuc.md

# What the code says goes into the English catalogue; then it is told which messages have no translation yet.
LOCALE := docgen/base/locale
messages: $(VENV)/installed-test
	$(BIN)/pybabel -q extract -F pyproject.toml --sort-by-file --add-location file -w 120 \
		-o output/docgen.pot docgen
	$(BIN)/pybabel -q update -D docgen -i output/docgen.pot -d $(LOCALE) -l en -N -w 120 --ignore-obsolete \
		--ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D docgen -d $(LOCALE)
	$(BIN)/pybabel -q compile -D click -d $(LOCALE)
	$(BIN)/python -m tests.base.untranslated


# Broken Word files, then broken workbooks, for five minutes each (SOAK=600 for ten); a broken Word file that fails is
# kept in output/soak/. Then batch runs killed 200 times, 10,000 documents, a ledger of a million jobs.
SOAK ?= 300
soak: $(VENV)/installed-test
	$(BIN)/python tests/soak/soak_check.py $(SOAK)
	$(BIN)/python tests/soak/soak_workbooks.py $(SOAK)
	$(BIN)/python tests/soak/soak_batch.py 200
	$(BIN)/python -m tests.benchmarks.bench_batch 10000 500
	$(BIN)/python -m tests.benchmarks.bench_ledger 1000000

# The pictures in README and docs: first pages of the sample; needs LibreOffice, poppler and ImageMagick.
pictures: $(VENV)/installed
	$(BIN)/docgen build data/huong-thuy-2023 -o output/pictures --pdf
	for name in quyet-dinh ke-hoach to-trinh; do \
		pdftoppm -r 60 -png -singlefile -f 1 -l 1 output/pictures/$$name.pdf docs/hinh/$$name; done
	pdftoppm -r 60 -png -singlefile -f 11 -l 11 output/pictures/ke-hoach.pdf docs/hinh/phu-luc
	rm -r output/pictures
	$(BIN)/python -m tests.template.examples docs/hinh

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "docgen needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

$(VENV)/installed: $(VENV)/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet -e .
	touch $@

$(VENV)/installed-test: $(VENV)/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet -e '.[test]'
	touch $@ $(VENV)/installed

# docxtemplater, a peer of the benches, where npm is.
$(VENV)/node: $(VENV)/python
	mkdir -p $@
	! command -v npm >/dev/null || npm install --silent --prefix $@ docxtemplater@3 pizzip@3

clean:
	rm -rf $(VENV) build dist docgen.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
