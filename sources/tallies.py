"""How many sources a job has of each kind of verdict, and whether they are enough: for gates, desk and API alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.models import BiographyJob
from sources.judging import LEAST_RELEVANCE
from sources.minimum import Minimum, minimum_of
from sources.models import Passage, Source
from sources.vocabulary import Decision


class Why(Enum):
    """The class of a rejection, told by what is known of the source."""

    NOT_FETCHED = "not_fetched"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    OFF_THE_POINT = "off_the_point"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Tally:
    """The accepted sources by verdict, and those that wait for a person's decision."""

    valid: int
    waiting: int
    rejected: Mapping[Why, int]
    suggested: int
    least: Minimum

    @property
    def total(self) -> int:
        """All sources that somebody accepted."""
        return self.valid + self.waiting + sum(self.rejected.values())

    @property
    def is_enough(self) -> bool:
        """Whether the book may be begun."""
        return self.valid >= self.least.number

    @property
    def rejected_by_reason(self) -> dict[str, int]:
        """The rejections by the name of their class."""
        return {
            why.value: count for why, count in sorted(self.rejected.items(), key=lambda one: one[0].value)
        }

    def in_words(self) -> str:
        """The counts, for a message: "7 valid; 3 rejected (2 couldn't be fetched, …); 1 not checked yet"."""
        parts = [_("%d valid") % self.valid]
        if self.rejected:
            parts.append(_("%(n)d rejected (%(why)s)") % self._rejections())
        if self.waiting:
            parts.append(_("%d not checked yet") % self.waiting)
        if self.suggested:
            parts.append(_("%d suggested, waiting for your decision") % self.suggested)
        return "; ".join(parts)

    def _rejections(self) -> dict[str, Any]:
        reasons = [_in_words(why, count) for why in Why if (count := self.rejected.get(why, 0))]
        return {"n": sum(self.rejected.values()), "why": ", ".join(reasons)}


def tally(job: BiographyJob) -> Tally:
    """Count the job's sources, in one query."""
    rows = Source.objects.filter(job_id=job.pk).exclude(decision=Decision.DECLINED)
    facts = list(
        rows.annotate(
            pieces=Exists(Passage.objects.filter(source=OuterRef("pk"))), length=Length("text")
        ).values("decision", "valid", "status_code", "blob", "relevance_score", "pieces", "length")
    )
    accepted = [row for row in facts if row["decision"] == Decision.ACCEPTED]
    verdicts = Counter(row["valid"] for row in accepted)
    return Tally(
        valid=verdicts[True],
        waiting=verdicts[None],
        rejected=Counter(_why(row) for row in accepted if row["valid"] is False),
        suggested=sum(row["decision"] == Decision.SUGGESTED for row in facts),
        least=minimum_of(job),
    )


def _why(row: Mapping[str, Any]) -> Why:
    """What its columns say: a twin was valid before it was compared, so it alone has passages."""
    if row["pieces"]:
        return Why.DUPLICATE
    if not row["length"]:
        fetched = row["blob"] and row["status_code"] in (None, 200)
        return Why.UNREADABLE if fetched else Why.NOT_FETCHED
    score = row["relevance_score"]
    return Why.OFF_THE_POINT if score is None or score < LEAST_RELEVANCE else Why.TOO_SHORT


def _in_words(why: Why, n: int) -> str:
    return {
        Why.NOT_FETCHED: ngettext("%d couldn't be fetched", "%d couldn't be fetched", n),
        Why.UNREADABLE: ngettext("%d couldn't be read", "%d couldn't be read", n),
        Why.DUPLICATE: ngettext("%d is a duplicate", "%d are duplicates", n),
        Why.OFF_THE_POINT: ngettext("%d is about something else", "%d are about something else", n),
        Why.TOO_SHORT: ngettext("%d is too short", "%d are too short", n),
    }[why] % n
