"""The book: jobs, chapters, revisions, findings, approvals, exports."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BiographiesConfig(AppConfig):
    """The book itself."""

    name = "biographies"
    verbose_name = _("Biographies")

    def ready(self) -> None:
        from biographies.audience import find_book  # noqa: PLC0415  # models aren't loaded before
        from notifications import audience  # noqa: PLC0415

        audience.register(find_book)
