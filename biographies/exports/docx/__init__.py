"""A manuscript as a Word document (Office Open XML) with the look of a printed book."""

from __future__ import annotations

from biographies.exports.docx.book import render
from biographies.exports.docx.house import BadTemplate, House, check_template
from biographies.exports.docx.sample import reference_docx

__all__ = ["BadTemplate", "House", "check_template", "reference_docx", "render"]
