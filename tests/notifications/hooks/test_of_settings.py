"""The endpoint that the settings name, and secrets sealed with newer keys."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from bookgen_site.lib.crypto import unseal
from notifications.hooks import endpoints
from notifications.hooks.signing import new_secret
from notifications.models import AuditEntry, WebhookEndpoint
from tests.fakes import rows

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/bookgen"


def only() -> WebhookEndpoint:
    return WebhookEndpoint.objects.get()


def test_it_is_made_once_and_follows_the_settings(settings: Settings) -> None:
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = URL, new_secret()
    endpoints.settle()
    endpoints.settle()
    assert (only().url, only().job_id, only().active, unseal(only().secret)) == (
        *(URL, None, True),
        settings.WEBHOOK_SECRET,
    )
    assert AuditEntry.objects.filter(action="settle_webhook").count() == 1
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = f"{URL}/new", new_secret()
    endpoints.settle()
    assert (only().url, unseal(only().secret)) == (f"{URL}/new", settings.WEBHOOK_SECRET)
    settings.WEBHOOK_URL = ""
    endpoints.settle()
    assert not WebhookEndpoint.objects.exists()


def test_without_a_secret_one_is_made_and_can_be_read_once(settings: Settings) -> None:
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = URL, ""
    endpoints.settle()
    secret = endpoints.reveal(only())
    assert secret is not None
    endpoints.settle()
    assert (unseal(only().secret), endpoints.reveal(only())) == (secret, None)


def test_endpoints_of_people_are_left_alone(settings: Settings) -> None:
    mine = rows.endpoint()
    settings.WEBHOOK_URL = URL
    endpoints.settle()
    settings.WEBHOOK_URL = ""
    endpoints.settle()
    assert only() == mine


def test_a_newer_key_takes_over(settings: Settings) -> None:
    settings.SECRETS_KEY = "the old key"
    row = rows.endpoint()
    endpoints.rotate(row)
    row.refresh_from_db()
    keys = endpoints.keys_of(row)
    settings.SECRETS_KEY = "the new key,the old key"
    told = StringIO()
    call_command("reseal", stdout=told)
    assert "1 webhooks, 0 second factors" in told.getvalue()
    settings.SECRETS_KEY = "the new key"
    row.refresh_from_db()
    assert len(keys) == 2
    assert endpoints.keys_of(row) == keys


def test_what_no_key_fits_is_left_as_it_is(settings: Settings) -> None:
    settings.SECRETS_KEY = "one"
    row = rows.endpoint()
    settings.SECRETS_KEY = "another"
    rows.endpoint()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("reseal")
    assert WebhookEndpoint.objects.get(pk=row.pk).secret == row.secret
