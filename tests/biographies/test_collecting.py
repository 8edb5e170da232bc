"""Collections: who is taken next is taken once."""

from __future__ import annotations

from typing import Any

import pytest

from biographies.collecting import (
    NobodyLeft,
    add_people,
    change_person,
    make_collection,
    remove_person,
    take_next,
)
from biographies.errors import BadWish, BookError, Forbidden
from biographies.models import BiographyJob, CollectedPerson
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from tests.fakes import rows
from tests.fakes.threads import at_once

LIST = "Ada Quill (1838–1912): drew maps\nBo Reed\nada quill (1838-1912)\n" + "x" * 256 + "\n"


@pytest.mark.django_db
def test_a_list_tells_what_it_took_and_what_it_had(editor: User) -> None:
    found = make_collection(by=editor, name="Cartographers")
    done = add_people(collection=found, by=editor, text=LIST)
    assert (done.added, [one.line for one in done.duplicates]) == (2, [3])
    assert done.problems == [(4, "The name is longer than 255 characters.")]
    again = add_people(collection=found, by=editor, text="Cy Holm\nBo Reed")
    assert (again.added, [one.name for one in again.duplicates]) == (1, ["Bo Reed"])
    assert list(found.people.values_list("number", "name")) == [
        (1, "Ada Quill"),
        (2, "Bo Reed"),
        (3, "Cy Holm"),
    ]


@pytest.mark.django_db
def test_a_collection_has_an_end(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biographies.collecting.MOST_PEOPLE", 1)
    found = rows.collection(owner=editor)
    done = add_people(collection=found, by=editor, text="Ada\nBo\nAda")
    assert (done.added, [line for line, _why in done.problems]) == (1, [2, 3])


@pytest.mark.django_db
def test_the_next_biography_has_the_settings_of_its_collection(editor: User) -> None:
    found = make_collection(by=editor, name="C", wishes={"language": "es", "wanted_chapters": 4})
    add_people(collection=found, by=editor, text=LIST)
    person, job = take_next(collection=found, by=editor)
    assert (job.character, job.description) == ("Ada Quill", "1838–1912; drew maps")
    assert (job.language, job.wanted_chapters, job.owner, job.status) == ("es", 4, editor, "pending")
    assert (person.job, person.taken_at is not None) == (job, True)
    assert take_next(collection=found, by=editor)[1].character == "Bo Reed"
    with pytest.raises(NobodyLeft):
        take_next(collection=found, by=editor)
    job.delete()  # whoever was taken stays taken
    with pytest.raises(NobodyLeft):
        take_next(collection=found, by=editor)
    assert AuditEntry.objects.filter(action="take_next").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"language": "tlh"}, "wishes.language"),
        ({"character": "Bo"}, "wishes.character"),
        ({"nonsense": 1}, "wishes.nonsense"),
        ({"wanted_chapters": 0}, "wishes.wanted_chapters"),
    ],
)
def test_settings_that_make_no_sense_are_refused_before_there_is_a_job(
    editor: User, wishes: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadWish) as error:
        make_collection(by=editor, name="C", wishes=wishes)
    assert error.value.field == field


@pytest.mark.django_db
def test_who_waits_may_be_changed_and_who_was_taken_may_not(editor: User) -> None:
    found = rows.collection(owner=editor)
    add_people(collection=found, by=editor, text="Ada Quill\nBo Reed")
    first, second = found.people.order_by("number")
    change_person(person=second, by=editor, name="Bo Reed", dates="1901")
    with pytest.raises(BadWish):
        change_person(person=second, by=editor, name="Ada Quill", dates="")
    take_next(collection=found, by=editor)
    for act in (
        lambda: change_person(person=first, by=editor, notes="x"),
        lambda: remove_person(person=first, by=editor),
    ):
        with pytest.raises(BookError):
            act()
    remove_person(person=second, by=editor)
    assert [one.name for one in found.people.all()] == ["Ada Quill"]


@pytest.mark.django_db
def test_a_foreign_collection_is_nobodys_business(editor: User, writer: User) -> None:
    found = rows.collection()
    for person in (editor, writer):
        with pytest.raises(Forbidden):
            take_next(collection=found, by=person)
    with pytest.raises(Forbidden):
        make_collection(by=writer, name="Mine")


@pytest.mark.django_db(transaction=True)
def test_clients_that_ask_at_once_get_different_people(editor: User) -> None:
    found = rows.collection(owner=editor)
    add_people(collection=found, by=editor, text="\n".join(f"Person {number}" for number in range(1, 6)))
    answers = at_once([lambda: take_next(collection=found, by=editor)] * 8)
    taken = sorted(answer[1].character for answer in answers if isinstance(answer, tuple))
    assert taken == [f"Person {number}" for number in range(1, 6)]
    assert sum(isinstance(answer, NobodyLeft) for answer in answers) == 3
    assert BiographyJob.objects.count() == 5
    assert CollectedPerson.objects.filter(job=None).count() == 0
