"""What clients read of what happened. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.vocabulary import Phase
from notifications.models import Event

LINE_KINDS = ["deed", "event"]


class EventSerializer(serializers.ModelSerializer[Event]):
    """Something that happened to the job; the numbers run without a gap."""

    at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Event
        fields = ["seq", "kind", "at", "payload"]
        read_only_fields = fields


class EventsSerializer(serializers.Serializer[Any]):
    """A stretch of a job's events; ask again with `after=last` for what follows."""

    events = EventSerializer(many=True)
    last = serializers.IntegerField(help_text="the number of the last event told here")


class LogLineSerializer(serializers.Serializer[Any]):
    """Something that somebody did or that happened, in words."""

    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(LINE_KINDS, help_text="what a person or the engine did; what came of it")
    actor = serializers.CharField(allow_blank=True, help_text="empty for events")
    text = serializers.CharField(allow_blank=True)
    target = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True, help_text="a person's own words, such as an instruction")


class ParkedSerializer(serializers.Serializer[Any]):
    """A piece of work that was given up, with its reason; /retry tries it again."""

    phase = serializers.ChoiceField(Phase.choices)
    unit = serializers.CharField(source="key")
    attempts = serializers.IntegerField()
    reason = serializers.CharField(source="error")


class LogsSerializer(serializers.Serializer[Any]):
    """A stretch of the log, newest first; ask again with `before=next` for what is older."""

    lines = LogLineSerializer(many=True)
    parked = ParkedSerializer(many=True, help_text="as it stands now; up to 100")
    next = serializers.CharField(allow_null=True)
