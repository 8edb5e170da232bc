"""WebSockets are counted, however they end."""

from __future__ import annotations

from typing import Any

import pytest

from bookgen_site.metrics.sockets import BEGUN, OPEN, SENT, Counted


def value(metric: Any) -> float:
    return float(metric._value.get())


async def nothing() -> dict[str, Any]:
    return {}


async def swallow(_message: dict[str, Any]) -> None:
    return None


async def test_an_open_socket_is_open_until_it_ends() -> None:
    seen = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "x"})
        seen.append(value(OPEN))
        raise ConnectionResetError

    before = value(OPEN), value(BEGUN.labels("accepted")), value(SENT)
    with pytest.raises(ConnectionResetError):
        await Counted(app)({}, nothing, swallow)
    assert seen == [before[0] + 1]
    assert (value(OPEN), value(BEGUN.labels("accepted")), value(SENT)) == (
        before[0],
        before[1] + 1,
        before[2] + 1,
    )


async def test_a_refused_one_never_was_open() -> None:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "websocket.close", "code": 4403})

    before = value(OPEN), value(BEGUN.labels("refused"))
    await Counted(app)({}, nothing, swallow)
    assert (value(OPEN), value(BEGUN.labels("refused"))) == (before[0], before[1] + 1)
