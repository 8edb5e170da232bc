"""What can go wrong in the machine."""

from __future__ import annotations

from biographies.errors import BookError


class ClaimLost(Exception):
    """Another worker has the unit now: this one writes nothing."""


class Stop(Exception):
    """The job can't go on; the message tells its editor why and what to do."""


class UnitFailed(Exception):
    """A unit failed for a reason that trying again won't mend; it is parked with this message."""


class NotApproved(Exception):
    """The book lacks an approval; its export is tried again when it has it."""


class CannotStart(BookError):
    """The job lacks something that it needs before it starts."""

    code = "cannot_start"
