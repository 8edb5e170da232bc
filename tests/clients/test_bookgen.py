"""The command-line client against a live server."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from sources.models import Source
from tests.fakes import rows

Run = Callable[..., int]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def client() -> ModuleType:
    """The file as it is, without being installed."""
    spec = importlib.util.spec_from_file_location(
        "bookgen_client", Path(__file__).parents[2] / "clients" / "bookgen.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bookgen_client"] = module
    spec.loader.exec_module(module)
    module.EVERY = 0.02  # type: ignore[attr-defined]
    return module


@pytest.fixture
def person(db: None) -> User:
    return rows.person(roles.EDITOR)


@pytest.fixture
def run(client: ModuleType, live_server: LiveServer, person: User, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("BOOKGEN_URL", live_server.url)
    monkeypatch.setenv("BOOKGEN_API_KEY", make_key(user=person, name="client")[1])
    monkeypatch.setenv("COLUMNS", "200")

    def told(*arguments: object) -> int:
        status: int = client.main([str(one) for one in arguments])
        return status

    return told


def test_create_with_files(
    run: Run, person: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "memoir.txt", tmp_path / "letters.txt"
    one.write_text(rows.story(1))
    two.write_text(rows.story(2))
    status = run("create", "Ada Quill", "--file", one, "--file", two, "--chapters", 3, "--no-start")
    assert status == 0
    job = BiographyJob.objects.get()
    assert capsys.readouterr().out.strip() == str(job.pk)
    assert (job.owner, job.character, job.wanted_chapters) == (person, "Ada Quill", 3)
    assert job.status == JobStatus.PENDING
    assert set(Source.objects.values_list("filename", flat=True)) == {"memoir.txt", "letters.txt"}


def test_create_and_start(run: Run) -> None:
    assert run("create", "Ada Quill", "--source", "https://example.org/quill") == 0
    assert BiographyJob.objects.get().status == JobStatus.RUNNING


def test_what_the_server_refuses_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("create", "Ada Quill", "--words", 1) == 1
    assert "wanted_words" in capsys.readouterr().err
    assert not BiographyJob.objects.exists()
    assert run("create", "Ada Quill", "--file", "/nowhere/x.txt") == 1
    assert "no file" in capsys.readouterr().err
    assert run("follow", "11111111-1111-1111-1111-111111111111") == 1
    assert "nothing here" in capsys.readouterr().err


def test_follow_until_somebody_is_needed(
    run: Run, client: ModuleType, person: User, capsys: pytest.CaptureFixture[str]
) -> None:
    job = rows.job(owner=person, status=JobStatus.RUNNING, progress=15, current_phase="chapter_generation")
    changes: list[dict[str, Any]] = [{"progress": 60}, {"status": "needs_review", "progress": 95}]
    sleep = iter(changes)
    moved: list[dict[str, Any]] = []

    def meanwhile(_seconds: float) -> None:
        change = next(sleep)
        moved.append(change)
        BiographyJob.objects.filter(pk=job.pk).update(**change)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(client.time, "sleep", meanwhile)
        assert run("follow", job.pk) == 0
    assert len(moved) == 2
    told = capsys.readouterr().out
    assert "needs review" in told
    assert "95%" in told
    assert "waits for your approval" in told


def test_a_failed_book_is_status_3(run: Run, person: User, capsys: pytest.CaptureFixture[str]) -> None:
    job = rows.job(owner=person, status=JobStatus.FAILED, error_message="Too few \x1b[31msources.")
    assert run("follow", job.pk, "--wait") == 3
    told = capsys.readouterr().out
    assert "Too few" in told
    assert "\x1b[31msources" not in told


def test_list(run: Run, person: User, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):
        rows.job(owner=person, character=f"Person [{number}]")
    rows.job(character="somebody else's")
    assert run("list", "--most", 55) == 0
    told = capsys.readouterr().out
    assert told.count("Person [") == 55
    assert "Person [59]" in told
    assert "somebody else's" not in told


def test_ids_stay_whole_on_a_narrow_screen(
    run: Run, person: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    job = rows.job(
        owner=person, character="Frederick Augustus Washington Bailey", status=JobStatus.NEEDS_REVIEW
    )
    assert run("list") == 0
    told = capsys.readouterr().out
    assert str(job.pk) in told
    assert "needs_review" in told
    assert all(len(line.rstrip()) <= 80 for line in told.splitlines())


def test_download(run: Run, person: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job = rows.job(owner=person)
    rows.export(job=job, blob=store.put(b"an older book"), filename="Ada Quill.docx")
    rows.export(job=job, blob=store.put(b"the book"), filename="../../Ada Quill.docx")
    assert run("download", job.pk, "--to", tmp_path / "books") == 0
    path = tmp_path / "books" / "Ada Quill.docx"
    assert path.read_bytes() == b"the book"
    assert capsys.readouterr().out.strip().endswith("Ada Quill.docx")
    assert [one.name for one in (tmp_path / "books").iterdir()] == ["Ada Quill.docx"]
    assert run("download", job.pk, "--format", "epub") == 1
    assert "no such file" in capsys.readouterr().err


def test_a_damaged_download_leaves_nothing(
    run: Run, client: ModuleType, person: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = rows.job(owner=person)
    rows.export(job=job, blob=store.put(b"the book"))
    whole = httpx.Response.iter_bytes

    def cut(answer: httpx.Response, *more: Any) -> Iterator[bytes]:
        return iter([b"the boo"]) if answer.url.path.endswith("download") else whole(answer, *more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(client.httpx.Response, "iter_bytes", cut)
        assert run("download", job.pk, "--to", tmp_path / "books") == 1
    assert "damaged" in capsys.readouterr().err
    assert list((tmp_path / "books").iterdir()) == []


def answering(client: ModuleType, *answers: httpx.Response | Exception) -> tuple[Any, list[float]]:
    """A server that gives these answers, and the waits between them."""
    left, waits = list(answers), list[float]()

    def answer(_request: httpx.Request) -> httpx.Response:
        one = left.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    server = client.Server("http://books.example", "bg_x")
    server.client = httpx.Client(transport=httpx.MockTransport(answer), base_url="http://books.example")
    client.time = type("Time", (), {"sleep": staticmethod(waits.append)})  # type: ignore[attr-defined]
    return server, waits


def test_it_waits_as_it_is_told(client: ModuleType) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"})
    server, waits = answering(client, busy, httpx.Response(503), httpx.Response(200, json={}))
    assert server.ask("POST", "biographies").status_code == 200
    assert waits == [7.0, 5.0]


def test_a_file_waits_as_it_is_told(client: ModuleType) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"})
    server, waits = answering(client, busy, httpx.Response(200, content=b"a book"))
    with server.stream("biographies/1/exports/1/download") as answer:
        assert answer.read() == b"a book"
    assert waits == [7.0]
    server, _waits = answering(client, httpx.Response(404))
    with pytest.raises(client.Refused, match="404"), server.stream("x"):
        pass


def test_only_reading_is_tried_again(client: ModuleType) -> None:
    gone = httpx.ConnectError("refused")
    server, waits = answering(client, gone, gone, httpx.Response(200, json={}))
    assert server.ask("GET", "biographies").status_code == 200
    assert len(waits) == 2
    server, waits = answering(client, gone)
    with pytest.raises(client.Refused, match="No answer"):
        server.ask("POST", "biographies")
    assert waits == []


def test_without_a_key_nothing_is_asked(
    client: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOOKGEN_URL", "http://127.0.0.1:1")
    monkeypatch.delenv("BOOKGEN_API_KEY", raising=False)
    with pytest.raises(SystemExit) as ended:
        client.main(["list"])
    assert ended.value.code == 2
    assert "BOOKGEN_API_KEY" in capsys.readouterr().err
