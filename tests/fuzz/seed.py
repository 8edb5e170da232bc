"""Rows for a campaign: a person with a key, and jobs in several states. Prints what the campaign needs as JSON."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django

django.setup()

from biographies.file_links import token_of  # noqa: E402  # the apps must be loaded
from biographies.models import BiographyJob  # noqa: E402
from bookgen_site.accounts import roles  # noqa: E402
from bookgen_site.accounts.keys import make_key  # noqa: E402
from bookgen_site.accounts.models import User  # noqa: E402
from bookgen_site.lib import store  # noqa: E402
from tests.fakes import rows  # noqa: E402
from tests.fuzz import good  # noqa: E402


def main() -> None:
    """Make them."""
    user = rows.person(roles.ADMINISTRATOR, username="fuzz", is_staff=True)
    _row, key = make_key(user=user, name="fuzz")
    jobs = [_job(user, status) for status in ("pending", "running", "needs_review", "failed")]
    chapters = [pk for job in jobs for pk in job.chapters.values_list("pk", flat=True)]
    exports = [pk for job in jobs for pk in job.exports.values_list("pk", flat=True)]
    told: dict[str, Any] = {
        "key": key,
        "jobs": [str(job.pk) for job in jobs],
        "chapters": chapters,
        "exports": exports,
    }
    told |= _others(user, jobs)
    told["children"] = {str(job.pk): _children(job) for job in jobs}
    told["good"] = [one for _row, one in good.requests(user)]
    sys.stdout.write(json.dumps(told))


def _others(user: User, jobs: list[BiographyJob]) -> dict[str, Any]:
    """What stands beside the jobs."""
    collections = [rows.collection(owner=user) for _number in range(3)]
    people = [rows.collected(collection=one).pk for one in collections for _number in range(3)]
    findings = [rows.finding(job=job).pk for job in jobs]
    files = [token_of(job.exports.get(), dt.timedelta(days=1))[0] for job in jobs]
    return {
        "findings": findings,
        "collections": [one.pk for one in collections],
        "people": people,
        "checks": [str(rows.address_check(owner=user).pk)],
        "tokens": files,
        "endpoints": [rows.endpoint(job_id=job.pk).pk for job in jobs],
    }


def _children(job: BiographyJob) -> dict[str, list[int]]:
    """What belongs to one job, by the parameters of addresses."""
    return {
        "chapter_id": list(job.chapters.values_list("pk", flat=True)),
        "export_id": list(job.exports.values_list("pk", flat=True)),
    }


def _job(owner: object, status: str) -> BiographyJob:
    job = rows.job(owner=owner, status=status)
    if status != "pending":
        rows.run(job=job)
    rows.written(job=job)
    rows.export(job=job, blob=store.put(b"a book"))
    rows.source(job=job)
    rows.source(job=job, found="finder", finder="openalex", decision="suggested")
    return job


if __name__ == "__main__":
    main()
