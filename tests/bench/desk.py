"""Server time of every list and page of the desk with 10,000 books, 250,000 chapters and what belongs to them.

`BENCH_DATABASE=postgres://…` measures another database: an empty one is filled, a filled one is used again;
`BENCH_JOBS=1000` makes fewer books. The time is that of the whole request by Django's test client, median of five
after one to warm up.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import django

from tests.bench.figure import Figure

JOBS = int(os.environ.get("BENCH_JOBS", "10000"))
CHAPTERS = 25  # of a book
ROUNDS = 5
MOST_MS, MOST_QUERIES = 150, 12
NAMES = ("slowest_page", "most_queries")
SHIFT = 10_000_000  # between the ids of one copy and the next
OF_NO_BOOK = ("biographies_biographyjob", "biographies_styleguide", "accounts_apikey")
MADE = 100  # books that are made; the database copies them until there are as many as wanted


def measure() -> Iterable[Figure]:
    """Fill the database, then ask for every list and page as a chief editor and as an editor of few books."""
    if url := os.environ.get("BENCH_DATABASE"):
        os.environ["DATABASE_URL"] = url
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - the settings must stand before
    from django.core.management import call_command  # noqa: PLC0415

    # Names of static files without hashes: these would need `collectstatic`, and cost nothing at a request.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    people, job = _fill()
    yield Figure("seconds_to_fill", time.perf_counter() - started, "s", "–")
    seen: list[tuple[float, int, str]] = []
    for who, user in people.items():
        for name, address in _addresses(user, job):
            samples, queries = _time(user, address)
            middle = statistics.median(samples)
            seen.append((middle, queries, f"{name} as {who}"))
            yield Figure(f"{who}: {name} ({queries} queries)", middle, "ms", f"≤ {MOST_MS}", samples)
    slowest, most = max(seen), max(seen, key=lambda one: one[1])
    yield Figure("slowest_page", slowest[0], "ms", f"≤ {MOST_MS}: {slowest[2]}")
    yield Figure("most_queries", most[1], "", f"≤ {MOST_QUERIES}: {most[2]}")


def _time(user: Any, address: str) -> tuple[list[float], int]:
    """Milliseconds of each round, and the queries of one."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(address)
    queries = len(counted)  # now: the next request empties the log
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    if os.environ.get("BENCH_SHOW"):
        for query in sorted(counted.captured_queries, key=lambda one: -float(one["time"]))[:3]:
            sys.stderr.write(f"{address} {query['time']} {query['sql'][:1500]}\n")
    samples = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        samples.append(1000 * (time.perf_counter() - began))
    return samples, queries


def _addresses(user: Any, job: Any) -> Iterator[tuple[str, str]]:
    """Every list with its search, filters and last page; every page of one book."""
    from django.contrib import admin  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from biographies.admin.tabs import TABS  # noqa: PLC0415
    from biographies.models import Chapter  # noqa: PLC0415

    yield "home", reverse("admin:index")
    yield "new", reverse("desk:new")
    if user.sees_all_jobs:
        yield "settings", reverse("desk:settings")
    for tab in TABS:
        yield f"tab {tab}", reverse(f"desk:{tab}", args=[job.pk])
    yield "source", reverse("desk:source", args=[job.pk, 1])
    chapter = Chapter.objects.filter(job=job, chapter_number=1).get()
    yield "chapter", reverse("desk:chapter", args=[job.pk, chapter.pk])
    lists: tuple[str, ...] = (
        "biographies_biographyjob",
        "biographies_styleguide",
        "sources_source",
        "sources_fact",
        "engine_run",
    )
    lists += ("engine_unit", "engine_modelcall", "notifications_event", "notifications_auditentry")
    for name in (*lists, "notifications_delivery", "accounts_apikey"):
        address = reverse(f"admin:{name}_changelist")
        yield f"list {name}", address
        if name not in OF_NO_BOOK:
            yield f"list {name}, of one book", f"{address}?book={job.pk}"
        if next(one for one in admin.site._registry.values() if _is(one, name)).search_fields:
            yield f"list {name}, searched", f"{address}?q=Quill+77"
    yield "books that wait", reverse("admin:biographies_biographyjob_changelist") + "?status=needs_review"
    yield "books by name", reverse("admin:biographies_biographyjob_changelist") + "?o=1"


def _is(its_admin: Any, name: str) -> bool:
    return f"{its_admin.opts.app_label}_{its_admin.opts.model_name}" == name


