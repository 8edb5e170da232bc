"""The OpenAPI page says what the API does: each answer is held against the schema it publishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from sources import checking
from tests.fakes import rows, works

pytestmark = pytest.mark.once

Api = Callable[..., APIClient]
TOKENS = re.compile("/api/v1/(token|oauth/)")
Schema = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Schema:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    return dict(generator.get_schema(public=True))  # type: ignore[no-untyped-call]


def test_the_schema_is_valid_and_without_warnings(tmp_path: Any) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def strict(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as a JSON schema that refuses what it doesn't name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items() if key != "nullable"}
    if "properties" in made:
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


def check(schema: Schema, answer: Any, path: str, method: str = "get") -> None:
    """The answer is one that the schema announces for this operation."""
    responses = schema["paths"][f"/api/v1{path}"][method]["responses"]
    kind = answer.headers["Content-Type"].partition(";")[0]
    content = responses.get(str(answer.status_code), responses["default"])["content"]
    assert kind in content, f"{answer.status_code} {kind} isn't announced: {list(content)}"
    jsonschema.validate(
        answer.json(), strict(content[kind]["schema"]) | {"components": strict(schema["components"])}
    )


JOB = "/biographies/{job_id}"


@pytest.mark.django_db
def test_answers_are_as_announced(api: Api, chief: User, started: BiographyJob, schema: Schema) -> None:
    client, base = api(chief), "/api/v1"
    check(schema, client.get(f"{base}/status"), "/status")
    check(schema, client.get(f"{base}/biographies"), "/biographies")
    check(schema, api().get(f"{base}/biographies"), "/biographies")
    check(schema, client.post(f"{base}/biographies", {"character": "Bo"}), "/biographies", "post")
    check(schema, client.post(f"{base}/biographies", {"nonsense": 1}), "/biographies", "post")
    url = f"{base}/biographies/{started.pk}"
    check(schema, client.post(f"{url}/pause"), f"{JOB}/pause", "post")
    check(schema, client.post(f"{url}/pause"), f"{JOB}/pause", "post")
    check(schema, client.post(f"{url}/resume"), f"{JOB}/resume", "post")
    works.finished(started, chief)
    for word in ("", "/status", "/chapters", "/sources", "/suggestions", "/exports", "/events"):
        check(schema, client.get(url + word), JOB + word)
    for word in ("/estimate", "/cost", "/outline", "/logs", "/findings", "/facts", "/timeline"):
        asked = client.get(url + word)
        assert asked.status_code == 200, asked.content
        check(schema, asked, JOB + word)
    export = started.exports.get()
    check(
        schema,
        client.post(f"{url}/exports/{export.pk}/link", {}),
        f"{JOB}/exports/{{export_id}}/link",
        "post",
    )
    chapter = started.chapters.get(chapter_number=1)
    one, path = f"{url}/chapters/{chapter.pk}", f"{JOB}/chapters/{{chapter_id}}"
    check(schema, client.get(one), path)
    for word in ("revisions", "revisions/{number}", "compare", "citations", "findings"):
        asked = client.get(
            f"{one}/{word.format(number=1)}", {"from": 1, "to": 1} if word == "compare" else {}
        )
        assert asked.status_code == 200
        check(schema, asked, f"{path}/{word}")
    check(schema, client.patch(one, {"title": "x"}), path, "patch")
    check(schema, client.post(f"{one}/approve", {"sha256": "0" * 64}), f"{path}/approve", "post")
    check(schema, client.post(f"{one}/regenerate", {}), f"{path}/regenerate", "post")
    new = rows.job(owner=chief)
    rows.judged("found", job=new, found="finder", finder="openalex", decision="suggested")
    wish = {"decision": "accepted", "numbers": [1]}
    suggestions = f"{base}/biographies/{new.pk}/suggestions"
    check(schema, client.patch(suggestions, wish), f"{JOB}/suggestions", "patch")
    check(
        schema,
        client.patch(f"{suggestions}/1", {"decision": "declined"}),
        f"{JOB}/suggestions/{{number}}",
        "patch",
    )
    added = client.post(f"{base}/biographies/{new.pk}/sources", {"urls": ["https://example.org"]})
    assert added.status_code == 201
    check(schema, added, f"{JOB}/sources", "post")
    lost = rows.export(job=new, blob=store.put(b"x"))
    store.path_of(lost.blob).unlink()
    gone = client.get(f"{base}/biographies/{new.pk}/exports/{lost.pk}/download")
    check(schema, gone, f"{JOB}/exports/{{export_id}}/download")


@pytest.mark.django_db
def test_answers_beside_the_books_are_as_announced(api: Api, chief: User, schema: Schema) -> None:
    client, base = api(chief), "/api/v1"
    made = client.post(f"{base}/collections", {"name": "Cartographers"})
    check(schema, made, "/collections", "post")
    one, path = f"{base}/collections/{made.json()['id']}", "/collections/{collection_id}"
    check(schema, client.post(f"{one}/import", {"text": "Ada\nAda\nBo"}), f"{path}/import", "post")
    check(schema, client.post(f"{one}/next"), f"{path}/next", "post")
    check(schema, client.get(f"{one}/people"), f"{path}/people")
    check(schema, client.get(f"{base}/collections"), "/collections")
    wish = {"urls": ["ftp://example.org/"]}
    check(schema, client.post(f"{base}/sources/validate", wish), "/sources/validate", "post")
    begun = client.post(f"{base}/sources/validations", wish)
    check(schema, begun, "/sources/validations", "post")
    checking.sweep()
    told = client.get(f"{base}/sources/validations/{begun.json()['check_id']}")
    assert told.json()["finished"]
    check(schema, told, "/sources/validations/{check_id}")
    check(schema, client.post(f"{base}/ws-ticket"), "/ws-ticket", "post")


@pytest.mark.django_db
def test_every_example_goes_through(api: Api, chief: User, schema: Schema) -> None:
    """Those that name rows of somebody's book are refused for that, and for nothing else."""
    job = rows.job(owner=chief)
    chapter = rows.written(job=job)
    finding = rows.finding(job=job, revision=chapter.current_revision)
    export = rows.export(job=job, blob=store.put(b"x"))
    collection = rows.collection(owner=chief)
    names = {"job_id": job.pk, "chapter_id": chapter.pk, "finding_id": finding.pk, "export_id": export.pk}
    names |= {"collection_id": collection.pk, "image_id": rows.image(job=job).pk}
    sent = []
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for body in _examples(operation):
                headers = {"If-Match": '"v1"'}
                answer = getattr(api(chief), method)(path.format(**names), body, headers=headers)
                sent.append(operation["operationId"])
                told = (operation["operationId"], answer.content)
                assert answer.status_code < 300 or answer.json()["code"] == "illegal_state", told
    assert len(sent) >= 12


