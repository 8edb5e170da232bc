"""Server-sent events of a streamed answer, read from bytes.

Lines end at a newline byte alone: a text may hold U+2028 or U+0085, at which readers that split decoded text would cut
a chunk in two. (The event stream format of the HTML standard also allows CR; no provider sends it alone.)
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from engine.models_api.answers import (
    Answer,
    billed,
    decline_or_pass,
    finish_or_raise,
    parse_json,
    text_of,
    wants_tools,
    whole,
)
from engine.models_api.classify import failure
from engine.models_api.errors import CutOff, InvalidAnswer, ModelError

_FACTS: Final = ("id", "model", "provider", "usage")
_DONE: Final = b"[DONE]"
LOOK_EVERY: Final = 400  # characters between two looks for endless repetition
TAIL: Final = 80  # characters; the shortest stretch that counts
ROOM: Final = (
    24_000  # characters of the end that are looked at: looking at all would take time by their square
)
MOST_TAILS: Final = 6  # one after another, in the same words: no honest text holds that


def events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event, in order; comments (keep-alives) and other fields are passed over."""
    for line in _lines(chunks):
        bare = line.removeprefix(BOM_UTF8)
        if bare.startswith(b"data:"):
            yield bare.removeprefix(b"data:").strip()


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Joined once each: a line of megabytes may come byte by byte."""
    begun: list[bytes] = []
    for chunk in chunks:
        end, *lines = chunk.split(b"\n")
        begun.append(end)
        for line in lines:
            yield b"".join(begun)
            begun = [line]
    yield b"".join(begun)


class Collected:
    """A streamed answer as far as it has come; `facts` are its id, model, provider and usage."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._finish: object = None
        self._tools = False
        self._end = ""
        self._length = self._looked = 0
        self.facts: dict[str, Any] = {}

    def add(self, data: bytes) -> None:
        """Take in one event; raises a ModelError for an error in the middle of the stream."""
        found = parse_json(data)
        self.facts |= {name: found[name] for name in _FACTS if found.get(name)}
        if found.get("error"):
            raise failure(200, {}, found)
        choice = _choice(found.get("choices") or [])
        if choice.get("error"):
            raise failure(200, {}, choice)
        if self._finish in (None, "stop"):  # an answer that was cut once isn't whole, whatever is said later
            self._finish = choice.get("finish_reason") or self._finish
        self._delta(choice.get("delta") or {})

    def _delta(self, delta: object) -> None:
        if not isinstance(delta, dict):
            raise InvalidAnswer("A piece of the answer can't be read.")
        decline_or_pass(delta)
        self._tools = self._tools or wants_tools(delta)
        if content := text_of(delta.get("content")):  # null in the first delta of some servers
            self._parts.append(content)
            self._length += len(content)
            self._end = (self._end + content)[-ROOM:]
        if self._length - self._looked >= LOOK_EVERY:
            self._looked = self._length
            self._refuse_repetition()

    def _refuse_repetition(self) -> None:
        """A small model may say one thing for ever; what comes until `max_tokens` would be waited and paid for.

        The end is then one stretch over and over. Words that come often, as the frame of each row of a list does, are
        no such stretch: something else stands between them.
        """
        text = self._end
        before = text.rfind(text[-TAIL:], 0, len(text) - 1)
        period = len(text) - TAIL - before
        end = text[-MOST_TAILS * max(TAIL, period) :]
        if before >= 0 and len(end) == MOST_TAILS * max(TAIL, period) and end[period:] == end[:-period]:
            raise InvalidAnswer("The model repeats itself without end.")

    def answer(self) -> Answer:
        """The whole answer; raises Truncated and its kin when it isn't whole."""
        finish_or_raise(self._finish, tools=self._tools)
        return whole("".join(self._parts), self.facts)


def _choice(choices: object) -> Mapping[str, Any]:
    """The one choice of a chunk, {} where it holds none, as the one with the usage does."""
    if not isinstance(choices, list) or not all(isinstance(one, dict) for one in choices):
        raise InvalidAnswer("A piece of the answer can't be read.")
    if len(choices) > 1 or any(one.get("index") for one in choices):
        raise InvalidAnswer("The answer holds more than one choice.")
    return choices[0] if choices else {}


def streamed_answer(chunks: Iterable[bytes]) -> Answer:
    """The answer of a stream that has both its finish mark and its last line; raises a ModelError otherwise."""
    collected = Collected()
    try:
        for data in events(chunks):
            if data == _DONE:
                return collected.answer()
            collected.add(data)
        raise CutOff("The stream of the answer ended before its end.")
    except ModelError as error:
        raise billed(error, collected.facts) from error.__cause__
