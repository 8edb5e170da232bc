"""The audit: who did what, written in the transaction of the deed."""

from __future__ import annotations

import uuid
from typing import Any

from bookgen_site.accounts.models import User
from notifications.models import AuditEntry

ENGINE_NAME = "engine"


def audit(
    *,
    by: User | None,
    action: str,
    target: str,
    job_id: uuid.UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    name: str = "",
) -> AuditEntry:
    """Write down who did what, inside the action's transaction.

    `by=None` is the engine itself, or somebody without an account who goes by `name`.
    """
    return AuditEntry.objects.create(
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else name[:150] or ENGINE_NAME,
        action=action,
        target=target[:100],
        job_id=job_id,
        before=before or {},
        after=after or {},
    )
