"""What a person may ask of a job, checked: one clear message per wrong setting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from biographies.budgets import require_within_ceiling
from biographies.errors import BadWish
from biographies.exports.formats import chosen
from biographies.vocabulary import AuthorName, CitationStyle, Mode
from bookgen_site.lib.addresses import AddressError
from bookgen_site.lib.text import clean_text
from notifications.hooks.addresses import require_receiver

TEXTS: Final = {
    "description": 500,
    "style": 5000,
    "author_name": 255,
    "author_email": 254,
    "webhook_url": 2000,
    "request_key": 64,
}
RANGES: Final = {
    "wanted_chapters": (1, 100),
    "wanted_words": (500, 500_000),
    "min_sources": (1, 1000),
    "target_sources": (1, 1000),
    "budget_micros": (0, 10**12),
}
LANGUAGES: Final = ("en", "es", "fr", "de", "pt", "it")
CHOICES: Final = {
    "mode": Mode.values,
    "author": AuthorName.values,
    "language": LANGUAGES,
    "citation_style": CitationStyle.values,
}
SWITCHES: Final = frozenset({"accepts_found", "holds_targets", "outline_review", "shares_chapters"})
ROLES: Final = ("planner", "writer", "checker")  # of language models, as `engine.calls.roles` asks them
MODEL_NAMES: Final = re.compile(r"[\w.:/@+-]{1,120}(, ?[\w.:/@+-]{1,120}){0,4}", re.ASCII)


def cleaned(*, character: str, **settings: Any) -> dict[str, Any]:
    """The settings as columns of a job; raises BadWish for the first that makes no sense."""
    values: dict[str, Any] = {"character": _name(character)}
    for field, value in settings.items():
        values[field] = _one(field, value)
    return values


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they go into the audit."""
    return {field: value for field, value in values.items() if value not in (None, "")}


def _name(character: str) -> str:
    name = clean_text(character, multiline=False).strip()
    if not name:
        raise BadWish("character", _("Name the person the book is about."))
    if len(name) > 255:
        raise BadWish("character", _("The name is longer than 255 characters."))
    return name


def _one(field: str, value: Any) -> Any:
    if field == "export_formats":
        return list(chosen(value))
    if field in TEXTS:
        return _text(field, str(value))
    if field in RANGES:
        return None if value is None else _number(field, value)
    if field in CHOICES:
        return _choice(field, value)
    if field in SWITCHES and isinstance(value, bool):
        return value
    if field == "models_by_role":
        return models_of_roles(value)
    raise BadWish(field, _("There is no such setting."))


def _text(field: str, value: str) -> str:
    text = clean_text(value)
    if len(text) > TEXTS[field]:
        raise BadWish(field, _("Longer than %d characters.") % TEXTS[field])
    if field in ADDRESSES and text:
        ADDRESSES[field](text)
    return text


def _email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadWish("author_email", _("This isn't an e-mail address.")) from error


def _webhook(text: str) -> None:
    try:
        require_receiver(text)
    except AddressError as error:
        raise BadWish("webhook_url", str(error)) from error


ADDRESSES: Final = {"author_email": _email, "webhook_url": _webhook}


def models_of_roles(value: Any) -> dict[str, str]:
    """A preset or names of models, by preference, for some roles; roles without a wish are left out."""
    wished = dict(value) if isinstance(value, Mapping) else {"": ""}
    for role, names in wished.items():
        if role not in ROLES or not isinstance(names, str) or (names and not MODEL_NAMES.fullmatch(names)):
            raise BadWish("models_by_role", _("Name a preset, or models as their provider names them."))
    return {role: names for role, names in wished.items() if names}


def _number(field: str, value: Any) -> int:
    low, high = RANGES[field]
    if field == "budget_micros" and isinstance(value, int):
        require_within_ceiling(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadWish(field, _("Give a whole number from %(low)d to %(high)d.") % {"low": low, "high": high})
    return value


def _choice(field: str, value: Any) -> str:
    if value not in CHOICES[field]:
        raise BadWish(field, _("Choose one of: %s.") % ", ".join(CHOICES[field]))
    return str(value)
