"""Addresses of the pages that a signed link opens."""

from __future__ import annotations

from django.urls import path

from biographies.pages import author, downloads, stopping

app_name = "author"

urlpatterns = [
    path("book/<str:token>/", author.book, name="book"),
    path("book/<str:token>/chapters/<int:chapter_id>/", author.chapter, name="chapter"),
    path("book/<str:token>/chapters/<int:chapter_id>/comment/", author.comment, name="comment"),
    path("book/<str:token>/files/<int:export_id>/", author.file, name="file"),
    path("book/<str:token>/write/", author.write, name="write"),
    path("file/<str:token>/", downloads.file, name="download"),
    path("mail/<str:token>/", stopping.stop, name="stop"),
]
