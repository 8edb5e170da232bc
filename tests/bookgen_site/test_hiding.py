"""Secrets in the words of strangers."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from bookgen_site.lib.hiding import without_secrets

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no such hook: /services/T0/B0/abcdefgh", "no such hook: ***"),
        ("https://hooks.example.org/services/T0/B0/abcdefgh?", "***?"),
        ("routing key 0123456789abcdef is unknown", "routing key *** is unknown"),
        ("535 no, pass-word-1 is wrong; postmark-token", "535 no, *** is wrong; ***"),
        ("short", "short"),
        ("services", "services"),
    ],
)
def test_what_was_sent_comes_back_masked(settings: Settings, said: str, kept: str) -> None:
    settings.ALERT_SLACK_URL = "https://hooks.example.org/services/T0/B0/abcdefgh"
    settings.ALERT_PAGERDUTY_KEY = "0123456789abcdef"
    settings.EMAIL_HOST_PASSWORD = "pass-word-1"
    settings.OPENROUTER_API_KEY = "short"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "postmark-token"}
    assert without_secrets(said) == kept
