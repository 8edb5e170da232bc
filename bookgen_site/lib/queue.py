"""The port to the queue. Cores put hints here; the apps' `tasks` register what carries them out.

A hint says "look at run 42" and may be lost, doubled or reordered without harm: the sweep finds
in the database what has no message. So a broker that is away is worth a log line, not an error.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)

Sender = Callable[[str], object]
_senders: dict[str, Sender] = {}


def register(name: str, sender: Sender) -> None:
    """Tell the port what carries hints of this name (an app's `tasks` module does, at start)."""
    _senders[name] = sender


def put(name: str, subject: object) -> None:
    """Send a hint about a row, named by its id, once the present transaction has committed."""
    transaction.on_commit(lambda: _send(name, str(subject)), robust=True)


def _send(name: str, subject: str) -> None:
    sender = _senders.get(name)
    if sender is None:
        return  # a process without a queue, such as a plain command: the sweep or the command does the work
    try:
        sender(subject)
    except Exception as error:  # noqa: BLE001  # whatever a broker client raises: the row is there, the sweep will find it
        log.warning("queue_away", hint=name, subject=subject, error=str(error))
