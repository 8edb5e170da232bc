"""Reads of the evidence."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sources.models import Citation, Fact, Passage, Source
from sources.vocabulary import Decision, Found

SHOWN_SIGNS: Final = 3  # of one source, in a list
SHOWN_WIDTH: Final = 120  # characters of one sign


def sources_of(job_id: uuid.UUID) -> QuerySet[Source]:
    """All sources of the job by number, without their texts: lists don't need them."""
    return Source.objects.filter(job_id=job_id).defer("text", "signature").order_by("number")


def waiting_sources(job_id: uuid.UUID) -> QuerySet[Source]:
    """The sources that nobody has judged yet, by number; what was declined needn't be judged."""
    rows = sources_of(job_id).filter(valid=None)
    return rows.exclude(decision=Decision.DECLINED)


def usable_sources(job_id: uuid.UUID) -> QuerySet[Source]:
    """The sources that may enter the book, by number: valid, and accepted by a person or by the job itself."""
    rows = Source.objects.filter(job_id=job_id, valid=True, decision=Decision.ACCEPTED)
    return rows.defer("signature").order_by("number")


def signed_words(job_id: uuid.UUID) -> dict[int, str]:
    """Of each source with signs of injection, by id: the first words that look like instructions to a model."""
    rows = Source.objects.filter(job_id=job_id).exclude(signs=[]).values_list("pk", "signs", "text")
    return {pk: _signed(signs, text) for pk, signs, text in rows}


def _signed(signs: list[tuple[str, int, int]], text: str) -> str:
    words = (" ".join(text[start:end].split()) for _kind, start, end in signs[:SHOWN_SIGNS])
    shown = [one for one in words if one] or [_("words that a reader doesn't see")]
    return " … ".join(one if len(one) <= SHOWN_WIDTH else f"{one[:SHOWN_WIDTH]} …" for one in shown)


def valid_sources(job_id: uuid.UUID) -> list[Source]:
    """The sources that the book may use, with their texts, by number."""
    return list(usable_sources(job_id))


def suggestions_of(job_id: uuid.UUID) -> QuerySet[Source]:
    """What finders found for the job, whatever was decided about it, by number and without the texts."""
    return sources_of(job_id).filter(found=Found.FINDER)


def undecided(job_id: uuid.UUID) -> QuerySet[Source]:
    """The found sources that could be used and wait for somebody's decision, by number."""
    return suggestions_of(job_id).filter(valid=True, decision=Decision.SUGGESTED)


def valid_of_any_decision(job_id: uuid.UUID) -> QuerySet[Source]:
    """The sources that are as good as they should be, suggested ones too, by number, without their texts."""
    return (
        Source.objects.filter(job_id=job_id, valid=True)
        .exclude(decision=Decision.DECLINED)
        .defer("text")
        .order_by("number")
    )


def counts(job_id: uuid.UUID) -> dict[str, int]:
    """How many accepted sources are valid, rejected and not judged yet. What is only suggested doesn't count."""
    rows = Source.objects.filter(job_id=job_id, decision=Decision.ACCEPTED)
    tally = Counter(rows.values_list("valid", flat=True))
    return {"valid": tally[True], "rejected": tally[False], "waiting": tally[None]}


def rejections(job_id: uuid.UUID) -> list[tuple[str, str]]:
    """File or URL, and reason, of every source that was accepted and then rejected by its judge."""
    rows = Source.objects.filter(job_id=job_id, valid=False, decision=Decision.ACCEPTED).order_by("number")
    return [(row.filename or row.url, row.rejected_because) for row in rows.defer("text", "signature")]


def citations_of(revision_ids: Iterable[int]) -> QuerySet[Citation]:
    """The citations of these revisions, each with its passage and source."""
    rows = Citation.objects.filter(revision_id__in=list(revision_ids)).select_related("passage__source")
    return rows.defer("passage__source__text", "passage__source__signature").order_by("revision_id", "number")


def quotations(job_id: uuid.UUID) -> Counter[int]:
    """How many sentences of the book as it stands now rest on each source, by id."""
    rows = Citation.objects.filter(revision__current_of__job=job_id).order_by()
    return Counter(dict(rows.values_list("passage__source").annotate(number=Count("pk"))))


def cited_sources(job_id: uuid.UUID) -> QuerySet[Source]:
    """The sources that the current texts of the book cite, by number and without their texts."""
    cited = Citation.objects.filter(revision__current_of__job_id=job_id).values("passage__source")
    return sources_of(job_id).filter(pk__in=cited)


def facts_of(job_id: uuid.UUID) -> QuerySet[Fact]:
    """All facts of the job in a fixed order that doesn't depend on who stored them first."""
    return Fact.objects.filter(job_id=job_id).select_related("contradicts").order_by("key")


class PassageFinder:
    """Finds the passage that holds an offset of a source, for some sources of one job, named by their numbers."""

    def __init__(self, job_id: uuid.UUID, numbers: Iterable[int]) -> None:
        self._starts: defaultdict[int, list[int]] = defaultdict(list)
        self._ids: defaultdict[int, list[int]] = defaultdict(list)
        rows = Passage.objects.filter(source__job_id=job_id, source__number__in=set(numbers))
        for number, start, pk in rows.order_by("start").values_list("source__number", "start", "pk"):
            self._starts[number].append(start)
            self._ids[number].append(pk)

    def at(self, source_number: int, offset: int) -> int:
        """The id of the passage at or just before the offset; raises LookupError when the source has none."""
        if source_number not in self._ids:
            raise LookupError(f"source {source_number} has no passages")
        place = bisect_right(self._starts[source_number], offset) - 1
        return self._ids[source_number][max(place, 0)]
