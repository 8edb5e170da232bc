"""The book in every format with its papers: evidence, sources, and a manifest of hashes, in one ZIP file."""

from __future__ import annotations

from biographies.exports.bundle.pack import render

__all__ = ["render"]
