"""What an author had to do otherwise than asked, as findings: nothing of it is silent."""

from __future__ import annotations

from collections.abc import Sequence

from biographies.actions import Seen, record_findings
from biographies.models import BiographyJob
from biographies.vocabulary import Severity

LONGEST_NAME = 40


def record(job: BiographyJob, unit: str, remarks: Sequence[str]) -> None:
    """Findings of the book as a whole; those of an earlier try of the same unit are replaced."""
    check = f"author {unit}"[:LONGEST_NAME]
    seen = [Seen(check, Severity.WARNING, remark) for remark in dict.fromkeys(remarks)]
    record_findings(job=job, revision=None, checks=[check], seen=seen)
