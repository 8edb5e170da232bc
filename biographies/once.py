"""A request that a client program sends twice, or twice at once, is carried out once.

The key that the client chose is a row, written in the transaction of what it asks for. Whoever comes second waits
for the first, and is given its answer. What failed leaves no row, so it may be tried again under the same key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from biographies.errors import BookError
from biographies.models import AnsweredRequest
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock

KEPT: Final = dt.timedelta(hours=24)
Answer = dict[str, Any]


class KeyReused(BookError):
    """The key belongs to another request of the same person."""

    code = "idempotency_key_reused"


@transaction.atomic
def once(*, by: User, key: str, asked: Any, do: Callable[[], Answer]) -> tuple[Answer, bool]:
    """What `do` answers, and whether it was done now; the same key with the same `asked` is done once within KEPT.

    `asked` and the answer are plain JSON. Raises KeyReused for another `asked`.
    """
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    AnsweredRequest.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    try:
        with transaction.atomic():
            row = AnsweredRequest.objects.create(user=by, key=key, asked=digest)
    except IntegrityError:
        return _answered(by, key, digest), False
    row.answer = do()
    row.save(update_fields=["answer"])
    return row.answer, True


def _answered(by: User, key: str, digest: str) -> Answer:
    row = AnsweredRequest.objects.get(user=by, key=key)
    if row.asked != digest:
        raise KeyReused(_("This key was used for another request. Take a new one."))
    return dict(row.answer)
