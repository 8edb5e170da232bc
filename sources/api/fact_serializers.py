"""What clients send and read of facts. No logic, only names of fields."""

from __future__ import annotations

from rest_framework import serializers

from bookgen_site.strict import StrictSerializer
from sources.models import Fact
from sources.vocabulary import DatePrecision, FactKind

LAST_ID = 2**63 - 1  # the widest number that the column holds


class TimelineSerializer(serializers.ModelSerializer[Fact]):
    """A dated fact, and the chapter that tells it."""

    date_precision = serializers.ChoiceField(["", *DatePrecision.values])
    chapter = serializers.IntegerField(source="chapter_id", allow_null=True)

    class Meta:
        model = Fact
        fields = ["id", "text", "kind", "date_text", "date_start", "date_end", "date_precision", "chapter"]
        read_only_fields = fields


class FactSerializer(TimelineSerializer):
    """A statement; `spans` are the stretches that say so: [number of the source, start, end] in its text."""

    spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    people = serializers.ListField(child=serializers.CharField())
    places = serializers.ListField(child=serializers.CharField())
    contradicts = serializers.IntegerField(source="contradicts_id", allow_null=True)

    class Meta(TimelineSerializer.Meta):
        fields = [
            *TimelineSerializer.Meta.fields,
            *("spans", "people", "places", "witnesses", "contradicts", "position"),
        ]
        read_only_fields = fields


class WhichFacts(StrictSerializer):
    """How facts may be narrowed."""

    show = serializers.ChoiceField(["told", "reserve", "disputed"], required=False)
    kind = serializers.ChoiceField(FactKind.choices, required=False)
    chapter = serializers.IntegerField(required=False, min_value=1, max_value=LAST_ID)
