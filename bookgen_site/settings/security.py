"""Static files, cookies and what browsers may do."""

from __future__ import annotations

from csp.constants import NONE, SELF

from bookgen_site.env import BASE_DIR, EMBEDDED, VAR_DIR, env

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bookgen_site.lib.static_files.StaticFiles"},
}
# Served straight from the apps' folders until `collectstatic` has run: one command less for a newcomer.
WHITENOISE_USE_FINDERS = EMBEDDED
if EMBEDDED:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # our scripts take the token from the page's forms
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# A browser takes a cookie of such a name from this very host alone, by HTTPS: no neighbour under the same domain can
# plant one. (RFC 6265bis, section 4.1.3.2)
HOST_PREFIX = "__Host-" if SECURE_COOKIES else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{HOST_PREFIX}sessionid", f"{HOST_PREFIX}csrftoken"
# Browsers then come by HTTPS only, for a year. It's told over HTTPS alone.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if SECURE_COOKIES else 0)
# For all names below the site's as well, and in the browsers' own lists: only who owns them all can say so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=False)
# Sending people to HTTPS is the door's task (docker/nginx/tls.conf, or the proxy before it): the process behind it
# speaks HTTP alone, and doesn't know what the way there is.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
if not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    SILENCED_SYSTEM_CHECKS += [
        "security.W005",
        "security.W021",
    ]  # the operator has said that there are others
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)

# How many proxies stand before this process, each of which adds the address it saw to X-Forwarded-For. 0: none
# is believed, and the peer is the client.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
