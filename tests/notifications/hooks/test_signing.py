"""Signatures: against the specification's vectors, and against the package of its authors."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from notifications.hooks.signing import new_secret, signed_headers

# From the tests of the specification's own libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def now() -> int:
    """The package refuses what is older than five minutes."""
    return int(dt.datetime.now(dt.UTC).timestamp())


def test_the_specifications_vector() -> None:
    body = b'{"test": 2432232314}'
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [SECRET])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize(
    "text", ["", "{}", '{"name":"Ñandú “x”"}', '{"a": "  \\u0000"}', "é" * 5000, "a.b.c"]
)
def test_the_package_believes_it_and_signs_the_same(text: str) -> None:
    secret = new_secret()
    moment = now()
    headers = signed_headers("msg_1", moment, text.encode(), [secret])
    Webhook(secret).verify(text, headers, json_parse=False)
    assert (
        Webhook(secret).sign("msg_1", dt.datetime.fromtimestamp(moment, dt.UTC), text)
        == headers["webhook-signature"]
    )


@pytest.mark.parametrize(
    "change",
    [
        {"body": b'{"a": 1}'},
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": "1"},
        {"webhook-signature": "v1," + base64.b64encode(bytes(32)).decode()},
    ],
)
def test_whatever_is_changed_is_seen(change: dict[str, str]) -> None:
    secret, body = new_secret(), b'{"a":1}'
    headers = signed_headers("msg_1", now(), body, [secret])
    Webhook(secret).verify(body, headers)
    if "webhook-timestamp" in change:
        change = {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}
    forged = headers | {name: value for name, value in change.items() if name != "body"}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(change.get("body", body), forged)


def test_while_a_secret_changes_both_sign() -> None:
    old, new, body = new_secret(), new_secret(), json.dumps({"a": 1}).encode()
    headers = signed_headers("msg_1", now(), body, [new, old])
    for secret in (old, new):
        Webhook(secret).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers)


def test_secrets_are_32_random_bytes() -> None:
    secrets = {new_secret() for _time in range(50)}
    assert len(secrets) == 50
    assert all(
        len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32 for secret in secrets
    )


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_AAAA", "whsec_not base64!", "whsec_" + "A" * 100, "ñ" * 32]
)
def test_a_broken_secret_signs_nothing(secret: str) -> None:
    with pytest.raises(ValueError):  # of any kind
        signed_headers("msg_1", now(), b"", [secret])


@pytest.mark.parametrize("name", ["", "a.1", "."])
def test_an_id_can_not_move_the_border_of_what_is_signed(name: str) -> None:
    with pytest.raises(ValueError, match="full stop"):
        signed_headers(name, now(), b"", [SECRET])
