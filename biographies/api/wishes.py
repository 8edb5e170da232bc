"""What clients send: checked for shape here, for sense by `biographies.wishes`."""

from __future__ import annotations

from rest_framework import serializers

from biographies.api.paging import ORDERS
from biographies.exports.formats import FORMATS
from biographies.vocabulary import AuthorName, CitationStyle, JobStatus, Mode, Phase
from biographies.wishes import LANGUAGES, TEXTS
from bookgen_site.strict import StrictSerializer

MOST_URLS = 200
LAST_SEQ = 2**63 - 1  # the widest number that the column holds
LAST_NUMBER = 2**31 - 1


class WishedSettings(StrictSerializer):
    """What may be said of a biography that is to be made; whatever is left out is the installation's to decide."""

    description = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["description"])
    mode = serializers.ChoiceField(Mode.choices, required=False)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    style = serializers.CharField(  # type: ignore[assignment]  # a field called like an attribute of fields
        required=False, allow_blank=True, max_length=TEXTS["style"]
    )
    author = serializers.ChoiceField(AuthorName.choices, required=False, help_text="what writes")
    models_by_role = serializers.DictField(
        child=serializers.CharField(max_length=600),
        required=False,
        help_text="a preset or names of models for planner, writer and checker",
    )
    wanted_chapters = serializers.IntegerField(required=False, allow_null=True)
    wanted_words = serializers.IntegerField(required=False, allow_null=True)
    holds_targets = serializers.BooleanField(
        required=False, help_text="write as many words as wished, even where the sources hold less"
    )
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
    outline_review = serializers.BooleanField(
        required=False, help_text="rest until somebody has approved the outline"
    )
    citation_style = serializers.ChoiceField(CitationStyle.choices, required=False)
    author_name = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["author_name"])
    author_email = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["author_email"])
    webhook_url = serializers.CharField(required=False, allow_blank=True, max_length=TEXTS["webhook_url"])
    export_formats = serializers.ListField(
        child=serializers.ChoiceField(list(FORMATS)), required=False, min_length=1, max_length=len(FORMATS)
    )
    budget_micros = serializers.IntegerField(
        required=False, allow_null=True, help_text="micro-dollars; the book pauses before it costs more"
    )


class NewBiography(WishedSettings):
    """A biography to be made. Sources may be web addresses here, or files uploaded afterwards."""

    character = serializers.CharField(max_length=255, help_text="the person the book is about")
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


class ChangedBiography(WishedSettings):
    """Settings to be changed. Once a book is started, only its description, author and fewest sources still may be,
    and by a chief editor its budget.
    """

    character = serializers.CharField(required=False, max_length=255)


class WhichBiographies(StrictSerializer):
    """How a list of biographies may be narrowed."""

    status = serializers.ChoiceField(JobStatus.choices, required=False)
    phase = serializers.ChoiceField(Phase.choices, required=False)
    text = serializers.CharField(required=False, max_length=255, help_text="in the name or the description")
    created_after = serializers.DateTimeField(required=False, help_text="a day or a moment, not before it")
    created_before = serializers.DateTimeField(required=False, help_text="a day or a moment, before it")
    archived = serializers.BooleanField(
        default=False, help_text="those in the archive, which else are left out"
    )
    order = serializers.ChoiceField(ORDERS, required=False, help_text="default: the newest first")


class WhichEvents(StrictSerializer):
    """Where a list of events begins."""

    after = serializers.IntegerField(
        default=0, min_value=0, max_value=LAST_SEQ, help_text="the last number you have"
    )
