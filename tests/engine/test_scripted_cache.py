"""The scripted provider's cache: the same request is paid once, also while the first is still being answered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import pytest

from engine.models_api.client import Client, Endpoint
from engine.scripted.behaviour import Behaviour
from engine.scripted.server import Provider
from tests.fakes.threads import at_once

BODY = json.dumps({"model": "scripted/writer", "messages": [{"role": "user", "content": "Hello."}]})


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], tuple[Provider, int]]]:
    servers = []

    def begin(behaviour: Behaviour) -> tuple[Provider, int]:
        provider = Provider(behaviour)
        servers.append(provider.server())
        threading.Thread(target=servers[-1].serve_forever, args=[0.02], daemon=True).start()
        return provider, int(servers[-1].server_address[1])

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def _asked(port: int) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/api/v1/chat/completions", BODY, {"X-OpenRouter-Cache": "true"})
    try:
        return connection.getresponse().read()
    finally:
        connection.close()


@pytest.mark.parametrize(("caches", "paid"), [(True, 1), (False, 4)])
def test_the_same_request_at_once_is_paid_once_where_there_is_a_cache(
    serve: Callable[[Behaviour], tuple[Provider, int]], caches: bool, paid: int
) -> None:
    provider, port = serve(Behaviour(latency=0.05, caches=caches))
    answers = at_once([lambda: _asked(port)] * 4, seconds=20)
    assert all(b"asked nothing" in answer for answer in answers), answers
    bill = provider.bill.as_json()
    assert (bill["paid"], bill["hits"], bill["paid_again"]) == (paid, 4 - paid, paid - 1)


def test_a_copy_is_free_and_names_the_generation_that_was_paid(
    serve: Callable[[Behaviour], tuple[Provider, int]],
) -> None:
    provider, port = serve(Behaviour())
    _asked(port)
    client = Client(Endpoint(f"http://127.0.0.1:{port}/api/v1"))
    copy = client.complete(BODY.encode())
    (paid,) = provider.bill.generations
    assert (copy.source, copy.usage.cost_micros) == (paid, 0)
    assert client.generation(paid).cost_micros == provider.bill.micros > 0
