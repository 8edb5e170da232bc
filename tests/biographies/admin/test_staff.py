"""The door before the desk: who was logged out while writing comes back to where they were."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.fakes import rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("http://testserver/admin/books/1/?revision=2#s3", "/admin/books/1/?revision=2"),
        ("http://testserver/admin/books/1/", "/admin/books/1/"),
        ("https://evil.example/admin/books/1/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_a_deed_after_the_session_has_ended_leads_back_to_its_page(before: str, wanted: str) -> None:
    finding = rows.finding()
    address = reverse("desk:finding", args=[finding.job_id, finding.pk])
    answer = Client(headers={"referer": before}).post(address, {"how": "dismiss", "reason": "A joke."})
    assert answer.status_code == 302
    door = urlsplit(answer["Location"])
    assert (door.path, parse_qs(door.query)["next"]) == (reverse("admin:login"), [wanted])
    finding.refresh_from_db()
    assert finding.status == "open"


def test_a_page_that_was_asked_for_is_shown_after_the_login() -> None:
    address = reverse("desk:book", args=[rows.job().pk])
    assert Client().get(address)["Location"] == f"{reverse('admin:login')}?next={address}"
