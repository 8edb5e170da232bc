"""Who sees and who changes which biographies."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from biographies.models import BiographyJob
from biographies.queries import visible_to, workable_by
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from tests.fakes import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(editor: User, writer: User) -> dict[str, BiographyJob]:
    """A book of the editor, one shared with the editor, one about which the writer is told, and a foreign one."""
    shared = rows.job(character="shared")
    shared.shared_with.add(editor)
    return {
        "own": rows.job(owner=editor, character="own"),
        "shared": shared,
        "told": rows.job(author_email=writer.email.upper(), character="told"),
        "foreign": rows.job(character="foreign"),
    }


def names(jobs: object) -> list[str]:
    return sorted(job.character for job in jobs)  # type: ignore[attr-defined]


ALL = ["foreign", "own", "shared", "told"]


def test_an_editor(books: dict[str, BiographyJob], editor: User) -> None:
    assert names(visible_to(editor)) == ["own", "shared"]
    assert names(workable_by(editor)) == ["own", "shared"]


@pytest.mark.parametrize("role", [roles.CHIEF_EDITOR, roles.ADMINISTRATOR])
def test_who_sees_all(books: dict[str, BiographyJob], role: str) -> None:
    person = rows.person(role)
    assert names(visible_to(person)) == ALL
    assert names(workable_by(person)) == ALL


def test_a_superuser_is_an_administrator(books: dict[str, BiographyJob]) -> None:
    assert names(workable_by(rows.person(is_superuser=True))) == ALL


def test_an_author_reads_the_own_book_and_changes_none(books: dict[str, BiographyJob], writer: User) -> None:
    assert names(visible_to(writer)) == ["told"]
    assert names(workable_by(writer)) == []


def test_an_author_without_an_address_sees_nothing(books: dict[str, BiographyJob]) -> None:
    """Most books name no author: an empty address must not match the empty column."""
    assert names(visible_to(rows.person(roles.AUTHOR, email=""))) == []


def test_an_editor_who_is_also_an_author(books: dict[str, BiographyJob], editor: User) -> None:
    both = rows.person(roles.EDITOR, roles.AUTHOR, email="ada@example.org")
    books["shared"].shared_with.add(both)
    assert names(visible_to(both)) == ["shared", "told"]
    assert names(workable_by(both)) == ["shared"]


def test_an_editors_address_alone_opens_nothing(books: dict[str, BiographyJob]) -> None:
    assert names(visible_to(rows.person(roles.EDITOR, email="ada@example.org"))) == []


@pytest.mark.parametrize("stranger", [AnonymousUser(), None])
def test_strangers(books: dict[str, BiographyJob], stranger: AnonymousUser | None) -> None:
    person = stranger or rows.person()  # None: somebody without any role
    assert names(visible_to(person)) == []
    assert names(workable_by(person)) == []


def test_an_owner_who_lost_the_role_sees_nothing(books: dict[str, BiographyJob], editor: User) -> None:
    editor.groups.clear()
    assert names(visible_to(User.objects.get(pk=editor.pk))) == []


def test_shared_twice_is_listed_once(books: dict[str, BiographyJob], editor: User) -> None:
    books["own"].shared_with.add(editor, rows.person(roles.EDITOR))
    assert names(visible_to(editor)) == ["own", "shared"]
