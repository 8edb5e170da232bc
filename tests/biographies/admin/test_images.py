"""The desk's tab of images: mistakes beside their fields, nothing typed or sent is lost, and no picture is a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from biographies.images import change_image
from biographies.models import BiographyJob, Image
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from tests.biographies.admin.makers import written_book
from tests.biographies.admin.test_chapters import hostile
from tests.fakes import rows
from tests.fakes.pictures import drawing

Login = Callable[[User], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = {"place": "opening", "chapter": "1", "alt": "A pier", "rights": "public domain"}


@pytest.fixture
def job(editor: User) -> BiographyJob:
    return written_book(editor, 1)


def _url(name: str, job: BiographyJob, *more: Any) -> str:
    return reverse(f"desk:{name}", args=[job.pk, *more])


def _upload(data: bytes = b"") -> dict[str, Any]:
    return {"file": SimpleUploadedFile("pier.png", data or drawing())}


def test_a_wrong_word_costs_neither_the_picture_nor_the_others(
    editor: User, as_user: Login, job: BiographyJob
) -> None:
    client = as_user(editor)
    page = client.post(_url("add-image", job), {**WORDS, **_upload(), "place": "frontispiece"})
    assert (page.status_code, Image.objects.count()) == (422, 0)
    assert page.context["form"].errors.keys() == {"chapter"}
    assert page.context["form"]["alt"].value() == "A pier"
    kept = {"kept": page.context["note"]}
    assert client.post(_url("add-image", job), {**WORDS, **kept}).status_code == 302
    assert Image.objects.get(job=job).filename == "pier.png"
    forged = {"kept": page.context["note"][:-3] + "abc"}
    assert client.post(_url("add-image", job), {**WORDS, **forged}).context["file_error"]


def test_what_is_no_picture_is_told_beside_the_file(editor: User, as_user: Login, job: BiographyJob) -> None:
    page = as_user(editor).post(_url("add-image", job), {**WORDS, **_upload(b"<svg onload='alert(1)'/>")})
    assert (page.status_code, Image.objects.count()) == (422, 0)
    assert "no JPEG and no PNG" in page.context["file_error"]
    assert f'data-refresh="{_url("images", job)}"' in page.content.decode()


def test_who_saw_an_older_image_changes_nothing(editor: User, as_user: Login, job: BiographyJob) -> None:
    image = rows.image(job=job, blob=store.put(drawing()))
    change_image(image=image, by=editor, caption="Theirs")
    told = {"version": "1"} | {f"image-{image.pk}-{name}": value for name, value in WORDS.items()}
    page = as_user(editor).post(_url("change-image", job, image.pk, "describe"), told, follow=True)
    assert "Somebody has changed this image" in page.content.decode()
    image.refresh_from_db()
    assert image.caption == "Theirs"


def test_a_picture_is_a_picture_and_nothing_else(editor: User, as_user: Login, job: BiographyJob) -> None:
    image = rows.image(job=job, blob=store.put(b"<script>alert(1)</script>"))
    answer = as_user(editor).get(_url("image-file", job, image.pk))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert (
        "script-src" in answer["Content-Security-Policy"]
        or "default-src" in answer["Content-Security-Policy"]
    )
    store.path_of(image.blob).unlink()
    assert as_user(editor).get(_url("image-file", job, image.pk)).status_code == 404


def test_hostile_words_are_words(editor: User, as_user: Login, job: BiographyJob) -> None:
    evil = hostile()[-200:]
    rows.image(job=job, caption=evil, credit=evil, alt=evil, rights=evil, filename=evil)
    page = as_user(editor).get(_url("images", job)).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") >= 4


def test_many_images_take_no_more_questions(
    editor: User, as_user: Login, job: BiographyJob, django_assert_max_num_queries: Any
) -> None:
    client = as_user(editor)
    client.get(_url("images", job))
    with django_assert_max_num_queries(30) as asked:
        client.get(_url("images", job))
    before = len(asked)
    for number in range(9):
        rows.image(job=job, chapter=1 + number % 2)
    with django_assert_max_num_queries(before):
        client.get(_url("images", job))
