"""Words that Unfold shows and that neither it nor Django translates. They are marked here for our catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Select action"),
    _("Select record"),
    _("Select value"),
    _("Run"),
    _("Forgotten your password or username?"),
    _("Welcome back to"),
    _("Type to search"),
    _("You have been successfully logged out from the administration"),
    _("No data"),
    _("More actions"),
    _("All applications"),
    _("False"),
    _("True"),
    _("Apply Filters"),
    _("Select all rows"),
    _("No results found"),
    _("Reset filters"),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("Go back"),
    _("General"),
    _("Dark"),
    _("Light"),
    _("System"),
    _("Return to site"),
    _("Toggle password visibility"),
    _("Expand row"),
    _("After you've created a user, you’ll be able to edit more user options."),
)
