"""Sources and facts on the desk, read-only: they change through the engine and the book's own page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from biographies.queries import visible_to
from bookgen_site.lib.desk import BookFilter, OfJobsAdmin
from bookgen_site.lib.text import shortened
from sources.models import Fact, Source

SHOWN_TEXT = 5_000  # characters of a source's text on its page; the whole of it would stall a browser


class EvidenceAdmin(OfJobsAdmin):
    """Rows of the evidence, of the books that the person may see; of one book in its own order, else newest first."""

    order_in_book: ClassVar[tuple[str, ...]] = ("id",)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return self.order_in_book if request.GET.get("book") else ("-id",)

    def visible_jobs(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_to(request.user)


@admin.register(Source)
class SourceAdmin(EvidenceAdmin):
    """What a book may rely on, with its verdict."""

    order_in_book = ("number",)

    list_display = ("number", "name", "book", "verdict", "kind", "relevance_score", "credibility_score")
    list_display_links = ("number", "name")
    list_filter = (BookFilter, "valid", "kind", "found", "decision")
    list_select_related = ("job",)
    search_fields = ("title", "author", "url", "filename")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "book",
                    "number",
                    "title",
                    "author",
                    "work",
                    "publisher",
                    "date",
                    "form",
                    "language",
                )
            },
        ),
        (
            _("Verdict"),
            {
                "fields": (
                    "judged",
                    "rejected_because",
                    ("relevance_score", "why_relevant"),
                    ("credibility_score", "why_credible"),
                    "kind",
                    "validated_at",
                )
            },
        ),
        (
            _("Where it is from"),
            {
                "fields": (
                    "found",
                    "finder",
                    "found_because",
                    "decision",
                    "filename",
                    "url",
                    "origin_url",
                    "status_code",
                    "licence",
                )
            },
        ),
        (_("Text"), {"fields": ("beginning",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "sources_source_changelist":
            return rows.defer("text", "signature", "notes")
        return rows

    @display(description=_("source"), ordering="title")
    def name(self, source: Source) -> str:
        return shortened(str(source), 120)

    @display(
        description=_("verdict"),
        ordering="valid",
        label={"valid": "success", "rejected": "danger", "waiting": "default"},
    )
    def verdict(self, source: Source) -> tuple[str, Any]:
        if source.valid is None:
            return "waiting", _("not checked yet")
        return ("valid", _("valid")) if source.valid else ("rejected", _("rejected"))

    @display(description=_("verdict"))
    def judged(self, source: Source) -> str:
        return str(self.verdict(source)[1])

    @display(description=_("why this relevance"))
    def why_relevant(self, source: Source) -> str:
        return source.relevance_because

    @display(description=_("why this credibility"))
    def why_credible(self, source: Source) -> str:
        return source.credibility_because

    @display(description=_("how it begins"))
    def beginning(self, source: Source) -> str:
        return source.text[:SHOWN_TEXT] + (" …" if len(source.text) > SHOWN_TEXT else "")


class PrecisionFilter(ChoicesFieldListFilter):
    """Narrows facts by how exact their date is."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.title = _("precision of the date")


@admin.register(Fact)
class FactAdmin(EvidenceAdmin):
    """What the sources say, and the chapter that tells it."""

    order_in_book = ("date_start", "id")

    list_display = ("statement", "book", "kind", "date_text", "witnesses", "chapter")
    list_filter = (BookFilter, "kind", ("date_precision", PrecisionFilter))
    list_select_related = ("job", "chapter")
    search_fields = ("text",)
    fields = (
        "book",
        "kind",
        "text",
        ("date_start", "date_end", "precision", "date_text", "date_inherited"),
        "people",
        "places",
        ("score", "witnesses"),
        "opposed",
        ("chapter", "position"),
    )

    @display(description=_("statement"))
    def statement(self, fact: Fact) -> str:
        return shortened(fact.text, 160)

    @display(description=_("precision of the date"))
    def precision(self, fact: Fact) -> str:
        return fact.get_date_precision_display()

    @display(description=_("contradicts"))
    def opposed(self, fact: Fact) -> str:
        return str(fact.contradicts or "")
