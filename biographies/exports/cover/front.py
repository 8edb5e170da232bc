"""The front cover as a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from biographies.exports.cover.design import document, frame, front_panels, sheet
from biographies.exports.machinery import ONE_AT_A_TIME
from biographies.exports.manuscript import Manuscript
from biographies.exports.pdf.book import ready_press

# 1,600 × 2,560 pixels, the size that Amazon calls ideal: "Cover Image Guidelines", kdp.amazon.com G6GTK3T3NUHKLEFX.
PIXELS: Final = (1600, 2560)
WIDTH, HEIGHT = 5.0, 8.0  # in inches, of the same proportion


def png(book: Manuscript) -> bytes:
    """The cover as PNG. Raises FormatUnavailable where pages can't be laid out."""
    return _saved(_picture(book), "PNG", optimize=True)


def jpeg(book: Manuscript) -> bytes:
    """The cover as JPEG, which shops ask for. Raises FormatUnavailable where pages can't be laid out."""
    return _saved(_picture(book), "JPEG", quality=92, subsampling=0, dpi=(320, 320))


def _picture(book: Manuscript) -> Any:
    from pypdfium2 import PdfDocument  # noqa: PLC0415  # loads a library of its own, which only this needs

    press = ready_press()
    panels = [*frame(0, 0, WIDTH, HEIGHT, 0.22), *front_panels(book, 0, 0, WIDTH, HEIGHT)]
    with ONE_AT_A_TIME:
        pages = press.laid_out(document(book, *panels), sheet(book, WIDTH, HEIGHT))
        with PdfDocument(press.bound([pages])) as pdf:
            return pdf[0].render(scale=PIXELS[0] / WIDTH / 72).to_pil().convert("RGB").resize(PIXELS)


def _saved(picture: Any, kind: str, **options: Any) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()
