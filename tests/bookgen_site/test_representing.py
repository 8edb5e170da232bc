"""What clients read is what the serializers say, however it is had."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from rest_framework import serializers

from biographies.api.serializers import BiographySerializer
from biographies.models import BiographyJob
from bookgen_site.representing import columns_of, row_as, rows_as
from tests.fakes import rows


class Inner(serializers.Serializer[Any]):
    """A part of a row."""

    word = serializers.CharField()


class Outer(serializers.Serializer[Any]):
    """A row with every way in which a value may be had."""

    name = serializers.CharField()
    owner = serializers.CharField(source="inner.word")
    inner = Inner(allow_null=True)
    parts = Inner(many=True)
    moment = serializers.DateTimeField()
    number = serializers.IntegerField()
    fallback = serializers.CharField(source="missing.word", default="none")
    called = serializers.CharField()
    own = serializers.SerializerMethodField()
    left_out = serializers.CharField(read_only=True)

    def get_own(self, row: Any) -> str:
        """Said by the serializer itself."""
        name = row["name"] if isinstance(row, dict) else row.name
        return f"own {name}"


def row(**more: Any) -> dict[str, Any]:
    part = SimpleNamespace(word="w")
    moment = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    plain = {"name": "a", "inner": part, "parts": [part, {"word": "v"}], "moment": moment, "number": 7}
    return {**plain, "called": "c", "left_out": "x", **more}


@pytest.mark.parametrize(
    "given",
    [
        row(),
        row(inner=None),
        row(called=SimpleNamespace(say=lambda: "said").say),
        row(called=str.upper.__get__("said")),
        row(missing=SimpleNamespace(word="there")),
        {name: value for name, value in row().items() if name != "left_out"},
        row(number=None, parts=[]),
    ],
)
def test_the_answer_is_that_of_the_serializer(given: dict[str, Any]) -> None:
    for one in (SimpleNamespace(**given), given):
        try:
            told = Outer(one).data
        except Exception as error:  # noqa: BLE001  # whatever it is, it is the same
            with pytest.raises(type(error)):
                row_as(Outer, one)
        else:
            assert row_as(Outer, one) == told
            assert list(row_as(Outer, one)) == list(told)


@pytest.mark.django_db
def test_rows_of_columns_are_told_like_rows_of_models() -> None:
    rows.job(character="Ada Quill", models_by_role={"writer": "a/b"})
    rows.job(character="Mary Seacole")
    jobs = BiographyJob.objects.order_by("character")
    told = rows_as(BiographySerializer, jobs.values(*columns_of(BiographySerializer)))
    assert told == list(BiographySerializer(jobs, many=True).data)
    assert told == rows_as(BiographySerializer, jobs)
    assert [one["character"] for one in told] == ["Ada Quill", "Mary Seacole"]
