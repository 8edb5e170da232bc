"""Text that isn't ours inside a prompt: in marked blocks that no source can open or close.

The mark is an HMAC of what the prompt is for, under the installation's key: nobody who writes a source can guess
it, and the same request is the same bytes when it is sent again. The canary is a second word of the kind: the system
prompt says that it must never be written, so an answer that shows it has obeyed somebody else.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of foreign text; `name` is how the answer refers to it ("P3-12")."""

    name: str
    text: str
    about: str = ""  # where it is from, in our own words


@dataclass(frozen=True, slots=True)
class Marks:
    """The mark and the canary of one prompt."""

    mark: str
    canary: str

    @classmethod
    def of(cls, *purpose: object) -> Marks:
        """Of what a prompt is for: job, unit, regeneration, repair, and which of the unit's prompts it is."""
        key = settings.SECRETS_KEY.split(",")[0].encode()
        message = "\x1f".join(str(part) for part in purpose).encode()
        digest = hmac.new(key, message, hashlib.sha256).hexdigest()
        return cls(mark=digest[:16], canary=f"QZ{digest[16:28].upper()}")

    def block(self, block: Block) -> str:
        """The block as it stands in the prompt. Should the text hold the mark by whatever way, it is taken out."""
        text = block.text.replace(self.mark, "")
        about = f" ({_plain(block.about)})" if block.about else ""
        return f"<<<DATA {self.mark} {block.name}{about}>>>\n{text}\n<<<END {self.mark} {block.name}>>>"


def _plain(words: str) -> str:
    """A title or name in one line, without what could end the head of a block."""
    return " ".join(words.replace("<", " ").replace(">", " ").split())[:200]
