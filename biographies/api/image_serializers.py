"""What clients send and read of images: checked for shape here, for sense by the actions."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from biographies.images import LAST_CHAPTER, MOST
from biographies.models import Image
from biographies.models.image import LONGEST, ImagePlace
from bookgen_site.strict import StrictSerializer


class ImageSerializer(serializers.ModelSerializer[Image]):
    """An image of the book. `sha256` is the hash of its clean bytes, as exports name it."""

    sha256 = serializers.CharField(source="blob")

    class Meta:
        model = Image
        fields = [
            *("id", "sha256", "media_type", "width", "height", "size", "filename", "place", "chapter"),
            *("position", "caption", "credit", "alt", "rights", "version", "created_at"),
        ]
        read_only_fields = fields


class ImageWords(StrictSerializer):
    """Where an image is printed, and its words."""

    place = serializers.ChoiceField(ImagePlace.choices)
    chapter = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LAST_CHAPTER,
        help_text="the number of the chapter; none for a frontispiece",
    )
    caption = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["caption"])
    credit = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["credit"])
    alt = serializers.CharField(
        max_length=LONGEST["alt"], help_text="what it shows, for those who can't see it"
    )
    rights = serializers.CharField(
        max_length=LONGEST["rights"], help_text="who allows the print; it isn't printed itself"
    )


@extend_schema_field(OpenApiTypes.BINARY)
class PictureField(serializers.FileField):
    """A file of a form; the framework would have it told as an address, as in answers."""


class NewImage(ImageWords):
    """A picture and its words."""

    file = PictureField(max_length=255, allow_empty_file=True)


class ChangedImage(ImageWords):
    """What is to be another of an image; what isn't told stays."""

    place = serializers.ChoiceField(ImagePlace.choices, required=False)
    alt = serializers.CharField(required=False, max_length=LONGEST["alt"])
    rights = serializers.CharField(required=False, max_length=LONGEST["rights"])
    position = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, help_text="among the images of its place, from 1"
    )