def _fill() -> tuple[dict[str, Any], Any]:
    """The people, and the book whose pages are asked for."""
    from django.contrib.auth.models import Group  # noqa: PLC0415

    from bookgen_site.accounts import roles  # noqa: PLC0415
    from bookgen_site.accounts.models import User  # noqa: PLC0415

    if User.objects.filter(username="chief").exists():
        return _found()
    owners = [User.objects.create(username=f"editor-{n}", is_staff=True) for n in range(50)]
    chief = User.objects.create(username="chief", is_staff=True)
    for user in owners:
        user.groups.set(Group.objects.filter(name=roles.EDITOR))
    chief.groups.set(Group.objects.filter(name=roles.CHIEF_EDITOR))
    job = _books(owners, range(MADE))[0]
    _copy(max(0, JOBS // MADE - 1))
    _analyse()
    return {"chief": chief, "editor": owners[0]}, job


def _found() -> tuple[dict[str, Any], Any]:
    """The same of a database that was filled earlier."""
    from biographies.models import BiographyJob  # noqa: PLC0415
    from bookgen_site.accounts.models import User  # noqa: PLC0415

    people = {"chief": User.objects.get(username="chief"), "editor": User.objects.get(username="editor-0")}
    return people, BiographyJob.objects.filter(character="Ada Quill 0").order_by("pk")[0]


def _copy(times: int) -> None:
    """Copy all books with what belongs to them, in the database: ids are shifted, books get new ones."""
    from django.db import connection, transaction  # noqa: PLC0415

    from biographies.models import BiographyJob, Chapter, ChapterRevision, Export, Finding  # noqa: PLC0415
    from engine.models import ModelCall, Run, Unit  # noqa: PLC0415
    from notifications.models import AuditEntry, Delivery, Event  # noqa: PLC0415
    from sources.models import Citation, Fact, Passage, Source  # noqa: PLC0415

    models: tuple[Any, ...] = (
        BiographyJob,
        Chapter,
        ChapterRevision,
        Finding,
        Export,
        Source,
        Passage,
        Fact,
        Fact.passages.through,
    )
    models += (Citation, Run, Unit, ModelCall, Event, AuditEntry, Delivery)
    uuids = "uuid" if connection.vendor == "postgresql" else "char(32)"
    pairs = [
        (number, BiographyJob(pk=old).pk, uuid.uuid4())
        for number in range(1, times + 1)
        for old in BiographyJob.objects.values_list("pk", flat=True)
    ]
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"CREATE TEMPORARY TABLE copies (number bigint, old {uuids}, new {uuids})")
        hexed = [(number, old.hex, new.hex) for number, old, new in pairs]
        cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s)", hexed)
        for model in models:
            cursor.execute(_copying(model, models))


def _copying(model: Any, models: tuple[Any, ...]) -> str:
    """The statement that copies one table."""
    from django.db import connection  # noqa: PLC0415

    fresh = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    columns = list(model._meta.concrete_fields)
    values, of_job = [], False
    for field in columns:
        remote = field.remote_field.model if field.remote_field else None
        if field.column == "job_id":
            values.append("c.new")
            of_job = True
        elif field.unique and not field.primary_key and field.get_internal_type() == "UUIDField":
            values.append(fresh)
        elif (
            field.primary_key or remote in models or field.column == "event_id"
        ) and field.column != "user_id":
            values.append(f"t.{field.column} + c.number * {SHIFT}")
        else:
            values.append(f't."{field.column}"')
    names = ", ".join(f'"{field.column}"' for field in columns)
    table = model._meta.db_table
    copies = (
        "JOIN copies c ON c.old = t.job_id" if of_job else "CROSS JOIN (SELECT DISTINCT number FROM copies) c"
    )
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} t {copies}"


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


STATES = ("needs_review", "running", "completed", "completed", "completed", "failed", "paused", "completed")


