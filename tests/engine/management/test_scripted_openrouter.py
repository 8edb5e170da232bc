"""The scripted provider as a command: what it says to whoever starts it."""

from __future__ import annotations

import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.once


def test_a_port_that_is_taken_is_told_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} can't be used"):
            call_command("scripted_openrouter", port=port)


def test_a_number_that_is_no_port_is_told_too() -> None:
    with pytest.raises(CommandError, match="Port 70000 can't be used"):
        call_command("scripted_openrouter", port=70000)
