"""Legal rows of every table, made without the actions: for tests of the tables themselves and of what reads them."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import uuid
from typing import Any

from django.contrib.auth.models import Group

from biographies.models import (
    AnsweredRequest,
    Approval,
    BiographyJob,
    Chapter,
    ChapterRevision,
    CollectedPerson,
    Collection,
    Comment,
    Export,
    Finding,
    Image,
    StyleGuide,
)
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import ApiClient, ApiKey, RecoveryCode, SecondFactor, TokenFamily, User
from bookgen_site.lib import clock
from engine.models import CallTicket, ModelCall, PhasePlan, ProviderState, Run, Unit
from notifications.hooks import endpoints
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
from sources.models import AddressCheck, CheckedAddress, Citation, Fact, Passage, Source

TEXTS = (
    "Ada Quill was born in Leith. She drew maps of every harbour. Her brother sold ink.",
    "The maps of Ada Quill were printed in Oslo. She walked there from Bergen. It rained.",
    "Ada Quill taught drawing. Her pupils became surveyors. She died in Leith in old age.",
)
_numbers = itertools.count(1)
_DEEDS = "drew sold lost found copied mended praised hid measured burned".split()
_THINGS = "charts lamps sails letters ropes anchors barrels flags bells oars".split()
_PLACES = "Leith Bergen Oslo Hull Whitby Turku Riga Kiel Cork Faro".split()


def fresh(word: str) -> str:
    """A name that no other row of this process has."""
    return f"{word}-{next(_numbers)}"


def story(number: int) -> str:
    """Sentences that no story of another number has."""
    told = [
        f"She {_DEEDS[place]} {number + 1} {_THINGS[(place + number) % 10]} near {_PLACES[(place * 3 + number) % 10]}."
        for place in range(10)
    ]
    return " ".join(told)


def person(*held: str, **columns: Any) -> User:
    """A user with these roles."""
    user = User.objects.create(username=columns.pop("username", None) or fresh("person"), **columns)
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in held])
    return user


def api_key(**columns: Any) -> ApiKey:
    """A key that opens nothing: its digest is no hash of anything."""
    name = fresh("key")
    defaults = {"name": name, "prefix": name[:12], "digest": name}
    return ApiKey.objects.create(user=columns.pop("user", None) or person(), **(defaults | columns))


def second_factor(**columns: Any) -> SecondFactor:
    """An app that isn't confirmed, with a secret that nobody can read."""
    return SecondFactor.objects.create(
        user=columns.pop("user", None) or person(), **({"sealed": "x"} | columns)
    )


def recovery_code(**columns: Any) -> RecoveryCode:
    """A code that is no hash of anything."""
    defaults = {"digest": fresh("code")}
    return RecoveryCode.objects.create(user=columns.pop("user", None) or person(), **(defaults | columns))


def token_family(**columns: Any) -> TokenFamily:
    """The tokens of a login, good for a day."""
    defaults = {"current": fresh("token"), "scopes": "read", "expires_at": clock.now() + dt.timedelta(days=1)}
    return TokenFamily.objects.create(user=columns.pop("user", None) or person(), **(defaults | columns))


def api_client(**columns: Any) -> ApiClient:
    """A program that gets tokens by its id and secret."""
    defaults = {"name": fresh("client"), "authorization_grant_type": "client-credentials"}
    made: ApiClient = ApiClient.objects.create(
        user=columns.pop("user", None) or person(), **(defaults | columns)
    )
    return made


def job(**columns: Any) -> BiographyJob:
    """A biography, by default a pending one of an editor."""
    owner = columns.pop("owner", None) or person(roles.EDITOR)
    return BiographyJob.objects.create(owner=owner, **{"character": "Ada Quill", "min_sources": 3, **columns})


def chapter(**columns: Any) -> Chapter:
    """A planned section: a numbered chapter, unless `kind` says another."""
    parent = columns.pop("job", None) or job()
    if columns.get("kind", "chapter") == "chapter":
        columns.setdefault("chapter_number", parent.chapters.filter(kind="chapter").count() + 1)
    return Chapter.objects.create(job=parent, **{"title": "A Chapter", **columns})


def revision(**columns: Any) -> ChapterRevision:
    """A text of a chapter; it isn't its current one."""
    parent = columns.pop("chapter", None) or chapter()
    text = columns.setdefault("text", "Ada Quill was born in Leith.")
    defaults = {
        "number": parent.revisions.count() + 1,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "word_count": 6,
        "origin": "generated",
    }
    return ChapterRevision.objects.create(chapter=parent, **(defaults | columns))


