"""Keeping style guides: what a house wants of its books, chosen when a book is begun."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden
from biographies.models import StyleGuide
from biographies.models.style_guide import LONGEST
from biographies.wishes import LANGUAGES
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from notifications.publish import audit

FIELDS = ("name", "text", "language", "is_default")


def keeps_style_guides(user: User) -> bool:
    """Chief editors and administrators keep the house's style guides; all who make books choose among them."""
    return user.approves


@transaction.atomic
def save_style_guide(
    *, guide: StyleGuide | None, by: User, name: str, text: str, language: str = "", is_default: bool = False
) -> StyleGuide:
    """Make a guide (`guide=None`) or change one. Of each language one is the default: a new one takes its place."""
    _require(by)
    if guide is not None:
        guide = StyleGuide.objects.select_for_update().get(pk=guide.pk)
    before = _columns(guide) if guide else {}
    guide = guide or StyleGuide()
    guide.name, guide.text = _text("name", name, 100), _text("text", text, LONGEST)
    guide.language, guide.is_default = _language(language), is_default
    if is_default:
        StyleGuide.objects.filter(language=language, is_default=True).exclude(pk=guide.pk).update(
            is_default=False
        )
    _store(guide)
    audit(by=by, action="save_style_guide", target=guide.name, before=before, after=_columns(guide))
    return guide


def _store(guide: StyleGuide) -> None:
    try:
        with transaction.atomic():
            guide.save()
    except IntegrityError as error:
        raise BadWish("name", _("There is a style guide of this name already.")) from error


@transaction.atomic
def delete_style_guide(*, guide: StyleGuide, by: User) -> None:
    """Take a guide away; books that were begun with it keep their copies."""
    _require(by)
    audit(by=by, action="delete_style_guide", target=guide.name, before=_columns(guide))
    guide.delete()


def default_guide(language: str) -> StyleGuide | None:
    """The guide that is chosen unless somebody says otherwise: the language's own, else that of every language."""
    rows = StyleGuide.objects.filter(is_default=True, language__in=[language, ""])
    return rows.order_by("-language").first()


def _require(by: User) -> None:
    if not keeps_style_guides(by):
        raise Forbidden(_("Your role can't change style guides."))


def _text(field: str, value: str, longest: int) -> str:
    text = clean_text(value, multiline=field == "text").strip()
    if not text:
        raise BadWish(field, _("Fill this in."))
    if len(text) > longest:
        raise BadWish(field, _("Longer than %d characters.") % longest)
    return text


def _language(language: str) -> str:
    if language and language not in LANGUAGES:
        raise BadWish("language", _("Choose one of: %s.") % ", ".join(LANGUAGES))
    return language


def _columns(guide: StyleGuide) -> dict[str, Any]:
    return {field: getattr(guide, field) for field in FIELDS}
