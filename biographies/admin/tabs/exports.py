"""The files that the book became."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from biographies.admin.book_head import Head
from biographies.exports.formats import FORMATS
from biographies.images import as_printed
from engine.illustrating import printable
from engine.queries import formats_in_work


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """All files, newest first; a file is current when all its texts and images are still the present ones."""
    present = {str(one.pk): one.current_revision.sha256 for one in head.chapters if one.current_revision}
    files, images = head.job.exports.all(), as_printed(printable(head.job))
    return {
        "exports": [
            (one, one.revision_hashes == present, (one.images or []) == images, FORMATS[one.format].label)
            for one in files
        ],
        "making": [FORMATS[form].label for form in formats_in_work(head.job.pk)],
    }
