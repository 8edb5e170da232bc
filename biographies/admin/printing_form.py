"""How a book is to be printed, as the desk asks for it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from biographies.exports.formats import DEFAULT, FORMATS
from biographies.exports.options import NOTES, TRIMS, ExportOptions
from biographies.models import BiographyJob


def asked(sent: QueryDict) -> dict[str, Any]:
    """The options as they were sent, for an action to check; none where the form wasn't there."""
    if "trim" not in sent:
        return {}
    return {"trim": sent["trim"], "notes": sent.get("notes", ""), "recto": "recto" in sent}


def formats_asked(sent: QueryDict) -> list[str] | None:
    """The formats as they were sent, for an action to check; None where the form wasn't there."""
    return sent.getlist("formats") if "trim" in sent else None


def choices(job: BiographyJob) -> dict[str, Any]:
    """What the form offers, and what was chosen last."""
    wanted = job.export_formats or DEFAULT
    return {
        "formats": [(name, one.label, name in wanted) for name, one in FORMATS.items()],
        "chosen": ExportOptions.of(job.export_options),
        "trims": [(name, trim.label) for name, trim in TRIMS.items()],
        "notes": list(NOTES.items()),
    }
