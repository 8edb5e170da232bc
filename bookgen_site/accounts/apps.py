"""The people who use this installation."""

from __future__ import annotations

import logging

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, roles and API keys."""

    name = "bookgen_site.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """At DEBUG the library of OAuth writes down whole tokens: it's never let down to there."""
        logging.getLogger("oauthlib").setLevel(logging.INFO)
