"""Prompts are files of Jinja, strict: a variable that isn't given raises, instead of leaving a hole in the sentence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent
SPLIT = "\n=== user ===\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt; `hash` names the template's files, so that a call shows which wording it was made with."""

    system: str
    user: str
    hash: str


def render(name: str, **variables: Any) -> Prompt:
    """Render "<phase>/<name>"; raises jinja2.UndefinedError for a variable that is missing."""
    template = _environment().get_template(f"{name}.md.j2")
    system, found, user = template.render(**variables).partition(SPLIT)
    if not found:
        raise ValueError(f"the prompt {name} has no line “{SPLIT.strip()}”")
    return Prompt(system.strip(), user.strip(), _hash(name))


@cache
def _environment() -> Environment:
    """No autoescape: a prompt isn't HTML, and an entity in it would be read as such by the model."""
    return Environment(  # nosec B701
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


@cache
def _hash(name: str) -> str:
    """Of the prompt's own file and of the shared ones, which any prompt may include."""
    files = [FOLDER / f"{name}.md.j2", *sorted((FOLDER / "shared").glob("*.md.j2"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
