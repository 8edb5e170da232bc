"""A backup of the database and the store as they are, brought back; and everything that is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import Settings

from biographies.models import BiographyJob, ChapterRevision
from bookgen_site import env
from bookgen_site.accounts.models import User
from bookgen_site.backups import making, postgres, restoring, sqlite
from bookgen_site.backups.errors import BackupError, RestoreError
from bookgen_site.backups.making import back_up
from bookgen_site.backups.manifest import Contents, Manifest
from bookgen_site.backups.restoring import check, restore
from bookgen_site.backups.sealing import make_key
from bookgen_site.lib import store
from engine import workers
from notifications.models import Alert
from tests.fakes import emptying, rows
from tests.fakes.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "VAR_DIR", tmp_path)


@pytest.fixture(autouse=True)
def alone(db: None) -> None:
    """What threads of earlier tests still hold of connections to the test's database is taken from them."""
    if connection.vendor == "postgresql" and postgres.others():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert until(lambda: not postgres.others())


@pytest.fixture(autouse=True)
def quick_migrate(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of the tests are up to date; that the command is called is all that matters."""
    called: list[str] = []
    monkeypatch.setattr(restoring, "call_command", lambda name, **_options: called.append(name))
    return called


def a_book() -> tuple[str, str]:
    """A text and a file of a source; their hashes."""
    revision = rows.revision(text="Ada Quill was born in Leith. \u00e9\U0001f4d6")
    blob = store.put(b"a letter of 1850")
    rows.source(job=revision.chapter.job, blob=blob)
    return revision.sha256, blob


def wipe() -> None:
    emptying.empty(connection)
    for digest in store.digests():
        store.path_of(digest).unlink()


def test_everything_comes_back(tmp_path: Path, quick_migrate: list[str]) -> None:
    text, blob = a_book()
    made = back_up(tmp_path / "one.backup")
    assert made.path.stat().st_mode & 0o077 == 0
    wipe()
    assert not restoring.occupied()
    restore(made.path)
    assert ChapterRevision.objects.get().sha256 == text
    assert store.get(blob) == b"a letter of 1850"
    assert quick_migrate == ["migrate"]
    with pytest.raises(Exception, match="never changed"), transaction.atomic():
        ChapterRevision.objects.update(text="x")  # the triggers are back too
    rows.job()  # and so are the counters of ids


def test_it_can_be_given_again_and_replaces_what_is_there(tmp_path: Path) -> None:
    a_book()
    made = back_up(tmp_path / "one.backup")
    rows.person(username="later")
    with pytest.raises(RestoreError, match="--force"):
        restore(made.path)
    assert User.objects.filter(username="later").exists()
    restore(made.path, force=True)
    assert not User.objects.filter(username="later").exists()
    assert BiographyJob.objects.count() == 1


def test_nothing_is_changed_while_somebody_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = back_up(tmp_path / "one.backup")
    workers.me.cache_clear()
    workers.me()  # this process works units now
    with pytest.raises(RestoreError, match="Stop BookGen first: 1 workers"):
        restore(made.path, force=True)
    workers.me.cache_clear()
    workers._open_locks.pop().close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to count")
def test_nor_while_somebody_is_connected(tmp_path: Path) -> None:
    made = back_up(tmp_path / "one.backup")
    with connection.get_new_connection(connection.get_connection_params()) as other:
        with pytest.raises(RestoreError, match="1 connections to the database are open"):
            restore(made.path, force=True)
        other.rollback()


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    a_book()
    made = back_up(tmp_path / "one.backup")
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(RestoreError):
        restore(made.path, force=True)
    assert BiographyJob.objects.count() == 1
    assert [path.name for path in tmp_path.glob(".restore-*")] == []


@pytest.mark.parametrize(
    ("columns", "migrations", "words"),
    [
        ({"vendor": "oracle"}, [], "is of oracle"),
        ({}, ["engine.0999_of_tomorrow"], "newer release"),
    ],
)
def test_a_backup_that_does_not_fit(columns: dict[str, str], migrations: list[str], words: str) -> None:
    found = Contents(migrations, {}, [])
    manifest = Manifest("", "1", connection.vendor, 0, found, {})
    with pytest.raises(RestoreError, match=words):
        restoring._require_fit(replace(manifest, **columns))  # type: ignore[arg-type]  # of the right types


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the version of PostgreSQL")
def test_a_backup_of_a_newer_server_and_programs_of_an_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest("", "1", "postgresql", 99, Contents([], {}, []), {})
    with pytest.raises(RestoreError, match="is of PostgreSQL 99"):
        restoring._require_fit(manifest)
    monkeypatch.setattr(postgres, "_major", lambda _program: 9)
    with pytest.raises(BackupError, match="its pg_dump is of PostgreSQL 9"):
        postgres.require_programs()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the version of PostgreSQL")
def test_programs_of_a_newer_release_than_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pg_restore 17 does for PostgreSQL 16, they set what the server has never heard of."""
    text, _blob = a_book()
    made = back_up(tmp_path / "one.backup")
    run = postgres._run

    def newer(command: list[str | Path], trouble: type[BackupError | RestoreError]) -> None:
        run(command, trouble)
        if script := next((str(word)[7:] for word in command[1:] if str(word).endswith("script.sql")), ""):
            head = "SET setting_of_tomorrow = 0;\n"
            if Path(str(command[0])).name == "pg_restore":
                Path(script).write_text(head + Path(script).read_text())

    monkeypatch.setattr(postgres, "_run", newer)
    restore(made.path, force=True)
    assert ChapterRevision.objects.get().sha256 == text


def test_encrypted_with_the_kept_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "secret", lambda _name: "")
    (tmp_path / "secrets_key").write_text("the old key")
    recipient = make_key(tmp_path / "key")
    made = back_up(tmp_path / "one.backup", recipient)
    assert check(made.path, tmp_path / "key") == made.manifest
    with pytest.raises(RestoreError, match="--key"):
        check(made.path)
    (tmp_path / "secrets_key").write_text("the key of a new machine")
    restore(made.path, tmp_path / "key", force=True)
    assert (tmp_path / "secrets_key").read_text() == "the old key"
    assert (tmp_path / "secrets_key.replaced").read_text() == "the key of a new machine"


