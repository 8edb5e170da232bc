"""The evidence: sources, passages, facts, citations."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """What the book rests on."""

    name = "sources"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from sources import tasks  # noqa: F401, PLC0415  # registers what carries this app's hints
