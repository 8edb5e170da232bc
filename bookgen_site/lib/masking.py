"""What must not stand in a log: keys, tokens, passwords, and the addresses that hold them.

A line is masked as a whole, after everything else was done to it, so that a traceback or a library's own words hold
nothing either. The patterns leave quotation marks and backslashes alone: a line of JSON stays one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

MASK: Final = "***"
SHORTEST: Final = 8  # characters of a secret that is looked for by itself; shorter ones are words
_CHARACTERS: Final = r"[^\s\"'\\<>&?#/]"
_SHAPES: Final = (
    # Addresses that open something for whoever has them: an author's page, a file, what a letter's last line leads to.
    rf"(?P<page>/(?:book|file|mail|api/v1/files)/){_CHARACTERS}{{20,}}",
    # Tickets, keys and signatures in the question of an address.
    r"(?P<asked>[?&](?:ticket|token|key|api_key|access_token|signature|sig|password|secret|code)=)[^&\s\"'\\#]+",
    # The password of a user in an address.
    r"(?P<user>://[^/\s:@\"'\\]*:)[^/\s@\"'\\]+(?=@)",
    # What programs carry in their headers.
    r"(?P<carried>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=:-]{8,}",
    # Webhooks of chats are secrets by their paths.
    r"(?P<chat>(?:hooks\.slack\.com/(?:services|workflows)/|/api/webhooks/))[^\s\"'\\<>]+",
    # Keys that say what they are: BookGen's, a provider's, a webhook's, and tokens of three parts (JWT).
    r"\b(?P<kind>bg_|sk-|whsec_)[A-Za-z0-9_+/=-]{16,}",
    r"\b(?P<token>eyJ)[\w-]{8,}\.[\w-]+\.[\w-]+",
)


class Masker:
    """Masks lines: by the shapes of secrets, and the values of `known` ones wherever they stand."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        values = {value for value in known if len(value) >= SHORTEST}
        values |= {json.dumps(value)[1:-1] for value in values}  # as they stand in JSON
        words = "|".join(re.escape(value) for value in sorted(values, key=len, reverse=True))
        self._shapes = re.compile("|".join([*([rf"(?:{words})"] if words else []), *_SHAPES]))

    def __call__(self, line: str) -> str:
        """The line with a mask in each secret's place; what leads to it (“Bearer”, “?ticket=”) stays."""
        return self._shapes.sub(
            lambda found: f"{found[found.lastgroup] if found.lastgroup else ''}{MASK}", line
        )