def _books(owners: list[Any], numbers: range) -> list[Any]:
    """Some books with everything that belongs to them, in one transaction."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from biographies.models import BiographyJob  # noqa: PLC0415

    now = timezone.now()
    with transaction.atomic():
        jobs = BiographyJob.objects.bulk_create(
            BiographyJob(
                character=f"Ada Quill {n}",
                status=STATES[n % 8],
                owner=owners[n % len(owners)],
                progress=100 if STATES[n % 8] == "completed" else 50,
                completed_at=now if STATES[n % 8] == "completed" else None,
                author="model",
                current_phase="quality_control",
                error_message="It failed." if STATES[n % 8] in ("failed", "paused") else "",
            )
            for n in numbers
        )
        chapters = _chapters(jobs)
        _evidence(jobs, chapters)
        _machine(jobs, chapters)
        _voice(jobs)
    return jobs


def _many(model: Any, rows: Iterable[Any]) -> list[Any]:
    made: list[Any] = model.objects.bulk_create(rows, batch_size=500)
    return made


def _chapters(jobs: list[Any]) -> list[Any]:
    """Chapters with a text each, and a finding in every fifth."""
    from django.db.models import OuterRef, Subquery  # noqa: PLC0415

    from biographies.models import Chapter, ChapterRevision, Export, Finding  # noqa: PLC0415

    chapters = _many(
        Chapter,
        (
            Chapter(job=job, chapter_number=n, title=f"Chapter {n}", target_words=2000, status="planned")
            for job in jobs
            for n in range(1, CHAPTERS + 1)
        ),
    )
    text = "Ada Quill was born in Leith.[^1] She drew maps of every harbour. " * 8
    revisions = _many(
        ChapterRevision,
        (
            ChapterRevision(
                chapter=one, number=1, text=text, sha256="0" * 64, word_count=90, origin="generated"
            )
            for one in chapters
        ),
    )
    newest = ChapterRevision.objects.filter(chapter=OuterRef("pk")).values("pk")
    of_these = Chapter.objects.filter(job__in=jobs)
    of_these.update(current_revision=Subquery(newest), status="needs_review")
    of_these.filter(chapter_number__lte=CHAPTERS // 2).update(status="approved")
    for one, text_of in zip(chapters, revisions, strict=True):
        one.current_revision = text_of
    _many(
        Finding,
        (
            Finding(
                job=one.job,
                revision=one.current_revision,
                check_name="length",
                severity="warning",
                message="Short.",
            )
            for one in chapters[::5]
        ),
    )
    _many(
        Export,
        (
            Export(job=job, format="docx", blob=uuid.uuid4().hex, filename="a.docx", size=9, words=9)
            for job in jobs
            if job.status == "completed"
        ),
    )
    return chapters


def _evidence(jobs: list[Any], chapters: list[Any]) -> None:
    """Ten sources of two passages for each book, a fact and a citation for every other chapter."""
    from sources.models import Citation, Fact, Passage, Source  # noqa: PLC0415

    text = "Ada Quill was born in Leith. " * 40
    sources = _many(
        Source,
        (
            Source(
                job=job, number=n, url=f"https://example.org/{n}", title=f"Letters {n}", text=text, valid=True,
                relevance_score=0.5, credibility_score=50, content_hash=uuid.uuid4().hex,
            )
            for job in jobs
            for n in range(1, 11)
        ),
    )  # fmt: skip
    passages = _many(
        Passage,
        (Passage(source=one, number=n, start=500 * (n - 1), end=500 * n) for one in sources for n in (1, 2)),
    )
    first = {one.source.job_id: one for one in passages[::20]}
    facts = _many(
        Fact,
        (
            Fact(job=one.job, key=f"0001-{one.pk}", text="She was born in Leith.", chapter=one, position=1)
            for one in chapters[::2]
        ),
    )
    ties = Fact.passages.through
    _many(ties, (ties(fact=one, passage=first[one.job_id]) for one in facts[::5]))
    _many(
        Citation,
        (
            Citation(
                revision=one.current_revision, number=1, passage=first[one.job_id], start=0, end=28,
                quote=text[:28], sentence=text[:28], verdict="verbatim",
            )
            for one in chapters[::2]
        ),
    )  # fmt: skip


def _machine(jobs: list[Any], chapters: list[Any]) -> None:
    """A run for each book, a unit for every chapter and a call for every other one."""
    from engine.models import ModelCall, Run, Unit  # noqa: PLC0415

    runs = {one.job_id: one for one in _many(Run, (Run(job=job, status="done") for job in jobs))}
    units = _many(
        Unit,
        (
            Unit(
                run=runs[one.job_id], phase="chapter_generation", key=f"chapter-{one.chapter_number:03d}",
                chapter=one, status="done", result={},
            )
            for one in chapters
        ),
    )  # fmt: skip
    _many(
        ModelCall,
        (
            ModelCall(
                job=one.job, unit=unit, chapter=one, phase=unit.phase, role="writer", request_hash="0" * 64,
                model_asked="a/model", model_served="a/model", status="answered", answer="x", cost_micros=9000,
                body="x" * 500,
            )
            for one, unit in zip(chapters[::2], units[::2], strict=True)
        ),
    )  # fmt: skip


def _voice(jobs: list[Any]) -> None:
    """Twenty events, ten lines of the audit and two deliveries for each book."""
    from notifications.models import AuditEntry, Delivery, Event  # noqa: PLC0415

    events = _many(
        Event,
        (
            Event(job_id=job.pk, seq=n, kind="progress", payload={"progress": n})
            for job in jobs
            for n in range(1, 21)
        ),
    )
    _many(
        AuditEntry,
        (
            AuditEntry(actor="editor", action="approve", target=f"Chapter {n}", job_id=job.pk)
            for job in jobs
            for n in range(10)
        ),
    )
    _many(
        Delivery,
        (
            Delivery(event_id=one.pk, job_id=one.job_id, address="a@example.org")
            for one in events
            if one.seq <= 2
        ),
    )
