"""Rows as clients read them, by their serializers, whose fields are worked out once in a process.

`Serializer(row).data` makes every field of the serializer anew for each answer, and works out for each value of each
row how it is to be had: most of what a list cost. The fields of an answer never change, so they are made once and
shared by all threads; what is had in a plain way is had of a whole row at once. The answers are the serializer's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from operator import attrgetter, itemgetter
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.manager import BaseManager
from django.utils.timezone import get_default_timezone
from rest_framework.fields import (
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    FloatField,
    IntegerField,
    SkipField,
    empty,
)
from rest_framework.relations import PKOnlyObject
from rest_framework.serializers import BaseSerializer, ListSerializer, Serializer

Told = dict[str, Any]
# What may happen while a value is looked up; the serializer itself knows what to tell then.
_OTHERWISE: Final = (AttributeError, KeyError, TypeError, ObjectDoesNotExist, SkipField)
# What a field tells of a value of this very type is the value.
_AS_IT_IS: Final = {CharField: str, IntegerField: int, FloatField: float, BooleanField: bool}
_CALLED: Final = frozenset({MethodType, FunctionType, BuiltinFunctionType, partial})


def row_as(kind: type[Serializer[Any]], row: Any) -> Told:
    """One row, or a mapping, as this serializer tells it."""
    return _representation(kind)(row)


def rows_as(kind: type[Serializer[Any]], rows: Iterable[Any] | None) -> list[Told]:
    """Each of the rows; they may be dicts of `columns_of`, as `values()` gives them. None: no page."""
    return [*map(_representation(kind), () if rows is None else rows)]


def columns_of(kind: type[Serializer[Any]]) -> Sequence[str]:
    """What to ask `values()` for: the columns that the fields of this serializer are read from."""
    return _representation(kind).columns


@cache
def _representation(kind: type[Serializer[Any]]) -> _Representation:
    return _Representation(kind())


class _Representation:
    """What a serializer makes of a row, without asking it each time how."""

    def __init__(self, serializer: Any) -> None:
        self._serializer = serializer
        fields: list[Any] = list(serializer._readable_fields)
        self._names = [field.field_name for field in fields]
        plain = [field for field in fields if _is_plain(field)]
        self._turns = [(field.field_name, _AS_IT_IS.get(type(field)), _turn(field)) for field in plain]
        self._others = [(field, _turn(field)) for field in fields if not _is_plain(field)]
        self.columns = ["__".join(field.source_attrs) for field in plain]
        self._of_object = _getter(attrgetter, [".".join(field.source_attrs) for field in plain])
        self._of_mapping = _getter(itemgetter, self.columns)

    def __call__(self, row: Any) -> Told:
        """The row as a dict, in the order of the fields."""
        try:
            return self._told(row)
        except _OTHERWISE:
            return self._by_serializer(row)

    def _told(self, row: Any) -> Told:
        values = (self._of_mapping if isinstance(row, Mapping) else self._of_object)(row)
        if not _CALLED.isdisjoint(map(type, values)):  # it would have to be called
            return self._by_serializer(row)
        told: Told = dict.fromkeys(self._names)
        for (name, as_it_is, turn), value in zip(self._turns, values, strict=True):
            if value is not None:
                told[name] = value if type(value) is as_it_is else turn(value)
        for field, turn in self._others:
            value = field.get_attribute(row)
            nothing = value is None or (isinstance(value, PKOnlyObject) and value.pk is None)
            told[field.field_name] = None if nothing else turn(value)
        return told

    def _by_serializer(self, row: Any) -> Told:
        found: Told = self._serializer.to_representation(row)
        return found


def _is_plain(field: Any) -> bool:
    """Whether its value is an attribute of the row, or of what the row leads to, and nothing else is ever told."""
    own = type(field).get_attribute is Field.get_attribute
    return own and bool(field.source_attrs) and field.default is empty


def _turn(field: Any) -> Callable[[Any], Any]:
    """What makes a value of this field fit for JSON."""
    if isinstance(field, ListSerializer) and isinstance(field.child, BaseSerializer):
        each = _Representation(field.child)
        return lambda rows: [*map(each, rows.all() if isinstance(rows, BaseManager) else rows)]
    if isinstance(field, Serializer):
        return _Representation(field)
    if isinstance(field, DateTimeField):
        return _moment(field)
    turn: Callable[[Any], Any] = str if type(field) is CharField else field.to_representation
    return turn


def _moment(field: DateTimeField) -> Callable[[Any], Any]:
    """As the field says it, in the zone of the settings, since no request has one of its own."""
    field.timezone = here = get_default_timezone()
    zones = (here, dt.UTC) if str(here) == "UTC" else ()

    def turn(value: Any) -> Any:
        if type(value) is dt.datetime and value.tzinfo in zones:
            return f"{value.isoformat()[:-6]}Z"  # for +00:00
        return field.to_representation(value)

    return turn


def _getter(
    kind: Callable[..., Callable[[Any], Any]], names: Sequence[str]
) -> Callable[[Any], Sequence[Any]]:
    """All of these of a row, as a sequence also when it is one or none."""
    if len(names) > 1:
        return kind(*names)
    each = [kind(name) for name in names]
    return lambda row: [get(row) for get in each]
