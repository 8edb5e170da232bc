"""What clients send and read of the evidence."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bookgen_site.strict import StrictSerializer
from sources.models import Source
from sources.vocabulary import Decision

MOST_AT_ONCE = 100
MADE = [Decision.ACCEPTED.value, Decision.DECLINED.value]  # what a person can say
LAST_NUMBER = 2**31 - 1  # the widest number that the column holds


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
                "finder",
                "found_because",
                "decision",
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


class SourceDescription(StrictSerializer):
    """What somebody says of a source."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=500)
    author = serializers.CharField(required=False, allow_blank=True, max_length=500)
    work = serializers.CharField(
        required=False, allow_blank=True, max_length=500, help_text="that it is part of"
    )
    publisher = serializers.CharField(required=False, allow_blank=True, max_length=500)
    date = serializers.CharField(required=False, allow_blank=True, max_length=40)
    form = serializers.CharField(
        required=False, allow_blank=True, max_length=120, help_text="letter, book, …"
    )
    language = serializers.CharField(required=False, allow_blank=True, max_length=12)
    licence = serializers.CharField(required=False, allow_blank=True, max_length=500)


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


class DecisionWish(StrictSerializer):
    """What somebody decides about a found source."""

    decision = serializers.ChoiceField(MADE)


class DecisionsWish(DecisionWish):
    """The same decision about several found sources: those that the person has seen, by their numbers."""

    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LAST_NUMBER),
        min_length=1,
        max_length=1000,
    )


class WhichSuggestions(StrictSerializer):
    """How the list of found sources may be narrowed."""

    decision = serializers.ChoiceField(Decision.choices, required=False)


class AddedSources(serializers.Serializer[Any]):
    """The sources that were added, or that were there already."""

    sources = SourceSerializer(many=True)
