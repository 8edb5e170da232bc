"""Tickets for the WebSocket."""

from __future__ import annotations

from django.db import models


class SocketTicket(models.Model):
    """Lets a client that carries no cookie open one WebSocket, once and soon. Only a hash of it is stored."""

    digest = models.CharField(max_length=64, unique=True)
    user_id = models.BigIntegerField()
    # By which it was asked for: when that has ended, the ticket opens nothing and the socket closes.
    api_key_id = models.BigIntegerField(null=True)
    family_id = models.UUIDField(null=True)  # of a JSON Web Token
    client_token_id = models.BigIntegerField(null=True)  # a token of OAuth 2.0
    session_key = models.CharField(max_length=40, default="", db_default="")  # of a login on the desk
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "socket_tickets"

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%H:%M:%S}"
