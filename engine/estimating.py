"""What a book will cost, told before anything is spent: calls, tokens, money and time.

The shares below were measured on books of the demo subjects; a model that answers at greater length costs more, and the
job's budget holds all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.conf import settings
from django.db.models import Avg

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

TOKENS_PER_WORD: Final = 1.42
WORDS_PER_PASSAGE: Final = 125  # of a source that can't be read yet
PASSAGE_TOKENS: Final = 35  # the marks and the name around a passage
PROMPT_TOKENS: Final = 520
FACTS_PER_PASSAGE: Final = 2.8
FACT_TOKENS: Final = 65  # as an answer, with its quotation
LISTED_FACT_TOKENS: Final = 38  # as a line of the outline's question
PART_TOKENS: Final = 800  # of a chapter's question, without its passages
WRITTEN_TOKENS: Final = 1.79  # per word of prose, as JSON with the names of passages
SPECIAL: Final = (3, 2_800, 2_240)  # calls and tokens of prologue, introduction and epilogue
UNREAD_WORDS: Final = 3_000  # of a source that hasn't been fetched yet
STANDARD_CHAPTERS: Final = 12  # where the job leaves it to the model
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
    sources = [source for source in sources_of(job.pk).defer(None) if source.valid is not False]
    shares = _shares(job, [_size(source) for source in sources])
    calls = sum(share.calls for share in shares)
    return Estimate(
        calls=calls,
        tokens_in=round(sum(share.tokens_in for share in shares)),
        tokens_out=round(sum(share.tokens_out for share in shares)),
        micros=sum(_micros(job, share) for share in shares),
        seconds=round(_call_seconds() * (CHAIN + calls / settings.MODEL_CALLS_IN_FLIGHT)),
    )


@dataclass(frozen=True, slots=True)
class _Size:
    """How much there is to be read in a source."""

    words: int
    passages: float


def _size(source: Source) -> _Size:
    """By its text; an upload that hasn't been judged is read for it, which the judging then needn't do again."""
    text = source.text
    if not text and source.blob:
        try:
            text = read(source.blob, source.filename or source.url).text
        except (Unreadable, BlobMissing):
            return _Size(0, 0)  # it will be rejected
    if not text:
        return _Size(UNREAD_WORDS, UNREAD_WORDS / WORDS_PER_PASSAGE)
    return _Size(len(text.split()), len(split_passages(text)))


def _shares(job: BiographyJob, sources: Sequence[_Size]) -> list[_Share]:
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
    return [
        _Share("planner", batches, read_tokens + batches * PROMPT_TOKENS, facts * FACT_TOKENS),
        _Share("planner", 1, told * LISTED_FACT_TOKENS, 3 * told),
        _Share("writer", parts, shown + parts * PART_TOKENS, written * WRITTEN_TOKENS),
        _Share("writer", calls, tokens_in, tokens_out),
    ]


def _micros(job: BiographyJob, share: _Share) -> int:
    price = roles.price_of(roles.model_for(share.role, job).model)
    return price.cost(round(share.tokens_in), round(share.tokens_out))


def _call_seconds() -> float:
    """How long calls have taken here so far."""
    known = ModelCall.objects.filter(status=ModelCall.Status.ANSWERED).aggregate(mean=Avg("latency_ms"))[
        "mean"
    ]
    return known / 1000 if known else CALL_SECONDS
