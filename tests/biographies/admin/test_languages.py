"""What stands in the database in English is shown in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from bookgen_site.accounts.models import User
from notifications.models import Delivery, Event
from tests.fakes import rows

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


@pytest.mark.parametrize("page", ["add/", "{pk}/change/", ""])
def test_roles_have_their_names_in_the_form_and_the_filter(
    administrator: User, as_user: Login, page: str
) -> None:
    address = f"/admin/accounts/user/{page.format(pk=administrator.pk)}"
    shown = as_user(administrator).get(address, headers={"accept-language": "es"}).content.decode()
    assert "Editor jefe" in shown
    assert "Chief editor" not in shown


@pytest.mark.django_db
def test_units_events_and_messages_are_named_in_words() -> None:
    unit = rows.unit(phase="source_validation", key="source-0001")
    assert str(unit) == "source validation source-0001"
    with translation.override("es"):
        assert str(unit).endswith(" source-0001")
        assert "validation" not in str(unit)
    assert str(Event(seq=2, kind="chapter_ready")) == f"2 {Event(kind='chapter_ready').get_kind_display()}"
    assert "waiting" in str(Delivery(address="ada@example.org"))


@pytest.mark.parametrize("model", [Event, Delivery])
def test_lists_have_names_for_translators(model: type[Event | Delivery]) -> None:
    for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
        assert not isinstance(name, str)  # a translation that waits for the reader's language
