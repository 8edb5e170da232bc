"""What the OpenAPI page says beyond what the serializers say by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from bookgen_site.accounts.scopes import MEANINGS
from bookgen_site.problems import CONTENT_TYPE
from bookgen_site.strict import StrictSerializer

Method = TypeVar("Method", bound=Callable[..., Any])


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457). `code` is a stable word for programs; `errors` names the fields that are wrong."""

    type = serializers.CharField(help_text="always about:blank: the title is that of the HTTP status")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="a sentence for a person, in their language")
    code = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # a field called like an attribute of serializers
        required=False, child=serializers.ListField(child=serializers.CharField())
    )


class Schema(AutoSchema):
    """The schema of a view, as exact as the serializers are: a value that it allows isn't refused for its shape."""

    def _map_serializer_field(
        self, field: serializers.Field[Any, Any, Any, Any], direction: str, bypass_extensions: bool = False
    ) -> Any:
        told = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if not isinstance(told, dict) or not isinstance(field, serializers.CharField):
            return told
        if direction == "request" and _needs_a_word(field):
            told.setdefault("pattern", NOT_BLANK)
        return told

    def _map_basic_serializer(
        self, serializer: serializers.Serializer[Any], direction: str
    ) -> dict[str, Any]:
        told: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, StrictSerializer):
            told["additionalProperties"] = False
        for one in told.get("properties", {}).values() if direction == "response" else ():
            if one.get("format") == "email":
                del one["format"]  # where nobody has been named there is no address
        return told


NOT_BLANK: Final = r"\S"


def _needs_a_word(field: serializers.CharField) -> bool:
    """Blanks alone are no text: the framework takes them away and finds nothing."""
    return not field.allow_blank and field.trim_whitespace and not isinstance(field, serializers.RegexField)


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass has no types
    """`X-API-Key: …`, as Swagger's Authorize button sends it."""

    target_class = "bookgen_site.accounts.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002  # its signature
        """Where the key goes."""
        return {"type": "apiKey", "in": "header", "name": "X-API-Key"}


class JwtScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer …` with a token of /token."""

    target_class = "bookgen_site.accounts.authentication.JwtAuthentication"
    name = "jwt"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002
        """A bearer token with claims."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class ClientScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer …` with a token of /oauth/token."""

    target_class = "bookgen_site.accounts.authentication.ClientAuthentication"
    name = "oauth2"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002
        """Client credentials, with the scopes that there are."""
        scopes = {scope: str(told) for scope, told in MEANINGS.items()}
        flow = {"tokenUrl": "/api/v1/oauth/token", "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


class LocalScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """An embedded installation may be open on its own machine; clients needn't know, so nothing is told of it."""

    target_class = "bookgen_site.accounts.authentication.LocalAuthentication"
    name: list[str] = []

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[Any]]]:  # noqa: ARG002
        """None."""
        return []

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:  # noqa: ARG002
        """None."""
        return []


def documented(name: str, summary: str, responses: dict[Any, Any], **more: Any) -> Callable[[Method], Method]:
    """`extend_schema` for a view's method; `name` is what generated clients call it by.

    That every error is a problem is added here, once for all. `request=None` says that it takes no body, and
    `ApiView` then refuses one with fields.
    """
    problems = {("default", CONTENT_TYPE): ProblemSerializer}
    told = extend_schema(
        operation_id=name, summary=summary, responses=responses | problems, tags=["BookGen"], **more
    )

    def decorate(method: Method) -> Method:
        method.takes_no_body = "request" in more and more["request"] is None  # type: ignore[attr-defined]
        return told(method)

    return decorate
