# BookGen's commands. `make` alone lists them. Everything is made in .venv/, var/ and books/.
PY := .venv/bin/python
ARGS ?=
.DEFAULT_GOAL := help
# The first targets need each other in order, and pip and the tests use both cores by themselves.
.NOTPARALLEL:
# Code is compiled once for all the processes that follow, whatever the shell says of it.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo exports serve setup dev test browser faults drill bench api-fuzz check audit canaries format messages services services-stop team secrets lock clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

demo: setup ## set everything up and make a whole book from the demo sources; no key, no server
	@test -e var/bookgen.sqlite3 || echo "Making the database; then the book begins (its phases show here) ..."
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py demo $(ARGS)

exports: dev ## the demo book in every format, each file looked into, the EPUB by epubcheck
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py demo
	@$(PY) manage.py export "Frederick Douglass" --format all --out var/exports
	@$(PY) -m scripts.tools.exports var/exports

serve: setup ## the desk and the API in one process, on http://localhost:8000/
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py serve $(ARGS)

setup: ## virtual environment and pinned packages
	@scripts/setup

dev: ## the same, with what the tests and checks need
	@scripts/setup --dev

test: dev ## the tests, embedded and on PostgreSQL and Redis; ARGS="-k name" for some
	@scripts/test $(ARGS)

browser: dev ## only the tests with a real Chromium, and of HTTPS behind a real nginx
	@$(PY) -m pytest -n 2 --dist loadscope -m browser tests/browser $(ARGS)

faults: dev ## campaigns of kills and outages, the short ones; ARGS="engine --long" for one at length
	@$(PY) -m tests.faults $(ARGS)

drill: dev ## a book is backed up, wiped and brought back, in both profiles: the same bytes
	@$(PY) -m tests.faults.drill $(ARGS)

bench: dev ## figures of speed and quality, with their raw samples; ARGS="support" for some
	@$(PY) -m tests.bench $(ARGS)

api-fuzz: dev ## the live API against its own schema, every operation, all checks; ARGS="--examples 5" for less
	@$(PY) -m tests.fuzz $(ARGS)

check: dev ## style, types, who may import whom, Django's own checks
	@scripts/check

audit: dev ## ask whether a pinned package has a known hole; needs the network
	@$(PY) -m uv tool run pip-audit@2.10.1 --requirement requirements/lock.txt --no-deps --disable-pip --strict

canaries: dev ## a whole book with a marked secret in every place, and a look for the marks wherever they mustn't be
	@$(PY) -m tests.faults.canaries $(ARGS)

format: dev ## put the code in the house's layout
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

messages: dev ## compile the translations in locale/
	@$(PY) -m scripts.tools.translations --compile

services: ## start private PostgreSQL and Redis on loopback and show their addresses
	@scripts/services start

services-stop: ## stop them
	@scripts/services stop --all

team: setup ## a team's processes on loopback: nginx, three of gunicorn, Daphne, workers, beat; ARGS=--tls for HTTPS
	@scripts/team $(ARGS)

secrets: setup ## the files in secrets/ that the containers want; what is there stays
	@$(PY) -m scripts.tools.team_secrets

lock: dev ## work out requirements/lock.txt anew; ARGS=--upgrade for newer versions
	@scripts/lock $(ARGS)

clean: ## remove .venv and caches; your data in var/ and books/ stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache var/cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
