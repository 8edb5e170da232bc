"""Links for authors: made, found by their token, revoked. The token itself is never stored.

It is an HMAC of the row's nonce under the site's key, so a mail written again after a kill holds the same link, the
desk can show it again, and who has only the database can't open a book.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import uuid
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.text import clean_text
from notifications.auditing import ENGINE_NAME, audit
from notifications.models import AuthorLink

SALT: Final = "bookgen.author_link"
LONGEST: Final = 366  # days


def token_of(link: AuthorLink) -> str:
    """The secret part of the link's address: 43 characters."""
    digest = salted_hmac(SALT, link.nonce.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@transaction.atomic
def make_link(
    *, job_id: uuid.UUID, by: User | None, name: str, address: str = "", days: int | None = None
) -> AuthorLink:
    """A new link to this job; `by=None` when a letter needs one. It expires after `days` (AUTHOR_LINK_DAYS)."""
    days = max(1, min(days or settings.AUTHOR_LINK_DAYS, LONGEST))
    link = AuthorLink(
        job_id=job_id,
        name=clean_text(name, multiline=False)[:255] or "—",
        address=address.lower()[:254],
        made_by=by.get_username() if by else ENGINE_NAME,
        expires_at=clock.now() + dt.timedelta(days=days),
    )
    link.digest = _digest(token_of(link))
    link.save()
    after = {"expires": link.expires_at.isoformat(), "address": link.address}
    audit(by=by, action="make_link", target=link.name, job_id=job_id, after=after)
    return link


@transaction.atomic
def revoke_link(*, link: AuthorLink, by: User) -> bool:
    """The link opens nothing from now on; False when it was revoked already."""
    open_ones = AuthorLink.objects.filter(pk=link.pk, revoked_at=None)
    if not open_ones.update(revoked_at=clock.now()):
        return False
    audit(by=by, action="revoke_link", target=link.name, job_id=link.job_id)
    return True


def find_link(token: str) -> AuthorLink | None:
    """The link with this token that is neither expired nor revoked. Marks it used, once a minute at most."""
    link = live_links().filter(digest=_digest(token)).first()
    if link is None or not hmac.compare_digest(token_of(link), token):  # the key may have been changed
        return None
    now = clock.now()
    if link.last_used_at is None or now - link.last_used_at > dt.timedelta(minutes=1):
        AuthorLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return link


def live_links() -> QuerySet[AuthorLink]:
    """The links that open something now."""
    return AuthorLink.objects.filter(Q(revoked_at=None), expires_at__gt=clock.now())


def ensure_link(*, job_id: uuid.UUID, name: str, address: str) -> None:
    """Give this address a link, unless it has one, or a person has taken its last one away."""
    last = AuthorLink.objects.filter(job_id=job_id, address=address.lower()).order_by("-id").first()
    if last is None or (last.revoked_at is None and last.expires_at <= clock.now()):
        make_link(job_id=job_id, by=None, name=name or address, address=address)


def link_for(job_id: uuid.UUID, address: str) -> AuthorLink | None:
    """The newest live link of this address to the job."""
    return live_links().filter(job_id=job_id, address=address.lower()).order_by("-id").first()


def _digest(token: str) -> str:
    # 32 bytes of an HMAC can't be guessed back from a plain hash.
    return hashlib.sha256(token.encode()).hexdigest()
