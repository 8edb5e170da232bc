"""What clients read: jobs, chapters with their evidence, files and events. No logic, only names of fields."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from biographies.models import BiographyJob, Chapter, ChapterRevision, Export, Finding
from biographies.vocabulary import Phase
from notifications.models import Event
from sources.models import Citation
from sources.vocabulary import Opinion


class BiographySerializer(serializers.ModelSerializer[BiographyJob]):
    """A biography with its settings."""

    owner = serializers.CharField(source="owner.username", read_only=True)
    current_phase = serializers.ChoiceField(["", *Phase.values], help_text="empty until it is started")

    class Meta:
        model = BiographyJob
        fields = [
            *("job_id", "character", "description", "status", "progress", "current_phase", "error_message"),
            *("created_at", "updated_at", "completed_at", "mode", "language", "style", "author"),
            *("wanted_chapters", "wanted_words", "min_sources", "target_sources", "accepts_found"),
            *("citation_style", "author_name", "author_email", "owner"),
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
            *("word_count", "sha256", "open_findings"),
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


class EstimateSerializer(serializers.Serializer[Any]):
    """About what a text will cost; all are 0 where it is made without a model."""

    calls = serializers.IntegerField(help_text="of language models")
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    micros = serializers.IntegerField(help_text="micro-dollars")
    seconds = serializers.IntegerField()
    writers = serializers.ListField(child=serializers.CharField(), help_text="the models that may be chosen")


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """Something that a check saw in the text."""

    class Meta:
        model = Finding
        fields = ["id", "check_name", "severity", "message", "place", "status", "reason"]
        read_only_fields = fields


class ChapterDetailSerializer(ChapterSerializer):
    """A section with its text, the evidence of every sentence, and what the checks saw."""

    revision = RevisionSerializer(source="current_revision", allow_null=True, read_only=True)
    citations = CitationSerializer(many=True, read_only=True)
    findings = FindingSerializer(many=True, read_only=True)

    class Meta(ChapterSerializer.Meta):
        fields = [*ChapterSerializer.Meta.fields, "revision", "citations", "findings"]
        read_only_fields = fields


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file of the book. `blob` is the SHA-256 of its bytes."""

    sha256 = serializers.CharField(source="blob")

    class Meta:
        model = Export
        fields = ["id", "format", "filename", "size", "words", "sha256", "created_at"]
        read_only_fields = fields


class EventSerializer(serializers.ModelSerializer[Event]):
    """Something that happened to the job; the numbers run without a gap."""

    at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Event
        fields = ["seq", "kind", "at", "payload"]
        read_only_fields = fields


class EventsSerializer(serializers.Serializer[Any]):
    """A stretch of a job's events; ask again with `after=last` for what follows."""

    events = EventSerializer(many=True)
    last = serializers.IntegerField(help_text="the number of the last event told here")
