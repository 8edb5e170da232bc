"""A server on loopback that plays one prepared answer, with the faults of real ways: cut, dripped, endless."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Player:
    """Plays `head` and then `parts`; keeps the requests that came."""

    head: bytes
    parts: list[bytes]
    pause: float = 0.0  # seconds between parts
    forever: bool = False
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The base URL of the API that this server plays."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/api/v1"

    def answer(self, connection: socket.socket) -> None:
        """Read one request whole, then play."""
        self.requests.append(_request(connection))
        connection.sendall(self.head)
        while True:
            for part in self.parts:
                connection.sendall(part)
                time.sleep(self.pause)
            if not self.forever:
                return


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def playing(player: Player) -> Iterator[Player]:
    """The player at a port of its own, for as many requests as come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        player.port = server.getsockname()[1]
        threading.Thread(target=_serve, args=(server, player), daemon=True).start()
        yield player


def _serve(server: socket.socket, player: Player) -> None:
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return  # the test is over
        try:
            with player.tls.wrap_socket(connection, server_side=True) if player.tls else connection as wire:
                player.answer(wire)
        except OSError:
            pass  # the client went away, which is what some tests want


def head(status: int, headers: dict[str, Any], length: int | None) -> bytes:
    """The head of an answer; without a length it ends when the connection does."""
    lines = [f"HTTP/1.1 {status} Played", *(f"{name}: {value}" for name, value in headers.items())]
    lines.append("connection: close" if length is None else f"content-length: {length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    made = builder.sign(key, hashes.SHA256())
    path = folder / "own.pem"
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
