"""The machine: six phases, the runner, and what writes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngineConfig(AppConfig):
    """Runs, units and model calls."""

    name = "engine"
    verbose_name = _("Machine")

    def ready(self) -> None:
        from engine import tasks  # noqa: F401, PLC0415  # registers what carries this app's hints
