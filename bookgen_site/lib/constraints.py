"""Small makers of database constraints, so that each model names its rules in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


def one_of(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    """The column holds one of these words."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(values)}), name=name)


def between(field: str, low: Any, high: Any, name: str) -> models.CheckConstraint:
    """The column lies between two values, both included."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=name
    )


def at_least(field: str, low: Any, name: str) -> models.CheckConstraint:
    """The column is never below a value (NULL passes, as in SQL)."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__gte": low}), name=name)


def filled(field: str, name: str) -> models.CheckConstraint:
    """The text column is never empty."""
    return models.CheckConstraint(condition=~models.Q(**{field: ""}), name=name)
