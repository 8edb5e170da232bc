"""A book is brought to a moment once in a process; every later test begins with a copy of its rows and files.

The machine works a book unit by unit, in some hundred transactions; a copy takes a twentieth of that. It has an id
and an owner of its own, and else the same rows, so a test can't tell it from a book that was worked.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction

from biographies.models import BiographyJob, Export
from bookgen_site.accounts.models import User
from bookgen_site.lib import store

# People, groups and what migrations make are there already: each test has its own.
NOT_OF_THE_BOOK: Final = frozenset({"accounts", "auth", "contenttypes"})


@dataclass(frozen=True)
class Moment:
    """The rows of every table, the finished files, and what differs from copy to copy."""

    job: uuid.UUID
    owner: tuple[Any, str]
    rows: Mapping[type[models.Model], list[tuple[Any, ...]]]
    files: tuple[bytes, ...]


_moments: dict[str, Moment] = {}


def book_at(name: str, owner: User, reach: Callable[[], BiographyJob]) -> BiographyJob:
    """The book at the moment of this name; `reach` brings it there when no test of this process has been there."""
    if (moment := _moments.get(name)) is not None:
        return _copied(moment, owner)
    job = reach()
    _moments[name] = _taken(job, owner)
    return job


def _taken(job: BiographyJob, owner: User) -> Moment:
    rows = {model: list(model._base_manager.values_list(*_columns(model))) for model in _models()}
    files = tuple(store.get(blob) for blob in Export.objects.values_list("blob", flat=True))
    return Moment(
        job.pk, (owner.pk, owner.username), {one: told for one, told in rows.items() if told}, files
    )


def _copied(moment: Moment, owner: User) -> BiographyJob:
    changed = _Changed(moment, owner, uuid.uuid4())
    with transaction.atomic():  # foreign keys are checked at its end
        for model, rows in moment.rows.items():
            made = [model(**changed.columns(model, row)) for row in rows]
            # As they are: fields that set themselves at a creation keep the time of the first one.
            query: Any = model._base_manager.all()
            query._insert(made, fields=model._meta.local_concrete_fields, raw=True, using="default")
    for data in moment.files:
        store.put(data)
    return BiographyJob.objects.get(pk=changed.job)


@dataclass(frozen=True)
class _Changed:
    """Puts the new job and the new owner in the place of the old ones, in whatever names them."""

    moment: Moment
    owner: User
    job: uuid.UUID

    def columns(self, model: type[models.Model], row: tuple[Any, ...]) -> dict[str, Any]:
        fields = model._meta.local_concrete_fields
        return {one.attname: self._value(one, told) for one, told in zip(fields, row, strict=True)}

    def _value(self, field: models.Field[Any, Any], told: Any) -> Any:
        was, name = self.moment.owner
        if field.related_model is User:
            return self.owner.pk if told == was else told
        if isinstance(told, uuid.UUID):
            return self.job if told == self.moment.job else told
        if isinstance(told, dict | list):
            return json.loads(self._words(json.dumps(told)))
        if isinstance(told, str):
            return self.owner.username if told == name else self._words(told)
        return told

    def _words(self, told: str) -> str:
        return told.replace(str(self.moment.job), str(self.job))


def _models() -> list[type[models.Model]]:
    return [
        one
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy and one._meta.app_label not in NOT_OF_THE_BOOK
    ]


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]