def test_keys_are_only_in_encrypted_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "secret", lambda _name: "")
    (tmp_path / "secrets_key").write_text("the key")
    made = back_up(tmp_path / "one.backup")
    assert "keys/secrets_key" not in made.manifest.members


def test_keys_of_the_environment_are_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "secret", lambda _name: "from the environment")
    (tmp_path / "secrets_key").write_text("forgotten")
    made = back_up(tmp_path / "one.backup", make_key(tmp_path / "key"))
    assert "keys/secrets_key" not in made.manifest.members


def test_a_backup_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    """Two rows are always written together; each backup has both or neither."""
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with transaction.atomic():
                run = rows.run()
                rows.unit(run=run)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [back_up(tmp_path / f"{number}.backup").manifest.contents.counts for number in range(3)]
    finally:
        stop.set()
        writer.join()
    assert [one["runs"] for one in counts] == [one["units"] for one in counts]
    assert counts[0]["runs"] < counts[-1]["runs"]


def test_nothing_is_pruned_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = store.put(b"nobody's")
    path = store.path_of(blob)
    removed = threading.Event()

    def remove() -> None:
        store.remove(path, path.stat().st_mtime + 1, lambda _name: False)
        removed.set()

    pruner = threading.Thread(target=remove)

    def dump(path: Path) -> Contents:
        pruner.start()
        assert not removed.wait(0.2)
        path.write_bytes(b"rows")
        return Contents([], {}, [])

    monkeypatch.setattr(sqlite, "dump", dump)
    monkeypatch.setattr(postgres, "dump", dump)
    made = back_up(tmp_path / "one.backup")
    pruner.join()
    assert removed.is_set()
    assert f"blobs/{blob}" in made.manifest.members


def test_a_failed_backup_leaves_nothing_and_raises_the_alert(
    tmp_path: Path, settings: Settings, hints: Callable[..., object]
) -> None:
    settings.ALERT_EMAILS = ["ops@example.org"]
    settings.ALERT_BACKUP_FILE = str(tmp_path / "last")
    place = tmp_path / "backups"
    place.mkdir()
    settings.BACKUP_RECIPIENT = "nonsense"
    with pytest.raises(CommandError, match="BACKUP_RECIPIENT"):
        call_command("backup", str(place))
    assert list(place.iterdir()) == []
    assert not (tmp_path / "last").exists()
    assert Alert.objects.get().state == "firing"
    settings.BACKUP_RECIPIENT = ""
    told = StringIO()
    call_command("backup", str(place), stdout=told)
    assert "read again: whole" in told.getvalue()
    new = tmp_path / "not" / "there-yet"  # a folder by its looks, so each night's backup stays
    call_command("backup", str(new), stdout=told)
    assert [path.name.endswith(".tar.gz") for path in new.iterdir()] == [True]
    assert (tmp_path / "last").exists()
    assert Alert.objects.get().state == "resolved"


def test_a_file_that_is_lost_is_told(tmp_path: Path, settings: Settings) -> None:
    settings.ALERT_BACKUP_FILE = str(tmp_path / "last")
    _text, blob = a_book()
    store.path_of(blob).write_bytes(b"damaged")
    with pytest.raises(CommandError, match="1 stored files were missing or damaged"):
        call_command("backup", str(tmp_path / "one.backup"), stdout=StringIO())
    assert not (tmp_path / "last").exists()
    assert check(tmp_path / "one.backup").lost == [blob]  # what there was is in it all the same


def test_what_was_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "unpacked", lambda _file: None)  # as if the disk had kept something else
    with pytest.raises(BackupError, match="isn't what is on the disk"):
        back_up(tmp_path / "one.backup")
    assert list(tmp_path.glob("*one.backup*")) == []


def test_a_backup_is_never_written_over(tmp_path: Path) -> None:
    back_up(tmp_path / "one.backup")
    with pytest.raises(BackupError, match="is there already"):
        back_up(tmp_path / "one.backup")
