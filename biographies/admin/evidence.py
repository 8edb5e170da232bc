"""The evidence of one revision as a person reads it: each quotation inside its passage, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import F
from django.db.models.functions import Greatest, Least, Substr

from biographies.admin.links import web_link
from sources.models import Citation, Source
from sources.queries import citations_of
from sources.vocabulary import Verdict

AROUND: Final = 500  # characters shown before and after the quotation, at most

# From the verdict that worries an editor least to the one that worries most.
WORRY: Final = (
    *(Verdict.VERBATIM, Verdict.SUPPORTED, Verdict.CANNOT_TELL),
    *(Verdict.UNSUPPORTED, Verdict.CONTRADICTED),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with the words around its quotation. `moved`: its source doesn't say this any more."""

    number: int
    citation: Citation
    before: str
    quote: str
    after: str
    moved: bool
    link: str

    @property
    def source(self) -> Source:
        """The source that is quoted."""
        return self.citation.passage.source


def evidence_of(revision_id: int) -> dict[int, Evidence]:
    """The citations of a revision by their numbers. Of each source only the passage is read, in one query."""
    start, end = Least("start", "passage__start"), Greatest("end", "passage__end")
    rows = citations_of([revision_id]).annotate(
        window_start=start, window=Substr("passage__source__text", start + 1, end - start)
    )
    return {row.number: _evidence(row) for row in rows.annotate(source_number=F("passage__source__number"))}


def _evidence(row: Citation) -> Evidence:
    window, begins = row.window, row.window_start  # type: ignore[attr-defined]  # annotations of the query
    place, past = row.start - begins, row.end - begins
    before, after = window[max(0, place - AROUND) : place], window[past : past + AROUND]
    return Evidence(
        number=row.number,
        citation=row,
        before=("… " if place > AROUND else "") + before,
        quote=row.quote,
        after=after + (" …" if len(window) > past + AROUND else ""),
        moved=window[place:past] != row.quote,
        link=web_link(row.passage.source.origin_url) or web_link(row.passage.source.url),
    )


def worst(verdicts: list[str]) -> str:
    """The verdict that an editor should look at first; "" when there is none."""
    return max(verdicts, key=lambda one: WORRY.index(Verdict(one)), default="")
