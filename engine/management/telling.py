"""What the command line tells at a job's rest: what was found, what waits for a person, or the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from biographies.models import BiographyJob, Finding
from biographies.vocabulary import AuthorName, JobStatus
from bookgen_site.lib.money import dollars
from engine.estimating import estimate
from engine.shortfall import shortfall
from sources.models import Citation
from sources.queries import undecided

Say = Callable[[str], None]
WHAT_NOW: Final = """
Accept or decline them on the desk (make serve, then http://localhost:8000), then run the same command again;
or run it with --accept-found to use them all, in the operator's name."""


def found(job: BiographyJob, say: Say) -> None:
    """Each found source that waits for a decision, with why it was suggested, and what to do about it."""
    for source in undecided(job.pk):
        scores = (
            f"relevance {source.relevance_score or 0:.2f}, credibility {source.credibility_score or 0:.0f}"
        )
        say(f"{source.number:4}. {source} ({source.kind}, {scores})\n      {source.url}")
        for line in source.found_because.splitlines():
            say(f"      {line}")
    say(WHAT_NOW)


def book(job: BiographyJob, paths: Iterable[Path], seconds: float, say: Say) -> None:
    """Where the book lies, and its figures."""
    for path in paths:
        say(f"\nThe book: {path.resolve()}")
    chapters = job.chapters.filter(kind="chapter").count()
    words = sum(export.words for export in job.exports.order_by("-id")[:1])
    citations = Citation.objects.filter(revision__current_of__job=job).count()
    findings = Finding.objects.filter(job=job, status="open").count()
    figures = ((chapters, "chapter"), (words, "word"), (citations, "citation"), (findings, "finding"))
    say(", ".join([*(_counted(*one) for one in figures), _counted(round(seconds), "second")]))
    cost(job, say)
    say("To read it beside its evidence: make serve, then http://localhost:8000")


def review(job: BiographyJob, say: Say) -> None:
    """What waits for a person's approval, what has no text and why, and what models have cost so far."""
    reasons = _stuck(job)
    for reason in reasons:
        say(reason)
    but = ""
    if reasons:
        but = f", but {_counted(len(reasons), 'chapter or section', 'chapters and sections')} couldn't be"
    one = _waiting(job) == 1
    say(
        f"\nThe book about {job.character} is written{but}.\n"
        f"{_counted(_waiting(job), 'chapter or section', 'chapters and sections')} {'waits' if one else 'wait'} "
        "for a person's approval.\n"
        f"Read and approve {'it' if one else 'them'} on the desk (make serve, then http://localhost:8000), "
        "or run the same command\nwith --approve to approve all in the operator's name."
    )
    cost(job, say)


def _stuck(job: BiographyJob) -> list[str]:
    """What can't be approved as it is, each with its state and reason."""
    stuck = job.chapters.exclude(status__in=["approved", "needs_review"])
    return [f"“{one}”: {one.get_status_display()}. {one.parked_reason}".strip() for one in stuck]


def cost(job: BiographyJob, say: Say) -> None:
    """What language models have cost so far, and what the estimate says of the whole; nothing without a model."""
    if job.author != AuthorName.MODEL:
        return
    job.refresh_from_db(fields=["spent_micros"])
    spent, whole = dollars(job.spent_micros), dollars(estimate(job).micros)
    say(f"Language models: {spent} spent; about {whole} was estimated for the whole book.")


def refused(job: BiographyJob) -> str:
    """Why there is no book although everything was to be approved, and what helps."""
    told = (
        f"The book about {job.character} is written, but "
        f"{_counted(_waiting(job), 'chapter or section', 'chapters and sections')} can't be approved, for the "
        "reasons above; so no book was made.\nOpen the desk (make serve, then http://localhost:8000), see the "
        "findings there, and resolve or dismiss them or have the text\nwritten again; then run the same command again."
    )
    return "\n".join([*_stuck(job), told])


def stopped(job: BiographyJob) -> str:
    """Why the job goes no further; what helps is said in the words of the desk, so the command adds its own."""
    told = job.error_message or f"The job is {job.get_status_display()}."
    if job.status != JobStatus.FAILED or not shortfall(job):
        return told
    here = (
        "Or put other files into the folder, or ask for fewer with --min-sources, and run the command again."
    )
    return f"{told}\n{here}"


def _waiting(job: BiographyJob) -> int:
    return job.chapters.exclude(status="approved").count()


def _counted(number: int, one: str, more: str = "") -> str:
    """The command line speaks English, so one rule is enough."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"
