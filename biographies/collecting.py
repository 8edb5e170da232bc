"""Collections: lists of people to write about. Every write to them, and the making of the next job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from biographies import wishes
from biographies.actions import create_job
from biographies.errors import BadWish, BookError, Forbidden
from biographies.models import BiographyJob, CollectedPerson, Collection
from biographies.people_lists import LONGEST_DATES, LONGEST_NAME, LONGEST_NOTES, Listed, key_of, listed
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.text import clean_text
from notifications.publish import audit

MOST_PEOPLE: Final = 10_000  # in one collection
LONGEST: Final = {"name": 200, "description": 500}
OF_A_PERSON: Final = {"name": LONGEST_NAME, "dates": LONGEST_DATES, "notes": LONGEST_NOTES}
OF_THE_JOB: Final = frozenset({"character", "description", "request_key"})  # these come from the person


class NobodyLeft(BookError):
    """Everybody of the collection has a job."""

    code = "nobody_left"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: how many are new, the lines that name somebody who is there, and the wrong ones."""

    added: int
    duplicates: Sequence[Listed]
    problems: Sequence[tuple[int, str]]


def collections_of(user: User) -> QuerySet[Collection]:
    """The collections that this person works with: the own ones, or all for who sees all jobs."""
    if not user.makes_books:
        return Collection.objects.none()
    return Collection.objects.all() if user.sees_all_jobs else Collection.objects.filter(owner=user)


@transaction.atomic
def make_collection(
    *, by: User, name: str, description: str = "", wishes: Mapping[str, Any] | None = None
) -> Collection:
    """A new, empty list."""
    if not by.makes_books:
        raise Forbidden(_("Your role can't make new biographies."))
    columns = _columns({"name": name, "description": description, "wishes": wishes or {}})
    made = Collection.objects.create(owner=by, **columns)
    audit(by=by, action="make_collection", target=made.name, after=columns)
    return made


@transaction.atomic
def change_collection(*, collection: Collection, by: User, **wanted: Any) -> Collection:
    """Another name, description or settings; jobs that were made stay as they are."""
    row = _locked(collection, by)
    columns = _columns(wanted)
    before = {field: getattr(row, field) for field in columns}
    after = {field: value for field, value in columns.items() if value != before[field]}
    for field, value in after.items():
        setattr(row, field, value)
    if after:
        row.save(update_fields=[*after, "updated_at"])
        kept = {field: before[field] for field in after}
        audit(by=by, action="change_collection", target=row.name, before=kept, after=after)
    return row


@transaction.atomic
def delete_collection(*, collection: Collection, by: User) -> None:
    """Take the list away; the jobs that were made from it stay."""
    row = _locked(collection, by)
    audit(by=by, action="delete_collection", target=row.name, before={"people": row.people.count()})
    row.delete()


@transaction.atomic
def add_people(*, collection: Collection, by: User, text: str) -> Imported:
    """Add everybody whom the text names, one a line, after those that are there; who is there already is told."""
    row = _locked(collection, by)
    last = row.people.aggregate(last=Max("number"))["last"] or 0
    known = set(row.people.values_list("key", flat=True))
    fresh, duplicates, problems = [], [], []
    for one in listed(text):
        problem = _problem(one, len(known))
        if problem:
            problems.append((one.line, problem))
        elif one.key in known:
            duplicates.append(one)
        else:
            known.add(one.key)
            fresh.append(one)
    CollectedPerson.objects.bulk_create(
        [
            CollectedPerson(
                collection=row, number=number, name=one.name, dates=one.dates, notes=one.notes, key=one.key
            )
            for number, one in enumerate(fresh, last + 1)
        ],
        batch_size=500,
    )
    if fresh:
        audit(by=by, action="add_people", target=row.name, after={"people": len(fresh)})
    return Imported(len(fresh), duplicates, problems)


def _problem(one: Listed, known: int) -> str:
    if not one.name:
        return _("The line names nobody.")
    if len(one.name) > LONGEST_NAME:
        return _("The name is longer than 255 characters.")
    return _("A collection holds no more than %d people.") % MOST_PEOPLE if known >= MOST_PEOPLE else ""


@transaction.atomic
def change_person(*, person: CollectedPerson, by: User, **wanted: Any) -> CollectedPerson:
    """Another name, dates or notes for somebody who waits."""
    row = _waiting(person, by)
    before = {field: getattr(row, field) for field in wanted}
    for field, value in wanted.items():
        setattr(row, field, _text(field, value, OF_A_PERSON))
    if not row.name:
        raise BadWish("name", _("Name the person the book is about."))
    row.key = key_of(row.name, row.dates)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadWish("name", _("This person is in the collection already.")) from error
    after = {field: getattr(row, field) for field in wanted}
    audit(by=by, action="change_person", target=row.name, before=before, after=after)
    return row


@transaction.atomic
def remove_person(*, person: CollectedPerson, by: User) -> None:
    """Take somebody who waits from the list."""
    row = _waiting(person, by)
    audit(by=by, action="remove_person", target=row.name)
    row.delete()


@transaction.atomic
def take_next(*, collection: Collection, by: User) -> tuple[CollectedPerson, BiographyJob]:
    """Make the job of the first who waits: 1 lock the list, 2 take the person, 3 make the job, 4 tie both.

    Two who ask at once get two people: the second waits at the lock. Raises NobodyLeft at the end of the list.
    """
    row = _locked(collection, by)
    person = row.people.filter(taken_at=None).order_by("number").first()
    if person is None:
        raise NobodyLeft(_("Everybody of “%s” has a biography.") % row.name)
    told = "; ".join(text for text in (person.dates, person.notes) if text)
    person.job = create_job(by=by, character=person.name, description=told, **row.wishes)
    person.taken_at = clock.now()
    person.save(update_fields=["job", "taken_at"])
    audit(by=by, action="take_next", target=row.name, job_id=person.job.pk, after={"person": person.name})
    return person, person.job


def _locked(collection: Collection, by: User) -> Collection:
    if not collections_of(by).filter(pk=collection.pk).exists():
        raise Forbidden(_("This collection isn't yours."))
    return Collection.objects.select_for_update().get(pk=collection.pk)


def _waiting(person: CollectedPerson, by: User) -> CollectedPerson:
    _locked(person.collection, by)
    row = CollectedPerson.objects.get(pk=person.pk)
    if row.taken_at is not None:
        raise BookError(_("“%s” has a biography already.") % row.name)
    return row


def _columns(wanted: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        field: _text(field, value, LONGEST) for field, value in wanted.items() if field in LONGEST
    }
    if columns.get("name") == "":
        raise BadWish("name", _("Fill this in."))
    if "wishes" in wanted:
        columns["wishes"] = _wishes(wanted["wishes"])
    return columns


def _wishes(wished: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of jobs, held against the same rules as those of one job."""
    for field in sorted(OF_THE_JOB & wished.keys()):
        raise BadWish(f"wishes.{field}", _("This is told of each person."))
    try:
        values = wishes.cleaned(character="-", **wished)
    except BadWish as error:
        raise BadWish(f"wishes.{error.field}", str(error)) from error
    return {field: value for field, value in values.items() if field != "character"}


def _text(field: str, value: Any, longest: Mapping[str, int]) -> str:
    text = clean_text(str(value), multiline=False)
    if len(text) > longest[field]:
        raise BadWish(field, _("Longer than %d characters.") % longest[field])
    return text
