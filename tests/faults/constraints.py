"""Random illegal writes by plain SQL: the database must refuse each, whatever the code above it forgets.

    python -m tests.faults.constraints [--writes 10000] [--seed 1]

on SQLite and on a private PostgreSQL. With DATABASE_URL set, on that server alone (in a database of its own).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import django
from django.db import DataError, IntegrityError, connection, models, transaction

APPS: Final = {"accounts", "biographies", "sources", "engine", "notifications"}
SET: Final = "constraints"
DOUBLE: Final = "there already"


@dataclass
class Write:
    """One statement that must fail; `because` says what is wrong with it."""

    sql: str
    parameters: list[Any]
    because: str


@dataclass
class Found:
    """What came of a campaign."""

    refused: Counter[str] = field(default_factory=Counter)
    accepted: list[Write] = field(default_factory=list)


Maker = Callable[[Random], Write]


def campaign(writes: int, seed: int) -> Found:
    """So many random illegal writes, each in a transaction of its own that isn't kept."""
    chance, found, kinds = Random(seed), Found(), all_makers()
    once = [maker for makers in kinds.values() for maker in makers]
    for number in range(writes):
        # Everything once before anything twice, so that the short form meets it all, too; then every kind as often.
        maker = once[number] if number < len(once) else chance.choice(kinds[chance.choice(list(kinds))])
        write = maker(chance)
        reason = refusal(write)
        if not reason or (is_double(reason) and not write.because.startswith(DOUBLE)):
            found.accepted.append(write)
        else:
            found.refused[write.because.partition(":")[0]] += 1
    return found


class _Undo(Exception):
    """It was accepted; it mustn't stay."""


