"""Collections over HTTP: lists of people to write about, and the making of the next biography."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies import collecting
from biographies.api.collection_serializers import (
    ChangedCollection,
    ChangedPerson,
    CollectionSerializer,
    CollectionWish,
    ImportedSerializer,
    ListedText,
    PersonSerializer,
    TakenSerializer,
    WhichPeople,
)
from biographies.api.conditions import IDEMPOTENCY_KEY, carried_out_once
from biographies.api.examples import COLLECTION, PEOPLE, example
from biographies.api.paging import InOrder
from biographies.models import CollectedPerson, Collection
from bookgen_site.accounts.models import User
from bookgen_site.lib.replica import reading_lists
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.strict import NoQuestion
from bookgen_site.views import ApiView

MOST_TOLD = 500


class CollectionView(ApiView):
    """A view of one collection. What the person may not see doesn't exist: 404."""

    def collection(self, request: Request, collection_id: int) -> Collection:
        """The collection, with its counts."""
        found = counted(self.actor(request)).filter(pk=collection_id).first()
        if found is None:
            raise Http404
        return found

    def person(self, request: Request, collection_id: int, person_id: int) -> CollectedPerson:
        """Somebody of that collection."""
        rows = CollectedPerson.objects.filter(collection=self.collection(request, collection_id))
        found = rows.select_related("collection").filter(pk=person_id).first()
        if found is None:
            raise Http404
        return found

    def told(self, request: Request, collection_id: int, status: int = HTTPStatus.OK) -> Response:
        """The collection as it stands now."""
        return Response(row_as(CollectionSerializer, self.collection(request, collection_id)), status=status)


class Collections(CollectionView, generics.GenericAPIView[Collection]):
    """The collections that the person works with."""

    serializer_class = CollectionSerializer

    @documented("list_collections", "List collections", {200: CollectionSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """The newest first, in pages."""
        self.asked(NoQuestion, request)
        with reading_lists(self.actor(request)):
            page = self.paginate_queryset(counted(self.actor(request)))
            return self.get_paginated_response(rows_as(CollectionSerializer, page))

    @documented(
        "make_collection",
        "Make a collection",
        {201: CollectionSerializer},
        request=CollectionWish,
        examples=[example("with settings", COLLECTION)],
    )
    def post(self, request: Request) -> Response:
        """Empty; people come into it from a text."""
        made = collecting.make_collection(by=self.actor(request), **self.wanted(CollectionWish, request))
        return self.told(request, made.pk, HTTPStatus.CREATED)


class OneCollection(CollectionView):
    """One collection."""

    @documented("read_collection", "Read a collection", {200: CollectionSerializer})
    def get(self, request: Request, collection_id: int) -> Response:
        """Its settings and counts."""
        return self.told(request, collection_id)

    @documented(
        "change_collection", "Change a collection", {200: CollectionSerializer}, request=ChangedCollection
    )
    def patch(self, request: Request, collection_id: int) -> Response:
        """Biographies that were made from it stay as they are."""
        found = self.collection(request, collection_id)
        wanted = self.wanted(ChangedCollection, request)
        collecting.change_collection(collection=found, by=self.actor(request), **wanted)
        return self.told(request, collection_id)

    @documented("delete_collection", "Delete a collection", {204: None}, request=None)
    def delete(self, request: Request, collection_id: int) -> Response:
        """Biographies that were made from it stay."""
        found = self.collection(request, collection_id)
        collecting.delete_collection(collection=found, by=self.actor(request))
        return Response(status=HTTPStatus.NO_CONTENT)


class People(CollectionView, generics.GenericAPIView[CollectedPerson]):
    """The people of a collection."""

    serializer_class = PersonSerializer
    pagination_class = InOrder

    @documented(
        "list_people",
        "List the people of a collection",
        {200: PersonSerializer(many=True)},
        parameters=[WhichPeople],
    )
    def get(self, request: Request, collection_id: int) -> Response:
        """In order, in pages."""
        rows = CollectedPerson.objects.filter(collection=self.collection(request, collection_id))
        asked = self.asked(WhichPeople, request)
        rows = rows.filter(taken_at__isnull=asked["waiting"]) if "waiting" in asked else rows
        return self.get_paginated_response(rows_as(PersonSerializer, self.paginate_queryset(rows)))


class Import(CollectionView):
    """People from a text."""

    @documented(
        "import_people",
        "Add people from a text, one a line",
        {200: ImportedSerializer},
        request=ListedText,
        examples=[example("two people", PEOPLE)],
    )
    def post(self, request: Request, collection_id: int) -> Response:
        """Who is there already is told and not added; neither are lines that can't be taken."""
        found = self.collection(request, collection_id)
        done = collecting.add_people(
            collection=found, by=self.actor(request), **self.wanted(ListedText, request)
        )
        problems = [{"line": line, "reason": reason} for line, reason in done.problems[:MOST_TOLD]]
        told = {"added": done.added, "duplicates": done.duplicates[:MOST_TOLD], "problems": problems}
        return Response(row_as(ImportedSerializer, told))


class Person(CollectionView):
    """Somebody of a collection."""

    @documented("change_person", "Change a person who waits", {200: PersonSerializer}, request=ChangedPerson)
    def patch(self, request: Request, collection_id: int, person_id: int) -> Response:
        """409 when the biography is made already."""
        person = self.person(request, collection_id, person_id)
        wanted = self.wanted(ChangedPerson, request)
        return Response(
            row_as(
                PersonSerializer, collecting.change_person(person=person, by=self.actor(request), **wanted)
            )
        )

    @documented("remove_person", "Remove a person who waits", {204: None}, request=None)
    def delete(self, request: Request, collection_id: int, person_id: int) -> Response:
        """409 when the biography is made already."""
        collecting.remove_person(
            person=self.person(request, collection_id, person_id), by=self.actor(request)
        )
        return Response(status=HTTPStatus.NO_CONTENT)


class Next(CollectionView):
    """The next biography of a collection."""

    @documented(
        "take_next",
        "Make the next biography of a collection",
        {201: TakenSerializer},
        request=None,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, collection_id: int) -> Response:
        """Of whoever waits first; two who ask at once get two people. 409 `nobody_left` at the end of the list."""
        found, by = self.collection(request, collection_id), self.actor(request)
        body, headers = carried_out_once(request, by, lambda: taken(found, by))
        return Response(body, status=HTTPStatus.CREATED, headers=headers)


def taken(collection: Collection, by: User) -> dict[str, Any]:
    """The next person and biography as clients read them."""
    person, job = collecting.take_next(collection=collection, by=by)
    return row_as(TakenSerializer, {"person": person, "job": job})


def counted(user: User) -> QuerySet[Collection]:
    """The person's collections with their counts."""
    waiting = Count("people", filter=Q(people__taken_at=None))
    rows = collecting.collections_of(user).select_related("owner")
    return rows.annotate(count=Count("people"), waiting=waiting)
