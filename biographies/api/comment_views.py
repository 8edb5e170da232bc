"""Comments over HTTP: read them, say something of a sentence or of the chapter, mark one as done with."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies import comments
from biographies.api.base import JobView
from biographies.api.comment_serializers import CommentSerializer, CommentWish
from biographies.api.examples import example
from biographies.api.paging import ByRank
from biographies.errors import BadWish, IllegalMove
from biographies.models import ChapterRevision, Comment
from bookgen_site.accounts.models import User
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.strict import NoQuestion
from engine import reading


class Comments(JobView, generics.GenericAPIView[Comment]):
    """What people said of a section."""

    serializer_class = CommentSerializer
    pagination_class = ByRank

    @documented("list_comments", "List the comments on a section", {200: CommentSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """On all its texts, in pages, the newest first."""
        self.asked(NoQuestion, request)
        chapter = self.chapter(request, job_id, chapter_id)
        page = self.paginate_queryset(comments.comments_of(chapter, self.actor(request)))
        return self.get_paginated_response(rows_as(CommentSerializer, page))

    @documented(
        "add_comment",
        "Comment on a sentence, or on the section",
        {201: CommentSerializer},
        request=CommentWish,
        examples=[example("on the section", {"text": "Where was she in 1859?"})],
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """`quote` are words of the present text, as it reads without marks; without it the section is meant."""
        chapter = self.chapter(request, job_id, chapter_id)
        wanted = self.wanted(CommentWish, request)
        if chapter.current_revision is None:
            raise IllegalMove(_("“%s” has no text yet.") % chapter)
        made = said_of(chapter.current_revision, self.actor(request), **wanted)
        return Response(row_as(CommentSerializer, made), status=HTTPStatus.CREATED)


def said_of(revision: ChapterRevision, by: User, text: str, quote: str = "") -> Comment:
    """The comment; raises BadWish when the text doesn't hold the words that it is about."""
    offset = reading.plain(revision.text).find(quote)
    if offset < 0:
        raise BadWish("quote", _("These words aren't in the present text."))
    return comments.comment(revision=revision, by=by, text=text, quote=quote, offset=offset)


class CommentResolution(JobView):
    """A comment that is done with."""

    @documented("resolve_comment", "Mark a comment as done with", {200: CommentSerializer}, request=None)
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int, comment_id: int) -> Response:
        """409 with code `stale` when somebody has done so already."""
        chapter = self.chapter(request, job_id, chapter_id)
        self.wanted(NoQuestion, request)
        comment = Comment.objects.filter(chapter=chapter, pk=comment_id).first()
        if comment is None:
            raise Http404
        comments.resolve_comment(comment=comment, by=self.actor(request))
        comment.refresh_from_db()
        return Response(row_as(CommentSerializer, comment))
