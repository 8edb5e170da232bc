"""The files that the book became."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from biographies.admin.book_head import Head


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """All files, newest first; a file is current when every text in it is still the present one."""
    present = {str(one.pk): one.current_revision.sha256 for one in head.chapters if one.current_revision}
    files = head.job.exports.all()
    return {"exports": [(one, one.revision_hashes == present) for one in files]}
