"""Tickets for WebSockets: one use, half a minute, and nothing of them in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from bookgen_site.accounts.models import ApiKey, User
from bookgen_site.lib import clock
from notifications.models import SocketTicket
from notifications.tickets import give_ticket, take_ticket
from tests.fakes.threads import at_once


@pytest.mark.django_db
def test_a_ticket_is_given_to_who_carries_a_key(api: Callable[..., APIClient], editor: User) -> None:
    answer = api(editor).post("/api/v1/ws-ticket")
    assert answer.status_code == 201
    row = SocketTicket.objects.get()
    assert (row.user_id, row.api_key_id) == (editor.pk, ApiKey.objects.get().pk)
    assert answer.json()["ticket"] not in (row.digest, str(row))
    assert take_ticket(answer.json()["ticket"]) == row
    assert api().post("/api/v1/ws-ticket").status_code == 401


@pytest.mark.django_db
def test_old_tickets_are_swept_away_by_new_ones(editor: User) -> None:
    give_ticket(by=editor)
    SocketTicket.objects.update(expires_at=clock.now())
    plain, _until = give_ticket(by=editor)
    assert SocketTicket.objects.count() == 1
    assert take_ticket(plain)
    assert not SocketTicket.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_ticket(editor: User) -> None:
    plain, _until = give_ticket(by=editor)
    taken = at_once([lambda: take_ticket(plain)] * 4)
    assert sum(isinstance(one, SocketTicket) for one in taken) == 1
