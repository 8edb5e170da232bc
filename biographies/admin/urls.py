"""Addresses of the desk's own pages. `admin_view` lets nobody in who may not log in to the desk."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from biographies.admin import books, chapters, downloads, findings, new_book, regenerating, suggestions

app_name = "desk"
_staff = admin.site.admin_view

urlpatterns = [
    path("new/", _staff(new_book.page), name="new"),
    path("<uuid:job_id>/", _staff(books.page), name="book"),
    path("<uuid:job_id>/state/", _staff(books.state), name="state"),
    path("<uuid:job_id>/do/<slug:name>/", _staff(books.do), name="do"),
    path("<uuid:job_id>/approve/", _staff(books.approve_shown), name="approve-shown"),
    path("<uuid:job_id>/suggestions/<slug:decision>/", _staff(suggestions.decide), name="suggestions"),
    path("<uuid:job_id>/exports/<int:export_id>/", _staff(downloads.export), name="export"),
    path("<uuid:job_id>/findings/<int:finding_id>/", _staff(findings.close), name="finding"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/", _staff(chapters.page), name="chapter"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/approve/", _staff(chapters.approve), name="approve"),
    path(
        "<uuid:job_id>/chapters/<int:chapter_id>/regenerate/",
        _staff(regenerating.regenerate),
        name="regenerate",
    ),
    path(
        "<uuid:job_id>/chapters/<int:chapter_id>/regenerate/cost/",
        _staff(regenerating.cost),
        name="regenerate-cost",
    ),
]
