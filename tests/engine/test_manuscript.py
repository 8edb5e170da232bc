"""The imprint says of the approvals what they say of themselves."""

from __future__ import annotations

import pytest

from biographies.actions import approve
from biographies.models import BiographyJob
from biographies.vocabulary import Manner
from bookgen_site.accounts.models import User
from engine import manuscript
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def _book(by: User, *manners: Manner, author: str = "extractive") -> BiographyJob:
    job = rows.job(status="needs_review", author=author)
    for manner in manners:
        chapter = rows.written(job=job)
        assert chapter.current_revision
        approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=by, manner=manner)
    return job


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        (
            [Manner.SINGLE, Manner.SINGLE],
            "Each chapter was approved by a person before this book was printed.",
        ),
        ([Manner.SINGLE, Manner.TOGETHER], "A person approved the chapters, some of them together,"),
        ([Manner.UNREAD, Manner.UNREAD], "all together, unread, in the name of the program’s operator."),
        ([Manner.SINGLE, Manner.UNREAD], "Some chapters were approved together, unread,"),
    ],
)
@pytest.mark.parametrize("author", ["extractive", "model"])
def test_the_imprint_is_true(chief: User, manners: list[Manner], said: str, author: str) -> None:
    job = _book(chief, *manners, author=author)
    book, _hashes = manuscript.build(job)
    assert said in book.imprint[-2]
    told = AuditEntry.objects.filter(action="approve").values_list("after", flat=True)
    assert sorted(after["manner"] for after in told) == sorted(manners)


def test_only_the_approvals_of_the_printed_texts_count(chief: User) -> None:
    job = _book(chief, Manner.SINGLE)
    chapter = job.chapters.get()
    rows.approval(revision=rows.revision(chapter=chapter), manner="unread")
    book, _hashes = manuscript.build(job)
    assert book.imprint[-2].startswith("Each chapter was approved by a person")
