"""The campaign of mail in its short form: real processes, kill -9, and a mail server with bad habits."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from bookgen_site.env import EMBEDDED
from tests.faults import mail


@pytest.mark.skipif(not EMBEDDED, reason="its processes have a SQLite file of their own")
@pytest.mark.django_db(transaction=True)
def test_senders_killed_again_and_again_lose_nothing_and_say_nothing_thrice(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with connection.cursor() as cursor:  # the tables as they are here: to migrate once more takes seconds
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "var" / "bookgen.sqlite3")])
    found = mail.campaign(tmp_path, events=16, kills=5)
    mail.judge(found, tmp_path, 16)
