"""The people who use this installation."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, roles and API keys."""

    name = "bookgen_site.accounts"
    label = "accounts"
    verbose_name = _("People")
