"""What another text will cost: of a chapter, or of some of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import ceil
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biographies.errors import Forbidden
from biographies.models import Chapter
from biographies.queries import workable_by
from biographies.vocabulary import AuthorName
from bookgen_site.accounts.models import User
from engine import reading
from engine.authors.model.chapters import PART_WORDS
from engine.authors.model.rewriting import MOST_WORDS
from engine.authors.model.special import WORDS
from engine.calls import roles
from engine.estimating import (
    PART_TOKENS,
    PASSAGE_TOKENS,
    TOKENS_PER_WORD,
    WRITTEN_TOKENS,
    Estimate,
    Share,
    checking,
    summed,
)
from engine.paragraphs import cut, marks_of
from engine.quality.views import LISTS
from engine.rewriting import selection
from sources.models import Passage

REWRITE_TOKENS: Final = 1_100  # of a paragraph's question, with what stands around it
CHARACTERS_PER_TOKEN: Final = 4.1  # of the passages


def regeneration_cost(
    chapter: Chapter, *, by: User, paragraphs: Sequence[int] = (), model: str = ""
) -> dict[str, Any]:
    """The estimate for who may ask for that text, and the writers that may be chosen; raises Forbidden and BadWish."""
    if not workable_by(by).filter(pk=chapter.job_id).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    told = asdict(estimate_regeneration(chapter, paragraphs, model))
    writers = roles.choices(chapter.job) if chapter.job.author == AuthorName.MODEL else ()
    return {**told, "writers": list(writers)}


def estimate_regeneration(chapter: Chapter, paragraphs: Sequence[int] = (), model: str = "") -> Estimate:
    """The estimate for another text of a chapter, or of these of its paragraphs, by this writer or the job's own.

    Nothing for what is made without a model: the extractive author's texts, and the lists at the end of a book.
    Raises BadWish as the regeneration itself does.
    """
    job = chapter.job
    model = roles.writer_wished(model, job)
    paragraphs = selection(chapter, paragraphs) if paragraphs else ()
    if job.author != AuthorName.MODEL or chapter.kind in LISTS:
        return Estimate()
    writing = [*_rewriting(chapter, paragraphs)] if paragraphs else [_writing(chapter)]
    calls = sum(share.calls for share in writing)
    return summed(job, [*writing, *checking(writing)], chain=calls, writer=model)


def _writing(chapter: Chapter) -> Share:
    """A chapter or section as a whole, from the passages behind its facts."""
    words = chapter.target_words or WORDS.get(chapter.kind, PART_WORDS)
    parts = ceil(words / PART_WORDS)
    told = Passage.objects.filter(facts__chapter=chapter, facts__position__isnull=False).distinct()
    return Share("writer", parts, _tokens(told) + parts * PART_TOKENS, words * WRITTEN_TOKENS)


def _rewriting(chapter: Chapter, paragraphs: Sequence[int]) -> Iterator[Share]:
    """Each paragraph with the passages that it cites, and those of the chapter that nothing cites."""
    cited = Passage.objects.filter(citations__revision=chapter.current_revision).distinct()
    spare = _tokens(Passage.objects.filter(facts__chapter=chapter).exclude(pk__in=cited).distinct())
    for number, text in enumerate(cut(chapter.content), 1):
        if number in paragraphs:
            words = len(reading.plain(text).split())
            own = _tokens(cited.filter(citations__number__in=list(marks_of(text))))
            shown = max(own, min(own + spare, MOST_WORDS * TOKENS_PER_WORD))
            around = REWRITE_TOKENS + words * TOKENS_PER_WORD
            yield Share("writer", 1, shown + around, words * WRITTEN_TOKENS)


def _tokens(passages: QuerySet[Passage]) -> float:
    """Of these passages in a prompt."""
    spans = list(passages.values_list("pk", "start", "end"))
    return sum((end - start) / CHARACTERS_PER_TOKEN + PASSAGE_TOKENS for _pk, start, end in spans)
