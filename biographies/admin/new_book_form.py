"""The fields of “New biography”, each with its own message when something is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from biographies import wishes
from biographies.admin.book_money import in_micros
from biographies.errors import BadWish
from biographies.lengths import house_length
from biographies.models import StyleGuide
from biographies.models.style_guide import LONGEST
from biographies.team import models_wanted
from biographies.vocabulary import AuthorName, CitationStyle, Mode
from bookgen_site.lib.addresses import AddressError, split_url
from engine.authors import NoSuchAuthor, author_of
from engine.calls import roles
from sources.minimum import STANDARD_WORDS


def languages() -> list[tuple[str, str]]:
    """The languages of books, each by its name in the language of the desk."""
    return [(code, str(get_language_info(code)["name_translated"]).capitalize()) for code in wishes.LANGUAGES]


# Words on the button, and the chapters and words that it means; None: the figures of the two fields.
LENGTHS: Final[Mapping[str, tuple[Any, tuple[int | None, int | None] | None]]] = {
    "sources": (_("As the sources allow"), (None, None)),
    "short": (_("Short: 8 chapters, 15,000 words"), (8, 15_000)),
    "standard": (_("Standard: 20 chapters, 51,000 words"), (20, STANDARD_WORDS)),
    "own": (_("Own figures"), None),
}
MOST_OF_STYLE: Final = wishes.TEXTS["style"] - LONGEST - 2
NO_COLUMNS: Final = frozenset(
    {"once", "urls", "uploads", "length", "style_guide", "budget", *(f"model_{role}" for role in roles.ROLES)}
)
# Where a wish of a job is entered under another name.
FIELD_OF: Final = {"budget_micros": "budget", "models_by_role": "model_writer"}


def models_for(role: str, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """What may be chosen for a role: what the team says (`wanted`), the presets, and models that it names."""
    here = str(wanted[role])
    named = {one for names in wanted.values() for one in str(names).split(",")}
    presets = [(name, f"{name} ({', '.join(models[:1])})") for name, models in roles.PRESETS.items()]
    others = [(name, name) for name in sorted(named - set(roles.PRESETS))]
    return [("", str(_("as set up here: %s") % here)), *presets, *others]


def _model(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


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
        widget=forms.RadioSelect,
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
    length = forms.ChoiceField(
        label=_("Length"),
        choices=[(name, words) for name, (words, _figures) in LENGTHS.items()],
        widget=forms.RadioSelect,
        initial="sources",
        required=False,  # without an answer: the figures below
    )
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
    style_guide = forms.ModelChoiceField(
        label=_("Style guide"),
        queryset=StyleGuide.objects.all(),
        required=False,
        empty_label=_("none"),
        help_text=_("The book keeps a copy: a later change of the guide doesn't reach it."),
    )
    style = forms.CharField(
        label=_("For this book"),
        required=False,
        max_length=MOST_OF_STYLE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What else the author should know about how to write. Only a language model reads it."),
    )
    author = forms.ChoiceField(
        label=_("What writes"),
        choices=AuthorName.choices,
        widget=forms.RadioSelect,
        initial=AuthorName.EXTRACTIVE,
    )
    model_planner = _model(_("Model that plans"))
    model_writer = _model(_("Model that writes"))
    model_checker = _model(_("Model that checks"))
    budget = forms.CharField(
        label=_("Budget in dollars"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "5.00", "autocomplete": "off"}),
        help_text=_("The book pauses before it would cost more. Empty: no budget of its own."),
    )
    outline_review = forms.BooleanField(
        label=_("Show me the outline before anything is written"),
        required=False,
        help_text=_("The work stops when the outline is made. You change it, approve it, and it goes on."),
    )
    author_name = forms.CharField(
        label=_("Author's name"),
        required=False,
        max_length=255,
        help_text=_("It stands on the title page."),
    )
    author_email = forms.EmailField(
        label=_("Author's e-mail"),
        required=False,
        max_length=254,
        help_text=_(
            "They are told when the book is ready, and may read it here with a login of this address."
        ),
    )
    webhook_url = forms.CharField(
        label=_("Webhook"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://…", "autocomplete": "off"}),
        help_text=_("An address of your own that is told what happens to the book."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(house_length()):  # the team's own, unless the person chooses another
            self.fields["length"].initial = "own"
            self.fields["wanted_chapters"].initial, self.fields["wanted_words"].initial = house_length()
        wanted = models_wanted()
        for role in roles.ROLES:
            choice = self.fields[f"model_{role}"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = models_for(role, wanted)
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

    def clean_budget(self) -> int | None:
        try:
            return in_micros(self.cleaned_data["budget"])
        except BadWish as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def asked(self) -> dict[str, Any]:
        """The clean values as `make_book` takes them."""
        values = dict(self.cleaned_data)
        values.pop("uploads")
        return {"urls": values.pop("urls"), "once": values.pop("once"), "wishes": wishes_of(values)}


def wishes_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Clean values of the form as settings of a job; of a form with mistakes, those that are right."""
    columns = {name: value for name, value in values.items() if name not in NO_COLUMNS}
    length = LENGTHS.get(values.get("length", ""))
    if length and length[1] is not None:
        columns["wanted_chapters"], columns["wanted_words"] = length[1]
    guide = values.get("style_guide")
    columns["style"] = "\n\n".join(
        text for text in (guide.text if guide else "", values.get("style", "")) if text
    )
    if values.get("author") == AuthorName.MODEL:
        chosen = {role: values.get(f"model_{role}", "") for role in roles.ROLES}
        columns["models_by_role"] = {role: name for role, name in chosen.items() if name}
        columns["budget_micros"] = values.get("budget")
    return columns
