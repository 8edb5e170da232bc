"""What docs/api.md shows is run as it stands there, with curl, against a live server."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from drf_spectacular.generators import SchemaGenerator
from pytest_django.live_server_helper import LiveServer

from bookgen_site.accounts import roles
from bookgen_site.accounts.keys import make_key
from bookgen_site.accounts.models import ApiKey, TokenFamily, User
from bookgen_site.accounts.oauth import make_client
from bookgen_site.problems import AWAY, BROKEN, MALFORMED, OTHERS
from tests.engine import standing
from tests.fakes import rows
from tests.fakes.pictures import drawing
from tests.fakes.programs import needs

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```bash\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
PASSWORD = "a long enough password"

needs_curl = needs("curl")


def run(block: str, server: LiveServer, **variables: str) -> str:
    """What a block prints; every line of it must go well."""
    told = {**os.environ, "BASE": f"{server.url}/api/v1", **variables}
    script = f"set -euo pipefail\n{block}"
    done = subprocess.run(
        ["bash", "-c", script], env=told, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def block(word: str) -> str:
    """The one block that has this word."""
    (found,) = [one for one in BLOCKS if word in one]
    return str(found)


@pytest.fixture
def user(db: None) -> User:
    made = rows.person(roles.EDITOR)
    made.set_password(PASSWORD)
    made.save()
    return made


@needs_curl
@pytest.mark.django_db(transaction=True)
def test_logging_in_refreshing_and_logging_out(live_server: LiveServer, user: User) -> None:
    rows.job(owner=user, character="Ada Quill")
    told = run(block("/token/refresh"), live_server, NAME=user.username, PASSWORD=PASSWORD)
    assert json.loads(told)["results"][0]["character"] == "Ada Quill"
    assert TokenFamily.objects.get(user=user).revoked_at is not None


@needs_curl
@pytest.mark.django_db(transaction=True)
def test_client_credentials(live_server: LiveServer, user: User) -> None:
    client, secret = make_client(user=user, name="a program", scopes="read")
    told = run(block("client_credentials"), live_server, CLIENT_ID=client.client_id, CLIENT_SECRET=secret)
    assert json.loads(told) == {"next": None, "previous": None, "results": []}
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_every_block_is_a_script(number: int) -> None:
    subprocess.run(["bash", "-n"], input=BLOCKS[number], text=True, check=True)


@needs_curl
@pytest.mark.django_db(transaction=True)
def test_a_text_is_changed_under_the_condition_that_it_was_read(live_server: LiveServer, user: User) -> None:
    chapter = standing.book(owner=user)
    _key, plain = make_key(user=user, name="a program")
    told = {"KEY": plain, "JOB": str(chapter.job_id), "CHAPTER": str(chapter.pk)}
    changed = json.loads(run(block("If-Match"), live_server, **told))
    assert changed["revision"]["text"] == "She was born in Leith."


@needs_curl
@pytest.mark.django_db(transaction=True)
def test_an_image_is_sent_with_its_words(live_server: LiveServer, user: User, tmp_path: Path) -> None:
    (tmp_path / "pier.png").write_bytes(drawing())
    _key, plain = make_key(user=user, name="a program")
    told = {"KEY": plain, "JOB": str(rows.job(owner=user).pk), "PICTURE": str(tmp_path / "pier.png")}
    made = json.loads(run(block("PICTURE"), live_server, **told))
    assert (made["caption"], made["chapter"], made["filename"]) == ("The pier at Leith, 1840", 3, "pier.png")


def test_every_address_is_listed_with_its_methods() -> None:
    """A stranger works from this document alone; webhooks have one of their own."""
    listed = {
        (method, address.partition("?")[0])
        for methods, addresses in re.findall(r"^\| ([A-Z, ]+) \| (`.+?`) \|", DOCUMENT, re.MULTILINE)
        for method in methods.split(", ")
        for address in re.findall(r"`(.+?)`", addresses)
    }
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    answered = {
        (method.upper(), _in_short(path))
        for path, operations in schema["paths"].items()
        for method in {"get", "post", "put", "patch", "delete"} & operations.keys()
        if "/webhooks" not in path
    }
    assert answered - listed == set()


def _in_short(path: str) -> str:
    path = path.replace("/api/v1/biographies/{job_id}", "JOB").replace("{number}", "<number>")
    return re.sub(r"\{\w+\}", "<id>", path.replace("{token}", "<token>"))


def test_every_code_is_listed() -> None:
    """Programs live by the codes: none is answered that the document doesn't tell."""
    listed = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    codes = {row.code for row in (*OTHERS, AWAY, BROKEN, MALFORMED)}
    ours = {"forbidden", "illegal_state", "stale", "cannot_start", "refused", "invalid", "bad_source"}
    ours |= {
        "precondition_required",
        "idempotency_key_reused",
        "nobody_left",
        "link_expired",
        "format_unavailable",
    }
    frameworks = {
        *("parse_error", "not_authenticated", "authentication_failed", "not_found", "method_not_allowed"),
        *("not_acceptable", "unsupported_media_type", "throttled", "insufficient_scope"),
    }
    assert codes | ours | frameworks <= listed
