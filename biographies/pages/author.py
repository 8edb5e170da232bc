"""The author's page (being built)."""

from django.http import Http404


def book(request, token):
    raise Http404


def chapter(request, token, chapter_id):
    raise Http404
