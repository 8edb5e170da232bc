"""The evidence: sources, passages, facts, citations."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """What the book rests on."""

    name = "sources"
    verbose_name = _("Evidence")
