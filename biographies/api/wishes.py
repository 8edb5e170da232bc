"""What clients send: checked for shape here, for sense by `biographies.wishes`."""

from __future__ import annotations

from rest_framework import serializers

from biographies.vocabulary import AuthorName, CitationStyle, JobStatus, Mode
from biographies.wishes import LANGUAGES, TEXTS
from bookgen_site.strict import StrictSerializer

MOST_URLS = 200
LAST_SEQ = 2**63 - 1  # the widest number that the column holds


class NewBiography(StrictSerializer):
    """A biography to be made. Sources may be web addresses here, or files uploaded afterwards."""

    character = serializers.CharField(max_length=255, help_text="the person the book is about")
    description = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["description"])
    mode = serializers.ChoiceField(Mode.choices, required=False)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    style = serializers.CharField(  # type: ignore[assignment]  # a field called like an attribute of fields
        required=False, allow_blank=True, max_length=TEXTS["style"]
    )
    author = serializers.ChoiceField(AuthorName.choices, required=False, help_text="what writes")
    wanted_chapters = serializers.IntegerField(required=False, allow_null=True)
    wanted_words = serializers.IntegerField(required=False, allow_null=True)
    min_sources = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="fewest valid sources that the book may rest on; null: by its mode, fewer for a short book",
    )
    target_sources = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="modes hybrid and automatic: how many sources in all",
    )
    accepts_found = serializers.BooleanField(
        required=False, help_text="use what is found without anybody's decision"
    )
    citation_style = serializers.ChoiceField(CitationStyle.choices, required=False)
    author_name = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["author_name"])
    author_email = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["author_email"])
    sources = serializers.ListField(
        child=serializers.CharField(max_length=2000),
        required=False,
        max_length=MOST_URLS,
        help_text="web addresses",
    )
    start = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="default: start when there is something to begin with",
    )


class WhichBiographies(StrictSerializer):
    """How a list of biographies may be narrowed."""

    status = serializers.ChoiceField(JobStatus.choices, required=False)
    text = serializers.CharField(required=False, max_length=255, help_text="in the name or the description")


class WhichEvents(StrictSerializer):
    """Where a list of events begins."""

    after = serializers.IntegerField(
        default=0, min_value=0, max_value=LAST_SEQ, help_text="the last number you have"
    )


class ApprovalWish(StrictSerializer):
    """The approval of exactly one text."""

    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="the hash of the text that was read")


class RegenerationWish(StrictSerializer):
    """The wish for another text of a chapter, or of some of its paragraphs."""

    instruction = serializers.CharField(required=False, allow_blank=True, default="", max_length=5000)
    sha256 = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        required=False,
        default="",
        help_text="the hash of the text that was read; needed with paragraphs",
    )
    paragraphs = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=9999),
        required=False,
        allow_null=True,
        default=None,
        max_length=500,
        help_text="numbers from 1, as blank lines divide the text; every other byte stays. null: the whole text",
    )
    model = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=200,
        help_text="who writes it, of the writers that the estimate names; empty: the job's own",
    )


class WhichRegeneration(StrictSerializer):
    """What another text is to be estimated for."""

    paragraphs = serializers.RegexField(
        r"^[1-9]\d{0,3}(,[1-9]\d{0,3}){0,499}$",
        required=False,
        default="",
        help_text="for example 2,3; empty: the whole text",
    )
    model = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)

    def validate_paragraphs(self, value: str) -> list[int]:
        """The numbers."""
        return [int(number) for number in value.split(",") if number]
