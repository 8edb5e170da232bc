"""Letters: which event becomes which, to whom and when; what a mail is made of; and what the servers say of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailRecipientsRefused
from anymail.signals import tracking
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from biographies.file_links import close_links
from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.env import BASE_DIR
from bookgen_site.lib import clock, mail_files, store
from notifications import digest
from notifications.deliver import deliver_due
from notifications.events import ChapterReady, Completion, PhaseChange, Question, StatusChange
from notifications.letters.kinds import LetterKind
from notifications.letters.mailing import message_of
from notifications.models import Delivery, Subscription, SuppressedAddress
from notifications.publish import publish
from notifications.signing import DOWNLOAD, stop_token
from notifications.suppression import suppress
from notifications.transports import email
from notifications.transports.base import Gone, Later, Unwanted
from tests.fakes import rows
from tests.faults.mail import MailServer

MOVED = StatusChange(before="pending", status="running")


@pytest.fixture
def job(editor: User) -> BiographyJob:
    """A book with an author who has an address."""
    return rows.job(owner=editor, author_email="ada@example.org", author_name="Ada")


def told(job: BiographyJob) -> set[tuple[str, str]]:
    """Who was told what."""
    return set(Delivery.objects.filter(job_id=job.pk).values_list("address", "kind"))


@pytest.mark.django_db
def test_each_event_becomes_its_letters(job: BiographyJob, editor: User) -> None:
    ada, ed = "ada@example.org", "editor@example.org"
    rows.person(roles.CHIEF_EDITOR, email="chief@example.org")
    for event, expected in (
        (MOVED, {(ada, "book_started")}),
        (PhaseChange(phase="chapter_generation", progress=15), {(ada, "outline_ready")}),
        (PhaseChange(phase="export", progress=95), set()),
        (
            StatusChange(before="running", status="needs_review"),
            {(ada, "chapters_ready"), (ed, "review_waiting"), ("chief@example.org", "review_waiting")},
        ),
        (StatusChange(before="running", status="paused", reason=""), set()),
        (ChapterReady(chapter=1, title="One", words=9), set()),
        (ChapterReady(chapter=1, title="One", words=9, origin="edited", by=editor.username),
         {("chief@example.org", "chapter_changed")}),
        (Question(text="When?", by=editor.username), {(ada, "question")}),
    ):  # fmt: skip
        Delivery.objects.all().delete()
        publish(job.pk, event)
        assert told(job) == expected, event


@pytest.mark.django_db
def test_an_address_gets_its_mail_as_it_wishes(job: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    now = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    Subscription.objects.create(address="ada@example.org", pace="daily", muted=["outline_ready"])
    publish(job.pk, MOVED)
    publish(job.pk, PhaseChange(phase="chapter_generation", progress=15))
    publish(job.pk, StatusChange(before="running", status="needs_review"))
    publish(job.pk, Question(text="When?", by="x"))
    mine = Delivery.objects.filter(address="ada@example.org")
    assert {(row.kind, row.state) for row in mine} == {
        ("book_started", "held"), ("chapters_ready", "held"), ("question", "waiting"),
    }  # fmt: skip
    assert digest.release_due() == 0
    now += dt.timedelta(hours=19)
    assert (digest.release_due(), digest.release_due()) == (1, 0)
    together = mine.get(kind="digest")
    assert {row.kind for row in together.holds.all()} == {"book_started", "chapters_ready"}
    mail.outbox.clear()
    deliver_due()
    (message,) = [one for one in mail.outbox if "2 pieces" in one.subject]
    assert "Your book about Ada Quill has been started" in message.body


@pytest.mark.django_db
def test_every_letter_in_both_languages_with_its_headers(settings: Any) -> None:
    payload = {
        "role": "author", "name": "Ada", "character": "Ada Quill", "shows_chapters": True, "title": "T", "text": "x",
        "told": {"by": "ed", "text": "When?", "words": 9000, "files": ["a.docx"], "reason": "No money.", "title": "One",
                 "chapter": 1, "percent": 80, "spent_micros": 8, "budget_micros": 10},
        "items": [],
    }  # fmt: skip
    settings.SITE_URL = "https://books.example.org"
    for role in ("author", "editor"):
        for language in ("en", "es", "fr"):
            for kind in LetterKind:
                row = rows.delivery(kind=kind.value, language=language, payload=payload | {"role": role})
                message = message_of(row)
                whole = message.message()
                html = str(message.alternatives[0][0])
                assert message.body
                assert "style=" in html
                assert "prefers-color-scheme" in html
                assert whole["Message-ID"] == f"<{row.uid.hex}.0@localhost>"
                stop = f"<https://books.example.org{reverse('author:stop', args=[stop_token(row.uid)])}>"
                assert "".join(whole["List-Unsubscribe"].split()) == stop
                assert whole["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def hostile() -> Iterator[str]:
    """Texts that do harm where they aren't cleaned."""
    yield from (
        "x\r\nBcc: evil@example.org",
        "x\nSubject: y",
        "<script>alert(1)</script>",
        "\u2028Bcc: a@b.c",
    )
    for line in (BASE_DIR / "tests/data/hostile_texts.jsonl").read_text().splitlines():
        yield json.loads(line).get("text") or "x"


