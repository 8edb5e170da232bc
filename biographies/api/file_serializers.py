"""What clients read of files. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.models import Export


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file of the book. `blob` is the SHA-256 of its bytes."""

    sha256 = serializers.CharField(source="blob")

    class Meta:
        model = Export
        fields = ["id", "format", "filename", "size", "words", "sha256", "created_at"]
        read_only_fields = fields


class LinkSerializer(serializers.Serializer[Any]):
    """An address that opens one file without a key, until its time is over."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()
