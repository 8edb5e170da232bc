"""Who hears what becomes of a book: its author, its editors, and who approves where none of them may."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from biographies.file_links import mark_of
from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.audience import Book, Recipient, Role


def find_book(job_id: uuid.UUID) -> Book | None:
    """The book with its people as they are now; None when the job is gone."""
    job = BiographyJob.objects.select_related("owner").filter(pk=job_id).first()
    if job is None:
        return None
    return Book(
        job_id=job.pk,
        character=job.character,
        language=job.language,
        shows_chapters=job.shares_chapters,
        people=tuple(_people(job)),
        links=mark_of(job.link_salt),
    )


def _people(job: BiographyJob) -> Iterator[Recipient]:
    if job.author_email:
        yield Recipient(job.author_email, Role.AUTHOR, name=job.author_name)
    editors = [one for one in (job.owner, *job.shared_with.prefetch_related("groups")) if one.is_active]
    if not any(one.approves for one in editors):
        editors += _approvers()
    for user in {one.pk: one for one in editors if one.email}.values():
        yield Recipient(user.email, Role.EDITOR, user.get_full_name(), user.get_username())


def _approvers() -> list[User]:
    """The chief editors: without them a book whose editors may not approve would wait unseen."""
    return list(User.objects.filter(is_active=True, groups__name=roles.CHIEF_EDITOR).distinct())
