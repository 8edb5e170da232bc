"""The author's page: the own book, read-only, by a link instead of an account. Nothing else can be reached from it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from biographies import talking
from biographies.admin.book_head import steps
from biographies.admin.chapter_rows import groups_of
from biographies.admin.evidence import evidence_of
from biographies.admin.printing import places_of, sentences_of
from biographies.author_comments import comment_by_link, comments_by_link
from biographies.comments import placed
from biographies.errors import BookError
from biographies.models import BiographyJob, Chapter, ChapterRevision, Export
from biographies.pages.downloads import sent
from biographies.pages.sealing import Closed, require, sealed
from biographies.queries import chapters_in_order
from biographies.vocabulary import JobStatus
from bookgen_site.lib.limits import Limit
from notifications.author_links import find_link
from notifications.models import AuthorLink

WORDS_AN_HOUR: Final = 30  # answers and comments by one link
LANGUAGES: Final = ("en", "es")


@sealed
@require_safe
def book(request: HttpRequest, token: str) -> HttpResponseBase:
    """Where the book stands, its chapters where they are shared, its files when it is ready."""
    link, job = _opened(token)
    done = job.status == JobStatus.COMPLETED
    rows = {
        "chapters": list(chapters_in_order(job.pk)),
        "steps": steps(job),
        "exports": list(job.exports.all()) if done else [],
        "talk": talking.conversation(job.pk),
    }
    return _show(request, "author/book.html", link, job, token, rows)


@sealed
@require_safe
def chapter(request: HttpRequest, token: str, chapter_id: int) -> HttpResponseBase:
    """One chapter as it will print, where the job shares them."""
    link, job = _opened(token)
    row = _shared_chapter(job, chapter_id)
    revision = row.current_revision
    groups = groups_of(revision, row, evidence_of(revision.pk) if revision else {})
    said = list(comments_by_link(row, link))
    at = placed(said, places_of(sentences_of(groups)))
    rows = {
        "chapter": row,
        "revision": revision,
        "groups": groups,
        "comments": [(one, at.get(one.pk)) for one in said],
        "commented": set(at.values()),
        **_neighbours(job, row),
    }
    return _show(request, "author/chapter.html", link, job, token, rows)


@sealed
@require_safe
def file(_request: HttpRequest, token: str, export_id: int) -> HttpResponseBase:
    """A file of the finished book."""
    _link, job = _opened(token)
    export = Export.objects.filter(job=job, pk=export_id).first()
    if export is None or job.status != JobStatus.COMPLETED:
        raise Closed
    return sent(export)


@sealed
@require_POST
def write(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say something to the editors."""
    link, _job = _opened(token)
    require(Limit("link-words", str(link.pk), WORDS_AN_HOUR, 3600))
    answer = redirect("author:book", token=token)
    with suppress(BookError):  # an empty field: the page comes back as it was
        talking.answer_editor(link=link, text=request.POST.get("text", ""))
        answer["Location"] += "?said=1#talk"
    return answer


@sealed
@require_POST
def comment(request: HttpRequest, token: str, chapter_id: int) -> HttpResponseBase:
    """Say something of a sentence, or of the chapter."""
    link, job = _opened(token)
    row = _shared_chapter(job, chapter_id)
    require(Limit("link-words", str(link.pk), WORDS_AN_HOUR, 3600))
    number = request.POST.get("sentence", "")
    revision = row.revisions.filter(sha256=request.POST.get("sha256", "")).order_by("-number").first()
    answer = redirect("author:chapter", token=token, chapter_id=row.pk)
    if revision is None:  # the page was not one of ours
        return answer
    with suppress(BookError):  # an empty field: the page comes back as it was
        about = words_of(revision, number)
        comment_by_link(link=link, revision=revision, text=request.POST.get("text", ""), **about)
        answer["Location"] += f"?said=1#{f's{number}' if about else 'say'}"
    return answer


def words_of(revision: ChapterRevision, number: str) -> dict[str, Any]:
    """The words of the sentence with this number on the page, and where they stand: read from the text itself."""
    groups = groups_of(revision, revision.chapter, evidence_of(revision.pk))
    found = (one for one in sentences_of(groups) if str(one.number) == number)
    return next(({"quote": one.text, "offset": one.offset} for one in found), {})


def _opened(token: str) -> tuple[AuthorLink, BiographyJob]:
    link = find_link(token)
    job = BiographyJob.objects.filter(pk=link.job_id).first() if link else None
    if link is None or job is None:
        raise Closed
    return link, job


def _shared_chapter(job: BiographyJob, chapter_id: int) -> Chapter:
    rows = Chapter.objects.select_related("current_revision").exclude(current_revision=None)
    row = rows.filter(job=job, pk=chapter_id).first() if job.shares_chapters else None
    if row is None:
        raise Closed
    return row


def _neighbours(job: BiographyJob, here: Chapter) -> dict[str, Chapter | None]:
    """The sections with a text before and after this one in the printed book."""
    rows = [row for row in chapters_in_order(job.pk) if row.current_revision_id]
    place = next(number for number, row in enumerate(rows) if row.pk == here.pk)
    return {
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
    }


def _show(
    request: HttpRequest, template: str, link: AuthorLink, job: BiographyJob, token: str, rows: dict[str, Any]
) -> HttpResponse:
    """The page in the book's language, whoever reads it."""
    language = job.language if job.language in LANGUAGES else "en"
    with translation.override(language):
        shared = {"link": link, "job": job, "token": token, "said": request.GET.get("said", "")}
        answer = render(request, template, {**shared, **rows})
    answer["Content-Language"] = language
    return answer
