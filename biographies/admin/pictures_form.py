"""The fields of an image; `biographies.images` decides what makes sense."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from biographies.images import LAST_CHAPTER
from biographies.models import Image
from biographies.models.image import LONGEST, ImagePlace

FIELDS: Final = ("place", "chapter", "caption", "credit", "alt", "rights")


class PictureForm(forms.Form):
    """Where an image is printed, and its words. Each form of a page has ids of its own."""

    place = forms.ChoiceField(label=_("Place"), choices=ImagePlace.choices, initial=ImagePlace.OPENING)
    chapter = forms.IntegerField(
        label=_("Chapter"),
        required=False,
        min_value=1,
        max_value=LAST_CHAPTER,
        help_text=_("Its number; none for a frontispiece."),
    )
    caption = forms.CharField(label=_("Caption"), required=False, max_length=LONGEST["caption"])
    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        max_length=LONGEST["credit"],
        help_text=_("Whose it is, as it's to be printed."),
    )
    alt = forms.CharField(
        label=_("Alternative text"),
        max_length=LONGEST["alt"],
        help_text=_("What it shows, for those who can't see it."),
    )
    rights = forms.CharField(
        label=_("Who allows the print"),
        max_length=LONGEST["rights"],
        help_text=_("A licence, a letter, or why none is needed. It isn't printed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            own = self[name].id_for_label
            field.widget.attrs |= {
                "class": "field",
                "autocomplete": "off",
                "dir": "auto",
                "aria-describedby": f"{own}-help {own}-errors" if field.help_text else f"{own}-errors",
            }


def form_of(image: Image, data: Any = None) -> PictureForm:
    """The form of an image that is there."""
    initial = {name: getattr(image, name) for name in FIELDS}
    return PictureForm(data, prefix=f"image-{image.pk}", initial=initial)