def comment(**columns: Any) -> Comment:
    """What somebody said of a chapter."""
    parent = columns.pop("revision", None) or revision()
    defaults = {"text": "Is this so?", "author_name": "ada"}
    return Comment.objects.create(chapter=parent.chapter, revision=parent, **(defaults | columns))


def written(status: str = "needs_review", **columns: Any) -> Chapter:
    """A section with a current text."""
    section = chapter(**columns)
    Chapter.objects.filter(pk=section.pk).update(status=status, current_revision=revision(chapter=section))
    section.refresh_from_db()
    return section


def finding(**columns: Any) -> Finding:
    """An open warning."""
    parent = columns.pop("job", None) or job()
    defaults = {"check_name": "length", "severity": "warning", "message": "It is short."}
    return Finding.objects.create(job=parent, **(defaults | columns))


def approval(**columns: Any) -> Approval:
    """A person's yes to a text."""
    text = columns.pop("revision", None) or revision()
    return Approval.objects.create(
        revision=text, **({"revision_sha256": text.sha256, "by_name": "somebody"} | columns)
    )


def export(**columns: Any) -> Export:
    """A file; its bytes aren't in the store."""
    parent = columns.pop("job", None) or job()
    defaults = {"format": "docx", "blob": fresh("blob"), "filename": "ada-quill.docx", "size": 9, "words": 9}
    return Export.objects.create(job=parent, **(defaults | columns))


def image(**columns: Any) -> Image:
    """A picture at the opening of the first chapter; its bytes aren't in the store."""
    parent = columns.pop("job", None) or job()
    defaults = {
        "blob": fresh("blob"),
        "media_type": "image/png",
        "width": 60,
        "height": 40,
        "size": 9,
        "place": "opening",
        "chapter": 1,
        "position": parent.images.count() + 1,
        "alt": "A harbour with three boats",
        "rights": "in the public domain",
    }
    return Image.objects.create(job=parent, **(defaults | columns))


def style_guide(**columns: Any) -> StyleGuide:
    """How a house wants its books."""
    return StyleGuide.objects.create(**({"name": fresh("guide"), "text": "Short sentences."} | columns))


def collection(**columns: Any) -> Collection:
    """An empty list of people."""
    owner = columns.pop("owner", None) or person(roles.EDITOR)
    return Collection.objects.create(owner=owner, **({"name": "Cartographers"} | columns))


def collected(**columns: Any) -> CollectedPerson:
    """Somebody of a list, who waits."""
    parent = columns.pop("collection", None) or collection()
    columns.setdefault("number", parent.people.count() + 1)
    columns.setdefault("name", fresh("person"))
    return CollectedPerson.objects.create(collection=parent, **({"key": fresh("key")} | columns))


def answered_request(**columns: Any) -> AnsweredRequest:
    """A request that was answered."""
    user = columns.pop("user", None) or person()
    return AnsweredRequest.objects.create(user=user, **({"key": fresh("key"), "asked": "0" * 64} | columns))


def address_check(**columns: Any) -> AddressCheck:
    """An empty list of addresses."""
    return AddressCheck.objects.create(owner=columns.pop("owner", None) or person(), **columns)


def checked_address(**columns: Any) -> CheckedAddress:
    """An address that nobody has looked at yet."""
    parent = columns.pop("check_run", None) or address_check()
    defaults = {"number": parent.addresses.count() + 1, "url": f"https://example.org/{fresh('page')}"}
    return CheckedAddress.objects.create(check_run=parent, **(defaults | columns))


def source(**columns: Any) -> Source:
    """A document that nobody has judged yet."""
    parent = columns.pop("job", None) or job()
    defaults = {"number": parent.sources.count() + 1, "url": f"https://example.org/{fresh('source')}"}
    return Source.objects.create(job=parent, **(defaults | columns))


def judged(text: str, **columns: Any) -> Source:
    """A valid document with one passage."""
    words = {"title": "A Source", "content_hash": hashlib.sha256(text.encode()).hexdigest()}
    row = source(text=text, valid=True, validated_at=clock.now(), **(words | columns))
    Passage.objects.create(source=row, number=1, start=0, end=len(text))
    return row


def passage(**columns: Any) -> Passage:
    """A stretch of a document."""
    parent = columns.pop("source", None) or source()
    defaults = {"number": parent.passages.count() + 1, "start": 0, "end": 10}
    return Passage.objects.create(source=parent, **(defaults | columns))


def fact(**columns: Any) -> Fact:
    """A statement."""
    parent = columns.pop("job", None) or job()
    return Fact.objects.create(job=parent, **({"key": fresh("fact"), "text": "She was born."} | columns))


