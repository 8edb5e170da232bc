"""Static files as a team serves them: named by their content, each with a gzipped one beside it."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """WhiteNoise's, with gzip alone: nginx hands out nothing else, and brotli's best level takes a minute of a core at
    each `collectstatic` (it would be used as soon as some package brings brotli along).
    """

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """What makes the smaller files."""
        return Compressor(use_brotli=False, **kwargs)
