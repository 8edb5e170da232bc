"""What clients read of the outline. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class PlannedChapterSerializer(serializers.Serializer[Any]):
    """A chapter of the plan, with the facts that it tells and keeps, and the years between which they lie."""

    id = serializers.IntegerField()
    chapter_number = serializers.IntegerField()
    title = serializers.CharField()
    synopsis = serializers.CharField(allow_blank=True)
    target_words = serializers.IntegerField()
    facts_told = serializers.IntegerField()
    facts_kept = serializers.IntegerField()
    first_year = serializers.IntegerField(allow_null=True)
    last_year = serializers.IntegerField(allow_null=True)


class OutlineSerializer(serializers.Serializer[Any]):
    """The plan of the book."""

    version = serializers.IntegerField(help_text="to be sent with whatever changes or approves this outline")
    waits = serializers.BooleanField(help_text="the book goes on when somebody approves it")
    open = serializers.BooleanField(help_text="it can be changed now")
    approved_at = serializers.DateTimeField(allow_null=True)
    chapters = PlannedChapterSerializer(many=True)
