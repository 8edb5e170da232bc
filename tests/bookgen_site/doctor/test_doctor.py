"""Each thing is broken, and the doctor's line for it is seen."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_celery_results.models import TaskResult
from pytest_django import Settings

from bookgen_site.backups import alarm, postgres
from bookgen_site.doctor import (
    backing,
    configuration,
    database,
    examining,
    files,
    mail,
    models,
    programs,
    redis,
    secrets,
    work,
)
from bookgen_site.doctor.signs import Check, Level, Sign
from bookgen_site.lib import clock, store
from bookgen_site.lib.crypto import seal
from notifications.models import WebhookEndpoint
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def said(check: Check) -> list[tuple[str, str]]:
    """Level and words; what isn't good says what to do."""
    signs = list(check())
    assert all(bool(sign.mend) == (sign.level is not Level.GOOD) for sign in signs)
    return [(sign.level.value, sign.told) for sign in signs]


def test_a_good_installation_has_nothing_wrong(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(configuration, "EMBEDDED", True)  # the tests set no keys of a team
    settings.EMAIL_BACKEND = "bookgen_site.lib.mail_files.EmailBackend"
    names = {name for name, _sign in examining.examine()}
    wrong = [(name, sign.told) for name, sign in examining.examine() if sign.level is Level.WRONG]
    assert wrong == []
    assert {"database", "tables", "triggers", "folders", "workers", "stored secrets", "Pango"} <= names
    assert "language model, asked" not in names  # it would leave this machine


def test_the_command_fails_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, fine = Sign(Level.WRONG, "It is broken.", "Mend it."), Sign(Level.GOOD, "fine")
    monkeypatch.setattr(
        "bookgen_site.management.commands.doctor.examine", lambda online: iter([("a", fine), ("b", bad)])
    )
    told = StringIO()
    with pytest.raises(CommandError, match="1 wrong, 0 warnings, 1 good"):
        call_command("doctor", stdout=told)
    assert "It is broken." in told.getvalue()
    assert "→ Mend it." in told.getvalue()
    assert logging.root.manager.disable == logging.NOTSET


def test_a_check_that_breaks_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise KeyError("secret")

    monkeypatch.setattr(
        examining, "CHECKS", (examining.Named("a", broken), examining.Named("b", work.leases))
    )
    signs = dict(examining.examine())
    assert (signs["a"].level, signs["a"].told) == (Level.WRONG, "This couldn't be looked at (KeyError).")
    assert signs["b"].level is Level.GOOD


def test_without_a_database_the_rest_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "answers", lambda: False)
    signs = dict(examining.examine())
    assert signs["database"].level is Level.WRONG
    assert "mail" in signs
    assert "workers" not in signs


def test_settings_that_are_wrong(settings: Settings) -> None:
    settings.ENGINE_THREADS = 0
    assert ("wrong", "ENGINE_THREADS must be at least 1. (bookgen.E002)") in said(
        configuration.settings_checks
    )


def test_a_team_without_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "EMBEDDED", False)
    monkeypatch.setattr("bookgen_site.env.EMBEDDED", False)
    told = [told for level, told in said(configuration.settings_checks) if level == "wrong"]
    assert "SECRET_KEY is not set. (bookgen.E004)" in told


def test_keys_that_others_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "VAR_DIR", tmp_path)
    (tmp_path / "secret_key").write_text("k")
    (tmp_path / "secret_key").chmod(0o644)
    ((level, told),) = said(configuration.own_keys)
    assert (level, "secret_key" in told) == ("wrong", True)
    (tmp_path / "secret_key").chmod(0o600)
    assert said(configuration.own_keys)[0][0] == "good"


def test_tables_that_are_older_or_newer_than_the_code() -> None:
    assert said(database.migrated)[0][0] == "good"
    MigrationRecorder.Migration.objects.filter(app="engine", name="0001_initial").delete()
    MigrationRecorder.Migration.objects.create(app="engine", name="0999_of_tomorrow")
    old, new = said(database.migrated)
    assert old[0] == new[0] == "wrong"
    assert "migrations are missing" in old[1]
    assert "engine.0999_of_tomorrow" in new[1]
    assert database.missing() > 0


