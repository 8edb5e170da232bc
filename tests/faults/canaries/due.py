"""Where a secret must be seen, and why. Everything else is a leak."""

from __future__ import annotations

from typing import Final

from tests.faults.canaries.canary import Sighting

# (secret, place, beginning of where): reason
DUE: Final[dict[tuple[str, str, str], str]] = {
    ("session", "database", "django_session"): "Django's table of sessions; who has it has the books, too",
    ("api key", "answers", "POST make key"): "a new key is shown once, to whoever made it",
    ("jwt access", "answers", "POST /api/v1/token"): "the answer to a login",
    ("jwt refresh", "answers", "POST /api/v1/token"): "the answer to a login",
    ("oauth token", "answers", "POST /api/v1/oauth/token"): "the answer to a login",
    ("socket ticket", "answers", "POST /api/v1/ws-ticket"): "the answer to whoever asked for it",
    ("webhook secret", "answers", "POST /api/v1/webhooks"): "a new secret is shown once",
    ("totp secret", "pages", "/account/second-factor/"): "the app must be told it, until it is confirmed",
    ("recovery code", "pages", "POST /account/second-factor/"): "the codes are shown once",
    ("ALERT_PAGERDUTY_KEY", "messages", "/pagerduty"): "PagerDuty reads its key in the body (Events API v2)",
    (
        "password",
        "pages",
        "POST /api/v1/token",
    ): "the name of a field that there isn't, told to whoever sent it",
    ("author link", "mails", ""): "the letter to the author",
    ("author link", "files", "mail"): "the same letter, where mail is files",
    ("author link", "pages", "/book/"): "the author's own pages lead to each other",
    (
        "author link",
        "pages",
        "/admin/books/",
    ): "the editor gives the link to the author (the tab Author and mail)",
    ("stop link", "mails", ""): "every letter says how to stop the next",
}


def is_due(seen: Sighting) -> bool:
    """Whether it must be there."""
    return reason_of(seen) != ""


def reason_of(seen: Sighting) -> str:
    """Why it must be there; "" when it mustn't."""
    return next(
        (why for key, why in DUE.items() if key[:2] == seen[:2] and seen.where.startswith(key[2])), ""
    )
