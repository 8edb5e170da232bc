"""Mail without a mail server: each message a file, named by its Message-ID, so that sending it twice is one file."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_ID: Final = re.compile(r"<([0-9A-Za-z.-]{1,120})@[^>]*>")


class EmailBackend(BaseEmailBackend):
    """Writes `<id>.eml` into EMAIL_FILE_PATH, whole or not at all, for its owner's eyes alone."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Write the messages; OSError when the folder can't be written to."""
        for message in messages:
            _write(message)
        return len(messages)


def path_of(message_id: str) -> Path:
    """Where the mail with this Message-ID lies; of another form of id, where no mail ever lies."""
    found = _ID.fullmatch(message_id)
    return Path(settings.EMAIL_FILE_PATH) / f"{found[1] if found else 'unknown'}.eml"


def _write(message: EmailMessage) -> None:
    path = path_of(message.extra_headers.get("Message-ID", ""))
    if path.stem == "unknown":
        path = path.with_stem(secrets.token_hex(16))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(message.message().as_bytes())
    draft.replace(path)
