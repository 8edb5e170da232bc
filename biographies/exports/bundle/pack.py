"""Puts the bundle together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biographies.errors import FormatUnavailable
from biographies.exports.bundle.manifest import NAME, manifest
from biographies.exports.bundle.report import evidence_csv, evidence_html, sources_csv
from biographies.exports.dossier import Dossier
from biographies.exports.manuscript import Manuscript
from biographies.exports.markdown.book import IMAGES
from biographies.exports.options import ExportOptions
from biographies.exports.packing import zipped

Render = Callable[[Manuscript, ExportOptions], bytes]


def render(
    book: Manuscript, options: ExportOptions, dossier: Dossier, formats: Mapping[str, Render]
) -> bytes:
    """The .zip file: the book by each of `formats` (file ending to renderer), the evidence, the sources, a manifest.

    The images lie where the Markdown file looks for them. A format that this machine can't make is left out, and the
    manifest says why.
    """
    files: list[tuple[str, bytes]] = []
    left_out: dict[str, str] = {}
    for ending, make in formats.items():
        try:
            files.append((f"book.{ending}", make(book, options)))
        except FormatUnavailable as error:
            left_out[ending] = str(error)
    files += [(f"{IMAGES}/{one.name}", one.data) for one in {one.name: one for one in book.figures}.values()]
    files += [
        ("evidence.csv", evidence_csv(dossier)),
        ("evidence.html", evidence_html(book, dossier)),
        ("sources.csv", sources_csv(dossier)),
    ]
    return zipped([*files, (NAME, manifest(book, options, dossier, files, left_out))])
