"""ASGI: serves WebSockets in the team profile, and HTTP as well in the embedded one."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
django_application = get_asgi_application()

# The apps must be loaded before anything that needs their models.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import WebsocketDenier  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from bookgen_site.metrics.sockets import Counted  # noqa: E402
from bookgen_site.origins import SameOrigin  # noqa: E402
from notifications.consumers import JobConsumer, NotificationsConsumer  # noqa: E402

websockets = URLRouter(
    [
        path("ws/biographies/<uuid:job_id>/", JobConsumer.as_asgi()),
        path("ws/notifications/", NotificationsConsumer.as_asgi()),
        # An address that isn't there is refused like any other: else it would be an error of the server, with a 500.
        re_path("", WebsocketDenier.as_asgi()),
    ]
)

application = ProtocolTypeRouter(
    {"http": django_application, "websocket": Counted(SameOrigin(AuthMiddlewareStack(websockets)))}
)