def refusal(write: Write) -> str:
    """What the database said when it refused, at once or at the end of the transaction; "" when it took the write.

    A statement that makes no sense raises: it would say nothing about the database.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(write.sql, write.parameters)
            connection.check_constraints()  # what is held until the end of the transaction
            raise _Undo
    except (IntegrityError, DataError) as error:
        return str(error)
    except _Undo:
        return ""


def is_double(reason: str) -> bool:
    """Whether a unique constraint refused, which proves nothing about what else is wrong with a row."""
    return "unique" in reason.lower()


def all_makers() -> dict[str, list[Maker]]:
    """One per thing that is wrong: declared ones, and those that follow from the kind of a column."""
    from tests.fakes import rows  # noqa: PLC0415  # needs the apps
    from tests.faults import illegal  # noqa: PLC0415  # the same

    made: dict[Any, models.Model] = {}

    def row(make: Callable[..., models.Model]) -> models.Model:
        if make not in made:
            made[make] = make()
        return made[make]

    # Rows that can't be changed are copied, with what no two of them may share.
    fresh: dict[Any, dict[str, Any]] = {
        rows.revision: {"number": illegal.above(1000)},
        rows.event: {"seq": illegal.above(1000)},
        rows.approval: {"revision_id": illegal.of(rows.revision().pk)},
        rows.audit_entry: {},
    }

    def bad(make: Any, values: dict[str, Any], because: str) -> Maker:
        if make in fresh:
            return _inserted(row(make), fresh[make] | values, because)
        return _updated(row(make), values, because)

    kinds = {
        "illegal": [bad(one.make, one.values, "illegal") for one in illegal.DECLARED],
        "written once": [_updated(row(one.make), one.values, "written once") for one in illegal.FROZEN],
        DOUBLE: [_inserted(row(make), {}, DOUBLE) for make in illegal.ONCE],
    }
    everything = {one.make for one in illegal.DECLARED} | set(fresh) | set(illegal.ONCE)
    for make in sorted(everything, key=lambda make: make.__name__):
        for values, because in _by_kind(row(make)):
            kinds.setdefault(because, []).append(bad(make, values, because))
    return kinds


def _by_kind(row: models.Model) -> Iterator[tuple[dict[str, Any], str]]:
    """What no column of its kind may hold."""
    counts = (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField)
    for one in row._meta.concrete_fields:
        if one.primary_key or one.auto_created or not one.column:
            continue
        if not one.null:
            yield {one.column: lambda _chance: None}, "NULL"
        if isinstance(one, counts):
            yield {one.column: lambda chance: -chance.randint(1, 999)}, "negative"
        if isinstance(one, models.JSONField):
            yield {one.column: lambda chance: "{broken" * chance.randint(1, 3)}, "no JSON"
        if isinstance(one, models.ForeignKey):
            yield {one.column: _ghost(one)}, "nobody's id"


def _ghost(key: models.ForeignKey[Any, Any]) -> Callable[[Random], Any]:
    if isinstance(key.target_field, models.UUIDField):
        return lambda chance: uuid.UUID(int=chance.getrandbits(128)).hex
    return lambda chance: chance.randint(10**8, 2 * 10**9)


def _updated(row: models.Model, values: dict[str, Any], because: str) -> Maker:
    table, pk = row._meta.db_table, row._meta.pk

    def make(chance: Random) -> Write:
        told = {name: value(chance) for name, value in values.items()}
        columns = ", ".join(f'"{name}" = %s' for name in told)
        sql = f'UPDATE "{table}" SET {columns} WHERE "{pk.column}" = %s'
        return Write(sql, [*told.values(), _key(row)], f"{because}: {table} {told}")

    return make


def _inserted(row: models.Model, values: dict[str, Any], because: str) -> Maker:
    """A copy of the row under another id, with these columns changed."""
    table, pk = row._meta.db_table, row._meta.pk
    columns = [one.column for one in row._meta.concrete_fields if not one.primary_key]
    new_id = isinstance(pk, models.UUIDField)

    def make(chance: Random) -> Write:
        told = {name: value(chance) for name, value in values.items()}
        taken = ["%s" if name in told else f'"{name}"' for name in columns]
        names = [f'"{name}"' for name in columns]
        parameters = [told[name] for name in columns if name in told]
        if new_id:
            names, taken, parameters = (
                [f'"{pk.column}"', *names],
                ["%s", *taken],
                [uuid.uuid4().hex, *parameters],
            )
        sql = f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(taken)} FROM "{table}" '
        return Write(
            f'{sql}WHERE "{pk.column}" = %s', [*parameters, _key(row)], f"{because}: {table} copy {told}"
        )

    return make


def _key(row: models.Model) -> Any:
    return row.pk.hex if isinstance(row.pk, uuid.UUID) else row.pk


def told(found: Found, seconds: float) -> str:
    """The campaign in lines."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.refused.items()))
    lines = [f"{connection.vendor}: {sum(found.refused.values())} refused ({kinds}) in {seconds:.0f} s"]
    lines += [f"ACCEPTED  {one.because}" for one in found.accepted[:20]]
    return "\n".join(lines)


@contextmanager
def own_database() -> Iterator[None]:
    """A test database with all tables, gone afterwards."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def here(writes: int, seed: int) -> int:
    """The campaign on the database of the settings; returns the status."""
    django.setup()
    with own_database():
        began = time.monotonic()
        found = campaign(writes, seed)
        sys.stdout.write(told(found, time.monotonic() - began) + "\n")
    return int(bool(found.accepted))


def main() -> int:
    """On one database or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.constraints")
    parser.add_argument("--writes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
    if chosen.here or os.environ.get("DATABASE_URL"):
        return here(chosen.writes, chosen.seed)
    from scripts.tools import services  # noqa: PLC0415  # only the one that starts the others

    words = [
        sys.executable,
        "-m",
        "tests.faults.constraints",
        f"--writes={chosen.writes}",
        f"--seed={chosen.seed}",
    ]
    try:
        addresses = [dict.fromkeys(("DATABASE_URL", "REDIS_URL"), ""), services.start(SET)]
        ended = [
            subprocess.run([*words, "--here"], env={**os.environ, **one}, check=False).returncode
            for one in addresses
        ]
    finally:
        services.command_wipe(SET)
    return max(ended)


if __name__ == "__main__":
    sys.exit(main())
