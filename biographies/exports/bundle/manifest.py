"""The manifest: what is in the file, each with its hash, and the revisions whose text it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from biographies.exports.dossier import Dossier
from biographies.exports.manuscript import Figure, Manuscript
from biographies.exports.options import ExportOptions

NAME = "manifest.json"


def manifest(
    book: Manuscript,
    options: ExportOptions,
    dossier: Dossier,
    files: Iterable[tuple[str, bytes]],
    left_out: dict[str, str],
) -> bytes:
    """JSON in UTF-8. `left_out` has the formats that this machine couldn't make, each with the reason."""
    told = {
        "title": book.title,
        "language": book.language,
        "draft": book.draft,
        "options": options.as_json(),
        "files": [
            {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in files
        ],
        "left_out": left_out,
        "revisions": [{"section": heading, "sha256": digest} for heading, digest in dossier.revisions],
        "images": [_image(one) for one in book.figures],
        "models": list(dossier.making.models),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _image(one: Figure) -> dict[str, object]:
    """An image with all that is known of it, who allows its print among that."""
    words = {name: getattr(one, name) for name in ("sha256", "caption", "credit", "alt", "rights")}
    return {"name": one.name, "width": one.width, "height": one.height, **words}
