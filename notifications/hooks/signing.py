"""Signatures by the Standard Webhooks specification: HMAC-SHA256 over id, time and the exact bytes of the body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32  # the specification wants 24 to 64


def new_secret() -> str:
    """A fresh secret as its owner gets it: "whsec_" and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(message_id: str, seconds: int, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """The three headers of a message that is sent `seconds` after the epoch (UTC), signed with each of `keys`.

    The id must hold no full stop: it separates what is signed. Raises ValueError for that, and for a broken key.
    """
    if "." in message_id or not message_id:
        raise ValueError("a message's id has at least one character and no full stop")
    signatures = [f"v1,{_signature(key, message_id, seconds, body)}" for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }


def _signature(key: str, message_id: str, seconds: int, body: bytes) -> str:
    told = f"{message_id}.{seconds}.".encode() + body
    return base64.b64encode(hmac.new(_raw(key), told, hashlib.sha256).digest()).decode()


def _raw(key: str) -> bytes:
    try:
        raw = base64.b64decode(key.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("the secret isn't base64") from error
    if not 24 <= len(raw) <= 64:
        raise ValueError("the secret isn't of 24 to 64 bytes")
    return raw
