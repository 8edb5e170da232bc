"""Addresses of this app's API, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from notifications.api.views import Tickets

urlpatterns = [path("ws-ticket", Tickets.as_view(), name="api-ws-ticket")]
