"""Finding sources, as units of the first phase: the profile, each finder, the gathering, the reading, the choice.

The list of units is frozen before anything is found, so there is one unit for each source that may be found;
those for which there is none have nothing to do. What finders answered is kept in their units' results, and the
gathering reads it from there: it makes the same rows in the same order whoever was first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.actions import Seen, record_findings
from biographies.models import BiographyJob
from biographies.states import move_job
from biographies.vocabulary import JobStatus, Mode, Phase, Severity
from engine.models import Unit, UnitStatus
from engine.phases.base import Context, Outcome, UnitSpec, Work
from sources.actions import record_validation
from sources.discovery.addresses import site_of
from sources.discovery.asking import asker
from sources.discovery.base import Person, Profile
from sources.discovery.registry import finder_names, title_of
from sources.discovery.searching import Findings, merged, most_read, profile_of, search, wanted_sources
from sources.discovery.selecting import Entry, choose
from sources.discovery.wikidata import Wikidata
from sources.fetching import fetch_sources, unfetched
from sources.judging import judge
from sources.models import Source
from sources.queries import suggestions_of, undecided, usable_sources
from sources.suggestions import add_found, settle
from sources.vocabulary import Found

PROFILE: Final = "discover-profile"
FINDER: Final = "discover-by-"
GATHER: Final = "discover-gather"
FETCH: Final = "discover-fetch"
FOUND: Final = "discover-read-"
CHOOSE: Final = "discover-choose"
# The waves of the phase: fetching and judging what is there come first (0 and 1), so that the search knows how many
# of those can be used; the comparison of all sources stands between reading the found ones and the choice.
PROFILING, BY_FINDERS, GATHERING, FETCHING, READING, COMPARING, CHOOSING = range(2, 9)


def discovery_units(ctx: Context) -> tuple[UnitSpec, ...]:
    """The units of a search; none in manual mode, without finders, or when enough usable sources are there.

    What isn't judged yet may turn out useless, so there are units for all places; those that it fills have
    nothing to do when their turn comes, and ask nobody.
    """
    places = _places(ctx.job)
    names = finder_names()
    if ctx.job.mode == Mode.MANUAL or not names or places <= 0:
        return ()
    return (
        UnitSpec(PROFILE, PROFILING),
        *(UnitSpec(FINDER + name, BY_FINDERS) for name in names),
        UnitSpec(GATHER, GATHERING),
        UnitSpec(FETCH, FETCHING),
        *(UnitSpec(f"{FOUND}{number:03d}", READING) for number in range(1, most_read(places) + 1)),
        UnitSpec(CHOOSE, CHOOSING),
    )


def _places(job: BiographyJob) -> int:
    """How many sources are wanted beyond those that somebody accepted and that can be used.

    The search is worked after the judging of what is there, and from then to the gathering nothing becomes valid
    or accepted: whoever works a unit of it again gets the same answer.
    """
    return wanted_sources(job.target_sources) - usable_sources(job.pk).count()


def is_discovery(key: str) -> bool:
    """Whether a unit of the first phase belongs to the search."""
    return key.startswith("discover-")


def work_discovery(unit: Work, ctx: Context) -> Outcome:
    """Work one unit of the search. What goes wrong outside is a finding, never an error."""
    if unit.key == PROFILE:
        return _profile(ctx)
    if unit.key == GATHER:
        return _gather(ctx)
    if unit.key == FETCH:
        return _fetch(ctx)
    if unit.key == CHOOSE:
        return _choose(ctx)
    if unit.key.startswith(FOUND):
        return _read(ctx, int(unit.key.removeprefix(FOUND)))
    return _ask(ctx, unit.key.removeprefix(FINDER))


def _person(job: BiographyJob) -> Person:
    return Person(job.character, job.description, job.language)


def _profile(ctx: Context) -> Outcome:
    if _places(ctx.job) <= 0 or Wikidata.name not in finder_names():
        return Outcome()  # nobody to find anything for, or an operator who doesn't want Wikidata to be asked
    profile, failed = profile_of(_person(ctx.job), asker())
    noted = _noted(ctx.job, "profile", title_of("wikidata"), failed)
    return Outcome({"profile": profile.as_json(), "failed": failed}, noted)


def _ask(ctx: Context, name: str) -> Outcome:
    places = _places(ctx.job)
    if places <= 0:
        return Outcome()
    profile = Profile.from_json(_result(ctx.job, PROFILE).get("profile", {}))
    person = dataclasses.replace(_person(ctx.job), profile=profile)
    found = search(name, person, asker(), most_read(places))
    return Outcome(found.as_json(), _noted(ctx.job, name, title_of(name), found.failed))


def _noted(job: BiographyJob, name: str, title: str, failed: str) -> Callable[[], None]:
    """Tell the editor which finder failed and why; a search that went well takes back what an earlier one said."""
    check = f"finder_{name}"
    message = _("%(finder)s couldn't be searched for sources: %(why)s") % {"finder": title, "why": failed}
    seen = [Seen(check, Severity.WARNING, message)] if failed else []

    def apply() -> None:
        record_findings(job=job, revision=None, checks=[check], seen=seen)

    return apply


def _result(job: BiographyJob, key: str) -> dict[str, Any]:
    """What the unit of this key came to in the newest search; empty when it didn't end well."""
    rows = Unit.objects.filter(run__job=job, phase=Phase.SOURCE_VALIDATION, key=key, status=UnitStatus.DONE)
    newest = rows.order_by("-run_id", "-generation").values_list("result", flat=True).first()
    return newest or {}


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of the newest search: whether anybody was asked, and of those that failed the title and the reason."""

    asked: bool = False
    all_failed: bool = False
    failed: tuple[tuple[str, str], ...] = ()


def searched(job: BiographyJob) -> Searched:
    """Who was asked in the job's newest search, and what went wrong; a search that found nothing went well."""
    rows = Unit.objects.filter(run__job=job, phase=Phase.SOURCE_VALIDATION)
    rows = rows.filter(
        Q(key=PROFILE) | Q(key__startswith=FINDER), Q(status=UnitStatus.PARKED) | ~Q(result=None)
    )
    newest = {unit.key: unit for unit in rows.order_by("run_id", "generation")}
    asked = {key: newest[key] for key in sorted(newest) if newest[key].result or newest[key].error}
    failed: dict[str, str] = {}
    for key, unit in asked.items():
        if why := str((unit.result or {}).get("failed") or unit.error):
            failed.setdefault(_title(key), why)
    finders = [_title(key) for key in asked if key != PROFILE]
    return Searched(bool(finders), bool(finders) and set(finders) <= set(failed), tuple(failed.items()))


