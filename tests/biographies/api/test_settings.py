"""A biography's settings over HTTP: narrowed lists, orders that are sent twice, changes, deletion."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, store
from engine.models import Unit
from notifications.models import AuditEntry
from sources.models import Source
from sources.pruning import prune
from tests.fakes import rows

pytestmark = pytest.mark.django_db
URL = "/api/v1/biographies"
Api = Callable[..., APIClient]


def test_the_list_is_narrowed_by_phase_and_time_and_ordered(api: Api, editor: User) -> None:
    for name, day, phase in (("Cy", 3, ""), ("Ada", 1, "export"), ("Bo", 2, "export")):
        job = rows.job(owner=editor, character=name, current_phase=phase)
        BiographyJob.objects.filter(pk=job.pk).update(created_at=f"2026-01-0{day}T12:00Z")
    client = api(editor)

    def names(**query: str) -> list[str]:
        return [one["character"] for one in client.get(URL, query).json()["results"]]

    assert names() == ["Cy", "Bo", "Ada"]
    assert names(order="created_at") == names(order="character") == ["Ada", "Bo", "Cy"]
    assert names(phase="export", order="-character") == ["Bo", "Ada"]
    assert names(created_after="2026-01-02") == ["Cy", "Bo"]
    assert names(created_after="2026-01-02T12:00:00Z", created_before="2026-01-03") == ["Bo"]
    for wrong in ({"phase": "dreaming"}, {"order": "owner"}, {"created_after": "soon"}):
        assert client.get(URL, wrong).json()["errors"].keys() == wrong.keys()


@pytest.mark.parametrize("order", ["created_at", "-created_at", "character", "-character", "-updated_at"])
def test_pages_of_every_order_tell_each_biography_once(api: Api, editor: User, order: str) -> None:
    made = {str(rows.job(owner=editor, character=name).pk) for name in ("A", "B", "A", "A", "C")}
    client, url, told = api(editor), f"{URL}?limit=2&order={order}", []
    while url:
        page = client.get(url).json()
        told += [one["job_id"] for one in page["results"]]
        url = page["next"]
    assert (len(told), set(told)) == (5, made)


def test_an_order_that_is_sent_twice_is_made_once(api: Api, editor: User) -> None:
    client, key = api(editor), {"Idempotency-Key": "8f4c"}
    first = client.post(URL, {"character": "Ada Quill"}, headers=key)
    second = client.post(URL, {"character": "Ada Quill"}, headers=key)
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    other = client.post(URL, {"character": "Bo Reed"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    for wrong in ("", "x" * 256, "a b"):
        answer = client.post(URL, {"character": "Bo"}, headers={"Idempotency-Key": wrong})
        assert answer.json()["errors"].keys() == {"Idempotency-Key"}
    assert BiographyJob.objects.count() == 1


def test_settings_are_changed_until_the_start(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    client, url = api(editor), f"{URL}/{job.pk}"
    wish = {"character": "Bo Reed", "wanted_chapters": 7, "outline_review": True, "author_name": "A. Writer"}
    answer = client.patch(url, wish)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in wish} == wish
    assert client.patch(url, {"wanted_chapters": 0}).json()["errors"].keys() == {"wanted_chapters"}
    assert client.patch(url, {"status": "completed"}).json()["errors"].keys() == {"status"}
    BiographyJob.objects.filter(pk=job.pk).update(status="running")
    late = client.patch(url, {"author_name": "Late", "wanted_chapters": 8})
    assert (late.status_code, late.json()["code"]) == (409, "illegal_state")
    assert client.get(url).json()["author_name"] == "A. Writer"
    assert client.patch(url, {"author_name": "Late"}).json()["author_name"] == "Late"
    done = AuditEntry.objects.filter(job_id=job.pk, action="change_details")
    assert {name for entry in done for name in entry.after} == {*wish}


def test_a_budget_is_for_who_approves(api: Api, editor: User, chief: User) -> None:
    job = rows.job(owner=editor)
    url = f"{URL}/{job.pk}"
    assert api(editor).patch(url, {"budget_micros": 5}).status_code == 403
    assert api(chief).patch(url, {"budget_micros": 5}).status_code == 200
    job.refresh_from_db()
    assert job.budget_micros == 5


def test_a_change_may_name_the_state_that_was_read(api: Api, editor: User) -> None:
    job = rows.job(owner=editor)
    client, url = api(editor), f"{URL}/{job.pk}"
    tag = client.get(url).headers["ETag"]
    assert client.patch(url, {"description": "one"}, headers={"If-Match": tag}).status_code == 200
    stale = client.patch(url, {"description": "two"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    for other in ('"v0"', 'W/"v1"', "nonsense", '"v0", nonsense', f'W/{tag}, "v0"', ","):
        assert client.patch(url, {"description": "x"}, headers={"If-Match": other}).status_code == 412
    # A door that compresses the answer makes its tag weak; and a list may hold the present state anywhere.
    for version, its in enumerate(('W/"v%d"', '"v1", "v%d"', 'W/"v%d", "v1"'), start=2):
        answer = client.patch(url, {"description": its}, headers={"If-Match": its % version})
        assert answer.status_code == 200
    assert client.patch(url, {"description": "three"}, headers={"If-Match": "*"}).status_code == 200


def test_deleting_takes_the_files_that_nobody_else_has(
    api: Api,
    editor: User,
    hints: list[tuple[str, str]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    job = rows.job(owner=editor, status="failed")
    own, shared = store.put(b"own"), store.put(b"shared")
    for blob in (own, shared):
        rows.source(job=job, blob=blob)
        os.utime(store.path_of(blob), (0, 0))
    rows.source(blob=shared)
    with django_capture_on_commit_callbacks(execute=True):
        assert api(editor).delete(f"{URL}/{job.pk}").status_code == 204
    assert ("sources.prune", str(job.pk)) in hints
    prune()
    assert [store.path_of(blob).exists() for blob in (own, shared)] == [False, True]
    assert not Source.objects.filter(job_id=job.pk).exists()
    assert AuditEntry.objects.get(job_id=job.pk, action="delete_job").before == {"status": "failed"}
    assert api(editor).get(f"{URL}/{job.pk}").status_code == 404


@pytest.mark.parametrize("status", ["running", "exporting"])
def test_what_is_being_made_is_not_deleted(api: Api, editor: User, status: str) -> None:
    job = rows.job(owner=editor, status=status)
    assert api(editor).delete(f"{URL}/{job.pk}").json()["code"] == "illegal_state"


def test_a_paused_job_is_deleted_when_its_last_unit_has_ended(api: Api, editor: User) -> None:
    job = rows.job(owner=editor, status="paused")
    soon = clock.now().replace(year=clock.now().year + 1)
    unit = rows.unit(run=rows.run(job=job), status="leased", worker="w", lease_until=soon)
    client = api(editor)
    assert client.delete(f"{URL}/{job.pk}").status_code == 409
    Unit.objects.filter(pk=unit.pk).update(status="done", result={})
    assert client.delete(f"{URL}/{job.pk}").status_code == 204


def test_an_editor_with_whom_it_is_shared_does_not_delete_it(api: Api, editor: User) -> None:
    job = rows.job()
    job.shared_with.add(editor)
    answer: Any = api(editor).delete(f"{URL}/{job.pk}")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
