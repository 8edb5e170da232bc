"""The addresses of the second step."""

from __future__ import annotations

from django.urls import path

from bookgen_site.doors import code, enrolling

app_name = "account"

urlpatterns = [
    path("code/", code.page, name="code"),
    path("second-factor/", enrolling.page, name="second-factor"),
    path("second-factor/picture.svg", enrolling.picture, name="picture"),
    path("second-factor/codes/", enrolling.codes, name="recovery-codes"),
    path("second-factor/off/", enrolling.off, name="second-factor-off"),
]
