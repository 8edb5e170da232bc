"""Two views that read a job by its id and answer with what a status is."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from biographies.models import BiographyJob

FIELDS = ["job_id", "status", "progress", "current_phase", "error_message", "updated_at", "completed_at"]


def plain(_request: HttpRequest, job_id: uuid.UUID) -> JsonResponse:
    """Django alone."""
    return JsonResponse(BiographyJob.objects.values(*FIELDS).get(pk=job_id))


class BareSerializer(serializers.ModelSerializer[BiographyJob]):
    """The fields of a status."""

    class Meta:
        model = BiographyJob
        fields = FIELDS


class Framework(APIView):
    """The API framework, open to everybody."""

    authentication_classes: Any = ()
    permission_classes: Any = ()

    def get(self, _request: Request, job_id: uuid.UUID) -> Response:
        """The job."""
        return Response(BareSerializer(BiographyJob.objects.get(pk=job_id)).data)


urlpatterns = [path("plain/<uuid:job_id>", plain), path("framework/<uuid:job_id>", Framework.as_view())]
