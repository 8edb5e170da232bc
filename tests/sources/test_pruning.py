"""The store is freed of what nothing needs, and of nothing else, whoever writes meanwhile."""

from __future__ import annotations

import os
import threading
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from biographies.admin.uploads import KEPT_FOR
from bookgen_site.lib import store
from notifications.models import AuditEntry
from sources import pruning
from sources.pruning import DAY, GRACE, Pruned, prune
from sources.readings import read
from sources.tasks import prune as prune_task
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def kept(data: bytes, age: float, room: str = store.NAMED) -> str:
    """A blob that was last put so many seconds ago."""
    digest = store.put(data, room)
    then = time.time() - age
    os.utime(store.path_of(digest, room), (then, then))
    return digest


def there(digest: str, room: str = store.NAMED) -> bool:
    return store.path_of(digest, room).exists()


def test_what_no_row_names_goes_once_it_is_old() -> None:
    source, export = kept(b"a source", 90 * DAY), kept(b"a book", 90 * DAY)
    forgotten, fresh = kept(b"forgotten", GRACE + 60), kept(b"on its way to a row", GRACE - 60)
    job = rows.job()
    rows.source(job=job, blob=source)
    job.exports.create(format="docx", blob=export, filename="a.docx", size=6, words=1)
    assert prune() == Pruned(files=1, readings=0, size=len(b"forgotten"))
    assert [there(one) for one in (source, export, forgotten, fresh)] == [True, True, False, True]
    assert AuditEntry.objects.get(action="prune").after == {"files": 1, "readings": 0, "bytes": 9}
    assert prune() == Pruned()
    assert AuditEntry.objects.filter(action="prune").count() == 1
    job.delete()
    assert prune().files == 2


def test_a_half_filled_form_keeps_its_uploads() -> None:
    assert GRACE > KEPT_FOR + DAY / 2


def test_what_is_put_again_is_as_good_as_new() -> None:
    digest = kept(b"again", 90 * DAY)
    store.put(b"again")
    assert prune() == Pruned()
    assert there(digest)


def test_readings_go_after_a_day_and_what_was_half_written_too() -> None:
    old, new = kept(b"{}", DAY + 60, store.SPARE), kept(b"[]", DAY - 60, store.SPARE)
    draft = store.path_of(kept(b"x", 0)).with_name(".half.1.ab")
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))
    assert prune() == Pruned(files=1, readings=1, size=6)
    assert (there(old, store.SPARE), there(new, store.SPARE), draft.exists()) == (False, True, False)


def test_a_pruned_reading_is_read_again() -> None:
    blob = store.put(" ".join(rows.TEXTS).encode())
    first = read(blob, "a.txt")
    for path in store.older_than(time.time() + 60, store.SPARE):
        path.unlink()
    assert read(blob, "a.txt") == first


def test_a_writer_that_comes_in_the_middle_finds_its_file_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """It puts the same bytes right after they were looked up: it waits for the lock, and writes them anew."""
    digest = kept(b"the same bytes", 90 * DAY)
    writers: list[threading.Thread] = []

    def named_by_nobody_yet(_digest: str) -> bool:
        writer = threading.Thread(target=store.put, args=(b"the same bytes",))
        writer.start()
        writers.append(writer)
        writer.join(0.1)
        return False

    monkeypatch.setattr(pruning, "_is_named", named_by_nobody_yet)
    prune()
    for writer in writers:
        writer.join(5)
    assert len(writers) == 1
    assert store.get(digest) == b"the same bytes"


def test_a_row_that_comes_in_the_middle_keeps_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the listing and the deletion somebody names an old file."""
    digest = kept(b"named late", 90 * DAY)

    def listed_before(*_args: object) -> list[Path]:
        rows.source(blob=digest)
        return [store.path_of(digest)]

    monkeypatch.setattr(store, "older_than", listed_before)
    assert prune() == Pruned()
    assert there(digest)


def test_a_file_that_cannot_go_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = [kept(data, 90 * DAY) for data in (b"one", b"two")]
    stuck = store.path_of(digests[0])
    monkeypatch.setattr(
        store,
        "remove",
        lambda path, *more, real=store.remove: _refuse() if path == stuck else real(path, *more),
    )
    assert prune().files == 1
    assert [there(one) for one in digests] == [True, False]


def _refuse() -> int:
    raise PermissionError("read-only")


def test_the_command_and_the_task_tell_what_went() -> None:
    kept(b"x" * 2_000_000, 90 * DAY)
    told = StringIO()
    call_command("prune", stdout=told)
    assert told.getvalue().splitlines()[-1] == "Removed: files 1, readings 0; freed: 2.0 MB."
    assert prune_task() == 0
