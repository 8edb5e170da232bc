"""Files of sources and books in the store that no row names any more."""

from __future__ import annotations

from collections.abc import Collection

from biographies.models import Export
from bookgen_site.lib import store
from sources.models import Source


def discard_unused(blobs: Collection[str]) -> int:
    """Remove the files of these hashes that neither a source nor an export names; returns how many.

    What somebody has put into the store within the last minutes is left there: its row may be on its way.
    """
    used = {
        *Source.objects.filter(blob__in=blobs).values_list("blob", flat=True),
        *Export.objects.filter(blob__in=blobs).values_list("blob", flat=True),
    }
    return sum(store.discard(blob) for blob in sorted(set(blobs) - used))
