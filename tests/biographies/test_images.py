"""Images of a book: who may, what must be told, in which order they stand, and what is left when they go."""

from __future__ import annotations

from typing import Any

import pytest

from biographies import images
from biographies.errors import BadWish, Forbidden, IllegalMove, Stale
from biographies.images import StoredPicture, add_image, change_image, images_of, remove_image
from biographies.models import BiographyJob, Image
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.backups.files import named
from bookgen_site.lib import store
from engine.deleting import delete_book
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db
WORDS: Any = {"place": "opening", "chapter": 1, "alt": "A harbour", "rights": "in the public domain"}


@pytest.fixture
def job() -> BiographyJob:
    return rows.job(owner=rows.person(roles.EDITOR))


def _picture(word: str = "") -> StoredPicture:
    return StoredPicture(store.put((word or rows.fresh("picture")).encode()), "image/png", 60, 40, 9)


def _added(job: BiographyJob, by: User | None = None, word: str = "", **words: Any) -> Image:
    return add_image(job=job, by=by or job.owner, picture=_picture(word), **(WORDS | words))[0]


def test_an_image_is_added_cleaned_and_written_down(job: BiographyJob) -> None:
    row = _added(job, caption="The\u202e pier,\n  at dawn", credit="Photo:\t J. Doe")
    assert (row.caption, row.credit, row.position, row.version) == (
        "The pier, at dawn",
        "Photo: J. Doe",
        1,
        1,
    )
    entry = AuditEntry.objects.get(job_id=job.pk, action="add_image")
    assert entry.after["sha256"] == row.blob


def test_the_same_picture_twice_is_one_image(job: BiographyJob) -> None:
    first = _added(job, word="one")
    again, fresh = add_image(job=job, by=job.owner, picture=_picture("one"), **WORDS)
    assert (again.pk, fresh, len(images_of(job.pk))) == (first.pk, False, 1)
    assert AuditEntry.objects.filter(job_id=job.pk, action="add_image").count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"alt": " \u200b "}, "alt"),
        ({"rights": ""}, "rights"),
        ({"caption": "x" * 601}, "caption"),
        ({"place": "cover"}, "place"),
        ({"chapter": None}, "chapter"),
        ({"chapter": 0}, "chapter"),
        ({"place": "frontispiece"}, "chapter"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_makes_no_sense_names_its_field(job: BiographyJob, words: dict[str, Any], field: str) -> None:
    with pytest.raises(BadWish) as told:
        _added(job, **words)
    assert (told.value.field, Image.objects.count()) == (field, 0)


def test_a_book_has_one_frontispiece(job: BiographyJob) -> None:
    front = _added(job, place="frontispiece", chapter=None)
    other = _added(job)
    with pytest.raises(BadWish):
        _added(job, place="frontispiece", chapter=None)
    with pytest.raises(BadWish):
        change_image(image=other, by=job.owner, place="frontispiece")
    change_image(image=front, by=job.owner, place="frontispiece")  # it is that already
    moved = change_image(image=front, by=job.owner, place="end", chapter=2)
    assert (moved.place, moved.chapter) == ("end", 2)
    assert change_image(image=other, by=job.owner, place="frontispiece").chapter is None


def test_who_may(job: BiographyJob) -> None:
    row = _added(job)
    reader = rows.person(roles.AUTHOR, email=job.author_email or "a@example.org")
    for person in (reader, rows.person(roles.EDITOR), rows.person()):
        with pytest.raises(Forbidden):
            _added(job, person)
        with pytest.raises(Forbidden):
            change_image(image=row, by=person, caption="x")
        with pytest.raises(Forbidden):
            remove_image(image=row, by=person)
    assert _added(job, rows.person(roles.CHIEF_EDITOR)).position == 2


def test_images_stand_where_they_are_put(job: BiographyJob) -> None:
    first, second, third = (_added(job, caption=word) for word in ("a", "b", "c"))
    end = _added(job, place="end", caption="d")
    front = _added(job, place="frontispiece", chapter=None)
    assert [one.caption for one in images_of(job.pk)] == ["", "a", "b", "c", "d"]
    change_image(image=third, by=job.owner, position=1)
    assert [one.caption for one in images_of(job.pk)] == ["", "c", "a", "b", "d"]
    change_image(image=end, by=job.owner, place="opening")
    assert [one.caption for one in images_of(job.pk)] == ["", "c", "a", "b", "d"]
    assert images_of(job.pk)[0] == front
    remove_image(image=first, by=job.owner)
    assert _added(job, caption="e").position >= second.position
    assert [one.caption for one in images_of(job.pk)] == ["", "c", "b", "d", "e"]


def test_two_people_at_one_image(job: BiographyJob) -> None:
    row = _added(job)
    change_image(image=row, by=job.owner, version=1, caption="mine")
    for doing in (change_image, remove_image):
        with pytest.raises(Stale):
            doing(image=row, by=job.owner, version=1)
    same = change_image(image=row, by=job.owner, version=2, caption="mine")
    assert same.version == 2  # nothing changed
    remove_image(image=row, by=job.owner, version=2)
    with pytest.raises(Stale):
        change_image(image=row, by=job.owner, caption="late")


def test_a_book_holds_so_many_images(job: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    _added(job)
    monkeypatch.setattr(images, "MOST_BYTES", 17)
    with pytest.raises(IllegalMove):
        _added(job)
    monkeypatch.setattr(images, "MOST_BYTES", 18)
    _added(job)
    monkeypatch.setattr(images, "MOST_BYTES", 100)
    monkeypatch.setattr(images, "MOST", 2)
    with pytest.raises(IllegalMove):
        _added(job)


def test_an_archived_book_stays_as_it_is(job: BiographyJob) -> None:
    row = _added(job)
    BiographyJob.objects.filter(pk=job.pk).update(status="cancelled", archived_at=row.created_at)
    with pytest.raises(IllegalMove):
        _added(job)
    with pytest.raises(IllegalMove):
        remove_image(image=row, by=job.owner)


def test_its_file_is_named_until_it_goes(job: BiographyJob) -> None:
    row = _added(job)
    assert row.blob in named()
    remove_image(image=row, by=job.owner)
    assert row.blob not in named()


@pytest.mark.django_db(transaction=True)
def test_with_the_book_its_images_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.pruning.MOMENT", -10)
    one = rows.job(owner=rows.person(roles.EDITOR))
    other = rows.job(owner=one.owner)
    mine, ours = _added(one), _added(one, word="shared")
    _added(other, word="shared")
    job_id = one.pk
    delete_book(job=one, by=one.owner)
    assert not store.path_of(mine.blob).exists()
    assert store.path_of(ours.blob).exists()  # the other book has it, too
    entries = AuditEntry.objects.filter(job_id=job_id, action="add_image")
    assert entries.count() == 2
    assert "harbour" not in str([(one.target, one.after) for one in entries])
