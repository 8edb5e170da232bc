"""What an author asks of a language model, and through whom: plain data and an interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Check = Callable[[Any], str]  # what is wrong with a parsed answer, in words for the model; "" when nothing is


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a model. `purpose` names it on the desk; `schema` asks for JSON, else prose is wanted."""

    role: str
    purpose: str
    system: str
    user: str
    max_tokens: int
    prompt_hash: str = ""
    temperature: float = 0.4
    schema: Mapping[str, Any] | None = None
    language: str = ""
    check: Check = field(default=lambda _found: "")


class Asker(Protocol):
    """Asks on behalf of a unit; `scope` names job, unit and generation, the same whenever the unit is worked."""

    @property
    def scope(self) -> str: ...

    def ask(self, ask: Ask) -> Any:
        """The answer: text, or parsed JSON where a schema was given; raises ModelError when there is none to use."""
