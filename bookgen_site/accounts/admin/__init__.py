"""People, roles and keys on the desk. Administrators see all of them; everybody has the own keys."""

from bookgen_site.accounts.admin import people, programs

__all__ = ["people", "programs"]
