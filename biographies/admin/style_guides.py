"""The house's style guides in Unfold: everybody reads them, chief editors keep them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from biographies import style_guides
from biographies.errors import BadWish
from biographies.models import StyleGuide
from biographies.wishes import LANGUAGES
from bookgen_site.accounts.requests import person
from bookgen_site.lib.desk import DeskAdmin


class StyleGuideForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """One guide; `save` is left to the action, which also takes the default from the guide that had it."""

    class Meta:
        model = StyleGuide
        fields = style_guides.FIELDS

    def clean_language(self) -> str:
        language = str(self.cleaned_data["language"])
        if language and language not in LANGUAGES:
            raise forms.ValidationError(_("Choose one of: %s.") % ", ".join(LANGUAGES))
        return language

    def _get_validation_exclusions(self) -> set[str]:
        """One default per language: the action sees to that."""
        return {*super()._get_validation_exclusions(), "is_default"}  # type: ignore[misc]


@admin.register(StyleGuide)
class StyleGuideAdmin(DeskAdmin):
    """What books can be asked to keep to."""

    form = StyleGuideForm
    list_display = ("name", "language", "is_default", "updated_at")
    search_fields = ("name", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return style_guides.keeps_style_guides(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return style_guides.keeps_style_guides(person(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return style_guides.keeps_style_guides(person(request))

    def save_model(self, request: HttpRequest, obj: StyleGuide, form: StyleGuideForm, change: bool) -> None:
        values = {field: form.cleaned_data[field] for field in style_guides.FIELDS}
        guide = StyleGuide.objects.get(pk=obj.pk) if change else None
        obj.pk = style_guides.save_style_guide(guide=guide, by=person(request), **values).pk

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except BadWish as refusal:  # somebody else took the name this moment
            messages.error(request, str(refusal))
            return redirect("admin:biographies_styleguide_changelist")
        return answer

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        style_guides.delete_style_guide(guide=obj, by=person(request))
