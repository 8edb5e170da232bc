"""How books are to be written: texts that a house keeps, chosen when a book is begun."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookgen_site.lib.constraints import filled

LONGEST: Final = 4000  # characters; what a person adds for one book comes on top (biographies.wishes)


class StyleGuide(models.Model):
    """A guide for authors that are language models. A job keeps a copy, so a later change reaches no running book."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    text = models.TextField(_("text"), max_length=LONGEST)
    language = models.CharField(
        _("language"), max_length=12, blank=True, default=""
    )  # "": for every language
    is_default = models.BooleanField(_("chosen unless said otherwise"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        db_table = "style_guides"
        ordering = ["name"]
        verbose_name = _("style guide")
        verbose_name_plural = _("style guides")
        constraints = [
            filled("name", "style_guide_has_name"),
            filled("text", "style_guide_has_text"),
            models.UniqueConstraint(
                fields=["language"], condition=Q(is_default=True), name="style_guide_one_default_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name
