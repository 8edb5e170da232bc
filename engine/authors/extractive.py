"""The author without a model."""

from __future__ import annotations


class ExtractiveAuthor:
    """In the making."""

    name = "extractive"
