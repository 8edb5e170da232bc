"""What a job is told that has too few sources: the counts, why the others don't count, and what to do about it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.models import BiographyJob
from engine.discovering import Searched, searched
from sources.queries import rejections, suggestions_of
from sources.tallies import Tally, tally

MOST_REASONS: Final = 5  # rejected sources that are named; a job may have hundreds


def shortfall(job: BiographyJob) -> str:
    """Sentences for the editor when the job has too few valid sources, "" when it has enough."""
    found = tally(job)
    if found.is_enough:
        return ""
    counted = _too_few(found) if found.total else _none_at_all(job, found)
    reasons = [f"{name}: {why.removesuffix('.')}" for name, why in rejections(job.pk)]
    more = _("and %d more") % (len(reasons) - MOST_REASONS)
    told = "; ".join(reasons[:MOST_REASONS] + ([more] if reasons[MOST_REASONS:] else []))
    told = f"{told}." if told else ""
    return " ".join(filter(None, (counted, _of_finders(searched(job)), told)))


def _too_few(found: Tally) -> str:
    said = {
        "valid": found.valid,
        "total": found.total,
        "least": found.least.number,
        "because": found.least.because,
        "counts": found.in_words(),
    }
    return (
        _(
            "Only %(valid)d of %(total)d sources can be used, and this book wants at least %(least)d. %(because)s"
            " Nothing has been spent. Sources: %(counts)s. Add sources, or lower the minimum under “Details and"
            " sharing”, and press “Retry”."
        )
        % said
    )


def _none_at_all(job: BiographyJob, found: Tally) -> str:
    said = {"least": found.least.number, "because": found.least.because}
    start = (
        _("This book has no sources, and it wants at least %(least)d. %(because)s Nothing has been spent.")
        % said
    )
    advice = _(
        "Add sources by hand, or correct the name and the description under “Details and sharing” and press “Retry”"
        " to search again."
    )
    return " ".join(filter(None, (start, _of_found(job), advice)))


def _of_found(job: BiographyJob) -> str:
    """What became of what finders found; "" when there was no search, or one that couldn't be made."""
    count = suggestions_of(job.pk).count()
    if count:
        return (
            ngettext(
                "%d source was found, and it wasn't accepted.",
                "%d sources were found, and none of them was accepted.",
                count,
            )
            % count
        )
    search = searched(job)
    return (
        _("The finders know of nothing about this person.") if search.asked and not search.all_failed else ""
    )


def _of_finders(search: Searched) -> str:
    """Which finders failed, each with its reason, and what to do; "" when none did."""
    if not search.failed:
        return ""
    start = (
        _("No finder could be searched.") if search.all_failed else _("Some finders couldn't be searched.")
    )
    each = " ".join(f"{title}: {why}" for title, why in search.failed)
    advice = _(
        "Wait a little and press “Retry”. If it stays so, let the administrator check the server's way to the"
        " internet and the setting SOURCE_FINDERS."
    )
    return f"{start} {each} {advice}"
