"""`make check`: a migration must not break the processes of the last release, which run on while it is made.

    python -m scripts.tools.migrations

django-migration-linter reads the SQL that PostgreSQL would be given: a column that is dropped or renamed, a new one
that old code can't fill (NOT NULL without a default in the database), another type, a new unique constraint. What is
older than this check is in `migrations_before.txt`; a line there after a `#` says why a later one is allowed.
PostgreSQL is started only when there is something to read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from scripts.tools import services
from scripts.tools.place_of_services import ServiceError
from scripts.tools.places import ROOT, VENV_PYTHON, complain, say
from scripts.tools.suite import required

BEFORE = Path(__file__).with_name("migrations_before.txt")
FOLDERS = {
    "accounts": "bookgen_site/accounts/migrations",
    "oauth2_provider": "bookgen_site/accounts/oauth_tables",
    **{app: f"{app}/migrations" for app in ("biographies", "sources", "engine", "notifications")},
}
SET = "check"


def known(text: str) -> frozenset[str]:
    """The names in a list of migrations, a line each; what stands after a # is for people."""
    names = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(name for name in names if name)


def on_disk(root: Path = ROOT) -> list[str]:
    """All migrations of the project, as "app.name"."""
    found = [
        (app, path.stem) for app, folder in FOLDERS.items() for path in (root / folder).glob("[0-9]*.py")
    ]
    return sorted(f"{app}.{name}" for app, name in found)


def main() -> int:
    """Read what is new; the status is 0 when nothing of it breaks a running system."""
    fresh = [name for name in on_disk() if name not in known(BEFORE.read_text())]
    if not fresh:
        say("Nothing new.")
        return 0
    if lacking := services.missing():
        told = f"Not read: {', '.join(fresh)}, since {' and '.join(lacking)} isn't installed."
        say(told)
        return int(required(os.environ))
    try:
        command: list[str | Path] = [VENV_PYTHON, "-m", "scripts.tools.migrations", *fresh]
        return subprocess.run(
            command, cwd=ROOT, env={**os.environ, **services.start(SET)}, check=False
        ).returncode
    except ServiceError as error:
        return complain(str(error))
    finally:
        services.stop(SET)


def read(names: Collection[str]) -> int:
    """Have these migrations read, in a process whose settings name PostgreSQL; returns the status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookgen_site.settings"
    import django  # noqa: PLC0415  # only this process has the settings

    django.setup()
    from django_migration_linter import MigrationLinter  # noqa: PLC0415  # needs the apps

    wanted = {name.partition(".")[2] for name in names}
    linter = MigrationLinter(
        include_apps=sorted({name.partition(".")[0] for name in names}),
        include_name=sorted(wanted),
        exclude_migration_tests=["RUNPYTHON_ARGS_NAMING_CONVENTION", "RUNPYTHON_MODEL_VARIABLE_NAME"],
        no_cache=True,
        quiet=["ok", "ignore", "warning"],
    )
    linter.lint_all_migrations()
    if linter.has_errors:
        complain("Make it in two releases, or give the column a db_default (CONTRIBUTING.md, Migrations).")
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(read(sys.argv[1:]) if sys.argv[1:] else main())
