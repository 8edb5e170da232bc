"""The tables of the evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from biographies.models import BiographyJob, Chapter, ChapterRevision
from bookgen_site.lib.constraints import at_least, between, one_of
from bookgen_site.lib.text import shortened
from sources.vocabulary import (
    OPEN_VERDICTS,
    DatePrecision,
    Decision,
    FactKind,
    Found,
    Opinion,
    SourceKind,
    Verdict,
)


class Source(models.Model):
    """A document that the book may rely on. `valid` is None until the source has been judged."""

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="sources")
    number = models.PositiveIntegerField(_("number"))
    url = models.CharField(_("URL"), max_length=2000)
    valid = models.BooleanField(_("valid"), null=True)
    status_code = models.PositiveSmallIntegerField(_("status code"), null=True, blank=True)
    relevance_score = models.FloatField(_("relevance"), null=True, blank=True)
    relevance_because = models.TextField(blank=True, default="")
    credibility_score = models.FloatField(_("credibility"), null=True, blank=True)
    credibility_because = models.TextField(blank=True, default="")
    validated_at = models.DateTimeField(_("checked"), null=True, blank=True)
    rejected_because = models.TextField(_("why it was rejected"), blank=True, default="")

    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    author = models.CharField(_("author"), max_length=500, blank=True, default="")
    work = models.CharField(_("work"), max_length=500, blank=True, default="")
    publisher = models.CharField(_("publisher"), max_length=500, blank=True, default="")
    date = models.CharField(_("date"), max_length=40, blank=True, default="")
    form = models.CharField(_("form"), max_length=120, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind.choices, default=SourceKind.UNKNOWN)
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    licence = models.CharField(_("licence"), max_length=500, blank=True, default="")
    origin_url = models.CharField(_("origin"), max_length=2000, blank=True, default="")
    found = models.CharField(
        _("how it was found"), max_length=10, choices=Found.choices, default=Found.FOLDER
    )

    # What a person gave is accepted from the start; what a finder found waits for somebody's decision.
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, default=Decision.ACCEPTED
    )
    finder = models.CharField(_("finder"), max_length=40, blank=True, default="")
    found_because = models.TextField(_("why it was suggested"), blank=True, default="")

    filename = models.CharField(_("file"), max_length=255, blank=True, default="")
    blob = models.CharField(max_length=64, blank=True, default="")  # SHA-256 of the bytes as they came
    content_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)  # of the clean text
    signature = models.JSONField(null=True)  # for near duplicates
    text = models.TextField(_("text"), blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")
    # Signs of text that speaks to a language model instead of a reader: [name of the sign, start, end].
    signs = models.JSONField(_("signs of injection"), default=list, blank=True)

    class Meta:
        db_table = "sources"
        ordering = ["job", "number"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="source_number_once"),
            models.UniqueConstraint(fields=["job", "url"], name="source_url_once"),
            one_of("kind", SourceKind.values, "source_kind_known"),
            one_of("found", Found.values, "source_found_known"),
            one_of("decision", Decision.values, "source_decision_known"),
            between("relevance_score", 0, 1, "source_relevance_0_to_1"),
            between("credibility_score", 0, 100, "source_credibility_0_to_100"),
            models.CheckConstraint(
                condition=Q(valid=None) | Q(valid=True) | ~Q(rejected_because=""),
                name="source_rejected_with_reason",
            ),
            models.CheckConstraint(condition=~Q(valid=True) | ~Q(text=""), name="source_valid_has_text"),
        ]

    def __str__(self) -> str:
        return self.title or self.filename or self.url


class Passage(models.Model):
    """A quotable stretch of a source's text: `source.text[start:end]`."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(_("number"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        db_table = "passages"
        ordering = ["source", "number"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="passage_number_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.start}–{self.end}"

    @property
    def text(self) -> str:
        """The words of the passage, cut from the stored text."""
        return self.source.text[self.start : self.end]


class Fact(models.Model):
    """One dated or undated statement drawn from passages, told in at most one chapter."""

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=64)  # a hash of the words: the same in every process
    kind = models.CharField(_("kind"), max_length=12, choices=FactKind.choices, default=FactKind.STATEMENT)
    text = models.TextField(_("statement"))
    spans = models.JSONField(default=list)  # its sentences: [source number, start, end], in reading order
    also = models.JSONField(default=list)  # the same statement elsewhere, in the same form
    passages = models.ManyToManyField(Passage, related_name="facts")
    date_start = models.DateField(_("from"), null=True, blank=True)
    date_end = models.DateField(_("to"), null=True, blank=True)
    date_precision = models.CharField(max_length=8, choices=DatePrecision.choices, blank=True, default="")
    date_text = models.CharField(_("date as written"), max_length=200, blank=True, default="")
    date_inherited = models.BooleanField(_("date taken from its neighbours"), default=False)
    # Every date that it gives in full: [first day, last day, precision, words]; the columns above hold the main one.
    dates = models.JSONField(_("dates"), default=list, blank=True)
    people = models.JSONField(_("people"), default=list)
    places = models.JSONField(_("places"), default=list)
    score = models.FloatField(_("weight"), default=0)
    witnesses = models.PositiveSmallIntegerField(_("independent sources"), default=1)
    contradicts = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="contradicted_by"
    )
    # In what it disagrees with better-attested facts: kind, two sentences (own, other) as spans, because, counts.
    disputes = models.JSONField(_("disagreements"), default=list, blank=True)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.SET_NULL, null=True, blank=True, related_name="facts"
    )
    position = models.PositiveIntegerField(
        _("place in the chapter"), null=True, blank=True
    )  # null: in reserve

    class Meta:
        db_table = "facts"
        ordering = ["job", "date_start", "id"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="fact_key_once"),
            one_of("kind", FactKind.values, "fact_kind_known"),
            one_of("date_precision", ["", *DatePrecision.values], "fact_precision_known"),
            at_least("witnesses", 1, "fact_has_a_witness"),
            models.CheckConstraint(
                condition=Q(date_start=None, date_end=None) | Q(date_end__gte=F("date_start")),
                name="fact_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return shortened(self.text, 80)


class Citation(models.Model):
    """The tie from a sentence of a revision to a passage: `source.text[start:end]` is `quote`."""

    revision = models.ForeignKey(ChapterRevision, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(_("number"))
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="citations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("quotation"))
    sentence = models.TextField(_("sentence"))
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    because = models.TextField(_("what decided"), blank=True, default="")
    # A model's, beside the rules and never instead: only where they leave it open. Empty: nobody was asked.
    opinion = models.CharField(
        _("second opinion"), max_length=12, choices=Opinion.choices, blank=True, default=""
    )
    opinion_because = models.TextField(_("what decided the model"), blank=True, default="")

    class Meta:
        db_table = "citations"
        ordering = ["revision", "number"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="citation_number_once"),
            one_of("verdict", Verdict.values, "citation_verdict_known"),
            one_of("opinion", ["", *Opinion.values], "citation_opinion_known"),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(verdict__in=OPEN_VERDICTS),
                name="citation_opinion_beside_the_rules",
            ),
            at_least("number", 1, "citation_number_from_one"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_not_empty"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"
