"""What a test with real transactions leaves behind: the roles that migrations made, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from biographies.models import BiographyJob
from bookgen_site.accounts import roles
from tests.fakes import emptying, rows


@pytest.mark.django_db(transaction=True)
def test_the_roles_are_there_again_whatever_a_test_did_to_them() -> None:
    rows.job()
    Group.objects.filter(name=roles.ALL[0]).delete()
    Group.objects.create(name="Strangers")
    emptying.empty(connection)
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ALL)
    assert not BiographyJob.objects.exists()
