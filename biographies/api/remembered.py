"""Answers that are remembered until the job changes, so that asking again costs no query."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final, NamedTuple

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from biographies.queries import visible_to
from bookgen_site.accounts.models import User
from bookgen_site.lib import marks
from notifications import freshness

LARGEST: Final = 200_000  # bytes of an answer that is kept: the cache is for many


class Answer(NamedTuple):
    """The body of an answer, and the tag of what it tells."""

    body: bytes
    tag: str

    def response(self) -> HttpResponse:
        """As it is sent."""
        return HttpResponse(self.body, content_type="application/json", headers={"ETag": self.tag})


def remembered(
    by: User, job_id: uuid.UUID, present: marks.Seen, make: Callable[[], Answer], part: str = ""
) -> Answer:
    """What was kept of this part of the job under its present mark, for who may see the job; else what `make` makes.

    `present` was asked for before anything was read. Whatever changes what is told says so by an event or the audit.
    """
    if isinstance(present.value, tuple) and _sees(by, job_id):
        return Answer(*present.value)
    answer = make()
    if len(answer.body) <= LARGEST:
        freshness.keep(job_id, present.mark, tuple(answer), part)
    return answer


def _sees(by: User, job_id: uuid.UUID) -> bool:
    return by.sees_all_jobs or visible_to(by).filter(pk=job_id).exists()


def as_json(told: object) -> bytes:
    """As the framework writes it."""
    body: bytes = JSONRenderer().render(told)
    return body
