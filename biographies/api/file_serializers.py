"""What clients read of files. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.models import Export


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file of the book. `blob` is the SHA-256 of its bytes."""

    sha256 = serializers.CharField(source="blob")
    options = serializers.DictField(child=serializers.JSONField(), help_text="how it is printed")
    revision_hashes = serializers.DictField(
        child=serializers.CharField(), help_text="the texts that it prints, by the id of the chapter"
    )

    images = serializers.ListField(
        child=serializers.DictField(child=serializers.JSONField()),
        allow_null=True,
        help_text="the images that it prints: hash, place and words; null: it was made before there were images",
    )

    class Meta:
        model = Export
        fields = [
            *("id", "format", "filename", "size", "words", "sha256", "draft", "options", "revision_hashes"),
            "images",
            "created_at",
        ]
        read_only_fields = fields


class LinkSerializer(serializers.Serializer[Any]):
    """An address that opens one file without a key, until its time is over."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()
