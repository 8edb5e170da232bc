"""Rows of the evidence as plain data for an author, and an author's answers as rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from biographies.models import BiographyJob, Chapter
from biographies.queries import numbered_chapters
from biographies.vocabulary import ChapterKind
from bookgen_site.lib.once import once_each
from engine.authors.base import (
    Brief,
    Dispute,
    FactDate,
    FactDraft,
    Listed,
    Outline,
    SourceText,
    Span,
    Subject,
)
from engine.authors.extract.reading import MOST_KEPT, ROOM, length
from sources.actions import replace_facts, tie_to_passages
from sources.models import Fact, Source
from sources.queries import facts_of, usable_sources, valid_sources


def subject(job: BiographyJob) -> Subject:
    """The person, as an author sees them."""
    return Subject(name=job.character, description=job.description, language=job.language)


def source_numbers(job: BiographyJob) -> list[int]:
    """The numbers of the job's valid sources."""
    return list(usable_sources(job.pk).values_list("number", flat=True))


def source_texts(job: BiographyJob) -> tuple[SourceText, ...]:
    """All valid sources with their texts, by number."""
    return tuple(_source_text(row) for row in valid_sources(job.pk))


def source_text(job: BiographyJob, number: int) -> SourceText:
    """One valid source with its text."""
    return _source_text(usable_sources(job.pk).get(number=number))


def _source_text(row: Source) -> SourceText:
    return _one_for_all(_from_row(row))


@once_each(most=MOST_KEPT, room=ROOM, size=length)
def _one_for_all(source: SourceText) -> SourceText:
    """The same object for all units that read a source: what is known of it is kept under it, with one text."""
    return source


def _from_row(row: Source) -> SourceText:
    return SourceText(
        number=row.number,
        text=row.text,
        title=row.title,
        author=row.author,
        work=row.work,
        year=_year(row.date),
        kind=row.kind,
        form=row.form,
        language=row.language or "en",
        relevance=row.relevance_score if row.relevance_score is not None else 1.0,
        credibility=row.credibility_score if row.credibility_score is not None else 50.0,
    )


def _year(date: str) -> int | None:
    found = re.search(r"\b\d{4}\b", date)
    return int(found.group()) if found else None


def store_facts(job: BiographyJob, number: int, drafts: Sequence[FactDraft]) -> None:
    """Store the facts that an author found in one source. Keys begin with the source's number."""
    rows = {}
    for draft in drafts:
        first = draft.sentences[0]
        key = f"{first.source:04d}-{first.start:07d}-{draft.key[:24]}"
        rows[key] = Fact(job=job, key=key, **_columns(draft))
    replace_facts(job_id=job.pk, source_number=number, facts=rows.values())


def _columns(draft: FactDraft) -> dict[str, Any]:
    date = draft.date
    return {
        "kind": draft.kind,
        "text": draft.text,
        "spans": [_as_list(span) for span in draft.sentences],
        "also": [_as_list(span) for span in draft.also],
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_precision": date.precision if date else "",
        "date_text": date.text[:200] if date else "",
        "date_inherited": bool(date and date.inherited),
        "people": list(draft.people),
        "places": list(draft.places),
        "score": draft.score,
        "witnesses": draft.witnesses,
        "dates": [_date_as_list(one) for one in draft.dates],
        "disputes": [_dispute_as_dict(one) for one in draft.disputes],
    }


def _date_as_list(date: FactDate) -> list[str]:
    return [date.start.isoformat(), date.end.isoformat(), date.precision, date.text[:200]]


def _dispute_as_dict(dispute: Dispute) -> dict[str, Any]:
    own, other = _as_list(dispute.own), _as_list(dispute.other)
    return {
        "kind": dispute.kind,
        "own": own,
        "other": other,
        "because": dispute.because,
        "counts": [*dispute.counts],
    }


def dispute_of(told: dict[str, Any]) -> Dispute:
    """How a fact disagrees with another one, from the column `disputes`."""
    first, second = told["counts"]
    return Dispute(told["kind"], Span(*told["own"]), Span(*told["other"]), told["because"], (first, second))


def stored_facts(job: BiographyJob) -> tuple[FactDraft, ...]:
    """The job's facts as drafts, in a fixed order."""
    return tuple(_draft(row) for row in _columns_of(facts_of(job.pk)))


def facts_and_told(job: BiographyJob) -> tuple[tuple[FactDraft, ...], tuple[FactDraft, ...]]:
    """The same, and those of them that a chapter, the prologue or the epilogue tells."""
    drafts = [(_draft(row), row.position) for row in _columns_of(facts_of(job.pk))]
    return tuple(one for one, _at in drafts), tuple(one for one, at in drafts if at is not None)


