"""All checks in their order, and what each says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import structlog
from django.db import connection

from bookgen_site.doctor import (
    backing,
    configuration,
    database,
    files,
    mail,
    models,
    programs,
    redis,
    secrets,
    work,
)
from bookgen_site.doctor.signs import Check, Sign, good, wrong

log = structlog.get_logger(__name__)


class Needs(IntEnum):
    """What must be there before a check can look."""

    NOTHING = 0
    DATABASE = 1
    TABLES = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A check under the name that people see; `online` ones leave this machine, and are made only when wished."""

    name: str
    check: Check
    needs: Needs = Needs.NOTHING
    online: bool = False


CHECKS: Final = (
    Named("settings", configuration.settings_checks),
    Named("keys", configuration.own_keys),
    Named("version of the database", database.version, Needs.DATABASE),
    Named("tables", database.migrated, Needs.DATABASE),
    Named("triggers", database.triggers, Needs.TABLES),
    Named("database file", database.sound, Needs.DATABASE),
    Named("clock", database.clock_skew, Needs.DATABASE),
    Named("Redis", redis.reachable),
    Named("folders", files.writable),
    Named("disk", files.room),
    Named("stored files", files.whole, Needs.TABLES),
    Named("stored secrets", secrets.fits, Needs.TABLES),
    Named("workers", work.workers, Needs.TABLES),
    Named("leases", work.leases, Needs.TABLES),
    Named("beat", work.beat, Needs.TABLES),
    Named("what waits", work.waiting, Needs.TABLES),
    Named("books", work.parked, Needs.TABLES),
    Named("model providers", work.providers, Needs.TABLES),
    Named("language model", models.configured),
    Named("language model, asked", models.reachable, online=True),
    Named("mail", mail.road),
    Named("mail server, asked", mail.server, online=True),
    Named("alerts", mail.alerts, Needs.TABLES),
    Named("backups", backing.recent, Needs.TABLES),
    Named("backup programs", programs.dumping, Needs.TABLES),
    Named("LibreOffice", programs.libreoffice),
    Named("Pango", programs.pango),
)


def examine(*, online: bool = False) -> Iterator[tuple[str, Sign]]:
    """What every check says, with its name. A check that breaks is wrong itself, and hides no other."""
    there = _there()
    if there == Needs.NOTHING:
        mend = "Is it running, and is DATABASE_URL right? What needs it wasn't looked at."
        yield "database", wrong(f"The {connection.vendor} database doesn't answer.", mend)
    else:
        yield "database", good("answers")
    for one in CHECKS:
        if one.needs <= there and (online or not one.online):
            yield from ((one.name, sign) for sign in _said(one))


def _there() -> Needs:
    if not database.answers():
        return Needs.NOTHING
    return Needs.DATABASE if database.missing() else Needs.TABLES


def _said(one: Named) -> list[Sign]:
    try:
        return list(one.check())
    except Exception as error:
        log.exception("check_failed", check=one.name)
        return [
            wrong(f"This couldn't be looked at ({type(error).__name__}).", "What is above may be the cause.")
        ]
