"""Every write to the evidence that matters."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden, IllegalMove
from biographies.models import BiographyJob, ChapterRevision
from biographies.queries import workable_by
from biographies.states import require_unarchived
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text
from notifications.freshness import changed
from notifications.publish import audit
from sources import pruning
from sources.models import Citation, Fact, Passage, Source
from sources.queries import PassageFinder
from sources.vocabulary import OPEN_VERDICTS, Decision, Found

TAKES_SOURCES = frozenset({JobStatus.PENDING, JobStatus.FAILED})  # before it starts, or when it had too few


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """A citation before it is a row: offsets into the text of the source with this number in the job."""

    number: int
    source: int
    start: int
    end: int
    quote: str
    sentence: str
    verdict: str
    because: str = ""  # the words that decided
    opinion: str = ""  # of a model, that was asked of the same sentence before
    opinion_because: str = ""


@transaction.atomic
def add_source(*, job: BiographyJob, by: User, url: str, **columns: Any) -> tuple[Source, bool]:
    """Add a document to the job; the same `url` twice is one source. Returns it, and whether it is new.

    Raises Forbidden when `by` may not, IllegalMove when the book is planned already: it would never be read.
    """
    _require_open(
        BiographyJob.objects.select_for_update(no_key=True).get(pk=job.pk), by
    )  # locked: no gap in the numbers
    present = Source.objects.filter(job=job, url=url).first()
    if present is not None:
        _adopt(present)
        return present, False
    last = Source.objects.filter(job=job).aggregate(last=Max("number"))["last"] or 0
    source = Source.objects.create(job=job, number=last + 1, url=url, **columns)
    audit(by=by, action="add_source", target=str(source), job_id=job.pk, after={"url": url})
    return source, True


def _adopt(present: Source) -> None:
    """What a finder found and somebody then gives by hand is theirs: it's in the book without a further decision."""
    if present.found == Found.FINDER:
        present.found, present.decision = Found.URL, Decision.ACCEPTED
        present.rejected_because = "" if present.valid else present.rejected_because
        present.save(update_fields=["found", "decision", "rejected_because"])


def _require_open(job: BiographyJob, by: User) -> None:
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't add sources to this book."))
    require_unarchived(job)
    if job.status not in TAKES_SOURCES or job.chapters.exists():
        raise IllegalMove(_("“%s” takes no more sources: its making has begun.") % job.character)


DESCRIPTION: Final = ("title", "author", "work", "publisher", "date", "form", "language", "licence")


@transaction.atomic
def change_source(*, source: Source, by: User, **wanted: str) -> Source:
    """Say what a source is, for the notes and the bibliography; what a person says goes before what it says itself.

    Open as long as the book takes sources. A source that was judged already is judged anew: its title counts.
    """
    row = _open_source(source, by)
    columns = {field: _described(field, text) for field, text in wanted.items()}
    before = {field: getattr(row, field) for field in columns}
    after = {field: text for field, text in columns.items() if text != before[field]}
    if after:
        Source.objects.filter(pk=row.pk).update(**after, **({} if row.valid is None else AGAIN))
        kept = {field: before[field] for field in after}
        audit(by=by, action="change_source", target=str(row), job_id=row.job_id, before=kept, after=after)
    row.refresh_from_db()
    return row


AGAIN: Final = {"valid": None, "validated_at": None, "rejected_because": ""}


def _described(field: str, text: str) -> str:
    if field not in DESCRIPTION:
        raise BadWish(field, _("There is no such setting."))
    longest = getattr(Source._meta.get_field(field), "max_length", 0)
    cleaned = clean_text(text, multiline=False)
    if len(cleaned) > longest:
        raise BadWish(field, _("Longer than %d characters.") % longest)
    return cleaned


@transaction.atomic
def remove_source(*, source: Source, by: User) -> None:
    """Take a source out of a book that nobody has started."""
    row = _open_source(source, by, until=frozenset({JobStatus.PENDING}))
    audit(by=by, action="remove_source", target=str(row), job_id=row.job_id, before={"url": row.url})
    row.delete()
    queue.put(pruning.HINT, row.job_id)


