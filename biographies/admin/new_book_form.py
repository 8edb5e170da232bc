"""The fields of “New biography”, each with its own message when something is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from biographies import wishes
from biographies.vocabulary import AuthorName, CitationStyle, Mode
from bookgen_site.lib.addresses import AddressError, split_url
from engine.authors import NoSuchAuthor, author_of


def languages() -> list[tuple[str, str]]:
    """The languages of books, each by its name in the language of the desk."""
    return [(code, str(get_language_info(code)["name_translated"]).capitalize()) for code in wishes.LANGUAGES]


def _wrong_url(url: str) -> str:
    """What is wrong with a web address, before anything is made; "" when nothing is."""
    try:
        split_url(url)
    except AddressError as error:
        return f"“{url[:100]}”: {error}"
    return ""


class NewBookForm(forms.Form):
    """Whom the book is about, and what is asked of it. Files are handled beside it (`uploads`)."""

    once = forms.CharField(max_length=64, widget=forms.HiddenInput)  # the same form twice is one book
    character = forms.CharField(
        label=_("Person"), max_length=255, help_text=_("The full name of the person the book is about.")
    )
    description = forms.CharField(
        label=_("Who they are"),
        max_length=500,
        required=False,
        help_text=_("In a few words, to tell them from others of the same name."),
    )
    uploads = forms.Field(required=False, label=_("Files"))  # its value is not in the form: see `uploads`
    urls = forms.CharField(
        label=_("Web addresses"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://…"}),
        help_text=_("One to a line. They are fetched when the work begins."),
    )
    mode = forms.ChoiceField(
        label=_("Where the sources come from"),
        choices=Mode.choices,
        initial=Mode.MANUAL,
        required=False,  # without an answer: one's own sources
        help_text=_(
            "What BookGen finds is shown to you first, each with its reasons, unless you say otherwise."
        ),
    )
    target_sources = forms.IntegerField(
        label=_("Sources in all"),
        required=False,
        min_value=wishes.RANGES["target_sources"][0],
        max_value=wishes.RANGES["target_sources"][1],
        help_text=_("How many there should be with what is found. Leave empty for the usual number."),
    )
    accepts_found = forms.BooleanField(label=_("Use what is found without asking me"), required=False)
    wanted_chapters = forms.IntegerField(
        label=_("Chapters"),
        required=False,
        min_value=wishes.RANGES["wanted_chapters"][0],
        max_value=wishes.RANGES["wanted_chapters"][1],
        help_text=_("Leave empty to let the sources decide."),
    )
    wanted_words = forms.IntegerField(
        label=_("Words"),
        required=False,
        min_value=wishes.RANGES["wanted_words"][0],
        max_value=wishes.RANGES["wanted_words"][1],
        help_text=_("Of all chapters together. Leave empty to let the sources decide."),
    )
    min_sources = forms.IntegerField(
        label=_("Fewest valid sources"),
        required=False,
        min_value=wishes.RANGES["min_sources"][0],
        max_value=wishes.RANGES["min_sources"][1],
        help_text=_("With fewer the work stops before anything is spent. Leave empty for the usual number."),
    )
    citation_style = forms.ChoiceField(
        label=_("Citation style"),
        choices=CitationStyle.choices,
        initial=CitationStyle.CHICAGO,
        required=False,  # without an answer: the usual one
    )
    language = forms.ChoiceField(label=_("Language of the book"), choices=languages)
    author = forms.ChoiceField(
        label=_("Author"), choices=AuthorName.choices, help_text=_("What writes the text of the book.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            told = [f"{name}-help"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*told, f"{name}-errors"])

    def clean_urls(self) -> list[str]:
        urls = [line.strip() for line in self.cleaned_data["urls"].splitlines() if line.strip()]
        wrong = [reason for reason in map(_wrong_url, urls) if reason]
        if wrong:
            raise forms.ValidationError(wrong)
        return urls

    def clean_mode(self) -> str:
        return self.cleaned_data["mode"] or Mode.MANUAL

    def clean_citation_style(self) -> str:
        return self.cleaned_data["citation_style"] or CitationStyle.CHICAGO

    def clean_author(self) -> str:
        name = str(self.cleaned_data["author"])
        try:
            author_of(name)
        except NoSuchAuthor as error:
            raise forms.ValidationError(str(error)) from error
        return name

    def asked(self) -> dict[str, Any]:
        """The clean values as `make_book` takes them."""
        values = dict(self.cleaned_data)
        values.pop("uploads")
        return {"urls": values.pop("urls"), "once": values.pop("once"), "wishes": values}
