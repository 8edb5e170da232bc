"""What of the libraries under the formats can't be used by two threads at once."""

from __future__ import annotations

from threading import RLock
from typing import Final

# Pango lays out pages and PDFium draws them: neither is safe among threads, and one process works on many books.
ONE_AT_A_TIME: Final = RLock()
