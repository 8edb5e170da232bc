"""The desk: Unfold's lists and forms of the biographies, and the project's own pages under /admin/books/."""

from biographies.admin import jobs, style_guides  # noqa: F401  # they register their lists
