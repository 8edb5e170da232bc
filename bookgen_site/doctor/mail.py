"""Whether letters can leave."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from notifications.alerts import operators


def road() -> Iterator[Sign]:
    """By which road mail goes, and from whom."""
    if settings.EMAIL_BACKEND.startswith("bookgen_site."):
        mend = "To send it: SMTP_HOST or MAIL_PROVIDER (docs/operations.md, Settings)."
        yield warning(f"Mail isn't sent but kept in {settings.EMAIL_FILE_PATH}.", mend)
        return
    yield good(f"by {settings.MAIL_PROVIDER or settings.EMAIL_HOST}")
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield wrong(
            f"It comes from {settings.DEFAULT_FROM_EMAIL}, which servers refuse.",
            "Set MAIL_FROM to an address of your own.",
        )
    if "//localhost" in settings.SITE_URL:
        yield warning("The links in letters lead to localhost.", "Set SITE_URL to the site's address.")


def alerts() -> Iterator[Sign]:
    """Whether anybody would hear of a trouble."""
    chats = settings.ALERT_SLACK_URL or settings.ALERT_DISCORD_URL or settings.ALERT_PAGERDUTY_KEY
    if operators() or chats:
        yield good("somebody is told of troubles")
    else:
        mend = "Set ALERT_EMAILS, or give an Administrator an address."
        yield warning("Nobody is told of troubles: they stand on the desk alone.", mend)


def server() -> Iterator[Sign]:
    """Whether the mail server lets us in; asked only when that was wished, since it leaves this machine."""
    connection = get_connection(fail_silently=False)
    if not isinstance(connection, EmailBackend):
        return
    try:
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        mend = "Check SMTP_HOST, SMTP_PORT, SMTP_TLS, SMTP_USER and SMTP_PASSWORD."
        yield wrong(f"The mail server doesn't let us in ({type(error).__name__}).", mend)
    else:
        yield good("the mail server lets us in")
