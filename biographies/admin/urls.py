"""Addresses of the desk's own pages. `admin_view` lets nobody in who may not log in to the desk."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from biographies.admin import (
    book_money,
    books,
    chapters,
    downloads,
    findings,
    more_sources,
    new_book,
    outlines,
    regenerating,
    source_pages,
    suggestions,
    team_settings,
)
from biographies.admin.tabs import TABS

app_name = "desk"
_staff = admin.site.admin_view

urlpatterns = [
    path("new/", _staff(new_book.page), name="new"),
    path("new/estimate/", _staff(new_book.estimate), name="estimate"),
    path("settings/", _staff(team_settings.page), name="settings"),
    path("settings/prices/", _staff(team_settings.prices), name="ask-prices"),
    path("<uuid:job_id>/", _staff(books.page), name="book"),
    *(
        path(f"<uuid:job_id>/{tab}/", _staff(books.page), {"tab": tab}, name=tab)
        for tab in TABS
        if tab != "book"
    ),
    path("<uuid:job_id>/budget/", _staff(book_money.budget), name="budget"),
    path("<uuid:job_id>/sources/add/", _staff(more_sources.add), name="add-sources"),
    path("<uuid:job_id>/sources/<int:number>/", _staff(source_pages.page), name="source"),
    path("<uuid:job_id>/sources/<int:number>/<slug:deed>/", _staff(source_pages.do), name="change-source"),
    path("<uuid:job_id>/outline/approve/", _staff(outlines.approve), name="approve-outline"),
    path(
        "<uuid:job_id>/outline/<int:chapter_id>/<slug:deed>/", _staff(outlines.change), name="change-outline"
    ),
    path("<uuid:job_id>/state/", _staff(books.state), name="state"),
    path("<uuid:job_id>/do/<slug:name>/", _staff(books.do), name="do"),
    path("<uuid:job_id>/units/<int:unit_id>/retry/", _staff(books.retry_unit), name="retry-unit"),
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
