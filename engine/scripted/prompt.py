"""What a scripted model can read in a prompt: the task, the data blocks, how many words are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_TASK: Final = re.compile(r"\bTask ([A-Z]+)\b")
_BLOCK: Final = re.compile(
    r"<<<DATA (?P<mark>\w+) (?P<name>[^\s>]+)[^>]*>>>\n(?P<text>.*?)\n<<<END (?P=mark) (?P=name)>>>",
    re.DOTALL,
)
_WORDS: Final = re.compile(r"about (\d+) words")
_CHAPTERS: Final = re.compile(r"into (\d+) chapters")
_SUBJECT: Final = re.compile(r"The biography is about ([^.(]+?)(?: \(|\.)")
_LANGUAGE: Final = re.compile(r"^- Write in (\w+)\.$", re.MULTILINE)
_PAIR: Final = re.compile(r"(S\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as the scripted model understands it."""

    task: str
    blocks: Mapping[str, str]
    words: int
    chapters: int
    subject: str
    pairs: tuple[str, ...]
    text: str
    language: str  # "Spanish"; "" where the prompt asks for none


def asked(request: Mapping[str, Any]) -> Asked:
    """Read the first user message of a request; a later one asks for a repair, and changes nothing here."""
    text = next((one["content"] for one in request["messages"] if one["role"] == "user"), "")
    system = next((one["content"] for one in request["messages"] if one["role"] == "system"), "")
    language = _LANGUAGE.search(system)
    bare = _BLOCK.sub("", text)
    task, words, chapters, subject = (
        pattern.search(bare) for pattern in (_TASK, _WORDS, _CHAPTERS, _SUBJECT)
    )
    return Asked(
        task=task[1] if task else "",
        blocks={found["name"]: found["text"] for found in _BLOCK.finditer(text)},
        words=int(words[1]) if words else 300,
        chapters=int(chapters[1]) if chapters else 0,
        subject=subject[1].strip() if subject else "the person",
        pairs=tuple(dict.fromkeys(_PAIR.findall(bare.rpartition("Pairs:")[2]))),
        text=text,
        language=language[1] if language else "",
    )
