# Two commands: `make report` and `make test`. Both build .venv from the hashed lock when it is missing or old.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DOSSIER ?= hulu-sungai-selatan/2026
LAB_OPTIONS ?=
PROFILE ?= ci
MUTANTS ?=
CONTOH := answers berita-acara evaluation leader-summary partners policy-brief policy-brief-short preparation priorities sk
CONTOH_WORD := berita-acara evaluation policy-brief sk
PROPERTIES := $(addprefix tests/scoring/,test_aggregation_properties.py test_tree.py test_contributions.py test_promethee.py \
	test_score_properties.py test_uncertainty.py uncertainty weights/test_groups.py weights/test_ahp.py sensitivity/test_reversal.py explanation/test_parts.py) \
	$(addprefix tests/matching/,test_match_criteria.py test_match_oracle.py test_profiles_indicators.py)
# Where `make test` looks at one of every kind.
EVERYTHING := $(addprefix tests/runs/test_,sample_run.py trace_explained.py paper_language.py paper_pages.py word_files_open.py) \
	tests/browser/test_page_sample.py tests/matching/test_match_regions.py $(addprefix tests/scoring/explanation/test_,every_number.py other_ways.py)
# `ksd run` executes the others in tests/runs, in both languages; nbval compares what these show, too.
CHECKED := $(shell grep -l NBVAL_CHECK_OUTPUT notebooks/*.ipynb) $(wildcard notebooks/what_if*.ipynb)
# On two cores a third worker does what it can while others wait for a browser, a kernel or a process they killed.
WORKERS := -n 3 --dist loadscope --no-loadscope-reorder
NBVAL := -p nbval.plugin --nbval-lax --nbval-current-env -p no:cacheprovider
# Every kernel and every `ksd` a test starts reads the compiled modules of the first one.
export PYTHONDONTWRITEBYTECODE =
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help setup report bench properties mutation test test-browser test-fast test-slow lint types layers notebooks notebooks-checked lab sample contoh lock clean

help: ## what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup.sh
	@touch $(READY)

setup: $(READY) ## create .venv from the lock

report: $(READY) ## run the sample dossier and say where the papers lie
	@$(BIN)/ksd run $(DOSSIER) || [ $$? -eq 2 ]

test: $(READY) ## everything that must hold
	$(MAKE) --no-print-directory -j 2 --output-sync=target types lint layers
	$(BIN)/pytest $(WORKERS) $(addprefix --ignore=,$(PROPERTIES))
	$(MAKE) --no-print-directory properties PROFILE=eighth
	$(MAKE) --no-print-directory notebooks-checked

properties: $(READY) ## what must hold of every score, with 200 examples each (an eighth as many in `make test`)
	$(BIN)/pytest -q $(WORKERS) --hypothesis-profile=$(PROFILE) $(PROPERTIES)

test-browser: $(READY) ## open every page in Chromium and every Word file in LibreOffice (installs them on Debian)
	sh scripts/setup_browser_tests.sh
	KSD_EVERYTHING=1 $(BIN)/pytest tests/browser tests/runs/test_word_files_open.py tests/publishing/test_docx_libreoffice.py

test-fast: $(READY) ## the tests without the slow ones
	$(BIN)/pytest $(WORKERS) -m "not slow"

test-slow: $(READY) ## every paper in both languages, 10,000 damaged files, a batch of 50 regions killed 30 times (long)
	KSD_EVERYTHING=1 $(BIN)/pytest $(WORKERS) $(EVERYTHING)
	KSD_FUZZ_FILES=10000 KSD_KILLS=100 KSD_ROUNDS=5 $(BIN)/pytest $(WORKERS) -m slow tests/fuzz tests/intake
	KSD_KILLS=30 KSD_REGIONS=50 $(BIN)/pytest tests/runs/batch/test_batch_faults.py

bench: $(READY) ## measure intake, scoring, matching and maps beside their peers (a few minutes)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

mutation: $(READY) ## plant small faults in the score and list those no test sees (long)
	$(BIN)/mutmut run --max-children 1 $(MUTANTS)
	@$(BIN)/mutmut results

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify --keep-count notebooks/*.ipynb

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

notebooks: $(READY) ## run every notebook and compare the outputs marked for it
	$(BIN)/pytest $(NBVAL) notebooks $(WORKERS)

notebooks-checked: $(READY) ## those that no run of the sample executes, and those with outputs marked
	$(BIN)/pytest $(NBVAL) $(CHECKED) $(WORKERS)

lab: $(READY) ## JupyterLab on the notebooks (as root in a container: LAB_OPTIONS=--allow-root)
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks $(LAB_OPTIONS)

sample: $(READY) ## write the sample dossiers anew from their generator
	$(BIN)/python data/generator/make_sample.py

contoh: $(READY) ## refresh the committed sample papers in reports/contoh
	$(BIN)/ksd run hulu-sungai-selatan/2026 --out .contoh >/dev/null
	mkdir -p reports/contoh
	for paper in $(CONTOH); do cp .contoh/$$paper.html .contoh/$$paper.pdf reports/contoh/ || exit 1; done
	for paper in $(CONTOH_WORD); do cp .contoh/$$paper.docx reports/contoh/ || exit 1; done
	cp .contoh/ranking.xlsx .contoh/masalah.html .contoh/masalah.csv .contoh/stamp.json reports/contoh/
	rm -rf .contoh

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	{ echo '# What fetches everything else, see setup.sh; made by `make lock`.'; \
	  echo uv | uv pip compile - --universal --generate-hashes --no-annotate --no-emit-index-url --no-header; } > scripts/uv-requirements.txt

clean: ## remove what the toolkit made; what people brought and the registers in .ksd stay
	rm -rf $(VENV) reports/*/20* reports/indeks-* .pytest_cache .mypy_cache .ruff_cache .hypothesis
