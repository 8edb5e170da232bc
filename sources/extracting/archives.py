"""Archives that grow when unpacked: told by their table, before a byte of them is unpacked."""

from __future__ import annotations

import zipfile
from io import BytesIO

from sources.errors import Unreadable
from sources.extracting.base import marked as _

DAMAGED = _("This Word file is damaged. Open it in Word or LibreOffice, save it again and upload that.")
_TOO_LARGE = _("This Word file grows too large when unpacked. Save its text as .txt or PDF and upload that.")
_LARGEST_PART = 60_000_000  # bytes unpacked; the text of a thousand pages is below a tenth of it
_LARGEST_WHOLE = 300_000_000
_MOST_PARTS = 5_000
_ROW = b"PK\x01\x02"  # begins a row of the table


def refuse_swelling(data: bytes) -> None:
    """Raise Unreadable for a .docx that is damaged or too large unpacked.

    The declared sizes bind: zipfile never unpacks more of a part than its header says.
    """
    if data.count(_ROW) > _MOST_PARTS:  # before a table of a million rows is read
        raise Unreadable(_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    if sum(part.file_size for part in parts) > _LARGEST_WHOLE:
        raise Unreadable(_TOO_LARGE)
    if any(part.file_size > _LARGEST_PART for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Unreadable(_TOO_LARGE)
