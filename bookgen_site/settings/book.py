"""The printed book."""

from __future__ import annotations

from bookgen_site.env import env

BOOK_PUBLISHER = env.str("BOOK_PUBLISHER", default="")  # the team, on the imprint page
BOOK_FONT = env.str("BOOK_FONT", default="")  # "": each format has its own
BOOK_REFERENCE_DOCX = env.str("BOOK_REFERENCE_DOCX", default="")  # a team's own styles
LIBREOFFICE = env.str("LIBREOFFICE", default="soffice")  # lays out pages to number them; "" does without
LIBREOFFICE_SECONDS = env.float("LIBREOFFICE_SECONDS", default=120)
