"""The receivers of the documentation, run as they are: they believe BookGen, and nobody else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notifications.hooks.signing import new_secret, signed_headers

RECEIVERS = Path(__file__).parents[3] / "docs" / "receivers"
BODY = '{"type":"biography.question","data":{"text":"Ñandú “x”"}}'.encode()
OLD, NEW = new_secret(), new_secret()
NODE = shutil.which("node")


class Running:
    """A receiver in a process of its own, on a port that it found free."""

    def __init__(self, *command: str) -> None:
        self.process = subprocess.Popen(
            [*command, "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={"WEBHOOK_SECRET": OLD, "PATH": os.environ["PATH"]},
        )
        assert self.process.stdout
        self.said = self.process.stdout
        self.port = int(self.said.readline().split()[-1])

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        url = f"http://127.0.0.1:{self.port}/"
        request = urllib.request.Request(url, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code


@pytest.fixture(scope="module", params=["python", "javascript"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    if request.param == "javascript" and NODE is None:
        if os.environ.get("CI"):
            pytest.fail("node is not installed")
        pytest.skip("node is not installed")
    python = (sys.executable, str(RECEIVERS / "receiver.py"))
    one = Running(*(python if request.param == "python" else (str(NODE), str(RECEIVERS / "receiver.mjs"))))
    yield one
    one.process.kill()
    one.process.communicate()


def signed(message: str, *keys: str, ago: int = 0) -> dict[str, str]:
    return signed_headers(message, int(time.time()) - ago, BODY, keys)


def test_what_bookgen_signs_is_taken_once(running: Running) -> None:
    assert [running.post(BODY, signed("msg_1", OLD)) for _time in range(2)] == [204, 204]
    assert running.post(BODY, signed("msg_2", OLD)) == 204
    events: list[Any] = [json.loads(running.said.readline()) for _time in range(2)]  # not three
    assert events[0] == {"got": "biography.question", "data": {"text": "Ñandú “x”"}}


@pytest.mark.parametrize("keys", [(NEW, OLD), (OLD, NEW)])
def test_while_the_secret_changes_either_signature_does(running: Running, keys: tuple[str, str]) -> None:
    assert running.post(BODY, signed("msg_rotating", *keys)) == 204


Forge = Callable[[dict[str, str]], dict[str, str]]


@pytest.mark.parametrize(
    "forge",
    [
        lambda _right: signed("msg_3", NEW),
        lambda _right: signed("msg_3", OLD, ago=400),
        lambda _right: signed("msg_3", OLD, ago=-3600),
        lambda right: right | {"webhook-id": "msg_4"},
        lambda right: right | {"webhook-timestamp": str(int(right["webhook-timestamp"]) + 1)},
        lambda right: right | {"webhook-timestamp": "soon"},
        lambda right: right | {"webhook-signature": "v1,"},
        lambda right: right | {"webhook-signature": "v1a,abc v2"},
        lambda _right: {"webhook-id": "msg_3"},
        lambda _right: {},
    ],
    ids=range(10),
)
def test_nobody_else_is_believed(running: Running, forge: Forge) -> None:
    assert running.post(BODY, forge(signed("msg_3", OLD))) == 400


def test_another_body_is_not_believed(running: Running) -> None:
    assert running.post(BODY + b" ", signed("msg_5", OLD)) == 400
