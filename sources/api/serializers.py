"""What clients send and read of the evidence."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bookgen_site.strict import StrictSerializer
from sources.models import Source

MOST_AT_ONCE = 100


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A document that the book may rest on; `valid` is null until it was judged."""

    class Meta:
        model = Source
        fields = [
            *(
                "number",
                "url",
                "filename",
                "found",
                "valid",
                "rejected_because",
                "status_code",
                "validated_at",
            ),
            *("relevance_score", "relevance_because", "credibility_score", "credibility_because"),
            *(
                "title",
                "author",
                "work",
                "publisher",
                "date",
                "form",
                "kind",
                "language",
                "licence",
                "origin_url",
            ),
            "notes",
        ]
        read_only_fields = fields


class NewAddresses(StrictSerializer):
    """Sources to be added by their web addresses."""

    urls = serializers.ListField(
        child=serializers.CharField(max_length=2000), max_length=MOST_AT_ONCE, min_length=1
    )


class NewSources(StrictSerializer):
    """Sources to be added by upload, by web address, or both."""

    urls = serializers.ListField(
        child=serializers.CharField(max_length=2000), required=False, default=list, max_length=MOST_AT_ONCE
    )
    files = serializers.ListField(
        child=serializers.FileField(max_length=255, allow_empty_file=True),
        required=False,
        default=list,
        max_length=MOST_AT_ONCE,
    )


class AddedSources(serializers.Serializer[Any]):
    """The sources that were added, or that were there already."""

    sources = SourceSerializer(many=True)
