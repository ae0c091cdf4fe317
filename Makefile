# What can be done with referat from a checkout. `make help` lists it.

INBOX  ?= corpus/inbox
OUT    ?= out
GOLD   ?= corpus/gold
JOBS   ?= 2
DATA   ?= ../shared/data
OCR    ?= ../shared/ocr
PYTHON ?= python3
FILE   ?=
DOCUMENTS ?= 10000
KILLS  ?= 50
FUZZ   ?= 600
FORMAT ?= xlsx

BIN     := .venv/bin
READY   := .venv/.ready
REFERAT := $(BIN)/referat
PIP     := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup run report repair export test lint check evaluate bench bench-batch figures noise fuzz corpus train clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## a virtual environment with the pinned versions; leaves .venv/bin/referat

$(READY): pyproject.toml .ci/requirements.txt
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --requirement .ci/requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## minutes in INBOX become records in OUT; only what changed is processed again
	$(REFERAT) run $(INBOX) --out $(OUT) --jobs $(JOBS)

report: $(READY) ## pages to read and check in OUT/report, from the records in OUT
	$(REFERAT) report $(OUT)

repair: $(READY) ## what repair changes in FILE, line by line
	$(REFERAT) repair "$(FILE)" --diff

export: $(READY) ## the records in OUT as FORMAT: parquet, sqlite, csv, xlsx, docbin, label-studio or akn
	$(REFERAT) export $(OUT) --format $(FORMAT)

test: $(READY) ## all tests
	$(BIN)/python -m pytest --numprocesses auto

lint: $(READY) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test evaluate ## everything that must hold before a change is taken in

evaluate: $(READY) ## precision, recall and F1 on GOLD, and the pinned floors
	$(REFERAT) evaluate $(GOLD) --floors tests/floors.toml
	$(REFERAT) evaluate corpus/forms/read corpus/forms/unread --floors tests/forms.toml

bench: $(READY) ## characters a second on one thread, stage by stage, and repair beside its peers
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_repair

bench-batch: $(READY) ## DOCUMENTS short minutes in runs that are measured, killed, and fed with hostile files
	$(BIN)/python tests/bench_batch.py --documents $(DOCUMENTS) --kills $(KILLS)

figures: $(READY) ## what repair restores and leaves, by kind of damage, on GOLD
	$(BIN)/python -m tests.figures $(GOLD)

noise: $(READY) ## F1 by field against the character error rate of the input, on GOLD: tests/NOISE.md, noise.svg
	$(BIN)/python -m tests.noise $(GOLD)

fuzz: $(READY) ## bytes made to break every reader and stage, for FUZZ seconds; what breaks them is left in .fuzz
	@mkdir -p .fuzz/corpus
	$(BIN)/python -m tests.fuzz.fuzz_pipeline -max_total_time=$(FUZZ) -artifact_prefix=.fuzz/ .fuzz/corpus tests/fuzz/corpus

corpus: $(READY) ## print the corpus and read it again with OCR (needs tesseract-ocr, poppler-utils, fonts)
	$(BIN)/python corpus/reprint.py

train: $(READY) ## rebuild the repair models from DATA (text) and OCR (pairs); an hour, goes on where it was
	$(PIP) --require-hashes --requirement .ci/requirements-train.txt
	$(REFERAT) train repair --data $(DATA) --ocr $(OCR)

clean: ## remove the environment, caches and OUT
	rm -rf .venv .train .fuzz $(OUT) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
