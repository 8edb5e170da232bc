"""Who may do what on the desk: one row for every address of its own pages, and one for every list of Unfold.

`test_matrix.py` tries each row with each person, on a book of theirs and on one of strangers; an address without a
row fails it. To add a row: the name of the address, who may, how it is asked for, and, for what is pressed, the words
of the audit that tell that it was done (with the fields that make it go through).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django_celery_results.models import TaskResult

from biographies.models import BiographyJob, Chapter, Comment, StyleGuide
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import ApiClient, User
from bookgen_site.lib import store
from bookgen_site.lib.mail_files import path_of
from engine.models import ModelCall, Run, Unit
from notifications.events import Progress
from notifications.letters.mailing import message_id
from notifications.models import (
    Alert,
    AuditEntry,
    AuthorLink,
    Delivery,
    Event,
    Subscription,
    SuppressedAddress,
    WebhookEndpoint,
)
from notifications.publish import publish
from sources.models import Fact, Source
from tests.biographies.admin.makers import finding, person, revision, source, written_book
from tests.fakes import rows
from tests.fakes.pictures import drawing

READS: Final = frozenset({"author", "owner", "shared", "chief", "administrator"})  # of one book
WORKS: Final = READS - {"author"}
HEADS: Final = frozenset({"chief", "administrator"})
MAKES: Final = WORKS | {"editor elsewhere"}
OWNER: Final = frozenset({"owner", "administrator"})  # of a key
ALONE: Final = frozenset({"administrator"})
STAFF: Final = READS | MAKES | {"author elsewhere", "nobody"}  # all who may log in


@dataclass(frozen=True)
class World:
    """People in their relations to one book. `stranger` hasn't logged in, `nobody` holds no role."""

    people: Mapping[str, User | None]
    owner: User
    job: BiographyJob


def world() -> World:
    """A book in the hands of some, with a row in every list."""
    owner, shared = person("owner", roles.EDITOR), person("shared", roles.EDITOR)
    author = person("author", roles.AUTHOR, email="author@example.org")
    people = {
        "stranger": None,
        "nobody": person("nobody"),
        "author": author,
        "author elsewhere": person("elsewhere", roles.AUTHOR, email="elsewhere@example.org"),
        "editor elsewhere": person("other", roles.EDITOR, email=""),
        "owner": owner,
        "shared": shared,
        "chief": person("chief", roles.CHIEF_EDITOR),
        "administrator": person("administrator", roles.ADMINISTRATOR),
    }
    job = written_book(owner, 2, author_email=author.email, character="Zenobia Quill", author="model")
    job.shared_with.add(shared)
    fill(job)
    StyleGuide.objects.create(name="House", text="Short sentences.")
    rows.alert()
    rows.suppressed(address="bounced@example.org")
    rows.subscription(address="daily@example.org")
    rows.api_client()
    return World(people, owner, job)


def fill(job: BiographyJob) -> None:
    """A row of the book in every list."""
    one = Chapter.objects.filter(job=job).order_by("chapter_number")[0]
    finding(one.current_revision)
    source(job, 2, title="Letters of Zenobia", found="url")
    Fact.objects.create(job=job, key="0001-a", text="A fact of Zenobia.")
    unit = Unit.objects.create(
        run=Run.objects.get(job=job), phase="chapter_generation", key="zenobia", status="parked", error="Zenobia fell.",
        chapter=one,
    )  # fmt: skip
    ModelCall.objects.create(
        job=job, unit=unit, phase=unit.phase, role="writer", request_hash="0", model_asked="m"
    )
    publish(job.pk, Progress("export", 95.0, 1, 2))
    rows.delivery(job_id=job.pk, address="zenobia@example.org")
    rows.comment(revision=one.current_revision)
    rows.endpoint(job_id=job.pk)
    rows.author_link(job_id=job.pk)
    rows.audit_entry(job_id=job.pk, target="Zenobia")
    rows.export(job=job)
    for shown in (b"one", b"two"):
        rows.image(job=job, blob=store.put(shown))


