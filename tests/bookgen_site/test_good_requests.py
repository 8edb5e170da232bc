"""The campaign's first requests (`tests/fuzz/good.py`) go through, every one, and there is one for each operation."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from bookgen_site.accounts import roles
from bookgen_site.accounts.keys import make_key
from tests.fakes import rows
from tests.fuzz import good

pytestmark = pytest.mark.django_db
FORM = good.FORMAT["form"]
METHODS = {"get", "post", "put", "patch", "delete"}


def test_every_operation_is_met_with_success() -> None:
    user = rows.person(roles.ADMINISTRATOR, username="fuzz")
    client = APIClient(HTTP_X_API_KEY=make_key(user=user, name="fuzz")[1])
    answers = {}
    for row, one in good.requests(user):
        path = one["path"].format(**one["path_parameters"])
        path += "?" + urlencode(one["query"]) if one["query"] else ""
        more = {"headers": one["headers"]}
        if one["media_type"] == FORM:
            answer = client.generic(one["method"], path, urlencode(one["body"]), FORM, **more)
        elif one["media_type"] == good.FORMAT["multipart"]:
            answer = client.post(path, one["body"], format="multipart", **more)
        else:
            answer = getattr(client, row.method)(
                path, *(() if one["body"] is None else (one["body"],)), **more
            )
        told = b"" if getattr(answer, "streaming", False) else answer.content
        answers[one["method"], one["path"]] = (answer.status_code, told)
    failed = {where: told for where, told in answers.items() if told[0] // 100 != 2}
    assert not failed, "\n".join(f"{where} {told}" for where, told in failed.items())
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    paths = generator.get_schema(request=None, public=True)["paths"]  # type: ignore[no-untyped-call]
    wanted = {(method.upper(), path) for path, its in paths.items() for method in its.keys() & METHODS}
    assert answers.keys() == wanted
