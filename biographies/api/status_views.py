"""Where a biography stands, cheap enough to be asked every second."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.conditions import IF_NONE_MATCH
from biographies.api.remembered import Answer, as_json, remembered
from biographies.api.serializers import StatusSerializer
from biographies.queries import visible_to, with_last_event
from bookgen_site.accounts.models import User
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from bookgen_site.views import ApiView
from notifications import freshness


class BiographyStatus(ApiView):
    """Where one biography stands."""

    def looks_at(self) -> Sequence[str]:
        return [freshness.name_of(self.kwargs["job_id"])]

    @documented(
        "read_biography_status",
        "Follow a biography",
        {200: StatusSerializer, 304: None},
        parameters=[IF_NONE_MATCH],
    )
    def get(self, request: Request, job_id: uuid.UUID) -> HttpResponse:
        """When `last_event` has grown there is news under /events. With If-None-Match, 304 when nothing has changed."""
        by, present = self.actor(request), self.seen(freshness.name_of(job_id))
        answer = remembered(by, job_id, present, lambda: _told(by, job_id))
        asked: HttpRequest = request._request
        response = answer.response()
        return get_conditional_response(asked, etag=answer.tag, response=response) or response

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        """A client may keep the answer, and has to ask each time whether it still holds."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-cache"
        return answer


def _told(by: User, job_id: uuid.UUID) -> Answer:
    """The status, read in one query; its tag is made of its bytes. Raises Http404."""
    job = with_last_event(visible_to(by).filter(pk=job_id)).first()
    if job is None:
        raise Http404
    body = as_json(row_as(StatusSerializer, job))
    return Answer(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