def _open_source(source: Source, by: User, until: frozenset[JobStatus] = TAKES_SOURCES) -> Source:
    """The source as it is now, its job locked; raises Forbidden, or IllegalMove when the making has begun."""
    job = BiographyJob.objects.select_for_update(no_key=True).get(pk=source.job_id)
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    require_unarchived(job)
    if job.status not in until or job.chapters.exists():
        raise IllegalMove(_("The making of “%s” has begun: its sources stay as they are.") % job.character)
    return Source.objects.defer("text", "signature").get(pk=source.pk)


@transaction.atomic
def record_validation(*, source: Source, passages: Sequence[tuple[int, int]], **columns: Any) -> None:
    """Write down what was found out about a source, and its passages as (start, end) offsets."""
    Source.objects.filter(pk=source.pk).update(validated_at=clock.now(), **columns)
    source.passages.all().delete()
    Passage.objects.bulk_create(
        [
            Passage(source=source, number=number, start=start, end=end)
            for number, (start, end) in enumerate(passages, 1)
        ]
    )


def record_arrival(*, source_id: int, **columns: Any) -> None:
    """Write down that a document has come from the web: its bytes, status and last address."""
    Source.objects.filter(pk=source_id).update(**columns)


@transaction.atomic
def reject(*, source_id: int, because: str, **columns: Any) -> None:
    """Keep a source out of the book, with the reason; `columns` is what else is known of it."""
    Source.objects.filter(pk=source_id).update(
        valid=False, rejected_because=because, validated_at=clock.now(), **columns
    )


@transaction.atomic
def replace_facts(*, job_id: uuid.UUID, source_number: int, facts: Iterable[Fact]) -> int:
    """Store the facts found in one source in place of those found there before; returns how many."""
    Fact.objects.filter(job_id=job_id, key__startswith=f"{source_number:04d}-").delete()
    rows = Fact.objects.bulk_create(list(facts))
    tie_to_passages(job_id=job_id, facts=rows)
    return len(rows)


@transaction.atomic
def tie_to_passages(*, job_id: uuid.UUID, facts: Sequence[Fact]) -> None:
    """Tie facts to the passages of all their spans; ties that are there already stay."""
    spans = [(fact.pk, source, start) for fact in facts for source, start, _end in [*fact.spans, *fact.also]]
    finder = PassageFinder(job_id, (source for _fact, source, _start in spans))
    ties = dict.fromkeys((fact, finder.at(source, start)) for fact, source, start in spans)
    through = Fact.passages.through
    through.objects.bulk_create(
        [through(fact_id=fact, passage_id=passage) for fact, passage in ties], ignore_conflicts=True
    )


@transaction.atomic
def store_citations(*, revision: ChapterRevision, drafts: Sequence[CitationDraft]) -> int:
    """Tie the sentences of a new revision to the passages they rest on; returns how many ties."""
    finder = PassageFinder(revision.chapter.job_id, (draft.source for draft in drafts))
    rows = [
        Citation(
            revision=revision,
            number=draft.number,
            passage_id=finder.at(draft.source, draft.start),
            start=draft.start,
            end=draft.end,
            quote=draft.quote,
            sentence=draft.sentence,
            verdict=draft.verdict,
            because=draft.because,
            opinion=draft.opinion,
            opinion_because=draft.opinion_because,
        )
        for draft in drafts
    ]
    return len(Citation.objects.bulk_create(rows))


@transaction.atomic
def record_opinions(*, revision: ChapterRevision, opinions: Mapping[int, tuple[str, str]]) -> int:
    """Write a model's opinion, and what decided it, beside the verdicts of these citations; returns how many.

    What a citation has already stays: it was paid for, and a verdict of the rules is never touched.
    """
    changed(revision.chapter.job_id)
    rows = Citation.objects.filter(revision=revision, number__in=list(opinions), opinion="")
    told = list(rows.filter(verdict__in=OPEN_VERDICTS))
    for row in told:
        row.opinion, row.opinion_because = opinions[row.number]
    return Citation.objects.bulk_update(told, ["opinion", "opinion_because"])
