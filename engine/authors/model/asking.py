"""One question of the author: its prompt with marks and canary, asked, and read with suspicion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from engine.authors.asking import Ask, Asker
from engine.authors.base import Subject
from engine.authors.model.passages import Shown
from engine.prompts import Block, Marks, render
from sources.injection import Sign, signs

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
}
TOKENS_PER_WORD: Final = (
    2.2  # of prose inside JSON, the names of passages included; measured on six languages
)
LEAST_TOKENS: Final = 800


def tokens_for(words: int) -> int:
    """`max_tokens` for an answer of so many words: twice what it needs, since models overrun."""
    return max(LEAST_TOKENS, round(2 * TOKENS_PER_WORD * words))


class Question:
    """Asks one prompt for one unit; `purpose` is unique among the unit's questions."""

    def __init__(self, asker: Asker, subject: Subject, purpose: str) -> None:
        self._asker, self._subject, self._purpose = asker, subject, purpose
        self.marks = Marks.of(asker.scope, purpose)

    def ask(
        self,
        role: str,
        prompt: str,
        schema: Mapping[str, Any],
        blocks: Iterable[Block],
        *,
        max_tokens: int,
        check: Callable[[Any], str] = lambda _found: "",
        **variables: Any,
    ) -> Any:
        """Render, ask, and refuse an answer that shows it has listened to a source."""
        rendered = render(
            prompt,
            marks=self.marks,
            language_name=LANGUAGES.get(self._subject.language, self._subject.language),
            subject=self._subject.name,
            description=self._subject.description,
            blocks=list(blocks),
            **variables,
        )
        ask = Ask(
            role=role,
            purpose=self._purpose,
            system=rendered.system,
            user=rendered.user,
            max_tokens=max_tokens,
            prompt_hash=rendered.hash,
            schema=schema,
            check=lambda found: self._suspicious(found) or check(found),
        )
        return self._asker.ask(ask)

    def _suspicious(self, found: Any) -> str:
        text = str(found)
        if self.marks.canary in text or self.marks.mark in text:
            return "It repeats what must never be repeated (injection suspected)."
        return ""


def planted(passages: Iterable[Shown]) -> frozenset[str]:
    """Odd words (with digits or capitals inside) that stand beside commands in the passages, and nowhere else."""
    shown = list(passages)
    clean = " ".join(passage.block().text for passage in shown)
    odd = (word for passage in shown for sign in signs(passage.text) for word in _around(passage.text, sign))
    return frozenset(word for word in odd if word not in clean)


def _around(text: str, sign: Sign) -> Iterator[str]:
    for word in text[max(0, sign.start - 80) : sign.end + 200].split():
        bare = word.strip("\"'.,;:!?()[]<>“”")
        if len(bare) >= 5 and (any(char.isdigit() for char in bare) or bare[1:] != bare[1:].lower()):
            yield bare


def obedient(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence does what a command in a source says: shows a word planted there, or commands itself."""
    return any(word in text for word in words) or bool(signs(text))
