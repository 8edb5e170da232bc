"""One question of the author: its prompt with marks and canary, asked, and read with suspicion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from engine.authors.asking import Ask, Asker
from engine.authors.base import Subject
from engine.authors.model.forms import tells
from engine.authors.model.passages import Shown
from engine.models_api.errors import Blocked
from engine.prompts import Block, Marks, render
from sources.injection import Sign, signs
from sources.language import known

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
LEAST_FLAGGED: Final = 12  # characters; fewer stand in many passages

Remark = Callable[[str], None]  # hears what the editor should know


def tokens_for(words: int) -> int:
    """`max_tokens` for an answer of so many words: twice what it needs, since models overrun."""
    return max(LEAST_TOKENS, round(2 * TOKENS_PER_WORD * words))


class Question:
    """Asks one prompt for one unit; `purpose` is unique among the unit's questions."""

    def __init__(
        self, asker: Asker, subject: Subject, purpose: str, remark: Remark = lambda _remark: None
    ) -> None:
        self._asker, self._subject, self._purpose, self._remark = asker, subject, purpose, remark
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
        """Render, ask, and refuse an answer that shows it has listened to a source.

        Where a filter of the provider refuses the text of one source, the rest is asked once more without it.
        """
        shown = list(blocks)

        def asked(blocks: Sequence[Block]) -> Any:
            return self._ask(role, prompt, schema, blocks, max_tokens=max_tokens, check=check, **variables)

        try:
            return asked(shown)
        except Blocked as error:
            clean = without_flagged(shown, error.flagged)
            if not clean or len(clean) == len(shown):
                raise
            self._remark(_told(shown, clean, error))
            return asked(clean)

    def _ask(
        self,
        role: str,
        prompt: str,
        schema: Mapping[str, Any],
        blocks: Sequence[Block],
        *,
        max_tokens: int,
        check: Callable[[Any], str],
        **variables: Any,
    ) -> Any:
        rendered = render(
            prompt,
            marks=self.marks,
            language_name=LANGUAGES.get(self._subject.language, self._subject.language),
            subject=self._subject.name,
            description=self._subject.description,
            blocks=blocks,
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
            language=self._language() if tells(schema) else "",
            check=lambda found: self._suspicious(found) or check(found),
        )
        return self._asker.ask(ask)

    def _language(self) -> str:
        """What sentences of the book are to be in; "" where we couldn't tell."""
        code = self._subject.language.partition("-")[0].lower()
        return code if known(code) else ""

    def _suspicious(self, found: Any) -> str:
        text = str(found)
        if self.marks.canary in text or self.marks.mark in text:
            return "It repeats what must never be repeated (injection suspected)."
        return ""


def without_flagged(blocks: Sequence[Block], flagged: str) -> list[Block]:
    """The blocks of all sources but those that hold the words which a filter has named; all, where none does."""
    words = " ".join(flagged.removesuffix("...").removesuffix("…").split())
    if len(words) < LEAST_FLAGGED:
        return list(blocks)
    bad = {_source(one) for one in blocks if words in " ".join(one.text.split())}
    return [one for one in blocks if _source(one) not in bad]


def _source(block: Block) -> str:
    """ "P3-12" is a passage of the third source."""
    return block.name.partition("-")[0]


def _told(shown: Sequence[Block], clean: Sequence[Block], error: Blocked) -> str:
    titles = dict.fromkeys(block.about or block.name for block in shown if block not in clean)
    said = {"sources": "; ".join(titles), "reason": error}
    return _("Written without passages of %(sources)s: %(reason)s") % said


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
