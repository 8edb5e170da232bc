"""One request over one connection to an address that was checked, and its answer, read within limits."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

from bookgen_site.lib.addresses import Target
from bookgen_site.lib.fetch_errors import FetchError, too_late
from bookgen_site.lib.inflating import Damaged, UnknownEncoding, plain
from bookgen_site.lib.pinned import Deadline, PinnedBackend, TooMuch, tls

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CONNECT_SECONDS: Final = 10.0
_MOST_HEADERS: Final = 128
_MOST_HEADER_BYTES: Final = 64 * 1024
_OWN_HEADERS: Final = frozenset(
    {"host", "connection", "accept-encoding", "content-length", "transfer-encoding"}
)


@dataclass(frozen=True, slots=True)
class Errand:
    """What to ask, of whichever address: `most` bytes of the answer, unpacked, are read.

    A longer answer is refused, or with `cut` read as far as that. `headers` go to every address on the
    way, `private` ones (keys, signatures) only to the origin that was asked first.
    """

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    private: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    most: int = 5_000_000
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one server answered; names of headers in small letters. A redirect has no data."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    data: bytes = b""


def exchange(target: Target, addresses: list[str], errand: Errand, deadline: Deadline) -> Answer:
    """Send one request and read its answer. Raises FetchError."""
    # Twice the limit, and the headers: a body in chunks of one byte, or in empty pieces, isn't worth more.
    backend = PinnedBackend(addresses, deadline, 2 * errand.most + 4 * _MOST_HEADER_BYTES)
    place = httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path.encode(),
    )
    with (
        _told(errand.most),
        httpcore.ConnectionPool(
            ssl_context=tls() if target.scheme == "https" else None, network_backend=backend, retries=0
        ) as pool,
        pool.stream(
            errand.method,
            place,
            headers=_headers(target, errand),
            content=errand.body or None,
            extensions={"timeout": {"connect": _CONNECT_SECONDS}},
        ) as response,
    ):
        return _answer(response, errand)


def agent(contact: str = "") -> str:
    """The name under which BookGen goes about; services with an API like to know whom to write to."""
    return f"BookGen/{settings.VERSION} ({contact or 'fetches sources that an editor named'})"


def _headers(target: Target, errand: Errand) -> list[tuple[str, str]]:
    """No cookies, no credentials, no Referer: what isn't asked for isn't sent."""
    own = [("Host", target.authority), ("Connection", "close"), ("Accept-Encoding", "gzip, deflate")]
    if errand.body or errand.method == "POST":
        own.append(("Content-Length", str(len(errand.body))))
    asked = [pair for pair in (*errand.headers, *errand.private) if pair[0].lower() not in _OWN_HEADERS]
    if not any(name.lower() == "user-agent" for name, _value in asked):
        own.append(("User-Agent", agent()))
    return own + asked


@contextmanager
def _told(most: int) -> Iterator[None]:
    """Whatever goes wrong on the way, said to the editor."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise too_late() from error
    except TooMuch as error:
        raise _too_large(most) from error
    except UnknownEncoding as error:
        packed = _("The server sends data packed in a way that can't be read here. Upload the document.")
        raise FetchError(packed) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, Damaged, OSError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> FetchError:
    if isinstance(error.__context__, ssl.SSLCertVerificationError):
        return FetchError(
            _(
                "The server can't prove who it is: its certificate isn't valid. Open the page yourself and upload it."
            )
        )
    reason = _("The server couldn't be read (%(error)s). Try again later, or upload the document.") % {
        "error": type(error).__name__
    }
    return FetchError(reason, passing=True)


def _too_large(most: int) -> FetchError:
    size = {"size": max(1, most // 1_000_000)}
    return FetchError(_("The document is larger than %(size)d MB. Upload it as a file.") % size)


def _answer(response: httpcore.Response, errand: Errand) -> Answer:
    headers = _read_headers(response.headers)
    if response.status in REDIRECTS:
        return Answer(response.status, headers)
    declared = headers.get("content-length", "")
    if not errand.cut and declared.isdigit() and int(declared[:20]) > errand.most:
        raise TooMuch
    data = _body(plain(response.iter_stream(), headers.get("content-encoding", "")), errand)
    return Answer(response.status, headers, data)


def _read_headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Repeated headers become one, as in RFC 9110, 5.3."""
    if len(raw) > _MOST_HEADERS or sum(len(name) + len(value) for name, value in raw) > _MOST_HEADER_BYTES:
        raise httpcore.RemoteProtocolError("too many headers")
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("ascii").lower(), value.decode("utf-8", errors="replace")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _body(pieces: Iterable[bytes], errand: Errand) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > errand.most:
            if errand.cut:
                break
            raise TooMuch
    return bytes(data[: errand.most])
