"""What clients send and read of collections. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.api.serializers import BiographySerializer
from biographies.models import CollectedPerson, Collection
from bookgen_site.strict import StrictSerializer

MOST_TEXT = 1_000_000  # characters of a list


class CollectionSerializer(serializers.ModelSerializer[Collection]):
    """A list of people to write about, with its counts."""

    owner = serializers.CharField(source="owner.username", read_only=True)
    people = serializers.IntegerField(source="count", read_only=True)
    waiting = serializers.IntegerField(read_only=True, help_text="who have no biography yet")

    class Meta:
        model = Collection
        fields = [
            *(
                "id",
                "name",
                "description",
                "wishes",
                "owner",
                "people",
                "waiting",
                "created_at",
                "updated_at",
            ),
        ]
        read_only_fields = fields


class CollectionWish(StrictSerializer):
    """A new list. `wishes` are settings of the biographies made from it, as when one is ordered."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=500)
    wishes = serializers.DictField(required=False)


class ChangedCollection(CollectionWish):
    """Another name, description or settings."""

    name = serializers.CharField(required=False, max_length=200)


class PersonSerializer(serializers.ModelSerializer[CollectedPerson]):
    """Somebody of a collection; `job_id` is their biography."""

    job_id = serializers.UUIDField(allow_null=True, read_only=True)

    class Meta:
        model = CollectedPerson
        fields = ["id", "number", "name", "dates", "notes", "taken_at", "job_id"]
        read_only_fields = fields


class ChangedPerson(StrictSerializer):
    """Another name, dates or notes."""

    name = serializers.CharField(required=False, max_length=255)
    dates = serializers.CharField(required=False, allow_blank=True, max_length=60)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=400)


class WhichPeople(StrictSerializer):
    """How the people of a list may be narrowed."""

    waiting = serializers.BooleanField(required=False, help_text="true: who have no biography yet")


class ListedText(StrictSerializer):
    """People, one a line: a name, perhaps with dates in brackets and notes, or in columns."""

    text = serializers.CharField(max_length=MOST_TEXT)


class ListedSerializer(serializers.Serializer[Any]):
    """A line that names somebody who is in the list already."""

    line = serializers.IntegerField()
    name = serializers.CharField()


class ProblemLineSerializer(serializers.Serializer[Any]):
    """A line that couldn't be taken."""

    line = serializers.IntegerField()
    reason = serializers.CharField()


class ImportedSerializer(serializers.Serializer[Any]):
    """What became of the lines; of duplicates and problems up to 500 each are told."""

    added = serializers.IntegerField()
    duplicates = ListedSerializer(many=True)
    problems = ProblemLineSerializer(many=True)


class TakenSerializer(serializers.Serializer[Any]):
    """The next person, and the biography that was made."""

    person = PersonSerializer()
    job = BiographySerializer()
