"""Connections to addresses that were checked before, under one deadline and one limit of bytes."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore

from bookgen_site.lib import clock
from bookgen_site.lib.fetch_errors import too_late
from bookgen_site.lib.once import once


class TooMuch(Exception):
    """The server sends more than may be read."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock. A time-out starts anew with every byte; this doesn't."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment `seconds` from now."""
        return cls(clock.monotonic() + seconds)

    def later(self, seconds: float) -> Deadline:
        """The moment `seconds` after this one."""
        return Deadline(self.moment + seconds)

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`; raises FetchError when there are none."""
        left = self.moment - clock.monotonic()
        if left <= 0:
            raise too_late()
        return left if most is None else min(left, most)


@once
def tls() -> ssl.SSLContext:
    """The rules of TLS for all connections: reading the certificate authorities takes 20 ms each time."""
    return httpcore.default_ssl_context()


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to one of the given IP addresses, whatever the name of the host resolves to by now."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline, most: int) -> None:
        self._addresses, self._deadline, self._most = addresses, deadline, most

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - not resolved again: that is what this class is for
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open the connection to the first address that answers, within `timeout` for all of them.

        TLS still checks the certificate against the name of the host.
        """
        soon = Deadline.after(self._deadline.left(timeout))
        *others, last = self._addresses
        for address in others:
            try:
                return self._stream(address, port, soon.left(), local_address, socket_options)
            except httpcore.ConnectError:
                continue  # no route, or nobody there: the host has another address
        return self._stream(last, port, soon.left(), local_address, socket_options)

    def _stream(self, address: str, port: int, timeout: float, *rest: Any) -> httpcore.NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(address, port, timeout, *rest)
        return _TimedStream(stream, self._deadline, self._most)


class _TimedStream(httpcore.NetworkStream):
    """A stream that waits no longer than there is time left, and reads no more than it may."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline, most: int) -> None:
        self._inner, self._deadline, self._most = inner, deadline, most

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, self._deadline.left(timeout))
        self._most -= len(data)
        if self._most < 0:
            raise TooMuch
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, left)
        return _TimedStream(inner, self._deadline, self._most)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
