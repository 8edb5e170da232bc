"""`manage.py reseal`: the second step of changing SECRETS_KEY. The first is to put the new key before the old one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookgen_site.lib.crypto import UnreadableSecret
from notifications.resealing import reseal


class Command(BaseCommand):
    """Seals what is stored with the newest of the keys."""

    help = (
        "Seal all stored secrets with the first key of SECRETS_KEY; afterwards the others can be taken out."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seal anew, all or nothing."""
        try:
            counts = reseal()
        except UnreadableSecret as error:
            raise CommandError(
                f"The secret of a webhook or of a second factor was {error}. Nothing was changed."
            ) from error
        self.stdout.write(
            f"Sealed with the newest key: {counts['webhooks']} webhooks, {counts['second_factors']} second factors. "
            "The older keys aren't needed any more."
        )
