"""What clients read of chapters with their evidence. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.models import Chapter, ChapterRevision, Finding
from sources.models import Citation
from sources.vocabulary import Opinion


class ChapterSerializer(serializers.ModelSerializer[Chapter]):
    """A section of the book, without its text."""

    word_count = serializers.IntegerField(read_only=True)
    sha256 = serializers.CharField(
        source="current_revision.sha256",
        default="",
        read_only=True,
        help_text="the hash to approve; empty: no text",
    )
    open_findings = serializers.IntegerField(read_only=True)

    class Meta:
        model = Chapter
        fields = [
            *("id", "kind", "chapter_number", "title", "synopsis", "target_words", "status", "parked_reason"),
            *("word_count", "sha256", "open_findings", "version"),
        ]
        read_only_fields = fields


class RevisionSerializer(serializers.ModelSerializer[ChapterRevision]):
    """The text of a section as it stands."""

    paragraphs = serializers.ListField(
        child=serializers.IntegerField(),
        read_only=True,
        help_text="those of the text before it that were written anew; empty: the whole text",
    )

    class Meta:
        model = ChapterRevision
        fields = [
            *("number", "sha256", "text", "word_count", "origin", "instruction", "paragraphs", "created_at"),
        ]
        read_only_fields = fields


class RevisionSummarySerializer(RevisionSerializer):
    """One of the texts that a section has had, without the text itself."""

    by = serializers.CharField(
        source="created_by.username", default="", allow_blank=True, help_text="empty: the engine"
    )
    current = serializers.BooleanField(read_only=True)

    class Meta(RevisionSerializer.Meta):
        fields = [*(name for name in RevisionSerializer.Meta.fields if name != "text"), "by", "current"]
        read_only_fields = fields


class StepSerializer(serializers.Serializer[Any]):
    """A stretch of words that stays, goes or comes."""

    op = serializers.ChoiceField(["equal", "delete", "insert"])
    text = serializers.CharField()


class ComparisonSerializer(serializers.Serializer[Any]):
    """How one text became another: what stays and goes, joined, is the first; what stays and comes, the second."""

    steps = StepSerializer(many=True)
    instruction = serializers.CharField(
        allow_blank=True, help_text="that led to the second; empty: there was none"
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of the language, so it can't be written above."""
        numbers = {"from": serializers.IntegerField(), "to": serializers.IntegerField()}
        return {**numbers, **super().get_fields()}


class CitationSerializer(serializers.ModelSerializer[Citation]):
    """What the mark [^number] in the text stands for: a stretch of a source, `text[start:end]`.

    `verdict` is what rules say of the sentence, `opinion` what a model says where they leave it open.
    """

    source = serializers.IntegerField(  # type: ignore[assignment]  # a field called like an attribute of fields
        source="passage.source.number", help_text="the number of the source in the job"
    )
    source_title = serializers.CharField(source="passage.source.title")
    opinion = serializers.ChoiceField(["", *Opinion.values], help_text="empty: no model was asked")

    class Meta:
        model = Citation
        fields = [
            *("number", "sentence", "quote", "verdict", "because", "opinion", "opinion_because"),
            *("source", "source_title", "start", "end"),
        ]
        read_only_fields = fields


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """Something that a check saw in the text."""

    class Meta:
        model = Finding
        fields = ["id", "check_name", "severity", "message", "place", "status", "reason"]
        read_only_fields = fields


class BookFindingSerializer(FindingSerializer):
    """The same with the section in whose text it was seen; null: in the book as a whole."""

    chapter = serializers.IntegerField(
        source="revision.chapter_id", allow_null=True, default=None, read_only=True
    )

    class Meta(FindingSerializer.Meta):
        fields = [*FindingSerializer.Meta.fields, "chapter"]
        read_only_fields = fields


class ChapterDetailSerializer(ChapterSerializer):
    """A section with its text, the evidence of every sentence, and what the checks saw."""

    revision = RevisionSerializer(source="current_revision", allow_null=True, read_only=True)
    citations = CitationSerializer(many=True, read_only=True)
    findings = FindingSerializer(many=True, read_only=True)

    class Meta(ChapterSerializer.Meta):
        fields = [*ChapterSerializer.Meta.fields, "revision", "citations", "findings"]
        read_only_fields = fields
