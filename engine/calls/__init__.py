"""The only road to a language model: look up, reserve, call, settle; see `asking.Caller`."""

from engine.calls.asking import Caller

__all__ = ["Caller"]
