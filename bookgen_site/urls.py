"""All addresses of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView
from drf_spectacular.views import SpectacularSwaggerSplitView as ApiDocsView

from bookgen_site.health import health
from bookgen_site.status import StatusView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("health", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/books/", include("biographies.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("biographies.pages.urls")),
    path("api/v1/status", StatusView.as_view(), name="api-status"),
    path("api/v1/", include("biographies.api.urls")),
    path("api/v1/", include("sources.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", ApiDocsView.as_view(url_name="schema", template_name="api/docs.html"), name="docs"),
]

# Under /api/ these answer with problem details, elsewhere with Django's own pages.
handler400 = "bookgen_site.problems.bad_request"
handler403 = "bookgen_site.problems.forbidden"
handler404 = "bookgen_site.problems.not_found"
handler500 = "bookgen_site.problems.server_error"
