"""One question of the author: its prompt with marks and canary, asked, and read with suspicion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from engine.authors.asking import Ask, Asker
from engine.authors.base import Subject
from engine.authors.model.passages import Shown
from engine.prompts import Block, Marks, render
from sources.injection import signs

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


def obedient(text: str, passages: Iterable[Shown]) -> bool:
    """Whether a sentence says what only the commands hidden in the passages say: a word of theirs, or a command."""
    if signs(text):
        return True
    return any(word in text for word in _planted(passages))


def _planted(passages: Iterable[Shown]) -> Iterable[str]:
    """Odd words (with digits or capitals inside) that stand in commands of the passages and nowhere else in them."""
    shown = list(passages)
    clean = " ".join(passage.block().text for passage in shown)
    for passage in shown:
        for sign in signs(passage.text):
            around = passage.text[max(0, sign.start - 80) : sign.end + 200]
            for word in around.split():
                bare = word.strip("\"'.,;:!?()[]<>“”")
                odd = any(char.isdigit() for char in bare) or bare[1:] != bare[1:].lower()
                if len(bare) >= 5 and odd and bare not in clean:
                    yield bare
