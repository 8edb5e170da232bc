"""The addresses of a host: asked once, within the deadline, and each of them checked."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Collection
from typing import Final

from django.utils.translation import gettext as _

from bookgen_site.lib.addresses import Target
from bookgen_site.lib.fetch_errors import FetchError, too_late
from bookgen_site.lib.hosts import is_literal
from bookgen_site.lib.networks import is_public, may_be_allowed
from bookgen_site.lib.pinned import Deadline

Resolve = Callable[[str, int], Collection[str]]

_SECONDS: Final = 10.0
_MOST_ADDRESSES: Final = 4  # tried one after the other
_lookups = threading.BoundedSemaphore(64)  # a lookup that hangs keeps its thread until the system gives up


def resolve_host(host: str, port: int) -> Collection[str]:
    """Return all IP addresses of a host in the order of the system, none when there is no such host.

    What ends in .localhost is this machine (RFC 6761, 6.3).
    """
    if host == "localhost" or host.endswith(".localhost"):
        return ["127.0.0.1", "::1"]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(one[4][0]) for one in found))
    except (OSError, UnicodeError):
        return []


def checked_addresses(target: Target, resolve: Resolve, deadline: Deadline) -> list[str]:
    """The addresses to connect to. Raises FetchError when there is none, or when one of them is private."""
    addresses = [target.host] if is_literal(target.host) else _looked_up(target, resolve, deadline)
    if not addresses:
        raise FetchError(_("There is no server of this name. Check the address."))
    fine = may_be_allowed if target.allowed else is_public
    if not all(map(fine, addresses)):
        raise FetchError(_("The address leads into a private network."))
    # IPv4 first: many servers have no route for IPv6.
    return sorted(addresses, key=lambda address: ":" in address)[:_MOST_ADDRESSES]


def _looked_up(target: Target, resolve: Resolve, deadline: Deadline) -> list[str]:
    """The system's resolver knows no deadline, so it is asked in a thread that may be left behind."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(resolve(target.host, target.port)))
        except Exception as error:  # noqa: BLE001  # it is raised where the answer is awaited
            answers.put(error)
        finally:
            _lookups.release()

    if not _lookups.acquire(timeout=deadline.left()):
        raise too_late()
    threading.Thread(target=ask, name="lookup", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left(_SECONDS))
    except queue.Empty as error:
        raise too_late() from error
    if isinstance(answer, Exception):
        raise answer
    return answer
