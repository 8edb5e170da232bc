"""A typographic cover, made of nothing but the book's own words."""

from __future__ import annotations

from biographies.exports.cover.front import jpeg, png
from biographies.exports.cover.wrap import Wrap, wrap

__all__ = ["Wrap", "jpeg", "png", "wrap"]
