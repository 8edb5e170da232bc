"""Secrets at rest: what must be read again is sealed with the installation's own key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnreadableSecret(ValueError):
    """The secret was sealed with a key that this installation doesn't have."""


def seal(plain: str) -> str:
    """Encrypt a short secret; the result is ASCII and fit for a text column."""
    return _box().encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made; raises UnreadableSecret when no key fits."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret("stored with another SECRETS_KEY; enter the secret again") from error


def resealed(sealed: str) -> str:
    """The same secret sealed with the newest key; raises UnreadableSecret when none of the keys fits."""
    return seal(unseal(sealed))


def _box() -> MultiFernet:
    """SECRETS_KEY may hold several keys, newest first, separated by commas: that is key rotation."""
    keys = [key.strip() for key in settings.SECRETS_KEY.split(",") if key.strip()]
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(key: str) -> bytes:
    # The keys are long random strings, so one hash is enough to give Fernet its 32 bytes.
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())
