"""Whether the key for stored secrets is the one that they were stored with."""

from __future__ import annotations

from collections.abc import Iterator

from bookgen_site.accounts.models import SecondFactor
from bookgen_site.doctor.signs import Sign, good, wrong
from bookgen_site.lib.crypto import UnreadableSecret, unseal
from notifications.models import WebhookEndpoint


def fits() -> Iterator[Sign]:
    """Every stored secret is opened, and shown to nobody."""
    columns = WebhookEndpoint.objects.values_list("secret", "old_secret")
    sealed = [one for row in columns for one in row if one]
    sealed += SecondFactor.objects.exclude(confirmed_at=None).values_list("sealed", flat=True)
    closed = sum(not _opens(one) for one in sealed)
    if closed:
        mend = (
            "Put the earlier key behind the new one in SECRETS_KEY (new,old), "
            "or make the secrets of webhooks anew, and take away the second factors."
        )
        yield wrong(f"{closed} of {len(sealed)} stored secrets can't be read with SECRETS_KEY.", mend)
    else:
        yield good(f"SECRETS_KEY opens all {len(sealed)} stored secrets")


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed)
    except UnreadableSecret:
        return False
    return True
