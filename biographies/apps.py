"""The book: jobs, chapters, revisions, findings, approvals, exports."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BiographiesConfig(AppConfig):
    """The book itself."""

    name = "biographies"
    verbose_name = _("Biographies")
