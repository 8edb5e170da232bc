"""Chapters over HTTP: read one beside its evidence, approve it, ask for another."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.actions import approve, request_changes
from biographies.api.base import JobView
from biographies.api.chapter_serializers import (
    ChapterDetailSerializer,
    ChapterSerializer,
    CitationSerializer,
    FindingSerializer,
)
from biographies.api.chapter_wishes import (
    ApprovalWish,
    ChangedChapter,
    ChangesWish,
    RegenerationWish,
    WhichRegeneration,
)
from biographies.api.conditions import IF_MATCH_NEEDED, etag_of, stale_fails_the_condition, version_read
from biographies.api.examples import example
from biographies.api.money_serializers import TextEstimateSerializer
from biographies.api.remembered import Answer, as_json, remembered
from biographies.errors import Stale
from biographies.models import Chapter, ChapterRevision
from biographies.queries import chapters_in_order
from bookgen_site.accounts.scopes import APPROVE
from bookgen_site.openapi import documented
from bookgen_site.representing import columns_of, row_as, rows_as
from engine.actions import regenerate
from engine.authors.base import Span
from engine.editing import edit
from engine.estimating_texts import regeneration_cost
from engine.outline_whole import change_chapter
from notifications import freshness
from sources.queries import citations_of

Rows = Iterable[Mapping[str, Any]]
MOST: Final = 1000  # citations or findings told with a section; their own addresses have pages


class Chapters(JobView):
    """The sections of a book."""

    @documented("list_chapters", "List the sections of a book", {200: ChapterSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """In printing order, without their texts."""
        rows = chapters_in_order(self.job(request, job_id).pk)
        return Response(rows_as(ChapterSerializer, rows))


class ChapterView(JobView):
    """A view of one section."""

    def told(
        self, request: Request, job_id: uuid.UUID, chapter_id: int, status: int = HTTPStatus.OK
    ) -> Response:
        """The section as it stands now, as clients read it, with the tag of this state of it."""
        chapter = self.chapter(request, job_id, chapter_id)
        return Response(_told(chapter), status=status, headers={"ETag": etag_of(chapter.version)})


def _told(chapter: Chapter) -> dict[str, Any]:
    chapter.citations, chapter.findings = _evidence(chapter.current_revision)  # type: ignore[attr-defined]
    return row_as(ChapterDetailSerializer, chapter)


def _evidence(revision: ChapterRevision | None) -> tuple[Rows, Rows]:
    """The citations of a text, and what the checks saw in it."""
    if revision is None:
        return (), ()
    citations = citations_of([revision.pk]).values(*columns_of(CitationSerializer))
    findings = revision.findings.order_by("id").values(*columns_of(FindingSerializer))
    return citations[:MOST], findings[:MOST]


def _part(chapter_id: int) -> str:
    return f"chapter-{chapter_id}"


class ChapterDetail(ChapterView):
    """One section of a book."""

    def looks_at(self) -> Sequence[str]:
        return [freshness.name_of(self.kwargs["job_id"], _part(self.kwargs["chapter_id"]))]

    @documented("read_chapter", "Read a section with its evidence", {200: ChapterDetailSerializer})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
        """The text in Markdown, its citations by number, and the findings of the checks. The ETag is for If-Match."""
        part = _part(chapter_id)

        def made() -> Answer:
            chapter = self.chapter(request, job_id, chapter_id)
            return Answer(as_json(_told(chapter)), etag_of(chapter.version))

        present = self.seen(freshness.name_of(job_id, part))
        return remembered(self.actor(request), job_id, present, made, part).response()

    @documented(
        "change_chapter",
        "Change a chapter's text, or what is said of it",
        {200: ChapterDetailSerializer},
        request=ChangedChapter,
        parameters=[IF_MATCH_NEEDED],
        examples=[
            example("another title", {"title": "The harbour at Leith"}),
            example("another text", {"text": "She was born in Leith.[^1]", "note": "Shorter."}),
        ],
    )
    def patch(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """Its title, synopsis and words, while the outline is open; its text once it is written.

        An edited text is a revision, checked anew; marks that it keeps go on citing what they cite. 428 without
        If-Match, 412 when it names another state.
        """
        chapter = self.chapter(request, job_id, chapter_id)
        version = version_read(request, required=True)
        wanted = self.wanted(ChangedChapter, request)
        with stale_fails_the_condition():
            if "text" in wanted:
                edit(chapter=chapter, by=self.actor(request), **text_of(chapter, version, **wanted))
            else:
                change_chapter(chapter=chapter, by=self.actor(request), version=version, **wanted)
        return self.told(request, job_id, chapter_id)


def text_of(
    chapter: Chapter, version: int | None, text: str, cites: Sequence[Mapping[str, int]] = (), note: str = ""
) -> dict[str, Any]:
    """An edit of the text that this version of the chapter has; raises Stale when it is another version by now."""
    if version not in (None, chapter.version):
        raise Stale(_("“%s” has changed since you read it.") % chapter)
    spans = {one["mark"]: Span(one["source"], one["start"], one["end"]) for one in cites}
    seen = chapter.current_revision.sha256 if chapter.current_revision else ""
    return {"text": text, "cites": spans, "note": note, "sha256": seen}


class ChapterApproval(ChapterView):
    """The approval of a section."""

    scopes = {"POST": APPROVE}

    @documented(
        "approve_chapter",
        "Approve the text that you have read",
        {200: ChapterDetailSerializer},
        request=ApprovalWish,
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """409 with code `stale` when the section has another text by now."""
        chapter = self.chapter(request, job_id, chapter_id)
        approve(chapter=chapter, by=self.actor(request), **self.wanted(ApprovalWish, request))
        return self.told(request, job_id, chapter_id)


class ChapterRegeneration(ChapterView):
    """Another text for a section."""

    @documented(
        "regenerate_chapter", "Ask for another text", {202: ChapterDetailSerializer}, request=RegenerationWish
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """The present text stays among the revisions; no other section is touched. 409 with code `stale` as above."""
        chapter = self.chapter(request, job_id, chapter_id)
        regenerate(chapter=chapter, by=self.actor(request), **self.wanted(RegenerationWish, request))
        return self.told(request, job_id, chapter_id, HTTPStatus.ACCEPTED)


class RegenerationEstimate(ChapterView):
    """What another text would cost."""

    @documented(
        "estimate_regeneration",
        "Ask what another text would cost",
        {200: TextEstimateSerializer},
        parameters=[WhichRegeneration],
    )
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """For who may ask for it; nothing is spent."""
        chapter = self.chapter(request, job_id, chapter_id)
        told = regeneration_cost(chapter, by=self.actor(request), **self.asked(WhichRegeneration, request))
        return Response(row_as(TextEstimateSerializer, told))


class ChapterChanges(ChapterView):
    """A section that goes back."""

    @documented(
        "request_changes",
        "Send a section back with a reason",
        {200: ChapterDetailSerializer},
        request=ChangesWish,
        examples=[example("a reason", {"reason": "The second paragraph repeats the first."})],
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """It isn't approved any more; an export under way waits for it. 409 `illegal_state` in a finished book."""
        chapter = self.chapter(request, job_id, chapter_id)
        request_changes(chapter=chapter, by=self.actor(request), **self.wanted(ChangesWish, request))
        return self.told(request, job_id, chapter_id)
