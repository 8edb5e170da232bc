"""A receiver of BookGen's webhooks: Python 3.11 or newer, nothing to install.

    WEBHOOK_SECRET=whsec_… python3 receiver.py 8080

Put a proxy with HTTPS before it. What matters: verify the exact bytes before you read them, refuse old messages,
treat a webhook-id that you have seen as done, answer at once and work afterwards.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLERANCE = 5 * 60  # seconds that a message may be old, or ahead of this clock
LONGEST = 64 * 1024  # BookGen's messages are under 20,000 bytes


class NotGenuine(Exception):
    """The message isn't from BookGen, or not from now."""


def verify(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    """The message's id, if one of its signatures is right; NotGenuine otherwise. `headers` in small letters."""
    try:
        message_id, sent = headers["webhook-id"], headers["webhook-timestamp"]
        signatures = headers["webhook-signature"].split(" ")
        age = abs(time.time() - int(sent))
    except (KeyError, ValueError) as error:
        raise NotGenuine("a header is missing or wrong") from error
    if age > TOLERANCE:
        raise NotGenuine("too old, or a clock is wrong")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = hmac.new(key, f"{message_id}.{sent}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(right)
    # While a secret is changed there are two signatures; signatures of other versions are passed over.
    if not any(hmac.compare_digest(expected, one.encode()) for one in signatures):
        raise NotGenuine("no signature is right")
    return message_id


def work(event: dict[str, Any]) -> None:
    """Put your own here; what takes longer than a moment belongs in a queue of yours."""
    print(json.dumps({"got": event["type"], "data": event["data"]}), flush=True)


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 for what is genuine, 400 for what isn't."""

    secret = os.environ.get("WEBHOOK_SECRET", "")
    seen: set[str] = set()  # keep this in your database

    def do_POST(self) -> None:
        """One message."""
        length = self.headers.get("content-length", "")
        body = self.rfile.read(min(int(length), LONGEST)) if length.isdigit() else b""
        try:
            message_id = verify(self.secret, {k.lower(): v for k, v in self.headers.items()}, body)
        except NotGenuine as error:
            self.send_error(400, str(error))
            return
        if message_id not in self.seen:
            work(json.loads(body))
            self.seen.add(message_id)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_about: object) -> None:
        """Say nothing of each request."""


if __name__ == "__main__":
    if not Receiver.secret:
        sys.exit("Set WEBHOOK_SECRET to the secret that BookGen has shown you.")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()
