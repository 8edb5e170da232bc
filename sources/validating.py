"""Judging web addresses without a job: whether they could be sources, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sources.arrivals import Arrival
from sources.fetching import arrive_and_read
from sources.judging import Judgement, judge_for
from sources.models import Source
from sources.scoring import Profile


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one address. Scores are None where they can't be told; `reason` says why it is no source."""

    url: str
    valid: bool
    status_code: int | None
    relevance: float | None
    relevance_because: str
    credibility: float | None
    credibility_because: str
    title: str
    reason: str


def validate(urls: Sequence[str], *, subject: str = "", description: str = "") -> list[Verdict]:
    """A verdict for each address, in the same order; nothing is stored but what was fetched, for an hour.

    `subject` is the person that the sources are wanted for; without one their relevance isn't asked. Addresses are
    fetched side by side; a bad one is a verdict, never an error.
    """
    profile = Profile.of(subject, description) if subject.strip() else None
    answers = arrive_and_read(dict.fromkeys(urls))
    return [_verdict(url, answers[url], profile) for url in urls]


def _verdict(url: str, answer: Arrival | Exception, profile: Profile | None) -> Verdict:
    if isinstance(answer, Arrival) and not answer.refusal:
        source = Source(url=url, origin_url=answer.url, blob=answer.blob, status_code=answer.status)
        return _of(url, answer.status, judge_for(source, profile))
    reason = answer.refusal if isinstance(answer, Arrival) else str(answer)
    status = answer.status if isinstance(answer, Arrival) else None
    return _of(url, status, Judgement(False, {"rejected_because": reason}))


def _of(url: str, status: int | None, judgement: Judgement) -> Verdict:
    known = judgement.columns
    return Verdict(
        url=url,
        valid=judgement.valid,
        status_code=status,
        relevance=known.get("relevance_score"),
        relevance_because=known.get("relevance_because", ""),
        credibility=known.get("credibility_score"),
        credibility_because=known.get("credibility_because", ""),
        title=known.get("title", ""),
        reason=known["rejected_because"],
    )
