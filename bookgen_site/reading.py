"""Reading the environment so that a wrong word stops nobody with a traceback: it's kept, and told by a system check."""

from __future__ import annotations

import os
from typing import Any, Final

import environ

WRONG: dict[
    str, str
] = {}  # names of settings that couldn't be read, and what they should be; never their values

_KINDS: Final = {int: "a whole number", float: "a number", bool: "true or false"}
_FALSE: Final = ("false", "off", "no", "n", "0")


class Env(environ.Env):  # type: ignore[misc]  # it comes without types
    """As django-environ's, but what is empty counts as not there, and what can't be read as its default."""

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        """The setting's value, or its default."""
        kind = _KINDS.get(cast)
        told = str(os.environ.get(var, "")).strip()
        if kind and not told and default is not self.NOTSET:
            return default
        if cast is bool and told.lower() not in (*self.BOOLEAN_TRUE_STRINGS, *_FALSE):
            WRONG[var] = "true or false"
            return default
        try:
            return super().get_value(var, cast, default, parse_default)
        except ValueError:
            WRONG[var] = kind or "something else"
            return default
