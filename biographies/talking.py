"""What editors and the author write to each other. Both sides are events of the job, numbered and never changed."""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.errors import BookError, Forbidden
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from notifications.author_links import live_links
from notifications.events import Answer, EventKind, Question
from notifications.models import AuthorLink, Event
from notifications.publish import audit, publish

LONGEST: Final = 4000  # characters
SHOWN: Final = 50


@transaction.atomic
def ask_author(*, job: BiographyJob, by: User, text: str) -> Event:
    """Ask the author something, by mail and on the author's page; BookError when nobody could read it."""
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    require_unarchived(job)
    if not job.author_email and not live_links().filter(job_id=job.pk).exists():
        raise BookError(_("The author can't be reached: give an e-mail address, or make a link."))
    said = _cleaned(text)
    audit(by=by, action="ask_author", target=job.character, job_id=job.pk, after={"reason": said})
    return publish(job.pk, Question(text=said, by=by.get_full_name() or by.get_username()))


@transaction.atomic
def answer_editor(*, link: AuthorLink, text: str) -> Event:
    """What the author writes on the page that the link opens."""
    said = _cleaned(text)
    audit(
        by=None, name=link.name, action="answer_editor", target=link.name, job_id=link.job_id,
        after={"reason": said},
    )  # fmt: skip
    return publish(link.job_id, Answer(text=said, by=link.name))


def conversation(job_id: uuid.UUID) -> list[Event]:
    """The newest that was asked and answered, oldest first."""
    kinds = [EventKind.QUESTION, EventKind.ANSWER]
    rows = Event.objects.filter(job_id=job_id, kind__in=kinds).order_by("-seq")[:SHOWN]
    return list(rows)[::-1]


def _cleaned(text: str) -> str:
    said = clean_text(text[:LONGEST]).strip()
    if not said:
        raise BookError(_("Write what you want to say."))
    return said
