"""Unsubscribing (being built)."""

from django.http import Http404


def stop(request, token):
    raise Http404
