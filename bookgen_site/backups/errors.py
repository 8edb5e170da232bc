"""What can be wrong with a backup. The text of each is for the person at the terminal."""

from __future__ import annotations


class BackupError(Exception):
    """The backup can't be made."""


class RestoreError(Exception):
    """The backup can't be brought back; nothing of the installation was changed."""


class BadBackup(RestoreError):
    """The file isn't a whole backup."""
