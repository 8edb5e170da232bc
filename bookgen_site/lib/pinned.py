"""Connections to an address that was checked before, under one deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock. A time-out starts anew with every byte; this doesn't."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment `seconds` from now."""
        return cls(time.monotonic() + seconds)

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`; raises httpcore.ReadTimeout when there are none."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if most is None else min(left, most)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to one IP address, whatever the name of the host resolves to by now."""

    def __init__(self, address: str, deadline: Deadline) -> None:
        self._address, self._deadline, self._real = address, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - not resolved again: that is what this class is for
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open the connection; TLS still checks the certificate against the name of the host."""
        left = self._deadline.left(timeout)
        stream = self._real.connect_tcp(self._address, port, left, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A stream that waits no longer than there is time left."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
