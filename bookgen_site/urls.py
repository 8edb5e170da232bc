"""All addresses of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView
from drf_spectacular.views import SpectacularSwaggerSplitView as ApiDocsView

from bookgen_site.accounts.desk import desk_login
from bookgen_site.health import health, ready
from bookgen_site.metrics.views import MetricsView, prometheus
from bookgen_site.status import StatusView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("health", health, name="health"),
    path("health/ready", ready, name="ready"),
    path("metrics", prometheus, name="prometheus"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/login/", desk_login),  # before the admin's own, whose name it keeps
    path("account/", include("bookgen_site.doors.urls")),
    path("admin/books/", include("biographies.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("biographies.pages.urls")),
    *([path("anymail/", include("anymail.urls"))] if settings.MAIL_PROVIDER else []),
    path("api/v1/status", StatusView.as_view(), name="api-status"),
    path("api/v1/metrics", MetricsView.as_view(), name="api-metrics"),
    path("api/v1/", include("bookgen_site.accounts.api.urls")),
    path("api/v1/", include("biographies.api.urls")),
    path("api/v1/", include("sources.api.urls")),
    path("api/v1/", include("notifications.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", ApiDocsView.as_view(url_name="schema", template_name="api/docs.html"), name="docs"),
    path(
        "api/redoc/",
        SpectacularRedocView.as_view(url_name="schema", template_name="api/redoc.html"),
        name="redoc",
    ),
]

# Under /api/ these answer with problem details, elsewhere with Django's own pages.
handler400 = "bookgen_site.problems.bad_request"
handler403 = "bookgen_site.problems.forbidden"
handler404 = "bookgen_site.problems.not_found"
handler500 = "bookgen_site.problems.server_error"