def citation(**columns: Any) -> Citation:
    """A tie from a sentence to a passage."""
    defaults = {"number": 1, "start": 0, "end": 5, "quote": "She.", "sentence": "She.", "verdict": "verbatim"}
    columns.setdefault("revision", None)
    text, stretch = columns.pop("revision") or revision(), columns.pop("passage", None) or passage()
    return Citation.objects.create(revision=text, passage=stretch, **(defaults | columns))


def run(**columns: Any) -> Run:
    """An active run."""
    parent = columns.pop("job", None) or job(status="running")
    return Run.objects.create(job=parent, **columns)


def plan(**columns: Any) -> PhasePlan:
    """A planned phase."""
    parent = columns.pop("run", None) or run()
    return PhasePlan.objects.create(run=parent, **({"phase": "source_validation"} | columns))


def unit(**columns: Any) -> Unit:
    """A waiting unit."""
    parent = columns.pop("run", None) or run()
    return Unit.objects.create(run=parent, **({"phase": "source_validation", "key": fresh("unit")} | columns))


def call(**columns: Any) -> ModelCall:
    """A request to a language model."""
    parent = columns.pop("unit", None) or unit()
    defaults: dict[str, Any] = {"role": "writer", "request_hash": fresh("hash"), "model_asked": "a/model"}
    defaults |= {"job": parent.run.job, "phase": parent.phase}
    return ModelCall.objects.create(unit=parent, **(defaults | columns))


def provider(**columns: Any) -> ProviderState:
    """An endpoint of language models."""
    return ProviderState.objects.create(**({"endpoint": fresh("https://models.example/")} | columns))


def ticket(**columns: Any) -> CallTicket:
    """A call that waits for its turn."""
    now = clock.now()
    defaults = {"asked_at": now, "lease_until": now + dt.timedelta(minutes=1), "worker": "w"}
    parents = {
        "endpoint": columns.pop("endpoint", None) or provider(),
        "job": columns.pop("job", None) or job(),
    }
    return CallTicket.objects.create(**(parents | defaults | columns))


def event(**columns: Any) -> Event:
    """An event of a job that needn't exist."""
    return Event.objects.create(**({"job_id": uuid.uuid4(), "seq": 1, "kind": "progress"} | columns))


def audit_entry(**columns: Any) -> AuditEntry:
    """A line of the audit."""
    return AuditEntry.objects.create(
        **({"actor": "somebody", "action": "approve", "target": "a chapter"} | columns)
    )


def delivery(**columns: Any) -> Delivery:
    """A message that waits."""
    defaults = {
        "event_id": next(_numbers),
        "job_id": uuid.uuid4(),
        "address": "ada@example.org",
        "kind": "book_started",
        "payload": {"role": "author", "name": "Ada", "character": "Ada Quill", "told": {}},
    }
    return Delivery.objects.create(**(defaults | columns))


def subscription(**columns: Any) -> Subscription:
    """What an address chose."""
    return Subscription.objects.create(**({"address": f"{fresh('a')}@example.org"} | columns))


def suppressed(**columns: Any) -> SuppressedAddress:
    """An address that wants no mail."""
    defaults = {"address": f"{fresh('a')}@example.org", "reason": "unsubscribed"}
    return SuppressedAddress.objects.create(**(defaults | columns))


def author_link(**columns: Any) -> AuthorLink:
    """A link that no token opens, unless `author_links.make_link` made it."""
    defaults = {"job_id": uuid.uuid4(), "digest": fresh("digest"), "name": "Ada", "made_by": "somebody"}
    expires = {"expires_at": clock.now() + dt.timedelta(days=1)}
    return AuthorLink.objects.create(**(defaults | expires | columns))


def endpoint(**columns: Any) -> WebhookEndpoint:
    """A webhook that hears of all books."""
    secret = columns.pop("secret", None)
    row = endpoints.make(**({"url": "https://example.org/hook", "job_id": None, "by": None} | columns))
    if secret is not None:
        WebhookEndpoint.objects.filter(pk=row.pk).update(secret=secret)
    return row


def alert(**columns: Any) -> Alert:
    """A trouble that goes on."""
    now = clock.now()
    defaults = {"key": fresh("disk"), "watch": "disk", "severity": "warning", "title": "The disk is full"}
    return Alert.objects.create(**(defaults | {"began_at": now, "seen_at": now} | columns))


def with_sources(book: BiographyJob) -> BiographyJob:
    """The same job with three small valid sources."""
    for text in TEXTS:
        judged(text, job=book)
    return book