@pytest.mark.django_db
def test_no_name_or_title_becomes_a_header_or_markup() -> None:
    base = rows.delivery(kind="comment")
    plain = sorted(message_of(Delivery(**_columns(base, "x"))).message().keys())
    for text in hostile():
        message = message_of(Delivery(**_columns(base, text)))
        whole = message.message()
        assert sorted(whole.keys()) == plain, text
        assert "\n" not in message.subject
        assert len(message.subject) <= 150
        assert "<script>" not in str(message.alternatives[0][0])
        assert whole.as_bytes()


def _columns(row: Delivery, text: str) -> dict[str, Any]:
    payload = {
        "role": "editor",
        "name": text,
        "character": text,
        "told": {"by": text, "title": text, "chapter": 1},
    }
    return {
        "uid": row.uid,
        "job_id": row.job_id,
        "kind": "comment",
        "address": "a@example.org",
        "payload": payload,
    }


@pytest.mark.django_db
def test_an_address_with_a_header_in_it_fails_for_good() -> None:
    row = rows.delivery(address="a@example.org\nBcc: c@example.org")
    deliver_due()
    row.refresh_from_db()
    assert (row.state, len(mail.outbox)) == ("failed", 0)


@pytest.mark.django_db
def test_one_click_stops_the_mail_of_a_book_and_looking_doesnt(job: BiographyJob) -> None:
    publish(job.pk, MOVED)
    row = Delivery.objects.get()
    address = reverse("author:stop", args=[stop_token(row.uid)])
    client = Client(enforce_csrf_checks=True)
    assert b"ada@example.org" in client.get(address).content
    assert not SuppressedAddress.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "dropped"  # it hadn't been sent yet
    publish(job.pk, Question(text="When?", by="x"))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"dropped"}
    other = rows.job(author_email="ada@example.org")
    publish(other.pk, MOVED)
    assert Delivery.objects.get(job_id=other.pk).state == "waiting"
    client.post(address, {"choice": "at_once"})
    assert not SuppressedAddress.objects.exists()
    client.post(address, {"choice": "kinds", "kind": ["question"]})
    assert "book_started" in Subscription.objects.get().muted
    assert client.get(address[:-3] + "x/").status_code == 404


@pytest.mark.django_db
def test_what_a_provider_tells_later_is_shown_and_obeyed(job: BiographyJob) -> None:
    row = rows.delivery(state="sent", sent_at=clock.now(), provider_id="abc", address="Ada@example.org")

    def tell(word: str, **more: Any) -> str:
        event = {
            "event_type": word,
            "message_id": "abc",
            "metadata": {},
            "mta_response": "said",
            "description": "",
        }
        tracking.send(sender=None, event=SimpleNamespace(**(event | more)), esp_name="X")
        row.refresh_from_db()
        return row.tracked

    assert tell("delivered") == "delivered"
    assert tell("deferred") == "delivered"  # old news
    assert tell("opened", message_id="", metadata={"delivery": str(row.uid)}) == "opened"
    assert tell("bounced", message_id="somebody else's") == "opened"
    assert not SuppressedAddress.objects.exists()
    assert tell("bounced") == "bounced"
    assert SuppressedAddress.objects.get().address == "ada@example.org"
    assert isinstance(email.send(row), Unwanted)


def file_link(job: BiographyJob, site: str) -> str:
    """The path of the link in the letter that tells the author of a finished file."""
    mail.outbox.clear()
    publish(job.pk, Completion(files=("ada.docx",), words=9))
    deliver_due()
    (message,) = [one for one in mail.outbox if one.to == ["ada@example.org"]]
    (url,) = [line for line in str(message.body).splitlines() if "/file/" in line]
    return url.removeprefix(site)


