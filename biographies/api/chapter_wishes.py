"""What clients send about outline and chapters: checked for shape here, for sense by the actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from biographies.api.wishes import LAST_NUMBER, LAST_SEQ
from biographies.vocabulary import FindingStatus
from bookgen_site.strict import StrictSerializer
from engine.editing import LONGEST
from engine.outline_actions import MOST_WORDS


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


class WhichRevisions(StrictSerializer):
    """Which two texts are compared, by their numbers."""

    to = serializers.IntegerField(min_value=1, max_value=LAST_NUMBER)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of the language, so it can't be written above."""
        return {"from": serializers.IntegerField(min_value=1, max_value=LAST_NUMBER), **super().get_fields()}


class ChangesWish(StrictSerializer):
    """A section goes back, with what is wrong with it."""

    reason = serializers.CharField(max_length=5000)


class WhichFindings(StrictSerializer):
    """How findings may be narrowed."""

    status = serializers.ChoiceField(FindingStatus.choices, required=False)


class FindingWish(StrictSerializer):
    """What becomes of a finding; a dismissal needs its reason."""

    status = serializers.ChoiceField([FindingStatus.RESOLVED.value, FindingStatus.DISMISSED.value])
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class CiteWish(StrictSerializer):
    """What a new mark of an edited text cites: a stretch of a source's text."""

    mark = serializers.IntegerField(min_value=1, max_value=LAST_NUMBER, help_text="3 for [^3]")
    source = serializers.IntegerField(  # type: ignore[assignment]  # a field called like an attribute of fields
        min_value=1, max_value=LAST_NUMBER, help_text="the source's number"
    )
    start = serializers.IntegerField(min_value=0, max_value=LAST_NUMBER)
    end = serializers.IntegerField(min_value=1, max_value=LAST_NUMBER)


class ChangedChapter(StrictSerializer):
    """Before a chapter is written: its title, synopsis and words. Afterwards: its text, which makes a revision."""

    title = serializers.CharField(required=False, max_length=255)
    synopsis = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    target_words = serializers.IntegerField(required=False, min_value=0, max_value=MOST_WORDS)
    text = serializers.CharField(
        required=False,
        max_length=LONGEST,
        trim_whitespace=False,
        help_text="Markdown with the marks of its citations",
    )
    note = serializers.CharField(
        required=False, allow_blank=True, max_length=5000, help_text="with text: why it was edited"
    )
    cites = serializers.ListField(
        child=CiteWish(), required=False, max_length=500, help_text="with text: what new marks cite"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either the text with what belongs to it, or what is said of the chapter."""
        of_text = {"text", "note", "cites"} & attrs.keys()
        if of_text and ("text" not in attrs or of_text != attrs.keys()):
            raise serializers.ValidationError({"text": [_("Send a text alone, with its note and cites.")]})
        return attrs


class PlacedChapterWish(StrictSerializer):
    """One chapter of the outline; its place in the list is its number."""

    id = serializers.IntegerField(min_value=1, max_value=LAST_SEQ)
    title = serializers.CharField(max_length=255)
    synopsis = serializers.CharField(allow_blank=True, default="", max_length=2000)
    target_words = serializers.IntegerField(min_value=0, max_value=MOST_WORDS)


class OutlineWish(StrictSerializer):
    """The whole outline, as it is to be: every chapter once, in order."""

    version = serializers.IntegerField(
        min_value=0, max_value=LAST_NUMBER, help_text="that of the outline you read"
    )
    chapters = serializers.ListField(child=PlacedChapterWish(), min_length=1, max_length=100)


class OutlineApproval(StrictSerializer):
    """The approval of the outline as it was read."""

    version = serializers.IntegerField(min_value=0, max_value=LAST_NUMBER)
