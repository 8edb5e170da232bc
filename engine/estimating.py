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
from bookgen_site.lib.store import BlobMissing
from engine.authors.model.chapters import PART_WORDS
from engine.authors.model.facts import BATCH_WORDS
from engine.authors.model.outlining import FULLEST, MOST_FACTS, STANDARD_WORDS
from engine.calls import roles
from engine.models import ModelCall
from sources.errors import Unreadable
from sources.models import Source
from sources.passages import split_passages
from sources.queries import sources_of
from sources.readings import read
from sources.sizes import UNREAD_WORDS

TOKENS_PER_WORD: Final = 1.42
WORDS_PER_PASSAGE: Final = 125  # of a source that can't be read yet
PASSAGE_TOKENS: Final = 35  # the marks and the name around a passage
PROMPT_TOKENS: Final = 520
FACTS_PER_PASSAGE: Final = 2.8
FACT_TOKENS: Final = 65  # as an answer, with its quotation
LISTED_FACT_TOKENS: Final = 38  # as a line of the outline's question
PART_TOKENS: Final = 1_000  # of a chapter's question with the plan of the book, without its passages
WRITTEN_TOKENS: Final = 1.79  # per word of prose, as JSON with the names of passages
SPECIAL: Final = (3, 2_800, 2_240)  # calls and tokens of prologue, introduction and epilogue
STANDARD_CHAPTERS: Final = 12  # where the job leaves it to the model
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


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to be read in a source."""

    words: int
    passages: float


def estimate(job: BiographyJob) -> Estimate:
    """The estimate for a job as it stands now; nothing at all for an author that asks no model."""
    if job.author != AuthorName.MODEL:
        return Estimate()
    sources = [source for source in sources_of(job.pk).defer(None) if source.valid is not False]
    return summed(job, _shares(job, [_size(source) for source in sources]), chain=CHAIN)


def estimate_of(job: BiographyJob, words: Iterable[int]) -> Estimate:
    """The estimate for a job that needn't be stored, from the words of each of its sources, read or guessed.

    An author without a model costs nothing, and its time is that of reading and comparing.
    """
    if job.author != AuthorName.MODEL:
        return Estimate(seconds=round(COMPILING + COMPILING_A_WORD * sum(words)))
    return summed(job, _shares(job, [_guessed(each) for each in words]), chain=CHAIN)


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


def _guessed(words: int) -> Size:
    return Size(words, words / WORDS_PER_PASSAGE)


def _size(source: Source) -> Size:
    """By its text; an upload that hasn't been judged is read for it, which the judging then needn't do again."""
    text = source.text
    if not text and source.blob:
        try:
            text = read(source.blob, source.filename or source.url).text
        except (Unreadable, BlobMissing):
            return Size(0, 0)  # it will be rejected
    return Size(len(text.split()), len(split_passages(text))) if text else _guessed(UNREAD_WORDS)


def _shares(job: BiographyJob, sources: Sequence[Size]) -> list[Share]:
    total = sum(each.words for each in sources)
    passages = sum(each.passages for each in sources)
    facts = FACTS_PER_PASSAGE * passages
    told = min(facts, MOST_FACTS)
    evidence = total * (1 - (1 - told / facts) ** FACTS_PER_PASSAGE) if facts else 0
    wished = job.wanted_words or STANDARD_WORDS
    written = wished if job.holds_targets else min(wished, FULLEST * evidence)
    chapters = job.wanted_chapters or STANDARD_CHAPTERS
    # Each chapter's last part is, on the average, half of a whole one.
    parts = max(chapters, round(written / PART_WORDS + chapters / 2))
    batches = sum(ceil(each.words / BATCH_WORDS) for each in sources)
    read_tokens = total * TOKENS_PER_WORD + passages * PASSAGE_TOKENS
    shown = read_tokens * evidence / total if total else 0
    calls, tokens_in, tokens_out = SPECIAL
    writing = [
        Share("writer", parts, shown + parts * PART_TOKENS, written * WRITTEN_TOKENS),
        Share("writer", calls, tokens_in, tokens_out),
    ]
    return [
        Share("planner", batches, read_tokens + batches * PROMPT_TOKENS, facts * FACT_TOKENS),
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
