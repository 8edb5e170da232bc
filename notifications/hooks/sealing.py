"""Messages that nobody but the receiver can read: JWE in its compact form (RFC 7516), by joserfc."""

from __future__ import annotations

import json
from typing import Any, Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

# The key's kind decides; others of its kind are older or weaker.
_ALGORITHMS: Final = {"RSA": "RSA-OAEP-256", "EC": "ECDH-ES+A256KW", "OKP": "ECDH-ES+A256KW"}
_CURVES: Final = frozenset({"P-256", "P-384", "P-521", "X25519", "X448"})
_CONTENT: Final = "A256GCM"
_FEWEST_BITS, _MOST_BITS = 2048, 8192
_LONGEST: Final = 10_000
MEDIA_TYPE: Final = "application/jose"


class BadKey(ValueError):
    """No public key that messages could be encrypted with."""


def read_public_key(text: str) -> str:
    """A public key as its owner gives it (JWK or PEM) in the form in which it is kept: a JWK in JSON.

    Takes RSA of 2048 to 8192 bits, the curves P-256, P-384 and P-521, X25519 and X448. Raises BadKey, for a private key
    as well: it must not leave its owner.
    """
    if len(text) > _LONGEST:
        raise BadKey("too long")
    key = _parsed(text.strip())
    if key.is_private or "PRIVATE KEY" in text:
        raise BadKey("private")
    public: dict[str, Any] = dict(key.as_dict(private=False))
    if not _usable(key, public):
        raise BadKey("of another kind")
    return json.dumps(public, sort_keys=True)


def seal(body: bytes, public_key: str) -> bytes:
    """The body encrypted for the owner of the key, as ASCII; `cty` says that JSON is inside."""
    key = JWKRegistry.import_key(json.loads(public_key))
    algorithm = _ALGORITHMS[key.key_type]
    header = {"alg": algorithm, "enc": _CONTENT, "cty": "application/json"}
    return jwe.encrypt_compact(header, body, key, algorithms=[algorithm, _CONTENT]).encode()


def _parsed(text: str) -> Key:
    if text.startswith("{"):
        try:
            return JWKRegistry.import_key(json.loads(text))
        except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BadKey("unreadable") from error
    for kind in (RSAKey, ECKey, OKPKey):
        try:
            return kind.import_key(text)
        except (JoseError, ValueError, TypeError, AttributeError):
            continue
    raise BadKey("unreadable")


def _usable(key: Key, public: dict[str, Any]) -> bool:
    if public.get("use", "enc") != "enc" or key.key_type not in _ALGORITHMS:
        return False
    if isinstance(key, RSAKey):
        return _FEWEST_BITS <= key.raw_value.key_size <= _MOST_BITS
    return public.get("crv") in _CURVES
