"""What the API accepts: JSON of a sane size, and no field that it doesn't know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


class JsonParser(BaseParser):
    """JSON in UTF-8 (RFC 8259). Unlike DRF's own it keeps to DATA_UPLOAD_MAX_MEMORY_SIZE and survives deep nesting."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], *_context: Any, **_more: Any) -> Any:
        """The parsed body; raises ParseError for what isn't JSON and RequestDataTooBig for a body that is too long."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        data = stream.read(most + 1)
        if len(data) > most:
            raise RequestDataTooBig
        try:
            return json.loads(data.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:  # wrong UTF-8 and wrong JSON are ValueErrors
            raise ParseError(_("The body isn't valid JSON.")) from error


def _refuse(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are Python's, not JSON's


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer for input: a field that it doesn't know is an error, not silently left out."""

    def to_internal_value(self, data: Any) -> Any:
        """As in DRF, but unknown fields are refused by name."""
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in data if name not in self.fields)
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
            self._refuse_numbers(data)
        return super().to_internal_value(data)

    def _refuse_numbers(self, data: Mapping[Any, Any]) -> None:
        """DRF would take a number for a text, and 0 or 1 for a yes or no, which the schema doesn't allow."""
        no_text = serializers.CharField.default_error_messages["invalid"]
        wrong = {
            name: [no_text] for name, field in self.fields.items() if _number_for_text(field, data.get(name))
        }
        wrong |= {
            name: [str(field.error_messages["invalid"]).format(input=data[name])]
            for name, field in self.fields.items()
            if isinstance(field, serializers.BooleanField) and type(data.get(name)) in {int, float}
        }
        if wrong:
            raise serializers.ValidationError(wrong)


def _number_for_text(field: Any, value: Any) -> bool:
    """Whether a number stands where a text is wanted, or in a list or mapping of texts."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return any(_number_for_text(field.child, one) for one in value)
    if isinstance(field, serializers.DictField) and isinstance(value, Mapping):
        return any(_number_for_text(field.child, one) for one in value.values())
    return isinstance(field, serializers.CharField) and isinstance(value, int | float)


class NoQuestion(StrictSerializer):
    """For what can't be narrowed: an address that asks for anything more is an error."""


class NoFields(StrictSerializer):
    """For a method that takes no body: one that says something is an error."""
