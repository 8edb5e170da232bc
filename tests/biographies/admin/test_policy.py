"""The desk's own pages live under the strict Content Security Policy, and need nothing that it forbids."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from biographies.admin.tabs import TABS
from biographies.models import Chapter
from bookgen_site.accounts.models import User
from tests.biographies.admin.makers import finding, written_book

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


@pytest.mark.parametrize("name", ["new", "chapter", *TABS])
def test_own_pages_are_strict(chief: User, as_user: Login, name: str) -> None:
    job = written_book(chief)
    one = Chapter.objects.filter(job=job).first()
    assert one is not None
    finding(one.current_revision)
    args: list[Any] = [job.pk, one.pk][: {"new": 0, "chapter": 2}.get(name, 1)]
    answer = as_user(chief).get(reverse(f"desk:{name}", args=args))
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r'(src|href)="https?://', page)
