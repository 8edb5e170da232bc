"""The images of a book."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models.job import BiographyJob
from bookgen_site.lib.constraints import at_least, filled, one_of

# Characters; a caption that is longer belongs into the text.
LONGEST: Final = {"caption": 600, "credit": 300, "alt": 600, "rights": 600}


class ImagePlace(models.TextChoices):
    """Where an image is printed."""

    FRONTISPIECE = "frontispiece", _("frontispiece, facing the title page")
    OPENING = "opening", _("at the opening of a chapter")
    END = "end", _("at the end of a chapter")


class MediaType(models.TextChoices):
    """What an image can be; told by its content, never by its name."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Image(models.Model):
    """A picture that is printed in the book, with the words that belong to it. A person has put it there.

    `blob` is the SHA-256 of bytes that were decoded and written anew, without what a camera notes of place and owner;
    `width` and `height` are pixels. `chapter` is the number of a chapter, which needn't be there yet: an outline may
    come later. Within its place it stands by `position`.
    """

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="images")
    blob = models.CharField(max_length=64)
    media_type = models.CharField(_("kind"), max_length=10, choices=MediaType.choices)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    filename = models.CharField(_("file"), max_length=255, blank=True, default="")
    place = models.CharField(_("place"), max_length=12, choices=ImagePlace.choices)
    chapter = models.PositiveSmallIntegerField(_("chapter"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    caption = models.CharField(_("caption"), max_length=LONGEST["caption"], blank=True, default="")
    credit = models.CharField(_("credit"), max_length=LONGEST["credit"], blank=True, default="")
    alt = models.CharField(_("alternative text"), max_length=LONGEST["alt"])
    rights = models.CharField(_("who allows the print"), max_length=LONGEST["rights"])
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="images"
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "job_images"
        ordering = ["job", "chapter", "place", "position", "id"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            one_of("place", ImagePlace.values, "image_place_known"),
            one_of("media_type", MediaType.values, "image_kind_known"),
            filled("blob", "image_has_file"),
            filled("alt", "image_has_alternative_text"),
            filled("rights", "image_has_rights"),
            at_least("width", 1, "image_has_width"),
            at_least("height", 1, "image_has_height"),
            at_least("size", 1, "image_not_empty"),
            at_least("position", 1, "image_position_from_one"),
            models.CheckConstraint(
                condition=Q(place=ImagePlace.FRONTISPIECE, chapter__isnull=True)
                | (~Q(place=ImagePlace.FRONTISPIECE) & Q(chapter__isnull=False, chapter__gte=1)),
                name="image_chapter_but_for_frontispiece",
            ),
            models.UniqueConstraint(fields=["job", "blob"], name="image_once_per_book"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(place=ImagePlace.FRONTISPIECE), name="image_one_frontispiece"
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt

    @property
    def stored_name(self) -> str:
        """A name for its file that says nothing but what it is."""
        return f"{self.blob[:16]}.{'png' if self.media_type == MediaType.PNG else 'jpg'}"
