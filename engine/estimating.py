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
from django.db.models import Avg, Count, Sum

from biographies.models import BiographyJob
from biographies.vocabulary import AuthorName
from engine.authors.model.chapters import PART_WORDS
from engine.authors.model.facts import BATCH_WORDS
from engine.authors.model.outlining import FULLEST, MOST_FACTS, STANDARD_WORDS
from engine.calls import roles
from engine.models import ModelCall
from sources.models import Source
from sources.queries import sources_of
from sources.sizes import UNREAD_WORDS

TOKENS_PER_WORD: Final = 1.42
WORDS_PER_PASSAGE: Final = 140
PASSAGE_TOKENS: Final = 35  # the marks and the name around a passage
PROMPT_TOKENS: Final = 520
FACTS_PER_PASSAGE: Final = 2.8
FACT_TOKENS: Final = 65  # as an answer, with its quotation
LISTED_FACT_TOKENS: Final = 38  # as a line of the outline's question
PART_TOKENS: Final = 800  # of a chapter's question, without its passages
WRITTEN_TOKENS: Final = 1.79  # per word of prose, as JSON with the names of passages
SPECIAL: Final = (3, 2_800, 2_240)  # calls and tokens of prologue, introduction and epilogue
COMPILING: Final = 15.0  # seconds of a book without a model, and the seconds for each word of its sources
COMPILING_A_WORD: Final = 0.0004
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
class Share:
    """One kind of question: who answers, how often, with how many tokens."""

    role: str
    calls: int
    tokens_in: float
    tokens_out: float


def estimate(job: BiographyJob) -> Estimate:
    """The estimate for a job as it stands now; nothing at all for an author that asks no model."""
    if job.author != AuthorName.MODEL:
        return Estimate()
    return estimate_of(
        job, [_words(source) for source in sources_of(job.pk).defer(None) if source.valid is not False]
    )


def estimate_of(job: BiographyJob, words: Iterable[int]) -> Estimate:
    """The estimate for a job that needn't be stored, from the words of each of its sources, read or guessed.

    An author without a model costs nothing, and its time is that of reading and comparing.
    """
    if job.author != AuthorName.MODEL:
        return Estimate(seconds=round(COMPILING + COMPILING_A_WORD * sum(words)))
    return summed(job, _shares(job, words), chain=CHAIN)


def summed(job: BiographyJob, shares: Sequence[Share], *, chain: int, writer: str = "") -> Estimate:
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


def _shares(job: BiographyJob, sources: Iterable[int]) -> list[Share]:
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
        Share("writer", parts, shown + parts * PART_TOKENS, written * WRITTEN_TOKENS),
        Share("writer", calls, tokens_in, tokens_out),
    ]
    return [
        Share("planner", batches, read + batches * PROMPT_TOKENS, facts * FACT_TOKENS),
        Share("planner", 1, told * LISTED_FACT_TOKENS, 3 * told),
        *writing,
        *checking(writing),
    ]


def checking(writing: Iterable[Share]) -> Iterator[Share]:
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
        yield Share("checker", ceil(calls), tokens_in, tokens_out)


def _micros(job: BiographyJob, share: Share, writer: str) -> int:
    price = roles.price_of(roles.model_for(share.role, job, writer).model)
    return price.cost(round(share.tokens_in), round(share.tokens_out))


def _call_seconds() -> float:
    """How long calls have taken here so far."""
    known = ModelCall.objects.filter(status=ModelCall.Status.ANSWERED).aggregate(mean=Avg("latency_ms"))[
        "mean"
    ]
    return known / 1000 if known else CALL_SECONDS
