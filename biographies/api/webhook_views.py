"""Webhooks over HTTP: make, change, try and mend endpoints."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies import webhooks
from biographies.api.webhook_serializers import (
    MadeWebhookSerializer,
    MessageSerializer,
    NewWebhook,
    Replay,
    ReplayedSerializer,
    SecretSerializer,
    WebhookChange,
    WebhookSerializer,
    WebhookSwitch,
    WhichMessages,
)
from biographies.queries import workable_by
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.views import ApiView
from notifications.hooks import endpoints
from notifications.models import Delivery, WebhookEndpoint

ID = OpenApiParameter("endpoint_id", int, OpenApiParameter.PATH)


class WebhookView(ApiView):
    """A view under /webhooks/<id>/. What the person may not work with doesn't exist: 404."""

    def endpoint(self, request: Request, endpoint_id: int) -> WebhookEndpoint:
        """The endpoint of the address."""
        rows = webhooks.workable_endpoints(self.actor(request))
        found = rows.filter(pk=endpoint_id).first() if endpoint_id < 2**63 else None
        if found is None:
            raise Http404
        return found


class Webhooks(ApiView, generics.GenericAPIView[WebhookEndpoint]):
    """The endpoints that the person may work with."""

    serializer_class = WebhookSerializer

    @documented("list_webhooks", "List webhooks", {200: WebhookSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """The newest first, in pages; without their secrets."""
        page = self.paginate_queryset(webhooks.workable_endpoints(self.actor(request)))
        return self.get_paginated_response(rows_as(WebhookSerializer, page))

    @documented("make_webhook", "Make a webhook", {201: MadeWebhookSerializer}, request=NewWebhook)
    def post(self, request: Request) -> Response:
        """The answer holds the secret; it isn't shown again."""
        by, wanted = self.actor(request), self.wanted(NewWebhook, request)
        job_id = wanted.pop("job_id", None)
        job = workable_by(by).filter(pk=job_id).first() if job_id else None
        if job_id and job is None:
            raise Http404
        endpoint, secret = webhooks.make_endpoint(by=by, job=job, **wanted)
        endpoint.secret = secret  # the answer's, never saved
        return Response(row_as(MadeWebhookSerializer, endpoint), status=HTTPStatus.CREATED)


class Webhook(WebhookView):
    """One endpoint."""

    @documented("read_webhook", "Read a webhook", {200: WebhookSerializer}, parameters=[ID])
    def get(self, request: Request, endpoint_id: int) -> Response:
        """Where it leads and how it is doing."""
        return Response(row_as(WebhookSerializer, self.endpoint(request, endpoint_id)))

    @documented(
        "change_webhook", "Change a webhook", {200: WebhookSerializer}, request=WebhookChange, parameters=[ID]
    )
    def patch(self, request: Request, endpoint_id: int) -> Response:
        """Only what is sent is changed; the secret stays."""
        wanted = self.wanted(WebhookChange, request)
        row = webhooks.change_endpoint(
            endpoint=self.endpoint(request, endpoint_id), by=self.actor(request), **wanted
        )
        return Response(row_as(WebhookSerializer, row))

    @documented("delete_webhook", "Delete a webhook", {204: None}, parameters=[ID])
    def delete(self, request: Request, endpoint_id: int) -> Response:
        """What waits for it is dropped."""
        webhooks.delete_endpoint(endpoint=self.endpoint(request, endpoint_id), by=self.actor(request))
        return Response(status=HTTPStatus.NO_CONTENT)


class WebhookState(WebhookView):
    """Whether an endpoint is on."""

    @documented(
        "switch_webhook",
        "Switch a webhook on or off",
        {200: WebhookSerializer},
        request=WebhookSwitch,
        parameters=[ID],
    )
    def put(self, request: Request, endpoint_id: int) -> Response:
        """Switched on again, it has five new days."""
        endpoint = self.endpoint(request, endpoint_id)
        webhooks.switch(
            endpoint=endpoint, by=self.actor(request), on=self.wanted(WebhookSwitch, request)["active"]
        )
        return Response(row_as(WebhookSerializer, self.endpoint(request, endpoint_id)))


class WebhookSecret(WebhookView):
    """The secret of an endpoint that was made with its biography."""

    @documented(
        "reveal_webhook_secret", "Read a secret, once", {200: SecretSerializer}, request=None, parameters=[ID]
    )
    def post(self, request: Request, endpoint_id: int) -> Response:
        """409 when somebody has seen it already: make another then."""
        endpoint = self.endpoint(request, endpoint_id)
        return Response({"secret": webhooks.reveal_secret(endpoint=endpoint, by=self.actor(request))})


class WebhookRotation(WebhookView):
    """Another secret."""

    @documented(
        "rotate_webhook_secret", "Make another secret", {200: SecretSerializer}, request=None, parameters=[ID]
    )
    def post(self, request: Request, endpoint_id: int) -> Response:
        """For 24 hours messages are signed with both."""
        endpoint = self.endpoint(request, endpoint_id)
        return Response({"secret": webhooks.rotate_secret(endpoint=endpoint, by=self.actor(request))})


class WebhookTest(WebhookView):
    """A message that tells nothing."""

    @documented("test_webhook", "Send a test", {202: MessageSerializer}, request=None, parameters=[ID])
    def post(self, request: Request, endpoint_id: int) -> Response:
        """It is on its way; its answer stands in the list of messages."""
        row = webhooks.send_test(endpoint=self.endpoint(request, endpoint_id), by=self.actor(request))
        return Response(row_as(MessageSerializer, row), status=HTTPStatus.ACCEPTED)


class WebhookMessages(WebhookView, generics.GenericAPIView[Delivery]):
    """The messages to an endpoint."""

    serializer_class = MessageSerializer

    @documented(
        "list_webhook_messages",
        "List messages",
        {200: MessageSerializer(many=True)},
        parameters=[ID, WhichMessages],
    )
    def get(self, request: Request, endpoint_id: int) -> Response:
        """The newest first, in pages, with what the server answered, in short."""
        rows = endpoints.deliveries(self.endpoint(request, endpoint_id))
        page = self.paginate_queryset(rows.filter(**self.asked(WhichMessages, request)))
        return self.get_paginated_response(rows_as(MessageSerializer, page))


class WebhookReplay(WebhookView):
    """Messages that are sent again."""

    @documented(
        "replay_webhook", "Send messages again", {202: ReplayedSerializer}, request=Replay, parameters=[ID]
    )
    def post(self, request: Request, endpoint_id: int) -> Response:
        """Under their old ids, at most 1000 at once; what is still on its way isn't touched."""
        wanted = self.wanted(Replay, request)
        count = webhooks.replay(
            endpoint=self.endpoint(request, endpoint_id),
            by=self.actor(request),
            numbers=wanted.get("messages", []),
            failed_since=wanted.get("failed_since"),
        )
        return Response({"messages": count}, status=HTTPStatus.ACCEPTED)
