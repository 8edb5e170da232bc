"""Where a biography stands, cheap enough to be asked every second."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.conditions import IF_NONE_MATCH
from biographies.api.serializers import StatusSerializer
from biographies.queries import visible_to, with_last_event
from bookgen_site.accounts.models import User
from bookgen_site.lib import marks
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
        body = told(self.actor(request), job_id, self.seen(freshness.name_of(job_id)))
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        answer = HttpResponse(body, content_type="application/json")
        answer["ETag"] = tag
        asked: HttpRequest = request._request
        return get_conditional_response(asked, etag=tag, response=answer) or answer

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        """A client may keep the answer, and has to ask each time whether it still holds."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-cache"
        return answer


def told(user: User, job_id: uuid.UUID, present: marks.Seen) -> bytes:
    """The status as JSON: remembered since the job's last change, or read in one query. Raises Http404."""
    seen = visible_to(user).filter(pk=job_id)
    if isinstance(present.value, bytes) and (user.sees_all_jobs or seen.exists()):
        return present.value
    job = with_last_event(seen).first()
    if job is None:
        raise Http404
    body: bytes = JSONRenderer().render(row_as(StatusSerializer, job))
    freshness.keep(job_id, present.mark, body)
    return body
