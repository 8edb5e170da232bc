"""Internet Archive: scanned texts by and about the person, as their recognised text.

The form of the answers is that of https://archive.org/advancedsearch.php with `output=json`. That a text
lies under `<item>/<item>_djvu.txt` holds for what the Archive scanned itself; where it doesn't, the
address answers 404 and the source is rejected with that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.discovery.addresses import full_text
from sources.discovery.base import Ask, Candidate, Person
from sources.discovery.naming import phrase
from sources.discovery.reading import address, names, promised, text, texts

ROWS: Final = 50
PAGES: Final = 2
_FIELDS: Final = ("identifier", "title", "creator", "publisher", "date", "language", "licenseurl", "format")
# As https://archive.org/developers/metadata-schema/index.html#identifier has it.
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_TEXT: Final = "DjVuTXT"  # the Archive's name of the format


class InternetArchive:
    """The finder."""

    name = "internet_archive"
    title = "Internet Archive"

    def __init__(self, base: str = "https://archive.org") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Texts whose title, subject or author is the person, the most read first."""
        wanted = phrase(person)
        where = f"(title:{wanted} OR subject:{wanted} OR creator:{wanted})"
        query = {"q": f"{where} AND mediatype:texts AND -access-restricted-item:true", "output": "json"}
        query |= {"fl[]": ",".join(_FIELDS), "sort[]": "downloads desc", "rows": str(ROWS)}
        for page in range(1, PAGES + 1):
            answer = ask(f"{self.base}/advancedsearch.php", query | {"page": page})
            found = promised(answer, "response", "docs")
            for item in found:
                if candidate := self._candidate(item):
                    yield candidate
            if len(found) < ROWS:
                return

    def _candidate(self, item: dict[str, Any]) -> Candidate | None:
        identifier = text(item.get("identifier"))
        url = address(full_text(identifier, self.base)) if _IDENTIFIER.fullmatch(identifier) else ""
        if not url or _TEXT not in texts(item.get("format")):
            return None
        return Candidate(
            url,
            _("Internet Archive has its text, filed under the person’s name."),
            title=text(item.get("title")),
            author=names(item.get("creator")),
            publisher=text(item.get("publisher")),
            date=text(item.get("date"))[:10],
            form="book",
            licence=text(item.get("licenseurl")),
        )
