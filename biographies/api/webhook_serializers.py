"""Webhooks as clients read them, and what they may send. Secrets stand in one answer alone."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bookgen_site.strict import StrictSerializer
from notifications.events import EventKind
from notifications.models import Delivery, State, WebhookEndpoint

MOST_NUMBERS = 200


class WebhookSerializer(serializers.ModelSerializer[WebhookEndpoint]):
    """An endpoint, without its secret."""

    encrypted = serializers.SerializerMethodField()

    class Meta:
        model = WebhookEndpoint
        fields: tuple[str, ...] = (
            "id", "job_id", "name", "url", "event_types", "encrypted", "active", "off_reason", "off_at",
            "failing_since", "last_success_at", "created_at",
        )  # fmt: skip

    def get_encrypted(self, endpoint: WebhookEndpoint) -> bool:
        """Whether its messages are encrypted with the receiver's key."""
        return bool(endpoint.encryption_key)


class MadeWebhookSerializer(WebhookSerializer):
    """An endpoint that was made this moment, with its secret."""

    secret = serializers.CharField(help_text="whsec_…; shown this once")

    class Meta(WebhookSerializer.Meta):
        fields = (*WebhookSerializer.Meta.fields, "secret")


class SecretSerializer(serializers.Serializer[Any]):
    """The secret of an endpoint."""

    secret = serializers.CharField(help_text="whsec_…; shown this once")


class MessageSerializer(serializers.ModelSerializer[Delivery]):
    """One message to an endpoint. `message_id` is what receivers see as webhook-id."""

    message_id = serializers.SerializerMethodField()
    type = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices)

    class Meta:
        model = Delivery
        fields = (
            "id", "message_id", "type", "job_id", "state", "attempts", "created_at", "next_at", "sent_at",
            "answer", "error",
        )  # fmt: skip

    def get_message_id(self, row: Delivery) -> str:
        """The same each time it is sent."""
        return f"msg_{row.uid.hex}"

    def get_type(self, row: Delivery) -> str:
        """The type of the event, as in the message."""
        return str(row.payload.get("type", ""))


class ReplayedSerializer(serializers.Serializer[Any]):
    """How many messages are sent again."""

    messages = serializers.IntegerField()


class WebhookChange(StrictSerializer):
    """What may be changed of an endpoint."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=100)
    url = serializers.CharField(required=False, max_length=2000, help_text="https")
    event_types = serializers.ListField(
        child=serializers.ChoiceField(EventKind.choices),
        required=False,
        max_length=len(EventKind.values),
        help_text="empty: all but progress",
    )
    encryption_key = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=10_000,
        help_text="a public key, JWK in JSON or PEM: messages are encrypted (JWE)",
    )


class NewWebhook(WebhookChange):
    """An endpoint to be made; without `job_id` it hears of all biographies."""

    url = serializers.CharField(max_length=2000, help_text="https")
    job_id = serializers.UUIDField(required=False, allow_null=True)


class WebhookSwitch(StrictSerializer):
    """Whether messages are sent."""

    active = serializers.BooleanField()


class Replay(StrictSerializer):
    """Which messages are sent again: by their numbers, or all that failed since a time."""

    messages = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=MOST_NUMBERS,
    )
    failed_since = serializers.DateTimeField(required=False)


class WhichMessages(StrictSerializer):
    """How a list of messages may be narrowed."""

    state = serializers.ChoiceField(State.choices, required=False)
