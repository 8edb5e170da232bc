"""What can stop a model call besides the provider."""

from __future__ import annotations


class Interrupted(Exception):
    """The process is to end, or the unit isn't this worker's any more; nothing is wrong with the call."""


class NotNow(Exception):
    """The provider can't be used for the moment; the unit tries again in some minutes."""


class MustPause(Exception):
    """The job can't go on without a person: money, key, or a pause of hours. The message says what to do."""


class Reserved(MustPause):
    """The money would reach, were it not reserved for calls that are being made: most of it will be free again."""
