"""Comments as clients read and send them."""

from __future__ import annotations

from rest_framework import serializers

from biographies.models import Comment
from biographies.models.comment import LONGEST, LONGEST_QUOTE
from bookgen_site.strict import StrictSerializer


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment, and the words that it is about."""

    by = serializers.CharField(source="author_name", read_only=True)
    revision = serializers.IntegerField(
        source="revision.number", read_only=True, help_text="the text that it speaks of"
    )

    class Meta:
        model = Comment
        fields = [
            "id",
            "revision",
            "quote",
            "offset",
            "text",
            "by",
            "created_at",
            "resolved_at",
            "resolved_by",
        ]
        read_only_fields = fields


class CommentWish(StrictSerializer):
    """Something to be said."""

    text = serializers.CharField(max_length=LONGEST)
    quote = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_QUOTE, trim_whitespace=False
    )
