"""All secrets that are stored sealed, sealed anew, so that `SECRETS_KEY` can lose its old keys."""

from __future__ import annotations

from django.db import transaction

from bookgen_site.accounts import second_factor
from notifications.auditing import audit
from notifications.hooks import endpoints


@transaction.atomic
def reseal() -> dict[str, int]:
    """Seal everything with the newest key; returns how many of each. Raises UnreadableSecret, and changes nothing."""
    counts = {"webhooks": endpoints.reseal(), "second_factors": second_factor.reseal()}
    audit(by=None, action="reseal", target="secrets", after=counts)
    return counts
