"""Is an answer in the form that was asked for? Deterministic clean-up first; nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from jsonschema import Draft202012Validator

from engine.models_api.errors import Declined, InvalidAnswer, WrongLanguage

Detect = Callable[[str], str]  # a text's language, ISO 639-1, "" where it can't be told
_FENCE: Final = re.compile(r"\A\s*```[a-zA-Z]{0,10}[ \t]*\n(?P<inside>.*?)\n?```\s*\Z", re.DOTALL)
_THOUGHT: Final = re.compile(r"\A\s*<think(?:ing)?>.{0,200000}?</think(?:ing)?>", re.DOTALL)
_LONGEST_REFUSAL: Final = 600  # characters; what is longer isn't a mere refusal
_LEAST_FOR_LANGUAGE: Final = 200  # characters; of less no detector can be sure
# How models decline, in the languages of the books: an apology or an "I can't", at the very beginning.
_DECLINES: Final = re.compile(
    r"\A\W*(?:(?:i['’]?m|i am) (?:very )?(?:sorry|unable|afraid)|sorry\b|i (?:can['’]?t|cannot|won['’]?t|must decline)"
    r"|as an? (?:ai|large language)|lo siento|no puedo\b|como (?:modelo|una? ia\b)"
    r"|(?:je suis )?désolée?\b|je ne peux pas|es tut mir leid|tut mir leid"
    r"|ich kann (?:das |dir |ihnen )?(?:leider )?nicht"
    r"|leider kann ich|desculpe|lamento\b|não posso|sinto muito|mi dispiace|non posso\b|purtroppo non)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer must be: in a language ("" for any), and JSON by a schema (None for prose)."""

    language: str = ""
    schema: Mapping[str, Any] | None = None


def prose(text: str, form: Form, detect: Detect) -> str:
    """The text of an answer without a fence or thoughts around it.

    Raises Declined for a refusal and WrongLanguage where `detect` (text to ISO 639-1 code) says another language.
    """
    words = _bare(text)
    if len(words) <= _LONGEST_REFUSAL and _DECLINES.match(words):
        raise Declined("The model declined to write this.")
    _require_language(words, form, detect)
    return words


def _require_language(words: str, form: Form, detect: Detect) -> None:
    if form.language and len(words) >= _LEAST_FOR_LANGUAGE:
        found = detect(words)
        if found and found != form.language:
            raise WrongLanguage(f"The answer is in “{found}”, not in “{form.language}”.")


def structured(text: str, form: Form, detect: Detect) -> Any:
    """The JSON of an answer, strictly parsed and held against the schema, its sentences against the language.

    Raises InvalidAnswer, Declined or WrongLanguage.
    """
    words = _bare(text)
    if _DECLINES.match(words):
        raise Declined("The model declined to answer.")
    found = _parsed(words)
    trouble = next(Draft202012Validator(dict(form.schema or {})).iter_errors(found), None)
    if trouble is not None:
        place = "/".join(str(step) for step in trouble.absolute_path) or "the answer"
        raise InvalidAnswer(f"The answer doesn't follow its schema at {place} ({trouble.validator}).")
    _require_language(" ".join(_phrases(found)), form, detect)
    return found


def _parsed(words: str) -> Any:
    """The JSON of an answer; also where a model has put words before or behind its one object."""
    inside = words[words.find("{") : words.rfind("}") + 1]
    for text in (words, inside):
        try:
            return json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            wrong = error
    raise InvalidAnswer("The answer isn't valid JSON.") from wrong


def _phrases(found: Any) -> Iterator[str]:
    """The texts of some words in a parsed answer; a single word is a name."""
    if isinstance(found, str):
        yield from [found] if " " in found else []
    elif isinstance(found, dict | list):
        for inside in found.values() if isinstance(found, dict) else found:
            yield from _phrases(inside)


def _bare(text: str) -> str:
    text = _THOUGHT.sub("", text)
    fenced = _FENCE.match(text)
    return (fenced["inside"] if fenced else text).strip()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
