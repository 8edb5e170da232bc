"""Secrets at rest."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from bookgen_site.lib.crypto import UnreadableSecret, seal, unseal

pytestmark = pytest.mark.once


def test_what_was_sealed_can_be_read_again() -> None:
    assert unseal(seal("sk-or-ключ-🔑")) == "sk-or-ключ-🔑"


def test_the_sealed_form_tells_nothing() -> None:
    sealed = seal("sk-secret")
    assert "secret" not in sealed
    assert sealed.isascii()
    assert seal("sk-secret") != sealed  # nor that two secrets are the same


def test_another_installation_cannot_read_it(settings: Settings) -> None:
    sealed = seal("sk-secret")
    settings.SECRETS_KEY = "another long random string"
    with pytest.raises(UnreadableSecret, match="enter the secret again"):
        unseal(sealed)


def test_a_changed_secret_is_refused() -> None:
    sealed = seal("sk-secret")
    with pytest.raises(UnreadableSecret):
        unseal(sealed[:-4] + "AAAA")


def test_keys_can_be_rotated(settings: Settings) -> None:
    settings.SECRETS_KEY = "old key"
    sealed = seal("sk-secret")
    settings.SECRETS_KEY = "new key, old key"
    assert unseal(sealed) == "sk-secret"
    renewed = seal("sk-secret")
    settings.SECRETS_KEY = "new key"
    assert unseal(renewed) == "sk-secret"