def chapter_facts(chapter: Chapter) -> tuple[tuple[FactDraft, ...], tuple[FactDraft, ...]]:
    """The facts to be told in a chapter, in order, and those in reserve for it."""
    rows = facts_of(chapter.job_id).filter(chapter=chapter)
    told = rows.filter(position__isnull=False).order_by("position")
    spare = rows.filter(position=None).order_by("-score", "key")
    return tuple(map(_draft, _columns_of(told))), tuple(map(_draft, _columns_of(spare)))


def brief(chapter: Chapter, job: BiographyJob, *, regeneration: int, instruction: str) -> Brief:
    """All that an author may use to write this chapter."""
    told, reserve = chapter_facts(chapter)
    return Brief(
        subject=subject(job),
        sources=source_texts(job),
        facts=told,
        reserve=reserve,
        title=chapter.title,
        target_words=chapter.target_words,
        regeneration=regeneration,
        synopsis=chapter.synopsis,
        instruction=instruction,
        style=job.style,
        outline=tuple(
            Listed(one.chapter_number or 0, one.title, one.synopsis) for one in numbered_chapters(job.pk)
        ),
        number=chapter.chapter_number,
    )


def _columns_of(rows: QuerySet[Fact]) -> Iterable[Any]:
    """Only what a draft needs: of a book with many sources, these rows are most of its memory."""
    own = (
        "key",
        "text",
        "kind",
        "spans",
        "also",
        "people",
        "places",
        "score",
        "witnesses",
        "dates",
        "disputes",
    )
    dated = ("date_start", "date_end", "date_precision", "date_text", "date_inherited")
    return rows.values_list(*own, *dated, "position", "contradicts__key", named=True)


def _draft(row: Any) -> FactDraft:
    return FactDraft(
        key=row.key,
        sentences=tuple(Span(*span) for span in row.spans),
        text=row.text,
        kind=row.kind,
        date=_date(row),
        people=tuple(row.people),
        places=tuple(row.places),
        score=row.score,
        also=tuple(Span(*span) for span in row.also),
        contradicts=row.contradicts__key or "",
        disputes=tuple(dispute_of(one) for one in row.disputes),
        witnesses=row.witnesses,
        dates=tuple(_full_date(one) for one in row.dates),
    )


def _full_date(told: list[str]) -> FactDate:
    start, end, precision, text = told
    return FactDate(dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision, text)


def _date(row: Any) -> FactDate | None:
    if row.date_start is None or row.date_end is None:
        return None
    return FactDate(row.date_start, row.date_end, row.date_precision, row.date_text, row.date_inherited)


def _as_list(span: Span) -> list[int]:
    return [span.source, span.start, span.end]


# What an outline changes of a fact.
_PLANNED: Final = (
    *("kind", "also", "score", "witnesses", "contradicts_id", "disputes", "chapter_id", "position"),
    *("date_start", "date_end", "date_precision", "date_text", "date_inherited"),
    *("people", "places"),
)


def store_outline(job: BiographyJob, outline: Outline, chapters: Sequence[Chapter]) -> None:
    """Write the outline into the facts: which are merged, which contradict, which chapter tells them."""
    rows = {fact.key: fact for fact in facts_of(job.pk)}
    kept = {draft.key for draft in outline.facts}
    Fact.objects.filter(job=job).exclude(key__in=kept).delete()
    places = _assignments(outline, chapters)
    changed = []
    for draft in outline.facts:
        row = rows[draft.key]
        before = [getattr(row, column) for column in _PLANNED]
        for column, value in _columns(draft).items():
            setattr(row, column, value)
        row.contradicts = rows.get(draft.contradicts) if draft.contradicts in kept else None
        row.chapter, row.position = places.get(draft.key, (None, None))
        if [getattr(row, column) for column in _PLANNED] != before:
            changed.append(row)
    # One upsert: an UPDATE with a case for each row and column takes as long as the outline's own call.
    Fact.objects.bulk_create(
        sorted(changed, key=lambda row: row.key),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[column.removesuffix("_id") for column in _PLANNED],
        batch_size=200,
    )
    tie_to_passages(job_id=job.pk, facts=[rows[key] for key in sorted(kept) if rows[key].also])


def _assignments(outline: Outline, chapters: Sequence[Chapter]) -> dict[str, tuple[Chapter, int | None]]:
    by_number = {chapter.chapter_number: chapter for chapter in chapters if chapter.chapter_number}
    by_kind = {chapter.kind: chapter for chapter in chapters}
    places: dict[str, tuple[Chapter, int | None]] = {}
    for plan in outline.chapters:
        places |= dict.fromkeys(plan.reserve, (by_number[plan.number], None))
        places |= {key: (by_number[plan.number], place) for place, key in enumerate(plan.facts)}
    for kind, keys in ((ChapterKind.PROLOGUE, outline.prologue), (ChapterKind.EPILOGUE, outline.epilogue)):
        places |= {key: (by_kind[kind.value], place) for place, key in enumerate(keys)}
    return places
