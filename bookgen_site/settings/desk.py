"""The desk, which is the admin."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bookgen_site.settings.people import STAFF_TOTP
from bookgen_site.settings.security import STATIC_URL

UNFOLD = {
    "SITE_TITLE": "BookGen",
    "SITE_HEADER": "BookGen",
    "SITE_SUBHEADER": _("the editors' desk"),
    "SITE_SYMBOL": "auto_stories",
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": f"/{STATIC_URL}desk/icon.svg"}],
    "BORDER_RADIUS": "6px",
    "LOGIN": {"form": "bookgen_site.accounts.desk.DeskLoginForm"},
    "ACCOUNT": {
        "navigation": [
            {"title": _("Second factor"), "link": reverse_lazy("account:second-factor")},
        ]
        if STAFF_TOTP != "off"
        else []
    },
    "DASHBOARD_CALLBACK": "biographies.admin.home.home_context",
    "SIDEBAR": {"navigation": "biographies.admin.navigation.sidebar"},
}
