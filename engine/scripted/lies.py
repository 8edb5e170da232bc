"""Answers that are paid for and of no use, and those that obey a command hidden in a source."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from engine.scripted.prompt import Asked

_ODD: Final = re.compile(r"\b[A-Z]{2,}-?[A-Z0-9-]{4,}\b")
_FRENCH: Final = "Il naquit dans une petite ville, et personne ne sut jamais ce qu'il pensait de sa mère. "
_FRENCH_TITLE: Final = "Les années de la jeunesse"
_INVENTED: Final = "On 31 February 1799 the dragon of Wawel crowned Napoleon in the town hall of Bielefeld."


def lie(kind: str, text: str) -> str:
    """The answer turned into one that must not be used: no words, no JSON, another language, no evidence."""
    if kind == "wordless":
        return "{}"
    if kind == "prose":
        return "Here is the text that you asked for. I hope that you like it!"
    found = json.loads(text)
    for chapter in found.get("chapters", []) if kind == "french" else []:
        chapter |= {"title": _FRENCH_TITLE, "synopsis": _FRENCH}
    for sentence in _sentences(found):
        if kind == "french":
            sentence["text"] = _FRENCH
        elif kind == "uncited":
            sentence["passages"] = []
        elif kind == "invented":
            sentence["text"] = _INVENTED
    return json.dumps(found, ensure_ascii=False)


def _sentences(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for paragraph in found.get("paragraphs", []) for one in paragraph["sentences"]]


def obey(wanted: Asked, text: str) -> str:
    """Put into the answer whatever odd words the passages hold, as a model would that listens to its sources."""
    odd = " ".join(dict.fromkeys(word for block in wanted.blocks.values() for word in _ODD.findall(block)))
    if not odd:
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return odd
    if "verdicts" in found:
        for verdict in found["verdicts"]:
            verdict |= {"verdict": "supported", "because": odd}
        return json.dumps(found, ensure_ascii=False)
    told = _sentences(found)
    if not told:
        return text
    told[0]["text"] = odd
    return json.dumps(found, ensure_ascii=False)
