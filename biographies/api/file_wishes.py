"""What clients send about files and logs: checked for shape here, for sense by the actions."""

from __future__ import annotations

from rest_framework import serializers

from biographies.models.export import FORMATS
from bookgen_site.strict import StrictSerializer


class ExportWish(StrictSerializer):
    """The formats that the approved book is to be made in."""

    formats = serializers.ListField(
        child=serializers.ChoiceField(FORMATS), min_length=1, max_length=20, default=["docx"]
    )


class LinkWish(StrictSerializer):
    """How long a link to a file opens."""

    hours = serializers.IntegerField(default=24, min_value=1, max_value=24 * 30)


class WhichLogs(StrictSerializer):
    """Where a stretch of the log begins."""

    before = serializers.RegexField(
        r"^\d{1,18}\.\d{1,18}$", required=False, help_text="`next` of the answer before: what is older"
    )
    limit = serializers.IntegerField(default=100, min_value=1, max_value=200)
