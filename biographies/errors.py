"""What can be refused. Every message is written for the person who reads it."""

from __future__ import annotations


class BookError(Exception):
    """Base: `str(error)` is a message for a person, `code` a stable word for programs."""

    code = "refused"


class IllegalMove(BookError):
    """The job or chapter isn't in a state from which this can be done."""

    code = "illegal_state"


class Stale(BookError):
    """Somebody else has changed it since it was read."""

    code = "stale"


class Unknown(BookError):
    """What was named isn't there, or isn't this person's to see."""

    code = "not_found"


class Forbidden(BookError):
    """This person may not do that."""

    code = "forbidden"


class BadWish(BookError):
    """A setting of the job doesn't make sense; `field` names it."""

    code = "invalid"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
