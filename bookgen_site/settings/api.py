"""The API, who may call it and how often, and its documents."""

from __future__ import annotations

import datetime as dt
import hashlib

from corsheaders.defaults import default_headers

from bookgen_site.accounts.scopes import MEANINGS
from bookgen_site.env import env, secret
from bookgen_site.settings.site import SECRET_KEY, VERSION

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "bookgen_site.accounts.authentication.ApiKeyAuthentication",
        "bookgen_site.accounts.authentication.JwtAuthentication",
        "bookgen_site.accounts.authentication.ClientAuthentication",
        "rest_framework.authentication.SessionAuthentication",
        "bookgen_site.accounts.authentication.LocalAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "bookgen_site.accounts.permissions.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "bookgen_site.openapi.Schema",
    "EXCEPTION_HANDLER": "bookgen_site.problems.problem_response",
    "DEFAULT_PAGINATION_CLASS": "bookgen_site.pagination.NewestFirst",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
RATE_LIMIT_PER_MINUTE = env.int("RATE_LIMIT_PER_MINUTE", default=60)  # of one address; 0: no limit
RATE_LIMIT_PER_KEY = env.int(
    "RATE_LIMIT_PER_KEY", default=120
)  # of one key or token, from wherever; 0: no limit
# Programs on this machine need no key, in the embedded profile alone; see accounts/authentication.py.
API_OPEN_ON_LOOPBACK = env.bool("API_OPEN_ON_LOOPBACK", default=False)
METRICS_TOKEN = secret("METRICS_TOKEN")
METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])  # addresses and networks that read /metrics

CORS_ALLOWED_ORIGINS = env.list("CORS_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (*default_headers, "x-api-key", "idempotency-key", "if-match", "if-none-match")
CORS_EXPOSE_HEADERS = (
    *("etag", "location", "retry-after", "ratelimit", "ratelimit-policy", "x-request-id"),
    "content-disposition",
)

JWT_ACCESS_LIFETIME = dt.timedelta(minutes=10)
JWT_REFRESH_LIFETIME = dt.timedelta(days=14)
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": JWT_ACCESS_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": JWT_REFRESH_LIFETIME,
    # A key of its own, so that nothing else that is signed here can pass for a token.
    "SIGNING_KEY": hashlib.sha256(f"jwt {SECRET_KEY}".encode()).hexdigest(),
}
# The toolkit's tables in one step: its own twenty-two took longer than those of all other apps together.
MIGRATION_MODULES = {"oauth2_provider": "bookgen_site.accounts.oauth_tables"}
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
# As the toolkit has them; `makemigrations` looks for them here.
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth2_provider.RefreshToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth2_provider.IDToken"  # noqa: S105  # a model
OAUTH2_PROVIDER_GRANT_MODEL = "oauth2_provider.Grant"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "oauth2_provider.DeviceGrant"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",  # client credentials and nothing else
    "SCOPES": MEANINGS,
    "DEFAULT_SCOPES": ["__all__"],  # all that the client was given
    "SCOPES_BACKEND_CLASS": "bookgen_site.accounts.oauth.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # What OAuth's Best Current Practice (RFC 9700) asks for; tokens are stored as hashes.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "BookGen",
    "DESCRIPTION": "Book-length, fully cited biographies from sources: make them, follow them, fetch them.",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.1",
    "REDOC_DIST": "SIDECAR",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "APPEND_COMPONENTS": {"securitySchemes": {"oauthClient": {"type": "http", "scheme": "basic"}}},
    "COMPONENT_SPLIT_PATCH": False,  # what a PATCH needs and what it may leave out, its serializer says itself
    "ENUM_NAME_OVERRIDES": {  # word lists that several fields of one name would fight about
        "JobStatus": "biographies.vocabulary.JobStatus",
        "ChapterStatus": "biographies.vocabulary.ChapterStatus",
        "FindingStatus": "biographies.vocabulary.FindingStatus",
        "ChapterKind": "biographies.vocabulary.ChapterKind",
        "SourceKind": "sources.vocabulary.SourceKind",
        "Decision": "sources.vocabulary.Decision",
        "DecisionMade": "sources.api.serializers.MADE",
        "EventKind": "notifications.events.EventKind",
        "LogLineKind": "biographies.api.event_serializers.LINE_KINDS",
        "FactKind": "sources.vocabulary.FactKind",
        "BookFormat": "biographies.exports.formats.NAMES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}
