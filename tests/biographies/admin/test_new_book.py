"""“New biography”: one form, one transaction; a mistake costs nothing that was entered or uploaded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from biographies.models import BiographyJob, StyleGuide
from bookgen_site.accounts.models import User
from engine.models import Run
from sources import demos
from sources.extracting import MAX_BYTES
from sources.models import Source
from tests.fakes.documents import swelling

pytestmark = pytest.mark.once

Login = Callable[[User], Client]
URL = "/admin/books/new/"


def _file(name: str = "letter.txt", data: bytes = b"Dear Ada, the bees are well.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _filled(**more: Any) -> dict[str, Any]:
    return {"once": "one-form", "character": "Ada Example", "language": "en", "author": "extractive"} | more


def _kept(page: Any) -> list[str]:
    return [note for _kept, note in page.context["kept"]]


def test_a_filled_form_makes_a_started_job(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    answer = client.post(
        URL,
        _filled(
            files=[_file(), _file("more.md", b"# More")],
            urls="https://example.org/a\n\n https://example.org/b ",
            wanted_chapters="7",
            wanted_words="20000",
        ),
    )
    job = BiographyJob.objects.get()
    assert answer["Location"] == reverse("desk:book", args=[job.pk])
    assert (job.status, job.owner, job.wanted_chapters, job.wanted_words) == ("running", editor, 7, 20000)
    assert Run.objects.filter(job=job).exists()
    found = set(Source.objects.filter(job=job).values_list("filename", "url"))
    assert {name for name, _url in found} == {"letter.txt", "more.md", ""}
    assert {"https://example.org/a", "https://example.org/b"} <= {url for _name, url in found}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"character": " "}, "This field is required"),
        ({"character": "x" * 256}, "at most 255"),
        ({"wanted_chapters": "0"}, "greater than or equal to 1"),
        ({"wanted_chapters": "many"}, "whole number"),
        ({"wanted_words": "7"}, "greater than or equal to 500"),
        ({"language": "tlh"}, "not one of the available choices"),
        ({"author": "model"}, "extractive author"),
        ({"urls": "ftp://example.org"}, "“ftp://example.org”"),
        ({"urls": "https://"}, "“https://”"),
    ],
)
def test_a_mistake_is_told_and_loses_nothing(
    editor: User, as_user: Login, wrong: dict[str, str], told: str
) -> None:
    client = as_user(editor)
    page = client.post(URL, _filled(description="A beekeeper.", files=[_file()]) | wrong)
    assert page.status_code == 422
    body = page.content.decode()
    assert told in body
    assert "A beekeeper." in body
    assert "letter.txt" in body
    assert not BiographyJob.objects.exists()
    assert client.post(URL, _filled(kept=_kept(page))).status_code == 302
    assert Source.objects.get().filename == "letter.txt"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (_file("photo.png", b"\x89PNG"), "no kind of file"),
        (_file("empty.txt", b""), "is empty"),
        (_file("photo.pdf", b"\x89PNG\r\n"), "“photo.pdf”: This is an image."),
        (_file("program.txt", b"MZ\x90\x00\x03" + bytes(200)), "“program.txt”: This file isn&#x27;t text."),
        (
            lambda: _file("bomb.docx", swelling()),
            "“bomb.docx”: This Word file grows too large when unpacked.",
        ),
        (_file("large.txt", b"x" * (MAX_BYTES + 1)), "is larger than"),
        (_file("sources.json", b"{"), "valid JSON"),
        (_file("sources.json", json.dumps({"sources": [{"file": "x" * 300}]}).encode()), "sources.json"),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_kept(
    editor: User, as_user: Login, bad: SimpleUploadedFile | Callable[[], SimpleUploadedFile], told: str
) -> None:
    client = as_user(editor)
    bad = bad if isinstance(bad, SimpleUploadedFile) else bad()
    page = client.post(URL, _filled(files=[_file(), bad]))
    if page.status_code == 302:  # a list that names what isn't there is no mistake worth stopping for
        assert bad.name == "sources.json"
        return
    assert told in page.content.decode()
    assert client.post(URL, _filled(kept=_kept(page))).status_code == 302
    assert Source.objects.get().filename == "letter.txt"


def test_an_unticked_file_is_left_out(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    page = client.post(URL, _filled(character="", files=[_file(), _file("more.txt", b"More.")]))
    notes = _kept(page)
    client.post(URL, _filled(kept=notes[1:]))
    assert Source.objects.get().filename == "more.txt"


def test_without_sources_nothing_is_made(editor: User, as_user: Login) -> None:
    page = as_user(editor).post(URL, _filled())
    assert "Add at least one source" in page.content.decode()
    assert not BiographyJob.objects.exists()


def test_a_list_of_sources_tells_who_wrote_what(editor: User, as_user: Login) -> None:
    listed = {"sources": [{"file": "letter.txt", "title": "A letter", "author": "Ben", "year": 1901}]}
    files = [_file("sources.json", json.dumps(listed).encode()), _file()]
    as_user(editor).post(URL, _filled(files=files))
    made = Source.objects.get()
    assert (made.title, made.author, made.date) == ("A letter", "Ben", "1901")


def test_pressing_twice_makes_one_book(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    first = client.post(URL, _filled(files=[_file()]))
    second = client.post(URL, _filled(files=[_file()]))
    assert second["Location"] == first["Location"]
    assert BiographyJob.objects.count() == 1


def test_notes_of_others_and_forged_ones_are_passed_over(
    editor: User, other_editor: User, as_user: Login
) -> None:
    page = as_user(other_editor).post(URL, _filled(character="", files=[_file()]))
    answer = as_user(editor).post(URL, _filled(kept=[*_kept(page), "forged", "", "a:b:c"]))
    assert "Add at least one source" in answer.content.decode()


def test_an_author_makes_no_books(author: User, as_user: Login) -> None:
    client = as_user(author)
    assert client.get(URL).status_code == 403
    assert client.post(URL, _filled(files=[_file()])).status_code == 403
    assert not BiographyJob.objects.exists()


def test_the_demo_subject_fills_the_form_and_becomes_a_book(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    folder = demos.demo_folders()[0]
    subject = json.loads((folder / "sources.json").read_text(encoding="utf-8"))["subject"]
    assert subject["name"] in client.get(URL).content.decode()
    page = client.post(URL, _filled(character="", demo=folder.name))
    form = page.context["form"]
    assert page.status_code == 200
    assert form["character"].value() == subject["name"]
    answer = client.post(URL, _filled(character=subject["name"], kept=_kept(page)))
    assert answer.status_code == 302
    job = BiographyJob.objects.get()
    assert job.sources.count() == len(page.context["kept"])
    assert not Source.objects.filter(job=job, title="").exists()


def test_only_shipped_folders_can_be_loaded(editor: User, as_user: Login) -> None:
    answer = as_user(editor).post(URL, _filled(demo="../../tests"))
    assert answer["Location"] == URL


def test_the_minimum_and_the_citation_style_are_asked(editor: User, as_user: Login) -> None:
    client = as_user(editor)
    client.post(URL, _filled(files=[_file()], min_sources="7", citation_style="apa"))
    job = BiographyJob.objects.get()
    assert (job.min_sources, job.citation_style) == (7, "apa")


def test_without_an_answer_the_mode_decides(editor: User, as_user: Login) -> None:
    as_user(editor).post(URL, _filled(files=[_file()], min_sources=""))
    job = BiographyJob.objects.get()
    assert (job.min_sources, job.citation_style) == (None, "chicago")


# --- what more can be asked, and the estimate


def test_everything_that_is_asked_reaches_the_job(chief: User, as_user: Login, settings: Settings) -> None:
    settings.MODEL_CONFIGURED = True
    guide = StyleGuide.objects.create(name="House", text="Short sentences.")
    asked = _filled(
        files=[_file()], author="model", length="standard", wanted_words="700", style_guide=guide.pk,
        style="No adjectives.", model_writer="gpt", budget="12,50", outline_review="on",
        author_name="A. Hand", author_email="hand@example.org", webhook_url="https://example.org/hook",
    )  # fmt: skip
    answer = as_user(chief).post(URL, asked)
    assert answer.status_code == 302, answer.context["form"].errors
    job = BiographyJob.objects.get()
    assert (job.wanted_chapters, job.wanted_words) == (20, 51_000)
    assert job.style == "Short sentences.\n\nNo adjectives."
    assert job.models_by_role == {"writer": "gpt"}
    assert (job.budget_micros, job.outline_review) == (12_500_000, True)
    assert (job.author_name, job.author_email) == ("A. Hand", "hand@example.org")
    assert job.webhook_url == "https://example.org/hook"
    guide.text = "Long sentences."
    guide.save()
    job.refresh_from_db()
    assert job.style.startswith("Short")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget", "much"),
        ("budget", "-1"),
        ("budget", "21"),
        ("webhook_url", "ftp://example.org"),
        ("webhook_url", "http://127.0.0.1/hook"),
        ("author_email", "nobody"),
        ("model_writer", "a/secret-model"),
        ("style_guide", "999"),
        ("length", "endless"),
        ("style", "x" * 1000),
    ],
)
def test_a_wrong_wish_is_told_at_its_field_and_kept(
    editor: User, as_user: Login, settings: Settings, field: str, value: str
) -> None:
    settings.MODEL_CONFIGURED = True
    settings.MODEL_BOOK_BUDGET_USD = 20
    page = as_user(editor).post(URL, _filled(files=[_file()], author="model") | {field: value})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert page.context["form"][field].value() == value
    assert not BiographyJob.objects.exists()


def _estimate(client: Client, **more: Any) -> str:
    answer = client.post("/admin/books/new/estimate/", _filled(**more))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_estimate_follows_the_form(editor: User, as_user: Login, settings: Settings) -> None:
    settings.MODEL_CONFIGURED = True
    settings.OPENROUTER_BASE_URL = "http://127.0.0.1:9/api/v1"  # nobody answers: the built-in prices
    settings.MODELS_BY_ROLE = dict.fromkeys(("planner", "writer", "checker"), "claude")
    client = as_user(editor)
    files = ["900000:a.txt", "60000:b.pdf", "5:sources.json", "nonsense", "٣:x.txt"]
    short = _cost(_estimate(client, author="model", chosen=files, length="short"))
    standard = _cost(_estimate(client, author="model", chosen=files, length="standard"))
    free = _cost(_estimate(client, author="model", chosen=files, length="standard", model_writer="free"))
    assert 0 < free < short < standard
    over = _estimate(client, author="model", chosen=files, length="standard", budget="0.01")
    assert "would pause" in over
    assert "nothing" in _estimate(client, chosen=files)
    assert "Add sources" in _estimate(client, author="model")
    assert "2 sources" in _estimate(client, chosen=files)
    assert "wants at least" in _estimate(client, chosen=files)
    assert "(58 of them to be found)" in _estimate(client, chosen=files, mode="hybrid")
    assert not BiographyJob.objects.exists()


def _cost(page: str) -> float:
    found = re.search(r'id="estimate-cost">\$([0-9.]+)<', page)
    assert found, page
    return float(found[1])


def test_the_button_estimates_without_a_script_and_loses_nothing(editor: User, as_user: Login) -> None:
    page = as_user(editor).post(
        URL, _filled(estimate="1", character="", files=[_file()], urls="https://a.example/")
    )
    assert page.status_code == 200
    assert not page.context["form"].errors
    assert len(_kept(page)) == 1
    assert page.context["estimate"].sources == 2
    assert "https://a.example/" in page.content.decode()


def test_only_who_makes_books_is_told_prices(author: User, as_user: Login) -> None:
    assert as_user(author).post("/admin/books/new/estimate/", _filled()).status_code == 403


def test_the_default_style_guide_is_chosen(editor: User, as_user: Login) -> None:
    guide = StyleGuide.objects.create(name="House", text="Short.", is_default=True)
    page = as_user(editor).get(URL).content.decode()
    assert f'<option value="{guide.pk}" selected>' in page
