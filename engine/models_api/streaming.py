"""Server-sent events of a streamed answer, read from bytes.

Lines end at a newline byte alone: a text may hold U+2028 or U+0085, at which readers that split decoded text would cut
a chunk in two. (The event stream format of the HTML standard also allows CR; no provider sends it alone.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from engine.models_api.answers import Answer, billed, finish_or_raise, parse_json, whole
from engine.models_api.classify import failure
from engine.models_api.errors import CutOff, InvalidAnswer, ModelError

_DONE: Final = b"[DONE]"
LOOK_EVERY: Final = 400  # characters between two looks for endless repetition
TAIL: Final = 80  # characters; the shortest stretch that counts
MOST_TAILS: Final = 6  # one after another, in the same words: no honest text holds that


def events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each event, in order; comments (keep-alives) and other fields are passed over."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line.removeprefix(b"data:").strip()
    if rest.startswith(b"data:"):
        yield rest.removeprefix(b"data:").strip()


class Collected:
    """A streamed answer as far as it has come; `facts` are its id, model, provider and usage."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._finish: object = None
        self._tools = False
        self._length = self._looked = 0
        self.facts: dict[str, Any] = {}

    def add(self, data: bytes) -> None:
        """Take in one event; raises a ModelError for an error in the middle of the stream."""
        found = parse_json(data)
        choices = found.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        if found.get("error") or choice.get("error"):
            raise failure(200, {}, found if found.get("error") else choice)
        if isinstance(choices, list) and len(choices) > 1:
            raise InvalidAnswer("The answer holds more than one choice.")
        for name in ("id", "model", "provider", "usage"):
            if found.get(name) is not None:
                self.facts[name] = found[name]
        self._finish = choice.get("finish_reason") or self._finish
        self._delta(choice.get("delta"))

    def _delta(self, delta: object) -> None:
        if not isinstance(delta, dict):
            return
        content = delta.get("content")  # null in the first delta of some servers
        if isinstance(content, str):
            self._parts.append(content)
            self._length += len(content)
            if self._length - self._looked >= LOOK_EVERY:
                self._looked = self._length
                self._refuse_repetition()
        self._tools = self._tools or bool(delta.get("tool_calls"))

    def _refuse_repetition(self) -> None:
        """A small model may say one thing for ever; what comes until `max_tokens` would be waited and paid for.

        The end is then one stretch over and over. Words that come often, as the frame of each row of a list does, are
        no such stretch: something else stands between them.
        """
        text = "".join(self._parts)
        before = text.rfind(text[-TAIL:], 0, len(text) - 1)
        period = len(text) - TAIL - before
        end = text[-MOST_TAILS * max(TAIL, period) :]
        if before >= 0 and len(end) == MOST_TAILS * max(TAIL, period) and end[period:] == end[:-period]:
            raise InvalidAnswer("The model repeats itself without end.")

    def answer(self) -> Answer:
        """The whole answer; raises Truncated and its kin when it isn't whole."""
        finish_or_raise(self._finish, tools=self._tools)
        return whole("".join(self._parts), self.facts)


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
