"""What Kindle Direct Publishing asks for: the listing, the measures of the cover, the files to upload."""

from __future__ import annotations

from biographies.exports.kdp.pack import render

__all__ = ["render"]
