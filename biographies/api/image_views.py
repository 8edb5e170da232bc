"""The images of a book over HTTP: add one, change its words and place, take it out, look at it."""

from __future__ import annotations

import io
import uuid
from http import HTTPStatus
from typing import Final

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.conditions import etag_of, stale_fails_the_condition, version_read
from biographies.api.examples import example
from biographies.api.image_serializers import ChangedImage, ImageSerializer, NewImage
from biographies.images import change_image, images_of, images_seen_by, remove_image
from biographies.models import Image
from biographies.models.image import MediaType
from bookgen_site.lib import store
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.strict import JsonParser, NoQuestion
from sources.imaging import add_picture
from sources.pictures import MAX_BYTES

BYTES: Final = {(200, media): OpenApiTypes.BINARY for media in MediaType.values}
WORDS: Final = {"caption": "The harbour of Leith, about 1840.", "position": 1}


class Images(JobView):
    """The images of a book."""

    parser_classes = (JsonParser, MultiPartParser)

    @documented("list_images", "List the images of a book", {200: ImageSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """In the order in which they are printed, up to 100."""
        self.asked(NoQuestion, request)
        return Response(rows_as(ImageSerializer, images_of(self.job(request, job_id).pk)))

    @documented(
        "add_image",
        "Add an image",
        {200: ImageSerializer, 201: ImageSerializer},
        request={"multipart/form-data": NewImage},
    )
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """JPEG or PNG, up to 20 MB. It is written anew, without what a camera notes in it; 200 and the image that is
        there when the book has this picture already."""
        job = self.job(request, job_id)
        wanted = self.wanted(NewImage, request)
        file = wanted.pop("file")
        data = file.read(MAX_BYTES + 1)
        row, fresh = add_picture(
            job=job, by=self.actor(request), filename=file.name or "", data=data, **wanted
        )
        return _told(row, HTTPStatus.CREATED if fresh else HTTPStatus.OK)


class ImageView(JobView):
    """A view of one image of a book."""

    def image(self, request: Request, job_id: uuid.UUID, image_id: int) -> Image:
        """The image, if the person may see the book that has it."""
        row = images_seen_by(self.actor(request), job_id).filter(pk=image_id).first()
        if row is None:
            raise Http404
        return row


class OneImage(ImageView):
    """One image of a book."""

    @documented(
        "change_image",
        "Change the words or the place of an image",
        {200: ImageSerializer},
        request=ChangedImage,
        examples=[example("another caption", WORDS)],
    )
    def patch(self, request: Request, job_id: uuid.UUID, image_id: int) -> Response:
        """With If-Match only if nobody has changed it since; 412 otherwise."""
        image, wanted = self.image(request, job_id, image_id), self.wanted(ChangedImage, request)
        with stale_fails_the_condition():
            version = version_read(request, required=False)
            return _told(change_image(image=image, by=self.actor(request), version=version, **wanted))

    @documented("remove_image", "Take an image out of a book", {204: None}, request=None)
    def delete(self, request: Request, job_id: uuid.UUID, image_id: int) -> Response:
        """Files that were exported with it keep it."""
        image = self.image(request, job_id, image_id)
        with stale_fails_the_condition():
            version = version_read(request, required=False)
            remove_image(image=image, by=self.actor(request), version=version)
        return Response(status=HTTPStatus.NO_CONTENT)


class ImageFile(ImageView):
    """The bytes of an image."""

    @documented("download_image", "Download an image", BYTES)
    def get(self, request: Request, job_id: uuid.UUID, image_id: int) -> FileResponse:
        """Its clean bytes, compared with their hash before they leave; 410 when the store has lost them."""
        image = self.image(request, job_id, image_id)
        data = io.BytesIO(store.get(image.blob))
        return FileResponse(
            data, as_attachment=True, filename=image.stored_name, content_type=image.media_type
        )


def _told(row: Image, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(row_as(ImageSerializer, row), status=status, headers={"ETag": etag_of(row.version)})
