"""A line says which service, request and job it is about, and holds no secret."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from bookgen_site.lib import logs
from bookgen_site.lib.masking import Masker
from bookgen_site.middleware import MachinesMiddleware, RequestIdMiddleware

TOKEN = "N4o-dGhlLXRva2VuLW9mLWFuLWF1dGhvci1saW5rXzE2"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"Not Found: /book/{TOKEN}/chapters/7/", "Not Found: /book/***/chapters/7/"),
        ("GET /file/eyJmaWxlIjoxfQ:1vOkLm:aBcDeFgHiJ 200", "GET /file/*** 200"),
        (f"/mail/{TOKEN}/", "/mail/***/"),
        (f"/api/v1/files/{TOKEN}", "/api/v1/files/***"),
        (f"/ws/notifications/?job_id=5&ticket={TOKEN}", "/ws/notifications/?job_id=5&ticket=***"),
        ("postgres://bookgen:s3cr3t!@db:5432/bookgen", "postgres://bookgen:***@db:5432/bookgen"),
        ("redis://default:pa%2Fss@redis:6379/0", "redis://default:***@redis:6379/0"),
        ("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer ***"),
        ("https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/***"),
        ("https://discord.com/api/webhooks/1/abc-def", "https://discord.com/api/webhooks/***"),
        ("key bg_0123456789abcdefghij is bad", "key bg_*** is bad"),
        ("sk-or-" + "v1-0123456789abcdef", "sk-***"),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJ4In0.c2lnbmF0dXJl", "eyJ***"),
        # What is no secret stays, so that logs tell something.
        ("/admin/books/7bf5d5a9-1919-4776-a81a-953b9abc7b22/", None),
        ("https://example.org/book/short-title/", None),
        ("https://example.org:8443/a?page=2&status=200", None),
        ("12:30:59 the basic idea", None),
    ],
)
def test_masked_by_its_shape(line: str, shown: str | None) -> None:
    assert Masker()(line) == (line if shown is None else shown)


def test_masked_by_its_value() -> None:
    masked = Masker(["a known “secret”", "pass", ""])
    assert masked('the key is "a known “secret”", pass') == 'the key is "***", pass'
    assert masked(json.dumps({"x": "a known “secret”"})) == '{"x": "***"}'


@pytest.mark.parametrize(
    ("arguments", "service"),
    [
        (["/x/bin/gunicorn", "-b", "0.0.0.0:8000", "bookgen_site.wsgi:application"], "api"),
        (["/x/site-packages/gunicorn/__main__.py", "-w", "1"], "api"),
        (["/x/site-packages/daphne/__main__.py", "-p", "1"], "api"),
        (["/x/bin/celery", "-A", "bookgen_site", "worker"], "worker"),
        (["/x/site-packages/celery/__main__.py", "-A", "bookgen_site", "beat"], "beat"),
        (["manage.py", "serve"], "serve"),
        (["/x/manage.py", "work_unit", "7", "3"], "worker"),
        (["manage.py", "migrate"], "command"),
    ],
)
def test_services_are_known_by_how_they_are_started(arguments: list[str], service: str) -> None:
    assert logs.service_of(arguments) == service


@pytest.mark.parametrize(
    ("service", "level"), [("api", "DEBUG"), ("worker", "ERROR"), ("beat", "ERROR"), ("command", "WARNING")]
)
def test_each_service_has_its_level(service: str, level: str) -> None:
    told = {"of_all": "warning", "of_api": "debug", "of_workers": "ERROR"}
    assert logs.level_of(service, **told) == level


@pytest.mark.parametrize("of_all", ["", "loud"])
def test_a_level_that_does_not_exist_is_the_usual_one(of_all: str) -> None:
    assert logs.level_of("api", of_all=of_all, of_api="shrill", of_workers="") == "INFO"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a service of a team writes, with a secret that the settings know; everything is put back afterwards."""
    kept, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    told = logs.structlog_settings("json", "INFO", service="api", known=["known-secret-42"])
    stream = io.StringIO()
    told["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(told)
    structlog.configure(cache_logger_on_first_use=False)
    yield stream
    structlog.configure(**kept)
    structlog.contextvars.clear_contextvars()
    root.handlers, root.level = handlers, level


def told(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_without_secrets(lines: io.StringIO) -> None:
    try:
        raise ValueError(f"known-secret-42 at /book/{TOKEN}/")
    except ValueError:
        structlog.get_logger("x").exception("broke", password="p", note="known-secret-42", number=7)
    logging.getLogger("django.request").warning("Not Found: %s", f"/book/{TOKEN}/")
    first, second = told(lines)
    assert (first["event"], first["service"], first["number"], first["password"]) == (
        "broke",
        "api",
        7,
        "***",
    )
    assert "ValueError: *** at /book/***/" in first["exception"]
    assert second["event"] == "Not Found: /book/***/"
    assert "known-secret-42" not in lines.getvalue()


def test_a_request_binds_its_ids(lines: io.StringIO) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        middleware.process_view(request, None, (), {"job_id": 5})
        logging.getLogger("biographies").info("inside")
        return HttpResponse("x", status=202)

    middleware = RequestIdMiddleware(view)
    answer = middleware(RequestFactory().post(f"/book/{TOKEN}/write/"))
    inside, request = told(lines)
    assert inside["job_id"] == request["job_id"] == "5"
    assert inside["request_id"] == request["request_id"] == answer["X-Request-Id"]
    assert (request["method"], request["path"], request["status"]) == ("POST", "/book/***/write/", 202)


@pytest.mark.parametrize(("proxies", "taken"), [(0, False), (1, True)])
def test_the_proxys_id_counts_only_behind_one(settings: Settings, proxies: int, taken: bool) -> None:
    settings.TRUSTED_PROXIES = proxies
    told = "0123456789abcdef0123456789abcdef"
    request = RequestFactory().get("/", headers={"X-Request-Id": told})
    answer = RequestIdMiddleware(lambda _request: HttpResponse("x"))(request)
    assert (answer["X-Request-Id"] == told) is taken
    strange = RequestFactory().get("/", headers={"X-Request-Id": "a\tb"})
    assert RequestIdMiddleware(lambda _request: HttpResponse("x"))(strange)["X-Request-Id"] != "a\tb"


@pytest.mark.parametrize(("path", "host"), [("/metrics", "books.example.org"), ("/admin/", "10.0.0.9:8000")])
def test_machines_come_by_any_name(settings: Settings, path: str, host: str) -> None:
    settings.ALLOWED_HOSTS = [".example.org", "books.example.org", "localhost"]
    request = RequestFactory().get(path, headers={"Host": "10.0.0.9:8000"})
    MachinesMiddleware(lambda _request: HttpResponse("x"))(request)
    assert request.META["HTTP_HOST"] == host