# What addresses name, found in the book.
OBJECTS: Final[Mapping[str, Callable[[BiographyJob], Any]]] = {
    "job_id": lambda job: job.pk,
    "chapter_id": lambda job: job.chapters.order_by("chapter_number")[0].pk,
    "export_id": lambda job: job.exports.all()[0].pk,
    "image_id": lambda job: job.images.order_by("pk")[0].pk,
    "finding_id": lambda job: job.findings.all()[0].pk,
    "unit_id": lambda job: Unit.objects.filter(run__job=job)[0].pk,
    "comment_id": lambda job: Comment.objects.filter(chapter__job=job)[0].pk,
    "delivery_id": lambda job: Delivery.objects.filter(job_id=job.pk)[0].pk,
    "endpoint_id": lambda job: WebhookEndpoint.objects.get(job_id=job.pk).pk,
    "number": lambda _job: 2,
    "deed": lambda _job: "reject",
    "name": lambda _job: "cancel",
    "decision": lambda _job: "accept",
}


def at_rest(job: BiographyJob) -> None:
    """The book as it is before its sources are read."""
    BiographyJob.objects.filter(pk=job.pk).update(
        status="failed", current_phase="source_validation", progress=0
    )
    Chapter.objects.filter(job=job).delete()


def with_outline(job: BiographyJob) -> None:
    """The book as it waits for the approval of its outline."""
    BiographyJob.objects.filter(pk=job.pk).update(status="paused", outline_review=True)
    Chapter.objects.filter(job=job).update(current_revision=None, status="planned")


def no_findings(job: BiographyJob) -> None:
    """The book without anything that blocks an approval."""
    job.findings.all().delete()


def suggested(job: BiographyJob) -> None:
    """The book with a source that waits for a decision."""
    at_rest(job)
    Source.objects.filter(job=job, number=2).update(found="finder", decision="suggested")


def mail_on_disk(job: BiographyJob) -> None:
    """The book with a letter that was written to a file."""
    place = path_of(message_id(Delivery.objects.get(job_id=job.pk)))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"a letter")


def mail_failed(job: BiographyJob) -> None:
    """The book with a letter that didn't arrive."""
    Delivery.objects.filter(job_id=job.pk).update(state="failed")


def twice_written(job: BiographyJob) -> None:
    """The book with a chapter that was written again."""
    revision(job.chapters.order_by("chapter_number")[0], "Another text.")


def unhooked(job: BiographyJob) -> None:
    """The book without a webhook of its own."""
    WebhookEndpoint.objects.filter(job_id=job.pk).delete()


def _version(job: BiographyJob) -> dict[str, Any]:
    return {"version": BiographyJob.objects.values_list("version", flat=True).get(pk=job.pk)}


def _chapter_version(job: BiographyJob) -> dict[str, Any]:
    return {**_version(job), "title": "Another title", "target_words": "900", "synopsis": ""}


def _hash(job: BiographyJob) -> dict[str, Any]:
    one = job.chapters.order_by("chapter_number")[0]
    assert one.current_revision
    return {"sha256": one.current_revision.sha256, "seen": f"{one.pk}:{one.current_revision.sha256}"}


def _text(job: BiographyJob) -> dict[str, Any]:
    return {**_hash(job), "text": "An edited text."}


def _new_image(_job: BiographyJob) -> dict[str, Any]:
    words = {"place": "end", "chapter": "1", "alt": "A harbour", "rights": "in the public domain"}
    return {**words, "file": SimpleUploadedFile("harbour.png", drawing())}


def _image_words(job: BiographyJob) -> dict[str, Any]:
    one = job.images.order_by("pk")[0]
    words = {"place": "opening", "chapter": "1", "alt": "A harbour at night", "rights": one.rights}
    return {"version": one.version} | {f"image-{one.pk}-{name}": value for name, value in words.items()}


def _endpoint(_job: BiographyJob) -> dict[str, Any]:
    return {"url": "https://example.org/other"}


def _link(job: BiographyJob) -> dict[str, Any]:
    return {"link": AuthorLink.objects.get(job_id=job.pk).pk}


