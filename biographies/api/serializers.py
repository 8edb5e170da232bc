"""What clients read of a biography. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.models import BiographyJob
from biographies.vocabulary import Phase


class BiographySerializer(serializers.ModelSerializer[BiographyJob]):
    """A biography with its settings."""

    owner = serializers.CharField(source="owner.username", read_only=True)
    current_phase = serializers.ChoiceField(["", *Phase.values], help_text="empty until it is started")

    class Meta:
        model = BiographyJob
        fields = [
            *("job_id", "character", "description", "status", "progress", "current_phase", "error_message"),
            *(
                "created_at",
                "updated_at",
                "completed_at",
                "archived_at",
                "mode",
                "language",
                "style",
                "author",
            ),
            *("wanted_chapters", "wanted_words", "min_sources", "target_sources", "accepts_found"),
            *("holds_targets", "outline_review", "outline_approved_at", "models_by_role"),
            *("citation_style", "author_name", "author_email", "owner", "version"),
        ]
        read_only_fields = fields


class SourceCountsSerializer(serializers.Serializer[Any]):
    """Whether a biography has sources enough: nothing is spent before it has."""

    needed = serializers.IntegerField(source="least.number", help_text="fewest valid sources")
    because = serializers.CharField(source="least.because", help_text="where that number comes from")
    valid = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="not checked yet")
    suggested = serializers.IntegerField(help_text="waiting for somebody's decision; they don't count")
    rejected = serializers.DictField(
        source="rejected_by_reason", child=serializers.IntegerField(), help_text="how many for each reason"
    )
    enough = serializers.BooleanField(source="is_enough")


class BiographyDetailSerializer(BiographySerializer):
    """A biography with its settings and the count of its sources."""

    source_counts = SourceCountsSerializer(read_only=True)

    class Meta(BiographySerializer.Meta):
        fields = [*BiographySerializer.Meta.fields, "source_counts"]
        read_only_fields = fields


class StatusSerializer(serializers.ModelSerializer[BiographyJob]):
    """What is asked again and again while a book is made."""

    current_phase = serializers.ChoiceField(["", *Phase.values], help_text="empty until it is started")
    last_event = serializers.IntegerField(
        help_text="the number of the newest event; ask for events after yours"
    )

    class Meta:
        model = BiographyJob
        fields = [
            *("job_id", "status", "progress", "current_phase", "error_message", "updated_at", "completed_at"),
            "last_event",
        ]
        read_only_fields = fields
