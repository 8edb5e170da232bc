"""How a book is to be printed, as the desk asks for it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from biographies.exports.options import NOTES, TRIMS, ExportOptions
from biographies.models import BiographyJob


def asked(sent: QueryDict) -> dict[str, Any]:
    """The options as they were sent, for an action to check; none where the form wasn't there."""
    if "trim" not in sent:
        return {}
    return {"trim": sent["trim"], "notes": sent.get("notes", ""), "recto": "recto" in sent}


def choices(job: BiographyJob) -> dict[str, Any]:
    """What the form offers, and what was chosen last."""
    return {
        "chosen": ExportOptions.of(job.export_options),
        "trims": [(name, trim.label) for name, trim in TRIMS.items()],
        "notes": list(NOTES.items()),
    }
