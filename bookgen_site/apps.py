"""The site as an app: it brings the system checks."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the checks of the installation and the Celery app."""

    name = "bookgen_site"
    label = "site"

    def ready(self) -> None:
        # Registering checks and tasks needs the settings to be there.
        from bookgen_site import celery, checks, value_checks  # noqa: F401, PLC0415
