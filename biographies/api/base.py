"""What the views of this app share: the job of the address, seen with the eyes of whoever asks."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework.request import Request

from biographies.models import BiographyJob, Chapter, Export
from biographies.queries import chapters_with_texts, visible_to
from bookgen_site.views import ApiView

Row = TypeVar("Row", bound=Model)


class JobView(ApiView):
    """A view under /biographies/<job_id>/. What the person may not see doesn't exist: 404."""

    def job(self, request: Request, job_id: uuid.UUID) -> BiographyJob:
        """The job; whether it may be changed is decided by the action."""
        return _only(visible_to(self.actor(request)).select_related("owner"), pk=job_id)

    def chapter(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Chapter:
        """A section of that job, with its text."""
        seen = visible_to(self.actor(request)).order_by()
        return _only(chapters_with_texts(job_id).filter(job__in=seen), pk=chapter_id)

    def export(self, request: Request, job_id: uuid.UUID, export_id: int) -> Export:
        """A file of that job."""
        return _only(Export.objects.filter(job=self.job(request, job_id)), pk=export_id)


def _only(rows: QuerySet[Row], pk: object) -> Row:
    for found in rows.filter(pk=pk)[:1]:  # `first` would put the one row in order
        return found
    raise Http404