@pytest.mark.django_db
def test_closing_all_links_of_a_book_closes_those_in_letters_too(
    job: BiographyJob, editor: User, settings: Any
) -> None:
    rows.export(job=job, blob=store.put(b"the book"), filename="ada.docx")
    for _time in range(2):  # a book whose links were closed once is like any other
        path = file_link(job, settings.SITE_URL)
        assert Client().get(path).status_code == 200
        close_links(job=job, by=editor)
        assert Client().get(path).status_code == 404
        sent_again = message_of(Delivery.objects.filter(kind=LetterKind.BOOK_READY).latest("id"))
        assert path in str(sent_again.body)  # the letter, shown or sent again, opens nothing either


@pytest.mark.django_db
def test_a_link_of_an_earlier_release_opens_until_the_links_are_closed(
    job: BiographyJob, editor: User
) -> None:
    rows.export(job=job, blob=store.put(b"the book"), filename="ada.docx")
    until = int((clock.now() + dt.timedelta(days=1)).timestamp())
    path = reverse("author:download", args=[DOWNLOAD.sign_object([str(job.pk), "ada.docx", until])])
    assert Client().get(path).status_code == 200
    close_links(job=job, by=editor)
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_every_line_of_a_quotation_is_set_in(job: BiographyJob) -> None:
    publish(job.pk, Question(text="Did she answer?\n\nAnd when?", by="editor"))
    (row,) = Delivery.objects.filter(kind=LetterKind.QUESTION)
    lines = str(message_of(row).body).splitlines()
    assert {"    Did she answer?", "    And when?"} <= set(lines)
    assert "And when?" not in lines


@pytest.mark.django_db
def test_a_finished_file_by_its_link_for_some_days(
    job: BiographyJob, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    rows.export(job=job, blob=store.put(b"the book"), filename="ada.docx")
    path = file_link(job, settings.SITE_URL)
    answer = Client().get(path)
    assert b"".join(answer.streaming_content) == b"the book"  # type: ignore[attr-defined]
    assert Client().get(path[:-4] + "abc/").status_code == 404
    later = clock.now() + dt.timedelta(days=settings.DOWNLOAD_LINK_DAYS, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_what_a_mail_server_says_decides(settings: Any) -> None:
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.3
    row = rows.delivery()
    try:
        answers = {}
        for server.habit in ("ok", "busy", "closing", "hang"):
            answers[server.habit] = email.send(row)
        gone = email.send(rows.delivery(address="gone@example.org"))
    finally:
        server.stop()
    assert [type(one).__name__ for one in answers.values()] == ["Sent", "Later", "Later", "Later"]
    assert [getattr(one, "whole_lane", None) for one in answers.values()] == [None, False, True, True]
    assert isinstance(gone, Gone)
    assert isinstance(refused := email.send(row), Later)
    assert refused.whole_lane
    assert [message_id for message_id, _to in server.taken] == [f"<{row.uid.hex}.0@localhost>"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "expected", "whole"),
    [
        (AnymailRecipientsRefused(), Gone, None),
        (AnymailConfigurationError("no key"), Later, True),
        (AnymailAPIError("away"), Later, True),
    ],
)
def test_what_a_provider_answers_decides(
    monkeypatch: pytest.MonkeyPatch, error: Exception, expected: type, whole: bool | None
) -> None:
    def fail(_self: EmailMessage, **_more: Any) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    outcome = email.send(rows.delivery())
    assert isinstance(outcome, expected)
    assert getattr(outcome, "whole_lane", None) is whole


@pytest.mark.django_db
def test_without_a_mail_server_a_mail_is_one_file_however_often_it_is_sent(
    settings: Any, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "bookgen_site.lib.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    row = rows.delivery()
    for _time in range(2):
        email.send(row)
    (file,) = (tmp_path / "mail").iterdir()
    assert file == mail_files.path_of(f"<{row.uid.hex}.0@localhost>")
    assert file.stat().st_mode & 0o077 == 0
    assert mail_files.path_of("<../../etc/passwd@x>").name == "unknown.eml"


@pytest.mark.django_db
def test_suppressing_twice_is_once() -> None:
    assert suppress(address="A@example.org", scope="", reason="unsubscribed")
    assert not suppress(address="a@example.org", scope="", reason="bounced")
