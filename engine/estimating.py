"""What a book will cost, told before anything is spent: calls, tokens, money and time.

The shares below were measured on books of the demo subjects; a model that answers at greater length costs more, and the
job's budget holds all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.conf import settings
from django.db.models import Avg, Count, QuerySet, Sum

from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import AuthorName
from engine import reading
from engine.authors.model.chapters import PART_WORDS
from engine.authors.model.facts import BATCH_WORDS
from engine.authors.model.outlining import FULLEST, MOST_FACTS, STANDARD_WORDS
from engine.authors.model.rewriting import MOST_WORDS
from engine.authors.model.special import WORDS
from engine.calls import roles
from engine.models import ModelCall
from engine.paragraphs import cut, marks_of
from engine.quality.views import LISTS
from sources.models import Passage, Source
from sources.queries import sources_of

TOKENS_PER_WORD: Final = 1.42
WORDS_PER_PASSAGE: Final = 140
PASSAGE_TOKENS: Final = 35  # the marks and the name around a passage
PROMPT_TOKENS: Final = 520
FACTS_PER_PASSAGE: Final = 2.8
FACT_TOKENS: Final = 65  # as an answer, with its quotation
LISTED_FACT_TOKENS: Final = 38  # as a line of the outline's question
PART_TOKENS: Final = 800  # of a chapter's question, without its passages
WRITTEN_TOKENS: Final = 1.79  # per word of prose, as JSON with the names of passages
REWRITE_TOKENS: Final = 1_100  # of a paragraph's question, with what stands around it
CHARACTERS_PER_TOKEN: Final = 4.1  # of the passages
SPECIAL: Final = (3, 2_800, 2_240)  # calls and tokens of prologue, introduction and epilogue
UNREAD_WORDS: Final = 3_000  # of a source that hasn't been fetched or read yet
CALL_SECONDS: Final = 25.0  # of a call, where the ledger knows none yet
CHAIN: Final = 3  # calls after one another that nothing can shorten: facts, outline, introduction


@dataclass(frozen=True, slots=True)
class Estimate:
    """About so much; `micros` is in micro-dollars, `seconds` of wall time."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    micros: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class _Share:
    """One kind of question: who answers, how often, with how many tokens."""

    role: str
    calls: int
    tokens_in: float
    tokens_out: float


def estimate(job: BiographyJob) -> Estimate:
    """The estimate for a job as it stands now; nothing at all for an author that asks no model."""
    if job.author != AuthorName.MODEL:
        return Estimate()
    words = [_words(source) for source in sources_of(job.pk).defer(None) if source.valid is not False]
    return _summed(job, _shares(job, words), chain=CHAIN)


def estimate_regeneration(chapter: Chapter, paragraphs: Sequence[int] = (), model: str = "") -> Estimate:
    """The estimate for another text of a chapter, or of these of its paragraphs, by this writer or the job's own.

    Nothing for what is made without a model: the extractive author's texts, and the lists at the end of a book.
    """
    job = chapter.job
    if job.author != AuthorName.MODEL or chapter.kind in LISTS:
        return Estimate()
    writing = [*_rewriting(chapter, paragraphs)] if paragraphs else [_writing(chapter)]
    calls = sum(share.calls for share in writing)
    return _summed(job, [*writing, *_checking(writing)], chain=calls, writer=model)


def _summed(job: BiographyJob, shares: Sequence[_Share], *, chain: int, writer: str = "") -> Estimate:
    """`chain` calls come one after another, the rest beside one another."""
    calls = sum(share.calls for share in shares)
    return Estimate(
        calls=calls,
        tokens_in=round(sum(share.tokens_in for share in shares)),
        tokens_out=round(sum(share.tokens_out for share in shares)),
        micros=sum(_micros(job, share, writer) for share in shares),
        seconds=round(_call_seconds() * (chain + calls / settings.MODEL_CALLS_IN_FLIGHT)),
    )


def _words(source: Source) -> int:
    return len(source.text.split()) or UNREAD_WORDS


