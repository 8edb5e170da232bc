"""Addresses of the desk's own pages. `staff` lets nobody in who may not log in to the desk."""

from __future__ import annotations

from django.urls import path

from biographies.admin import (
    authors,
    book_money,
    books,
    chapters,
    commenting,
    comparing,
    downloads,
    editing,
    findings,
    mails,
    more_sources,
    new_book,
    outlines,
    pictures,
    regenerating,
    source_pages,
    suggestions,
    team_settings,
    webhooks,
)
from biographies.admin.staff import staff as _staff
from biographies.admin.tabs import TABS

app_name = "desk"

urlpatterns = [
    path("new/", _staff(new_book.page), name="new"),
    path("new/estimate/", _staff(new_book.estimate), name="estimate"),
    path("webhooks/", _staff(webhooks.listed), name="webhooks"),
    path("webhooks/<int:endpoint_id>/", _staff(webhooks.page), name="webhook"),
    path("webhooks/<int:endpoint_id>/change/", _staff(webhooks.change), name="change-webhook"),
    path("webhooks/<int:endpoint_id>/replay/", _staff(webhooks.replay), name="replay-webhook"),
    path("webhooks/<int:endpoint_id>/do/<slug:name>/", _staff(webhooks.do), name="do-webhook"),
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
    path("<uuid:job_id>/images/add/", _staff(pictures.add), name="add-image"),
    path("<uuid:job_id>/images/<int:image_id>/file/", _staff(pictures.file), name="image-file"),
    path("<uuid:job_id>/images/<int:image_id>/<slug:deed>/", _staff(pictures.change), name="change-image"),
    path("<uuid:job_id>/outline/approve/", _staff(outlines.approve), name="approve-outline"),
    path(
        "<uuid:job_id>/outline/<int:chapter_id>/<slug:deed>/", _staff(outlines.change), name="change-outline"
    ),
    path("<uuid:job_id>/author/do/<slug:deed>/", _staff(authors.do), name="author-do"),
    path("<uuid:job_id>/mails/<int:delivery_id>/", _staff(mails.page), name="mail"),
    path("<uuid:job_id>/mails/<int:delivery_id>/letter/", _staff(mails.letter), name="mail-letter"),
    path("<uuid:job_id>/mails/<int:delivery_id>/file/", _staff(mails.file), name="mail-file"),
    path("<uuid:job_id>/mails/<int:delivery_id>/again/", _staff(mails.again), name="mail-again"),
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
    path("<uuid:job_id>/chapters/<int:chapter_id>/edit/", _staff(editing.page), name="edit"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/edit/preview/", _staff(editing.preview), name="preview"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/edit/citable/", _staff(editing.citable), name="citable"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/compare/", _staff(comparing.page), name="compare"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/restore/", _staff(comparing.restore), name="restore"),
    path("<uuid:job_id>/chapters/<int:chapter_id>/comments/", _staff(commenting.add), name="comment"),
    path(
        "<uuid:job_id>/chapters/<int:chapter_id>/comments/<int:comment_id>/",
        _staff(commenting.resolve),
        name="resolve-comment",
    ),
]
