"""Encrypted messages: only the receiver reads them, and only sound public keys are taken."""

from __future__ import annotations

import json
from functools import cache

import pytest
from joserfc import jwe
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from notifications.hooks.sealing import BadKey, read_public_key, seal

BODY = '{"type":"webhook.test","name":"Ñ"}'.encode()


@cache
def pair(kind: str) -> RSAKey | ECKey | OKPKey:
    if kind == "2048":
        return RSAKey.generate_key(2048, private=True)
    if kind == "X25519":
        return OKPKey.generate_key("X25519", private=True)
    return ECKey.generate_key(kind, private=True)


@pytest.mark.parametrize("kind", ["2048", "P-256", "P-521", "X25519"])
@pytest.mark.parametrize("form", ["jwk", "pem"])
def test_the_owner_of_the_key_reads_it(kind: str, form: str) -> None:
    key = pair(kind)
    given = json.dumps(key.as_dict(private=False)) if form == "jwk" else key.as_pem(private=False).decode()
    sealed = seal(BODY, read_public_key(given))
    assert b"webhook" not in sealed
    opened = jwe.decrypt_compact(sealed, key, algorithms=["RSA-OAEP-256", "ECDH-ES+A256KW", "A256GCM"])
    assert opened.plaintext == BODY
    assert opened.headers()["cty"] == "application/json"


def test_the_largest_message_stays_under_twenty_thousand_bytes() -> None:
    assert len(seal(b"x" * 14_000, read_public_key(json.dumps(pair("2048").as_dict(private=False))))) < 20_000


@pytest.mark.parametrize("kind", ["2048", "P-256", "X25519"])
def test_a_private_key_is_refused(kind: str) -> None:
    for given in (json.dumps(pair(kind).as_dict(private=True)), pair(kind).as_pem(private=True).decode()):
        with pytest.raises(BadKey, match="private"):
            read_public_key(given)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "hello",
        "{}",
        "[]",
        '{"kty":"RSA"}',
        '{"kty":"RSA","n":"AQAB","e":"AQAB"}',
        '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
        '{"kty":1}',
        "{" * 9000,
        '{"kty":"RSA","n":"' + "A" * 20_000 + '","e":"AQAB"}',
        json.dumps(OctKey.generate_key(256).as_dict()),
        json.dumps({"kty": "RSA", "n": "w" * 170 + "Q", "e": "AQAB"}),  # 1024 bits
        json.dumps(ECKey.generate_key("secp256k1").as_dict(private=False)),
        json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=False)),
        json.dumps(pair("P-256").as_dict(private=False) | {"use": "sig"}),
    ],
    ids=[
        f"wrong-{number}" for number in range(15)
    ],  # keys are made anew in every process, and pytest-xdist compares the names
)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_what_is_no_sound_public_key_is_refused(given: str) -> None:
    with pytest.raises(BadKey):
        read_public_key(given)
