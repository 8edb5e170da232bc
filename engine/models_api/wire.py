"""One HTTP exchange under one clock: connect, gap between bytes, whole call, and the most that is read.

Time-outs of HTTP libraries start anew with every byte, so a server that drips never meets them. Here each wait on
the socket is at most what is left of the whole call. httpcore, because only there the socket can be timed.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import httpcore

from engine.models_api.errors import Interrupted, Misconfigured, TooLarge, Transient

_TROUBLES: Final = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two bytes, and for the whole call; bytes of an answer."""

    connect: float = 5.0
    gap: float = 120.0
    whole: float = 600.0
    body: int = 8_000_000


@dataclass(slots=True)
class Exchange:
    """What a server has answered so far; `chunks` must be read inside the context of `exchange`."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


@contextmanager
def exchange(
    method: str, url: str, headers: Mapping[str, str], content: bytes | None, limits: Limits
) -> Iterator[Exchange]:
    """Send a request and hand out its answer. Every trouble of the way is a ModelError; redirects aren't followed."""
    began = _Began()
    timed = _Timed(limits)
    try:
        with (
            httpcore.ConnectionPool(network_backend=timed, ssl_context=_tls()) as pool,
            pool.stream(method, url, headers=list(headers.items()), content=content) as response,
        ):
            began.answered = response.status == 200
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            yield Exchange(response.status, found, _bounded(response.iter_stream(), limits.body, began))
    except _TROUBLES as error:
        raise _trouble(error, began) from error


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the system's certificates takes a good part of a second."""
    return ssl.create_default_context()


@dataclass(slots=True)
class _Began:
    """Whether the server had begun an answer of success: then it may have been billed."""

    answered: bool = field(default=False)


def _trouble(error: Exception, began: _Began) -> Exception:
    if isinstance(error.__context__ or error.__cause__, ssl.SSLCertVerificationError):
        return Misconfigured("The provider's certificate isn't valid. Check the address of the API.")
    if began.answered:
        return Interrupted("The answer broke off, or took too long.")
    return Transient(f"The provider can't be reached ({type(error).__name__}).")


def _bounded(chunks: Iterable[bytes], most: int, began: _Began) -> Iterator[bytes]:
    """The chunks up to the most that is read; trouble is a ModelError, to which who reads them can add its cost."""
    length = 0
    try:
        for chunk in chunks:
            length += len(chunk)
            if length > most:
                raise TooLarge("The answer is larger than any answer should be.")
            yield chunk
    except _TROUBLES as error:
        raise _trouble(error, began) from error


class _Timed(httpcore.NetworkBackend):
    """Opens connections whose every wait ends with the call."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._end = limits, time.monotonic() + limits.whole
        self._real = httpcore.SyncBackend()

    def left(self, most: float) -> float:
        """Seconds that may be waited now."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return min(left, most)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the limits say it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open the connection within the time to connect."""
        stream = self._real.connect_tcp(
            host, port, self.left(self._limits.connect), local_address, socket_options
        )
        return _Stream(stream, self, self._limits)


class _Stream(httpcore.NetworkStream):
    """A stream that waits no longer than the gap, nor than the call may last."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Timed, limits: Limits) -> None:
        self._inner, self._clock, self._limits = inner, clock, limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._clock.left(self._limits.gap))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._clock.left(self._limits.gap))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._clock.left(self._limits.connect))
        return _Stream(inner, self._clock, self._limits)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
