"""Why something couldn't be fetched."""

from __future__ import annotations

from django.utils.translation import gettext as _


class FetchError(Exception):
    """The document can't be fetched; `reason` is a sentence for the editor.

    `passing` says that the same address may work in a while: a server that was slow, away or busy.
    """

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing


def too_late() -> FetchError:
    """The time for the whole request is over."""
    return FetchError(_("The server took too long. Try again later, or upload the document."), passing=True)
