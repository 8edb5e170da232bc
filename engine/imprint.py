"""The imprint page: when and by whom the book was made, and how, said as it is."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from biographies.models import Approval, BiographyJob, Chapter
from biographies.queries import manners
from biographies.vocabulary import AuthorName, Manner
from engine.models import ModelCall
from sources.models import Citation
from sources.queries import usable_sources
from sources.vocabulary import Verdict

VERIFIED = (Verdict.VERBATIM, Verdict.SUPPORTED)


def imprint(job: BiographyJob, *, draft: bool, fingerprint: str) -> tuple[str, ...]:
    """The lines of the page, in the active language. Raises nothing for a book without an approval: a draft."""
    made_by = ", ".join(part for part in (settings.BOOK_PUBLISHER, str(year(job))) if part)
    how = _compiled() if job.author == AuthorName.EXTRACTIVE else _written(job)
    sources = _("Sources, all named in the bibliography: %d.") % usable_sources(job.pk).count()
    approved = _draft(job) if draft else _approved(set(manners(job.pk)))
    return (made_by, *how, sources, approved, _("Fingerprint of the text: %s") % fingerprint)


def year(job: BiographyJob) -> int:
    """The year of the book: that of its last approval, or of its beginning. No clock: the same in every export."""
    last = Approval.objects.filter(revision__current_of__job=job).aggregate(last=Max("at"))["last"]
    return int((last or job.created_at).year)


def _compiled() -> tuple[str, ...]:
    return (
        _("Compiled from sources, without a language model."),
        _(
            "Every sentence in roman type stands word for word in the source that the next note names; "
            "words in italics are the compiler’s."
        ),
    )


def _written(job: BiographyJob) -> tuple[str, ...]:
    """That a machine wrote it, which ones, and how far rules could check it."""
    verdicts = Citation.objects.filter(revision__current_of__job=job).exclude(verdict="")
    counts = {"all": verdicts.count(), "verified": verdicts.filter(verdict__in=VERIFIED).count()}
    models = models_used(job)
    return (
        _("Written by a language model from the sources named in the bibliography."),
        *([_("Models: %s.") % ", ".join(models)] if models else []),
        _("Citations in the text: %(all)d. Verified by rules against the source: %(verified)d.") % counts,
    )


def models_used(job: BiographyJob) -> list[str]:
    """The models whose answers the book may rest on, by name."""
    answered = ModelCall.objects.filter(job=job, status=ModelCall.Status.ANSWERED)
    served = answered.values_list("model_served", "model_asked").distinct()
    return sorted({name or asked for name, asked in served})


def _draft(job: BiographyJob) -> str:
    rows = Chapter.objects.filter(job=job).exclude(current_revision=None)
    counts = {"all": rows.count(), "approved": rows.filter(status="approved").count()}
    return _("A draft, not for publication. Sections: %(all)d. Approved by a person: %(approved)d.") % counts


def _approved(found: set[str]) -> str:
    """What the approvals say of themselves, and no more."""
    if found <= {Manner.SINGLE}:
        return _("Each chapter was approved by a person before this book was printed.")
    if Manner.UNREAD not in found:
        return _("A person approved the chapters, some of them together, before this book was printed.")
    if found == {Manner.UNREAD}:
        return _("The chapters were approved all together, unread, in the name of the program’s operator.")
    return _(
        "Some chapters were approved together, unread, in the name of the program’s operator, the others by a person."
    )
