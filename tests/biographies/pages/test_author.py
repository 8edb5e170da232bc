"""The author's page: the own book and nothing else, by a link that expires and can be revoked."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biographies import talking
from biographies.models import BiographyJob, Comment
from biographies.pages import sealing
from bookgen_site.accounts.models import User
from bookgen_site.env import BASE_DIR
from bookgen_site.lib import clock, limits, store
from bookgen_site.lib.text import clean_text
from notifications.author_links import ensure_link, link_for, make_link, revoke_link, token_of
from notifications.models import AuditEntry, AuthorLink, Delivery, Event
from tests.fakes import rows

HOSTILE = [
    text
    for line in (BASE_DIR / "tests/data/hostile_texts.jsonl").read_text().splitlines()
    # A lone surrogate can't come through a form.
    if (text := json.loads(line).get("text")) and not any("\ud800" <= char <= "\udfff" for char in text)
]


@pytest.fixture
def job(editor: User) -> BiographyJob:
    """A book that its author reads along."""
    return rows.job(owner=editor, shares_chapters=True, author_email="ada@example.org", status="needs_review")


def opened(job: BiographyJob, **more: Any) -> tuple[Client, str]:
    """A browser without an account, and the token of a new link."""
    link = make_link(job_id=job.pk, by=job.owner, name="Ada", **more)
    return Client(), token_of(link)


def page(token: str, name: str = "book", *args: Any) -> str:
    """The address of one of the pages."""
    return reverse(f"author:{name}", args=[token, *args])


@pytest.mark.django_db
def test_it_shows_the_book_and_keeps_the_link_to_its_holder(job: BiographyJob) -> None:
    chapter = rows.written(job=job, title="The Harbour")
    client, token = opened(job)
    answer = client.get(page(token))
    html = answer.content.decode()
    assert "Ada Quill" in html
    assert page(token, "chapter", chapter.pk) in html
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "private, no-store")
    assert answer["X-Robots-Tag"].startswith("noindex")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not answer.cookies
    assert "/admin/" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["revoked", "expired", "another key", "no such book", "made up"])
def test_a_link_that_opens_nothing_looks_the_same(
    job: BiographyJob, editor: User, settings: Any, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    client, token = opened(job, days=5)
    assert client.get(page(token)).status_code == 200
    if why == "revoked":
        assert revoke_link(link=AuthorLink.objects.get(), by=editor)
        assert not revoke_link(link=AuthorLink.objects.get(), by=editor)
    elif why == "expired":
        later = clock.now() + dt.timedelta(days=5, seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)
    elif why == "another key":
        settings.SECRET_KEY = "another"
    elif why == "no such book":
        job.delete()
    else:
        token = "A" * 43
    answer = client.get(page(token))
    assert answer.status_code == 404
    assert b"This link opens nothing" in answer.content
    assert client.post(page(token, "write"), {"text": "x"}).status_code == 404
    assert not Event.objects.filter(kind="answer").exists()


@pytest.mark.django_db
def test_only_the_hash_of_the_token_is_stored(job: BiographyJob) -> None:
    _client, token = opened(job)
    (row,) = AuthorLink.objects.values()
    assert len(token) == 43
    assert token not in str(row)
    assert token not in str(list(AuditEntry.objects.values()))


@pytest.mark.django_db
def test_chapters_are_shown_only_where_the_job_shares_them(job: BiographyJob) -> None:
    mine, foreign = rows.written(job=job), rows.written(job=rows.job(shares_chapters=True))
    empty = rows.chapter(job=job)
    client, token = opened(job)
    assert client.get(page(token, "chapter", mine.pk)).status_code == 200
    for other in (foreign.pk, empty.pk, 10**9):
        assert client.get(page(token, "chapter", other)).status_code == 404
    BiographyJob.objects.update(shares_chapters=False)
    assert client.get(page(token, "chapter", mine.pk)).status_code == 404
    told = client.post(page(token, "comment", mine.pk), {"text": "x", "sha256": mine.current_revision.sha256})
    assert told.status_code == 404
    assert page(token, "chapter", mine.pk) not in client.get(page(token)).content.decode()


@pytest.mark.django_db
def test_a_comment_on_a_sentence_reaches_the_editors(job: BiographyJob) -> None:
    text = "Ada Quill was born in Leith. She drew maps. She died old."
    section = rows.written(job=job)
    revision = rows.revision(chapter=section, text=text, number=2)
    section.current_revision = revision
    section.save()
    client, token = opened(job)
    said = {"text": "Say which maps.", "sentence": "2", "sha256": revision.sha256, "quote": "forged"}
    answer = client.post(page(token, "comment", section.pk), said)
    assert answer["Location"].endswith("?said=1#s2")
    (comment,) = Comment.objects.all()
    assert (comment.quote, comment.offset) == ("She drew maps.", text.index("She drew"))
    assert (comment.author, comment.author_name, comment.revision) == (None, "Ada", revision)
    (mail,) = Delivery.objects.filter(kind="comment")
    assert mail.address == "editor@example.org"
    assert "Say which maps." in client.get(page(token, "chapter", section.pk)).content.decode()
    entry = AuditEntry.objects.get(action="comment")
    assert (entry.actor, entry.actor_id) == ("Ada", None)


@pytest.mark.django_db
def test_questions_and_answers_go_both_ways(job: BiographyJob, editor: User) -> None:
    client, token = opened(job)
    talking.ask_author(job=job, by=editor, text="When was the journey?")
    assert "When was the journey?" in client.get(page(token)).content.decode()
    assert client.post(page(token, "write"), {"text": "In spring."})["Location"].endswith("#talk")
    client.post(page(token, "write"), {"text": "  "})
    assert [one.payload["text"] for one in talking.conversation(job.pk)] == [
        "When was the journey?",
        "In spring.",
    ]
    assert set(Delivery.objects.values_list("kind", "address")) == {
        ("question", "ada@example.org"),
        ("answer", "editor@example.org"),
    }


@pytest.mark.django_db
def test_files_come_when_the_book_is_ready(job: BiographyJob) -> None:
    export = rows.export(job=job, blob=store.put(b"the book"))
    foreign = rows.export(blob=store.put(b"another"))
    client, token = opened(job)
    assert client.get(page(token, "file", export.pk)).status_code == 404
    BiographyJob.objects.filter(pk=job.pk).update(status="completed", progress=100, completed_at=clock.now())
    answer = client.get(page(token, "file", export.pk))
    assert b"".join(answer.streaming_content) == b"the book"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(page(token, "file", foreign.pk)).status_code == 404


@pytest.mark.django_db
def test_who_tries_links_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.memory.clear()
    monkeypatch.setattr(sealing, "GUESSES", 2)
    client = Client()
    codes = [client.get(page(f"{number}" * 43)).status_code for number in range(4)]
    assert codes == [404, 404, 429, 429]


@pytest.mark.django_db
def test_in_the_language_of_the_book(job: BiographyJob) -> None:
    BiographyJob.objects.update(language="es")
    client, token = opened(job)
    answer = client.get(page(token), HTTP_ACCEPT_LANGUAGE="en")
    assert answer["Content-Language"] == "es"
    assert 'lang="es"' in answer.content.decode()


@pytest.mark.django_db
def test_letters_make_a_link_once_and_never_against_a_person(job: BiographyJob, editor: User) -> None:
    for _time in range(2):
        ensure_link(job_id=job.pk, name="Ada", address="Ada@example.org")
    link = link_for(job.pk, "ada@example.org")
    assert link is not None
    assert AuthorLink.objects.count() == 1
    revoke_link(link=link, by=editor)
    ensure_link(job_id=job.pk, name="Ada", address="ada@example.org")
    assert link_for(job.pk, "ada@example.org") is None


@pytest.mark.django_db
def test_hostile_texts_break_nothing(job: BiographyJob) -> None:
    section = rows.written(job=job)
    client, token = opened(job)
    for number, text in enumerate(HOSTILE[:: max(1, len(HOSTILE) // 25)]):
        limits.memory.clear()
        BiographyJob.objects.update(character=clean_text(text, multiline=False)[:255] or "x")
        said = {"text": text, "sentence": text, "sha256": section.current_revision.sha256}
        assert client.post(page(token, "comment", section.pk), said).status_code == 302, number
        assert client.post(page(token, "write"), {"text": text}).status_code == 302, number
    for address in (page(token), page(token, "chapter", section.pk)):
        html = client.get(address).content.decode()
        assert "<script>" not in html
        assert "onerror=" not in html.replace("&quot;", "").split("<main")[0]