def _examples(operation: Schema) -> list[Any]:
    content = operation.get("requestBody", {}).get("content", {})
    examples = content.get("application/json", {}).get("examples", {})
    return [one["value"] for one in examples.values()]


def test_the_check_itself_can_fail(schema: Schema) -> None:
    class Answer:
        status_code = 200
        headers = {"Content-Type": "application/json"}

        @staticmethod
        def json() -> Any:
            return {"job_id": "x", "surprise": True}

    with pytest.raises(jsonschema.ValidationError):
        check(schema, Answer(), JOB)


def test_a_key_is_how_one_gets_in(schema: Schema) -> None:
    assert schema["components"]["securitySchemes"]["apiKey"] == {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
    }
    # With a name and password, or a client's secret, one gets a token; there is no key yet.
    paths = {path: one for path, one in schema["paths"].items() if not TOKENS.match(path)}
    assert len(schema["paths"]) - len(paths) == 5
    # A link to a file is made to be opened without one.
    assert "security" not in paths.pop("/api/v1/files/{token}")["get"]
    operations = [one for path in paths.values() for one in path.values()]
    assert all({"apiKey": []} in one["security"] for one in operations)


@pytest.mark.django_db
def test_the_schema_and_the_page_are_served(api: Api) -> None:
    assert api().get("/api/schema/").status_code == 200
    page = api().get("/api/docs/")
    assert page.status_code == 200
    script = api().get("/api/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle" in script.content