@dataclass(frozen=True)
class Row:
    """An address and who gets an answer there. With `audit`, `may` are those for whom it is done."""

    route: str
    may: frozenset[str]
    method: str = "get"
    audit: str = ""
    body: Callable[[BiographyJob], dict[str, Any]] = lambda _job: {}
    prepare: Callable[[BiographyJob], None] = lambda _job: None
    names: Mapping[str, Any] = field(default_factory=dict)  # parts of the address, where OBJECTS has others
    sees: frozenset[str] | None = None  # with `audit`: who gets an answer at all


def _pressed(route: str, may: frozenset[str], audit: str, **more: Any) -> Row:
    return Row(route, may, "post", audit, sees=more.pop("sees", WORKS), **more)


TABS: Final = (
    "book",
    "outline",
    "sources",
    "facts",
    "quality",
    "images",
    "money",
    "exports",
    "author",
    "history",
)
OWN: Final = (
    Row("new", MAKES),
    Row("estimate", MAKES, "post"),
    Row("settings", HEADS),
    _pressed(
        "settings", ALONE, "change_team_settings", body=lambda _job: {"version": 0, "day_cap_micros": "5"}, sees=ALONE
    ),
    Row("ask-prices", ALONE, "post"),
    *(Row(tab, READS) for tab in TABS),
    Row("state", READS),
    Row("chapter", READS),
    Row("source", READS),
    Row("export", READS),
    _pressed("do", WORKS, "cancel"),
    _pressed("budget", HEADS, "change_budget", body=lambda _job: {"budget": "7"}),
    _pressed("add-sources", WORKS, "add_source", prepare=at_rest, body=lambda _job: {"urls": "https://example.org/new"}),
    *(
        _pressed(
            "change-source", WORKS, f"{deed}_source", prepare=at_rest, names={"deed": deed},
            body=lambda _job: {"reason": "No.", "url": "https://example.org/instead"},
        )
        for deed in ("reject", "recheck", "replace")
    ),
    _pressed("change-source", WORKS, "accept_source", prepare=suggested, names={"deed": "accept"}),
    _pressed("suggestions", WORKS, "decide_found", prepare=suggested, body=lambda _job: {"number": "2"}),
    Row("image-file", READS),
    _pressed("add-image", WORKS, "add_image", body=_new_image),
    *(
        _pressed("change-image", WORKS, audit, names={"deed": deed}, body=_image_words)
        for deed, audit in (("describe", "change_image"), ("down", "change_image"), ("remove", "remove_image"))
    ),
    _pressed("approve-outline", WORKS, "approve_outline", prepare=with_outline, body=_version),
    _pressed(
        "change-outline", WORKS, "change_chapter", prepare=with_outline, names={"deed": "describe"},
        body=_chapter_version,
    ),
    _pressed("approve-shown", HEADS, "approve", prepare=no_findings, body=_hash),
    _pressed("approve", HEADS, "approve", prepare=no_findings, body=_hash),
    _pressed("finding", WORKS, "close_finding", body=lambda _job: {"how": "resolve"}),
    _pressed("regenerate", WORKS, "regenerate", body=lambda _job: {"instruction": "Shorter."}),
    Row("regenerate-cost", WORKS),
    _pressed("retry-unit", WORKS, "retry_unit"),
    Row("edit", WORKS),
    _pressed("edit", WORKS, "edit", body=_text),
    Row("preview", WORKS, "post", body=_text),
    Row("citable", WORKS),
    Row("compare", READS),
    _pressed("restore", WORKS, "restore", prepare=twice_written, body=lambda job: {**_hash(job), "number": "1"}),
    _pressed("comment", READS, "comment", body=lambda _job: {"text": "Is this so?"}, sees=READS),
    _pressed("resolve-comment", WORKS, "resolve_comment", sees=READS),
    _pressed("author-do", WORKS, "make_link", names={"deed": "link"}),
    _pressed("author-do", WORKS, "revoke_link", names={"deed": "revoke"}, body=_link),
    _pressed("author-do", WORKS, "change_details", names={"deed": "share"}, body=lambda _job: {"shares": "on"}),
    _pressed("author-do", WORKS, "ask_author", names={"deed": "ask"}, body=lambda _job: {"text": "When was that?"}),
    Row("mail", WORKS),
    Row("mail-letter", WORKS),
    Row("mail-file", WORKS, prepare=mail_on_disk),
    _pressed("mail-again", WORKS, "send_again", prepare=mail_failed),
    Row("webhooks", MAKES),
    _pressed(
        "webhooks", WORKS, "make_webhook", prepare=unhooked, sees=MAKES,
        body=lambda job: {**_endpoint(job), "job": str(job.pk)},
    ),
    Row("webhook", WORKS),
    _pressed("change-webhook", WORKS, "change_webhook", body=_endpoint),
    _pressed("replay-webhook", WORKS, "replay_webhook", body=lambda _job: {"failed": "yes"}),
    *(
        _pressed("do-webhook", WORKS, audit, names={"name": name})
        for name, audit in (
            ("off", "switch_webhook_off"),
            ("rotate", "rotate_webhook_secret"),
            ("delete", "delete_webhook"),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A list of Unfold: who may open it, see its row of the book, add, change and delete."""

    model: str
    opens: frozenset[str] = STAFF
    sees: frozenset[str] = READS
    adds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    deletes: frozenset[str] = frozenset()
    row: Callable[[World], Any] = lambda _world: None
    search: str = ""  # words that find the row


def _of(model: Any, **where: Any) -> Callable[[World], Any]:
    return lambda place: model.objects.filter(job=place.job, **where).order_by("pk").last()


LISTS: Final = (
    Listed(
        "biographies_biographyjob", adds=MAKES, changes=WORKS, row=lambda place: place.job, search="Zenobia"
    ),
    Listed(
        "biographies_styleguide", sees=STAFF, adds=HEADS, changes=HEADS, deletes=HEADS,
        row=lambda _place: StyleGuide.objects.get(), search="House",
    ),
    Listed("sources_source", row=_of(Source), search="zenobia"),
    Listed("sources_fact", row=_of(Fact), search="Zenobia"),
    Listed("engine_run", row=_of(Run)),
    Listed("engine_unit", row=lambda place: Unit.objects.get(run__job=place.job), search="zenobia"),
    Listed("engine_modelcall", row=_of(ModelCall)),
    Listed("notifications_event", row=lambda place: Event.objects.filter(job_id=place.job.pk).last()),
    Listed(
        "notifications_auditentry",
        row=lambda place: AuditEntry.objects.filter(job_id=place.job.pk, target="Zenobia").get(),
        search="Zenobia",
    ),
    Listed("notifications_delivery", row=lambda place: Delivery.objects.get(job_id=place.job.pk), search="zenobia"),
    Listed(
        "django_celery_results_taskresult", opens=HEADS, sees=HEADS,
        row=lambda _place: TaskResult.objects.create(task_id="one", task_name="engine.look"),
    ),
    Listed(
        "accounts_user", opens=ALONE, sees=ALONE, adds=ALONE, changes=ALONE,
        row=lambda place: place.owner, search="owner",
    ),
    Listed("auth_group", opens=ALONE, sees=ALONE, row=lambda place: place.owner.groups.get()),
    Listed("accounts_apikey", sees=OWNER, adds=STAFF, deletes=OWNER, search="Zenobia"),
    Listed(
        "accounts_apiclient", opens=ALONE, sees=ALONE, adds=ALONE, deletes=ALONE,
        row=lambda _place: ApiClient.objects.get(),
    ),
    Listed("notifications_alert", opens=HEADS, sees=HEADS, row=lambda _place: Alert.objects.get()),
    Listed(
        "notifications_suppressedaddress", opens=HEADS, sees=HEADS, deletes=HEADS,
        row=lambda _place: SuppressedAddress.objects.get(), search="bounced",
    ),
    Listed(
        "notifications_subscription", opens=HEADS, sees=HEADS,
        row=lambda _place: Subscription.objects.get(), search="daily",
    ),
)  # fmt: skip

# Pages of the site itself, which are the same for everybody who may log in.
COMMON: Final = frozenset(
    {
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "jsi18n",
        "view_on_site",
    }
    | {"app_list", "search", "auth_user_password_change", ""}
)
