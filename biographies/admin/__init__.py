"""The desk: Unfold's lists and forms of the biographies, and the project's own pages under /admin/books/."""

from biographies.admin import jobs  # noqa: F401  # registers the list of biographies
