"""Programs and typefaces of this machine that books and backups need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from biographies.exports.faces import is_installed
from biographies.exports.layout import has_widths_of
from bookgen_site.backups.postgres import CannotDump, require_programs
from bookgen_site.doctor.signs import Sign, good, warning, wrong
from engine.printing import house_style


def libreoffice() -> Iterator[Sign]:
    """It lays out the pages of Word files, and needs a face of the same widths for that."""
    if not settings.LIBREOFFICE or shutil.which(settings.LIBREOFFICE) is None:
        mend = "apt install libreoffice-writer-nogui, or set LIBREOFFICE to its path."
        yield warning("It isn't there: the contents of Word files have no page numbers.", mend)
        return
    face = house_style().text_face
    if has_widths_of(face):
        yield good(f"there, with a face for {face}")
    else:
        mend = "Palatino: apt install fonts-urw-base35; Times: fonts-liberation; Cambria: fonts-crosextra-caladea."
        yield warning(f"No typeface has the widths of {face}: Word files have no page numbers.", mend)


def pango() -> Iterator[Sign]:
    """The pages of PDFs are laid out with it."""
    try:
        import weasyprint  # noqa: F401, PLC0415  # it takes seconds, and fails where Pango is missing
    except OSError:
        mend = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        yield wrong("Pango is missing: books can't be exported as PDF.", mend)
    else:
        yield good("there")
        if settings.BOOK_FONT and not is_installed(settings.BOOK_FONT):
            mend = "Install the typeface on this machine (fc-match tells whether it is found), or unset BOOK_FONT."
            yield warning(f"{settings.BOOK_FONT} isn't installed: PDFs are set in another typeface.", mend)


def dumping() -> Iterator[Sign]:
    """The programs that back PostgreSQL up must be as new as the server."""
    if connection.vendor != "postgresql":
        return
    try:
        require_programs()
    except CannotDump as error:
        yield warning(f"This machine can't make backups: {error}", "apt install postgresql-client")
    else:
        yield good("pg_dump, pg_restore and psql are there")
