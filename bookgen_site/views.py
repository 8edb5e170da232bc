"""The base of the API's views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django.utils.cache import patch_cache_control
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bookgen_site.accounts.models import User
from bookgen_site.lib import marks
from bookgen_site.pagination import PAGING
from bookgen_site.strict import JsonParser, NoFields, StrictSerializer


class ApiView(APIView):
    """A view of the API: strict JSON in, and nothing that a cache may keep out.

    A method needs the scope `read` or `write` of a key or token; `scopes` names, by method, what needs another,
    as approving does: `scopes = {"POST": APPROVE}`.
    """

    parser_classes: Any = (JsonParser,)
    scopes: ClassVar[Mapping[str, str]] = {}

    looked_at: Mapping[str, marks.Seen] = {}  # never changed, only replaced

    def looks_at(self) -> Sequence[str]:
        """What of `lib/marks.py` this request is about: whoever asks for a key's mark asks for it with it."""
        return ()

    def seen(self, name: str) -> marks.Seen:
        """The present mark of this name, and what is remembered under it."""
        return self.looked_at.get(name) or marks.look(name)[name]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks, and whether they may; then no field passes unread where the method takes none."""
        super().initial(request, *args, **kwargs)
        method = getattr(self, (request.method or "").lower(), None)
        if getattr(method, "takes_no_body", False) and request.data:
            self.wanted(NoFields, request)

    def actor(self, request: Request) -> User:
        """The person in whose name the request acts."""
        return cast(User, request.user)

    def wanted(self, serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
        """The body as a dict of clean values; raises ValidationError."""
        return self._clean(serializer(data=request.data))

    def asked(self, serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
        """The query string as a dict of clean values; raises ValidationError, also for a name nobody knows."""
        paging = PAGING if getattr(self, "paginator", None) else frozenset()
        given: dict[str, str] = request.query_params.dict()
        return self._clean(
            serializer(data={name: value for name, value in given.items() if name not in paging})
        )

    def _clean(self, filled: StrictSerializer) -> dict[str, Any]:
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Books in the making belong in nobody's cache."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        return answer
