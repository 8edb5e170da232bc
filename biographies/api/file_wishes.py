"""What clients send about files and logs: checked for shape here, for sense by the actions."""

from __future__ import annotations

from rest_framework import serializers

from biographies.exports.formats import FORMATS
from biographies.exports.options import NOTES, TRIMS
from bookgen_site.strict import StrictSerializer


class PrintingWish(StrictSerializer):
    """How the book is to be printed, and in which formats; what isn't told is as it was chosen last."""

    formats = serializers.ListField(
        child=serializers.ChoiceField([*FORMATS]), required=False, min_length=1, max_length=len(FORMATS)
    )
    trim = serializers.ChoiceField(
        [*TRIMS], required=False, help_text="size of the page, in inches but for a4 and a5"
    )
    notes = serializers.ChoiceField([*NOTES], required=False, help_text="of the Word file")
    recto = serializers.BooleanField(required=False, help_text="every section begins on a right page")


class LinkWish(StrictSerializer):
    """How long a link to a file opens."""

    hours = serializers.IntegerField(default=24, min_value=1, max_value=24 * 30)


class WhichLogs(StrictSerializer):
    """Where a stretch of the log begins."""

    before = serializers.RegexField(
        r"^\d{1,18}\.\d{1,18}$", required=False, help_text="`next` of the answer before: what is older"
    )
    limit = serializers.IntegerField(default=100, min_value=1, max_value=200)
