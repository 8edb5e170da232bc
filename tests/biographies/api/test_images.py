"""Images over HTTP: sent, changed under If-Match, taken out, fetched; what is no picture is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from biographies.models import BiographyJob, Image
from bookgen_site.accounts.models import User
from tests.fakes import rows
from tests.fakes.pictures import CAMERA, drawing, photograph

pytestmark = pytest.mark.django_db
WORDS = {"place": "opening", "chapter": 2, "alt": "A pier", "rights": "public domain", "credit": "J. Doe"}
Api = Callable[[User], APIClient]


@pytest.fixture
def job(chief: User) -> BiographyJob:
    return rows.job(owner=chief)


def _sent(client: APIClient, job: BiographyJob, data: bytes, **words: Any) -> Any:
    body = WORDS | words | {"file": SimpleUploadedFile("../pier.jpg", data)}
    return client.post(f"/api/v1/biographies/{job.pk}/images", body, format="multipart")


def test_an_image_from_its_file_to_its_end(api: Api, chief: User, job: BiographyJob) -> None:
    client, base = api(chief), f"/api/v1/biographies/{job.pk}/images"
    made = _sent(client, job, photograph())
    told = made.json()
    assert (made.status_code, made.headers["ETag"]) == (201, '"v1"')
    assert (told["width"], told["height"], told["filename"], told["chapter"]) == (40, 60, "pier.jpg", 2)
    assert _sent(client, job, photograph()).status_code == 200  # the same picture again
    assert client.get(base).json() == [told]
    one = f"{base}/{told['id']}"
    file = client.get(f"{one}/file")
    data = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert (file.headers["Content-Type"], CAMERA.encode() in data) == ("image/jpeg", False)
    changed = client.patch(one, {"caption": "The pier"}, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.json()["caption"], changed.headers["ETag"]) == (
        200,
        "The pier",
        '"v2"',
    )
    for stale in (
        client.patch(one, {"caption": "x"}, headers={"If-Match": '"v1"'}),
        client.delete(one, headers={"If-Match": '"v1"'}),
    ):
        assert stale.status_code == 412
    assert client.delete(one, headers={"If-Match": '"v2"'}).status_code == 204
    assert client.get(f"{one}/file").status_code == 404


@pytest.mark.parametrize(
    ("data", "words", "field"),
    [
        (drawing(), {"alt": ""}, "alt"),
        (drawing(), {"rights": ""}, "rights"),
        (drawing(), {"place": "cover"}, "place"),
        (drawing(), {"chapter": ""}, "chapter"),
        (drawing(), {"place": "frontispiece"}, "chapter"),
        (drawing(), {"colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_names_its_field(
    api: Api, chief: User, job: BiographyJob, data: bytes, words: dict[str, str], field: str
) -> None:
    answer = _sent(api(chief), job, data, **words)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload='alert(1)'/>", drawing(size=(300, 300))[:-60], b"\xff\xd8\xff" * 9]
)
def test_what_is_no_picture_is_refused_in_words(
    api: Api, chief: User, job: BiographyJob, data: bytes
) -> None:
    answer = _sent(api(chief), job, data)
    assert answer.status_code in (400, 422)
    assert "pier.jpg" in answer.json()["detail"]
    assert ".." not in answer.json()["detail"].replace("…", "")
