"""The ticket with which a client program opens a WebSocket."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.accounts.scopes import READ
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from bookgen_site.views import ApiView
from notifications.tickets import give_ticket


class TicketSerializer(serializers.Serializer[Any]):
    """To be sent as `?ticket=…` when a WebSocket is opened: once, within 30 seconds."""

    ticket = serializers.CharField()
    expires_at = serializers.DateTimeField()


class Tickets(ApiView):
    """Tickets for WebSockets."""

    scopes = {"POST": READ}  # it opens nothing but what may be read

    @documented("make_ticket", "Get a ticket for a WebSocket", {201: TicketSerializer}, request=None)
    def post(self, request: Request) -> Response:
        """For `ws/biographies/{job_id}/?after=…&ticket=…` and `ws/notifications/?job_id=…&ticket=…`."""
        by = request.successful_authenticator
        session_key = request.session.session_key if isinstance(by, SessionAuthentication) else None
        ticket, until = give_ticket(by=self.actor(request), asked_with=request.auth, session_key=session_key)
        told = row_as(TicketSerializer, {"ticket": ticket, "expires_at": until})
        return Response(told, status=HTTPStatus.CREATED)
