"""What clients send for tokens, and what they get."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from bookgen_site.accounts import scopes
from bookgen_site.strict import StrictSerializer

LONGEST = 4096


class ScopesField(serializers.RegexField):
    """Scopes with a space between them; what isn't named is all of them."""

    def __init__(self, **more: Any) -> None:
        words = "|".join(scopes.ALL)
        super().__init__(rf"^({words})( ({words}))*$", max_length=100, **more)


class LoginWish(StrictSerializer):
    """A name and a password, as on the desk."""

    username = serializers.CharField(max_length=150, trim_whitespace=False)
    password = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    code = serializers.CharField(
        max_length=64,
        required=False,
        default="",
        help_text="of the authenticator app, where the person has one",
    )
    scope = ScopesField(required=False, default=scopes.EVERYTHING, help_text="default: all of them")


class RefreshWish(StrictSerializer):
    """The refresh token of the newest pair."""

    refresh = serializers.CharField(max_length=LONGEST)


class PairSerializer(serializers.Serializer[Any]):
    """A token for `Authorization: Bearer …`, and one to get the next pair with, once."""

    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="seconds until `access` ends")
    scope = serializers.CharField()


class ClientCredentialsWish(serializers.Serializer[Any]):
    """RFC 6749, section 4.4.2; the client names itself here, or by HTTP Basic."""

    grant_type = serializers.ChoiceField(["client_credentials"])
    scope = serializers.CharField(required=False, help_text="default: all that the client was given")
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class RevocationWish(serializers.Serializer[Any]):
    """RFC 7009, section 2.1; the client names itself here, or by HTTP Basic."""

    token = serializers.CharField()
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class ClientTokenSerializer(serializers.Serializer[Any]):
    """An access token of OAuth 2.0."""

    access_token = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField()
    scope = serializers.CharField()
