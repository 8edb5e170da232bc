"""The tab for the author and the mail: links, questions, messages and what can be done with each."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications.author_links import token_of
from notifications.models import AuthorLink, Delivery, Event
from tests.fakes import rows

pytestmark = pytest.mark.once


def at_the_desk(user: User) -> Client:
    """A browser of somebody who may use the desk."""
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.mark.django_db
def test_an_editor_makes_a_link_shares_asks_and_sends_again(editor: User) -> None:
    job = rows.job(owner=editor, author_email="ada@example.org")
    client = at_the_desk(editor)
    for deed, sent in (("link", {"name": "Ada"}), ("share", {"shares": "on"}), ("ask", {"text": "When?"})):
        assert client.post(reverse("desk:author-do", args=[job.pk, deed]), sent).status_code == 302
    job.refresh_from_db()
    link, mail = AuthorLink.objects.get(), Delivery.objects.get()
    assert (job.shares_chapters, mail.kind, Event.objects.get(kind="question").payload["text"]) == (
        *(True, "question"),
        "When?",
    )
    page = client.get(reverse("desk:author", args=[job.pk])).content.decode()
    assert token_of(link) in page
    assert "When?" in page
    Delivery.objects.update(state="sent", sent_at=clock.now())
    assert client.get(reverse("desk:mail", args=[job.pk, mail.pk])).status_code == 200
    letter = client.get(reverse("desk:mail-letter", args=[job.pk, mail.pk]))
    assert b"<style" not in letter.content
    assert "unsafe" not in letter["Content-Security-Policy"]
    client.post(reverse("desk:mail-again", args=[job.pk, mail.pk]))
    assert Delivery.objects.get().state == "waiting"
    client.post(reverse("desk:author-do", args=[job.pk, "revoke"]), {"link": link.pk})
    assert AuthorLink.objects.get().revoked_at is not None


@pytest.mark.django_db
def test_who_only_reads_sees_no_link_and_does_nothing(writer: User, editor: User) -> None:
    job = rows.job(author_email=writer.email)
    link = rows.author_link(job_id=job.pk)
    mail = rows.delivery(job_id=job.pk)
    client = at_the_desk(writer)
    page = client.get(reverse("desk:author", args=[job.pk])).content.decode()
    assert token_of(link) not in page
    stranger = at_the_desk(rows.person(roles.EDITOR))
    for who in (client, stranger):
        assert who.post(reverse("desk:author-do", args=[job.pk, "link"])).status_code == 404
        assert who.get(reverse("desk:mail", args=[job.pk, mail.pk])).status_code == 404
        assert who.post(reverse("desk:mail-again", args=[job.pk, mail.pk])).status_code == 404
    assert AuthorLink.objects.count() == 1
