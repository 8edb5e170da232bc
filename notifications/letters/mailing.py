"""From a stored message to the e-mail: subject and bodies in the job's language, and the headers of RFC 8058."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any, Final

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from bookgen_site.env import BASE_DIR
from bookgen_site.lib.once import once
from bookgen_site.lib.text import clean_text, shortened
from notifications.letters import links
from notifications.letters.words import Letter, facts_of, letter_of
from notifications.models import Delivery

LONGEST_SUBJECT: Final = 150
STYLES: Final = BASE_DIR / "static" / "mail" / "letter.css"


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The whole e-mail. Written again for the same delivery it has the same Message-ID and the same links."""
    subject, text, html = rendered(delivery)
    message = EmailMultiAlternatives(
        subject=subject, body=text, to=[delivery.address], headers=_headers(delivery)
    )
    message.attach_alternative(html, "text/html")
    message.metadata = {"delivery": str(delivery.uid)}  # type: ignore[attr-defined]  # Anymail's; it comes back
    return message


def message_id(delivery: Delivery) -> str:
    """The same each time it is tried, another one when a person has it sent again."""
    return f"<{delivery.uid.hex}.{delivery.turn}@{_domain()}>"


def rendered(delivery: Delivery, *, inline: bool = True) -> tuple[str, str, str]:
    """Subject, text and HTML; without `inline` the styles stay in the stylesheet, for a page with a strict policy."""
    with translation.override(_language(delivery)):
        letter = letter_of(delivery.kind, facts_of(delivery))
        context = _context(delivery, letter) | {"inline": inline}
        text = render_to_string("mail/letter.txt", context)
        html = render_to_string("mail/letter.html", context | {"css": _css() if inline else ""})
    # One line, without controls: nothing of a name or title may become a header.
    subject = shortened(clean_text(letter.subject, multiline=False), LONGEST_SUBJECT)
    return subject, text, _inliner().inline(html) if inline else html


def _context(delivery: Delivery, letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "delivery": delivery,
        "language": translation.get_language(),
        "days": settings.DOWNLOAD_LINK_DAYS,
        "stop": links.stop(delivery.uid),
    }


def _headers(delivery: Delivery) -> dict[str, str]:
    about = delivery.job_id or "all"
    return {
        "Message-ID": message_id(delivery),
        "List-Id": f"<{about}.books.{_domain()}>",
        "List-Unsubscribe": f"<{links.stop(delivery.uid)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _domain() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2] or "localhost"


def _language(delivery: Delivery) -> str:
    """The job's language where there is a translation, else the site's."""
    return delivery.language if delivery.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@once
def _css() -> str:
    return STYLES.read_text()


@once
def _inliner() -> css_inline.CSSInliner:
    # Fetches nothing. What can't stand in an element stays in the head: dark mode and narrow screens.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
