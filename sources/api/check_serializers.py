"""What clients send and read of checks of web addresses. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bookgen_site.strict import StrictSerializer
from sources.models import AddressCheck

MOST_NOW = 20  # a client waits for these
MOST_LATER = 500


class AddressesNow(StrictSerializer):
    """Addresses to be looked at at once, for somebody or for nobody in particular."""

    urls = serializers.ListField(
        child=serializers.CharField(max_length=2000), min_length=1, max_length=MOST_NOW
    )
    subject = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=255,
        help_text="whom the sources are wanted for",
    )
    description = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)


class AddressesLater(AddressesNow):
    """Addresses to be looked at by the workers."""

    urls = serializers.ListField(
        child=serializers.CharField(max_length=2000), min_length=1, max_length=MOST_LATER
    )


class VerdictSerializer(serializers.Serializer[Any]):
    """What can be said of one address; scores are null where they can't be told."""

    url = serializers.CharField(allow_blank=True)
    valid = serializers.BooleanField()
    status_code = serializers.IntegerField(allow_null=True)
    relevance = serializers.FloatField(allow_null=True, help_text="0 to 1; null without a subject")
    relevance_because = serializers.CharField(allow_blank=True)
    credibility = serializers.FloatField(allow_null=True, help_text="0 to 100")
    credibility_because = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True, help_text="why it is no source; empty when it is one")


class VerdictsSerializer(serializers.Serializer[Any]):
    """A verdict for each address, in the order in which they were given."""

    results = VerdictSerializer(many=True)


class CheckSerializer(serializers.ModelSerializer[AddressCheck]):
    """How far a check is."""

    total = serializers.IntegerField(read_only=True)
    done = serializers.IntegerField(read_only=True)
    valid = serializers.IntegerField(read_only=True)
    finished = serializers.BooleanField(read_only=True)

    class Meta:
        model = AddressCheck
        fields = ["check_id", "subject", "description", "created_at", "total", "done", "valid", "finished"]
        read_only_fields = fields


class CheckResultsSerializer(CheckSerializer):
    """How far a check is, and the verdicts that there are, in order."""

    results = VerdictSerializer(many=True, read_only=True)

    class Meta(CheckSerializer.Meta):
        fields = [*CheckSerializer.Meta.fields, "results"]
        read_only_fields = fields
