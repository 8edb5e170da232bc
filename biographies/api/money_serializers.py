"""What clients read of money. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class EstimateSerializer(serializers.Serializer[Any]):
    """About so much; all but the time are 0 where the text is made without a model."""

    calls = serializers.IntegerField(help_text="of language models")
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    micros = serializers.IntegerField(help_text="micro-dollars")
    seconds = serializers.IntegerField()


class TextEstimateSerializer(EstimateSerializer):
    """About what a text will cost; all are 0 where it is made without a model."""

    writers = serializers.ListField(child=serializers.CharField(), help_text="the models that may be chosen")


class BookEstimateSerializer(EstimateSerializer):
    """About what the book will cost from here, and where its spending ends."""

    cap_micros = serializers.IntegerField(allow_null=True, help_text="null: nowhere")


class SpentSerializer(serializers.Serializer[Any]):
    """What was spent under one heading: a phase, a role, a model, a day, or the number of a chapter's row."""

    of = serializers.CharField(
        allow_null=True, help_text="null: none, as for calls that no chapter asked for"
    )
    calls = serializers.IntegerField()
    attempts = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    micros = serializers.IntegerField()


class CostSerializer(serializers.Serializer[Any]):
    """What a book has cost, in micro-dollars; failed attempts are included."""

    spent_micros = serializers.IntegerField()
    reserved_micros = serializers.IntegerField(help_text="for calls under way")
    budget_micros = serializers.IntegerField(allow_null=True, help_text="the book's own; null: none")
    cap_micros = serializers.IntegerField(allow_null=True, help_text="where the spending ends; null: nowhere")
    by_phase = SpentSerializer(many=True)
    by_chapter = SpentSerializer(many=True)
    by_role = SpentSerializer(many=True)
    by_model = SpentSerializer(many=True)
    by_day = SpentSerializer(many=True)