def _title(key: str) -> str:
    return title_of("wikidata" if key == PROFILE else key.removeprefix(FINDER))


def _gather(ctx: Context) -> Outcome:
    """Make suggestions of what all finders found together, but for what the job has, declined ones included."""
    found = {name: Findings.from_json(_result(ctx.job, FINDER + name)).candidates for name in finder_names()}
    present = Source.objects.filter(job=ctx.job).values_list("url", flat=True)
    fresh = merged(found, present, most_read(max(0, _places(ctx.job))))
    urls = [candidate.url for _name, candidate in fresh]

    def apply() -> None:
        add_found(job=ctx.job, found=fresh)

    return Outcome({"urls": urls}, apply)


def _fetch(ctx: Context) -> Outcome:
    """Fetch all found sources side by side; those whose servers give nothing are rejected with the reason."""
    fetched = fetch_sources(unfetched(ctx.job_id))
    return Outcome({"fetched": fetched.documents, "failed": fetched.failures}, fetched.record)


def _read(ctx: Context, place: int) -> Outcome:
    """Fetch and judge the found source that stands at this place of the gathering."""
    urls = _result(ctx.job, GATHER).get("urls", [])
    url = urls[place - 1] if place <= len(urls) else ""
    source = Source.objects.filter(job=ctx.job, url=url, found=Found.FINDER, valid=None).first()
    if source is None:
        return Outcome()
    judgement = judge(source, ctx.job)

    def apply() -> None:
        record_validation(source=source, passages=judgement.passages, **judgement.columns)

    return Outcome({"valid": judgement.valid}, apply)


def _choose(ctx: Context) -> Outcome:
    present = [_entry(one) for one in usable_sources(ctx.job_id).defer("text", "signature")]
    found = [_entry(one) for one in undecided(ctx.job_id)]
    choices = choose(found, present, wanted_sources(ctx.job.target_sources))

    def apply() -> None:
        settle(job=ctx.job, choices=choices, accept=ctx.job.accepts_found)

    kept = sum(choice.kept for choice in choices)
    return Outcome({"found": suggestions_of(ctx.job_id).count(), "valid": len(found), "kept": kept}, apply)


def _entry(row: Source) -> Entry:
    site = site_of(row.origin_url) or site_of(row.url) or row.filename
    return Entry(row.number, site, row.kind, row.relevance_score or 0.0, row.credibility_score or 0.0)


def decided(job: BiographyJob) -> bool:
    """The gate before the planning: closed while suggestions wait for somebody, and then the job pauses and says so."""
    with transaction.atomic():
        BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=job.pk)
        waiting = undecided(job.pk).count()
        if not waiting:
            return True
        told = ngettext(
            "%(n)d source was found. Accept or decline it, then press Resume.",
            "%(n)d sources were found. Accept or decline them, then press Resume.",
            waiting,
        ) % {"n": waiting}
        move_job(
            job.pk, JobStatus.PAUSED, reason=told, frm=frozenset({JobStatus.RUNNING}), error_message=told
        )
    return False
