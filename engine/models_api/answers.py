"""A provider's answer, read strictly: either it is whole and usable, or it is an error that says why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from bookgen_site.lib.text import clean_text
from engine.models_api.classify import failure
from engine.models_api.errors import (
    Declined,
    EmptyAnswer,
    FilteredAnswer,
    InvalidAnswer,
    ModelError,
    Transient,
    Truncated,
)
from engine.models_api.usage import Usage, usage_of


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `model` is the one that served it, `generation` the provider's id of it ("" if none).

    `source` is the generation of which an answer from the provider's cache is a copy, "" for a fresh answer.
    """

    text: str
    model: str
    generation: str
    provider: str
    usage: Usage
    source: str = ""


_TOOLS: Final = (InvalidAnswer, "The model asked for a tool, and there are none.")
_THOUGHTS: Final = {"thinking", "redacted_thinking", "reasoning"}  # kinds of parts
_FINISHED: Final[dict[str, tuple[type[ModelError], str]]] = {
    "length": (Truncated, "The answer was cut at the limit of its length."),
    "content_filter": (FilteredAnswer, "A filter of the provider cut the answer."),
    "tool_calls": _TOOLS,
    "function_call": _TOOLS,
    "error": (Transient, "The provider broke off its answer with an error."),
    "": (Truncated, "The answer ends without its finish mark."),
}


def parse_json(data: bytes) -> Mapping[str, Any]:
    """The JSON object of a body; raises Transient for what is no whole JSON object in UTF-8."""
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Transient("The provider's answer isn't whole JSON.") from error
    if not isinstance(found, dict):
        raise Transient("The provider's answer isn't a JSON object.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def answer_of(found: Mapping[str, Any]) -> Answer:
    """The answer in a parsed body of status 200. Raises a ModelError for everything that isn't one whole text."""
    try:
        return _answer_of(found)
    except ModelError as error:
        raise billed(error, found) from error.__cause__


def billed(error: ModelError, found: Mapping[str, Any]) -> ModelError:
    """The error with what the provider says of its cost: a bad answer is paid like a good one."""
    error.usage, error.generation = usage_of(found.get("usage")), _word(found.get("id"))
    return error


def _answer_of(found: Mapping[str, Any]) -> Answer:
    if found.get("error"):
        raise failure(200, {}, found)
    choice = _only_choice(found)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise EmptyAnswer("The answer holds no message.")
    if choice.get("error"):
        raise failure(200, {}, choice)
    finish_or_raise(choice.get("finish_reason"), tools=wants_tools(message))
    decline_or_pass(message)
    return whole(text_of(message.get("content")), found)


def wants_tools(message: Mapping[str, Any]) -> bool:
    """Whether a message, or a piece of one, asks for a tool, in today's words or in the first ones."""
    return bool(message.get("tool_calls") or message.get("function_call"))


def decline_or_pass(message: Mapping[str, Any]) -> None:
    """Raise Declined where a model says in a field of its own that it won't do it ("Structured Outputs", OpenAI)."""
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip():
        raise Declined("The model declined to answer.")


def whole(text: str, found: Mapping[str, Any]) -> Answer:
    """An answer from its text and the body or last chunk around it; raises EmptyAnswer for a blank one."""
    text = clean_text(text).strip()
    if not text:
        raise EmptyAnswer("The model answered with nothing.")
    return Answer(
        text=text,
        model=_word(found.get("model")),
        generation=_word(found.get("id")),
        provider=_word(found.get("provider")),
        usage=usage_of(found.get("usage")),
    )


def finish_or_raise(reason: object, *, tools: bool = False) -> None:
    """Pass for `stop` alone; every other end of an answer is an error."""
    if reason == "stop" and not tools:
        return
    unknown = (InvalidAnswer, "The answer ended in an unknown way.")
    kind, message = _TOOLS if tools else _FINISHED.get(str(reason or ""), unknown)
    raise kind(message)


def _only_choice(found: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = found.get("choices")
    if not isinstance(choices, list) or not choices:
        raise EmptyAnswer("The answer holds no choice.")
    if len(choices) > 1 or not isinstance(choices[0], dict):
        raise InvalidAnswer("The answer holds more than one choice.")
    return choices[0]


def text_of(content: object) -> str:
    """A text, or the texts of a list of parts; None is no text, and a model's thoughts are none of its answer.

    Raises InvalidAnswer for anything else: what can't be read must not be missing from a text that looks whole.
    """
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, list):
        return "".join(_part(part) for part in content)
    raise InvalidAnswer("The answer is no text.")


def _part(part: object) -> str:
    kind = part.get("type", "text") if isinstance(part, dict) else ""
    if kind in _THOUGHTS:
        return ""
    text = part.get("text") if isinstance(part, dict) and kind in {"text", "output_text"} else None
    if not isinstance(text, str):
        raise InvalidAnswer("A part of the answer is no text.")
    return text


def _word(value: object) -> str:
    """A name that a provider gives, fit for a row."""
    return clean_text(value[:1000], multiline=False)[:200] if isinstance(value, str) else ""
