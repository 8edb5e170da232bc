"""PostgreSQL, by its own programs: pg_dump in the custom format, and back again in one transaction."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from bookgen_site.backups.contents import contents
from bookgen_site.backups.errors import BackupError, RestoreError
from bookgen_site.backups.manifest import Contents
from bookgen_site.backups.older_servers import without_unknown_settings
from bookgen_site.lib.search_indexes import EXTENSION, MARK, extension

PROGRAMS: Final = ("pg_dump", "pg_restore", "psql")
# libpq's names for what Django's OPTIONS may say about the way to the server.
OPTIONS: Final = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
}
# All that is BookGen's in its schema, so that what a newer release has made doesn't stay behind. What belongs to an
# extension stays.
EMPTY: Final = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', one.name);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', one.name);
  END LOOP;
END $$
"""


class CannotDump(BackupError):
    """The programs aren't here, or are older than the server."""


def require_programs() -> dict[str, Path]:
    """Where the programs are; raises CannotDump when they are missing or too old for this server."""
    found = {name: _newest(name) for name in PROGRAMS}
    if lacking := [name for name, path in found.items() if path is None]:
        raise CannotDump(f"not installed: {', '.join(lacking)} (Debian: postgresql-client).")
    paths = {name: path for name, path in found.items() if path is not None}
    server = server_version()
    if (own := _major(paths["pg_dump"])) < server:
        raise CannotDump(f"its pg_dump is of PostgreSQL {own}, the server of {server}.")
    return paths


def server_version() -> int:
    """The major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def dump(path: Path) -> Contents:
    """Dump the database into a file and say what is in it, both of the same moment. Raises BackupError."""
    programs = require_programs()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        told = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}"]
        found = contents(cursor, connection.introspection.table_names(cursor))
        _run([programs["pg_dump"], *told, f"--file={path}"], BackupError)
    _run([programs["pg_restore"], "--file=/dev/null", path], BackupError)  # reads it to its end
    return found


def load(path: Path) -> Contents:
    """Put the dump's content in the place of all tables, in one transaction; says what is there then."""
    programs = require_programs()
    script = path.with_name("script.sql")
    wanted = path.with_name("wanted.list")
    _run([programs["pg_restore"], "--list", f"--file={wanted}", path], RestoreError)
    if not extension(connection):
        wanted.write_text(without_searches(wanted.read_text(encoding="utf-8")), encoding="utf-8")
    # No comments: that on an extension may be written by its owner alone, and there are no others.
    told = ["--no-owner", "--no-privileges", "--no-comments", f"--use-list={wanted}", f"--file={script}"]
    _run([programs["pg_restore"], *told, path], RestoreError)
    without_unknown_settings(script, _settings())
    close_all_pools()
    quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _run([programs["psql"], *quiet, f"--command={EMPTY}", f"--file={script}"], RestoreError)
    with connection.cursor() as cursor:
        return contents(cursor, connection.introspection.table_names(cursor))


def _settings() -> set[str]:
    """What this server lets one set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        return {name for (name,) in cursor.fetchall()}


def without_searches(listed: str) -> str:
    """The list of a dump without the extension of search indexes and these, for a server that has none."""
    needs = re.compile(rf" EXTENSION - {EXTENSION} | INDEX \S+ \w+{MARK} ")
    return "".join(line for line in listed.splitlines(keepends=True) if not needs.search(line))


def close_all_pools() -> None:
    """The pool's connections would be in the way of those who take the tables away."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it


def others() -> int:
    """How many other connections this account has to the database: processes that still run."""
    close_all_pools()  # what this process has at hand for its threads isn't somebody else's
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename = current_user AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def _run(command: list[str | Path], trouble: type[BackupError | RestoreError]) -> None:
    done = subprocess.run(
        [str(word) for word in command], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[:3]
        raise trouble(f"{Path(command[0]).name} failed: {' '.join(said)}")


def _environment() -> dict[str, str]:
    """The address as libpq takes it from the environment: arguments can be read by everyone on the machine."""
    told = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    address = {name: str(told[key]) for name, key in names.items() if told.get(key)}
    more = {name: str(told["OPTIONS"][key]) for key, name in OPTIONS.items() if told["OPTIONS"].get(key)}
    return {**os.environ, **address, **more, "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}


def _newest(program: str) -> Path | None:
    """PATH's, or Debian's newest (where PATH has a wrapper that may choose an older one)."""
    folders = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(folders, key=lambda path: _number(path.parts[-3]), default=None)
    inpath = shutil.which(program)
    return newest or (Path(inpath) if inpath else None)


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return _number(said.partition(")")[2])


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found.group()) if found else 0