def _shares(job: BiographyJob, sources: Iterable[int]) -> list[_Share]:
    words = list(sources)
    total = sum(words)
    passages = total / WORDS_PER_PASSAGE
    facts = FACTS_PER_PASSAGE * passages
    told = min(facts, MOST_FACTS)
    evidence = total * (1 - (1 - told / facts) ** FACTS_PER_PASSAGE) if facts else 0
    wished = job.wanted_words or STANDARD_WORDS
    written = wished if job.holds_targets else min(wished, FULLEST * evidence)
    parts = ceil(written / PART_WORDS)
    batches = sum(ceil(each / BATCH_WORDS) for each in words)
    read = total * TOKENS_PER_WORD + passages * PASSAGE_TOKENS
    shown = evidence * TOKENS_PER_WORD + evidence / WORDS_PER_PASSAGE * PASSAGE_TOKENS
    calls, tokens_in, tokens_out = SPECIAL
    writing = [
        _Share("writer", parts, shown + parts * PART_TOKENS, written * WRITTEN_TOKENS),
        _Share("writer", calls, tokens_in, tokens_out),
    ]
    return [
        _Share("planner", batches, read + batches * PROMPT_TOKENS, facts * FACT_TOKENS),
        _Share("planner", 1, told * LISTED_FACT_TOKENS, 3 * told),
        *writing,
        *_checking(writing),
    ]


def _writing(chapter: Chapter) -> _Share:
    """A chapter or section as a whole, from the passages behind its facts."""
    words = chapter.target_words or WORDS.get(chapter.kind, PART_WORDS)
    parts = ceil(words / PART_WORDS)
    told = Passage.objects.filter(facts__chapter=chapter, facts__position__isnull=False).distinct()
    return _Share("writer", parts, _tokens(told) + parts * PART_TOKENS, words * WRITTEN_TOKENS)


def _rewriting(chapter: Chapter, paragraphs: Sequence[int]) -> Iterator[_Share]:
    """Each paragraph with the passages that it cites, and those of the chapter that nothing cites."""
    cited = Passage.objects.filter(citations__revision=chapter.current_revision).distinct()
    spare = _tokens(Passage.objects.filter(facts__chapter=chapter).exclude(pk__in=cited).distinct())
    for number, text in enumerate(cut(chapter.content), 1):
        if number in paragraphs:
            words = len(reading.plain(text).split())
            own = _tokens(cited.filter(citations__number__in=list(marks_of(text))))
            shown = max(own, min(own + spare, MOST_WORDS * TOKENS_PER_WORD))
            around = REWRITE_TOKENS + words * TOKENS_PER_WORD
            yield _Share("writer", 1, shown + around, words * WRITTEN_TOKENS)


def _tokens(passages: QuerySet[Passage]) -> float:
    """Of these passages in a prompt."""
    spans = list(passages.values_list("pk", "start", "end"))
    return sum((end - start) / CHARACTERS_PER_TOKEN + PASSAGE_TOKENS for _pk, start, end in spans)


def _checking(writing: Iterable[_Share]) -> Iterator[_Share]:
    """The checker's questions on so much text, as many as there have been here so far.

    How many sentences no rule can verify is a matter of the model that writes: of one that has written nothing here
    yet, nobody knows.
    """
    answered = ModelCall.objects.filter(status=ModelCall.Status.ANSWERED)
    sums = {
        row["role"]: row
        for row in answered.order_by()
        .values("role")
        .annotate(calls=Count("pk"), tokens_in=Sum("tokens_in"), tokens_out=Sum("tokens_out"))
    }
    if sums.keys() >= {"writer", "checker"} and sums["writer"]["tokens_out"]:
        checker = sums["checker"]
        share = sum(one.tokens_out for one in writing) / sums["writer"]["tokens_out"]
        calls, tokens_in, tokens_out = (
            checker[name] * share for name in ("calls", "tokens_in", "tokens_out")
        )
        yield _Share("checker", ceil(calls), tokens_in, tokens_out)


def _micros(job: BiographyJob, share: _Share, writer: str) -> int:
    price = roles.price_of(roles.model_for(share.role, job, writer).model)
    return price.cost(round(share.tokens_in), round(share.tokens_out))


def _call_seconds() -> float:
    """How long calls have taken here so far."""
    known = ModelCall.objects.filter(status=ModelCall.Status.ANSWERED).aggregate(mean=Avg("latency_ms"))[
        "mean"
    ]
    return known / 1000 if known else CALL_SECONDS
