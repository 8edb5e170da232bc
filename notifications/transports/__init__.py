"""How messages leave: one module per channel, named as the channel is.

To add a channel: name it in `models.delivery.Channel`, and write a module with what `base.Transport` asks for. It
translates its own errors: what may go well later is `Later`, what never will is `Gone`.
"""

from __future__ import annotations

import importlib
from typing import cast

from notifications.transports.base import Transport


def transport_of(channel: str) -> Transport:
    """The module that sends messages of this channel; ModuleNotFoundError when there is none."""
    return cast(Transport, importlib.import_module(f"notifications.transports.{channel}"))
