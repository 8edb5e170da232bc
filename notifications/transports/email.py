"""Letters by e-mail: whatever Django's mail backend is, what it raises becomes one of the outcomes."""

from __future__ import annotations

import datetime as dt
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Final

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailRecipientsRefused,
)

from notifications.letters.mailing import message_of
from notifications.models import Delivery
from notifications.suppression import is_suppressed
from notifications.transports.base import Gone, Later, Outcome, Sent, Unwanted

# About three days: a mail server that was away over a week-end gets its mail.
SCHEDULE: Final = tuple(
    dt.timedelta(minutes=minutes) for minutes in (0.5, 1, 2, 5, 15, 30, 60, 120, 240, 480, 960, 1440)
)
SLOTS: Final = 4
LANE_REST: Final = dt.timedelta(seconds=30)
BUSY: Final = 421  # the server closes the channel (RFC 5321)


def send(delivery: Delivery) -> Outcome:
    """Hand the letter to the mail backend."""
    if is_suppressed(delivery.address, delivery.job_id):
        return Unwanted("the address wants no mail")
    try:
        message = message_of(delivery)
        message.send()
    except AnymailConfigurationError as error:
        return Later(str(error), whole_lane=True)
    except AnymailError as error:
        return _of_provider(error)
    except (OSError, SMTPException) as error:
        return _of_smtp(error)
    except ValueError as error:  # an address or a header that can't be written
        return Gone(f"{type(error).__name__}: {error}")
    status = getattr(message, "anymail_status", None)
    return Sent(provider_id=str(getattr(status, "message_id", None) or ""))


def recorded(delivery: Delivery, outcome: Outcome) -> None:
    """Nothing more to write down."""


def _of_smtp(error: OSError | SMTPException) -> Outcome:
    """RFC 5321: 4yz may go well later, 5yz never will; a server that isn't there is everybody's trouble."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        said = "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())
        return Gone(said, said) if all(code >= 500 for code in codes) else Later(said, answer=said)
    if isinstance(error, SMTPAuthenticationError):
        return Later("the mail server refuses the user or the password", whole_lane=True)
    if isinstance(error, SMTPResponseException):
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
        if error.smtp_code >= 500:
            return Gone(said, said)
        return Later(said, whole_lane=error.smtp_code in {BUSY, -1}, answer=said)
    return Later(f"{type(error).__name__}: {error}", whole_lane=True)


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _of_provider(error: AnymailError) -> Outcome:
    """What an API of a mail provider refuses for good, and what may go well later."""
    said = str(error)
    if isinstance(error, AnymailRecipientsRefused) or not isinstance(error, AnymailAPIError):
        return Gone(said)
    status = error.status_code
    if status is None or status >= 500 or status in {401, 403, 408, 429}:
        return Later(said, wait=_retry_after(error), whole_lane=True)
    return Gone(said)


def _retry_after(error: AnymailAPIError) -> dt.timedelta | None:
    """The seconds that the provider asks for, an hour at most."""
    value = getattr(error.response, "headers", {}).get("Retry-After", "")
    return dt.timedelta(seconds=min(int(value), 3600)) if value.isascii() and value.isdigit() else None
