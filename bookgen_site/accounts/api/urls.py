"""Addresses of tokens, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from bookgen_site.accounts.api.oauth_views import ClientRevocation, ClientTokens
from bookgen_site.accounts.api.token_views import Refreshing, Revoking, Tokens

urlpatterns = [
    path("token", Tokens.as_view(), name="api-token"),
    path("token/refresh", Refreshing.as_view(), name="api-token-refresh"),
    path("token/revoke", Revoking.as_view(), name="api-token-revoke"),
    path("oauth/token", ClientTokens.as_view(), name="api-oauth-token"),
    path("oauth/revoke", ClientRevocation.as_view(), name="api-oauth-revoke"),
]
