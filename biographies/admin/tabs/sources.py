"""The sources with their verdicts, the suggestions, and how many more are needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from biographies.admin.book_head import Head
from biographies.admin.links import web_link
from biographies.models import BiographyJob
from sources.actions import TAKES_SOURCES
from sources.discovery.registry import title_of
from sources.intake import SUFFIXES
from sources.models import Source
from sources.queries import quotations, signed_words, sources_of
from sources.suggestions import TAKES_DECISIONS
from sources.tallies import tally
from sources.vocabulary import Decision


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """Four queries, whatever the number of sources."""
    job = head.job
    shown = _shown_sources(job)
    return {
        "sources": [one for one in shown if one.row.decision == Decision.ACCEPTED],
        "suggestions": [one for one in shown if one.state == "suggested"],
        "set_aside": [one for one in shown if one.state in ("declined", "unread")],
        "may_decide": head.may_work and job.status in TAKES_DECISIONS and not head.chapters,
        "may_add": head.may_work and job.status in TAKES_SOURCES and not head.chapters,
        "accept": ",".join(SUFFIXES),
        "tally": tally(job),
    }


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source with its verdict in words, and a link only when its address is one of the web."""

    row: Source
    verdict: str
    link: str
    signed: str = ""  # its words that look like instructions to a language model
    quoted: int = 0  # sentences of the book that rest on it

    @property
    def state(self) -> str:
        """Where it stands: accepted, suggested, declined, or unread (found, but it couldn't be used or isn't read)."""
        if self.row.decision == Decision.ACCEPTED:
            return "accepted"
        return str(self.row.decision) if self.row.valid else "unread"

    @property
    def finder(self) -> str:
        """The name of the finder as an editor reads it."""
        return title_of(self.row.finder)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What speaks for its scores and verdict, each with its heading."""
        pairs = [
            (_("Found"), self.row.found_because),
            (_("Declined") if self.row.valid else _("Rejected"), self.row.rejected_because),
            (_("Relevance"), self.row.relevance_because),
            (_("Credibility"), self.row.credibility_because),
        ]
        return [(heading, text) for heading, text in pairs if text]


def _shown_sources(job: BiographyJob) -> list[ShownSource]:
    signed = signed_words(job.pk)
    quoted = quotations(job.pk)
    return [shown_source(one, signed.get(one.pk, ""), quoted[one.pk]) for one in sources_of(job.pk)]


def shown_source(row: Source, signed: str = "", quoted: int = 0) -> ShownSource:
    """The source as rows and pages show it."""
    verdict = {True: "valid", False: "rejected", None: "waiting"}[row.valid]
    return ShownSource(row, verdict, web_link(row.origin_url) or web_link(row.url), signed, quoted)
