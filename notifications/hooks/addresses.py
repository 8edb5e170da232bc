"""Which addresses messages may be sent to: https in the public internet, or a host that the administrator allows."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bookgen_site.lib.addresses import AddressError, split_url


def require_receiver(url: str) -> None:
    """Raise AddressError, with a sentence for whoever gave it, unless messages may go to this address."""
    target = split_url(url, allowed_hosts=settings.WEBHOOK_ALLOWED_HOSTS)
    if target.scheme != "https" and not target.allowed:
        raise AddressError(_("A webhook's address begins with https://, so that nobody reads along."))


def shown(url: str) -> str:
    """The address without its query, in which programs like to put passwords; for lists."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:500]