@pytest.mark.parametrize("table", database.FROZEN)
def test_a_lost_trigger(table: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_frozen{on}")
    ((level, told),) = said(database.triggers)
    assert (level, f"{table}_frozen" in told) == ("wrong", True)


def test_all_triggers_of_the_tables_are_looked_for() -> None:
    ask = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        ask = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        assert {row[0] for row in cursor.fetchall()} == {f"{table}_frozen" for table in database.FROZEN}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of SQLite")
def test_a_damaged_file_and_a_slow_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"PRAGMA quick_check(1)": "row 3 missing", "PRAGMA journal_mode": "delete"}
    monkeypatch.setattr(database, "_one", answers.get)
    assert [level for level, _told in said(database.sound)] == ["wrong", "warning"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no clock of its own")
def test_a_clock_that_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(database.clock_skew)[0][0] == "good"
    late = clock.now() - dt.timedelta(seconds=90)
    monkeypatch.setattr(clock, "now", lambda: late)
    ((level, told),) = said(database.clock_skew)
    assert (level, "differ by 90 s" in told or "differ by 91 s" in told) == ("wrong", True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the version of PostgreSQL")
def test_a_server_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST", 990000)
    assert said(database.version)[0][0] == "wrong"


@pytest.mark.parametrize(
    ("info", "level", "words"),
    [
        ({"maxmemory_policy": "allkeys-lru"}, "warning", "throws away anything"),
        ({"used_memory": 95, "maxmemory": 100}, "warning", "nearly full"),
        ({"aof_enabled": 0, "rdb_kept": False}, "warning", "keeps nothing on disk"),
        ({"rdb_last_bgsave_status": "err"}, "wrong", "can't write to its disk"),
    ],
)
def test_what_redis_says_of_itself(info: dict[str, Any], level: str, words: str) -> None:
    ((seen, told),) = said(lambda: redis.judged({"aof_enabled": 1, **info}))
    assert (seen, words in told) == (level, True)
    assert said(lambda: redis.judged({"aof_enabled": 1})) == []


def test_a_redis_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setattr(redis, "redis_url", lambda number: f"redis://127.0.0.1:1/{number}")
    ((level, told),) = said(redis.reachable)
    assert (level, told) == (
        "wrong",
        "It doesn't answer for: queue, cache and sessions, limits, live pages.",
    )


def test_a_folder_that_cannot_be_written(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = str(tmp_path / "file")
    assert [level for level, _told in said(files.writable)] == ["wrong"]


def test_a_full_disk(settings: Settings) -> None:
    settings.ALERT_DISK_PERCENT = 100
    assert said(files.room)[0][0] in {"warning", "wrong"}
    settings.ALERT_DISK_PERCENT = 0
    assert said(files.room)[0][0] == "good"


def test_stored_files_that_are_gone() -> None:
    export = rows.export(blob=store.put(b"a book"))
    assert said(files.whole) == [("good", "1 stored files are there")]
    store.path_of(export.blob).unlink()
    ((level, told),) = said(files.whole)
    assert (level, told.startswith("1 of 1 stored files are missing")) == ("wrong", True)


def test_secrets_of_another_key(settings: Settings) -> None:
    rows.endpoint()
    rows.second_factor(sealed=seal("an app's"), confirmed_at=clock.now())
    assert said(secrets.fits) == [("good", "SECRETS_KEY opens all 2 stored secrets")]
    settings.SECRETS_KEY = "another"
    assert said(secrets.fits) == [("wrong", "2 of 2 stored secrets can't be read with SECRETS_KEY.")]
    assert WebhookEndpoint.objects.get().secret not in str(list(secrets.fits()))


def test_nobody_works() -> None:
    assert said(work.workers)[0][0] == "warning"
    rows.unit()
    assert said(work.workers) == [("wrong", "No worker is there, and 1 units wait.")]


def test_a_unit_of_a_dead_worker() -> None:
    rows.unit(status="leased", worker="dead", lease_until=clock.now() - dt.timedelta(hours=1))
    assert said(work.leases) == [("warning", "1 units are held by workers that are gone.")]


def test_beat_that_sends_no_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "EMBEDDED", False)
    assert said(work.beat) == [("warning", "Beat's last sweep: never.")]
    TaskResult.objects.create(task_id="1", task_name="engine.sweep")
    assert said(work.beat)[0][0] == "good"
    TaskResult.objects.update(date_done=clock.now() - dt.timedelta(hours=1))
    assert said(work.beat)[0][0] == "warning"


def test_work_that_waits_too_long(settings: Settings) -> None:
    settings.ALERT_QUEUE_MINUTES = 0
    rows.unit()
    rows.delivery(next_at=clock.now() - dt.timedelta(minutes=1))
    levels = [level for level, _told in said(work.waiting)]
    assert levels == ["wrong", "wrong"]


def test_books_that_are_stuck() -> None:
    rows.job(status="failed", error_message="Only 2 of 3 sources.")
    rows.unit(status="parked", error="It is poison.")
    levels = [level for level, _told in said(work.parked)]
    assert levels == ["wrong", "warning"]


def test_a_provider_that_was_given_up() -> None:
    rows.provider(open_until=clock.now() + dt.timedelta(minutes=1), error="HTTP 503")
    assert said(work.providers)[0][0] == "wrong"


def test_mail_that_stays_here_or_comes_from_localhost(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "bookgen_site.lib.mail_files.EmailBackend"
    assert said(mail.road)[0][0] == "warning"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.lan", "BookGen <bookgen@localhost>"
    assert [level for level, _told in said(mail.road)] == ["good", "wrong", "warning"]


def test_a_mail_server_that_is_away(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert said(mail.server)[0][0] == "wrong"


def test_nobody_would_hear_of_a_trouble(settings: Settings) -> None:
    assert said(mail.alerts)[0][0] == "warning"
    settings.ALERT_EMAILS = ["ops@example.org"]
    assert said(mail.alerts)[0][0] == "good"


def test_a_model_without_a_key_and_one_that_does_not_answer(settings: Settings) -> None:
    settings.MODEL_CONFIGURED = False
    assert said(models.configured)[0][0] == "warning"
    assert said(models.reachable) == []
    settings.MODEL_CONFIGURED, settings.OPENROUTER_API_KEY = True, "sk-very-secret"
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:1/v1"
    told = [*said(models.configured), *said(models.reachable)]
    assert [level for level, _told in told] == ["good", "wrong"]
    assert "sk-very-secret" not in str(told)


def test_programs_that_are_missing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(programs.libreoffice)[0][0] == "warning"  # the tests have none
    settings.LIBREOFFICE = "sh"
    monkeypatch.setattr(programs, "has_widths_of", lambda _face: False)
    assert "No typeface" in said(programs.libreoffice)[0][1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no programs")
def test_backup_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(programs.dumping)[0][0] == "good"
    monkeypatch.setattr(postgres, "_newest", lambda _name: None)
    assert said(programs.dumping)[0][0] == "warning"


def test_backups_that_nobody_watches_that_failed_or_are_old(
    settings: Settings, tmp_path: Path, hints: Callable[..., Any]
) -> None:
    assert said(backing.recent)[0][0] == "warning"
    settings.ALERT_BACKUP_FILE = str(tmp_path / "last")
    assert said(backing.recent)[0][0] == "wrong"
    alarm.went_well()
    assert said(backing.recent) == [("good", "the last good one is younger than 26 hours")]
    alarm.failed("No room.")
    assert said(backing.recent) == [("wrong", "The last backup failed: No room.")]
