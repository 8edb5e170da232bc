"""Downloads (being built)."""

from django.http import Http404


def file(request, token):
    raise Http404
